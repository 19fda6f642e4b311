"""The Swedish language: words, entities, embeddings.

In: Swedish (or English) text. Out: lemmas, compound parts, named entities, dense and sparse vectors.
Knows nothing of ingest, search or api.
"""

import os

# Products of small matrices: a second thread of OpenBLAS gains nothing there and spins while it waits, which doubles
# the processor time of a question. Must be said before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
