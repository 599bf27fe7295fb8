"""Past years: what was observed, the model with its band, what no model would say. Table in, plain-dict figure out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dashboard.facts.past import PastSeries, PastYear, Phase
from dashboard.figures.axis import ticks, value_axis
from dashboard.theme import FONT, TEXT_SIZE, Theme
from dashboard.wording.language import _, mark
from dashboard.wording.past import measure, months_in_words

Trace = dict[str, Any]
EVERY = 3
"""Years from one label of the flat axis to the next."""

NAMES: dict[Phase, str] = {
    "fitted": mark("Fitted"),
    "not fitted": mark("Not fitted"),
    "forecast": mark("Forecast"),
}


def past_chart(series: PastSeries, first: int, last: int, theme: Theme) -> dict[str, Any]:
    """One series from the financial year that begins in `first` to the one that begins in `last`."""
    at = ticks(_values(series))
    return {
        "data": [
            *(_band(run, theme) for run in series.runs()),
            *_carried(series, theme),
            *_model(series, theme),
            _observed(series, theme),
        ],
        "layout": {
            "xaxis": _years_axis(first, last, theme),
            "yaxis": value_axis(measure(series), at, theme.grid),
            "shapes": _phases(series, first, theme),
            "annotations": _phase_names(series, first, last, theme),
            "autosize": True,
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "margin": {"l": 56, "r": 10, "t": 20, "b": 24, "pad": 2},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
            "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text}, "bgcolor": theme.ground},
        },
    }


def _values(series: PastSeries) -> list[float]:
    """Every number that must lie inside the axis."""
    found = [value for year in series.years for value in (year.low, year.high, year.model)]
    others = (value for year in series.years for value in (year.observed, year.carried))
    return [*found, *(value for value in others if value is not None)]


def _years_axis(first: int, last: int, theme: Theme) -> dict[str, Any]:
    labelled = range(first, last + 1, EVERY)
    return {
        "range": [first, last + 1],
        "tickvals": [year + 1 / 2 for year in labelled],
        "ticktext": [f"{year}/{(year + 1) % 100:02d}" for year in labelled],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.grid,
        "automargin": False,
    }


def _band(run: Sequence[PastYear], theme: Theme) -> Trace:
    """Between the middles of the years; over its own months where a year stands alone."""
    at = _at(run)
    low, high = (_along(run, bound) for bound in (lambda year: year.low, lambda year: year.high))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*at, *at[::-1]],
        "y": [*high, *low[::-1]],
        "fill": "toself",
        "fillcolor": theme.band50,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _at(run: Sequence[PastYear]) -> list[float]:
    return [run[0].begins, run[0].ends] if len(run) == 1 else [year.middle for year in run]


def _along(run: Sequence[PastYear], value: Callable[[PastYear], float]) -> list[float]:
    """A value at each place of `_at`."""
    return [value(run[0])] * 2 if len(run) == 1 else [value(year) for year in run]


def _model(series: PastSeries, theme: Theme) -> Iterator[Trace]:
    """A solid line as far as years are compared, then a dashed one, joined where they meet."""
    for run in series.runs():
        compared = [year for year in run if year.phase != "forecast"]
        ahead = [*compared[-1:], *(year for year in run if year.phase == "forecast")]
        for part, dash in ((compared, "solid"), (ahead, "dash")):
            if part and (dash == "solid" or len(ahead) > len(compared[-1:])):
                yield _line(series, part, _("Model"), theme.plan, dash)


def _line(series: PastSeries, run: Sequence[PastYear], name: str, colour: str, dash: str) -> Trace:
    words = measure(series).words
    texts = [
        _("{year}: {model}, {low} to {high}", year=e.label, model=words(e.model), low=words(e.low), high=words(e.high))
        for e in run
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _at(run),
        "y": _along(run, lambda year: year.model),
        "name": name,
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "text": texts * (2 if len(run) == 1 else 1),
        "hovertemplate": f"{name}, %{{text}}<extra></extra>",
    }


def _carried(series: PastSeries, theme: Theme) -> list[Trace]:
    """The last fitted year as it would go on without a model."""
    known = [year for year in series.years if year.carried is not None]
    if not known:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [known[0].begins, *(year.middle for year in known), known[-1].ends],
            "y": [known[0].carried, *(year.carried for year in known), known[-1].carried],
            "name": _("Carried on"),
            "line": {"color": theme.baseline, "width": 2, "dash": "dot"},
            "hovertemplate": f"{_('Last fitted year carried on')}<extra></extra>",
        }
    ]


def _observed(series: PastSeries, theme: Theme) -> Trace:
    """Points; hollow where they are of a part of a year."""
    seen = [year for year in series.years if year.observed is not None]
    words = measure(series).words
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [year.middle for year in seen],
        "y": [year.observed for year in seen],
        "name": _("Observed"),
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": theme.text,
            "symbol": ["circle-open" if year.months else "circle" for year in seen],
            "line": {"color": theme.text, "width": 2},
        },
        "text": [f"{_when(year)}: {words(year.observed or 0.0)}" for year in seen],
        "hovertemplate": f"{_('Observed')}, %{{text}}<extra></extra>",
    }


def _when(year: PastYear) -> str:
    return ", ".join(part for part in (year.label, months_in_words(year)) if part)


def _borders(series: PastSeries, first: int, last: int) -> dict[Phase, tuple[int, int]]:
    """Where each phase begins and ends; fitted years without a number of this series too."""
    begun = {phase: [int(year.begins) for year in series.years if year.phase == phase] for phase in NAMES}
    fitted = max(begun["fitted"], default=first - 1) + 1
    ahead = min(begun["forecast"], default=last + 1)
    return {"fitted": (first, fitted), "not fitted": (fitted, ahead), "forecast": (ahead, last + 1)}


def _phases(series: PastSeries, first: int, theme: Theme) -> list[Trace]:
    """The fitted years shaded, and a line where the forecast begins."""
    borders = _borders(series, first, int(series.years[-1].begins))
    across = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    shade = {"type": "rect", "x0": first, "x1": borders["fitted"][1], "fillcolor": theme.shade, "line": {"width": 0}}
    ahead = borders["forecast"][0]
    rule = {"type": "line", "x0": ahead, "x1": ahead, "line": {"color": theme.baseline, "width": 1}}
    return [shade | across, rule | across]


def _phase_names(series: PastSeries, first: int, last: int, theme: Theme) -> list[Trace]:
    """Over each stretch of years what it is."""
    return [
        {
            "x": (begins + ends) / 2,
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "text": _(NAMES[phase]),
            "showarrow": False,
            "font": {"color": theme.text, "size": TEXT_SIZE},
        }
        for phase, (begins, ends) in _borders(series, first, last).items()
        if ends > begins
    ]
