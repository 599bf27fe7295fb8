"""Replications of a question: worked out, named by their content, and read by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Event, Lock

import numpy as np
from numpy.typing import NDArray

from dashboard.answering.assembling import READ, Series
from dashboard.answering.recent import Recent
from dashboard.answering.runs import Task
from dashboard.answering.tallying import is_tallied
from dashboard.gateway.looked_up import resolved
from sim.experiments.headline import break_even
from sim.experiments.run import PlaceTask, task_of
from sim.results.dates import month_start
from sim.results.history import History
from sim.results.summarise import yearly_values
from sim.system import Memory

FloatArray = NDArray[np.float64]

PLACES_READY = 16
PROGRAMMES = "programme_spend"
"""What all programmes cost together: nothing shows them one by one."""


class Simulator:
    """Works out replications in the caller's thread, and remembers what they went through."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._ready: Recent[PlaceTask] = Recent(PLACES_READY)
        self._lock = Lock()

    def run(self, task: Task, cancelled: Event) -> Series:
        """One replication, by series.

        A month in which nobody came has no mean wait; it counts as no wait.
        """
        history = self._prepared(task)(task.replication, cancelled)
        read = {name: np.nan_to_num(history.series[name]) for name in history.series if _is_read(name)}
        programmes = [history.series[name] for name in history.series if name.startswith(f"{PROGRAMMES}:")]
        return read | ({PROGRAMMES: np.sum(programmes, axis=0)} if programmes else {})

    def _prepared(self, task: Task) -> PlaceTask:
        """What replications of a question share. It is made once, by whichever thread comes first."""
        name = key(replace(task, replication=0))
        with self._lock:
            known = self._ready.get(name)
            if known is None:
                known = task_of(resolved(_question(task)), self._memory)
                _ = known.place
                self._ready.put(name, known)
            return known


def key(task: Task) -> str:
    """A hash of everything the run's numbers depend on: parameters, place, seed, and the code itself."""
    return f"{_question_key(_question(task))}-{task.replication}"


def year_paid_back(before: Sequence[Series], after: Sequence[Series]) -> int | None:
    """The year from whose end the plan has cost no more than it saved; None unless every run agrees.

    A plan that never costs more than doing nothing has nothing to pay back.
    """
    found = break_even(_histories(before), _histories(after))
    return found.year if found.costs and found.share == 1 else None


def yearly(runs: Sequence[Series], name: str) -> FloatArray:
    """One series by financial year, shape (runs, years), gathered as its measure says."""
    return yearly_values(_histories(runs), name)


def month(number: int, first: int) -> str:
    """First day of a month of a run that begins in April of a year, as an ISO date."""
    return month_start(number, first).isoformat()


def _histories(runs: Sequence[Series]) -> list[History]:
    return [History(len(next(iter(each.values()))), each) for each in runs]


def _is_read(series: str) -> bool:
    """Whether an answer needs it: what is shown, and capital and spending, from which the break-even is found."""
    return series in READ or is_tallied(series)


def _question(task: Task) -> Task:
    return replace(task, replication=0)


@lru_cache(maxsize=512)
def _question_key(task: Task) -> str:
    return resolved(task).id
