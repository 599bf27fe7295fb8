"""How sure an answer is, and what it leans on: bands of chance and ignorance, and each number alone in a tornado."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.drivers import LESS, MORE
from dashboard.notebook.bars import MOST_BARS, rows_of, tall
from dashboard.notebook.chart import Chart, Trace, axis, chart
from dashboard.notebook.drawn import Wish, drawn
from dashboard.notebook.units import shown, value_axis
from sim.experiments.impact import Impact, Impacts, Shift, shown_in
from sim.experiments.told import plan_name
from sim.experiments.uncertainty import Uncertainty
from sim.results.dates import financial_year
from sim.results.measures import measure_of

USUAL = "gap"
HOLLOW = "rgba(0,0,0,0)"
EFFECT = "effect:"
"""Before the name of a measure: the plan's effect on it, not the baseline."""


@drawn.register
def of_uncertainty(result: Uncertainty, wish: Wish) -> Chart:
    """Where nine futures in ten lie for chance, for ignorance and for both; with a baseline, of the change from it."""
    series, plan, change = wish.about(result.values, USUAL), result.plans[-1], len(result.plans) > 1
    year, scale = wish.in_years(plan.question.years), shown(series).scale
    split = result.split(series, year, change=change)
    bands = {"by chance": split.chance, "by ignorance": split.ignorance, "together": split.together}
    believed = result.believed(series, year, change=change) * scale
    data: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": f"nine futures in ten, of {result.draws} draws",
            "y": list(bands),
            "base": [each.low * scale for each in bands.values()],
            "x": [(each.high - each.low) * scale for each in bands.values()],
            "marker": {"color": wish.colours.band50, "line": {"color": wish.colours.plan, "width": 1}},
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "as believed",
            "y": list(bands),
            "x": [believed] * len(bands),
            "marker": {"color": wish.colours.plan, "size": 9},
        },
    ]
    against = f" against {plan_name(result.plans[0])}" if change else ""
    when = financial_year(year, plan.first_year)
    title = f"{measure_of(series).label}, {'change in ' * change}{when}: {plan_name(plan)}{against}"
    layout = {"xaxis": value_axis(series, wish.theme), "yaxis": rows_of(list(bands), wish.theme)}
    return chart(title, data, {**layout, **tall(len(bands))}, wish.theme)


@drawn.register
def of_impacts(result: Impacts, wish: Wish) -> Chart:
    """Each number alone at either end of its range, the longest bar on top; a change that cannot be seen is hollow."""
    series = wish.about([*result.baseline, *(EFFECT + each for each in result.effect)], USUAL)
    effect, measure = series.startswith(EFFECT), series.removeprefix(EFFECT)
    unit, scale, _ = shown_in(measure)
    moved = {name: [each for each in result.of(name) if each.counts] for name in result.numbers}
    sizes = {
        name: max((abs(_shift(each, measure, effect).mean) for each in ends), default=0.0)
        for name, ends in moved.items()
    }
    names = [name for name in sorted(sizes, key=lambda each: -sizes[each]) if sizes[name]][:MOST_BARS]
    ends = [each for name in names for each in moved[name]]
    dark = wish.theme == "dark"
    sides = (("low", LESS[dark]), ("high", MORE[dark]))
    data = [
        _side([each for each in ends if each.end == end and _shift(each, measure, effect).seen is seen],
              f"at {end} end" if seen else f"{end}, not seen", measure, effect, colour, scale, seen=seen)
        for end, colour in sides for seen in (True, False)
    ]  # fmt: skip
    made = result.made
    whose = f"effect of {made.scenario}" if effect else made.against
    title = f"{measure_of(measure).label}, {whose}: each number alone at an end of its range"
    layout = {"barmode": "overlay", "xaxis": axis(unit, wish.theme), "yaxis": rows_of(names, wish.theme)}
    return chart(title, data, {**layout, **tall(len(names))}, wish.theme)


def _shift(each: Impact, measure: str, effect: bool) -> Shift:
    return (each.effect if effect else each.baseline)[measure]


def _side(
    ends: Sequence[Impact], words: str, measure: str, effect: bool, colour: str, scale: float, *, seen: bool
) -> Trace:
    """Bars to one end of the range: of numbers that are seen to change the measure there, or hollow ones of others."""
    shifts = [_shift(each, measure, effect) for each in ends]
    return {
        "type": "bar",
        "orientation": "h",
        "name": words,
        "x": [each.mean * scale for each in shifts],
        "y": [each.number for each in ends],
        "marker": {"color": colour if seen else HOLLOW, "line": {"color": colour, "width": 1}},
        "text": [f"{each.low * scale:.4g} to {each.high * scale:.4g}" for each in shifts],
        "textposition": "none",
        "hovertemplate": "%{y}: %{x:.4g} (%{text})<extra>%{fullData.name}</extra>",
    }
