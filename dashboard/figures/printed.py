"""One measure over time as a drawing that needs no script: sharp on paper, in any program that shows SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element, SubElement, tostring

from dashboard.facts.answers import Answer, Line
from dashboard.figures.axis import tick_text, ticks
from dashboard.figures.timeline import apart, marks_on
from dashboard.theme import FONT, TEXT_SIZE, Theme
from dashboard.wording.language import _
from dashboard.wording.numbers import Measure

WIDTH, HEIGHT = 420, 230
LEFT, RIGHT, TOP, BOTTOM = 58, 92, 8, 24
ABOVE = 4
"""Units by which a text stands above or below what it is about."""

RGBA = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)")
MOST_DATES = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a month and a value stand on the drawing; `at` are the ticks of the upright axis."""

    months: int
    at: Sequence[float]

    def x(self, month: float) -> float:
        """From the left, for a month of the run."""
        return LEFT + (WIDTH - LEFT - RIGHT) * month / max(1, self.months - 1)

    def y(self, value: float) -> float:
        """From the top, for a value in the unit shown; never outside the axes."""
        low, high = self.at[0], self.at[-1]
        inside = min(max(value, low), high)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (inside - low) / (high - low)

    def points(self, values: Sequence[float]) -> list[str]:
        """A curve, one point a month."""
        return [f"{self.x(month):.1f},{self.y(value):.1f}" for month, value in enumerate(values)]


def printed(measure: Measure, answer: Answer, theme: Theme) -> str:
    """The chart of a measure as SVG text: bands, the plan, doing nothing dashed, each named at its end."""
    line = answer.lines[measure.id]
    frame = Frame(len(answer.months), ticks([*line.low90, *line.high90, *line.baseline]))
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    style = {"font-family": FONT, "font-size": str(TEXT_SIZE), "fill": theme.text}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, **style})
    SubElement(svg, "title").text = measure.label
    _axes(svg, frame, measure, answer.months, theme)
    for low, high, colour in ((line.low90, line.high90, theme.band90), (line.low50, line.high50, theme.band50)):
        outline = [*frame.points(high), *reversed(frame.points(low))]
        SubElement(svg, "polygon", {"points": " ".join(outline), **_filled(colour)})
    if not answer.is_baseline:
        _curve(svg, frame, line.baseline, theme.baseline, dash="6 4")
    _curve(svg, frame, line.middle, theme.plan)
    _marks(svg, frame, measure, answer, theme)
    _names(svg, frame, measure, answer, line, theme)
    return tostring(svg, encoding="unicode")


def _axes(svg: Element, frame: Frame, measure: Measure, months: Sequence[str], theme: Theme) -> None:
    digits = 0 if all(float(value).is_integer() for value in frame.at) else 1
    for value in frame.at:
        height = frame.y(value)
        _rule(svg, LEFT, height, WIDTH - RIGHT, height, theme.grid)
        _text(svg, LEFT - ABOVE, height + ABOVE, tick_text(measure, value, digits), theme.text, anchor="end")
    for month, label in _dates(months):
        across = frame.x(month)
        _rule(svg, across, TOP, across, HEIGHT - BOTTOM + ABOVE, theme.grid)
        _text(svg, across, HEIGHT - ABOVE - 1, label, theme.text, anchor="start" if month == 0 else "middle")


def _dates(months: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every April, or every few."""
    aprils = [(at, month) for at, month in enumerate(months) if month[5:7] == "04"]
    for at, month in aprils[:: ceil(len(aprils) / MOST_DATES) or 1]:
        yield at, _("Apr {year}", year=month[:4])


def _curve(svg: Element, frame: Frame, values: Sequence[float], colour: str, dash: str = "") -> None:
    look = {"fill": "none", "stroke": colour, "stroke-width": "1.8", "stroke-linejoin": "round"}
    SubElement(
        svg,
        "polyline",
        {"points": " ".join(frame.points(values)), **look, **({"stroke-dasharray": dash} if dash else {})},
    )


def _marks(svg: Element, frame: Frame, measure: Measure, answer: Answer, theme: Theme) -> None:
    """The dip or the break-even: a dotted line with its words, on the side with more room."""
    for month, words in marks_on(measure, answer):
        across, right = frame.x(month), month < len(answer.months) / 2
        line = _rule(svg, across, TOP, across, HEIGHT - BOTTOM, theme.mark)
        line.set("stroke-dasharray", "2 3")
        beside = across + (ABOVE if right else -ABOVE)
        _text(svg, beside, TOP + TEXT_SIZE, words, theme.mark, anchor="start" if right else "end")


def _names(svg: Element, frame: Frame, measure: Measure, answer: Answer, line: Line, theme: Theme) -> None:
    """Each line is named at its end, with its last value."""
    plan, nothing = line.middle[-1], line.baseline[-1]
    if answer.is_baseline:
        _name(svg, frame.y(plan), measure.words(plan), _("Do nothing"), theme.plan)
        return
    above, below = apart(max(plan, nothing), min(plan, nothing), frame.at)
    beside_plan, beside_nothing = (above, below) if plan >= nothing else (below, above)
    _name(svg, frame.y(beside_plan), measure.words(plan), _("This plan"), theme.plan)
    _name(svg, frame.y(beside_nothing), measure.words(nothing), _("Do nothing"), theme.baseline)


def _name(svg: Element, height: float, value: str, name: str, colour: str) -> None:
    across = WIDTH - RIGHT + ABOVE + 2
    _text(svg, across, height - 2, value, colour, anchor="start").set("font-weight", "bold")
    _text(svg, across, height + TEXT_SIZE, name, colour, anchor="start")


def _rule(svg: Element, x1: float, y1: float, x2: float, y2: float, colour: str) -> Element:
    ends = {name: f"{value:.1f}" for name, value in (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2))}
    return SubElement(svg, "line", {**ends, "stroke": colour})


def _text(svg: Element, x: float, y: float, words: str, colour: str, anchor: str) -> Element:
    made = SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": colour, "text-anchor": anchor})
    made.text = words
    return made


def _filled(colour: str) -> dict[str, str]:
    """A fill that programs other than browsers read too: they know no colour that is half transparent."""
    found = RGBA.fullmatch(colour)
    if found is None:
        return {"fill": colour}
    red, green, blue, opacity = found.groups()
    return {"fill": f"#{int(red):02x}{int(green):02x}{int(blue):02x}", "fill-opacity": opacity}
