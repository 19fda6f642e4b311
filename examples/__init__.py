"""The example archive: invented reports in the real form.

Takes in `sources/*.yaml`, gives out the same report as PDF, Word, HTML, Markdown or text (`render.render`).
"""
