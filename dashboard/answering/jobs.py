"""Long jobs beside the page's own questions: shared, watched, given up, and never in the way.

A job is a name and some work. Who asks for the same name watches the same job, and what it brought is remembered.
One job is under way at a time, in threads of its own; between any two parts of its work it waits while an answer to
the levers is under way. A job that everybody left, or that nobody has looked at for a while, is stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from logging import getLogger
from threading import Event, RLock
from time import monotonic
from typing import Any, Literal

from dashboard.answering.recent import Recent
from dashboard.wording.language import mark

LOG = getLogger(__name__)

LONGEST_WAIT = 10.0
"""Seconds for which one part of a job gives way at most: a room that never stops moving levers must not stop it."""

LOOK_AGAIN = 1 / 50
"""Seconds between looks at whether something presses."""

UNFORESEEN = mark("Something went wrong on the server while this was worked out. The page still works.")

Status = Literal["waiting", "running", "done", "failed", "stopped", "busy"]


class StoppedError(Exception):
    """Nobody wants the job any more."""


class ImpossibleError(Exception):
    """The job cannot be done; its text is the one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How work that is under way keeps in touch; both may be called from any thread.

    tell   told (done, wanted) as the work gets on
    step   called before each part: waits while something presses, raises StoppedError when the job is given up
    """

    tell: Callable[[int, int], None]
    step: Callable[[], None]


Work = Callable[[Pace], Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come.

    done, wanted   parts of it; 0 of 0 before it has begun
    result         of a job that is done
    problem        why it failed, in one sentence
    """

    status: Status
    done: int = 0
    wanted: int = 0
    result: Any = None
    problem: str = ""


@dataclass(slots=True)
class _Job:
    work: Work
    watchers: dict[Hashable, float] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)
    progress: Progress = field(default_factory=partial(Progress, "waiting"))


class Jobs:
    """Does one job after another.

    presses    whether something goes before any job now
    most       how many jobs may wait or be under way; beyond that the answer is "busy"
    patience   seconds without a look after which a watcher counts as gone
    memory     how many results are remembered
    """

    def __init__(
        self, presses: Callable[[], bool] = bool, most: int = 12, patience: float = 15.0, memory: int = 64
    ) -> None:
        self._presses, self._most, self._patience = presses, most, patience
        self._jobs: dict[str, _Job] = {}
        self._ended: Recent[Progress] = Recent(memory)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job")
        self._closed = False
        self._lock = RLock()

    def want(self, who: Hashable, name: str, work: Work, *, again: bool = False) -> Progress:
        """Want a job, and whatever was wanted before no more; a job that failed before is tried anew.

        again   do it even if what it brings is remembered
        """
        with self._lock:
            self.leave(who, besides=name)
            ended = self._ended.get(name)
            if ended and ended.status == "done" and not again:
                return ended
            if name not in self._jobs:
                if self._closed or len(self._jobs) >= self._most:
                    return Progress("busy")
                self._ended.take(name)
                self._jobs[name] = _Job(work)
                self._begin(name, self._jobs[name])
            return self.look(who, name)

    def look(self, who: Hashable, name: str) -> Progress:
        """How far a job has come; "stopped" when there is none of that name. Whoever looks goes on wanting it."""
        with self._lock:
            job = self._jobs.get(name)
            if job is None:
                return self._ended.get(name) or Progress("stopped")
            job.watchers[who] = monotonic()
            return job.progress

    def known(self, name: str) -> Progress | None:
        """What a job brought, while it is remembered."""
        with self._lock:
            return self._ended.get(name)

    def leave(self, who: Hashable, besides: str = "") -> None:
        """Want no job any more, or none besides one."""
        with self._lock:
            for name, job in self._jobs.items():
                if name != besides:
                    job.watchers.pop(who, None)
            self._let_go()

    def is_working(self) -> bool:
        """Whether a job waits or is under way."""
        with self._lock:
            return bool(self._jobs)

    def close(self) -> None:
        """Stop everything and let the threads go."""
        with self._lock:
            self._closed = True
            for job in self._jobs.values():
                job.watchers.clear()
            self._let_go()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _let_go(self) -> None:
        """Stop what nobody watches; its name is free at once, so that who comes back begins anew."""
        oldest = monotonic() - self._patience
        for name, job in list(self._jobs.items()):
            if all(seen < oldest for seen in job.watchers.values()):
                job.stop.set()
                del self._jobs[name]

    def _begin(self, name: str, job: _Job) -> None:
        future = self._pool.submit(self._do, job)
        future.add_done_callback(partial(self._finish, name, job))

    def _do(self, job: _Job) -> Any:
        """One job, in the thread for jobs."""
        pace = Pace(partial(self._tell, job), partial(self._step, job))
        pace.step()
        self._tell(job, 0, 0)
        return job.work(pace)

    def _finish(self, name: str, job: _Job, future: Future[Any]) -> None:
        """Remember how it ended, unless it was given up and perhaps begun anew."""
        if job.stop.is_set() or future.cancelled():
            return
        problem = future.exception()
        if problem is None:
            progress = Progress("done", result=future.result())
        elif isinstance(problem, ImpossibleError):
            progress = Progress("failed", problem=str(problem))
        else:
            LOG.error("A job failed: %s", name, exc_info=problem)
            progress = Progress("failed", problem=UNFORESEEN)
        with self._lock:
            if self._jobs.get(name) is job:
                del self._jobs[name]
                self._ended.put(name, progress)

    def _tell(self, job: _Job, done: int, wanted: int) -> None:
        with self._lock:
            job.progress = Progress("running", done, wanted)

    def _step(self, job: _Job) -> None:
        until = monotonic() + LONGEST_WAIT
        while self._presses() and monotonic() < until and not job.stop.wait(LOOK_AGAIN):
            pass
        with self._lock:
            self._let_go()
        if job.stop.is_set():
            raise StoppedError
