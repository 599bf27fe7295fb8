"""Bars about zero or from it: a change divided, a tornado, the stations of a network, a fund year by year."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isnan

import polars as pl

from dashboard.facts.drivers import Driver, Part, Split, SplitYear
from dashboard.figures.drivers import LESS, MORE, split_bars
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, value_axis
from sim.experiments import NetworkAnswer
from sim.experiments.attribute import Attribution
from sim.experiments.network_measures import STATION_MEASURES
from sim.experiments.search import FundAnswer
from sim.experiments.sensitivity import Sensitivity
from sim.experiments.told import plan_name
from sim.results.dates import financial_year
from sim.results.measures import measure_of
from sim.results.spoken import MILLION
from sim.results.statistics import Interval, Paired

USUAL, OF_A_STATION = "delayed", "utilisation"
MOST_BARS = 15
ROW, ROWS_AROUND = 34, 140
"""Pixels of a row, and of what stands around all of them."""
SHARES = ("utilisation", "waited", "lost", "gave_up")


@drawn.register
def of_attribution(result: Attribution, wish: Wish) -> Chart:
    """What each family, or lever, brings of one measure's change in one year, and all together."""
    series, years = wish.about(result.shares, USUAL), result.baseline.question.years
    year, measure = wish.in_years(years), shown(series)
    found = split_bars(_split(result, series), measure, year, wish.colours)
    title = (
        f"{measure.label}, change in {financial_year(year, result.baseline.first_year)}: {plan_name(result.plan)} "
        f"against {plan_name(result.baseline)}"
    )
    layout = {key: found["layout"][key] for key in ("barmode", "bargap", "xaxis", "yaxis")}
    return chart(title, found["data"], {**layout, **tall(len(result.players) + 1), "showlegend": False}, wish.theme)


def _split(result: Attribution, series: str) -> Split:
    """A division as the page knows it, of one series."""
    scale, players = shown(series).scale, range(len(result.players))
    years = range(result.baseline.question.years)
    first = result.baseline.first_year
    return Split(
        by=result.by,
        drivers=tuple(Driver(each.name, each.label, tuple(each.families), ()) for each in result.players),
        measures={series: tuple(
            SplitYear(
                _part(result.whole(series, year), scale),
                tuple(_part(result.part(player, series, year), scale) for player in players), (), (), (),
            )
            for year in years
        )},
        labels=tuple(financial_year(year, first) for year in years),
        people=result.baseline.people,
        replications=result.baseline.question.replications,
        pairs=result.pairs,
    )  # fmt: skip


def _part(found: Interval | Paired, scale: float) -> Part:
    return Part(found.mean * scale, found.low * scale, found.high * scale)


@drawn.register
def of_sensitivity(result: Sensitivity, wish: Wish) -> Chart:
    """A tornado: each thing alone at either end of its range, the longest bar on top."""
    series, years = wish.about(result.ends, "gap"), result.plan.question.years
    year = wish.in_years(years)
    bars = [each for each in result.tornado(series, year) if each.length][:MOST_BARS]
    names = [each.mover.name for each in bars]
    data = [
        _side(names, [each.low for each in bars], "at its low end", series, LESS[wish.theme == "dark"], wish),
        _side(names, [each.high for each in bars], "at its high end", series, MORE[wish.theme == "dark"], wish),
    ]
    when = financial_year(year, result.plan.first_year)
    title = f"{measure_of(series).label}, {when}: change with each thing alone at an end of its range"
    layout = {"barmode": "overlay", "xaxis": value_axis(series, wish.theme), "yaxis": rows_of(names, wish.theme)}
    return chart(title, data, {**layout, **tall(len(names))}, wish.theme)


def _side(names: Sequence[str], ends: Sequence[Paired], words: str, series: str, colour: str, wish: Wish) -> Trace:
    """Every bar to one end of its range; an end that cannot be has none."""
    scale, known = shown(series).scale, [place for place, each in enumerate(ends) if not isnan(each.mean)]
    return _bar([names[each] for each in known], [_part(ends[each], scale) for each in known], words, colour, wish)


def _bar(names: Sequence[str], parts: Sequence[Part], words: str, colour: str, wish: Wish) -> Trace:
    """Bars across, each with its interval."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": words,
        "x": [each.mean for each in parts],
        "y": list(names),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.mean for each in parts],
            "arrayminus": [each.mean - each.low for each in parts],
            "color": wish.colours.text,
        },
        "marker": {"color": colour},
    }


@drawn.register
def of_network(result: NetworkAnswer, wish: Wish) -> Chart:
    """One measure of every station that has it, with its interval."""
    measure = wish.about(STATION_MEASURES, OF_A_STATION)
    known = [each for each in result.stations if not isnan(each.measures[measure].mean)]
    times = 100 if measure in SHARES else 1
    parts = [_part(each.measures[measure], times) for each in known]
    names = [escape(each.label) for each in known]
    data = [_bar(names, parts, measure, wish.colours.plan, wish)]
    suffix = "%" if times > 1 else ""
    title = f"{result.network}: {STATION_MEASURES[measure]}, {result.replications} replications"
    layout = {
        "xaxis": axis("", wish.theme, ticksuffix=suffix),
        "yaxis": rows_of(names, wish.theme),
        "showlegend": False,
    }
    return chart(title, data, {**layout, **tall(len(names))}, wish.theme)


@drawn.register
def of_fund(result: FundAnswer, wish: Wish) -> Chart:
    """Paid into the fund and drawn from it, year by year."""
    wish.of_all(result)
    table = result.table()
    data = [
        _upright(table, "paid_in", "paid in", wish.colours.baseline),
        _upright(table, "drawn", "drawn", wish.colours.plan),
    ]
    which = "the least fund that suffices" if result.best else "no fund tried suffices; the largest"
    title = f"Transition fund, {plan_name(result.plan)}: {which}"
    layout = {"xaxis": axis("", wish.theme, type="category"), "yaxis": value_axis("transfer", wish.theme)}
    return chart(title, data, layout, wish.theme)


def _upright(table: pl.DataFrame, column: str, words: str, colour: str) -> Trace:
    values = (table[column] / MILLION).to_list()
    return {"type": "bar", "name": words, "x": table["financial_year"].to_list(), "y": values,
            "marker": {"color": colour}}  # fmt: skip


def rows_of(names: Sequence[str], theme: str) -> dict[str, object]:
    """An axis of names, the first on top."""
    return axis("", theme, categoryorder="array", categoryarray=list(names)[::-1], showgrid=False)


def tall(rows: int) -> dict[str, object]:
    """As high as so many rows need, with room for their names."""
    return {"height": ROWS_AROUND + ROW * max(rows, 2)}
