"""Drawings for a wall: teams under one another, each with its dot and its interval, doing nothing a line.

Teams have a colour and a shape of their own, which stay the same on every drawing; both repeat after a while, but no
two of forty teams have the same pair. Units are pixels of a small projector (1280 by 720).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, isfinite, pi, sin
from xml.etree.ElementTree import Element, SubElement

from dashboard.figures.axis import ticks
from dashboard.figures.drawing import Point, number, part, text
from dashboard.figures.lettering import Letters

COLOURS = 6
"""How many colours the style sheet has: classes team-0 and on."""

CORNERS = ((3, 0.0), (4, 0.0), (4, 0.5), (3, 0.5), (5, 0.0), (6, 0.5))
"""Shapes besides the circle: how many corners, and by what share of a corner they are turned."""

NAMES, VALUES = 208.0, 92.0
"""Units for the names on the left, and for the numbers on the right."""

EDGE, HEAD, FOOT = 16.0, 30.0, 28.0
TALLEST_ROW = 84.0
NAME = Letters(20, bold=True)
DOT = 8.0
Words = Callable[[float], str]
Along = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Row:
    """One team's number.

    order      of the team among all of them, from 0
    low, high  nan where there is no interval
    words      the number as it is read
    is_sure    whether it can be told from the line
    """

    name: str
    order: int
    at: float
    low: float
    high: float
    words: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure of all teams.

    says        what it is, for those who do not see it
    line        where doing nothing stands; None where it stands nowhere
    words       of a number on the axis
    reach       numbers that the axis must hold besides its own
    is_named    whether the names of teams stand beside the rows
    whole       whether only whole numbers stand on the axis
    """

    says: str
    rows: Sequence[Row]
    words: Words
    line: float | None = None
    line_words: str = ""
    reach: Sequence[float] = ()
    is_named: bool = True
    whole: bool = False


def canvas(width: float, height: float, says: str) -> tuple[Element, Element]:
    """An empty drawing that scales to its frame, and the group of it that only eyes need."""
    box = f"0 0 {number(width)} {number(height)}"
    svg = Element(
        "svg", {"viewBox": box, "class": "wall", "role": "img", "aria-label": says, "preserveAspectRatio": "xMidYMin"}
    )
    return svg, part(svg, "plot")


def symbol(parent: Element, order: int, at: Point, size: float = DOT, kind: str = "") -> Element:
    """A team's shape in its colour."""
    named = {"class": f"team team-{order % COLOURS} {kind}".strip()}
    shape = order % (len(CORNERS) + 1)
    if shape == 0:
        return SubElement(parent, "circle", {"cx": number(at[0]), "cy": number(at[1]), "r": number(size), **named})
    corners, turned = CORNERS[shape - 1]
    angles = [2 * pi * (corner + turned) / corners - pi / 2 for corner in range(corners)]
    points = [f"{number(at[0] + 1.3 * size * cos(a))},{number(at[1] + 1.3 * size * sin(a))}" for a in angles]
    return SubElement(parent, "polygon", {"points": " ".join(points), **named})


def badge(order: int) -> Element:
    """A team's shape by itself, to stand before its name in a text."""
    svg = Element("svg", {"viewBox": "0 0 24 24", "class": "badge", "aria-hidden": "true"})
    symbol(svg, order, (12, 12), 8)
    return svg


def forest(panel: Panel, width: float, height: float) -> Element:
    """Teams under one another on one scale."""
    svg, inner = canvas(width, height, panel.says)
    left = NAMES + EDGE if panel.is_named else 2 * EDGE + DOT
    right = width - VALUES - EDGE
    marks = scale(panel)
    at = _along(marks, left, right)
    step = min((height - HEAD - FOOT) / max(1, len(panel.rows)), TALLEST_ROW)
    bottom = HEAD + step * len(panel.rows)
    for value in marks:
        rule(inner, (at(value), HEAD - 4), (at(value), bottom + 4), "grid")
        if value in (marks[0], marks[-1]) and panel.words(marks[0]) != panel.words(marks[-1]):
            text(inner, (at(value), bottom + 22), panel.words(value), "tick", "middle")
    if panel.line is not None:
        rule(inner, (at(panel.line), HEAD - 8), (at(panel.line), bottom + 4), "nothing")
        _over(inner, panel.line_words, at(panel.line), width)
    for place, row in enumerate(panel.rows):
        _row(inner, panel, row, HEAD + step * (place + 1 / 2), at, right, min(DOT, step / 3))
    return svg


def scale(panel: Panel) -> list[float]:
    """Round numbers that hold everything that is drawn."""
    known = [each for row in panel.rows for each in (row.at, row.low, row.high)] + list(panel.reach)
    return ticks(known + ([panel.line] if panel.line is not None else []), most=4, whole=panel.whole)


def rule(parent: Element, begin: Point, end: Point, kind: str) -> Element:
    """A straight line."""
    ends = {"x1": begin[0], "y1": begin[1], "x2": end[0], "y2": end[1]}
    return SubElement(parent, "line", {**{name: number(each) for name, each in ends.items()}, "class": kind})


def cut(words: str, room: float, letters: Letters = NAME) -> str:
    """Words that fit into their room, the end left away where it must be."""
    if letters.width(words) <= room:
        return words
    while words and letters.width(f"{words}\u2026") > room:
        words = words[:-1].rstrip()
    return f"{words}\u2026"


def _along(marks: Sequence[float], left: float, right: float) -> Along:
    low, high = marks[0], marks[-1]
    return lambda value: left + (right - left) * (min(max(value, low), high) - low) / (high - low)


def _over(parent: Element, words: str, at: float, width: float) -> None:
    """Words above a line, moved aside where they would leave the drawing."""
    half = Letters(16).width(words) / 2
    text(parent, (min(max(at, half + 2), width - half - 2), HEAD - 13), words, "nothing-words", "middle")


def _row(parent: Element, panel: Panel, row: Row, y: float, at: Along, right: float, size: float) -> None:
    if panel.is_named:
        symbol(parent, row.order, (EDGE, y), size)
        text(parent, (EDGE + 18, y + 7), cut(row.name, NAMES - 26), "team-name")
    if not isfinite(row.at):
        text(parent, (right + EDGE + VALUES - 8, y + 7), row.words, "value", "end")
        return
    if isfinite(row.low):
        kind = f"team team-{row.order % COLOURS} span"
        rule(parent, (at(row.low), y), (at(row.high), y), kind)
        is_wide = at(row.high) - at(row.low) > 3 * size
        for end in (row.low, row.high) if is_wide else ():
            rule(parent, (at(end), y - size / 2), (at(end), y + size / 2), kind)
    symbol(parent, row.order, (at(row.at), y), size, "" if row.is_sure else "is-unsure")
    text(parent, (right + EDGE + VALUES - 8, y + 7), row.words, "value", "end")
