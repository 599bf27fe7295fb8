"""How sure an answer is: chance and ignorance told apart, and which numbers the answer leans on.

Every doubt is drawn at once, many times; each draw is lived through by the same people, a few times over. A plan and
its baseline share their draws as they share their people, so their difference is paired in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.closing import draws_that_close
from sim.experiments.doubts import Doubt, doubts, drawn, hypercube
from sim.experiments.many import Outcome, run_many
from sim.experiments.question import Resolved
from sim.experiments.refusals import too_few
from sim.experiments.replicate import Way
from sim.experiments.told import Told
from sim.inputs import Fault, Faults, raise_any
from sim.results.correlation import Lean, leans
from sim.results.ignorance import Split, futures, split
from sim.results.measures import KEY_SERIES, measure_of
from sim.results.statistics import ROUNDING, differences, interval

FloatArray = NDArray[np.float64]

USUAL_DRAWS = 100
BELIEVED = 10
"""Replications of what is believed, from which chance is foreseen."""

DRAWS = (10, 5000)
MOST_LEANS = 12


@dataclass(frozen=True, slots=True)
class Draws:
    """Plans in draws; draw 0 is what is believed.

    plans       each with its parameters as believed
    found       the doubts; `quantiles` has a row for each draw and a column for each doubt
    """

    plans: tuple[Resolved, ...]
    found: tuple[Doubt, ...]
    quantiles: FloatArray

    @property
    def count(self) -> int:
        """Plans times draws, what is believed included."""
        return len(self.plans) * (len(self.quantiles) + 1)

    def resolved(self, number: int) -> Resolved:
        """A plan in a draw; `number` runs over plans first, then draws."""
        draw, plan = divmod(number, len(self.plans))
        believed = self.plans[plan]
        if draw == 0:
            return believed
        return replace(believed, parameters=drawn(believed.parameters, self.found, self.quantiles[draw - 1]))


@dataclass(frozen=True, slots=True, repr=False)
class Uncertainty(Told):
    """Every draw of a question about one plan, or about a plan (the last) against a baseline (the first).

    quantiles    shape (draws, doubts)
    values       by series, shape (draws + 1, plans, replications, years); draw 0 is what is believed; nan where
                 the draw is of an impossible place
    impossible   draws that no place could be made of, by reason
    aside        draws set aside because no base year could close in them; they are not among the draws
    alone        more replications of what is believed, by series, shape (plans, replications, years); empty where
                 those of draw 0 have to do
    """

    plans: tuple[Resolved, ...]
    doubts: tuple[Doubt, ...]
    quantiles: FloatArray
    values: Mapping[str, FloatArray]
    impossible: Mapping[str, int]
    aside: int
    alone: Mapping[str, FloatArray] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Delay and money as believed, where nine futures in ten lie, and how much of that is ignorance."""
        from sim.experiments.doubt_words import uncertainty_sentence

        return uncertainty_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each key series and year, and for its change: see `save_uncertainty.bands_table`."""
        from sim.experiments.save_uncertainty import bands_table

        return bands_table(self)

    @property
    def draws(self) -> int:
        """Draws asked for, those of impossible places included."""
        return len(self.quantiles)

    def of(self, series: str, year: int = -1, *, change: bool = False) -> FloatArray:
        """One series of the plan in one year, shape (draws + 1, replications); or its change from the baseline."""
        plan = self.values[series][:, -1, :, year]
        return differences(self.values[series][:, 0, :, year], plan) if change else plan

    def as_believed(self, series: str, year: int = -1, *, change: bool = False) -> FloatArray:
        """Replications with every number at its value, shape (replications,)."""
        if not self.alone:
            return self.of(series, year, change=change)[0]
        plans = self.alone[series][..., year]
        return differences(plans[0], plans[-1]) if change else plans[-1]

    def believed(self, series: str, year: int = -1, *, change: bool = False) -> float:
        """Mean over replications with every number at its value."""
        return float(self.as_believed(series, year, change=change).mean())

    def split(self, series: str, year: int = -1, *, change: bool = False) -> Split:
        """Chance and ignorance of the plan's measure, or of its change from the baseline.

        Chance is that of the values believed, and lies around what is believed.
        """
        limits = (-inf, inf) if change else self._limits(series)
        chance = futures(self.as_believed(series, year, change=change), limits)
        return replace(split(self.of(series, year, change=change)[1:]), chance=chance)

    def skewed(self, series: str, year: int = -1, *, change: bool = False) -> bool:
        """Whether what is believed lies outside the band of ignorance, by more than its own 95 % interval."""
        band = self.split(series, year, change=change).ignorance
        found = interval(self.as_believed(series, year, change=change))
        near = ROUNDING * abs(found.mean)
        return bool(found.high + near < band.low or found.low - near > band.high)

    def _limits(self, series: str) -> tuple[float, float]:
        """What no run can be below or above: nothing, and all of a share, where no run of any draw was."""
        seen, share = self.values[series], measure_of(series).unit == "share"
        return 0.0 if np.nanmin(seen) >= 0 else -inf, 1.0 if share and np.nanmax(seen) <= 1 else inf

    def better(self, series: str, year: int = -1) -> float:
        """Share of draws in which the plan is expected to do better than the baseline; nan without a better way."""
        means = self.of(series, year, change=True)[1:].mean(axis=1)
        way = {"lower": -1, "higher": 1, "neither": 0}[measure_of(series).better]
        return float((way * means[~np.isnan(means)] > 0).mean()) if way else float("nan")

    def leans(self, series: str, year: int = -1, *, change: bool = False) -> tuple[tuple[Doubt, Lean], ...]:
        """The doubts an answer leans on, the strongest first; only those that show above the noise of the draws."""
        means = self.of(series, year, change=change)[1:].mean(axis=1)
        known = ~np.isnan(means)
        found = leans(self.quantiles[known], means[known], MOST_LEANS, self.plans[0].question.seed)
        return tuple((self.doubts[each.which], each) for each in found)


def explore(
    plans: Sequence[Resolved],
    draws: int,
    way: Way | None = None,
    *,
    believed: int = 0,
    closing: bool = True,
    keep: bool = True,
) -> Uncertainty:
    """Draw every doubt about one plan, or about a baseline and a plan, and run each draw.

    plans     one, or the baseline and the plan; replications, seed, years and people are theirs
    draws     how often everything is drawn at once
    believed  replications of what is believed, for chance; as many as of each draw, if that is more
    closing   only draws in which the base year closes; otherwise every draw, also those of places overfull at once
    keep      use and fill the folder of finished replications

    Raises Faults when too few or too many are asked for, or too few close.
    """
    raise_any(_faults(plans[0].question.replications, draws))
    way, base, seed = way or Way(), plans[0].base, plans[0].question.seed
    found = doubts([plan.parameters for plan in plans], base)
    if closing:
        quantiles, aside = draws_that_close(base, found, draws, seed, lambda so_far: way.progress(so_far, draws))
    else:
        quantiles, aside = hypercube(draws, len(found), seed), 0
    raise_any(_too_few(len(quantiles), aside))
    draws_of = Draws(tuple(plans), found, quantiles)
    outcomes = run_many(draws_of.resolved, draws_of.count, KEY_SERIES, way, keep=keep)
    gathered = _gathered(draws_of, outcomes, aside)
    if believed > plans[0].question.replications:
        return replace(gathered, alone=_alone(plans, believed, way, keep=keep))
    return gathered


def _faults(replications: int, draws: int) -> list[Fault]:
    least, most = DRAWS
    found = []
    if not least <= draws <= most:
        found.append(Fault("", 0, "draws", str(draws), f"must be a whole number from {least} to {most}"))
    return [*found, *too_few(replications)]


def _too_few(draws: int, aside: int) -> list[Fault]:
    rule = f"{aside} others had a base year that cannot close; narrow the ranges, or take every draw"
    return [] if draws >= DRAWS[0] else [Fault("", 0, "draws", f"{draws} were found", rule)]


def _alone(plans: Sequence[Resolved], replications: int, way: Way, *, keep: bool) -> dict[str, FloatArray]:
    """What is believed, so often; by series, shape (plans, replications, years)."""
    asked = [replace(plan, question=replace(plan.question, replications=replications)) for plan in plans]
    outcomes = run_many(asked.__getitem__, len(asked), KEY_SERIES, way, keep=keep)
    return {
        series: np.array([[each.years[series] for each in those] for those in outcomes])
        for series in outcomes[0][0].years
    }


def _gathered(asked: Draws, outcomes: Sequence[Sequence[Outcome]], aside: int) -> Uncertainty:
    """Values by series; a draw that is impossible for one plan is nan for all, or pairs would be broken."""
    plans = len(asked.plans)
    of_draw = [[each for those in outcomes[first : first + plans] for each in those]
               for first in range(0, asked.count, plans)]  # fmt: skip
    reasons = [next((each.impossible for each in those if each.impossible), "") for those in of_draw]
    if reasons[0]:
        raise Faults([Fault("", 0, asked.plans[0].footprint.name, reasons[0].rstrip("."), "")])
    question = asked.plans[0].question
    nothing = np.full((plans * question.replications, question.years), np.nan)
    values = {
        series: np.stack([
            nothing if reason else np.stack([each.years[series] for each in those])
            for reason, those in zip(reasons, of_draw, strict=True)
        ]).reshape(len(of_draw), plans, question.replications, question.years)
        for series in outcomes[0][0].years
    }  # fmt: skip
    why = Counter(each for each in reasons if each)
    return Uncertainty(asked.plans, asked.found, asked.quantiles, values, why, aside)
