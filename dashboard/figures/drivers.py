"""Bars about zero: parts of a change, and numbers at either end of their range. Table in, plain-dict figure out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isclose
from textwrap import wrap
from typing import Any

from dashboard.facts.drivers import Leaned, Part, Split
from dashboard.figures.axis import tick_text, ticks
from dashboard.theme import FONT, TEXT_SIZE, THEMES, Theme
from dashboard.wording.drivers import UNITS, driver_in_words, moved_in_words, name_of, of
from dashboard.wording.language import _
from dashboard.wording.numbers import BY_ID, Measure

ROW = 40
"""Height of a row, in pixels."""

AROUND = 66
LETTERS = 36
MOST_DIGITS = 4
"""Letters of a label on one line."""

MORE, LESS = ("#0072B2", "#56B4E9"), ("#B34700", "#F0A35E")
"""Blue for more and orange for less, in the light theme and in the dark; orange is hatched besides."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it ends, how far that is unsure, and what it says."""

    label: str
    part: Part
    words: str


def split_bars(found: Split, measure: Measure, year: int, theme: Theme) -> dict[str, Any]:
    """A bar for each part of a change, and one for the whole, each with its interval."""
    shown = found.measures[measure.id][year]
    every = zip(found.drivers, shown.parts, strict=True)
    bars = [Bar(driver_in_words(driver), part, of(measure, part)) for driver, part in every]
    if found.by == "lever":
        bars.sort(key=lambda bar: -abs(bar.part.mean))
    bars.append(Bar(_("Together"), shown.whole, of(measure, shown.whole)))
    return _figure(bars, measure, theme)


def _figure(bars: Sequence[Bar], measure: Measure, theme: Theme) -> dict[str, Any]:
    at = ticks([0.0, *(end for bar in bars for end in (bar.part.low, bar.part.high, bar.part.mean))])
    labels = _labels([bar.label for bar in bars])
    data = [_way(bars, labels, theme, is_more=is_more) for is_more in (True, False)]
    return {"data": data, "layout": _layout(labels, at, measure, theme)}


def _way(bars: Sequence[Bar], labels: Sequence[str], theme: Theme, *, is_more: bool) -> dict[str, Any]:
    """Every bar to one side of zero."""
    mine = [(bar, label) for bar, label in zip(bars, labels, strict=True) if (bar.part.mean > 0) == is_more]
    parts = [bar.part for bar, _own in mine]
    return {
        "type": "bar",
        "orientation": "h",
        "name": _("more") if is_more else _("less"),
        "x": [part.mean for part in parts],
        "y": [label for _own, label in mine],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [part.high - part.mean for part in parts],
            "arrayminus": [part.mean - part.low for part in parts],
            "color": theme.text,
            "thickness": 1.5,
            "width": 5,
        },
        "marker": _marker(theme, is_more=is_more),
        "text": [bar.words for bar, _own in mine],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def tornado(rows: Sequence[Leaned], measure: str, theme: Theme, *, per_head: bool) -> dict[str, Any]:
    """For each number a bar to either end of its range, about the answer with every number as believed."""
    labels = _labels([each.says for each in rows])
    ends = [end.part for each in rows for end in (each.low, each.high) if end.part]
    at = ticks([0.0, *(part.mean for part in ends)])
    data = [_side(rows, labels, measure, theme, is_high=is_high, per_head=per_head) for is_high in (False, True)]
    return {"data": data, "layout": _layout(labels, at, BY_ID[measure], theme, plain=per_head) | {"barmode": "group"}}


def _side(
    rows: Sequence[Leaned], labels: Sequence[str], measure: str, theme: Theme, *, is_high: bool, per_head: bool
) -> dict[str, Any]:
    ends = [each.high if is_high else each.low for each in rows]
    shown = [(end.part, label) for end, label in zip(ends, labels, strict=True) if end.part]
    name = _("at its high end") if is_high else _("at its low end")
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [part.mean for part, _own in shown],
        "y": [label for _part, label in shown],
        "marker": _marker(theme, is_more=is_high),
        "text": [moved_in_words(measure, part.mean, per_head=per_head) for part, _own in shown],
        "textposition": "none",
        "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    }


def _marker(theme: Theme, *, is_more: bool) -> dict[str, Any]:
    colour = (MORE if is_more else LESS)[theme == THEMES["dark"]]
    shape = "" if is_more else "/"
    pattern = {"shape": shape, "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "fillmode": "replace", "size": 7}
    return {"color": colour, "line": {"color": colour, "width": 1.5}, **({} if is_more else {"pattern": pattern})}


def _layout(
    labels: Sequence[str], at: Sequence[float], measure: Measure, theme: Theme, *, plain: bool = False
) -> dict[str, Any]:
    digits = next((each for each in range(MOST_DIGITS) if all(_is_written(value, each) for value in at)), MOST_DIGITS)
    words = [f"{value:,.{digits}f}".replace("-", "\u2212") for value in at]
    unit = _(UNITS[measure.id]) if plain else measure.label
    return {
        "autosize": True,
        "height": AROUND + ROW * len(labels),
        "barmode": "overlay",
        "bargap": 0.4,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "margin": {"l": 10, "r": 16, "t": 8, "b": 50},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "xaxis": {
            "range": [at[0], at[-1]],
            "tickvals": list(at),
            "ticktext": words if plain else [tick_text(measure, value, digits) for value in at],
            "gridcolor": theme.grid,
            "title": {"text": escape(unit), "font": {"size": TEXT_SIZE}, "standoff": 6},
            "zeroline": True,
            "zerolinecolor": theme.text,
            "zerolinewidth": 2,
            "fixedrange": True,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": list(labels)[::-1],
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }


def _is_written(value: float, digits: int) -> bool:
    """Whether so many decimals say a number whole."""
    return isclose(value, round(value, digits), abs_tol=1e-12)


def _labels(texts: Sequence[str]) -> list[str]:
    """A label for every row; rows are told apart by them, so no two may be the same."""
    found: list[str] = []
    for label in map(_label, texts):
        found.append(label + "\u00a0" * found.count(label))
    return found


def _label(text: str) -> str:
    """A label of two lines at most; markup in it stays text, and all of it stands in the table."""
    first, *more = wrap(name_of(text), LETTERS) or [""]
    second = f"{more[0]}\u2026" if len(more) > 1 else "".join(more)
    return "<br>".join(escape(line) for line in (first, second) if line)
