"""The map of a place: every kind of place coloured by how full it is, with arrows as wide as the people who move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from dashboard.figures.drawing import Point, box, curve, drawing, number, part, text
from dashboard.figures.lettering import Letters
from dashboard.figures.sankey import Change

WIDTH, HEIGHT = 900, 400
KIND = "map-drawing"
BOXES: Mapping[str, tuple[float, float, float, float]] = {
    "emergency": (0, 120, 118, 50),
    "elective": (0, 196, 118, 50),
    "community": (0, 312, 118, 50),
    "acute": (160, 118, 154, 132),
    "p1": (366, 50, 160, 86),
    "p2": (366, 150, 160, 86),
    "p3": (366, 250, 160, 86),
    "home_care": (578, 86, 160, 86),
    "care_home": (578, 206, 160, 86),
    "home": (782, 4, 118, 50),
    "died": (782, 346, 118, 50),
}
"""Left, top, width and height of every box."""

COLUMNS = ((0, 118), (160, 314), (366, 526), (578, 738), (782, 900))
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

APART = 5
"""Units between words side by side at least."""

FIRST, LINE, FOOT = 66, 14, 5
"""Units from the top of a box to its first line, from line to line, and from the last line to the bottom at least."""

LETTERS = {
    "place-name": Letters(12, bold=True),
    "place-number": Letters(17, bold=True),
    "place-word": Letters(12, bold=True),
    "place-line": Letters(11),
    "flag-words": Letters(11, bold=True),
}
AT_THE_ENDS = LETTERS | {"place-number": Letters(13, bold=True), "place-word": Letters(11)}
"""Letters by class, as map.css has them; those of places where people come from and go to are smaller."""

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
    letters = AT_THE_ENDS if "is-end" in each.marks else LETTERS
    for kind, x, y, words, room in _texts(each, letters, BOXES[each.id]):
        anchor = "end" if kind == "place-word" else "start"
        letters[kind].fit(text(group, (x, y), words, kind, anchor), room)
    if each.used is not None:
        _bar(group, each.used, (left + INSET, top + 44, width - 2 * INSET))
    if each.flag:
        _flag(group, each.flag, (left + width, top - 6), width)


def _texts(
    each: Box, letters: Mapping[str, Letters], at: Sequence[float]
) -> Iterator[tuple[str, float, float, str, float]]:
    """Class, where it begins (the word: where it ends), words, and units they may take."""
    left, top, width, height = at
    inside, room = left + INSET, width - 2 * INSET
    yield "place-name", inside, top + 17, each.name, room
    if each.number:
        yield "place-number", inside, top + 38, each.number, room
    if each.word:
        taken = letters["place-number"].width(each.number) + APART
        yield "place-word", inside + room, top + 37, each.word, room - taken
    rows = letters["place-line"].wrapped(each.lines, room, int((height - FIRST - FOOT) // LINE) + 1)
    for row, words in enumerate(rows):
        yield "place-line", inside, top + FIRST + LINE * row, words, room


def _bar(group: Element, used: tuple[float, float], at: tuple[float, float, float]) -> None:
    """A bar of all places: those in use, and hatched those of people who wait to go on."""
    left, top, width = at
    share, stuck = (min(max(each, 0.0), 1.0) for each in used)
    box(group, (left, top, width, 7), "bar-all", 2)
    box(group, (left, top, width * share, 7), "bar-used", 2)
    if stuck:
        box(group, (left + width * max(share - stuck, 0.0), top, width * min(stuck, share), 7), "bar-stuck", 0)


def _flag(group: Element, words: str, at: Point, most: float) -> None:
    """Words on the upper edge of a box, which end at a point."""
    right, middle = at
    letters = LETTERS["flag-words"]
    length = min(letters.width(words) + 2 * INSET, most)
    box(group, (right - length, middle - 8, length, 15), "flag", 7)
    said = text(group, (right - length / 2, middle + 3.5), words, "flag-words", "middle")
    letters.fit(said, length - 2 * INSET)


def _hatch(svg: Element) -> None:
    """Lines across, for what is held by people who wait to go on."""
    defs = SubElement(svg, "defs")
    sizes = {"width": "4", "height": "4", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(defs, "pattern", {"id": "map-stuck", **sizes})
    box(pattern, (0, 0, 4, 4), "stuck-ground", 0)
    box(pattern, (0, 0, 1.5, 4), "stuck-line", 0)
