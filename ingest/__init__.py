"""Read report files into frozen `Report`s.

In: paths of pdf, docx, html, md and txt files. Out: a frozen `Report` for each, or an `IngestError`.
Knows nothing of models, search or api.
"""
