"""What a stress test says: shares of workable futures, what breaks a plan, regret, and each shock by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.doubts import doubts
from sim.experiments.question import Resolved
from sim.experiments.stress.futures import Futures
from sim.experiments.stress.trial import Trial
from sim.experiments.told import Told
from sim.inputs.limits import Limit
from sim.results.separation import Apart, told_apart
from sim.results.shares import Against, Share, against, wilson
from sim.results.statistics import Interval, Paired, interval, paired

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Bound = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Break:
    """A number or shock that tells workable futures from the others.

    is_shock   otherwise a number
    apart      how far; of a number, medians are quantiles of its range, of a shock how far it moves its numbers
    """

    name: str
    says: str
    confidence: str
    is_shock: bool
    apart: Apart


@dataclass(frozen=True, slots=True)
class Regret:
    """What a plan costs against the best of the plans, future by future, in the unit of the limit.

    The best of noisy means lies below the best there is. So in each replication the best plan is the one that all other
    replications of the future say it is; what a plan costs above that one is then as often too much as too little. Of
    one replication there are no others, and regret is too large.

    mean     over futures, with its interval
    most     in the worst future for it, which is `future` (from 1)
    best     in how many futures none is better on the mean over replications
    """

    mean: Interval
    most: float
    future: int
    best: Share


@dataclass(frozen=True, slots=True)
class Single:
    """One shock at its likeliest size, all else as believed: the final year, in the unit of the limit.

    change   from the plan as believed, paired
    keeps    whether the plan, on the mean, still keeps the limit
    """

    before: float
    change: Paired
    keeps: bool


@dataclass(frozen=True, slots=True, repr=False)
class Stress(Told):
    """Plans in futures.

    values       by series, shape (futures, plans, replications, years); nan in futures no place can be made of
    alone        likewise as believed, and with each shock by itself: shape (1 + shocks, plans, replications, years)
    impossible   futures left out, by reason
    """

    plans: tuple[Resolved, ...]
    trial: Trial
    futures: Futures
    values: Mapping[str, FloatArray]
    alone: Mapping[str, FloatArray]
    impossible: Mapping[str, int]

    @property
    def words(self) -> str:
        """In how many futures each plan is workable, and the limit that it breaks most often."""
        from sim.experiments.stress.words import stress_sentence

        return stress_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each plan and limit, and for all limits together (no limit).

        Columns: plan, limit, share of futures in which it is kept, low, high, count, futures, believed (in the final
        year as believed, in the limit's unit), most (the limit).
        """
        from sim.experiments.stress.save import stress_table

        return stress_table(self)

    @property
    def known(self) -> BoolArray:
        """Futures that a place can be made of, shape (futures,)."""
        return np.asarray(~np.isnan(next(iter(self.values.values()))).any(axis=(1, 2, 3)))

    def levels(self, limit: Limit, plan: int) -> FloatArray:
        """What is expected of a limit's measure in its unit: means over replications, shape (futures, years)."""
        found: FloatArray = self.values[limit.series][:, plan].mean(axis=1) * self._scale(limit)
        return found

    def keeps(self, plan: int, limit: Limit | None = None) -> BoolArray:
        """Whether a plan keeps a limit, or all of them, in each future, shape (futures,); False where impossible."""
        if limit is None:
            return np.all([self.keeps(plan, each) for each in self.trial.limits], axis=0)
        return self._within(self.levels(limit, plan), limit)

    def workable(self, plan: int, limit: Limit | None = None, among: BoolArray | None = None) -> Share:
        """Share of futures in which a plan keeps a limit, or all of them, with its interval (Wilson).

        among   only of these futures, shape (futures,)
        """
        counted = self.known if among is None else self.known & among
        return wilson(int(self.keeps(plan, limit)[counted].sum()), int(counted.sum()))

    def at(self, bound: Bound) -> Stress:
        """The same futures judged by the strictest (low) or the most lenient (high) that people may say of each limit.

        A limit that was set beyond that stays where it is.
        """
        choose = min if bound == "low" else max
        limits = tuple(replace(each, value=choose(each.value, getattr(each, bound))) for each in self.trial.limits)
        return replace(self, trial=replace(self.trial, limits=limits))

    def with_and_without(self, plan: int, shock: int) -> tuple[Share, Share]:
        """Workable share of the futures in which a shock happens, and of the others."""
        happens = self.futures.happens(shock)
        return self.workable(plan, among=happens), self.workable(plan, among=~happens)

    def breaks(self, plan: int, limit: Limit | None = None) -> tuple[Break, ...]:
        """Everything drawn, what tells futures that break a limit (or any) from the others best first.

        Left out are numbers that this plan cannot depend on, such as those of programmes that it does not pay for.
        Empty where hardly any future breaks it, or hardly any does not.
        """
        broken, within = ~self.keeps(plan, limit)[self.known], self._within_reach(plan)
        found = told_apart(self.futures.drawn[self.known][:, within], broken)
        return tuple(self._break(replace(each, which=within[each.which])) for each in found)

    def regret(self, plan: int, limit: Limit) -> Regret:
        """What a plan costs in the final year against the best of all plans, by a limit's measure."""
        finals = self.values[limit.series][self.known, ..., -1] * self._scale(limit)
        loss, means = above_best(finals)[:, plan], finals.mean(axis=2)
        worst = int(np.argmax(loss))
        future = int(np.flatnonzero(self.known)[worst]) + 1
        none_better = int((means[:, plan] == means.min(axis=1)).sum())
        return Regret(interval(loss), float(loss[worst]), future, wilson(none_better, loss.size))

    def against(self, plan: int, other: int, limit: Limit | None = None) -> Against:
        """How often one plan keeps a limit, or all of them, in futures in which another does not, and vice versa."""
        known = self.known
        return against(self.keeps(plan, limit)[known], self.keeps(other, limit)[known])

    def missed(self, plan: int) -> Share:
        """Futures in which this plan is not workable, and another would have been."""
        others = [self.keeps(each) for each in range(len(self.plans)) if each != plan]
        lost = np.any(others, axis=0) & ~self.keeps(plan) if others else np.zeros_like(self.known)
        return wilson(int(lost[self.known].sum()), int(self.known.sum()))

    def believed(self, plan: int, limit: Limit) -> float:
        """A limit's measure in the final year with every number at its value and no shock, in the limit's unit."""
        return float(self._alone(limit, 0, plan)[:, -1].mean())

    def single(self, shock: int, plan: int, limit: Limit) -> Single:
        """What one shock does by itself."""
        before, after = self._alone(limit, 0, plan), self._alone(limit, shock + 1, plan)
        change = paired(before[:, -1], after[:, -1], "lower")
        keeps = bool(self._within(after.mean(axis=0)[np.newaxis], limit)[0])
        return Single(float(before[:, -1].mean()), change, keeps)

    def _within_reach(self, plan: int) -> list[int]:
        """Which of the things drawn a plan may depend on: its own doubts, and every shock."""
        asked = self.plans[plan]
        own = {each.name for each in doubts([asked.parameters], asked.base)}
        numbers = [place for place, each in enumerate(self.futures.doubts) if each.name in own]
        return [*numbers, *range(len(self.futures.doubts), len(self.futures.names))]

    def _alone(self, limit: Limit, world: int, plan: int) -> FloatArray:
        """Replications of what is believed (world 0) or of one shock, shape (replications, years)."""
        found: FloatArray = self.alone[limit.series][world, plan] * self._scale(limit)
        return found

    def _within(self, levels: FloatArray, limit: Limit) -> BoolArray:
        """Whether a limit is kept when it must be, by row of levels (…, years); nan keeps nothing."""
        years = levels if self.trial.when == "every" else levels[:, -1:]
        return np.asarray((years <= limit.value).all(axis=1))

    def _scale(self, limit: Limit) -> float:
        return limit.scale(self.plans[0].footprint.total)

    def _break(self, apart: Apart) -> Break:
        numbers = len(self.futures.doubts)
        if apart.which < numbers:
            doubt = self.futures.doubts[apart.which]
            return Break(doubt.name, doubt.says, doubt.confidence, False, apart)
        shock = self.futures.shocks[apart.which - numbers]
        return Break(shock.name, shock.says, shock.confidence, True, apart)


def above_best(values: FloatArray) -> FloatArray:
    """How far each plan lies above the best, shape (futures, plans): mean over replications, each against the plan that
    the others find best; of one replication, against the best in it.

    values   shape (futures, plans, replications), better when lower
    """
    count = values.shape[2]
    others = values if count == 1 else values.sum(axis=2, keepdims=True) - values
    best = np.take_along_axis(values, others.argmin(axis=1)[:, np.newaxis], axis=1)
    return np.asarray((values - best).mean(axis=2))
