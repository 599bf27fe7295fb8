"""What one fresh process may be asked to measure. Every task gets and gives plain values."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.case import reference_case
from benchmarks.engines import case_of, maker

Found = dict[str, Any]
SMALL = 10_000
"""People of the run that loads code and tables before anything is timed."""


def engine(name: str, case: str, people: float, years: float, at_least: float = 0.0, seed: int = 1) -> Found:
    """CPU time and memory of replications in one engine, one after another.

    at_least   go on with further seeds until so many CPU seconds are over
    """
    make, what = maker(name), case_of(case, people, years)
    _warm(make, case)
    before = resident()
    spent, patients, events, state, runs, outcome = 0.0, 0, 0, 0, 0, None
    while runs == 0 or spent < at_least:
        model = make(what, seed + runs)
        began = process_time()
        model.run()
        spent += process_time() - began
        outcome = model.outcome()
        runs, patients = runs + 1, patients + outcome.patients
        if name == "compiled":
            events, state = events + model.events, model.state
    return {
        "runs": runs,
        "cpu": spent / runs,
        "patients": patients / runs,
        "events": events / runs,
        "state_bytes": state,
        "more_memory": max(0, peak() - before),
        "process_memory": peak(),
    }


def outcomes(name: str, case: str, people: float, years: float, runs: int, seed: int = 1) -> Found:
    """What replications found, measure by measure, to be compared between engines."""
    make, what, found = maker(name), case_of(case, people, years), dict[str, list[float]]()
    for number in range(runs):
        model = make(what, seed + number)
        model.run()
        for measure, value in model.outcome().flat().items():
            found.setdefault(measure, []).append(value)
    return {"outcomes": found}


def threads(people: float, years: float, runs: int, workers: int) -> Found:
    """Wall and CPU time of replications of the compiled engine on threads of one process."""
    make, case = maker("compiled"), reference_case(people, years)
    _warm(make, "reference")
    models = [make(case, seed) for seed in range(runs)]
    wall, cpu = perf_counter(), process_time()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda model: model.run(), models))
    return {"wall": perf_counter() - wall, "cpu": process_time() - cpu}


def first_run() -> Found:
    """A small run straight away; the process that asked takes the time."""
    _warm(maker("compiled"), "reference")
    return {}


def answer(**asked: Any) -> Found:
    """See benchmarks.product."""
    from benchmarks.product import measure

    return measure(**asked)


def pairing(**asked: Any) -> Found:
    """See benchmarks.pairing."""
    from benchmarks.pairing import measure

    return measure(**asked)


def batch(what: str, **asked: Any) -> Found:
    """See benchmarks.batches."""
    from benchmarks import batches

    measures: Mapping[str, Callable[..., Found]] = {
        "run": batches.run, "overhead": batches.overhead, "drawn": batches.drawn, "foreseen": batches.foreseen,
    }  # fmt: skip
    return measures[what](**asked)


TASKS: Mapping[str, Callable[..., Found]] = {
    each.__name__: each for each in (engine, outcomes, threads, first_run, answer, pairing, batch)
}


def resident() -> int:
    """Bytes of this process in memory now."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * resource.getpagesize() if pages.exists() else peak()


def peak() -> int:
    """Most bytes of this process in memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _warm(make: Callable[..., Any], case: str) -> None:
    """Code loaded, tables built; then the heap as the collector leaves it."""
    model = make(case_of(case, SMALL, 1), 0)
    model.run()
    model.outcome()
    gc.collect()
