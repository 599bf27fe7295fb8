"""What a batch will take, before it runs: counted, and foreseen from a few replications that are run and timed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil
from time import perf_counter

from sim.experiments.batch.batch import Batch, Task
from sim.experiments.batch.threads import reason
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
    """A batch counted, and foreseen as a whole.

    paces       of the smallest and the largest place, or of one where all are of one size
    processor   seconds for all tasks, one after another on one core
    together    how many times faster so many workers are than one
    measured    whether that was measured, as on threads here; of a cluster it is supposed
    disk        bytes of all tasks' files
    begun       tasks that have a file already
    impossible  why no place can be made, by task in words, as met on the way
    """

    tasks: int
    replications: int
    paces: tuple[Pace, ...]
    processor: float
    workers: int
    together: float
    measured: bool
    disk: float
    begun: int = 0
    impossible: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """Part of the tasks that have no file yet."""
        return 1 - self.begun / self.tasks

    def seconds(self, part: float = 1.0) -> float:
        """On the clock, for part of the tasks, with the workers asked for."""
        return part * self.processor / self.together


def estimate(batch: Batch, workers: int = 1, together: float | None = None, begun: int = 0) -> Estimate:
    """Time a few replications of the smallest and the largest place, and count.

    workers    that the batch will run on
    together   how many times faster they are than one core here; None: threads of this process, which are timed
    begun      tasks that have a file already

    Raises Faults when a series is unknown, or when no place at all can be made of the parameters as believed.
    """
    impossible: dict[str, str] = {}
    few, histories = _first_possible(batch, _by_people(batch), impossible)
    raise_any(list(_unknown(batch, histories[0])))
    many, _ = _first_possible(batch, _by_people(batch)[::-1], impossible)
    ends = [few] if batch.asked(few).people == batch.asked(many).people else [few, many]
    paces = tuple(_timed(batch, end) for end in ends)
    return Estimate(
        len(batch), batch.replications, paces, _processor(batch, paces), workers,
        _together(task_of(batch.asked(few)), workers) if together is None else together, together is None,
        _disk(batch, few, histories), begun, tuple(f"{words}: {why}" for words, why in impossible.items()),
    )  # fmt: skip


def _by_people(batch: Batch) -> list[Task]:
    """A task of every place and plan as believed, those with the fewest people simulated first."""
    tasks = [
        Task(0, place, plan, 0, 0, batch.plan.block)
        for place in range(len(batch.places)) for plan in range(len(batch.resolved))
    ]  # fmt: skip
    return sorted(tasks, key=lambda task: batch.asked(task).people)


def _first_possible(batch: Batch, tasks: Sequence[Task], impossible: dict[str, str]) -> tuple[Task, list[History]]:
    """The first of the tasks whose place can be made, and two of its replications; what cannot be made is noted.

    Raises Faults when none can, with the reason of the first.
    """
    for task in tasks:
        words = f"{batch.places[task.place].slug}, {batch.plan.plans[task.plan]}"
        replication = task_of(batch.asked(task))
        try:
            return task, [replication(each) for each in PACKED]
        except (ValueError, Faults) as error:
            impossible[words] = reason(error).rstrip(".")
    words, why = next(iter(impossible.items()))
    rule = f"{why} (nor can any other place be made, under any plan)"
    raise Faults([batch.plan.fault(("footprints",), words, "no place can be made:", rule)])


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
        batch.plan.fault(
            ("series", place), "series", f'"{series}"', "is not among the series of a run", nearest(series, known)
        )
        for place, series in enumerate(batch.plan.series)
        if series not in history.series
    ]
