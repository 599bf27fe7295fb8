"""Two more drawings for a wall: money against flow, a dot for each team; and a measure over the rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from xml.etree.ElementTree import Element, SubElement

from dashboard.figures.axis import ticks
from dashboard.figures.drawing import Point, number, text
from dashboard.figures.workshop import COLOURS, NAME, Words, canvas, cut, rule, symbol

LEFT, RIGHT, TOP, BOTTOM = 104.0, 24.0, 42.0, 62.0
"""Units around what is drawn."""

MOST_NAMED = 8
"""With more teams than these, only those that no other beats are named on the drawing."""

LONGEST_NAME = 210.0
LINE = 24.0
"""Units from one line of names to the next."""

APART = 9.0
"""Units between teams at the same round, so that intervals do not lie on each other."""

BEYOND = 18.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """A number with its interval; nan where there is none."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spot:
    """One team by both aims. `is_best` = no other team is better at both."""

    name: str
    order: int
    across: Reach
    up: Reach
    is_best: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis is called, how its numbers are read, and whether only whole ones are any."""

    title: str
    words: Words
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One team's numbers, round by round."""

    name: str
    order: int
    reaches: Sequence[Reach]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where numbers stand on a drawing with two axes."""

    width: float
    height: float
    across: Sequence[float]
    up: Sequence[float]

    def x(self, value: float) -> float:
        """From the left."""
        return _between(value, self.across, LEFT + BEYOND, self.width - RIGHT - BEYOND)

    def y(self, value: float) -> float:
        """From the top."""
        return _between(value, self.up, self.height - BOTTOM, TOP)


def plane(spots: Sequence[Spot], axes: tuple[Axis, Axis], nothing: float, says: str, size: Point) -> Element:
    """Teams by both aims; the nearer to the lower left corner, the better.

    nothing   the upright number of doing nothing, a line
    """
    svg, inner = canvas(*size, says)
    across = ticks(_ends(each.across for each in spots), whole=axes[0].whole)
    frame = Frame(*size, across, ticks([*_ends(e.up for e in spots), nothing], whole=axes[1].whole))
    _upright(inner, frame, axes[1])
    for value in frame.across:
        rule(inner, (frame.x(value), TOP), (frame.x(value), size[1] - BOTTOM), "grid")
        text(inner, (frame.x(value), size[1] - BOTTOM + 22), axes[0].words(value), "tick", "middle")
    text(inner, (size[0] - RIGHT, size[1] - 12), axes[0].title, "axis-name", "end")
    rule(inner, (LEFT, frame.y(nothing)), (size[0] - RIGHT, frame.y(nothing)), "nothing")
    for each in spots:
        _cross(inner, frame, each)
    taken: list[Box] = []
    for each in spots:
        at = (frame.x(each.across.at), frame.y(each.up.at))
        if each.is_best:
            SubElement(inner, "circle", {"cx": number(at[0]), "cy": number(at[1]), "r": "19", "class": "halo"})
        symbol(inner, each.order, at, 10)
        taken.append((at[0] - 14, at[1] - 14, at[0] + 14, at[1] + 14))
    for each in spots if len(spots) <= MOST_NAMED else [each for each in spots if each.is_best]:
        _named(inner, frame, each, taken)
    return svg


def courses(found: Sequence[Course], axis: Axis, nothing: Sequence[float], says: str, size: Point) -> Element:
    """Numbers of teams over the rounds, with intervals; doing nothing is dashed."""
    svg, inner = canvas(*size, says)
    rounds = len(nothing)
    marks = ticks([*_ends(each for course in found for each in course.reaches), *nothing], whole=axis.whole)
    frame = Frame(*size, (0.0, float(max(1, rounds - 1))), marks)
    _upright(inner, frame, axis)
    for place in range(rounds):
        text(inner, (_place(frame, place, rounds), size[1] - BOTTOM + 24), str(place + 1), "tick", "middle")
    path = [(_place(frame, place, rounds), frame.y(value)) for place, value in enumerate(nothing)]
    _line(inner, path, "nothing")
    if rounds == 1:
        rule(inner, (LEFT, path[0][1]), (size[0] - RIGHT, path[0][1]), "nothing")
    for place, course in enumerate(found):
        _course(inner, frame, course, APART * (place - (len(found) - 1) / 2), rounds)
    return svg


def _course(parent: Element, frame: Frame, course: Course, aside: float, rounds: int) -> None:
    kind = f"team team-{course.order % COLOURS}"
    known = [(place, each) for place, each in enumerate(course.reaches) if isfinite(each.at)]
    spots = [(_place(frame, place, rounds) + aside, each) for place, each in known]
    _line(parent, [(x, frame.y(each.at)) for x, each in spots], f"{kind} course")
    for x, each in spots:
        if isfinite(each.low):
            rule(parent, (x, frame.y(each.low)), (x, frame.y(each.high)), f"{kind} span")
    for x, each in spots:
        symbol(parent, course.order, (x, frame.y(each.at)))


def _place(frame: Frame, place: int, rounds: int) -> float:
    """Where a round stands; the only one in the middle."""
    inside = BEYOND * 2
    first, last = LEFT + inside, frame.width - RIGHT - inside
    return (first + last) / 2 if rounds == 1 else first + (last - first) * place / (rounds - 1)


def _upright(parent: Element, frame: Frame, axis: Axis) -> None:
    for value in frame.up:
        y = frame.y(value)
        rule(parent, (LEFT, y), (frame.width - RIGHT, y), "grid")
        text(parent, (LEFT - 8, y + 6), axis.words(value), "tick", "end")
    text(parent, (8, TOP - 20), axis.title, "axis-name")


def _cross(parent: Element, frame: Frame, spot: Spot) -> None:
    """A team's two intervals."""
    kind, x, y = f"team team-{spot.order % COLOURS} span", frame.x(spot.across.at), frame.y(spot.up.at)
    if isfinite(spot.across.low):
        rule(parent, (frame.x(spot.across.low), y), (frame.x(spot.across.high), y), kind)
    if isfinite(spot.up.low):
        rule(parent, (x, frame.y(spot.up.low)), (x, frame.y(spot.up.high)), kind)


def _named(parent: Element, frame: Frame, spot: Spot, taken: list[Box]) -> None:
    """A team's name beside its dot, where nothing else stands."""
    words = cut(spot.name, LONGEST_NAME)
    wide, x, y = NAME.width(words), frame.x(spot.across.at), frame.y(spot.up.at)
    for box in _beside(x, y, wide):
        inside = box[0] > LEFT and box[2] < frame.width and box[1] > 0 and box[3] < frame.height - BOTTOM
        if inside and not any(_meet(box, other) for other in taken):
            break
    else:
        box = (x + 22, y - LINE / 2, x + 22 + wide, y + LINE / 2)
    taken.append(box)
    text(parent, (box[0], box[3] - 5), words, "team-name")


def _beside(x: float, y: float, wide: float) -> Iterator[Box]:
    """Places for a name: to the right and left, farther and farther up and down."""
    for step in range(12):
        for down in {step * LINE, -step * LINE}:
            for left in (x + 22, x - 22 - wide):
                yield (left, y + down - LINE / 2 - 12, left + wide, y + down + LINE / 2 - 12)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _line(parent: Element, points: Sequence[Point], kind: str) -> None:
    SubElement(parent, "polyline", {"points": " ".join(f"{number(x)},{number(y)}" for x, y in points), "class": kind})


def _ends(reaches: Iterator[Reach]) -> list[float]:
    return [each for reach in reaches for each in (reach.at, reach.low, reach.high)]


def _between(value: float, marks: Sequence[float], first: float, last: float) -> float:
    inside = min(max(value, marks[0]), marks[-1])
    return first + (last - first) * (inside - marks[0]) / (marks[-1] - marks[0])
