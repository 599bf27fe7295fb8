"""What the back-test comes to: every year beside what was observed, errors, coverage, and what no model would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.backtest.counting import DAYS_A_MONTH, DELAYS, TOTAL
from sim.inputs.history import YEAR, Known

SHOWN: Mapping[str, str] = {
    TOTAL: "Delayed days, all",
    "delayed_acute": "Delayed days, acute",
    "delayed_nonacute": "Delayed days, non-acute",
    "nhs_share": "Share laid to the NHS",
    "social_care_share": "Share laid to social care",
    "occupancy": "General and acute bed occupancy",
    "emergency_bed_days": "Emergency bed days",
}
"""Series in the order shown, in words."""
SHARES = ("nhs_share", "social_care_share", "occupancy")
LEAST_FOR_A_TREND = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One series in one year.

    year           in which the financial year begins
    first, last    months that it is about, 0 for April
    observed       None where nothing was, or has not been read
    mean           of the model as fitted; `low` and `high` bound the band that holds nine futures in ten
    carried        the last fitted observation carried on, and `trend` the straight line through the fitted ones; None
                   for fitted years, and where there are too few
    """

    series: str
    year: int
    first: int
    last: int
    observed: float | None
    mean: float
    low: float
    high: float
    carried: float | None = None
    trend: float | None = None

    @property
    def error(self) -> float | None:
        """The model less what was observed, as a share of it."""
        return None if self.observed is None else self.mean / self.observed - 1.0

    @property
    def inside(self) -> bool | None:
        """Whether the band holds what was observed."""
        return None if self.observed is None else self.low <= self.observed <= self.high


@dataclass(frozen=True, slots=True)
class Score:
    """How near one series came over some years.

    years      with an observation
    error      mean absolute error as a share of what was observed
    covered    share of the years whose band holds what was observed
    carried, trend   error of the naive forecasts; None where there is none for every year
    """

    series: str
    years: int
    error: float
    covered: float
    carried: float | None
    trend: float | None


def score(rows: Sequence[Row]) -> Score | None:
    """The score of rows of one series; None where none was observed."""
    known = [row for row in rows if row.observed is not None]
    if not known:
        return None
    observed = [float(row.observed or 0.0) for row in known]
    return Score(
        series=known[0].series,
        years=len(known),
        error=mean_error([row.mean for row in known], observed),
        covered=sum(bool(row.inside) for row in known) / len(known),
        carried=_naive_error([row.carried for row in known], observed),
        trend=_naive_error([row.trend for row in known], observed),
    )


def mean_error(found: Iterable[float], observed: Iterable[float]) -> float:
    """Mean absolute error as a share of what was observed (MAPE)."""
    return float(np.mean([abs(each / seen - 1.0) for each, seen in zip(found, observed, strict=True)]))


def _naive_error(found: Sequence[float | None], observed: Sequence[float]) -> float | None:
    said = [each for each in found if each is not None]
    return mean_error(said, observed) if len(said) == len(observed) else None


def with_totals(observed: Iterable[Known]) -> tuple[Known, ...]:
    """Observations, and the sums of acute and non-acute delayed days of the same months."""
    known = tuple(observed)
    parts = {(each.series, each.year): each for each in known}
    years = sorted({each.year for each in known if all((part, each.year) in parts for part in DELAYS)})
    sums = []
    for year in years:
        acute, other = (parts[part, year] for part in DELAYS)
        sums.append(Known(TOTAL, year, acute.value + other.value, acute.source, acute.confidence, "", acute.first,
                          acute.last))  # fmt: skip
    return (*sums, *known)


@dataclass(frozen=True)
class Naive:
    """Forecasts of one series without a model, from the observations of the fitted years.

    levels   by year: a share, or days a day, so that parts of years can be used
    """

    levels: Mapping[int, float]

    @classmethod
    def of(cls, series: str, observed: Iterable[Known], until: int) -> Naive:
        """From the observations of one series up to a year."""
        own = (each for each in observed if each.series == series and each.year <= until)
        return cls({each.year: each.value / _unit(series, each.first, each.last) for each in own})

    def carried(self) -> float | None:
        """The level of the last year."""
        return self.levels[max(self.levels)] if self.levels else None

    def trend(self, year: int) -> float | None:
        """The straight line of least squares through all levels, in a year; None through fewer than three."""
        if len(self.levels) < LEAST_FOR_A_TREND:
            return None
        slope, height = np.polyfit(list(self.levels), list(self.levels.values()), 1)
        return float(slope * year + height)


def naive_of(series: str, year: int, window: tuple[int, int], naive: Naive) -> tuple[float | None, float | None]:
    """The last level carried on, and the trend, for the months of a window."""
    unit = _unit(series, *window)
    carried, trend = naive.carried(), naive.trend(year)
    return (None if carried is None else carried * unit, None if trend is None else trend * unit)


def _unit(series: str, first: int, last: int) -> float:
    """Days of the window for what is counted in days, 1 for a share."""
    return 1.0 if series in SHARES else (last - first + 1) * DAYS_A_MONTH


WHOLE = (0, len(YEAR) - 1)
"""First and last month of a whole year."""
