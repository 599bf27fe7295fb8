"""The map of a place: every kind of place coloured by how full it is, with arrows as wide as the people who move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from dashboard.figures.drawing import Point, box, curve, drawing, number, part, text
from dashboard.figures.sankey import Change

WIDTH, HEIGHT = 864, 400
KIND = "map-drawing"
BOXES: Mapping[str, tuple[float, float, float, float]] = {
    "emergency": (0, 120, 106, 50),
    "elective": (0, 196, 106, 50),
    "community": (0, 312, 106, 50),
    "acute": (152, 118, 144, 132),
    "p1": (352, 50, 156, 86),
    "p2": (352, 150, 156, 86),
    "p3": (352, 250, 156, 86),
    "home_care": (564, 86, 156, 86),
    "care_home": (564, 206, 156, 86),
    "home": (764, 4, 100, 50),
    "died": (764, 346, 100, 50),
}
"""Left, top, width and height of every box."""

COLUMNS = ((0, 106), (152, 296), (352, 508), (564, 720), (764, 864))
"""Where columns begin and end; arrows turn in between."""

LANES: Mapping[tuple[str, str], float] = {
    ("acute", "home"): 24,
    ("p1", "home"): 40,
    ("p2", "home"): 44,
    ("p3", "home"): 48,
    ("home_care", "home"): 52,
    ("acute", "home_care"): 143,
    ("acute", "care_home"): 243,
    ("emergency", "p1"): 96,
    ("community", "p1"): 344,
    ("community", "p2"): 348,
    ("community", "home_care"): 344,
    ("community", "care_home"): 349,
    ("acute", "died"): 380,
    ("p1", "died"): 372,
    ("p2", "died"): 368,
    ("p3", "died"): 364,
    ("home_care", "died"): 360,
}
"""Height at which an arrow passes columns between its ends."""

INSET = 8
"""Units between the edge of a box and its words."""

WIDEST = 24.0
"""Units of the widest arrow there is in any year."""

THINNEST = 1.2
WIDE = 7.0
"""Units from which on an arrow is wide enough to be seen to go somewhere without a head."""


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a box.

    lines    its words: a name, a number, a word for it, and more
    marks    classes, by which the style sheet colours it
    used     how much of its bar is filled, and how much of that by people who wait to go on; None without a bar
    flag     words on its edge
    says     all of it, for those who do not see it; empty for a box that has no more to tell
    """

    id: str
    name: str
    number: str = ""
    word: str = ""
    lines: Sequence[str] = ()
    marks: Sequence[str] = ()
    used: tuple[float, float] | None = None
    flag: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """People a year from one box to another."""

    origin: str
    target: str
    people: float
    words: str
    change: Change | None = None


@dataclass(slots=True)
class Ports:
    """Where arrows leave and reach boxes: below each other, in the order of where they go."""

    width: float
    by_end: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def spread(self, name: str, side: str, ways: Sequence[Way]) -> None:
        """Share out one side of a box."""
        _, top, _, height = BOXES[name]
        widths = [wide(each.people, self.width) for each in ways]
        gap = min(12.0, max(0.0, (height - sum(widths)) / (len(ways) + 1)))
        at = top + (height - sum(widths) - gap * (len(ways) - 1)) / 2
        for way, own in zip(ways, widths, strict=True):
            self.by_end[way.origin, way.target, side] = at + own / 2
            at += own + gap


def wide(people: float, most: float) -> float:
    """Units of width of so many people, if the widest arrow is so many."""
    return max(THINNEST, WIDEST * abs(people) / most) if most else THINNEST


def map_drawing(boxes: Sequence[Box], ways: Sequence[Way], most: float, says: str) -> Element:
    """The whole drawing: arrows first, boxes over them.

    most   people of the widest arrow
    """
    svg = drawing(WIDTH, HEIGHT, says, KIND)
    _hatch(svg)
    ports = _ports(ways, most)
    lanes = part(svg, "ways", aria_hidden="true")
    for way in sorted(ways, key=lambda each: -abs(each.people)):
        _way(lanes, way, ports, most)
    for each in boxes:
        _box(svg, each)
    return svg


def _ports(ways: Sequence[Way], most: float) -> Ports:
    ports = Ports(most)
    for name in BOXES:
        across = [each for each in ways if _column(each.origin) != _column(each.target)]
        out, into = ([each for each in across if end(each) == name] for end in (_origin, _target))
        ports.spread(name, "out", sorted(out, key=lambda each: _height(each, each.target)))
        ports.spread(name, "in", sorted(into, key=lambda each: _height(each, each.origin)))
    return ports


def _origin(way: Way) -> str:
    return way.origin


def _target(way: Way) -> str:
    return way.target


def _height(way: Way, end: str) -> float:
    """How high an arrow passes on its way to an end."""
    _, top, _, height = BOXES[end]
    return LANES.get((way.origin, way.target), top + height / 2)


def _column(name: str) -> int:
    left = BOXES[name][0]
    return next(at for at, (begin, _) in enumerate(COLUMNS) if begin == left)


def points(way: Way, ports: Ports) -> list[Point]:
    """Where an arrow passes: its two ends, and in between its lane past the columns it does not stop at."""
    first, last = _column(way.origin), _column(way.target)
    if first == last:
        left, top, _, height = BOXES[way.origin]
        return [(left + INSET, top + height), (left + INSET, BOXES[way.target][1])]
    begin = (COLUMNS[first][1], ports.by_end[way.origin, way.target, "out"])
    end = (COLUMNS[last][0], ports.by_end[way.origin, way.target, "in"])
    lane = LANES.get((way.origin, way.target))
    if lane is None or last - first < 2:
        return [begin, end]
    return [begin, (COLUMNS[first + 1][0], lane), (COLUMNS[last - 1][1], lane), end]


def _way(parent: Element, way: Way, ports: Ports, most: float) -> None:
    width, found = wide(way.people, most), points(way, ports)
    falls = found[0][0] == found[-1][0]
    path = f"M{number(found[0][0])},{number(found[0][1])}V{number(found[1][1])}" if falls else curve(found)
    marks = {"class": f"way {way.change or ''}".strip(), "stroke-width": number(width), "d": path}
    head = {"marker-end": f"url(#{KIND}-head)"} if width < WIDE else {}
    SubElement(SubElement(parent, "path", marks | head), "title").text = way.words


def _box(svg: Element, each: Box) -> None:
    left, top, width, height = BOXES[each.id]
    shown = {"tabindex": "0", "role": "button", "aria-expanded": "false", "aria-label": each.says} if each.says else {}
    group = part(svg, " ".join(("place", *each.marks)), data_place=each.id)
    group.attrib.update(shown)
    box(group, (left, top, width, height), "place-box")
    inside, right = left + INSET, left + width - INSET
    text(group, (inside, top + 17), each.name, "place-name")
    for kind, x, y, words, anchor in _texts(each, inside, right, top):
        text(group, (x, y), words, kind, anchor)
    if each.used is not None:
        _bar(group, each.used, (inside, top + 44, width - 2 * INSET))
    if each.flag:
        _flag(group, each.flag, (left + width, top - 6))


def _texts(each: Box, left: float, right: float, top: float) -> Iterator[tuple[str, float, float, str, str]]:
    if each.number:
        yield "place-number", left, top + 38, each.number, "start"
    if each.word:
        yield "place-word", right, top + 37, each.word, "end"
    for at, words in enumerate(each.lines):
        yield "place-line", left, top + 66 + 14 * at, words, "start"


def _bar(group: Element, used: tuple[float, float], at: tuple[float, float, float]) -> None:
    """A bar of all places: those in use, and hatched those of people who wait to go on."""
    left, top, width = at
    share, stuck = (min(max(each, 0.0), 1.0) for each in used)
    box(group, (left, top, width, 7), "bar-all", 2)
    box(group, (left, top, width * share, 7), "bar-used", 2)
    if stuck:
        box(group, (left + width * max(share - stuck, 0.0), top, width * min(stuck, share), 7), "bar-stuck", 0)


def _flag(group: Element, words: str, at: Point) -> None:
    """Words on the upper edge of a box, which end at a point."""
    right, middle = at
    length = 6 * len(words) + 14
    box(group, (right - length, middle - 8, length, 15), "flag", 7)
    text(group, (right - length / 2, middle + 3.5), words, "flag-words", "middle")


def _hatch(svg: Element) -> None:
    """Lines across, for what is held by people who wait to go on."""
    defs = SubElement(svg, "defs")
    sizes = {"width": "4", "height": "4", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(defs, "pattern", {"id": "map-stuck", **sizes})
    box(pattern, (0, 0, 4, 4), "stuck-ground", 0)
    box(pattern, (0, 0, 1.5, 4), "stuck-line", 0)
