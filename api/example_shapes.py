"""An invented report and what is found in it, for the examples of the OpenAPI document."""

from hashlib import sha256

from search.schema import (
    Citation,
    Coverage,
    GoalRef,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    IndicatorRow,
    MentionRow,
    ReportMentions,
    ReportRef,
    SectionRef,
    WithoutMention,
)
from search.views import (
    SectionRow,
)

QUOTE = "Trefas har hjälpt tio unga vidare."
PASSAGE = "ekbacken-2023-vp-1a2b3c.1.4.p2"
REPORT = ReportRef(
    id="ekbacken-2023-vp-1a2b3c",
    title="Verksamhetsplan 2023",
    board="Ekbackens stadsdelsnämnd",
    district="Ekbacken",
    type="verksamhetsplan",
    year=2023,
    period=None,
    date="2022-12-15",
    source="ekbacken-2023-vp.pdf",
    sha256=sha256(b"ekbacken").hexdigest(),
    pages=48,
)
CITATION = Citation(
    source=REPORT.source,
    pages=(12,),
    lines=None,
    boxes=None,
    quote=QUOTE,
    sha256=sha256(QUOTE.encode()).hexdigest(),
    label="Ekbackens stadsdelsnämnd, Verksamhetsplan 2023, avsnitt 1.4, s. 12",
)
HIT = Hit(
    rank=1,
    score=1.2,
    passage_id=PASSAGE,
    report=REPORT,
    section=SectionRef(
        number="1.4", title="Barn växer upp tryggt", kind="verksamhetsomradesmal", part="Analys", status=None, path=()
    ),
    citation=CITATION,
    text=QUOTE,
    highlights=((0, 6),),
    entities=(),
)
SECTION = SectionRow(
    id=3,
    parent=1,
    report=REPORT.id,
    source=REPORT.source,
    line=None,
    page=12,
    end_line=None,
    kind="verksamhetsomradesmal",
    number="1.4",
    title="Barn växer upp tryggt",
    status="Uppfylls delvis",
    path=("1 En stad för alla", "1.4 Barn växer upp tryggt"),
    parts=(),
    passages=4,
)
MENTIONS = MentionRow(
    district="Ekbacken",
    board=REPORT.board,
    entities=("Trefas",),
    mentions=2,
    reports=(
        ReportMentions(id=REPORT.id, year=2023, type=REPORT.type, mentions=2, citation=CITATION, passage_id=PASSAGE),
    ),
)
GOAL = GoalStatusRow(
    district="Ekbacken",
    report=REPORT.id,
    year=2023,
    goal=GoalRef(kind=SECTION.kind, number="1.4", title=SECTION.title),
    status="Uppfylls delvis",
    citation=CITATION,
)
INDICATOR = IndicatorRow(
    district="Ekbacken",
    report=REPORT.id,
    year=2023,
    period=None,
    name="Andel nöjda",
    value=81.5,
    unit="%",
    men=None,
    women=None,
    previous=79.0,
    target=85.0,
    city_target=85.0,
    forecast=None,
    note=None,
    citation=CITATION,
)
EXAMPLE = GoodExampleRow(
    district="Ekbacken",
    report=REPORT.id,
    goal_number="1.4",
    summary=QUOTE,
    unit=None,
    explicit=True,
    citation=CITATION,
)
COVERAGE = Coverage(
    reports_searched=2,
    districts_searched=("Ekbacken", "Lunden"),
    without_mention=(WithoutMention(district="Lunden", board="Lundens stadsdelsnämnd", reports=1),),
    unreadable=(),
)
