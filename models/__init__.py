"""The Swedish language: words, entities, embeddings.

In: Swedish (or English) text. Out: lemmas, compound parts, named entities, dense and sparse vectors.
Knows nothing of ingest, search or api.
"""
