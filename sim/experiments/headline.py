"""Headline measures of a scenario against its baseline: break-even, the dip, and the gap of doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.results.dates import financial_year, month_name
from sim.results.history import History
from sim.results.measures import Measure, measure_of
from sim.results.statistics import LEVEL, Interval, Paired, differences, interval, paired
from sim.results.summarise import monthly_values, yearly_values

FloatArray = NDArray[np.float64]

DIPS = ("occupancy:acute", "delayed")
"""Series whose worst month against the baseline is told."""

GAP = "gap"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When the scenario has paid for itself.

    year    the first year (0 = the first) from whose end the cumulative net position of the place against
            the baseline is not below zero, and stays so to the horizon; None = not within the horizon
    share   share of replications that break even within the horizon
    costs   whether the scenario is ever behind its baseline, at the end of any year
    moved   whether money differs at all
    net     cumulative net position at the horizon, in pounds
    """

    year: int | None
    share: float
    costs: bool
    moved: bool
    net: Interval

    @property
    def words(self) -> str:
        """The break-even year in plain words."""
        if not self.moved:
            return "no difference in money"
        if self.year is None:
            return "not within the horizon"
        return financial_year(self.year) if self.costs else f"{financial_year(self.year)} (never behind)"


@dataclass(frozen=True, slots=True)
class Dip:
    """The month in which a measure is worst against the baseline.

    month        of the run, 0 = the first; None when no month is worse
    difference   scenario minus baseline in that month; its interval is wide enough to hold for the worst of
                 all months at once, since the month was picked for being worst
    """

    series: str
    measure: Measure
    month: int | None
    difference: Paired

    @property
    def words(self) -> str:
        """When the dip is, in plain words."""
        return "never worse" if self.month is None else month_name(self.month)


@dataclass(frozen=True, slots=True)
class Headline:
    """What a planner asks first about a scenario.

    gap            the do-nothing gap in the final year: of the baseline, in pounds
    gap_per_head   the same for each person of the base year
    """

    break_even: BreakEven
    dips: tuple[Dip, ...]
    gap: Interval
    gap_per_head: Interval


def headline(before: Sequence[History], after: Sequence[History], people: float) -> Headline:
    """Headline measures of a scenario against its baseline, in pairs of replications.

    people   of the footprint in the base year
    """
    gap = yearly_values(before, GAP)[:, -1]
    dips = tuple(dip(before, after, series) for series in DIPS)
    return Headline(break_even(before, after), dips, interval(gap), interval(gap / people))


def break_even(before: Sequence[History], after: Sequence[History]) -> BreakEven:
    """When the scenario has saved as much as it cost, on the mean of replications.

    Counted on spending, the fund's and capital's included: money given from outside, and money kept, is no benefit.
    """
    net = np.cumsum(_spending(before) - _spending(after), axis=1)
    pence = np.round(net * 100)
    years = [_stays_above(row) for row in pence]
    mean = pence.mean(axis=0)
    return BreakEven(
        year=_stays_above(np.round(mean)),
        share=sum(year is not None for year in years) / len(years),
        costs=bool((np.round(mean) < 0).any()),
        moved=bool(pence.any()),
        net=interval(net[:, -1]),
    )


def _spending(histories: Sequence[History]) -> FloatArray:
    """Spending of all organisations and on capital, by replication and year, in pounds."""
    names = [name for name in histories[0].series if name == "capital" or name.startswith("spending:")]
    total: FloatArray = sum((yearly_values(histories, name) for name in names), np.zeros(()))
    return total


def dip(before: Sequence[History], after: Sequence[History], series: str) -> Dip:
    """The worst month of one series against the baseline, on the mean of replications."""
    measure = measure_of(series)
    first, second = monthly_values(before, series), monthly_values(after, series)
    worsening = differences(first, second).mean(axis=0) * (-1 if measure.better == "higher" else 1)
    month = int(np.argmax(worsening))
    level = 100 - (100 - LEVEL) / worsening.size
    difference = paired(first[:, month], second[:, month], measure.better, level)
    return Dip(series, measure, month if worsening[month] > 0 else None, difference)


def _stays_above(cumulative: FloatArray) -> int | None:
    """First index from which no value is below zero; None when the last one is."""
    below = np.flatnonzero(cumulative < 0)
    first = int(below[-1]) + 1 if below.size else 0
    return first if first < cumulative.size else None
