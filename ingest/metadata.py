"""Tell what report a document is: from its title page, else from the running text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest.block import Block, Document
from ingest.report import Metadata, ReportType
from ingest.rules import board_rules, key, language_rules, report_type_rules

_FRONT_LINES = 45
"""Lines with text that can belong to the title page."""
_OFFICER_LINES = 4
_ADDRESSEE_LINES = 3
_MASTHEAD_LINES = 3
"""Lines at the top where another municipality's board is named."""
_LONGEST_TITLE = 160
_BEGINNING = 20_000
"""Characters in which the running text is taken to say what report it is."""
_TITLE_LINES = 3
"""Lines that a title can go on over."""
_SHORT_LINE = 60
_TERTIAL = re.compile(r"tertial(?:rapport)?\s+[12]$", re.IGNORECASE)
_MIN_NAMED = 3
"""So often must running text or tables speak of a type to settle it."""
_DATE = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
_DIARY = re.compile(r"\b(?:Dnr|Diarienummer|Diarienr)\b[.:]?\s*([A-ZÅÄÖ]{0,5}\s?[\d][\d.:/\-]*\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_TO = re.compile(r"^Till:?\s+")
_NAME = re.compile(r"[A-ZÅÄÖÉ][\w'’-]+(?: (?:von|af|de|[A-ZÅÄÖÉ][\w'’-]*\.?)){1,4}")


def read_metadata(document: Document, source: str = "") -> Metadata:
    """The document's title, board, type, year and so on; what is not printed on a title page is named in `inferred`.

    `source`: the file's name, asked only for what the document does not tell.
    """
    return _Reader.of(document, source).metadata()


@dataclass(frozen=True, slots=True)
class _Reader:
    front: tuple[str, ...]
    """Lines of the title page."""
    text: str
    """Everything, a line a block."""
    has_front: bool
    largest: str | None
    """The most prominent lines of the first page."""
    name: str
    """The file's name without its ending, blanks for hyphens and stops."""

    @classmethod
    def of(cls, document: Document, source: str) -> "_Reader":
        lines = [block.text for block in document.blocks if block.text]
        front = tuple(lines[:_FRONT_LINES])
        words = [*report_type_rules().officers, *report_type_rules().addressee]
        marks = {key(word) for word in words}
        has_front = any(key(line.split(":")[0]) in marks for line in front[:25]) or _front_title(front) is not None
        return cls(
            front,
            "\n".join(lines),
            has_front,
            _prominent([b for b in document.blocks if b.text]),
            re.sub(r"[\W_]+", " ", PurePath(source).stem).lower(),
        )

    def metadata(self) -> Metadata:
        inferred: list[str] = []
        title = _front_title(self.front)
        kind = _type_of(title) if title else None
        if kind is None:
            kind = self.type_of_text()
            if kind == "annat" and title is None and not self.foreign():
                kind = self.type_of_name()
            inferred.append("type")
        period = self.period(kind)
        year = _year_of(title)
        if year is None:
            year = int(period[-4:]) if period else (self.common_year(kind) or _year_of(self.name))
            inferred.append("year")
        board, district, printed = self.board(title)
        if board is not None and not printed:
            inferred.extend(["board", "district"] if district else ["board"])
        if title is None and kind != "annat":
            title = f"{kind.capitalize()} {year}" if year else kind.capitalize()
            inferred.append("title")
        if period is None and kind.startswith("tertialrapport") and year is not None:
            period = f"Tertial {kind[-1]} {year}"
        return Metadata(
            title=title or self.largest,
            board=board,
            district=district,
            type=kind,
            year=year,
            period=period,
            date=self.date(),
            diary_number=self.diary_number(),
            officers=self.officers(),
            inferred=tuple(inferred),
        )

    def type_of_text(self) -> ReportType:
        """The type that running text and tables speak of."""
        rules = report_type_rules()
        for match in re.finditer(rules.decision, " ".join(self.front), re.IGNORECASE):
            if kind := _type_of(match[0]):
                return kind
        periods = Counter(match[1] for match in re.finditer(rules.period, self.text, re.IGNORECASE))
        if periods and periods.most_common(1)[0][1] >= _MIN_NAMED:
            return "tertialrapport 1" if periods.most_common(1)[0][0] == "1" else "tertialrapport 2"
        if len(re.findall(rules.plan_words, self.text)) >= _MIN_NAMED:
            return "verksamhetsplan"
        begun = self.text[:_BEGINNING]
        named = [rule.type for rule in rules.titles for _ in re.finditer(rule.pattern, begun, re.IGNORECASE)]
        return Counter(named).most_common(1)[0][0] if len(named) >= _MIN_NAMED else "annat"

    def type_of_name(self) -> ReportType:
        """The type that the file's name speaks of."""
        rules = report_type_rules().file_names
        return next((rule.type for rule in rules if re.search(rule.pattern, self.name, re.IGNORECASE)), "annat")

    def period(self, kind: ReportType) -> str | None:
        """The tertial that the tables are about."""
        if not kind.startswith("tertialrapport"):
            return None
        pattern = report_type_rules().period
        found = Counter(
            (match[1], match[2]) for match in re.finditer(pattern, self.text, re.IGNORECASE) if match[1] == kind[-1]
        )
        return "Tertial {} {}".format(*found.most_common(1)[0][0]) if found else None

    def common_year(self, kind: ReportType) -> int | None:
        if kind == "verksamhetsberättelse":
            outcomes = Counter(re.findall(report_type_rules().period_outcome, self.text))
            if outcomes:
                return max(int(year) for year, _ in outcomes.most_common(2))
        text = "\n".join(self.front) if kind == "annat" else self.text
        years = Counter(int(year) for year in _YEAR.findall(text))
        return years.most_common(1)[0][0] if years else None

    def board(self, title: str | None) -> tuple[str | None, str | None, bool]:
        """Board, district, and whether they are printed on the title page."""
        addressee = self.addressee()
        foreign = self.foreign()
        for text in () if foreign else (addressee, title or "", *self.front):
            if found := _first_board(text, whole=text not in (addressee, title)):
                return *found, True
        if foreign:
            named = self.foreign_board(" ".join([addressee, title or "", *self.front[:_MASTHEAD_LINES]]))
            return named, None, named is not None
        return self.named_board()

    def foreign(self) -> bool:
        """True when the document comes from another municipality."""
        rules = board_rules()
        home = sum(self.text.count(name) for name in rules.home)
        return sum(self.text.count(name) for name in rules.other_homes) > max(2, home)

    def foreign_board(self, text: str) -> str | None:
        for pattern in board_rules().other_board_patterns:
            if match := re.search(pattern, text):
                return match[0]
        return None

    def named_board(self) -> tuple[str | None, str | None, bool]:
        """The board that the running text names most."""
        rules = board_rules()
        counts: Counter[str] = Counter()
        for district in rules.districts:
            counts[district] = 3 * len(re.findall(_district_board(district), self.text)) + len(
                re.findall(_spaced(district), self.text)
            )
        best, number = counts.most_common(1)[0]
        if "stadsdelsnämnd" in self.text.lower() and number >= 3:
            return rules.districts[best], best, False
        boards = Counter({name: len(re.findall(rf"\b{name}\b", self.text)) for name in rules.city_boards})
        name, number = boards.most_common(1)[0]
        return (name, None, False) if number >= 5 else self.board_of_name()

    def board_of_name(self) -> tuple[str | None, str | None, bool]:
        """The board that the file's name tells, with or without å, ä and ö."""
        plain = f" {_plain(self.name)} "
        for district, board in board_rules().districts.items():
            if f" {_plain(district)} " in plain:
                return board, district, False
        found = next((board for board in board_rules().city_boards if f" {_plain(board)} " in plain), None)
        return found, None, False

    def addressee(self) -> str:
        words = {key(word) for word in report_type_rules().addressee}
        for index, line in enumerate(self.front):
            if key(line) in words:
                return " ".join(self.front[index + 1 : index + 1 + _ADDRESSEE_LINES])
        return ""

    def date(self) -> str | None:
        """The first date that stands by itself on the title page."""
        if not self.has_front:
            return None
        for line in self.front:
            match = _DATE.search(line)
            if match and len(line) <= len(match[0]) + 12:
                return match[0]
        return None

    def diary_number(self) -> str | None:
        match = _DIARY.search("\n".join(self.front))
        return match[1].strip() if match else None

    def officers(self) -> tuple[str, ...]:
        rules = report_type_rules()
        words = sorted(rules.officers, key=len, reverse=True)
        heading = re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s*:?\s*(.*)$", re.IGNORECASE)
        for index, line in enumerate(self.front):
            match = heading.fullmatch(line)
            if match is None:
                continue
            names: list[str] = []
            for text in (match[1], *self.front[index + 1 : index + 1 + _OFFICER_LINES]):
                if not names and re.search(rules.contact_lines, text, re.IGNORECASE):
                    continue
                if re.search(rules.officers_end, text, re.IGNORECASE):
                    break
                names.extend(name.strip() for name in re.split(r",| och ", text) if _NAME.fullmatch(name.strip()))
            return tuple(names)
        return ()


def _front_title(front: Sequence[str]) -> str | None:
    """The line of the title page that names the kind of report, with the line it goes on in."""
    words = re.compile(report_type_rules().title_words, re.IGNORECASE)
    for index, line in enumerate(front):
        if not words.search(line) or not line[0].isupper() or len(line) > _LONGEST_TITLE or line.endswith((".", ",")):
            continue
        if re.search(r"\s\d{1,3}$|\.{4}|\(\d+\)$", line) and not _YEAR.search(line[-5:]) and not _TERTIAL.search(line):
            continue
        title = line
        for after in front[index + 1 : index + 1 + _TITLE_LINES]:
            if len(after) >= _SHORT_LINE or not _title_goes_on(title, after):
                break
            title = f"{title} {after}"
        return title
    return None


def _title_goes_on(title: str, after: str) -> bool:
    """True when a title page's next line belongs to the title: "Verksamhetsplan och budget" / "2023 för Farsta"."""
    if _DATE.search(after):
        return False
    dated = _YEAR.search(title) is None and _YEAR.search(after) is not None
    return dated or after[:1].islower() or title.split()[-1].lower() in language_rules().no_heading_end


def _type_of(title: str) -> ReportType | None:
    for rule in report_type_rules().titles:
        if re.search(rule.pattern, title, re.IGNORECASE):
            return rule.type
    return None


def _year_of(title: str | None) -> int | None:
    years = _YEAR.findall(title or "")
    return int(years[0]) if years else None


def _first_board(text: str, *, whole: bool) -> tuple[str, str | None] | None:
    """Board and district that a text names first; `whole`: only when it names nothing else."""
    found: list[tuple[int, int, str, str | None]] = []
    for district, board in board_rules().districts.items():
        pattern = re.compile(_district_board(district), re.IGNORECASE)
        if match := pattern.fullmatch(_TO.sub("", text)) if whole else pattern.search(text):
            found.append((match.start(), -match.end(), board, district))
    for board in board_rules().city_boards:
        if match := re.fullmatch(board, _TO.sub("", text)) if whole else re.search(rf"\b{board}\b", text):
            found.append((match.start(), -match.end(), board, None))
    return min(found, key=lambda entry: entry[:2])[2:] if found else None


def _spaced(name: str) -> str:
    """A pattern for a district's name, however the blanks around its hyphens and words are set."""
    return r"\b" + re.escape(name).replace(r"\-", r"\s?[-–]\s?").replace(r"\ ", r"\s+") + r"s?\b"


def _plain(name: str) -> str:
    """A name in small letters without hyphens and accents, as files are named."""
    letters = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(char for char in letters if not unicodedata.combining(char))).strip()


def _district_board(district: str) -> str:
    return _spaced(district) + r"\s+stadsdels(?:nämnd|förvaltning)"


def _prominent(blocks: Sequence[Block]) -> str | None:
    """The most prominent lines of the first page; of a covering letter, those set as large on a later page."""
    title = _largest(blocks[:_FRONT_LINES])
    rules = report_type_rules()
    if title is None or not re.match(rules.covering, title, re.IGNORECASE):
        return title
    first = next((block for block in blocks if title.startswith(block.text) and block.size is not None), None)
    if first is None or first.size is None:
        return title
    later = [b for b in blocks if b.page != first.page and b.size is not None and b.size >= first.size]
    covered = _largest([block for block in later if block.page == later[0].page])
    return title if covered is None or re.fullmatch(rules.general, covered, re.IGNORECASE) else covered


def _largest(front: Sequence[Block]) -> str | None:
    """The first lines set largest (or marked as the top heading), else the first line."""
    if not front:
        return None
    first = front[0]
    if sized := [block for block in front if block.size is not None and len(block.text) > 3]:
        first = max(sized, key=lambda block: block.size or 0.0)
    elif headings := [block for block in front if block.markup == "heading"]:
        first = min(headings, key=lambda block: block.level or 9)
    start = front.index(first)
    lines = [first.text]
    if first.size is not None:
        for block in front[start + 1 : start + 4]:
            if block.size != first.size or block.bold != first.bold:
                break
            lines.append(block.text)
    return " ".join(lines)[:_LONGEST_TITLE]
