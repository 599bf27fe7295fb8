"""One measure over time: the plan with its bands against doing nothing. Table in, plain-dict figure out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.facts.answers import Answer, Line, Marks
from dashboard.figures.axis import ticks, time_axis, value_axis
from dashboard.theme import FONT, TEXT_SIZE, Theme
from dashboard.wording.language import _
from dashboard.wording.numbers import Measure

Trace = dict[str, Any]
LABEL_SHARE = 0.28
"""Least distance between the two labels at the line ends, as a share of the axis: they are two lines high."""


def timeline(measure: Measure, answer: Answer, theme: Theme) -> dict[str, Any]:
    """Bands, median line, dashed baseline, labels at the line ends, and marks where there is one."""
    line = answer.lines[measure.id]
    at = ticks([*line.low90, *line.high90, *line.baseline])
    return {
        "data": _traces(measure, answer, line, theme),
        "layout": {
            "xaxis": time_axis(answer.months, theme.grid),
            "yaxis": value_axis(measure, at, theme.grid),
            "annotations": _end_labels(measure, answer, line, at, theme)
            + _mark_labels(measure, answer, line, at, theme),
            "shapes": _mark_lines(measure, answer, theme),
            **_look(theme),
        },
    }


def _look(theme: Theme) -> dict[str, Any]:
    return {
        "autosize": True,
        "showlegend": False,
        "hovermode": "x unified",
        "dragmode": False,
        "margin": {"l": 56, "r": 88, "t": 10, "b": 24, "pad": 2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text}, "bgcolor": theme.ground},
        "uirevision": "same",
    }


def _traces(measure: Measure, answer: Answer, line: Line, theme: Theme) -> list[Trace]:
    months = list(answer.months)
    nothing = _curve(months, line.baseline, measure, _("Do nothing"), theme.baseline, "dash")
    name = _("Do nothing") if answer.is_baseline else _("This plan")
    middle = _curve(months, line.middle, measure, name, theme.plan, "solid")
    return [*_bands(months, line, theme), *([] if answer.is_baseline else [nothing]), middle]


def _bands(months: list[str], line: Line, theme: Theme) -> list[Trace]:
    return [
        _band(months, line.low90, line.high90, theme.band90),
        _band(months, line.low50, line.high50, theme.band50),
    ]


def _band(months: list[str], low: Sequence[float], high: Sequence[float], colour: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": months + months[::-1],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _curve(months: list[str], values: Sequence[float], measure: Measure, name: str, colour: str, dash: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": months,
        "y": list(values),
        "name": name,
        "line": {"color": colour, "width": 2.5 if dash == "solid" else 2, "dash": dash},
        "text": [measure.words(value) for value in values],
        "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    }


def _end_labels(measure: Measure, answer: Answer, line: Line, at: Sequence[float], theme: Theme) -> list[Trace]:
    """Each line is named at its end."""
    plan, nothing = line.middle[-1], line.baseline[-1]
    if answer.is_baseline:
        return [_end_label(answer, plan, _two_lines(_("Do nothing"), measure, plan), theme.plan)]
    above, below = apart(max(plan, nothing), min(plan, nothing), at)
    beside_plan, beside_nothing = (above, below) if plan >= nothing else (below, above)
    return [
        _end_label(answer, beside_plan, _two_lines(_("This plan"), measure, plan), theme.plan),
        _end_label(answer, beside_nothing, _two_lines(_("Do nothing"), measure, nothing), theme.baseline),
    ]


def apart(above: float, below: float, at: Sequence[float]) -> tuple[float, float]:
    """Heights for two labels beside these values: never over each other, never off the axis."""
    room = LABEL_SHARE * (at[-1] - at[0])
    push = max(0.0, room - (above - below)) / 2
    top, bottom = at[-1] - room / 2, at[0] + room / 2
    above = min(max(above + push, bottom + room), top)
    return above, min(max(below - push, bottom), top - room)


def _two_lines(name: str, measure: Measure, value: float) -> str:
    return f"<b>{measure.words(value)}</b><br>{name}"


def _end_label(answer: Answer, value: float, text: str, colour: str) -> Trace:
    return {
        "x": answer.months[-1],
        "y": value,
        "text": text,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "xshift": 6,
        "showarrow": False,
        "font": {"color": colour, "size": TEXT_SIZE},
    }


def _mark_lines(measure: Measure, answer: Answer, theme: Theme) -> list[Trace]:
    return [
        {
            "type": "line",
            "x0": answer.months[month],
            "x1": answer.months[month],
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.mark, "width": 1.5, "dash": "dot"},
        }
        for month, _words in marks_on(measure, answer)
    ]


def _mark_labels(measure: Measure, answer: Answer, line: Line, at: Sequence[float], theme: Theme) -> list[Trace]:
    return [_mark_label(answer, line, at, month, text, theme) for month, text in marks_on(measure, answer)]


def _mark_label(answer: Answer, line: Line, at: Sequence[float], month: int, text: str, theme: Theme) -> Trace:
    """Beside its line, on the side with more room, and at the top or bottom, away from the curves."""
    half = len(answer.months) // 2
    right = month < half
    beside = slice(month, month + half) if right else slice(max(0, month - half), month + 1)
    curves = [*line.middle[beside], *line.baseline[beside]]
    top = sum(curves) / len(curves) < (at[0] + at[-1]) / 2
    return {
        "x": answer.months[month],
        "yref": "paper",
        "y": 1 if top else 0,
        "text": text,
        "yanchor": "top" if top else "bottom",
        "xanchor": "left" if right else "right",
        "xshift": 3 if right else -3,
        "showarrow": False,
        "font": {"color": theme.mark, "size": TEXT_SIZE},
        "bgcolor": theme.ground,
    }


def marks_on(measure: Measure, answer: Answer) -> list[tuple[int, str]]:
    """(month, words) of what is worth marking on this chart."""
    marks: Marks = answer.marks
    if measure.id == "gap" and marks.break_even is not None:
        return [(marks.break_even, _("Breaks even"))]
    if marks.dip is not None and marks.dip_measure == measure.id:
        size = f"{measure.change(marks.dip_change)} {measure.direction(marks.dip_change)}"
        return [(marks.dip, _("Worse before better: {change}", change=size))]
    return []
