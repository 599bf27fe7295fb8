"""Runs read into lines, years and marks: numbers in, plain values out; nothing here knows the model.

A quick look has only two runs of each scenario, too few for percentiles. Spread between runs is therefore
pooled: over a year of months for the bands of a chart, over all years for the interval of a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from dashboard.answers import Line, Marks, Year
from dashboard.wording import NO_DIFFERENCE, NOT_DETECTABLE, Measure

FloatArray = NDArray[np.float64]

HALF = NormalDist().inv_cdf(3 / 4)
NINE_TENTHS = NormalDist().inv_cdf(19 / 20)
INTERVAL = 39 / 40
MONTHS = 12


def line(measure: Measure, plan: FloatArray, baseline: FloatArray) -> Line:
    """One measure by month, in the unit shown; `plan` and `baseline` have shape (runs, months)."""
    factor = measure.scale * (MONTHS if measure.a_year else 1)
    middle = plan.mean(axis=0) * factor
    spread = monthly_spread(plan) * factor
    floor = -np.inf if measure.a_year else 0.0
    edges = [np.clip(middle + z * spread, floor, measure.most) for z in (-HALF, HALF, -NINE_TENTHS, NINE_TENTHS)]
    series = [middle, *edges, baseline.mean(axis=0) * factor]
    return Line(*(_plain(values, measure.digits + 2) for values in series))


def monthly_spread(runs: FloatArray) -> FloatArray:
    """Standard deviation between runs by month, each month pooled with the half year on either side."""
    if runs.shape[0] < 2:
        return np.zeros(runs.shape[1])
    variance = runs.var(axis=0, ddof=1)
    reach = MONTHS // 2
    return np.sqrt([variance[max(0, m - reach) : m + reach + 1].mean() for m in range(variance.size)])


def years(measure: Measure, labels: Sequence[str], plan: FloatArray, baseline: FloatArray) -> tuple[Year, ...]:
    """One measure by financial year, in the unit shown; arrays have shape (runs, years) and come in pairs."""
    plan, baseline = plan * measure.scale, baseline * measure.scale
    difference = (plan - baseline).mean(axis=0)
    half = half_widths(plan - baseline)
    return tuple(
        Year(
            label=label,
            plan=float(plan[:, year].mean()),
            baseline=float(baseline[:, year].mean()),
            change=float(difference[year]),
            low=float(difference[year] - half[year]),
            high=float(difference[year] + half[year]),
            verdict=verdict(measure, difference[year], half[year]),
        )
        for year, label in enumerate(labels)
    )


def half_widths(differences: FloatArray) -> FloatArray:
    """Half the width of the 95 % interval of the mean paired difference, by year; nan with one run.

    The spread is the larger of the year's own and the average year's, so that two runs which happen to
    agree in one year do not look like certainty.
    """
    runs, count = differences.shape
    if runs < 2:
        return np.full(count, nan)
    variance = differences.var(axis=0, ddof=1)
    critical = float(stdtrit(count * (runs - 1), INTERVAL))
    return critical * np.sqrt(np.maximum(variance, variance.mean())) / sqrt(runs)


def verdict(measure: Measure, difference: float, half: float) -> str:
    """Better, worse, higher or lower; or that there is no difference, or none that can be detected."""
    if difference == 0 and half == 0:
        return NO_DIFFERENCE
    if not abs(difference) > half:
        return NOT_DETECTABLE
    if measure.better == "neither":
        return "higher" if difference > 0 else "lower"
    return "better" if (difference < 0) == (measure.better == "lower") else "worse"


def marks(by_measure: Mapping[str, Sequence[Year]], even: int | None) -> Marks:
    """The dip, and the end of the year in which the plan has paid for itself, as months of the run."""
    measure, year = _dip(by_measure)
    return Marks(
        dip=None if year is None else year * MONTHS + MONTHS // 2,
        dip_measure=measure,
        dip_change=0.0 if year is None else by_measure[measure][year].change,
        break_even=None if even is None else (even + 1) * MONTHS - 1,
    )


def _dip(by_measure: Mapping[str, Sequence[Year]]) -> tuple[str, int | None]:
    """The worst year of the first flow measure that gets worse and later better; a dip must be detectable."""
    for name in ("occupancy", "delayed", "waiting"):
        verdicts = [year.verdict for year in by_measure[name]]
        if "worse" in verdicts and "better" in verdicts[verdicts.index("worse") :]:
            worse = [index for index, word in enumerate(verdicts) if word == "worse"]
            return name, max(worse, key=lambda index: abs(by_measure[name][index].change))
    return "", None


def _plain(values: FloatArray, digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]
