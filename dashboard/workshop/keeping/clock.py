"""The clock of a round: it runs to a moment, or stands with so much left. It locks nothing: the facilitator does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sim.workshop import State, acts

MOST = 24 * 3600.0
"""Seconds on a clock at most."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs to a deadline (UTC), stands with seconds left, or is not there (neither)."""

    deadline: datetime | None = None
    left: float | None = None

    @property
    def stands(self) -> bool:
        """Whether there is a clock and it does not run."""
        return self.deadline is None and self.left is not None

    def seconds(self, now: datetime) -> float | None:
        """Seconds left; None where there is no clock."""
        if self.deadline is None:
            return self.left
        return max((self.deadline - now).total_seconds(), 0.0)

    def stopped(self, now: datetime) -> Clock:
        """The same clock, standing."""
        return Clock(None, self.seconds(now))

    def going(self, now: datetime) -> Clock:
        """The same clock, running."""
        if self.deadline is not None or self.left is None:
            return self
        return running(self.left, now)

    def with_more(self, minutes: float, now: datetime) -> Clock:
        """With minutes added, or taken away; one that was not there runs."""
        left = min(max((self.seconds(now) or 0.0) + 60 * minutes, 0.0), MOST)
        return Clock(None, left) if self.stands else running(left, now)


def running(seconds: float, now: datetime) -> Clock:
    """A clock that begins now."""
    return Clock(now + timedelta(seconds=min(seconds, MOST)))


def clock_after(clock: Clock, before: State, after: State, act: acts.Act, now: datetime) -> Clock:
    """The clock after an act: new with a round, standing while nobody may decide, and gone once results are shown.

    It stands while the round is run, so that there is one again where the running and the lock are undone.
    """
    if after.phase not in ("decide", "lock", "run"):
        return Clock()
    if isinstance(act, acts.Begin | acts.Restart):
        new = running(60 * after.current.minutes, now)
        return new.stopped(now) if after.paused else new
    if after.phase != "decide" or after.paused:
        return clock.stopped(now)
    return clock.going(now) if before.paused else clock
