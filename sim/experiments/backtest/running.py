"""The back-test run from a stored fit: the model as fitted, and every world that fits as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.backtest.counting import Counting, window
from sim.experiments.backtest.drawing import Worlds
from sim.experiments.backtest.fitting import counting
from sim.experiments.backtest.looking import FloatArray, Looks, Months
from sim.experiments.backtest.results import SHOWN, WHOLE, Naive, Row, naive_of, with_totals
from sim.experiments.backtest.setting import Setting
from sim.experiments.replicate import Way, replicate
from sim.inputs import Parameters
from sim.inputs.backtest_fit import BacktestFit
from sim.inputs.history import Known
from sim.results.ignorance import BAND, split


@dataclass(frozen=True)
class Backtest:
    """Every row of the back-test and of the forecast, and what they were made from."""

    setting: Setting
    fit: BacktestFit
    rows: tuple[Row, ...]

    def of(self, series: str) -> tuple[Row, ...]:
        """Rows of one series, year by year."""
        return tuple(row for row in self.rows if row.series == series)


@dataclass(frozen=True)
class _Run:
    """Replications of one set of parameters, and how they are counted."""

    shown: Sequence[Months]
    counting: Counting

    def values(self, series: str, at: slice) -> FloatArray:
        """One series over some months, by replication."""
        return np.array([self.counting.value(series, at, each) for each in self.shown])


def run_backtest(setting: Setting, fit: BacktestFit, way: Way) -> Backtest:
    """Run the model as fitted, and every draw; the same rows on any number of threads."""
    method, worlds = setting.plan.method, Worlds.draw(setting)
    fitted = setting.parameters(fit.values)
    drawn = [worlds.known(draw.number) for draw in fit.draws]
    parameters = [setting.parameters(draw.values, known) for draw, known in zip(fit.draws, drawn, strict=True)]
    whole = method.replications + len(drawn) * method.draw_replications
    middle = _look(setting, [fitted], method.replications, _so_far(way, 0, whole))[0]
    others = _look(setting, parameters, method.draw_replications, _so_far(way, method.replications, whole))
    main = _Run(middle, counting(setting, fit.counted, setting.base))
    draws = [
        _Run(shown, counting(setting, draw.counted, known))
        for shown, draw, known in zip(others, fit.draws, drawn, strict=True)
    ]
    return Backtest(setting, fit, tuple(_rows(setting, main, draws)))


def _so_far(way: Way, done: int, whole: int) -> Way:
    """The same way, whose progress goes on from what is done."""

    def progress(now: int, _: int) -> None:
        way.progress(done + now, whole)

    return Way(way.workers, progress, way.tell)


def _look(setting: Setting, sets: Sequence[Parameters], replications: int, way: Way) -> list[tuple[Months, ...]]:
    """Replications of each set of parameters, over all years."""
    if not sets:
        return []
    method = setting.plan.method
    looks = Looks(
        sets.__getitem__, setting.footprint, setting.plan.years, method.people, method.seed, replications
    )  # fmt: skip
    found = replicate(looks, len(sets) * replications, way)
    return [found[first : first + replications] for first in range(0, len(found), replications)]


def _rows(setting: Setting, main: _Run, draws: Sequence[_Run]) -> list[Row]:
    plan, known = setting.plan, with_totals(setting.observed)
    observed = {(each.series, each.year): each for each in known}
    naive = {series: Naive.of(series, known, plan.fitted_until) for series in SHOWN}
    years = range(plan.first_year, plan.forecast_until + 1)
    return [
        _row(setting, series, year, observed, naive[series], main, draws)
        for series in SHOWN
        for year in years
        if (series, year) in observed or year > plan.compared_until
    ]


def _row(
    setting: Setting,
    series: str,
    year: int,
    observed: Mapping[tuple[str, int], Known],
    naive: Naive,
    main: _Run,
    draws: Sequence[_Run],
) -> Row:
    """One series in one year; a year of the forecast is a whole year."""
    seen = observed.get((series, year))
    months = (seen.first, seen.last) if seen else WHOLE
    at = window(year - setting.plan.first_year, *months)
    share = setting.plan.method.people / setting.footprint.total
    low, high = band(np.stack([draw.values(series, at) for draw in draws]), share)
    after = year > setting.plan.fitted_until
    carried, trend = naive_of(series, year, months, naive) if after else (None, None)
    mean = float(main.values(series, at).mean())
    return Row(series, year, *months, seen.value if seen else None, mean, low, high, carried, trend)


def band(values: FloatArray, share: float) -> tuple[float, float]:
    """Bounds that nine futures in ten lie between, of worlds that each were run a few times.

    values   shape (draws, replications)
    share    of the people that is simulated: localities are independent of one another, so the chance of the whole is
             smaller than that of a part by the square root of its share

    Between draws, what differs by the luck of few replications is taken off first.
    """
    found = split(values)
    centre, of_draw = values.mean(), values.mean(axis=1, keepdims=True)
    between = float(of_draw.var(ddof=1))
    ignorance = (of_draw - centre) * np.sqrt(found.ignorance_variance / between if between > 0 else 0.0)
    replications = values.shape[1]
    chance = (values - of_draw) * np.sqrt(replications / (replications - 1) * share)
    low, high = np.percentile(centre + ignorance + chance, BAND)
    return float(low), float(high)
