"""A care network drawn from its file: doors, stations and exits, and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement

from dashboard.facts.networks import Network, NetworkArrow, NetworkBox
from dashboard.figures.drawing import Point, box, curve, drawing, number, part, text
from dashboard.figures.layered import Layout, layered

KIND = "net-drawing"
WIDE, BETWEEN, GAP = 168, 72, 18
"""Units: a box, the room between columns, the least room between boxes."""

LETTERS = 27
"""Letters that fit on a line of a box."""

LINE, HEAD = 14, 13
"""Units of a line of words, and of a box without any."""

FEW = 12
"""Arrows up to which their words stand beside them; of more, they stand in the table alone."""

BACK = 26
"""Units below everything else where ways back pass."""


def network_drawing(network: Network, says: str) -> Element:
    """The whole drawing."""
    lines = {each.id: lines_of(each) for each in network.boxes}
    sizes = {name: HEAD + LINE * len(words) for name, words in lines.items()}
    ties = [(way.source, way.target) for way in network.arrows if way.sort != "readmission"]
    found = layered(sizes, ties, [each.id for each in network.boxes if each.sort == "exit"], GAP)
    width = _left(max(found.column.values(), default=0)) + WIDE
    svg = drawing(width + 8, found.height + BACK + 12, says, KIND)
    inner = part(svg, "net", transform="translate(4,4)", lang="en-GB")
    ways = part(inner, "ways", aria_hidden="true")
    for way in network.arrows:
        _way(ways, way, found, sizes, with_words=len(network.arrows) <= FEW)
    for each in network.boxes:
        _box(inner, each, lines[each.id], (_left(found.column[each.id]), found.middle[each.id], sizes[each.id]))
    return svg


def lines_of(each: NetworkBox) -> list[str]:
    """The words of a box in lines: its name first."""
    return [line for words in (each.label, *each.words) for line in wrap(words, LETTERS) or [""]]


def _left(column: int) -> float:
    return column * (WIDE + BETWEEN)


def _box(parent: Element, each: NetworkBox, lines: Sequence[str], at: tuple[float, float, float]) -> None:
    left, middle, height = at
    top = middle - height / 2
    group = part(parent, f"net-box is-{each.sort}", role="img", aria_label=". ".join([each.label, *each.words]))
    box(group, (left, top, WIDE, height), "place-box", 14 if each.sort == "door" else 4)
    names = len(wrap(each.label, LETTERS) or [""])
    for row, words in enumerate(lines):
        text(group, (left + 10, top + 17 + LINE * row), words, "place-name" if row < names else "place-line")


def points(way: NetworkArrow, found: Layout, sizes: Mapping[str, float]) -> list[Point]:
    """Where an arrow passes; one that leads back goes below everything."""
    first, last = found.column[way.source], found.column[way.target]
    if last <= first:
        begin = (_left(first) + WIDE / 2, found.middle[way.source] + sizes[way.source] / 2)
        end = (_left(last) + WIDE / 2, found.middle[way.target] + sizes[way.target] / 2)
        return [begin, (begin[0], found.height + BACK), (end[0], found.height + BACK), end]
    stops = found.stops.get((way.source, way.target), ())
    path: list[Point] = [(_left(first) + WIDE, found.middle[way.source])]
    for at, height in enumerate(stops, first + 1):
        path += [(_left(at), height), (_left(at) + WIDE, height)]
    return [*path, (_left(last), found.middle[way.target])]


def _way(parent: Element, way: NetworkArrow, found: Layout, sizes: Mapping[str, float], *, with_words: bool) -> None:
    path = points(way, found, sizes)
    back = found.column[way.target] <= found.column[way.source]
    drawn = "M" + " L".join(f"{number(x)},{number(y)}" for x, y in path) if back else curve(path)
    marks = {"class": f"way is-{way.sort}{' holds' * way.holds}", "d": drawn, "marker-end": f"url(#{KIND}-head)"}
    line = SubElement(parent, "path", marks)
    if way.words:
        SubElement(line, "title").text = ", ".join(way.words)
    if with_words:
        _beside(parent, way, path)


def _beside(parent: Element, way: NetworkArrow, path: Sequence[Point]) -> None:
    """The words of an arrow over its middle."""
    (x, y), (to_x, to_y) = path[-2], path[-1]
    for row, words in enumerate(reversed(way.words)):
        text(parent, ((x + to_x) / 2, (y + to_y) / 2 - 4 - LINE * row), words, "way-words", "middle")
