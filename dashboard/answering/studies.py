"""Long questions that the model can be asked besides the page's own, each as work for a job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.answering.jobs import Work
from dashboard.answering.runs import Task
from dashboard.facts.findings import FitFound, Listed
from dashboard.facts.past import Past


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
    fit     how the stored fit meets the base year; None when none is stored
    past    the stored back-test; None when none is stored
    """

    cases: Callable[[], Sequence[Listed]]
    prove: Callable[[str], Named | None]
    doubt: Callable[[Task, int], Named]
    fit: Callable[[], FitFound | None]
    past: Callable[[], Past | None]
