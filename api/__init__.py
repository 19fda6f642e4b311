"""What people and programs touch: the command line, the HTTP API and the web pages.

In: words, files and filters. Out: the same answers in three forms. Thin skins over `search.archive.Archive`.
"""
