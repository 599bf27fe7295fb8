"""What a batch will take, before it runs: counted, and foreseen from a few replications that are run and timed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil
from time import perf_counter

from sim.experiments.batch.batch import Batch, Task
from sim.experiments.batch.work import task_table
from sim.experiments.run import PlaceTask, task_of
from sim.inputs import Fault, Faults, nearest, raise_any
from sim.results.history import History
from sim.results.store import table_bytes

DISK_BLOCK = 4096
"""Bytes that a file takes at least: most disks hand out no less."""

TIMED, PACKED = 1, (0, 1)
"""Replications that are timed, and that are packed to see how large a file becomes."""

NOT_SEEN_YET = 1 - 1e-9
"""So few people less are simulated where time is taken that nothing prepared before can be used again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One place timed: seconds to prepare it and for one replication, with so many people simulated."""

    footprint: str
    people: float
    prepare: float
    replicate: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A batch counted, and foreseen.

    paces      of the smallest and the largest place, or of one where all are of one size
    processor  seconds for all tasks, one after another on one core
    together   how many times faster so many threads are than one, as measured
    disk       bytes of all tasks' files
    """

    tasks: int
    replications: int
    paces: tuple[Pace, ...]
    processor: float
    workers: int
    together: float
    disk: float

    def seconds(self, part: float = 1.0) -> float:
        """On the clock, for part of the tasks, with the workers asked for."""
        return part * self.processor / self.together


def estimate(batch: Batch, workers: int = 1) -> Estimate:
    """Time a few replications of the smallest and the largest place, and count.

    workers   threads that the batch will run on

    Raises Faults when a series is unknown, or no place can be made of the parameters as believed.
    """
    ends = _ends(batch)
    asked = batch.asked(ends[0])
    first = task_of(asked)
    try:
        histories = [first(replication) for replication in PACKED]
    except ValueError as error:
        raise Faults([Fault("", 0, asked.footprint.slug, str(error).rstrip("."), "")]) from error
    raise_any(list(_unknown(batch, histories[0])))
    paces = tuple(_timed(batch, end) for end in ends)
    return Estimate(
        len(batch), batch.replications, paces, _processor(batch, paces), workers,
        _together(first, workers), _disk(batch, ends[0], histories),
    )  # fmt: skip


def _ends(batch: Batch) -> list[Task]:
    """Tasks of the places with the fewest and the most people simulated; one when all have as many."""
    a_place = batch.worlds * len(batch.resolved) * batch.blocks
    tasks = [batch.task(place * a_place) for place in range(len(batch.places))]
    tasks.sort(key=lambda task: batch.asked(task).people)
    alike = batch.asked(tasks[0]).people == batch.asked(tasks[-1]).people
    return tasks[:1] if alike else [tasks[0], tasks[-1]]


def _timed(batch: Batch, task: Task) -> Pace:
    asked = batch.asked(task)
    began = perf_counter()
    replication = task_of(replace(asked, people=asked.people * NOT_SEEN_YET))
    _ = replication.place
    prepared = perf_counter()
    replication(TIMED)
    return Pace(asked.footprint.slug, asked.people, prepared - began, perf_counter() - prepared)


def _processor(batch: Batch, paces: Sequence[Pace]) -> float:
    """Seconds on one core: a straight line in the people simulated, through the places that were timed."""
    few, many = paces[0], paces[-1]
    span = max(many.people - few.people, 1.0)
    total = 0.0
    for place in range(len(batch.places)):
        for plan in range(len(batch.resolved)):
            part = (batch.asked(Task(0, place, plan, 0, 0, 1)).people - few.people) / span
            once = few.prepare + part * (many.prepare - few.prepare)
            each = few.replicate + part * (many.replicate - few.replicate)
            total += batch.worlds * (batch.blocks * once + batch.plan.replications * each)
    return total


def _together(replication: PlaceTask, workers: int) -> float:
    """How many times more replications so many threads do in the same time than one; never less than one."""
    if workers == 1:
        return 1.0
    began = perf_counter()
    replication(TIMED)
    alone = perf_counter() - began
    with ThreadPoolExecutor(workers) as pool:
        began = perf_counter()
        list(pool.map(replication, range(workers)))
    return min(max(1.0, workers * alone / (perf_counter() - began)), float(workers))


def _disk(batch: Batch, task: Task, histories: Sequence[History]) -> float:
    """Bytes of all files: what a file of one replication takes, and what each further one adds."""
    one, two = (len(table_bytes(task_table(batch, task, histories[:count]))) for count in (1, 2))
    size = one + (batch.plan.block - 1) * (two - one)
    return len(batch) * ceil(size / DISK_BLOCK) * DISK_BLOCK


def _unknown(batch: Batch, history: History) -> list[Fault]:
    known = list(history.series)
    return [
        Fault("", 0, "series", f'"{series}"', "is not among the series of a run", nearest(series, known))
        for series in batch.plan.series
        if series not in history.series
    ]
