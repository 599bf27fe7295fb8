"""Growth: one constant yearly rate, or the rates of single years as they are known, and the constant rate around them.

A rate that is given for a year says how much more that financial year has than the year before; it holds from the
first day of that year to its last, as budgets do. A constant rate grows a little every month. A rate that changes in
mid-run goes on from the level reached by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.dynamics.arrays import FloatArray
from sim.inputs import Parameters, first_year


@dataclass(frozen=True, slots=True)
class Growth:
    """How something grows with time.

    rate     constant, share a year: holds before the years given and after them
    given    rates of financial years in a row, share a year; empty where nothing is given by year
    begins   years from the start of the run to the first year given
    later    other rates, each from so many years after the start on; growth goes on from the level reached
    """

    rate: float
    given: tuple[float, ...] = ()
    begins: int = 0
    later: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of(cls, parameters: Parameters, name: str, key: str = "") -> Growth:
        """The growth that a parameter in percent a year says, of one key where it is kept by key."""
        path = f"{name}.{key}" if key else name
        known = parameters.yearly(path, unit="share_per_year")
        begins = known[0][0] - first_year(parameters) if known else 0
        later = tuple((year, float(rate)) for year, rate in parameters.later(path, unit="share_per_year"))
        return cls(parameters.rate(path), tuple(rate for _, rate in known), begins, later)

    @classmethod
    def by(cls, parameters: Parameters, name: str) -> Mapping[str, Growth]:
        """The growth of every key of a parameter."""
        return {key: cls.of(parameters, name, key) for key in parameters.by(name)}

    def index(self, years: FloatArray) -> FloatArray:
        """Relative to the base year, so many years after the start; the shape of the years."""
        level = self._first(years)
        for number, (begins, rate) in enumerate(self.later):
            reached = replace(self, later=self.later[:number]).index(np.array(begins))
            level = np.where(years > begins, reached * (1 + rate) ** np.maximum(years - begins, 0.0), level)
        return level

    def _first(self, years: FloatArray) -> FloatArray:
        """As if no other rate came later."""
        if not self.given:
            return (1 + self.rate) ** years
        last = self.begins + len(self.given)
        levels = np.cumprod([1.0, *(1 + rate for rate in self.given)])
        begun = np.clip(np.floor(years - self.begins) + 1, 0, len(self.given)).astype(np.intp)
        around = np.minimum(years, self.begins) + np.maximum(years - last, 0.0)
        level: FloatArray = levels[begun] * (1 + self.rate) ** around
        return level
