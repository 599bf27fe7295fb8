"""What searches found: what is needed beside what was tried, cost by capacity, and mixes by two aims."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.figures.lines import STYLES
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, unit_words, value_axis
from sim.experiments.network_measures import STATION_MEASURES
from sim.experiments.search import STATED, CapacityAnswer, DelayAnswer, Found, Frontier, MixAnswer, NetworkDelay, Truth
from sim.experiments.search.frontier import PLACE
from sim.experiments.search.truth import NET
from sim.experiments.stress.words import SHOWN
from sim.experiments.told import plan_name
from sim.inputs.limits import Limit
from sim.results.measures import PARTS, measure_of
from sim.results.spoken import MILLION

ENOUGH, TOO_LITTLE = "suffices", "does not suffice"


@drawn.register
def of_truth(result: Truth, wish: Wish) -> Chart:
    """What comes of every step tried: money saved by the end of the run, or a limit's measure."""
    terms, table = result.terms, result.table().sort("at")
    about = {each.name: each for each in terms.limits.limits} if terms.aim == "limits" else {}
    name = wish.about([NET] if terms.aim == "break_even" else list(about), NET)
    times = 1 / MILLION if name == NET else _unit(about[name])[0]
    least = 0.0 if name == NET else about[name].value * times
    data = [_tried(table, "at", name, table["enough"], times, wish)]
    layout = {"shapes": [_level(least, wish)], "xaxis": axis(result.needed.dial.says, wish.theme)}
    layout["yaxis"] = value_axis("gap", wish.theme) if name == NET else axis(_unit(about[name])[1], wish.theme)
    what = "saved less spent by the end of the run" if name == NET else about[name].says
    return chart(f"What must be true of {plan_name(result.plan)}: {what}", data, layout, wish.theme)


@drawn.register
def of_capacity(result: CapacityAnswer, wish: Wish) -> Chart:
    """One limit's measure by the growth of places, with the limit."""
    limits = {each.name: each for each in result.limits.limits}
    limit = limits[wish.about(limits, next(iter(limits)))]
    table, times = result.table().sort("at"), _unit(limit)[0]
    data = [_tried(table, "at", limit.name, table["kept"], times, wish)]
    layout = {
        "shapes": [_level(limit.value * times, wish)],
        "xaxis": axis("growth of places, percent a year", wish.theme),
        "yaxis": axis(_unit(limit)[1], wish.theme),
    }
    title = f"{limit.says}, by places: {PARTS.get(result.kind, result.kind)}, {result.plan.footprint.name}"
    return chart(title, data, layout, wish.theme)


@drawn.register
def of_found(result: Found, wish: Wish) -> Chart:
    """The measure of service by places of a network's station, with the level asked for."""
    wish.of_all(result)
    table, asked = result.table(), result.service
    data = [_tried(table, "places", "mean", table["kept"], 1, wish, bounds=("low", "high"))]
    layout = {
        "shapes": [_level(asked.level, wish)],
        "xaxis": axis("places", wish.theme),
        "yaxis": axis("", wish.theme),
    }
    title = f"{result.network.name}, {asked.station}: {STATION_MEASURES[asked.measure]}"
    return chart(title, data, layout, wish.theme)


@drawn.register
def of_delay(result: DelayAnswer, wish: Wish) -> Chart:
    """Cost by growth of places: a line for each who bears some, a broad one with its interval for the place."""
    wish.of_all(result)
    title = f"Cost of places and of delay: {PARTS.get(result.kind, result.kind)}, {result.plan.footprint.name}"
    layout = {"xaxis": axis("growth of places, percent a year", wish.theme), "yaxis": value_axis("gap", wish.theme)}
    return chart(title, _costs(result.table(), result.frontier, MILLION, wish), layout, wish.theme)


@drawn.register
def of_network_delay(result: NetworkDelay, wish: Wish) -> Chart:
    """The same by places of a network's station."""
    wish.of_all(result)
    title = f"Cost of places and of delay: {result.station}, {result.network.name}"
    unit = f"pounds a {result.network.time_unit.removesuffix('s')}"
    layout = {"xaxis": axis("places", wish.theme), "yaxis": axis(unit, wish.theme)}
    return chart(title, _costs(result.table(), result.frontier, 1, wish), layout, wish.theme)


@drawn.register
def of_mix(result: MixAnswer, wish: Wish) -> Chart:
    """The first two aims: every mix tried beside no shift, and the front run anew, with intervals."""
    wish.of_all(result)
    one, other = result.hunt.aims[:2]
    tried, table = list(result.tried.values()), result.table()
    nothing = tried[0]
    known = [each for each in tried if each is not None and nothing is not None]
    changes = [
        [(each.aims[place] - nothing.aims[place]) * shown(aim).scale for each in known if nothing]
        for place, aim in enumerate((one, other))
    ]
    data = [
        _dots(changes[0], changes[1], "tried", wish.colours.baseline, 5),
        _dots(_scaled(table, one), _scaled(table, other), "best, with other people", wish.colours.plan, 10)
        | {"error_x": _spread(table, one, shown(one).scale), "error_y": _spread(table, other, shown(other).scale)},
    ]
    labels = [f"{measure_of(each).label}, change against no shift" for each in (one, other)]
    axes = [
        value_axis(each, wish.theme) | {"title": {"text": label}}
        for each, label in zip((one, other), labels, strict=True)
    ]
    words = f"{result.feasible} of {len(result.tried)} mixes tried keep the limits"
    layout = {"xaxis": axes[0], "yaxis": axes[1]}
    return chart(f"{result.plan.footprint.name}: {words}", data, layout, wish.theme)


def _tried(
    table: pl.DataFrame,
    at: str,
    name: str,
    enough: pl.Series,
    times: float,
    wish: Wish,
    bounds: tuple[str, str] | None = None,
) -> Trace:
    """Every step tried with its interval; hollow where it does not suffice."""
    low, high = bounds or (f"{name}_low", f"{name}_high")
    symbols = ["circle" if each else "circle-open" for each in enough]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": table[at].to_list(),
        "y": (table[name] * times).to_list(),
        "name": "tried",
        "marker": {"symbol": symbols, "size": 10, "color": wish.colours.plan},
        "line": {"color": wish.colours.plan, "width": 1.5},
        "error_y": _ends(table, name, low, high, times),
        "text": [ENOUGH if each else TOO_LITTLE for each in enough],
        "hovertemplate": "%{x}: %{y:.4g}, %{text}<extra></extra>",
    }


def _costs(table: pl.DataFrame, frontier: Frontier, unit: float, wish: Wish) -> list[Trace]:
    """A line for each who bears some of the cost, the place last; its least is marked."""
    lines = []
    for place, who in enumerate(frontier.bearers):
        rows, whole = table.filter(pl.col("who") == who), who == PLACE
        light, dark, dashes = STYLES[place % len(STYLES)]
        colour = wish.colours.text if whole else dark if wish.theme == "dark" else light
        lines.append({
            "type": "scatter",
            "mode": "lines+markers",
            "x": rows["at"].to_list(),
            "y": (rows["mean"] / unit).to_list(),
            "name": who if whole else PARTS.get(who, who),
            "line": {"color": colour, "width": 3 if whole else 2, "dash": "solid" if whole else dashes},
            "marker": {"size": [12 if each else 5 for each in rows["least"]], "color": colour},
            **({"error_y": _ends(rows, "mean", "low", "high", 1 / unit)} if whole else {}),
        })  # fmt: skip
    return lines


def _dots(x: Sequence[float], y: Sequence[float], name: str, colour: str, size: int) -> Trace:
    return {"type": "scatter", "mode": "markers", "x": list(x), "y": list(y), "name": name,
            "marker": {"color": colour, "size": size}}  # fmt: skip


def _scaled(table: pl.DataFrame, series: str) -> list[float]:
    return [each * shown(series).scale for each in table[series]]


def _spread(table: pl.DataFrame, series: str, times: float) -> Trace:
    return _ends(table, series, f"{series}_low", f"{series}_high", times)


def _ends(table: pl.DataFrame, name: str, low: str, high: str, times: float) -> Trace:
    """How far the interval reaches to either side of a mean."""
    return {
        "type": "data",
        "symmetric": False,
        "array": ((table[high] - table[name]) * times).to_list(),
        "arrayminus": ((table[name] - table[low]) * times).to_list(),
    }


def _unit(limit: Limit) -> tuple[float, str]:
    """From the unit of a limit to the one shown, and that in words; one that was stated has its measure's."""
    if limit.source == STATED:
        return shown(limit.series).scale, unit_words(limit.series)
    times, _digits, words = SHOWN[limit.unit]
    return times, words


def _level(value: float, wish: Wish) -> Trace:
    """A line across the whole drawing."""
    line = {"color": wish.colours.mark, "width": 1.5, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value, "line": line}
