"""What moved in every financial year, people and pounds, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Literal

Show = Literal["plan", "baseline", "difference"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of one financial year: with the plan, doing nothing, and the 95 % interval of the change.

    low, high   of the change; nan when there is only one replication
    """

    plan: float
    baseline: float
    low: float
    high: float

    @property
    def change(self) -> float:
        """What the plan adds to doing nothing."""
        return self.plan - self.baseline

    @property
    def is_sure(self) -> bool:
        """Whether the change can be told from chance."""
        return not isnan(self.low) and not self.low <= 0 <= self.high

    def of(self, show: Show) -> float:
        """The number that is looked at."""
        return {"plan": self.plan, "baseline": self.baseline, "difference": self.change}[show]


NOTHING = Amount(0.0, 0.0, 0.0, 0.0)
"""A series that a model does not have."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What moved, by name of the model's series, one amount a financial year.

    years   in words, such as "2016/17"
    sums    people or pounds in the whole year
    ends    people on an average day of the year's last month
    means   people, places or hours on an average day of the year
    """

    years: tuple[str, ...] = ()
    sums: Mapping[str, Sequence[Amount]] = field(default_factory=dict)
    ends: Mapping[str, Sequence[Amount]] = field(default_factory=dict)
    means: Mapping[str, Sequence[Amount]] = field(default_factory=dict)

    def sum(self, series: str, year: int) -> Amount:
        """A year's sum of a series; nothing, if there is no such series."""
        return self.sums[series][year] if series in self.sums else NOTHING

    def end(self, series: str, year: int) -> Amount:
        """How a series stood at the end of a year; nothing, if there is no such series."""
        return self.ends[series][year] if series in self.ends else NOTHING

    def mean(self, series: str, year: int) -> Amount:
        """How a series stood on an average day of a year; nothing, if there is no such series."""
        return self.means[series][year] if series in self.means else NOTHING

    def named(self, measure: str) -> tuple[str, ...]:
        """Every part of a measure that is summed, such as the routes of "moved"."""
        return tuple(name.removeprefix(f"{measure}:") for name in self.sums if name.startswith(f"{measure}:"))
