"""A batch run into a folder: what lies there whole is not run again, and one process writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import polars as pl

from sim.experiments.batch.batch import Batch, Task
from sim.experiments.batch.store import Store
from sim.experiments.batch.threads import OnThreads, Runner
from sim.experiments.batch.threads import Work as Works
from sim.experiments.batch.work import Work
from sim.experiments.told import Told


@dataclass(frozen=True, slots=True)
class Failure:
    """A task without a result, and why."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Ran(Told):
    """What a run of a batch came to.

    files      of every finished task, by its number, in order
    failures   tasks without a result, in order
    begun      tasks that were finished before this run
    """

    batch: Batch
    store: Store
    files: dict[int, Path]
    failures: tuple[Failure, ...]
    begun: int
    seconds: float

    @property
    def words(self) -> str:
        """How much is finished, and in how many places each plan is better or worse for money."""
        from sim.experiments.batch.words import batch_sentence

        return batch_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each place, plan, series and year: see `sim.experiments.batch.results.summary`."""
        from sim.experiments.batch.results import summary

        return summary(self)


@dataclass(frozen=True, slots=True)
class Over:
    """What became of tasks, by their numbers, in order.

    files    of every finished task
    failed   why a task has no result
    begun    tasks that were finished before
    """

    files: dict[int, Path]
    failed: Mapping[int, str]
    begun: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told. `progress` is called with (over, wanted) at the start and after each task, failed ones included."""

    progress: Callable[[int, int], None] = lambda _over, _wanted: None
    tell: Callable[[str], None] = lambda _: None


def run_batch(
    batch: Batch,
    store: Store,
    runner: Runner | None = None,
    watch: Watch | None = None,
    work: Works | None = None,
) -> Ran:
    """Run every task that has no file yet. Stopped, however rudely, it goes on where it was when it is run again.

    store    of a folder that is open for this process alone: `sim.experiments.batch.opened`
    runner   threads or a cluster: no result depends on it
    work     what works out a task; that of the batch unless it is a trial

    A task that fails is named in the answer, and the others go on. Raises CannotWriteError when the disk is full; what
    was finished stays.
    """
    began = monotonic()
    over = run_tasks(batch.keys(), store, runner or OnThreads(), watch or Watch(), work or Work(batch))
    failures = tuple(Failure(batch.task(number), why) for number, why in over.failed.items())
    return Ran(batch, store, over.files, failures, over.begun, monotonic() - began)


def run_tasks(keys: Sequence[str], store: Store, runner: Runner, watch: Watch, work: Works) -> Over:
    """Work out and write every task that has no file yet, whatever tasks are.

    keys   the content hash of each task, by its number

    Raises CannotWriteError.
    """
    files = store.finished({key: number for number, key in enumerate(keys)}, watch.tell)
    begun, failed = len(files), dict[int, str]()
    watch.progress(begun, len(keys))
    missing = [number for number in range(len(keys)) if number not in files]
    with closing(runner(work, missing)) as arriving:
        for each in arriving:
            if each.failed:
                failed[each.number] = each.failed
            elif each.number not in files:
                files[each.number] = store.write(keys[each.number], each.payload)
            watch.progress(len(files) + len(failed), len(keys))
    return Over(dict(sorted(files.items())), dict(sorted(failed.items())), begun)
