"""A stress test: in how many futures each plan keeps each limit, and all of them."""

from __future__ import annotations

import polars as pl

from dashboard.figures.lines import STYLES
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from sim.experiments.stress import Stress

ALL = "all together"
PERCENT = 100


@drawn.register
def of_stress(result: Stress, wish: Wish) -> Chart:
    """Shares of futures with their intervals, a group of bars for each limit."""
    wish.of_all(result)
    table, of_a_plan = result.table(), len(result.trial.limits) + 1
    data = [_bars(table.slice(place * of_a_plan, of_a_plan), place, wish) for place in range(len(result.plans))]
    first = result.plans[0]
    when = "in every year" if result.trial.when == "every" else "in the final year"
    title = f"Futures in which limits are kept {when}, of {int(result.known.sum())}: {first.footprint.name}"
    layout = {
        "barmode": "group",
        "xaxis": axis("", wish.theme, type="category"),
        "yaxis": axis("percent of futures", wish.theme, range=[0, PERCENT], ticksuffix="%"),
    }
    return chart(title, data, layout, wish.theme)


def _bars(rows: pl.DataFrame, place: int, wish: Wish) -> Trace:
    share, low, high = (rows[name] * PERCENT for name in ("share", "low", "high"))
    light, dark, _dashes = STYLES[place % len(STYLES)]
    return {
        "type": "bar",
        "name": rows["plan"][0],
        "x": [each or ALL for each in rows["limit"]],
        "y": share.to_list(),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (high - share).to_list(),
            "arrayminus": (share - low).to_list(),
            "color": wish.colours.text,
        },
        "marker": {"color": dark if wish.theme == "dark" else light},
        "text": [f"{count} of {whole}" for count, whole in zip(rows["count"], rows["futures"], strict=True)],
        "textposition": "none",
        "hovertemplate": "%{x}: %{text}<extra>%{fullData.name}</extra>",
    }
