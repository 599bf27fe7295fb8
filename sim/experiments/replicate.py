"""Replications of anything, one after another or in parallel processes, with the same results either way.

Results come back in the order of the replications. Processes are started afresh (spawn), so they hold
nothing of the caller, and every one of them ends at once when the caller ends, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from threading import Thread
from typing import Any, Generic, TypeVar

from sim.experiments.kept import Kept

T = TypeVar("T")
Task = Callable[[int], T]
"""Works out one replication from its number, counted from 0."""

HEARTBEAT = 1 / 4
"""Seconds between looks at the keyboard: a wait without end would not hear Ctrl-C on every system."""


class WorkersLostError(Exception):
    """Worker processes ended before they finished anything, as when the machine runs out of memory."""


def _quiet(_: str) -> None:
    """Tell nobody."""


def _no_progress(_done: int, _wanted: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to run replications: none of this changes a result.

    workers    processes; 1 works in this one
    progress   called with (finished, wanted) at the start and after each replication
    tell       called with a sentence for the person who waits
    """

    workers: int = 1
    progress: Callable[[int, int], None] = _no_progress
    tell: Callable[[str], None] = _quiet


def replicate(task: Task[T], replications: int, way: Way | None = None, kept: Kept[T] | None = None) -> tuple[T, ...]:
    """Results of replications 0 to `replications` - 1, in that order.

    task   must be picklable when there is more than one worker, and so must its results
    kept   where finished replications lie; what lies there is not worked out again

    Raises WorkersLostError when processes die without finishing anything; what they finished stays kept.
    """
    way = way or Way()
    wanted = range(replications)
    results = kept.finished(wanted, way.tell) if kept else {}
    way.progress(len(results), replications)
    missing = [number for number in wanted if number not in results]
    job = _Job(task, kept)
    arriving = _here(job, missing) if min(way.workers, len(missing)) <= 1 else _apart(job, missing, way.workers)
    told = False
    for number, result, complaint in arriving:
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

    def do(self, number: int) -> tuple[int, T, str | None]:
        """The replication's number, its result, and why it could not be kept, if so."""
        result = self.task(number)
        return number, result, self.kept.write(number, result) if self.kept else None


Arriving = Iterator[tuple[int, T, str | None]]


def _here(job: _Job[T], missing: list[int]) -> Arriving[T]:
    for number in missing:
        yield job.do(number)


def _apart(job: _Job[T], missing: list[int], workers: int) -> Arriving[T]:
    """Work in processes; when one is killed, go on with what is missing as long as something gets done."""
    left = set(missing)
    while left:
        before = len(left)
        try:
            for number, result, complaint in _pooled(job, sorted(left), min(workers, len(left))):
                left.discard(number)
                yield number, result, complaint
        except BrokenProcessPool as error:
            if len(left) == before:
                raise WorkersLostError(
                    "The worker processes ended before they finished anything. Is there enough memory? "
                    "Try fewer workers."
                ) from error


def _pooled(job: _Job[T], numbers: list[int], workers: int) -> Arriving[T]:
    with _pool(job, workers) as pool:
        with _deaf_to_interrupts():
            pending = {pool.submit(_do, number) for number in numbers}
        while pending:
            finished, pending = wait(pending, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()


@contextmanager
def _pool(job: _Job[T], workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes leave at once if the block is left early, or if this process dies."""
    context = multiprocessing.get_context("spawn")
    lifeline, held = context.Pipe(duplex=False)
    begin = partial(_begin, job, lifeline)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=begin)
    try:
        yield pool
    except BaseException:
        held.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        held.close()
        lifeline.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes begun in the block never hear Ctrl-C; this one hears it when the block ends."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_HELD: list[_Job[Any]] = []
"""In a worker process, the one job it does."""


def _begin(job: _Job[Any], lifeline: Connection) -> None:
    """In a fresh process: take the job, leave Ctrl-C to the caller, and leave with the caller."""
    _HELD[:] = [job]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_the_caller, args=(lifeline,), daemon=True).start()


def _leave_with_the_caller(lifeline: Connection) -> None:
    wait_for([lifeline])
    os._exit(1)


def _do(number: int) -> tuple[int, Any, str | None]:
    return _HELD[0].do(number)
