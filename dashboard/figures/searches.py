"""Drawings of what searches found: what is needed beside the evidence, cost by capacity, and mixes by both aims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from dashboard.facts.drivers import Part
from dashboard.facts.searched import DelayFound, MixFound, TruthFound
from dashboard.figures.axis import ticks
from dashboard.figures.drawing import Point, drawing, number, part, text
from dashboard.wording.found import shown_step
from dashboard.wording.language import _
from dashboard.wording.numbers import pounds
from dashboard.wording.searches import a_year, low_of

KIND = "take-drawing"
WIDE = 720
ROW = 46
"""Units from one row of the number line to the next."""

INSET = 16
"""Units from the edge to where the number line begins and ends."""

FRAME = (86.0, 30.0, 700.0, 300.0)
"""Left, top, right and bottom of what is drawn in a chart with two axes, in units."""

TALL = 350
MOST_NUMBERED = 40

Place = Callable[[float], float]


def number_line(found: TruthFound, says: str) -> Element:
    """What is needed, what is believed, and what the evidence allows, one above the other on one scale."""
    show, most = shown_step(found), found.needed.most

    def at(value: float) -> float:
        return INSET + (WIDE - 2 * INSET) * min(max(value / most, 0.0), 1.0)

    svg = drawing(WIDE, 3 * ROW + 34, says, KIND)
    inner = part(svg, "plot", aria_hidden="true")
    axis = 3 * ROW + 8
    for value in ticks([0.0, most]):
        if value <= most:
            _line(inner, (at(value), 6), (at(value), axis), "grid")
            anchor = "start" if value == 0 else "end" if value == most else "middle"
            text(inner, (at(value), axis + 18), show(value), "tick", anchor)
    _needed(inner, found, at, ROW / 2 + 4)
    share = _("As believed: {value}", value=show(found.believed_at))
    _row(inner, share if found.allowed else _("As believed: the central effects"), ROW + ROW / 2 + 4)
    _dot(inner, (at(found.believed_at), ROW + ROW / 2 + 16), "believed")
    _evidence(inner, found, at, 2 * ROW + ROW / 2 + 4)
    return svg


def _row(parent: Element, words: str, height: float) -> None:
    text(parent, (INSET, height - 6), words, "row-name")
    _line(parent, (INSET, height + 12), (WIDE - INSET, height + 12), "rail")


def _needed(parent: Element, found: TruthFound, at: Place, height: float) -> None:
    show, needed = shown_step(found), found.needed
    none = _("Needed: nothing up to {most} is enough; hollow dots were tried", most=show(needed.most))
    some = _("Needed: {least}; hollow dots were tried and are not enough", least=show(needed.least or 0.0))
    _row(parent, none if needed.least is None else some, height)
    line = height + 12
    if needed.maybe is not None:
        end = needed.most if needed.surely is None else needed.surely
        _line(parent, (at(needed.maybe), line), (at(end), line), "bracket")
    for step, seen in found.tried:
        _dot(parent, (at(step), line), "step is-enough" if seen.holds else "step")
    if needed.least is None:
        end = WIDE - INSET
        SubElement(parent, "path", {"d": f"M{end - 8},{number(line - 7)} l12,7 -12,7z", "class": "least"})
    else:
        x = number(at(needed.least))
        SubElement(parent, "path", {"d": f"M{x},{number(line - 9)} l8,9 -8,9 -8,-9z", "class": "least"})


def _evidence(parent: Element, found: TruthFound, at: Place, height: float) -> None:
    line = height + 12
    if found.allowed:
        low, high = found.allowed
        show = shown_step(found)
        _row(parent, _("Range of the evidence: {low} to {high}", low=show(low), high=show(high)), height)
        _line(parent, (at(low), line), (at(high), line), "allowed")
        return
    _row(parent, _("Evidence: the hopeful end of each effect beside its own central value"), height)
    for each in found.hopeful:
        _line(parent, (at(each), line - 8), (at(each), line + 8), "hopeful")


def frontier(found: DelayFound, says: str) -> Element:
    """Cost by growth of places, a line for each who bears some and a broad one for the place."""
    left, top, right, bottom = FRAME
    highest = max(each.high for each in found.bearers[-1].costs)
    at_y, svg, inner = _upright([0.0, highest], says, pounds)
    first, last = found.points[0], found.points[-1]

    def at_x(value: float) -> float:
        return left + 14 + (right - left - 28) * (value - first) / ((last - first) or 1.0)

    for place, value in enumerate(found.points):
        if place % 2 == 0:
            text(inner, (at_x(value), bottom + 18), a_year(value), "tick", "middle")
    text(inner, (right, bottom + 38), _("Growth of places a year"), "axis-name", "end")
    text(inner, (INSET, top - 14), _("Pounds of {year}", year=found.asked.labels[-1]), "axis-name")
    _ties(inner, found, at_x)
    for order, each in enumerate(found.bearers):
        whole = each is found.bearers[-1]
        kind = "cost is-place" if whole else f"cost cost-{order}"
        if whole:
            _band(inner, [(at_x(x), at_y(e.low), at_y(e.high)) for x, e in zip(found.points, each.costs, strict=True)])
        path = [(at_x(x), at_y(cost.mean)) for x, cost in zip(found.points, each.costs, strict=True)]
        SubElement(inner, "polyline", {"points": _points(path), "class": kind})
        _dot(inner, path[each.best], f"{kind} best", 7 if whole else 5)
    return svg


def _ties(parent: Element, found: DelayFound, at_x: Place) -> None:
    """A stripe behind the points that cannot be told from the least of the place."""
    _left, top, _right, bottom = FRAME
    ties = found.bearers[-1].ties
    begin, end = at_x(found.points[ties[0]]) - 8, at_x(found.points[ties[-1]]) + 8
    marks = {"x": number(begin), "y": number(top), "width": number(end - begin), "height": number(bottom - top)}
    SubElement(parent, "rect", {**marks, "class": "ties"})


def _band(parent: Element, edge: Sequence[tuple[float, float, float]]) -> None:
    outline = [(x, low) for x, low, _high in edge] + [(x, high) for x, _low, high in reversed(edge)]
    SubElement(parent, "polygon", {"points": _points(outline), "class": "band"})


def scatter(found: MixFound, says: str) -> Element:
    """Every mix by the change of both aims; the front with its intervals, each by its number."""
    left, top, right, bottom = FRAME
    one, other = (low_of(each) for each in found.lows)
    at_y, svg, inner = _upright([0.0, *(y for _x, y, _keeps in found.dots), *_ends(found, 1)], says, other.signed)
    marks = ticks([0.0, *(x for x, _y, _keeps in found.dots), *_ends(found, 0)])

    def at_x(value: float) -> float:
        return left + (right - left) * (value - marks[0]) / (marks[-1] - marks[0])

    for place, value in enumerate(marks):
        anchor = "end" if place == len(marks) - 1 else "middle"
        text(inner, (at_x(value), bottom + 18), one.signed(value), "tick", anchor)
    _line(inner, (at_x(0), top), (at_x(0), bottom), "zero")
    _line(inner, (left, at_y(0)), (right, at_y(0)), "zero")
    words = _("{measure}: change against no shift", measure=one.label)
    text(inner, (right, bottom + 38), words, "axis-name", "end")
    text(inner, (INSET, top - 14), _("{measure}: change against no shift", measure=other.label), "axis-name")
    for x, y, keeps in found.dots:
        _dot(inner, (at_x(x), at_y(y)), "tried is-kept" if keeps else "tried", 3)
    for order, mix in enumerate(found.mixes, 1):
        _mix(inner, mix.changes, (at_x, at_y), f"mix{' is-still' * mix.still}", str(order))
    return svg


def _mix(parent: Element, changes: Sequence[Part], at: tuple[Place, Place], kind: str, name: str) -> None:
    (at_x, at_y), (x, y) = at, changes
    middle = (at_x(x.mean), at_y(y.mean))
    _line(parent, (at_x(x.low), middle[1]), (at_x(x.high), middle[1]), "unsure")
    _line(parent, (middle[0], at_y(y.low)), (middle[0], at_y(y.high)), "unsure")
    _dot(parent, middle, kind, 6)
    if int(name) <= MOST_NUMBERED:
        text(parent, (middle[0] + 8, middle[1] - 7), name, "mix-name")


def _ends(found: MixFound, aim: int) -> list[float]:
    return [end for mix in found.mixes for end in (mix.changes[aim].low, mix.changes[aim].high)]


def _upright(values: Sequence[float], says: str, show: Callable[[float], str]) -> tuple[Place, Element, Element]:
    """An empty drawing with its upright axis: where a value lies, the drawing, and what is drawn on."""
    left, top, right, bottom = FRAME
    marks = ticks(values)

    def at(value: float) -> float:
        return bottom - (bottom - top) * (value - marks[0]) / (marks[-1] - marks[0])

    svg = drawing(WIDE, TALL, says, KIND)
    inner = part(svg, "plot", aria_hidden="true")
    for value in marks:
        _line(inner, (left, at(value)), (right, at(value)), "grid")
        text(inner, (left - 8, at(value) + 4), show(value), "tick", "end")
    return at, svg, inner


def _line(parent: Element, begin: Point, end: Point, kind: str) -> None:
    sides = {"x1": begin[0], "y1": begin[1], "x2": end[0], "y2": end[1]}
    SubElement(parent, "line", {**{name: number(value) for name, value in sides.items()}, "class": kind})


def _dot(parent: Element, at: Point, kind: str, size: float = 5) -> None:
    SubElement(parent, "circle", {"cx": number(at[0]), "cy": number(at[1]), "r": number(size), "class": kind})


def _points(path: Sequence[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in path)
