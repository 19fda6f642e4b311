"""Read report files into frozen `Report`s.

In: paths of pdf, docx, html, md and txt files. Out: one `ingest.report.Report` a file, or an `ingest.errors.IngestError`.
Knows nothing of models, search or api.
"""
