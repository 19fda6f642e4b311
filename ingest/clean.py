"""Clean text of one source line, with the place of every character in the line."""

import html
import re
import unicodedata
from dataclasses import dataclass

_TAG = re.compile(
    r"</?(?:p|b|i|u|em|strong|span|div|br|sub|sup|font|a|li|ul|ol|h[1-6]|table|tr|td|th|tbody|thead)\b[^<>]*>", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.I)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*?)(?<=[^\s*])\*(?![\w*])")
_HALF = re.compile(r"(?<=[^\s*])\*\*\s*$")
"""Bold that began on a line above."""
_HALF_OPEN = re.compile(r"\*\*(?=[^\s*])(?!.*\*\*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_MARKER = re.compile(r"\s*[-–*•●○▪◦·■]\s+(?=\S)")
_SPECIAL = re.compile(r"[<*&\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06\u0300-\u036f\u20d0-\u20ff]|[^\S ]|  ")
"""What makes clean text differ from the raw line, but for blanks at its ends."""
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text and where each of its characters stands in the raw line."""

    text: str
    starts: tuple[int, ...]
    """For each character of `text`, the first raw character that it comes from."""
    ends: tuple[int, ...]
    """For each character of `text`, one past the last raw character that it comes from."""
    level: int | None = None
    """Level of a Markdown heading."""
    marked: bool = False
    """The line begins with a list marker (left out of `text`)."""
    bold: bool = False
    italic: bool = False


def _hidden(raw: str, begin: int) -> list[bool]:
    """Which characters of `raw` are markup."""
    hidden = [index < begin for index in range(len(raw))]

    def hide(start: int, end: int) -> None:
        hidden[start:end] = [True] * (end - start)

    if "<" in raw:
        for match in _TAG.finditer(raw):
            hide(*match.span())
    if "*" in raw:
        rest = raw
        for pattern, width in ((_STRONG, 2), (_EMPHASIS, 1)):
            for match in pattern.finditer(rest, begin):
                hide(match.start(), match.start() + width)
                hide(match.end() - width, match.end())
            rest = rest.replace("**", "\0\0")
        if (edge := _HALF.search(raw, begin)) is not None and not hidden[edge.start()]:
            hide(*edge.span())
    return hidden


def visible(raw: str) -> str:
    """`raw` without the characters that take no width (soft hyphens, zero-width blanks)."""
    return "".join(char for char in raw if char not in _INVISIBLE)


def _glyph(raw: str, index: int) -> tuple[str, int]:
    """The clean form of the character at `index` and one past its last raw character."""
    char = raw[index]
    end = index + 1
    while end < len(raw) and unicodedata.combining(raw[end]):
        end += 1
    if end > index + 1:
        return unicodedata.normalize("NFC", raw[index:end]), end
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char), end
    if char == "&" and (match := _ENTITY.match(raw, index)) and (text := html.unescape(match[0])) != match[0]:
        return text, match.end()
    return char, end


def clean_inline(raw: str, begin: int = 0) -> Clean:
    """Clean a stretch of a line: markup and invisible characters out, ligatures apart, white space folded."""
    if not _SPECIAL.search(raw, begin):
        body = raw[begin:].strip()
        first = len(raw) - len(raw[begin:].lstrip())
        places = range(first, first + len(body))
        return Clean(body, tuple(places), tuple(place + 1 for place in places))
    hidden = _hidden(raw, begin)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(raw):
        if hidden[index] or raw[index] in _INVISIBLE:
            index += 1
            continue
        text, end = _glyph(raw, index)
        for char in text:
            if not char.isspace():
                chars.append(char)
            elif chars and chars[-1] != " ":
                chars.append(" ")
            else:
                continue
            starts.append(index)
            ends.append(end)
        index = end
    while chars and chars[-1] == " ":
        chars.pop()
    size = len(chars)
    return Clean("".join(chars), tuple(starts[:size]), tuple(ends[:size]))


def clean_line(raw: str) -> Clean:
    """Clean a whole printed line: Markdown heading and list marks are taken off as well and told in the result."""
    heading = _HEADING.match(raw)
    marker = None if heading else _MARKER.match(raw)
    begin = heading.end() if heading else marker.end() if marker else 0
    if opened := _HALF_OPEN.match(raw, begin):
        begin = opened.end()
    clean = clean_inline(raw, begin)
    body = raw[begin:].strip()
    return Clean(
        clean.text,
        clean.starts,
        clean.ends,
        level=len(heading[1]) if heading else None,
        marked=marker is not None,
        bold=_whole(_STRONG, body) or (body.startswith("<b>") and body.endswith("</b>")),
        italic=_whole(_EMPHASIS, body) or (body.startswith("<i>") and body.endswith("</i>")),
    )


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    match = pattern.fullmatch(text)
    return match is not None and "*" not in match[1]
