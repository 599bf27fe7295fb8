"""A stress test as a document and as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.identity import digest
from sim.experiments.stress.answers import Break, Stress
from sim.experiments.told import plan_name
from sim.inputs.limits import Limit
from sim.results.store import save

FloatArray = NDArray[np.float64]


def stress_document(found: Stress) -> dict[str, object]:
    """A stress test as plain values: the terms, and every plan's shares, breaks, regrets and single shocks."""
    asked = found.plans[0].question
    return {
        "footprint": found.plans[0].footprint.slug,
        "people_simulated": found.plans[0].people,
        "years_run": asked.years,
        "replications": asked.replications,
        "seed": asked.seed,
        "when": found.trial.when,
        "futures": len(found.futures),
        "set_aside": found.futures.aside,
        "impossible": dict(found.impossible),
        "limits": [asdict(each) for each in found.trial.limits],
        "shocks": [asdict(each) for each in found.trial.shocks],
        "doubts": [{"name": each.name, "confidence": each.confidence} for each in found.futures.doubts],
        "plans": [_plan(found, place) for place in range(len(found.plans))],
    }


def stress_table(found: Stress) -> pl.DataFrame:
    """A row for each plan and limit, and for all limits together: see `Stress.table`."""
    limits = (*found.trial.limits, None)
    rows = [_row(found, plan, limit) for plan in range(len(found.plans)) for limit in limits]
    return pl.DataFrame(rows, infer_schema_length=None)


def save_stress(found: Stress, folder: Path) -> None:
    """Save a stress test: stress.json, futures.parquet, values.parquet, singly.parquet and the manifest.

    futures.parquet   a row for each future: the quantile of each number, the size of each shock (empty without it),
                      and for each plan whether it was workable
    values.parquet    every year of every replication of every plan in every future
    singly.parquet    likewise as believed (world 0) and with each shock by itself
    """
    tables = {"futures": _futures(found), "values": _table(found.values, "future", 1),
              "singly": _table(found.alone, "world", 0)}  # fmt: skip
    trial = found.trial
    facts: dict[str, object] = {
        "runs": [plan.facts for plan in found.plans],
        "replications": found.plans[0].question.replications,
        "limits": [asdict(each) for each in trial.limits],
        "shocks": [asdict(each) for each in trial.shocks],
        "futures": len(found.futures),
        "set_aside": found.futures.aside,
        "when": trial.when,
        "closing": trial.closing,
        "singly": trial.singly,
    }
    save(folder, tables, {"stress": stress_document(found)}, {"id": digest(facts)} | facts, {})


def _row(found: Stress, plan: int, limit: Limit | None) -> dict[str, object]:
    kept = found.workable(plan, limit)
    return {
        "plan": plan_name(found.plans[plan]),
        "limit": limit.name if limit else None,
        "share": kept.share,
        "low": kept.low,
        "high": kept.high,
        "count": kept.count,
        "futures": kept.n,
        "believed": found.believed(plan, limit) if limit else None,
        "most": limit.value if limit else None,
    }


def _plan(found: Stress, plan: int) -> dict[str, object]:
    asked = found.plans[plan].question
    together = found.workable(plan)
    return {
        "scenarios": list(asked.scenarios),
        "changes": dict(asked.changes),
        "workable": asdict(together),
        "workable_by_strictest_limits": asdict(found.at("low").workable(plan)),
        "workable_by_most_lenient_limits": asdict(found.at("high").workable(plan)),
        "not_workable_though_another_is": asdict(found.missed(plan)),
        "workable_against_the_first_plan": asdict(found.against(plan, 0)),
        "breaks": [_break(each) for each in found.breaks(plan)],
        "limits": {each.name: _limit(found, plan, each) for each in found.trial.limits},
        "shocks": {each.name: _shock(found, plan, place) for place, each in enumerate(found.trial.shocks)},
    }


def _limit(found: Stress, plan: int, limit: Limit) -> dict[str, object]:
    return {
        "believed": found.believed(plan, limit),
        "kept": asdict(found.workable(plan, limit)),
        "kept_against_the_first_plan": asdict(found.against(plan, 0, limit)),
        "regret": asdict(found.regret(plan, limit)),
        "breaks": [_break(each) for each in found.breaks(plan, limit) if each.apart.shown],
    }


def _shock(found: Stress, plan: int, shock: int) -> dict[str, object]:
    happens, not_so = found.with_and_without(plan, shock)
    return {
        "workable_with": asdict(happens),
        "workable_without": asdict(not_so),
        "singly": {each.name: asdict(found.single(shock, plan, each)) for each in found.trial.limits},
    }


def _break(each: Break) -> dict[str, object]:
    apart = {key: value for key, value in asdict(each.apart).items() if key != "which"}
    return {"name": each.name, "kind": "shock" if each.is_shock else "number", "confidence": each.confidence, **apart}


def _futures(found: Stress) -> pl.DataFrame:
    futures = found.futures
    numbers = {each.name: futures.quantiles[:, place] for place, each in enumerate(futures.doubts)}
    shocks = {f"shock.{each.name}": futures.sizes[:, place] for place, each in enumerate(futures.shocks)}
    workable = {f"workable.{place}": found.keeps(place) for place in range(len(found.plans))}
    index = {"future": np.arange(1, len(futures) + 1, dtype=np.int32)}
    return pl.DataFrame(index | workable | shocks | numbers).fill_nan(None)


def _table(values: Mapping[str, FloatArray], world: str, first: int) -> pl.DataFrame:
    """Every number: world, plan, replication, year, and a column for each series."""
    shape = next(iter(values.values())).shape
    places = np.indices(shape, dtype=np.int32).reshape(4, -1)
    places[0] += first
    index = dict(zip((world, "plan", "replication", "year"), places, strict=True))
    return pl.DataFrame(index | {series: each.ravel() for series, each in values.items()})
