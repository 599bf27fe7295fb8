"""One measure over time, a line for each scenario: told apart by colour, by dashes and by a letter at the end."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from dashboard.facts.comparison import Comparison
from dashboard.figures.axis import ticks, time_axis, value_axis
from dashboard.theme import FONT, TEXT_SIZE, THEMES, Theme
from dashboard.wording.numbers import Measure

STYLES = (
    ("#0072B2", "#56B4E9", "solid"),
    ("#B34700", "#F0863A", "dash"),
    ("#007A59", "#2BB890", "dot"),
    ("#A84E81", "#D592B8", "dashdot"),
    ("#7A6A00", "#F0E442", "longdash"),
    ("#26323B", "#E3E8EC", "longdashdot"),
)
"""Colour in the light theme, in the dark, and dashes; Okabe-Ito, darkened where light grounds ask for it."""

LEAST_APART = 1 / 11
"""Least distance between two letters at the ends of lines, as a share of the axis: the height of one."""


def lines(found: Comparison, measure: Measure, theme: Theme) -> dict[str, Any]:
    """A line for every scenario, the reference dashed in grey, each with its letter at its end."""
    every = found.lines[measure.id]
    at = ticks([value for line in every for value in line])
    styles = style_of(found, theme)
    ends = spread([line[-1] for line in every], at[0], at[-1])
    return {
        "data": [_line(found, measure, *each) for each in zip(range(len(every)), every, styles, strict=True)],
        "layout": {
            "xaxis": time_axis(found.months, theme.grid),
            "yaxis": value_axis(measure, at, theme.grid),
            "annotations": [
                _letter(found, *each) for each in zip(range(len(every)), ends, (s[0] for s in styles), strict=True)
            ],
            **_look(theme),
        },
    }


def style_of(found: Comparison, theme: Theme) -> list[tuple[str, str]]:
    """Colour and dashes of every column."""
    is_dark, own = theme == THEMES["dark"], iter(STYLES)
    styles = []
    for at in range(len(found.columns)):
        if at == found.reference:
            styles.append((theme.baseline, "dash"))
        else:
            light, dark, dashes = next(own)
            styles.append((dark if is_dark else light, dashes))
    return styles


def spread(values: Sequence[float], low: float, high: float) -> list[float]:
    """Heights for letters beside these values: in the same order, never over each other, inside the axis as far as
    there is room."""
    room = LEAST_APART * (high - low)
    order = sorted(range(len(values)), key=lambda at: values[at])
    heights = list(values)
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + room)
    heights[order[-1]] = min(heights[order[-1]], max(high - room / 2, low + room * (len(values) - 1)))
    for above, below in pairwise(order[::-1]):
        heights[below] = min(heights[below], heights[above] - room)
    return heights


def _line(
    found: Comparison, measure: Measure, at: int, values: Sequence[float], style: tuple[str, str]
) -> dict[str, Any]:
    colour, dashes = style
    column = found.columns[at]
    name = f"{column.letter} {escape(column.name)}"
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(found.months),
        "y": list(values),
        "name": name,
        "line": {"color": colour, "width": 2, "dash": dashes},
        "text": [measure.words(value) for value in values],
        "hovertemplate": f"{column.letter}: %{{text}}<extra></extra>",
    }


def _letter(found: Comparison, at: int, height: float, colour: str) -> dict[str, Any]:
    return {
        "x": found.months[-1],
        "y": height,
        "text": f"<b>{found.columns[at].letter}</b>",
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 6,
        "showarrow": False,
        "font": {"color": colour, "size": TEXT_SIZE + 1},
    }


def _look(theme: Theme) -> dict[str, Any]:
    return {
        "autosize": True,
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "margin": {"l": 56, "r": 26, "t": 10, "b": 24, "pad": 2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text}, "bgcolor": theme.ground},
    }
