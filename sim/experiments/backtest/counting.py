"""What a run shows, counted as the returns counted it: delayed days, shares, occupancy and bed days of a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.experiments.backtest.looking import COMMUNITY_BEDS, FloatArray, Months
from sim.inputs import NEXT_STATIONS, Parameters
from sim.inputs.history import YEAR, Known
from sim.network.attribution import delay_owners

DAYS_A_MONTH = 365.25 / len(YEAR)
TOTAL = "delayed_total"
DELAYS = ("delayed_acute", "delayed_nonacute")


@dataclass(frozen=True)
class Counting:
    """How a run is counted.

    first_year            of the run
    community_beds        share of people in P2 and P3 whose transfer counts as delayed, besides waits for a full place
    emergency_bed_days    days as published for each day of the model
    owners                share laid to each owner, by the kind of place that people wait for
    """

    first_year: int
    community_beds: float
    emergency_bed_days: float
    owners: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, first_year: int, community_beds: float, emergency_bed_days: float, laid: Parameters) -> Counting:
        """With the accounts of some parameters."""
        return cls(first_year, community_beds, emergency_bed_days, delay_owners(laid))

    def value(self, series: str, window: slice, seen: Months) -> float:
        """One series over some months: days, or a share. Raises KeyError for a series that is not known."""
        ways: dict[str, Callable[[slice, Months], float]] = {
            "delayed_acute": lambda at, here: days(here["delayed"][at]),
            "delayed_nonacute": self._nonacute,
            TOTAL: lambda at, here: days(here["delayed"][at]) + self._nonacute(at, here),
            "nhs_share": lambda at, here: self._share("nhs", at, here),
            "social_care_share": lambda at, here: self._share("social_care", at, here),
            "occupancy": lambda at, here: float(here["occupancy:acute"][at].mean()),
            "emergency_bed_days": lambda at, here: (
                float(here["emergency_bed_days"][at].sum()) * self.emergency_bed_days
            ),
        }
        return ways[series](window, seen)

    def of_known(self, known: Known, seen: Months) -> float:
        """What the run shows of an observation: the same series over the same months."""
        return self.value(known.series, window(known.year - self.first_year, known.first, known.last), seen)

    def _nonacute(self, at: slice, seen: Months) -> float:
        held, in_beds = community(at, seen)
        return held + self.community_beds * (in_beds - held)

    def _share(self, owner: str, at: slice, seen: Months) -> float:
        waiting = held_for(at, seen)
        laid = np.array([self.owners[owner][kind] for kind in NEXT_STATIONS])
        return float(waiting @ laid / waiting.sum())


def window(year: int, first: int = 0, last: int = len(YEAR) - 1) -> slice:
    """Months of a year of the run, from the first to the last."""
    return slice(year * len(YEAR) + first, year * len(YEAR) + last + 1)


def days(beds: FloatArray) -> float:
    """Bed days of months with so many beds."""
    return float(beds.sum()) * DAYS_A_MONTH


def community(at: slice, seen: Months) -> tuple[float, float]:
    """Days of community beds held for want of a full next place, and days of all people in them."""
    in_beds = sum(days(seen[f"occupied:{kind}"][at]) for kind in COMMUNITY_BEDS)
    return days(seen["delayed_in_community_beds"][at]), in_beds


def held_for(at: slice, seen: Months) -> FloatArray:
    """Hospital bed days held by people ready to leave, by the kind of place they go to."""
    return np.array([days(seen[f"delayed_for:{kind}"][at]) for kind in NEXT_STATIONS])
