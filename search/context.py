"""What a passage is embedded and indexed with: its own words, led by the headings it stands under.

Measured on the gold questions (nDCG@10 with lexical weight 0.2, reports 000 / 003): headings .615 / .533, nothing
.578 / .529, headings with board, year, goal path and part .576 / .504. Board, year and part are filters instead.
A goal's heading with its judgement leads itself.
"""

from search.records import PassageRecord, SectionRecord

CONTEXT = "headings 1"
"""Name of this form: vectors of another are built anew."""


def dense_text(section: SectionRecord, passage: PassageRecord) -> str:
    """The text that is embedded; it ends with the passage's."""
    if passage.kind == "goal":
        return passage.text
    return led_by_headings(section.title, passage.subheading, passage.text)


def led_by_headings(title: str, subheading: str | None, text: str) -> str:
    """A passage's words after the headings it stands under."""
    heading = " ".join(part for part in (title, subheading) if part)
    return f"{heading}\n{text}"


def sparse_text(section: SectionRecord, passage: PassageRecord) -> str:
    """The text whose words are indexed."""
    if passage.kind == "goal":
        return passage.text
    return "\n".join(part for part in (section.title, passage.subheading, passage.text) if part)
