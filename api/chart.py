"""Charts as SVG inside the page, drawn by pygal: no script, and all looks from the page's style sheet."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import pygal
from markupsafe import Markup
from pygal.etree import etree
from pygal.style import Style

# pygal leaves an import hook of an old form, for plugins that are not used here; every later import would warn of it.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_STYLE = Style(font_family="inherit", label_font_size=12, value_font_size=12, title_font_size=12)
"""Only the sizes count, for the room that text takes; the looks are in spana.css."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value and how it is written."""

    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values along the labels; None where there is none."""

    name: str
    points: tuple[Point | None, ...]
    kind: str = "plain"
    """"plain", or "second" and "target", which are drawn with other strokes and dots."""


def bars(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series], *, top: float, width: int = 320
) -> Markup:
    """Horizontal bars from zero to `top`, a group a label, each bar with its value written at its end."""
    values = [point.value for one in series for point in one.points if point]
    longest = max([0.0, top, *values]) or 1.0
    inner = max(30, len(labels) * (12 + 18 * len(series)) - 14)
    # pygal makes room beyond the longest bar by the chart's height; charts of any height are to have one scale.
    room = 1 + 1.1 * _STYLE.value_font_size / inner
    most = longest * ROOM / room
    chart = pygal.HorizontalBar(**_options(width, inner + _AROUND), range=(min([0.0, *values]), most))
    # Horizontal charts are drawn from the bottom.
    chart.x_labels = [_short(label) for label in reversed(labels)]
    chart.y_labels = _ticks(longest)
    chart.show_y_guides = False
    for one in series:
        chart.add(one.name, [_value(point) if point else None for point in reversed(one.points)])
    return _markup(chart, title, description, tuple(one.kind for one in series))


ROOM = 1.45
"""How much longer than the longest bar the room for bars is: what pygal adds in the lowest chart."""
_AROUND = 48
"""Pixels above and below the bars: `margin_top`, `margin` and a line of labels."""


def _ticks(most: float) -> list[float]:
    """Round numbers from zero up to `most`, three to six of them: steps of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(most / 3))
    step = max(factor * power for factor in (1, 2, 5) if 2 * factor * power <= most)
    return [round(step * place, 10) for place in range(int(most / step + 1e-9) + 1)]


def lines(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series], *, top: float, width: int = 320
) -> Markup:
    """Points joined by lines over `labels`, from zero (or the lowest value below it) to `top`.

    Where all the values have no room only the first and the last of a series are written.
    """
    values = [point.value for one in series for point in one.points if point]
    chart = pygal.Line(
        **_options(width, 215),
        range=(min([0.0, *values]), max([0.0, top, *values]) or 1),
        dots_size=4,
        allow_interruptions=True,
    )
    # An empty place at each end keeps the first and the last value off the edges.
    chart.x_labels = ["", *labels, ""]
    chart.x_label_rotation = 35
    for one in series:
        places = [place for place, point in enumerate(one.points) if point]
        told = set(places) if len(labels) <= MOST_TOLD else {*places[:1], *places[-1:]}
        points = [_value(point, told=place in told) if point else None for place, point in enumerate(one.points)]
        chart.add(one.name, [None, *points, None])
    return _markup(chart, title, description, tuple(one.kind for one in series))


MOST_TOLD = 4
"""Labels along a chart of lines beside each other with room for a value at each."""


def _options(width: int, height: int) -> dict[str, object]:
    return {
        "js": (),
        "css": (),
        "style": _STYLE,
        "width": width,
        "height": height,
        "show_legend": False,
        "print_values": True,
        "print_values_position": "top",
        "margin": 8,
        "margin_top": 22,
        "margin_right": 44,
        "truncate_label": -1,
        "max_scale": 4,
        "min_scale": 2,
        "spacing": 6,
        "no_prefix": True,
        "pretty_print": False,
        "disable_xml_declaration": True,
        "value_formatter": lambda value: f"{value:,.6g}".replace(",", "\u00a0").replace(".", ","),
    }


def _value(point: Point, *, told: bool = True) -> dict[str, object]:
    return {"value": point.value, "formatter": lambda _value, shown=point.shown if told else "": shown}


def _short(label: str, most: int = 22) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _markup(chart: pygal.Graph, title: str, description: str, kinds: Sequence[str]) -> Markup:
    """The drawing as part of a page: named, described, and free of what a strict page forbids."""
    root = chart.render_tree()
    key = sha256(f"{title}\n{description}".encode()).hexdigest()[:12]
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
            if name in ("", "defs", "style", "script", "desc", "title") or "tooltip-overlay" in (
                child.get("class") or ""
            ):
                parent.remove(child)
    for element in root.iter():
        _plain(element, kinds)
    for name, words in (("desc", description), ("title", title)):
        told = etree.Element(f"{_SVG}{name}")
        told.set("id", f"d{key}-{name}")
        told.text = words
        root.insert(0, told)
    for name, value in (
        ("class", "chart"),
        ("role", "img"),
        # Names of areas and indicators are Swedish on every page.
        ("lang", "sv"),
        ("aria-labelledby", f"d{key}-title"),
        ("aria-describedby", f"d{key}-desc"),
        ("width", str(chart.config.width)),
        ("height", str(chart.config.height)),
    ):
        root.set(name, value)
    written = etree.tostring(root, encoding="unicode")
    plain = written.replace("svg:", "").replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    return Markup(plain)  # noqa: S704 - written by pygal, which escapes


def _plain(element: etree.Element, kinds: Sequence[str]) -> None:
    for name in ("style", "id", "target", f"{_XLINK}href"):
        element.attrib.pop(name, None)
    words = (element.get("class") or "").split()
    for word in words:
        if word.startswith("serie-"):
            place = int(word.removeprefix("serie-"))
            element.set("class", f"series {kinds[place] if place < len(kinds) else 'plain'}")
    for name in ("x", "y", "cx", "cy", "width", "height"):
        value = element.get(name)
        if value and "." in value:
            element.set(name, f"{float(value):.1f}")
