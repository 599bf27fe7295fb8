"""How fast a batch runs on threads and on Dask workers, what a task costs besides, and a large one foreseen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.tasks import resident
from sim.experiments.batch import OnThreads, Runner, Watch, estimate, load_batch, opened, run_batch, run_tasks
from sim.experiments.batch.cluster import LOCAL, OnCluster

Found = dict[str, Any]
PLAN = """
title: A measurement
why: To see how long it takes
footprints: [{footprint}]
plans: [do_nothing]
replications: {replications}
replications_in_a_task: {block}
years: {years}
people: {people}
draws: {draws}
every_draw: true
"""
PAYLOAD = 500
"""Bytes of the file of a task that does nothing."""


def run(footprint: str, people: str, years: int, tasks: int, replications: int, workers: int, cluster: bool) -> Found:
    """Tasks of so many replications each. Time runs from the first finished task to the last: starting is left out."""
    with _batch(footprint, people, years, tasks * replications, replications) as (batch, folder):
        times: list[tuple[float, float]] = []
        with opened(folder) as store:
            watch = Watch(lambda _over, _wanted: times.append((perf_counter(), process_time())))
            run_batch(batch, store, _runner(workers, cluster), watch)
        wall, cpu = (last - first for first, last in zip(times[1], times[-1], strict=True))
        done = (len(batch) - 1) * replications
        million_years = done * years * batch.places[0].total / 1e6
        if people != "all":
            million_years *= batch.asked(batch.task(0)).people / batch.places[0].total
        return {"wall": wall, "cpu": cpu, "replications": done, "million_person_years": million_years}


def overhead(tasks: int, workers: int, cluster: bool) -> Found:
    """Tasks that do nothing: what is left is handing out, checking, writing and flushing to the disk."""
    course = _Course(tasks)
    with tempfile.TemporaryDirectory(prefix="upstream-bench-") as folder, opened(Path(folder)) as store:
        keys = [f"{number:040x}" for number in range(tasks)]
        run_tasks(keys, store, _runner(workers, cluster), Watch(course), nothing)
    return course.found()


def drawn(tasks: int, workers: int, cluster: bool) -> Found:
    """Tasks of one replication of one year, each with every number drawn anew: whether memory grows with draws."""
    course = _Course(tasks)
    with _batch("devon", "20000", 1, 1, 1, tasks - 1) as (batch, folder), opened(folder) as store:
        run_batch(batch, store, _runner(workers, cluster), Watch(course))
    return course.found()


def foreseen(people: str, years: int, draws: int, replications: int) -> Found:
    """All 44 footprints in so many draws, from replications of the smallest and the largest that are timed here."""
    with _batch("all", people, years, replications, replications) as (batch, _):
        found = estimate(batch)
        return {
            "tasks": found.tasks * draws,
            "replications": found.replications * draws,
            "core_seconds": found.processor * draws,
            "bytes": found.disk * draws,
        }


def nothing(number: int, _cancelled: object = None) -> bytes:
    """Work that costs nothing."""
    return b"%0*d" % (PAYLOAD, number)


class _Course:
    """The clock and the memory of this process after the first task, after a tenth of them, and at the end."""

    def __init__(self, tasks: int) -> None:
        self.tasks, self.at = tasks, dict[int, tuple[float, int]]()

    def __call__(self, over: int, _wanted: int) -> None:
        if over in (1, self.tasks // 10, self.tasks):
            self.at[over] = (perf_counter(), resident())

    def found(self) -> Found:
        """Seconds a task, and bytes in memory early and late."""
        (began, _), (_, early), (ended, late) = (self.at[each] for each in (1, self.tasks // 10, self.tasks))
        return {"a_task": (ended - began) / (self.tasks - 1), "early": early, "late": late}


def _runner(workers: int, cluster: bool) -> Runner:
    return OnCluster(LOCAL, workers) if cluster else OnThreads(workers)


@contextmanager
def _batch(
    footprint: str, people: str, years: int, replications: int, block: int, draws: int = 0
) -> Iterator[tuple[Any, Path]]:
    """A batch, and a folder for its results; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="upstream-bench-") as name:
        file = Path(name) / "measurement.yaml"
        sizes = {"years": years, "people": people, "replications": replications, "block": block, "draws": draws}
        text = PLAN.format(footprint=footprint, **sizes)
        file.write_text(text, encoding="utf-8")
        yield load_batch(str(file)), Path(name) / "results"
