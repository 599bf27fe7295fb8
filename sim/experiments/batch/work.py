"""One task worked out: its replications by year, as the bytes of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np
import polars as pl

from sim.experiments.batch.batch import Batch, Task
from sim.experiments.run import task_of
from sim.results.dates import financial_year
from sim.results.history import History
from sim.results.store import table_bytes
from sim.results.summarise import yearly_values

SCHEMA = {
    "footprint": pl.String, "plan": pl.String, "draw": pl.Int32, "replication": pl.Int32, "year": pl.Int32,
    "financial_year": pl.String, "series": pl.String, "value": pl.Float64,
}  # fmt: skip
"""Columns of every task's file: a row for each replication, year and series; years and replications from 0."""


@dataclass(frozen=True, slots=True)
class Work:
    """Works out a task from its number. It can be sent to another process."""

    batch: Batch

    def __call__(self, number: int, cancelled: Event | None = None) -> bytes:
        """The task's file; raises ValueError or Faults when no place can be made of its parameters.

        Raises CancelledError soon after it is cancelled.
        """
        task = self.batch.task(number)
        replication = task_of(self.batch.asked(task))
        histories = [replication(each, cancelled) for each in range(task.first, task.first + task.count)]
        return table_bytes(task_table(self.batch, task, histories))


def task_table(batch: Batch, task: Task, histories: Sequence[History]) -> pl.DataFrame:
    """What is kept of a task's replications; series that a replication does not have are left out."""
    return pl.concat(list(_frames(batch, task, histories)), rechunk=True)


def _frames(batch: Batch, task: Task, histories: Sequence[History]) -> Iterator[pl.DataFrame]:
    yield pl.DataFrame(schema=SCHEMA)
    first_year = batch.resolved[task.plan].first_year
    for series in (each for each in batch.plan.series if each in histories[0].series):
        values = yearly_values(histories, series)
        replication, year = np.indices(values.shape, dtype=np.int32)
        yield pl.DataFrame(
            {
                "footprint": batch.places[task.place].slug,
                "plan": batch.plan.plans[task.plan],
                "draw": task.draw,
                "replication": replication.ravel() + task.first,
                "year": year.ravel(),
                "financial_year": [financial_year(int(each), first_year) for each in year.ravel()],
                "series": series,
                "value": values.ravel(),
            },
            schema_overrides=SCHEMA,
        )
