"""How far a batch has come, and how long it still takes: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sim.cli.screen import counted, tell

Told = Callable[[int, int], None]
EVERY = 30.0
"""Seconds between two lines where there is no terminal."""

MINUTE, HOUR, DAY = 60, 3600, 86_400


class Clock:
    """Foresees the end from the tasks that were done since the first call."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._began, self._first = now, now(), -1

    def left(self, over: int, wanted: int) -> float | None:
        """Seconds until all are over; None while nobody can tell."""
        if self._first < 0:
            self._began, self._first = self._now(), over
        done = over - self._first
        return (self._now() - self._began) / done * (wanted - over) if done else None


def in_words(seconds: float) -> str:
    """A length of time as one would say it."""
    if seconds < 2 * MINUTE:
        return counted(max(1, round(seconds)), "second")
    if seconds < 2 * HOUR:
        return counted(round(seconds / MINUTE), "minute")
    return counted(round(seconds / HOUR), "hour") if seconds < 3 * DAY else counted(round(seconds / DAY), "day")


@contextmanager
def progress(quiet: bool, what: str) -> Iterator[Told]:
    """Something to call with (over, wanted) at the start and after each task."""
    clock = Clock()
    if quiet:
        yield lambda _over, _wanted: None
    elif not sys.stderr.isatty():
        yield _lines(clock)
    else:
        left = TextColumn("{task.fields[left]}")
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), left)
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None, left="")
            yield lambda over, wanted: bar.update(
                task, completed=over, total=wanted, left=_left(clock.left(over, wanted))
            )


def _lines(clock: Clock) -> Told:
    last = monotonic()

    def told(over: int, wanted: int) -> None:
        nonlocal last
        left = clock.left(over, wanted)
        if left is not None and monotonic() - last >= EVERY:
            last = monotonic()
            tell(f"{over:,} of {counted(wanted, 'task')} over, {_left(left)}.")

    return told


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"about {in_words(seconds)} left"
