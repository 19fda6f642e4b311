"""Index reports and answer questions about them.

In: `ingest.report.Report`s and questions. Out: `Hit`s and `Answer`s whose every citation stands in a source.
Uses ingest and models; knows nothing of api.
"""
