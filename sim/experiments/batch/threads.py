"""Tasks on the threads of this process. Compiled code holds no lock, so threads use all cores."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from sim.experiments.replicate import HEARTBEAT, threads
from sim.inputs import Faults

Work = Callable[..., bytes]
"""Works out a task from its number and, perhaps, an event that cancels it."""

AHEAD = 2
"""Tasks handed out for each worker: enough that none waits, few enough that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task that is over: the bytes of its file, or why there are none."""

    number: int
    payload: bytes = b""
    failed: str = ""


class Runner(Protocol):
    """Works out tasks, in whatever order they come."""

    def __call__(self, work: Work, numbers: Sequence[int]) -> Generator[Done]:
        """Every task, once, as it is done; closed early, it gives up what is under way."""


@dataclass(frozen=True, slots=True)
class OnThreads:
    """So many threads."""

    workers: int = 1

    def __call__(self, work: Work, numbers: Sequence[int]) -> Generator[Done]:
        """Every task, once, as it is done."""
        left = iter(numbers)
        with threads(self.workers) as (pool, cancelled):
            pending = {pool.submit(work, each, cancelled): each for each in islice(left, AHEAD * self.workers)}
            while pending:
                finished, _ = wait(pending, timeout=HEARTBEAT, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield done(pending.pop(future), future)
                    pending |= {pool.submit(work, each, cancelled): each for each in islice(left, 1)}


def done(number: int, future: Future[bytes]) -> Done:
    """What came of a task; whatever is no failure of the task itself, such as Ctrl-C, is raised."""
    error = future.exception()
    if error is None:
        return Done(number, future.result())
    if not isinstance(error, Exception):
        raise error
    return Done(number, failed=reason(error))


def reason(error: Exception) -> str:
    """Why a task failed, in one line."""
    told = " ".join(str(error).split()).removesuffix("1 fault. Nothing was run.").strip()
    return told if isinstance(error, ValueError | Faults) and told else f"{type(error).__name__}: {told}"
