"""Two months of one locality of a question as an event log, as a job: who came, waited, took a place and left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from gzip import compress

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.gateway.looked_up import resolved
from dashboard.gateway.replications import key
from sim.experiments.event_log import csv_text
from sim.experiments.run import task_of
from sim.experiments.tracks import localities
from sim.experiments.watched_log import watched_log
from sim.inputs import Faults
from sim.system.watching import watch

MONTHS = 2
FROM_THE_END = 3
"""The months are January and February of the last year: a run ends in March."""


def events(task: Task) -> Named:
    """The work: the first replication of a question, logged in the last winter; it brings packed CSV."""
    asked = replace(task, replication=0)
    return Named(f"log {key(asked)}", partial(_logged, asked))


def _logged(task: Task, pace: Pace) -> bytes:
    def on_month(month: int) -> None:
        pace.tell(month + 1, task.years * 12)
        pace.step()

    try:
        place = task_of(resolved(task)).place
        first = task.years * 12 - FROM_THE_END
        seen = watch(place, task.seed, task.replication, first, MONTHS, on_month)
        rows = watched_log(seen, localities(place.network)[0], task.replication)
    except (Faults, ValueError) as problem:
        raise ImpossibleError(" ".join(str(problem).split())) from problem
    return compress(csv_text(rows).encode(), mtime=0)
