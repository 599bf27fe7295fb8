"""How sure an answer is, as a job: every doubtful number drawn at once, many times, in one typical locality.

A locality is enough where localities share nothing, since those of a footprint do not differ, and quick enough to
wait for. Only what is expected in a draw is read from it: the luck of a whole place is that of the answer's own
replications.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.findings import Doubted, Lean, Unsure
from dashboard.facts.levers import Evidence
from dashboard.gateway.catalogue import DO_NOTHING
from dashboard.gateway.evidence import evidence
from dashboard.gateway.looked_up import believed, resolved
from dashboard.gateway.refused import reasons
from dashboard.wording.numbers import BY_ID, CARDED, Measure
from sim.experiments.identity import digest
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.uncertainty import Uncertainty, explore
from sim.inputs import Faults

REPLICATIONS = 2
"""Of each draw: the least with which chance can be taken off."""


MOST_LEANS = 3
"""Named of each measure."""


def doubt(threads: int, task: Task, draws: int) -> Named:
    """A question in so many draws; against doing nothing, if the question is of anything else."""
    people = typical_people(task)
    plans = tuple(_asked(each, people) for each in dict.fromkeys([nothing_of(task), task]))
    name = digest({"plans": [each.facts for each in plans], "draws": draws})
    return Named(f"doubt {name}", partial(_doubt, threads, plans, draws))


def nothing_of(task: Task) -> Task:
    """The same question with nothing changed."""
    return replace(task, plan=DO_NOTHING, settings=())


def typical_people(task: Task) -> int:
    """A typical locality; the whole place, if its localities share places."""
    if resolved(replace(task, replication=0)).parameters.value("capacity.pooling_share") > 0:
        return task.people
    return min(task.people, int(believed().value("capacity.locality_people")))


def _asked(task: Task, people: int) -> Resolved:
    found = resolved(replace(task, people=people, replication=0))
    return replace(found, question=replace(found.question, replications=REPLICATIONS))


def _doubt(threads: int, plans: tuple[Resolved, ...], draws: int, pace: Pace) -> Doubted:
    runs = (draws + 1) * len(plans) * REPLICATIONS

    def tell(done: int, wanted: int) -> None:
        """Draws are found first, and then run: one progress for both."""
        pace.tell(done if wanted == draws else draws + done, draws + runs)
        pace.step()

    try:
        found = explore(plans, draws, Way(threads, tell, pace=pace.step), keep=False)
    except Faults as faults:
        raise ImpossibleError(reasons(faults)) from faults
    measures = {name: _unsure(found, BY_ID[name]) for name in CARDED}
    return Doubted(
        draws=found.draws,
        replications=REPLICATIONS,
        people=plans[-1].people,
        numbers=len(found.doubts),
        aside=found.aside,
        impossible=sum(found.impossible.values()),
        measures=measures,
        evidence={lean.name: _witness(lean.name) for each in measures.values() for lean in each.leans},
    )


def _unsure(found: Uncertainty, measure: Measure) -> Unsure:
    """One measure, in the unit shown."""
    change = len(found.plans) > 1
    split = found.split(measure.series, change=change)
    means = found.of(measure.series, change=change)[1:].mean(axis=1)
    same = int(np.count_nonzero(means == 0))
    leans = found.leans(measure.series, change=change)[:MOST_LEANS]
    return Unsure(
        middle=split.mean * measure.scale,
        low=split.ignorance.low * measure.scale,
        high=split.ignorance.high * measure.scale,
        below=int(np.count_nonzero(means < 0)),
        same=same,
        leans=tuple(Lean(each.says, each.name, each.confidence, lean.coefficient.mean) for each, lean in leans),
    )


def _witness(name: str) -> Evidence:
    return evidence(name, believed())
