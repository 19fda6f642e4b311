"""Quality and speed, measured.

In: gold data and an archive. Out: scores and benchmark figures. Uses everything; nothing uses it.
"""

import models  # noqa: F401 - bounds the threads of OpenBLAS, before NumPy is imported
