"""The back-test as the page knows it: observed years beside the model, in the units shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Phase = Literal["fitted", "not fitted", "forecast"]


@dataclass(frozen=True, slots=True)
class PastYear:
    """One series in one financial year; numbers in the unit shown.

    label            the financial year, such as 2010/11
    months           the first and the last month of a part of a year, 1 for January; empty for the whole year
    begins, ends     where its months lie, in years, 2010.0 for 1 April 2010
    observed         None where nothing was observed, or the observation is not among the data
    low, high        bounds of the band that holds nine futures in ten
    carried, trend   forecasts without a model: the last fitted year carried on, and a straight line; None if none
    error            the model less what was observed, as a share of it
    inside           whether the band holds what was observed
    """

    label: str
    months: tuple[int, ...]
    phase: Phase
    begins: float
    ends: float
    observed: float | None
    model: float
    low: float
    high: float
    carried: float | None
    trend: float | None
    error: float | None
    inside: bool | None

    @property
    def middle(self) -> float:
        """The middle of its months, in years."""
        return (self.begins + self.ends) / 2


@dataclass(frozen=True, slots=True)
class PastScore:
    """How near one series came over the years of one phase.

    years            of the phase that were observed: their labels
    error            mean absolute error as a share of what was observed
    inside           how many of the years the band holds
    carried, trend   errors of the forecasts without a model; None if there is none for every year
    """

    years: tuple[str, ...]
    error: float
    inside: int
    carried: float | None
    trend: float | None


@dataclass(frozen=True, slots=True)
class PastSeries:
    """One series.

    is_share                  whether it is a share, in percent; else days, in thousand
    fitted, unseen, forecast  how near it came in each phase; None where nothing was observed
    """

    id: str
    label: str
    is_share: bool
    years: tuple[PastYear, ...]
    fitted: PastScore | None
    unseen: PastScore | None
    forecast: PastScore | None

    def runs(self) -> Sequence[Sequence[PastYear]]:
        """Years that may be joined by a line: they follow one another, and sums are of as many months."""
        found: list[list[PastYear]] = []
        for year in self.years:
            if found and self._joins(found[-1][-1], year):
                found[-1].append(year)
            else:
                found.append([year])
        return found

    def _joins(self, one: PastYear, next_one: PastYear) -> bool:
        follows = int(next_one.begins) == int(one.begins) + 1
        return follows and (self.is_share or one.months == next_one.months)


@dataclass(frozen=True, slots=True)
class Past:
    """The stored back-test.

    until    the last fitted year; `compared` the last one before the forecast
    draws    worlds that the band is made of; `aside` could not be brought to fit the same years
    on       the day it was made; None if its files cannot be read
    faults   what is wrong with its files, in words; then there is nothing else
    """

    series: tuple[PastSeries, ...] = ()
    until: str = ""
    compared: str = ""
    draws: int = 0
    aside: int = 0
    on: date | None = None
    faults: str = ""
