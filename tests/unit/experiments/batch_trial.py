"""Batches far too small to mean anything, and work that costs nothing."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

from sim.experiments.batch import Batch, Ran, Runner, Watch, load_batch, opened, run_batch
from sim.experiments.batch.threads import OnThreads

PLAN = """
title: A trial
why: To see what becomes of a batch
footprints: [devon, 44]
plans: [do_nothing, prevention_shift]
replications: 3
replications_in_a_task: 2
years: 1
people: 20000
"""

DRAWN = PLAN.replace("footprints: [devon, 44]", "footprints: [devon]\ndraws: 2\nevery_draw: true")


def batch_of(folder: Path, text: str = PLAN) -> Batch:
    """The batch of a file with this text."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "trial.yaml"
    file.write_text(text)
    return load_batch(str(file))


def run_in(
    folder: Path, batch: Batch, runner: Runner | None = None, watch: Watch | None = None,
    work: Callable[..., bytes] | None = None,
) -> Ran:  # fmt: skip
    """Run a batch into a folder."""
    with opened(folder) as store:
        return run_batch(batch, store, runner or OnThreads(1), watch, work)


def files(folder: Path) -> dict[str, bytes]:
    """Every result of a task, by the name of its file."""
    return {path.name: path.read_bytes() for path in (folder / "tasks").iterdir()}


def nothing(number: int, _cancelled: object = None) -> bytes:
    """Work that costs nothing."""
    return f"task {number}".encode()


def full_after(count: int, write: Callable[..., None]) -> Callable[..., None]:
    """Writing that finds the disk full after so many files."""
    left: Iterator[int] = iter(range(count))

    def through(path: Path, payload: bytes) -> None:
        if next(left, None) is None:
            path.write_bytes(payload[: len(payload) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, payload)

    return through
