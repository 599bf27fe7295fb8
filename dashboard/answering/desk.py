"""The front desk: who wants which runs, which goes next, and what was already worked out.

Runs are done by a pool of threads, no more at a time than it has slots. Everybody who asks says anew each
time what is wanted; a run that nobody wants any more loses its place, or is told to stop if it is under way,
so that the cores go to what is asked now. When too much waits the answer is no: nothing is taken on, and the
asker may come back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from itertools import count
from logging import getLogger
from threading import Condition, Event, RLock
from time import monotonic
from typing import Any

from dashboard.answering.recent import Recent

LOG = getLogger(__name__)
Rank = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One run: a key that says what it is, what to work on, and its rank; the lowest rank goes first."""

    key: str
    task: Any
    rank: Rank = (0.0,)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run brought, and when it was under way."""

    value: Any
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class _Wish:
    keys: frozenset[str]
    ticket: int
    at: float


@dataclass(slots=True)
class _Waiting:
    job: Job
    order: int


class Desk:
    """Takes wishes, starts the most pressing run, remembers results.

    work       called with a job's task and an event; it may raise anything soon after the event is set
    pool       where runs are done
    slots      how many runs at a time
    queue      how many may wait before a wish is refused
    patience   seconds after which a wish that was not made again counts as given up
    memory     how many results are remembered
    """

    def __init__(
        self,
        work: Callable[[Any, Event], Any],
        pool: Executor,
        slots: int,
        queue: int = 512,
        patience: float = 12.0,
        memory: int = 2048,
    ) -> None:
        self._work, self._pool, self._slots = work, pool, slots
        self._queue, self._patience = queue, patience
        self._results: Recent[Finished] = Recent(memory)
        self._failed: Recent[BaseException] = Recent(memory)
        self._wishes: dict[Hashable, _Wish] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._running: dict[str, Event] = {}
        self._busy = 0
        self._order, self._tickets = count(), count(1)
        self._closed = False
        self._lock = RLock()
        self._changed = Condition(self._lock)

    def want(self, who: Hashable, jobs: Sequence[Job], instead_of: int | None = None) -> int:
        """Want these runs, and whatever was wanted before no more; a ticket for the wish, 0 if it was not taken.

        instead_of   ticket of the wish this one goes on from; when that stands no more, nothing changes
        It is not taken when there is no room. A run that failed before is tried anew.
        """
        with self._lock:
            if instead_of is not None and not self.stands(who, instead_of):
                return 0
            missing = [job for job in jobs if self._results.get(job.key) is None]
            ticket = next(self._tickets)
            self._wishes[who] = _Wish(frozenset(job.key for job in missing), ticket, monotonic())
            self._let_go()
            room = self._take_on(missing)
            self._dispatch()
            self._changed.notify_all()
            return ticket if room else 0

    def stands(self, who: Hashable, ticket: int) -> bool:
        """Whether the wish is still this visitor's latest."""
        with self._lock:
            wish = self._wishes.get(who)
            return wish is not None and wish.ticket == ticket

    def leave(self, who: Hashable) -> None:
        """Want nothing any more."""
        with self._lock:
            self._wishes.pop(who, None)
            self._let_go()
            self._dispatch()
            self._changed.notify_all()

    def finished(self, jobs: Sequence[Job]) -> list[Finished]:
        """Results in the order of the jobs, up to the first that is not there yet."""
        with self._lock:
            found = []
            for job in jobs:
                result = self._results.get(job.key)
                if result is None:
                    break
                found.append(result)
            return found

    def failed(self, jobs: Sequence[Job]) -> bool:
        """Whether any run failed when it was last tried."""
        with self._lock:
            return any(self._failed.get(job.key) for job in jobs)

    def presses(self, besides: Hashable) -> bool:
        """Whether anybody, one visitor aside, waits for a run."""
        with self._lock:
            open_ = self._waiting.keys() | self._running.keys()
            return any(who != besides and not wish.keys.isdisjoint(open_) for who, wish in self._wishes.items())

    def wait(self, over: Callable[[], bool], until: float) -> None:
        """Wait for something to change until `over` says yes, or the clock does."""
        with self._lock:
            while not over() and (left := until - monotonic()) > 0:
                self._changed.wait(left)

    def close(self) -> None:
        """Stop everything and let the threads go."""
        with self._lock:
            self._closed = True
            self._wishes.clear()
            self._let_go()
            self._changed.notify_all()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _take_on(self, jobs: Sequence[Job]) -> bool:
        new = [job for job in jobs if job.key not in self._waiting and job.key not in self._running]
        if new and (self._closed or len(self._waiting) + len(new) > self._queue):
            return False
        for job in jobs:
            if job.key in self._running:
                continue
            self._failed.take(job.key)
            waiting = self._waiting.setdefault(job.key, _Waiting(job, next(self._order)))
            waiting.job = min(waiting.job, job, key=lambda each: each.rank)
        return True

    def _let_go(self) -> None:
        """Forget what nobody wants, and tell what is under way for nobody to stop."""
        oldest = monotonic() - self._patience
        self._wishes = {who: wish for who, wish in self._wishes.items() if wish.at > oldest}
        wanted = frozenset[str]().union(*(wish.keys for wish in self._wishes.values()))
        self._waiting = {key: waiting for key, waiting in self._waiting.items() if key in wanted}
        for key in [key for key in self._running if key not in wanted]:
            self._running.pop(key).set()

    def _dispatch(self) -> None:
        while self._waiting and self._busy < self._slots:
            key = min(self._waiting, key=lambda k: (self._waiting[k].job.rank, self._waiting[k].order))
            job = self._waiting.pop(key).job
            stop = self._running[key] = Event()
            self._busy += 1
            future = self._pool.submit(_timed, self._work, job.task, stop)
            future.add_done_callback(partial(self._finish, key, stop))

    def _finish(self, key: str, stop: Event, future: Future[Finished]) -> None:
        """A thread is free. What was told to stop may have finished all the same; then it is kept."""
        with self._lock:
            self._busy -= 1
            if self._running.get(key) is stop:
                del self._running[key]
            problem = None if future.cancelled() else future.exception()
            if problem is not None and not stop.is_set():
                LOG.error("A run failed: %s", key, exc_info=problem)
                self._failed.put(key, problem)
            elif problem is None and not future.cancelled():
                self._results.put(key, future.result())
            self._let_go()
            self._dispatch()
            self._changed.notify_all()


def _timed(work: Callable[[Any, Event], Any], task: Any, stop: Event) -> Finished:
    began = monotonic()
    return Finished(work(task, stop), began, monotonic())
