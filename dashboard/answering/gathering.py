"""Runs of several questions at once, for whoever compares them: those that are remembered, and the rest when there is
time.

Runs of a comparison go behind everybody's first answers, so that levers stay quick.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, Literal

from dashboard.answering.desk import Desk, Job
from dashboard.answering.precision import EARLY
from dashboard.answering.runs import Enquiry

BEHIND = float(len(EARLY) + 1)
"""The rank of a comparison's runs: after all replications of answers to levers."""

FEWEST = 2
"""Replications with which differences can be shown."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """How far several questions have come together.

    finished   replications that every question has
    done       runs that are done, of so many in `wanted`
    runs       by question: its replications in order, as many of each
    """

    status: Literal["ready", "working", "busy", "dropped", "failed"]
    finished: int = 0
    done: int = 0
    wanted: int = 0
    runs: tuple[tuple[Any, ...], ...] = ()


class Gathering:
    """Asks the desk for runs of several questions.

    enquiry   the runs of a question, by its name
    seats     how many may wait at a time
    """

    def __init__(self, desk: Desk, enquiry: Callable[[str], Enquiry], seats: BoundedSemaphore) -> None:
        self._desk, self._enquiry, self._seats = desk, enquiry, seats

    def gather(self, names: Sequence[str], who: Hashable, have: int = 0, wait: float = 0.0) -> Gathered:
        """Have these questions run, or learn how far they have come; whatever the visitor wanted before is given up.

        have   replications of each that the visitor has already; only more of them are news
        wait   seconds
        """
        enquiries = [self._enquiry(name) for name in names]
        questions, steps = [each.plan for each in enquiries], enquiries[0].steps
        every = _in_turn(questions)
        ticket = self._desk.want(who, every)
        step = next((each for each in steps if each > have), steps[-1])

        def over() -> bool:
            """Enough replications of each are done, one failed, or the visitor wants something else."""
            enough = self._finished(questions) >= step
            return enough or not self._desk.stands(who, ticket) or self._desk.failed(every)

        if ticket:
            self._wait(over, wait)
        finished, done = self._finished(questions), sum(len(self._desk.finished([job])) for job in every)
        if finished >= step:
            count = max(each for each in steps if each <= finished)
            runs = tuple(tuple(each.value for each in self._desk.finished(jobs[:count])) for jobs in questions)
            return Gathered("ready", count, done, len(every), runs)
        if not ticket:
            return Gathered("busy", finished, done, len(every))
        if self._desk.failed(every):
            self._desk.leave(who)
            return Gathered("failed", finished, done, len(every))
        status: Literal["working", "dropped"] = "working" if self._desk.stands(who, ticket) else "dropped"
        return Gathered(status, finished, done, len(every))

    def leave(self, who: Hashable) -> None:
        """Want nothing any more."""
        self._desk.leave(who)

    def _wait(self, over: Callable[[], bool], wait: float) -> None:
        """So many seconds at most, if there is a seat."""
        seated = self._seats.acquire(blocking=False)
        try:
            self._desk.wait(over, monotonic() + (wait if seated else 0.0))
        finally:
            if seated:
                self._seats.release()

    def _finished(self, questions: Sequence[Sequence[Job]]) -> int:
        return min(len(self._desk.finished(jobs)) for jobs in questions)


def _in_turn(questions: Sequence[Sequence[Job]]) -> list[Job]:
    """Every run once: the first replication of each question, then the second of each."""
    turns = [job for turn in zip(*questions, strict=True) for job in turn]
    return [replace(job, rank=(BEHIND, place)) for place, job in enumerate({job.key: job for job in turns}.values())]
