"""What a sensitivity analysis says: screening measures, indices, and the bars of a tornado."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.impact import End
from sim.experiments.question import Resolved
from sim.experiments.sensitivity.designs import Design, Index, Screened, indices, noise, screened
from sim.experiments.sensitivity.movers import Mover
from sim.experiments.told import Told
from sim.results.measures import measure_of
from sim.results.statistics import Interval, Paired, interval, paired

FloatArray = NDArray[np.float64]
Method = Literal["morris", "sobol"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a tornado: one thing at either end of its range, all else as believed.

    low, high   change of the measure from what is believed, paired; nan where no place can be made of it
    """

    mover: Mover
    low: Paired
    high: Paired

    @property
    def length(self) -> float:
        """How far apart the ends of the bar are; an end that is not known counts as nothing."""
        ends = [0.0, *(each.mean for each in (self.low, self.high) if not np.isnan(each.mean))]
        return max(ends) - min(ends)


@dataclass(frozen=True, slots=True, repr=False)
class Sensitivity(Told):
    """One question with several things moved.

    design       its points
    values       by series, shape (points, replications, years); nan where no place can be made of a point
    ends         by series, shape (1 + two a thing, replications, years): as believed, then low and high of each
    impossible   points and ends left out, by reason; a point takes its whole trajectory or sample with it
    open         numbers and the end at which the base year would not be what is known of it
    """

    plan: Resolved
    movers: tuple[Mover, ...]
    method: Method
    design: Design
    values: Mapping[str, FloatArray]
    ends: Mapping[str, FloatArray]
    impossible: Mapping[str, int]
    open: frozenset[tuple[str, End]] = frozenset()

    @property
    def words(self) -> str:
        """The three things that the money gap and delay are most sensitive to in the final year."""
        from sim.experiments.sensitivity.words import sensitivity_sentence

        return sensitivity_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each series and thing moved, in the final year: the tornado, and what the method says.

        Columns: series, label, unit, name, says, kind; at_low and at_high with their intervals (change with the thing
        alone at that end of its range); size, reach, effect, spread (Morris) or first, first_reach, total, total_reach
        (Sobol).
        """
        from sim.experiments.sensitivity.save import sensitivity_table

        return sensitivity_table(self)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Trajectories, or samples, of which every point is possible."""
        values = next(iter(self.values.values()))
        missing = np.isnan(values).any(axis=(1, 2)).reshape(self.design.blocks, self.design.block)
        return np.asarray(~missing.any(axis=1))

    def believed(self, series: str, year: int = -1) -> Interval:
        """The measure with everything as it is in the plan."""
        return interval(self.ends[series][0, :, year])

    def screened(self, series: str, year: int = -1) -> tuple[Screened, ...]:
        """Morris measures, the largest mean size first. Raises ValueError of another method."""
        self._must_be("morris")
        found = screened(*self._analysed(series, year), self.plan.question.seed)
        return tuple(sorted(found, key=lambda each: -each.size))

    def indices(self, series: str, year: int = -1) -> tuple[Index, ...]:
        """Sobol indices, the largest total first. Raises ValueError of another method."""
        self._must_be("sobol")
        found = indices(*self._analysed(series, year), self.plan.question.seed)
        return tuple(sorted(found, key=lambda each: -np.nan_to_num(each.total)))

    def ranked(self, series: str, year: int = -1) -> tuple[Screened, ...] | tuple[Index, ...]:
        """What the method says of each thing, what matters most first."""
        return self.screened(series, year) if self.method == "morris" else self.indices(series, year)

    def noise(self, series: str, year: int = -1) -> float:
        """Part of the variance between points that chance alone makes."""
        return noise(self._analysed(series, year)[1])

    def tornado(self, series: str, year: int = -1) -> tuple[Bar, ...]:
        """A bar for each thing, the longest first."""
        better, table = measure_of(series).better, self.ends[series][:, :, year]
        bars = [
            Bar(mover, paired(table[0], table[1 + 2 * place], better), paired(table[0], table[2 + 2 * place], better))
            for place, mover in enumerate(self.movers)
        ]
        return tuple(sorted(bars, key=lambda each: -each.length))

    def _analysed(self, series: str, year: int) -> tuple[Design, FloatArray]:
        """Points that can be analysed, and their values, shape (points, replications)."""
        known = self.known
        return self.design.only(known), self.values[series][np.repeat(known, self.design.block), :, year]

    def _must_be(self, method: Method) -> None:
        if self.method != method:
            raise ValueError(f"Points were drawn for {self.method}, not for {method}.")
