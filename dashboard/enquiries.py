"""Questions and answers: a link becomes runs, runs become an answer, both are remembered.

A question is a link (see `state`). Its runs are named by their content, so whoever asks the same thing
gets the same runs, and doing nothing in one place is worked out once. Nothing here knows the model: the
gateway says how to run a task and how to read what comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from math import inf
from threading import Event, Lock, Thread
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from dashboard import reading, state
from dashboard.answers import Answer, Catalogue, Outcome, Setting
from dashboard.desk import Desk, Job, Memory
from dashboard.state import State
from dashboard.wording import CHARTED, MEASURES, Measure

FloatArray = NDArray[np.float64]
Series = Mapping[str, FloatArray]

WAIT = 4.0
"""Seconds a question may hold a thread of the server; then it is told how far it has come, and asks again."""

LONGEST_WARMING = 600.0
QUIET = 8.0
"""Seconds without a question before the next plan is worked out in advance."""

KEPT_ANSWERS = 512

FACTS = (
    "averted",
    "displaced",
    "unmet",
    "stranded",
    "unspent",
    "places:acute",
    "places:p1",
    "places:p2",
    "places:p3",
    "places:home_care",
    "places:care_home",
    "emergency_bed_days",
    "income:acute",
    "spending:acute",
)


@dataclass(frozen=True, slots=True)
class Task:
    """One run: `settings` are those of levers, in stored units, that differ from the plan."""

    place: str
    years: int
    people: int
    seed: int
    replication: int
    plan: str
    settings: tuple[tuple[str, Setting], ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """What the gateway lends: all that is known of the model.

    run          one replication by series name, monthly, shape (months,); called in a worker process
    key          a hash of everything a run's numbers depend on
    yearly       one series of several runs by financial year, shape (runs, years)
    break_even   from runs of doing nothing and of the plan: the year in which the plan has paid for itself
    month        first day of a month of the run, as an ISO date
    year         a year of the run in words, such as "2016/17"
    start        makes the pool of workers
    """

    catalogue: Catalogue
    run: Callable[[Task], Series]
    key: Callable[[Task], str]
    yearly: Callable[[Sequence[Series], str], FloatArray]
    break_even: Callable[[Sequence[Series], Sequence[Series]], int | None]
    month: Callable[[int], str]
    year: Callable[[int], str]
    start: Callable[[], Executor]
    workers: int = 1


class Gateway:
    """Answers questions without keeping anyone waiting long."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.catalogue = model.catalogue
        self._desk = Desk(model.run, model.start, slots=model.workers)
        self._answers: Memory[Answer] = Memory(KEPT_ANSWERS)
        self._lock = Lock()
        self._stopped = Event()
        self._asked = 0.0

    def state(self, link: object) -> State:
        """What a link means; anything that is not text means the page as it opens."""
        return state.read(link if isinstance(link, str) else "", self.catalogue)

    def name(self, link: object) -> str:
        """The one link for a question, by which its answer is known."""
        return state.write(self.state(link), self.catalogue)

    def ask(self, link: object, wait: float = WAIT) -> Outcome:
        """Have a question answered, or learn how far it has come."""
        name = self.name(link)
        if self.answer(name):
            return Outcome("ready", name)
        self._asked = monotonic()
        asked = self.state(link)
        plan, baseline = self._jobs(asked), self._jobs(self._baseline(asked))
        jobs = list({job.key: job for job in [*plan, *baseline]}.values())
        reply = self._desk.request(jobs, wait)
        if reply.status == "ready":
            by_key = dict(zip((job.key for job in jobs), reply.results, strict=True))
            runs = ([by_key[job.key] for job in group] for group in (plan, baseline))
            self._remember(self._answer(name, asked, *runs))
        return Outcome(reply.status, name, reply.done, reply.of)

    def answer(self, name: object) -> Answer | None:
        """The answer to a question asked before, while it is remembered."""
        with self._lock:
            return self._answers.get(name) if isinstance(name, str) else None

    def warm(self) -> None:
        """Answer the page as it opens; then, quietly and one run at a time, every plan it offers."""
        self.ask("", LONGEST_WARMING)
        Thread(target=self._warm_plans, daemon=True).start()

    def close(self) -> None:
        """Let the workers go."""
        self._stopped.set()
        self._desk.close()

    def _warm_plans(self) -> None:
        """One run at a time, and only while nobody asks, so that no one waits for a guess."""
        opening = self.state("")
        jobs = [job for plan in self.catalogue.plans for job in self._jobs(replace(opening, plan=plan))]
        for job in jobs:
            while monotonic() - self._asked < QUIET:
                if self._stopped.wait(1):
                    return
            self._desk.request([replace(job, weight=inf)], LONGEST_WARMING)

    def _remember(self, answer: Answer) -> None:
        with self._lock:
            self._answers.put(answer.name, answer)

    def _baseline(self, asked: State) -> State:
        return replace(asked, plan=self.catalogue.default_plan, settings={})

    def _jobs(self, asked: State) -> list[Job]:
        """One job a replication; the same seed for plan and baseline, so that runs come in pairs."""
        detail = self.catalogue.details[asked.detail]
        people = min(detail.people, int(self.catalogue.places[asked.place].people))
        chosen = tuple(sorted(asked.settings.items()))
        tasks = [
            Task(asked.place, asked.years, people, asked.seed, replication, asked.plan, chosen)
            for replication in range(detail.replications)
        ]
        return [Job(self.model.key(task), task, weight=task.people * task.years) for task in tasks]

    def _answer(self, name: str, asked: State, plan: list[Series], baseline: list[Series]) -> Answer:
        months = len(plan[0]["gap"])
        lines = {m.id: reading.line(m, *(_monthly(runs, m.series) for runs in (plan, baseline))) for m in _charted()}
        years = {m.id: self._years(m, plan, baseline) for m in MEASURES}
        even = self.model.break_even(baseline, plan)
        return Answer(
            name=name,
            place=self.catalogue.places[asked.place],
            plan=self.catalogue.plans[asked.plan].title,
            moved=self._moved(asked),
            own=self._in_words(asked, [*asked.settings], self.catalogue.settings_of(asked.plan)),
            months=tuple(self.model.month(month) for month in range(months)),
            lines=lines,
            years=years,
            facts={fact: self._fact(fact, plan, baseline) for fact in FACTS if fact in plan[0]},
            marks=reading.marks(years, even),
            detail=self.catalogue.details[asked.detail],
        )

    def _moved(self, asked: State) -> tuple[str, ...]:
        """Words for everything that differs from doing nothing: levers, and what else the plan changes."""
        nothing = self.catalogue.settings_of(self.catalogue.default_plan)
        levers = self._in_words(asked, state.moved(asked, self.catalogue), nothing)
        return (*levers, *self.catalogue.plans[asked.plan].also)

    def _in_words(self, asked: State, paths: Sequence[str], before: Mapping[str, Setting]) -> tuple[str, ...]:
        standing = state.settings(asked, self.catalogue)
        levers = [self.catalogue.levers[path] for path in paths]
        return tuple(f"{e.label} at {e.words(standing[e.path])} instead of {e.bare(before[e.path])}" for e in levers)

    def _years(self, measure: Measure, plan: list[Series], baseline: list[Series]) -> tuple[reading.Year, ...]:
        values = [self.model.yearly(runs, measure.series) for runs in (plan, baseline)]
        labels = [self.model.year(year) for year in range(values[0].shape[1])]
        return reading.years(measure, labels, *values)

    def _fact(self, name: str, plan: list[Series], baseline: list[Series]) -> tuple[float, float]:
        now, nothing = (float(self.model.yearly(runs, name)[:, -1].mean()) for runs in (plan, baseline))
        return now, nothing


def _charted() -> list[Measure]:
    return [measure for measure in MEASURES if measure.id in CHARTED]


def _monthly(runs: Sequence[Series], name: str) -> FloatArray:
    return np.stack([run[name] for run in runs])
