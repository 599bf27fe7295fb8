"""How fast a batch runs on threads and on Dask workers, what a task costs besides, and a large one foreseen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, cast

from sim.experiments.batch import Batch, OnThreads, Runner, Watch, estimate, load_batch, opened, run_batch
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
"""


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
    from benchmarks.tasks import resident

    with _batch("devon", "20000", 1, 1000, 1) as (batch, folder):
        many = _Many(tasks)
        at: dict[int, tuple[float, int]] = {}

        def watch(over: int, _wanted: int) -> None:
            if over in (1, tasks // 10, tasks):
                at[over] = (perf_counter(), resident())

        with opened(folder) as store:
            run_batch(cast(Batch, many), store, _runner(workers, cluster), Watch(watch), nothing)
        del batch
        wall = at[tasks][0] - at[1][0]
        return {"a_task": wall / (tasks - 1), "early": at[tasks // 10][1], "late": at[tasks][1]}


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
    return b"%d" % number * 500


class _Many:
    """So many tasks; stands in for a batch."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def task(self, number: int) -> int:
        return number

    def key(self, task: int) -> str:
        return f"{task:040x}"


def _runner(workers: int, cluster: bool) -> Runner:
    return OnCluster(LOCAL, workers) if cluster else OnThreads(workers)


@contextmanager
def _batch(footprint: str, people: str, years: int, replications: int, block: int) -> Iterator[tuple[Any, Path]]:
    """A batch, and a folder for its results; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="upstream-bench-") as name:
        file = Path(name) / "measurement.yaml"
        text = PLAN.format(footprint=footprint, people=people, years=years, replications=replications, block=block)
        file.write_text(text, encoding="utf-8")
        yield load_batch(str(file)), Path(name) / "results"
