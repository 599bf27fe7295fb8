"""The working week of a station: people leave faster on some days than on others.

A stay is measured on a clock that runs at the weekday's factor. Over a week the clock gains nothing, so stays keep
their mean length, while departures follow the factors: few at the weekend, many before it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

DAYS = 7


class Week:
    """A clock that runs at seven daily rates (Monday first).

    factors        seven, of mean 1
    first_weekday  the weekday of time 0, Monday = 0
    per_day        time units in a day
    """

    __slots__ = ("_day", "_rates", "_reached", "_total")

    def __init__(self, factors: Sequence[float], first_weekday: int, per_day: float) -> None:
        rates = [factors[(first_weekday + day) % DAYS] for day in range(DAYS)]
        self._rates, self._day = rates, per_day
        self._reached = [0.0, *accumulate(rate * per_day for rate in rates)]
        self._total = self._reached[-1]

    def leaves(self, now: float, stay: float) -> float:
        """The time at which a stay that begins now is over."""
        return self._time(self._clock(now) + stay)

    def _clock(self, time: float) -> float:
        weeks, rest = divmod(time, DAYS * self._day)
        day = min(int(rest / self._day), DAYS - 1)
        return weeks * self._total + self._reached[day] + (rest - day * self._day) * self._rates[day]

    def _time(self, clock: float) -> float:
        weeks = math.floor(clock / self._total)
        rest = clock - weeks * self._total
        day = DAYS - 1
        while rest < self._reached[day]:
            day -= 1
        return (weeks * DAYS + day) * self._day + (rest - self._reached[day]) / self._rates[day]
