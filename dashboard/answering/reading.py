"""Runs read into lines, years and marks: numbers in, plain values out; nothing here knows the model.

A first answer has only two runs of each scenario, too few for percentiles. Spread between runs is therefore
pooled, over a year of months for the bands of a chart and over all years for the interval of a change, and
few runs are read with Student's t: what is known from two runs looks as uncertain as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from dashboard.facts.answers import Line, Marks, Year
from dashboard.wording.numbers import NO_DIFFERENCE, NOT_DETECTABLE, Measure

FloatArray = NDArray[np.float64]

HALF = 3 / 4
NINE_TENTHS = 19 / 20
INTERVAL = 39 / 40
MONTHS = 12
A_YEAR_OF_MONTHS = 3
"""Independent months that a year of them is worth for a spread: neighbours are alike."""

FEW = 5
"""Replications from which on a year's own spread is known well enough, and intervals are the textbook's."""

POOLED_YEARS = 1 / 2
"""Replications that pooling over years is worth: with it, intervals of two runs held the mean of a hundred runs
19 times in 20, over all headline measures (see docs/explanation/uncertainty.md)."""


def line(measure: Measure, plan: FloatArray, baseline: FloatArray) -> Line:
    """One measure by month, in the unit shown; `plan` and `baseline` have shape (runs, months)."""
    factor = measure.scale * (MONTHS if measure.a_year else 1)
    middle = plan.mean(axis=0) * factor
    spread = monthly_spread(plan) * factor
    floor = -np.inf if measure.a_year else 0.0
    near, far = (reach(plan.shape[0], share) * spread for share in (HALF, NINE_TENTHS))
    edges = [np.clip(middle + away, floor, measure.most) for away in (-near, near, -far, far)]
    series = [middle, *edges, baseline.mean(axis=0) * factor]
    return Line(*(_plain(values, measure.digits + 2) for values in series))


def monthly_spread(runs: FloatArray) -> FloatArray:
    """Standard deviation between runs by month, each month pooled with the half year on either side."""
    if runs.shape[0] < 2:
        return np.zeros(runs.shape[1])
    variance = runs.var(axis=0, ddof=1)
    around = np.ones(min(2 * (MONTHS // 2) + 1, 2 * variance.size - 1))
    total, months = (np.convolve(each, around)[around.size // 2 :][: variance.size] for each in (variance, variance**0))
    return np.sqrt(total / months)


def reach(runs: int, share: float) -> float:
    """Spreads from the mean of so many runs below which this share of further runs lies; 0 with one run."""
    if runs < 2:
        return 0.0
    return float(stdtrit(A_YEAR_OF_MONTHS * (runs - 1), share)) * sqrt(1 + 1 / runs)


def years(measure: Measure, labels: Sequence[str], plan: FloatArray, baseline: FloatArray) -> tuple[Year, ...]:
    """One measure by financial year; arrays are in the unit shown, of shape (runs, years), and come in pairs."""
    difference = (plan - baseline).mean(axis=0)
    half = half_widths(plan - baseline)
    luck, luck_of_change = luck_widths(plan), luck_widths(plan - baseline)
    return tuple(
        Year(
            label=label,
            plan=float(plan[:, year].mean()),
            baseline=float(baseline[:, year].mean()),
            change=float(difference[year]),
            low=float(difference[year] - half[year]),
            high=float(difference[year] + half[year]),
            verdict=verdict(measure, difference[year], half[year]),
            luck=float(luck[year]),
            luck_of_change=float(luck_of_change[year]),
        )
        for year, label in enumerate(labels)
    )


def half_widths(differences: FloatArray) -> FloatArray:
    """Half the width of the 95 % interval of the mean paired difference, by year; nan with one run."""
    return _critical(differences, INTERVAL) / sqrt(differences.shape[0])


def luck_widths(values: FloatArray) -> FloatArray:
    """How far nine in ten further runs lie from the mean at most, by year; nan with one run."""
    return _critical(values, NINE_TENTHS) * sqrt(1 + 1 / values.shape[0])


def _critical(values: FloatArray, share: float) -> FloatArray:
    """The spread between runs by year, times Student's t; `values` has shape (runs, years).

    Few replications borrow from other years: the spread is the larger of the year's own and the average
    year's, so that two runs which happen to agree in one year do not look like certainty.
    """
    runs, count = values.shape
    if runs < 2:
        return np.full(count, nan)
    variance, freedom = values.var(axis=0, ddof=1), float(runs - 1)
    if runs < FEW and count > 1:
        variance, freedom = np.maximum(variance, variance.mean()), freedom + POOLED_YEARS
    return float(stdtrit(freedom, share)) * np.sqrt(variance)


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
