"""Every place: with what each plan of a batch changes there, or with its gap beside the one that it published."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from dashboard.figures.lines import STYLES
from dashboard.notebook.bars import tall
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, value_axis
from sim.experiments.batch import Ran
from sim.experiments.gaps import Gaps, PlaceGap
from sim.results.measures import measure_of


@drawn.register
def of_batch(result: Ran, wish: Wish) -> Chart:
    """One series in one year by place: a plan's change against what it is set beside; with one plan, its value."""
    plan = result.batch.plan
    series, year = wish.about(plan.series, "gap"), wish.in_years(plan.years)
    table = result.table().filter(series=series, year=year)
    others = [each for each in plan.plans if each != plan.against]
    columns = ("change", "change_low", "change_high") if others else ("mean", "low", "high")
    rows = table.select("footprint", "plan", "financial_year", *columns).rename(
        dict(zip(columns, ("value", "low", "high"), strict=True))
    )
    names = _in_order(rows, (others or list(plan.plans))[0])
    data = [
        _points(rows.filter(plan=each), names, place, series, wish) for place, each in enumerate(others or plan.plans)
    ]
    against = f", change against {plan.against}" if others else ""
    title = f"{measure_of(series).label} in {rows['financial_year'][0]}{against}"
    layout = {
        "xaxis": value_axis(series, wish.theme, zeroline=True),
        "yaxis": axis("", wish.theme, categoryorder="array", categoryarray=names[::-1]),
        "hovermode": "closest",
    }
    return chart(title, data, {**layout, **tall(len(names))}, wish.theme)


def _in_order(rows: pl.DataFrame, plan: str) -> list[str]:
    """Places, those where the first plan's value is lowest first."""
    return rows.filter(plan=plan).sort("value", nulls_last=True)["footprint"].to_list()


def _points(rows: pl.DataFrame, names: list[str], place: int, series: str, wish: Wish) -> Trace:
    scale, found = shown(series).scale, {each["footprint"]: each for each in rows.to_dicts()}
    mine = [found[name] for name in names if name in found]
    light, dark, _dashes = STYLES[place % len(STYLES)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": rows["plan"][0],
        "x": [each["value"] * scale for each in mine],
        "y": [each["footprint"] for each in mine],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(each["high"] - each["value"]) * scale for each in mine],
            "arrayminus": [(each["value"] - each["low"]) * scale for each in mine],
        },
        "marker": {"color": dark if wish.theme == "dark" else light, "size": 9},
        "text": [shown(series).words(each["value"] * scale) for each in mine],
        "hovertemplate": "%{y}: %{text}<extra>%{fullData.name}</extra>",
    }


@drawn.register
def of_gaps(result: Gaps, wish: Wish) -> Chart:
    """The model's gap of each place by the published one; hollow where that was recalled or is doubtful."""
    wish.of_all(result)
    known = [each for each in result.places if each.published is not None]
    reach = [each.published or 0.0 for each in known] + [each.model.mean for each in known]
    ends = [min(reach), max(reach)]
    same: Trace = {
        "type": "scatter",
        "mode": "lines",
        "name": "the same",
        "x": ends,
        "y": ends,
        "line": {"color": wish.colours.mark, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }
    data = [
        same,
        _gaps([each for each in known if each.sourced], "read at a source", "circle", wish),
        _gaps([each for each in known if not each.sourced], "recalled or doubtful", "circle-open", wish),
    ]
    title = f"Do-nothing gap of 2020/21, pounds of 2015/16 a head: {len(known)} places that published one"
    layout = {"xaxis": axis("published", wish.theme), "yaxis": axis("by the model", wish.theme), "hovermode": "closest"}
    return chart(title, data, layout, wish.theme)


def _gaps(places: Sequence[PlaceGap], words: str, symbol: str, wish: Wish) -> Trace:
    means = [each.model.mean for each in places]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words,
        "x": [each.published for each in places],
        "y": means,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [each.model.high - each.model.mean for each in places],
            "arrayminus": [each.model.mean - each.model.low for each in places],
        },
        "marker": {"symbol": symbol, "size": 9, "color": wish.colours.plan},
        "text": [each.footprint.name for each in places],
        "hovertemplate": "%{text}: %{y:,.0f}, published %{x:,.0f}<extra></extra>",
    }
