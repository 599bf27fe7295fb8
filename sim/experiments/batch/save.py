"""A batch that was run, as files beside its tasks: what was asked, a summary, and where each task's file lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from platform import python_version

import polars as pl

from sim.experiments.batch.batch import Batch
from sim.experiments.batch.results import summary
from sim.experiments.batch.run import Ran
from sim.experiments.identity import ENGINE, code_digest, version
from sim.inputs import describe_differences
from sim.results.store import save


def batch_document(ran: Ran) -> dict[str, object]:
    """A batch as plain values: what was asked, what came of it, and every task that failed."""
    batch = ran.batch
    return {
        "batch": plan_document(batch),
        "tasks": len(batch),
        "finished": len(ran.files),
        "replications": batch.replications,
        "draws_set_aside": batch.aside,
        "failed": [{"task": batch.words(each.task), "number": each.task.number, "reason": each.reason}
                   for each in ran.failures],
    }  # fmt: skip


def save_batch(ran: Ran, table: pl.DataFrame | None = None, run: Mapping[str, object] | None = None) -> None:
    """Save batch.json, summary.parquet, tasks.parquet, draws.parquet where numbers were drawn, and the manifest.

    table   the summary, where it is at hand
    run     more of what differs from run to run, such as who worked
    """
    batch = ran.batch
    tables = {"summary": summary(ran) if table is None else table, "tasks": tasks_table(ran)}
    if batch.worlds > 1:
        tables["draws"] = _draws(batch)
    facts = {
        "id": batch.id,
        "batch": plan_document(batch),
        "engine": ENGINE,
        "version": version(),
        "code_sha256": code_digest(),
        "data_sha256": batch.resolved[0].data,
        "plans": [
            {"plan": name, "parameters_sha256": each.parameters.digest(),
             "differs_from_base": list(describe_differences(each.base, each.parameters))}
            for name, each in zip(batch.plan.plans, batch.resolved, strict=True)
        ],
        "doubts": [each.name for each in batch.found],
    }  # fmt: skip
    took = {"seconds": round(ran.seconds, 3), "begun_with": ran.begun, "python": python_version(), **(run or {})}
    save(ran.store.folder, tables, {"batch": batch_document(ran)}, facts, took)


def plan_document(batch: Batch) -> dict[str, object]:
    """What was asked, as in the batch file, every default filled in."""
    asked = asdict(batch.plan) | {"change": dict(batch.plan.change)}
    return {name: value for name, value in asked.items() if name != "document"}


def tasks_table(ran: Ran) -> pl.DataFrame:
    """A row for each task: what it is, and its file; no file where it failed."""
    batch = ran.batch
    tasks = [batch.task(number) for number in range(len(batch))]
    return pl.DataFrame(
        {
            "task": [task.number for task in tasks],
            "footprint": [batch.places[task.place].slug for task in tasks],
            "plan": [batch.plan.plans[task.plan] for task in tasks],
            "draw": [task.draw for task in tasks],
            "first_replication": [task.first for task in tasks],
            "replications": [task.count for task in tasks],
            "file": [_name(ran.files.get(task.number)) for task in tasks],
        },
        schema_overrides={"file": pl.String},
    )


def _name(path: Path | None) -> str | None:
    return None if path is None else f"{path.parent.name}/{path.name}"


def _draws(batch: Batch) -> pl.DataFrame:
    """A row for each draw, a column for each doubt: where in its range it was drawn, 0 to 1."""
    columns = {doubt.name: batch.quantiles[:, index] for index, doubt in enumerate(batch.found)}
    return pl.DataFrame({"draw": list(range(1, batch.worlds))}).with_columns(
        **{name: pl.Series(values) for name, values in columns.items()}
    )
