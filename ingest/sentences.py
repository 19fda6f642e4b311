"""Split Swedish running text into sentences, well enough to cut long paragraphs."""

import re

from ingest.rules import language_rules

_END = re.compile(r"""[.!?…][)"'”»\]]*\s+(?=["'”«(\[–-]?\s?[A-ZÅÄÖ0-9])""")
_LAST_WORD = re.compile(r"(\S+?)[.!?…]+[)\"'”»\]]*\s*$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the sentences of `text`, blanks between them left out."""
    abbreviations = language_rules().abbreviations
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        last = _LAST_WORD.search(text, start, match.end())
        word = last[1].lower().lstrip("(") if last else ""
        if word in abbreviations or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"\d{1,2}", word):
            continue
        end = match.start() + len(match[0].rstrip())
        spans.append((start, end))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
