"""The front desk: a short queue before the model, and a memory of what it already answered.

Runs are done by a pool of processes, no more at a time than it has workers. Short runs go before long
ones. A question nobody has asked again for a while loses its place. When the queue is full the answer is
"busy": nothing is started, and the asker may come back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from logging import getLogger
from threading import Condition, RLock
from time import monotonic
from typing import Any, Generic, Literal, TypeVar

Value = TypeVar("Value")
Status = Literal["ready", "working", "busy", "failed"]
LOG = getLogger(__name__)


class Memory(Generic[Value]):
    """The most recently used values by key, at most `size` of them. Not locked: its owner locks."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """The value, which thereby counts as just used; None when it is not here."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def take(self, key: Hashable) -> Value | None:
        """The value, which is thereby forgotten; None when it is not here."""
        return self._kept.pop(key, None)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value; the one longest unused goes when there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self.size:
            self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Job:
    """One run: a key that says what it is, what to give the worker, and how long it is likely to take."""

    key: str
    task: Any
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk says: results in the order asked once all are there, else how far it has come."""

    status: Status
    done: int
    of: int
    results: tuple[Any, ...] = ()


@dataclass(slots=True)
class _Waiting:
    job: Job
    order: int
    wanted: float = field(default_factory=monotonic)

    def want(self, job: Job) -> None:
        """Somebody asks (again); the most pressing of all who ask decides its place."""
        self.wanted = monotonic()
        if job.weight < self.job.weight:
            self.job = job


class Desk:
    """Takes jobs, starts the most pressing, remembers results.

    work       what a worker process calls with a job's task
    start      makes the pool; called again if the pool breaks
    slots      how many runs at a time
    queue      how many may wait before the desk is busy
    patience   seconds after which a job nobody asked for again loses its place
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        start: Callable[[], Executor],
        slots: int,
        queue: int = 64,
        patience: float = 12.0,
        memory: int = 512,
    ) -> None:
        self._work, self._start, self._slots = work, start, slots
        self._queue, self._patience = queue, patience
        self._pool = start()
        self._results: Memory[Any] = Memory(memory)
        self._failed: Memory[BaseException] = Memory(memory)
        self._waiting: dict[str, _Waiting] = {}
        self._running: dict[str, Future[Any]] = {}
        self._order = count()
        self._closed = False
        self._lock = RLock()
        self._changed = Condition(self._lock)

    def request(self, jobs: Sequence[Job], wait: float) -> Reply:
        """Ask for runs and wait at most `wait` seconds for all of them.

        Status is ready, working, busy or failed. Asking again for the same keys costs nothing and keeps
        their place in the queue. A failure is told once, then forgotten, so that a retry is a new try.
        """
        deadline = monotonic() + wait
        with self._lock:
            while True:
                reply = self._state(jobs)
                left = deadline - monotonic()
                if reply.status != "working" or left <= 0:
                    return reply
                self._changed.wait(min(left, self._patience / 4))

    def close(self) -> None:
        """Drop what waits and let the workers go."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _state(self, jobs: Sequence[Job]) -> Reply:
        missing = [job for job in jobs if self._results.get(job.key) is None]
        failed = [job for job in missing if self._failed.take(job.key)]
        room = bool(failed) or not missing or self._enqueue(missing)
        results = [self._results.get(job.key) for job in jobs]
        done = sum(result is not None for result in results)
        if done == len(jobs):
            return Reply("ready", done, done, tuple(results))
        return Reply("failed" if failed else "working" if room else "busy", done, len(jobs))

    def _enqueue(self, jobs: Sequence[Job]) -> bool:
        """Put in the queue whatever is not there yet; False, and nothing queued, when there is no room."""
        self._forget_abandoned()
        new = [job for job in jobs if job.key not in self._waiting and job.key not in self._running]
        if new and (self._closed or len(self._waiting) + len(new) > self._queue):
            return False
        for job in new:
            self._waiting[job.key] = _Waiting(job, next(self._order))
        for job in jobs:
            if job.key in self._waiting:
                self._waiting[job.key].want(job)
        self._dispatch()
        return True

    def _forget_abandoned(self) -> None:
        oldest = monotonic() - self._patience
        for key in [key for key, waiting in self._waiting.items() if waiting.wanted < oldest]:
            del self._waiting[key]

    def _dispatch(self) -> None:
        while self._waiting and len(self._running) < self._slots:
            key = min(self._waiting, key=lambda k: (self._waiting[k].job.weight, self._waiting[k].order))
            job = self._waiting.pop(key).job
            self._running[key] = self._submit(job)
            self._running[key].add_done_callback(partial(self._finish, key))

    def _submit(self, job: Job) -> Future[Any]:
        try:
            return self._pool.submit(self._work, job.task)
        except BrokenExecutor:
            self._pool = self._start()
            return self._pool.submit(self._work, job.task)

    def _finish(self, key: str, future: Future[Any]) -> None:
        with self._lock:
            self._running.pop(key, None)
            if not future.cancelled():
                self._keep(key, future)
            self._forget_abandoned()
            self._dispatch()
            self._changed.notify_all()

    def _keep(self, key: str, future: Future[Any]) -> None:
        problem = future.exception()
        if problem is None:
            self._results.put(key, future.result())
        else:
            LOG.error("A run failed: %s", key, exc_info=problem)
            self._failed.put(key, problem)
