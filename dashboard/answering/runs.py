"""The runs behind a question: in pairs, named by their content, and so many of them.

A question is a link (see `state`). Whoever asks the same thing gets the same runs, and doing nothing in one
place is worked out once. Nothing here knows the model: the gateway says how to run a task.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

from dashboard.answering.assembling import Asked, Reader, Series
from dashboard.answering.desk import Finished, Job, Rank
from dashboard.answering.precision import EARLY, stages
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Setting
from dashboard.link import state
from dashboard.link.state import State

FEWEST_AHEAD = EARLY[-1]


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

    run     one replication by series name, monthly, shape (months,); may raise anything once the event is set
    key     a hash of everything a run's numbers depend on
    pool    the threads that run
    slots   how many runs at a time
    """

    catalogue: Catalogue
    reader: Reader
    run: Callable[[Task, Event], Series]
    key: Callable[[Task], str]
    pool: Callable[[], Executor]
    slots: int = 1


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question and its runs, in pairs and in order.

    steps   numbers of pairs worth an answer
    whole   whether all steps are sure to be needed
    since   when it was first asked
    """

    asked: Asked
    plan: tuple[Job, ...]
    baseline: tuple[Job, ...]
    steps: tuple[int, ...]
    whole: bool
    since: float

    def after(self, done: int) -> int:
        """The next step after so many pairs."""
        return next((step for step in self.steps if step > done), self.steps[-1])

    def goal(self, done: int) -> int:
        """How many pairs to work towards after so many: all, or those up to the next look at the rule."""
        return self.steps[-1] if self.whole else max(self.after(done), FEWEST_AHEAD)

    def jobs(self, pairs: int) -> list[Job]:
        """Runs of the first so many pairs, each once."""
        both = zip(self.plan[:pairs], self.baseline[:pairs], strict=True)
        return list({job.key: job for pair in both for job in pair}.values())


def enquiry_of(model: Model, name: str) -> Enquiry:
    """The runs a question needs; plan and baseline have the same seed, so that they come in pairs."""
    now = state.read(name, model.catalogue)
    wanted = model.catalogue.replications[now.replications]
    people = model.catalogue.simulated(model.catalogue.places[now.place])
    nothing = replace(now, plan=model.catalogue.default_plan, settings={})
    return Enquiry(
        asked=Asked(name, now, people),
        plan=_jobs(model, now, people, wanted.most),
        baseline=_jobs(model, nothing, people, wanted.most),
        steps=stages(wanted),
        whole=wanted.least == wanted.most,
        since=monotonic(),
    )


def _jobs(model: Model, now: State, people: int, count: int) -> tuple[Job, ...]:
    chosen = tuple(sorted(now.settings.items()))
    tasks = (Task(now.place, now.years, people, now.seed, number, now.plan, chosen) for number in range(count))
    return tuple(Job(model.key(task), task, _rank(task)) for task in tasks)


def _rank(task: Task) -> Rank:
    """First answers before better ones, and short runs before long ones."""
    return (sum(task.replication >= early for early in EARLY), task.people * task.years)


def seconds_busy(runs: Sequence[Finished], since: float) -> float:
    """Seconds since a time in which at least one of these runs was under way."""
    total, end = 0.0, since
    for run in sorted(runs, key=lambda each: each.began):
        total += max(0.0, run.ended - max(run.began, end))
        end = max(end, run.ended)
    return total
