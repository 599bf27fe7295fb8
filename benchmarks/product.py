"""How long a user waits for an answer: a whole place, month by month, with demand, programmes and money."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, process_time
from typing import Any

from sim.inputs import Footprint, Parameters, find_footprint, load_footprints, load_parameters
from sim.results.history import History
from sim.system import Memory, Place, prepare, simulate

LEVER = {"policy.shift_share": 0.02}
"""The one slider that is moved."""
ROOM = 2**30
"""Bytes for what is remembered; more than any of these answers needs."""


def answers(places: Sequence[Place], runs: int, workers: int, memory: Memory, seed: int = 1) -> list[list[History]]:
    """Every replication of every place; the one function to change when there is another way to ask."""
    with ThreadPoolExecutor(workers) as pool:
        jobs = [
            [pool.submit(simulate, place, seed, number, memory=memory) for number in range(runs)] for place in places
        ]
        return [[job.result() for job in each] for each in jobs]


def measure(footprint: str, years: int, runs: int, workers: int, baseline: str) -> dict[str, Any]:
    """Wall and CPU seconds from a moved slider to an answer, with parameters loaded and code warm.

    baseline   known (its numbers are there, nothing else is), remembered (it was run in this process before) or
               asked (it is run as well, so the answer is paired from nothing)
    """
    parameters, place, memory = load_parameters(), find_footprint(footprint, load_footprints()), Memory(ROOM)
    answers([prepare(parameters, place, 1, place.total)], 1, 1, Memory(ROOM))
    before = ready(parameters, place, years)
    if baseline == "remembered":
        answers([before], runs, workers, memory)
    wall, cpu = perf_counter(), process_time()
    changed = ready(parameters.with_changes(LEVER), place, years)
    prepared = perf_counter()
    both = [ready(parameters, place, years), changed] if baseline == "asked" else [changed]
    answers(both, runs, workers, memory)
    return {
        "people": place.total,
        "wall": perf_counter() - wall,
        "cpu": process_time() - cpu,
        "one_preparation": prepared - wall,
        "replications": len(both) * runs,
        "remembered_bytes": memory.bytes,
    }


def ready(parameters: Parameters, footprint: Footprint, years: int) -> Place:
    """A footprint with all its people."""
    return prepare(parameters, footprint, years, footprint.total)
