"""Ask one question of the model, and get a typed answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from threading import Event
from time import monotonic

import polars as pl

from sim.experiments.kept import Kept, cache_folder
from sim.experiments.question import People, Question, Resolved, Scenarios, resolve, scenarios_of
from sim.experiments.replicate import Way, go_on, replicate
from sim.experiments.told import Told
from sim.inputs import Fault, Faults, Footprint, Parameters
from sim.results.history import History
from sim.results.measures import KEY_SERIES
from sim.results.statistics import Interval, interval
from sim.results.store import history_bytes, history_from_bytes
from sim.results.summarise import monthly_table, yearly_table, yearly_values
from sim.system import Memory, Place, prepare, simulate


@dataclass(frozen=True)
class PlaceTask:
    """One replication of a place, from its number; the place is prepared once.

    memory   what earlier replications lived through, of this question or others
    """

    parameters: Parameters
    footprint: Footprint
    years: int
    people: float
    seed: int
    memory: Memory | None = None

    def __call__(self, replication: int, cancelled: Event | None = None) -> History:
        """The replication of this number, counted from 0; raises CancelledError within a month of being cancelled."""
        return simulate(self.place, self.seed, replication, lambda _: go_on(cancelled), self.memory)

    @cached_property
    def place(self) -> Place:
        """The prepared place; raises ValueError when none can be made of the parameters."""
        return prepare(self.parameters, self.footprint, self.years, self.people)


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Told):
    """Every replication of one question.

    histories   in the order of replications
    began, seconds, workers   when it was run, for how long, and on how many threads; no result depends on them
    """

    resolved: Resolved
    histories: tuple[History, ...]
    began: datetime
    seconds: float
    workers: int

    @property
    def words(self) -> str:
        """Beds, delay and money in the final year."""
        from sim.experiments.words import answer_sentence

        return answer_sentence(self)

    def table(self) -> pl.DataFrame:
        """Key series by year: a row each, columns as of `yearly`."""
        return self.yearly([name for name in KEY_SERIES if name in self.series])

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.resolved.question

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the series that every replication has."""
        return tuple(self.histories[0].series)

    def yearly(self, series: Sequence[str] = ()) -> pl.DataFrame:
        """Every series, or those named, by year: see `sim.results.summarise.yearly_table`."""
        return yearly_table(self.histories, series, self.resolved.first_year)

    def monthly(self, series: Sequence[str] = ()) -> pl.DataFrame:
        """Every series, or those named, by month: see `sim.results.summarise.monthly_table`."""
        return monthly_table(self.histories, series, self.resolved.first_year)

    def in_year(self, series: str, year: int = -1) -> Interval:
        """One series in one year (0 = the first, -1 = the last): mean over replications and 95 % interval."""
        return interval(yearly_values(self.histories, series)[:, year])


def task_of(resolved: Resolved, memory: Memory | None = None) -> PlaceTask:
    """What works out one replication."""
    asked = resolved.question
    return PlaceTask(resolved.parameters, resolved.footprint, asked.years, resolved.people, asked.seed, memory)


def kept_of(resolved: Resolved) -> Kept[History]:
    """Where the finished replications of a question lie."""
    names = tuple(f"{key}.history" for key in resolved.replication_keys())
    return Kept(cache_folder() / "replications", names, history_bytes, history_from_bytes)


def run(resolved: Resolved, way: Way | None = None, *, keep: bool = True, begun: Sequence[History] = ()) -> Answer:
    """Run every replication of a question that was looked up; what is on disk already is not run again.

    keep    use and fill the folder of finished replications
    begun   the first replications, as far as they are at hand

    Raises Faults when no place can be made of the parameters, as of budgets too small for the beds.
    """
    way = way or Way()
    began, clock = datetime.now(UTC), monotonic()
    kept = kept_of(resolved) if keep else None
    task = task_of(resolved)
    with _said_plainly(task):
        _ = task.place  # so that what is impossible is said before anything runs
        histories = replicate(task, resolved.question.replications, way, kept, begun)
    return Answer(resolved, histories, began, monotonic() - clock, way.workers)


@contextmanager
def _said_plainly(task: PlaceTask) -> Iterator[None]:
    """Numbers that are each in order and together cannot be simulated become a fault of the question."""
    try:
        yield
    except ValueError as error:
        raise Faults([Fault("", 0, task.footprint.name, str(error).rstrip("."), "")]) from error


def ask(
    footprint: str,
    scenarios: Scenarios = (),
    changes: Mapping[str, float | str] | None = None,
    *,
    years: int = 5,
    replications: int = 10,
    seed: int = 1,
    people: People = "usual",
    way: Way | None = None,
    keep: bool = True,
) -> Answer:
    """Ask the model: one footprint under scenarios and changes. Raises Faults with everything that is wrong.

    scenarios   in order, or one text such as "prevention_shift" or "a+b"
    way         threads and progress
    The other arguments are those of `Question`.
    """
    question = Question(footprint, scenarios_of(scenarios), dict(changes or {}), years, replications, seed, people)
    return run(resolve(question), way, keep=keep)
