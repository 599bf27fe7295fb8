"""Runs over time: the mean with its bands, and what it is compared with dashed."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, value_axis
from sim.experiments import Answer, Comparison
from sim.experiments.told import plan_name
from sim.results.measures import measure_of

USUAL = "delayed"
BANDS = (("p5", "p95", "nine in ten runs"), ("p25", "p75", "half of the runs"))
"""Lower and upper percentile over replications, and what lies between them."""


@drawn.register
def of_answer(result: Answer, wish: Wish) -> Chart:
    """One series month by month."""
    series = wish.about(result.series, USUAL)
    table, name = result.monthly([series]), plan_name(result.resolved)
    return _figure(result, series, [*_bands(table, series, wish), _line(table, series, name, wish)], wish)


@drawn.register
def of_comparison(result: Comparison, wish: Wish) -> Chart:
    """One series month by month, the baseline dashed."""
    both = [each for each in result.after.series if each in result.before.series]
    series = wish.about(both, USUAL)
    table, before = (each.monthly([series]) for each in (result.after, result.before))
    nothing = _line(before, series, plan_name(result.before.resolved), wish, dash="dash")
    line = _line(table, series, plan_name(result.after.resolved), wish)
    return _figure(result.after, series, [*_bands(table, series, wish), nothing, line], wish)


def _figure(result: Answer, series: str, data: list[Trace], wish: Wish) -> Chart:
    measure, runs = measure_of(series), result.resolved.question.replications
    a_month = ", a month" if measure.yearly == "sum" else ""
    title = f"{measure.label}{a_month}: {result.resolved.footprint.name}, mean of {runs} runs"
    layout = {"xaxis": axis("", wish.theme), "yaxis": value_axis(series, wish.theme), "hovermode": "x unified"}
    return chart(title, data, layout, wish.theme)


def _bands(table: pl.DataFrame, series: str, wish: Wish) -> list[Trace]:
    colours = (wish.colours.band90, wish.colours.band50)
    return [_band(table, series, *each, colour) for each, colour in zip(BANDS, colours, strict=True)]


def _band(table: pl.DataFrame, series: str, low: str, high: str, words: str, colour: str) -> Trace:
    dates, lows, highs = _dates(table), _values(table, low, series), _values(table, high, series)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": dates + dates[::-1],
        "y": [*highs, *lows[::-1]],
        "name": words,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _line(table: pl.DataFrame, series: str, name: str, wish: Wish, dash: str = "solid") -> Trace:
    values = _values(table, "mean", series)
    colour = wish.colours.plan if dash == "solid" else wish.colours.baseline
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _dates(table),
        "y": values,
        "name": name,
        "line": {"color": colour, "width": 2.5 if dash == "solid" else 2, "dash": dash},
        "text": [shown(series).words(each) for each in values],
        "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    }


def _dates(table: pl.DataFrame) -> list[str]:
    return [each.isoformat() for each in table["date"]]


def _values(table: pl.DataFrame, column: str, series: str) -> Sequence[float]:
    return [each * shown(series).scale for each in table[column]]
