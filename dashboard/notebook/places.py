"""A batch: every place with what each plan changes there, and how sure that is."""

from __future__ import annotations

import polars as pl

from dashboard.figures.lines import STYLES
from dashboard.notebook.bars import tall
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, value_axis
from sim.experiments.batch import Ran
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
