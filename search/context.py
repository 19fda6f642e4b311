"""What a passage is embedded and indexed with: its own words, led by where it stands."""

from search.records import PassageRecord, ReportRecord, SectionRecord


def dense_text(report: ReportRecord, section: SectionRecord, passage: PassageRecord) -> str:
    """The text that is embedded: board and year, the nearest headings, the part, then the passage."""
    about = " ".join(str(v) for v in (report.district or report.board, report.year) if v)
    headings = [about, *section.path[-2:], passage.part or "", passage.subheading or ""]
    return " › ".join(h for h in headings if h) + "\n" + passage.text


def sparse_text(section: SectionRecord, passage: PassageRecord) -> str:
    """The text whose words are indexed: the heading's words count once, beside the passage's own."""
    return "\n".join(part for part in (section.title, passage.subheading, passage.text) if part)
