"""Statistics of replications: intervals, paired differences, bands over runs, and the length of a warm-up.

Replications are independent, so a mean over them has a Student t interval. A scenario and its baseline
share their random numbers replication by replication, so their difference is judged in pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot, nan, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

FloatArray = NDArray[np.float64]
Better = Literal["lower", "higher", "neither"]
Verdict = Literal["worse", "better", "higher", "lower", "no detectable difference", "no difference", "cannot tell"]
YearlyWay = Literal["mean", "sum", "last"]

LEVEL = 95
"""Level of an interval where nobody says otherwise, in percent."""

BANDS = (5, 25, 50, 75, 95)
"""Percentiles drawn as bands over replications."""

MSER_BATCH = 5
"""Observations in one batch of the MSER-5 rule (White, Cobb and Spratt 2000)."""

ROUNDING = 1e-9
"""Relative difference below which two numbers are the same: sums in another order differ by as much."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replications and its confidence interval; the bounds are nan when n is below two."""

    mean: float
    low: float
    high: float
    n: int

    def contains(self, value: float) -> bool:
        """Whether `value` lies inside the interval, ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean difference of pairs of replications, its interval, and what it means in words.

    n   pairs in which both sides are numbers
    """

    mean: float
    low: float
    high: float
    n: int
    verdict: Verdict


def half_width(values: FloatArray, level: float) -> float:
    """Half the width of the t interval of a mean, in the unit of `values`; nan when fewer than two values."""
    if values.size < 2:
        return nan
    critical = float(stdtrit(values.size - 1, (1 + level / 100) / 2))
    return critical * float(values.std(ddof=1)) / sqrt(values.size)


def level_at_once(looks: int) -> float:
    """The level of each of so many intervals, in percent, so that all hold at once in 95 of 100 cases (Bonferroni)."""
    return 100 - (100 - LEVEL) / max(looks, 1)


def interval(values: ArrayLike, level: float = LEVEL) -> Interval:
    """Student t interval of the mean of independent replications; values that are nan are left out.

    values   one number a replication
    level    in percent
    """
    known = _known(values)
    mean = float(known.mean()) if known.size else nan
    half = half_width(known, level)
    return Interval(mean, mean - half, mean + half, known.size)


def paired(
    baseline: ArrayLike, scenario: ArrayLike, better: Better, level: float = LEVEL, besides: float = 0.0
) -> Paired:
    """Scenario minus baseline, pair by pair.

    baseline, scenario   one number a replication, in the same order of replications
    better               which way the measure improves; with "neither" the verdict is only higher or lower
    besides              half of an interval for what makes the mean unsure besides the replications, and has nothing to
                         do with them: the two are added as squares are

    Raises ValueError when the two differ in length: they would not be pairs.
    """
    before, after = np.asarray(baseline, dtype=np.float64), np.asarray(scenario, dtype=np.float64)
    if before.shape != after.shape:
        raise ValueError(f"{before.size} replications cannot be paired with {after.size}.")
    change = differences(before, after)
    difference = interval(change, level)
    if besides:
        half = hypot(difference.high - difference.mean, besides)
        difference = replace(difference, low=difference.mean - half, high=difference.mean + half)
    verdict = _verdict(_known(change), difference, better)
    return Paired(difference.mean, difference.low, difference.high, difference.n, verdict)


def differences(before: FloatArray, after: FloatArray) -> FloatArray:
    """`after` minus `before`, element by element; what is only a rounding error is no difference at all."""
    change = after - before
    change[np.isclose(before, after, rtol=ROUNDING, atol=0)] = 0
    return change


def bands(values: ArrayLike, percentiles: Sequence[float] = BANDS) -> FloatArray:
    """Percentiles over replications, interpolated linearly; nan replications are left out.

    values   shape (replications, ...); returns shape (percentiles, ...)
    """
    table = np.asarray(values, dtype=np.float64)
    if not np.isnan(table).any():
        return np.percentile(table, percentiles, axis=0)
    result = np.full((len(percentiles), *table.shape[1:]), nan)
    known = ~np.isnan(table).all(axis=0)
    result[:, known] = np.nanpercentile(table[:, known], percentiles, axis=0)
    return result


def yearly(monthly: ArrayLike, way: YearlyWay, months_a_year: int = 12) -> FloatArray:
    """Months gathered into years; a last year that is not whole is left out.

    monthly   shape (..., months)
    way       "mean" (months that are nan left out), "sum", or "last" (the year's last month)
    """
    table = np.asarray(monthly, dtype=np.float64)
    years = table.shape[-1] // months_a_year
    folded = table[..., : years * months_a_year].reshape(*table.shape[:-1], years, months_a_year)
    if way == "last":
        return folded[..., -1]
    if way == "sum":
        return folded.sum(axis=-1)
    return mean_of_known(folded)


def mean_of_known(values: FloatArray, axis: int = -1) -> FloatArray:
    """Mean along an axis with nan left out; nan where nothing is known."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=axis)
    count = known.sum(axis=axis)
    return np.divide(total, count, out=np.full(total.shape, nan), where=count > 0)


def mser5(series: ArrayLike) -> int:
    """How many first observations to drop as warm-up: the MSER-5 rule.

    Batches of five are averaged, and the cut is put where the squared standard error of what remains is
    least. A cut in the second half means that the series is too short to tell: its whole length is returned.
    """
    values = np.asarray(series, dtype=np.float64)
    count = values.size // MSER_BATCH
    if count < 2:
        return values.size
    batches = values[: count * MSER_BATCH].reshape(count, MSER_BATCH).mean(axis=1)
    errors = [
        float(np.square(batches[cut:] - batches[cut:].mean()).sum()) / (count - cut) ** 2 for cut in range(count - 1)
    ]
    best = int(np.argmin(errors))
    return best * MSER_BATCH if best <= count // 2 else values.size


def _known(values: ArrayLike) -> FloatArray:
    numbers = np.asarray(values, dtype=np.float64).ravel()
    return numbers[~np.isnan(numbers)]


def _verdict(pairs: FloatArray, difference: Interval, better: Better) -> Verdict:
    """Words for a difference; one pair alone says nothing, nor does an interval that does not leave out zero."""
    if pairs.size and not pairs.any():
        return "no difference"
    if pairs.size < 2:
        return "cannot tell"
    if not (difference.low > 0 or difference.high < 0):
        return "no detectable difference"
    rose = difference.mean > 0
    if better == "neither":
        return "higher" if rose else "lower"
    return "better" if rose == (better == "higher") else "worse"
