"""Replications of anything, on any number of threads, with the same results in the same order.

Compiled code holds no lock, so threads of one process use all cores; nothing is copied between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Generic, TypeVar

from sim.experiments.kept import Kept

T = TypeVar("T")
Task = Callable[[int, Event], T]
"""Works out one replication from its number, counted from 0; raises CancelledError soon after the event is set."""

HEARTBEAT = 1 / 4
"""Seconds between looks at the keyboard: a wait without end would not hear Ctrl-C on every system."""


class CancelledError(Exception):
    """Nobody wants the replication any more."""


def go_on(cancelled: Event | None) -> None:
    """Go on, unless nobody wants the replication any more: then raise CancelledError."""
    if cancelled is not None and cancelled.is_set():
        raise CancelledError


def _quiet(_: str) -> None:
    """Tell nobody."""


def _no_progress(_done: int, _wanted: int) -> None:
    """Show nothing."""


def _at_once() -> None:
    """Wait for nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to run replications: none of this changes a result.

    workers    threads
    progress   called with (finished, wanted) at the start and after each replication
    tell       called with a sentence for the person who waits
    pace       called by each thread before each replication; it may wait, and whatever it raises ends the work
    """

    workers: int = 1
    progress: Callable[[int, int], None] = _no_progress
    tell: Callable[[str], None] = _quiet
    pace: Callable[[], None] = _at_once


def replicate(
    task: Task[T],
    replications: int,
    way: Way | None = None,
    kept: Kept[T] | None = None,
    begun: Sequence[T] = (),
) -> tuple[T, ...]:
    """Results of replications 0 to `replications` - 1, in that order.

    kept    where finished replications lie; what lies there is not worked out again
    begun   results of the first replications, as far as they are at hand

    Left early, as by Ctrl-C, it cancels what is under way; what was finished stays kept.
    """
    way = way or Way()
    wanted = range(replications)
    results = dict(enumerate(begun[:replications]))
    if kept:
        results |= kept.finished(wanted[len(results) :], way.tell)
    way.progress(len(results), replications)
    job = _Job(task, kept, way.pace)
    told = False
    for number, result, complaint in _arriving(job, [each for each in wanted if each not in results], way.workers):
        results[number] = result
        way.progress(len(results), replications)
        if complaint and not told:
            told = True
            way.tell(f"Finished replications cannot be kept: {complaint}")
    return tuple(results[number] for number in wanted)


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    """A task that keeps what it finished."""

    task: Task[T]
    kept: Kept[T] | None
    pace: Callable[[], None]

    def do(self, number: int, cancelled: Event) -> tuple[int, T, str | None]:
        """The replication's number, its result, and why it could not be kept, if so."""
        self.pace()
        result = self.task(number, cancelled)
        return number, result, self.kept.write(number, result) if self.kept else None


Done = tuple[int, T, str | None]


def _arriving(job: _Job[T], missing: Sequence[int], workers: int) -> Iterator[Done[T]]:
    """What is finished, as it is finished."""
    if not missing:
        return
    with threads(min(workers, len(missing))) as (pool, cancelled):
        pending: set[Future[Done[T]]] = {pool.submit(job.do, number, cancelled) for number in missing}
        while pending:
            finished, pending = wait(pending, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()


@contextmanager
def threads(count: int) -> Iterator[tuple[ThreadPoolExecutor, Event]]:
    """A pool whose work is cancelled if the block is left early."""
    pool, cancelled = ThreadPoolExecutor(count), Event()
    try:
        yield pool, cancelled
    finally:
        cancelled.set()
        pool.shutdown(wait=True, cancel_futures=True)
