"""Citations for the rows of exports."""

from search.catalogue import Catalogue
from search.citation import cite_passage, cite_stretch, cite_title
from search.records import MentionRecord, PassageRecord, ReportRecord, SectionRecord
from search.schema import Citation


def cite_mention(catalogue: Catalogue, report: ReportRecord, mention: MentionRecord) -> Citation:
    """The first place where a name stands."""
    passage = catalogue.passages_at([(report.key, mention.passage)])[(report.key, mention.passage)]
    section = catalogue.sections_of([(report.key, passage.section)])[(report.key, passage.section)]
    return cite_stretch(report, section, passage, mention.start, mention.end)


def cite_report(catalogue: Catalogue, report: ReportRecord) -> Citation | None:
    """The first heading of a report; None for one without sections."""
    sections = catalogue.sections(report.key)
    return cite_title(report, sections[0]) if sections else None


class RowCitations:
    """Citations of one report's passages by their position; the passages are read once, report by report."""

    def __init__(self, catalogue: Catalogue, report: ReportRecord, sections: dict[int, SectionRecord]) -> None:
        self._report, self._sections = report, sections
        self._passages = {passage.position: passage for passage in catalogue.passages(report.key)}

    def at(self, position: int) -> PassageRecord:
        return self._passages[position]

    def passage(self, position: int) -> Citation:
        passage = self.at(position)
        return cite_passage(self._report, self._sections[passage.section], passage)
