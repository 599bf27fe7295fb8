"""Long questions that the model can be asked besides the page's own, each as work for a job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.answering.jobs import Work
from dashboard.answering.runs import Task
from dashboard.facts.drivers import By, Leanings
from dashboard.facts.findings import FitFound, Listed
from dashboard.facts.library import Library
from dashboard.facts.networks import Network
from dashboard.facts.past import Past
from dashboard.facts.sought import Mixes, Sought
from dashboard.facts.stress import Terms, Trial


@dataclass(frozen=True, slots=True)
class Named:
    """Work, and the name it goes by: the same name brings the same result."""

    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class Studies:
    """What the gateway lends for long jobs.

    cases   published cases as their files have them now, in order
    prove   a case by its id, bringing a CaseFound; None when there is none that can be run
    doubt   a question in so many draws, bringing a Doubted; the task's own replication means nothing
    split   a plan's change divided by families or by levers, bringing a Split
    lean    numbers moved through their ranges in the place of a question, bringing Leanings
    leanings   the same as stored for England; None when nothing is stored
    fit     how the stored fit meets the base year; None when none is stored
    past    the stored back-test; None when none is stored
    watch   sixty days of a question from a month of the run on, bringing a Watched; its replication means nothing
    terms   limits and shocks of a stress test, as their files have them
    stress  plans in many futures, doing nothing first, bringing a Stressed; the tasks' replications mean nothing
    search  one of four searches about a question, bringing what was found; the task's replication means nothing
    mixes   how many mixes of a shift are tried, by the word for it
    networks  names of the care networks there are files for, that of a place first
    network   one of them by name, to be drawn; anything unknown is the first
    events  the last winter of a question as an event log, bringing packed CSV; the task's replication means nothing
    library   every number the model believes, and what a question changes of them
    """

    cases: Callable[[], Sequence[Listed]]
    prove: Callable[[str], Named | None]
    doubt: Callable[[Task, int], Named]
    split: Callable[[Task, By], Named]
    lean: Callable[[Task], Named]
    leanings: Callable[[], Leanings | None]
    fit: Callable[[], FitFound | None]
    past: Callable[[], Past | None]
    watch: Callable[[Task, int], Named]
    events: Callable[[Task], Named]
    library: Callable[[Task], Library]
    terms: Callable[[], Terms]
    stress: Callable[[Sequence[Task], Trial], Named]
    search: Callable[[Task, Sought], Named]
    mixes: Callable[[Mixes], int]
    networks: Callable[[], Sequence[str]]
    network: Callable[[object], Network]
