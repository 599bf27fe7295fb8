"""Many questions at once: a few series of each by year, from as many replications, on all threads.

Replications of one question differ by chance; the questions differ as whoever asks likes: drawn numbers, levers,
places. Only the yearly values of the series asked for are kept, so thousands of questions fit on a disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from threading import Event

import numpy as np
from numpy.typing import NDArray

from sim.experiments.identity import digest
from sim.experiments.kept import Kept, cache_folder
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way, replicate
from sim.experiments.run import PlaceTask, task_of
from sim.inputs import Fault, Faults, raise_any
from sim.results.store import json_bytes
from sim.results.summarise import yearly_values
from sim.system import Memory

FloatArray = NDArray[np.float64]

PLACES_AT_HAND = 16
"""Prepared places that are held for the replications still to come."""
REMEMBERED = 2**28
"""Bytes of what runs lived through that are held, where many questions differ in money alone, which moves nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication: series by year, or why no place could be made of the parameters."""

    years: Mapping[str, FloatArray]
    impossible: str = ""


@dataclass(frozen=True)
class ManyTask:
    """One replication of one of many questions, from its number: replications run first, then questions.

    ask             the question of a number, counted from 0, looked up
    replications    of each question
    series          to be kept, as far as a replication has them
    memory          what earlier replications lived through, where questions are much alike
    """

    ask: Callable[[int], Resolved]
    replications: int
    series: tuple[str, ...]
    memory: Memory | None = None

    def __call__(self, number: int, cancelled: Event | None = None) -> Outcome:
        """The replication of this number; raises CancelledError soon after it is cancelled.

        A place that cannot be made is an outcome; what goes wrong in a run is an error, and stops all of them.
        """
        question, replication = divmod(number, self.replications)
        try:
            task = self._place(question)
            _ = task.place
        except Faults as error:
            return Outcome({}, f"{', '.join(each.name for each in error.faults)}: no network can be made")
        except ValueError as error:
            return Outcome({}, str(error))
        history = task(replication, cancelled)
        known = (series for series in self.series if series in history.series)
        return Outcome({series: yearly_values([history], series)[0] for series in known})

    @cached_property
    def _place(self) -> Callable[[int], PlaceTask]:
        """What runs a question; the few last used stay at hand."""
        return lru_cache(PLACES_AT_HAND)(lambda number: task_of(self.ask(number), self.memory))


def run_many(
    ask: Callable[[int], Resolved],
    count: int,
    series: Sequence[str],
    way: Way | None = None,
    *,
    keep: bool = True,
    memory: Memory | None = None,
) -> tuple[tuple[Outcome, ...], ...]:
    """Every replication of so many questions, in order: by question, then by replication.

    ask      the question of a number, looked up; all have as many replications
    series   to be kept
    memory   saves time where questions are much alike, as with levers of money alone
    """
    replications = ask(0).question.replications
    task = ManyTask(ask, replications, tuple(series), memory)
    kept = _kept(task, count) if keep else None
    outcomes = replicate(task, count * replications, way, kept)
    return tuple(outcomes[first : first + replications] for first in range(0, len(outcomes), replications))


def raise_impossible(asked: Sequence[Resolved], outcomes: Sequence[Sequence[Outcome]]) -> None:
    """Raise Faults where no place can be made of what must be one, each by its name with the reason."""
    reasons = {
        each.footprint.name: run.impossible.rstrip(".")
        for each, runs in zip(asked, outcomes, strict=True)
        for run in runs
        if run.impossible
    }
    raise_any([Fault("", 0, name, reason, "") for name, reason in reasons.items()])


def in_year(outcomes: Sequence[Outcome], series: str, year: int = -1) -> FloatArray:
    """One series in one year of each replication, shape (replications,). Raises ValueError when impossible."""
    for each in outcomes:
        if each.impossible:
            raise ValueError(each.impossible)
    return np.array([each.years[series][year] for each in outcomes])


def _kept(task: ManyTask, count: int) -> Kept[Outcome]:
    """Where finished replications lie, named by all that their numbers depend on."""
    keys = [key for number in range(count) for key in task.ask(number).replication_keys()]
    names = [f"{digest({'key': key, 'series': task.series})}.years" for key in keys]
    return Kept(cache_folder() / "many", names, _pack, partial(_unpack, task.series))


def _pack(outcome: Outcome) -> bytes:
    return json_bytes({"years": dict(outcome.years), "impossible": outcome.impossible})


def _unpack(series: Sequence[str], payload: bytes) -> Outcome:
    """What was packed, its series in the order asked for."""
    found = json.loads(payload)
    kept = found["years"]
    years = {name: np.array(kept[name], dtype=np.float64) for name in series if name in kept}
    return Outcome(years, found["impossible"])
