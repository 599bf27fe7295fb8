"""A disk that is full while tasks, tables or the report are written: said, nothing half-written, and run again."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sim.experiments.batch.store import UNFINISHED
from tests.unit.experiments.batch_trial import PLAN

pytestmark = pytest.mark.unit

CHILD = """
import resource, sys
from pathlib import Path
from sim.experiments.batch import *
from sim.results.store import CannotWriteError

def allow(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def refused(step, size, write):
    allow(size)
    try:
        write()
    except CannotWriteError as error:
        print(step, error)
    allow(resource.RLIM_INFINITY)

batch = load_batch(sys.argv[1])
estimate(batch)  # whatever is compiled is on the disk now
with opened(Path(sys.argv[2])) as store:
    refused("tasks", 500, lambda: run_batch(batch, store))
    print("tasks there", store.there(batch.keys()))
    ran = run_batch(batch, store)
    table = summary(ran)
    largest = max(path.stat().st_size for path in ran.files.values())
    refused("tables", largest, lambda: save_batch(ran, table))
    print("tables there", (store.folder / "manifest.json").exists())
    save_batch(ran, table)
    refused("report", 500, lambda: write_report(ran, table, "by a test"))
    print("report there", (store.folder / "report.md").exists())
    write_report(ran, table, "by a test")
    print("whole", len(ran.files), len(batch), ran.begun)
"""


def test_a_full_disk_is_said_wherever_it_is_met_and_the_same_again_goes_on(tmp_path):
    """The child may write no file over so many bytes, which is how a full disk looks to a program."""
    plan, out = tmp_path / "trial.yaml", tmp_path / "out"
    plan.write_text(PLAN)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(plan), str(out)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = f"{out}: results cannot be written here: File too large. Nothing was left half-written."
    assert done.stdout.splitlines() == [
        f"tasks {said.replace(str(out), str(out / 'tasks'))}", "tasks there 0",
        f"tables {said}", "tables there False", f"report {said}", "report there False", "whole 8 8 0",
    ]  # fmt: skip
    assert list(out.rglob(UNFINISHED)) == []
