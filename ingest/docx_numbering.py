"""Numbers that Word sets before paragraphs; the file holds only the lists that they follow from.

ECMA-376 Part 1, 17.9 (numbering).
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_DEEPEST = 8
_MAX_NUMBER = 100_000
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list definition."""

    form: str
    """decimal, lowerLetter, upperRoman, bullet, none, …"""
    pattern: str
    """"%1.%2" """
    start: int


class Numbering:
    """Counts a document's numbered paragraphs, in reading order."""

    def __init__(self, document: Any) -> None:
        root = _numbering(document)
        self._levels: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._restarted: set[str] = set()
        for definition in root.findall(qn("w:abstractNum")) if root is not None else ():
            self._read_definition(definition)
        for entry in root.findall(qn("w:num")) if root is not None else ():
            self._read_list(entry)

    def _read_definition(self, definition: Any) -> None:
        key = definition.get(qn("w:abstractNumId")) or ""
        levels = self._levels.setdefault(key, {})
        for level in definition.findall(qn("w:lvl")):
            depth = _value(level, "w:ilvl", own=True)
            form = level.find(qn("w:numFmt"))
            text = level.find(qn("w:lvlText"))
            levels[depth] = _Level(
                (form.get(qn("w:val")) or "decimal") if form is not None else "decimal",
                (text.get(qn("w:val")) or "") if text is not None else "",
                _value(level, "w:start", missing=1),
            )
            style = level.find(qn("w:pStyle"))
            if style is not None:
                self._styles[style.get(qn("w:val")) or ""] = (key, depth)

    def _read_list(self, entry: Any) -> None:
        number = entry.get(qn("w:numId")) or ""
        reference = entry.find(qn("w:abstractNumId"))
        self._lists[number] = (reference.get(qn("w:val")) or "") if reference is not None else ""
        for override in entry.findall(qn("w:lvlOverride")):
            if override.find(qn("w:startOverride")) is not None:
                depth = _value(override, "w:ilvl", own=True)
                self._restarts[number, depth] = _value(override, "w:startOverride", missing=1)

    def number(self, properties: list[Any], style: str | None) -> str:
        """The number of the next paragraph, "" when it has none.

        `properties`: its own `w:pPr` and those of its styles, nearest first; `style`: id of its style.
        """
        place = self._place(properties, style)
        if place is None:
            return ""
        number, definition, depth = place
        levels = self._levels.get(definition, {})
        level = levels.get(depth)
        if level is None or level.form in ("bullet", "none"):
            return ""
        if number and number not in self._restarted:
            self._restarted.add(number)
            for (restarted, at), start in self._restarts.items():
                if restarted == number:
                    self._counts[definition, at] = start - 1
        self._count(definition, depth)
        return self._text(definition, level).strip()

    def _place(self, properties: list[Any], style: str | None) -> tuple[str, str, int] | None:
        """List, its definition and the level of a paragraph."""
        depth: int | None = None
        for entry in properties:
            found = entry.find(qn("w:numPr")) if entry is not None else None
            if found is None:
                continue
            if depth is None and found.find(qn("w:ilvl")) is not None:
                depth = _value(found, "w:ilvl")
            number = found.find(qn("w:numId"))
            if number is not None:
                key = number.get(qn("w:val")) or ""
                definition = self._lists.get(key)
                if key == "0" or definition is None:
                    return None
                linked = self._styles.get(style or "")
                linked_depth = linked[1] if linked and linked[0] == definition else 0
                return key, definition, min(linked_depth if depth is None else depth, _DEEPEST)
        if style in self._styles:
            return "", *self._styles[style]
        return None

    def _count(self, definition: str, depth: int) -> None:
        for above in range(depth + 1):
            start = self._levels[definition].get(above, _Level("decimal", "", 1)).start
            if (definition, above) not in self._counts:
                self._counts[definition, above] = start - (above == depth)
        self._counts[definition, depth] = min(self._counts[definition, depth] + 1, _MAX_NUMBER)
        for below in range(depth + 1, _DEEPEST + 1):
            self._counts.pop((definition, below), None)

    def _text(self, definition: str, level: _Level) -> str:
        def filled(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            form = self._levels[definition].get(depth, level).form
            return _written(self._counts[definition, depth], form)

        return _PLACE.sub(filled, level.pattern)


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        text, rest = "", min(number, 4999)
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
        return text if form == "lowerRoman" else text.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _numbering(document: Any) -> Any:
    """The root of numbering.xml, None when the file has none."""
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _value(parent: Any, tag: str, *, own: bool = False, missing: int = 0) -> int:
    """A whole number kept in a child's `w:val`, or with `own` in the parent's own attribute."""
    if own:
        text = parent.get(qn(tag))
    else:
        child = parent.find(qn(tag))
        text = child.get(qn("w:val")) if child is not None else None
    return min(int(text), _MAX_NUMBER) if text and text.isdecimal() else missing
