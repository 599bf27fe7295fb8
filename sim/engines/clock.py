"""The clock of the reference engine: events at exact times, and a defined order for those at the same time."""

from __future__ import annotations

from enum import IntEnum
from heapq import heappush

import simpy
from simpy.core import SimTime


class Rank(IntEnum):
    """What goes first at the same time; within a rank, the lower person number goes first."""

    CENSUS = 2
    CAPACITY = 3
    COMPLETION = 4
    GIVING_UP = 5
    ARRIVAL = 6


class Clock(simpy.Environment):
    """SimPy's environment with events at an absolute time.

    SimPy adds a delay to the present, and `now + (time - now)` need not be `time`; here it is.
    """

    def at(self, time: SimTime, rank: Rank, number: int = 0) -> simpy.Event:
        """An event that happens at `time`, after those of lower rank or lower number at that time."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (time, rank << 64 | number, next(self._eid), event))
        return event
