"""A batch gives the same bytes on threads or a cluster, whoever is killed meanwhile, begun anew or resumed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from sim.experiments.batch import Watch, load_batch, opened, run_batch
from sim.inputs import Faults

pytest.importorskip("distributed")
from sim.experiments.batch.cluster import OnCluster
from tests.dask_processes import PATIENCE, Cluster, cluster

pytestmark = pytest.mark.reproducibility

COMMAND = (sys.executable, "-c", "from sim.cli import main; main()")
PLAN = """
title: A trial
why: To be killed
footprints: [devon, 44]
plans: [do_nothing, prevention_shift]
replications: 4
replications_in_a_task: 1
years: 1
people: 20000
"""
TASKS = 16
FEW = 3
"""Tasks that are finished when somebody is killed."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("batch")
    (folder / "trial.yaml").write_text(PLAN)
    return folder


def words(home: Path, out: str, *more: object) -> list[str]:
    return [*COMMAND, "batch", "trial.yaml", "--out", out, "--quiet", *map(str, more)]


def run(home: Path, out: str, *more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(home, out, *more), cwd=home, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def start(home: Path, out: str, *more: object) -> subprocess.Popen[str]:
    """A batch in a group of its own, so that a signal to it reaches nobody else."""
    return subprocess.Popen(
        words(home, out, *more), cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def tasks(home: Path, out: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / out / "tasks").glob("*.parquet")}


def results(home: Path, out: str) -> dict[str, bytes]:
    """Every file; of the manifest all but when and how it was run."""
    found = {
        path.relative_to(home / out).as_posix(): path.read_bytes()
        for path in (home / out).rglob("*") if path.is_file() and path.name != ".lock"
    }  # fmt: skip
    manifest = json.loads(found["manifest.json"])
    assert manifest.pop("run")["seconds"] >= 0
    return found | {"manifest.json": json.dumps(manifest, sort_keys=True).encode()}


def wait_for_some(home: Path, out: str, process: subprocess.Popen[str]) -> None:
    """Wait until a few tasks are on disk, or the run is over."""
    until = monotonic() + PATIENCE
    while len(tasks(home, out)) < FEW and process.poll() is None and monotonic() < until:
        sleep(0.01)


@pytest.fixture(scope="module")
def plain(home):
    """The batch, run once on one thread."""
    done = run(home, "plain", "--workers", 1)
    assert done.returncode == 0, done.stderr
    found = results(home, "plain")
    assert sum(name.startswith("tasks/") for name in found) == TASKS
    return found


@pytest.mark.parametrize(
    "way",
    [("--workers", 8), *(("--workers", workers, "--cluster", "local") for workers in (2, 1, 8))],
)
def test_threads_and_processes_give_the_bytes_of_one_thread(home, plain, way):
    out = "".join(map(str, way))
    done = run(home, out, *way)
    assert done.returncode == 0, done.stderr
    assert results(home, out) == plain


def test_a_killed_batch_goes_on_where_it_was(home, plain):
    """kill -9, which no program can prepare for."""
    process = start(home, "killed", "--workers", 2)
    wait_for_some(home, "killed", process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    before = {name: (home / "killed" / "tasks" / name).stat().st_mtime_ns for name in tasks(home, "killed")}
    assert FEW <= len(before) < TASKS
    done = run(home, "killed", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert f"{TASKS} of {TASKS} tasks finished, {len(before)} of them before." in done.stdout
    assert results(home, "killed") == plain
    for name, mark in before.items():
        assert (home / "killed" / "tasks" / name).stat().st_mtime_ns == mark


def test_a_batch_killed_on_a_cluster_goes_on_there(home, plain):
    """kill -9 of whoever hands out and writes, while the scheduler and the workers live on."""
    with cluster() as made:
        process = start(home, "killed_there", "--cluster", made.address)
        wait_for_some(home, "killed_there", process)
        process.kill()
        process.communicate(timeout=PATIENCE)
        before = tasks(home, "killed_there")
        assert FEW <= len(before) < TASKS
        done = run(home, "killed_there", "--cluster", made.address)
    assert done.returncode == 0, done.stderr
    assert f"{TASKS} of {TASKS} tasks finished, {len(before)} of them before." in done.stdout
    assert results(home, "killed_there") == plain


def test_an_interrupted_batch_says_so_and_leaves_with_130(home, plain):
    process = start(home, "interrupted", "--workers", 1)
    wait_for_some(home, "interrupted", process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "What is finished is kept" in said
    assert run(home, "interrupted").returncode == 0
    assert results(home, "interrupted") == plain


def lose_a_worker(made: Cluster) -> None:
    made.workers[0].kill()


def lose_the_scheduler(made: Cluster) -> None:
    """It is started again, as a supervisor would, with workers anew."""
    made.scheduler.kill()
    made.scheduler.wait(PATIENCE)
    made.begin()


@pytest.mark.parametrize("lose", [lose_a_worker, lose_the_scheduler], ids=lambda each: each.__name__)
def test_whoever_of_a_cluster_is_killed_nothing_is_lost_or_counted_twice(home, plain, lose: Callable[[Cluster], None]):
    out = lose.__name__
    with cluster() as made:
        process = start(home, out, "--cluster", made.address)
        wait_for_some(home, out, process)
        assert FEW <= len(tasks(home, out)) < TASKS
        killer = Thread(target=lose, args=(made,))
        killer.start()
        _, said = process.communicate(timeout=PATIENCE)
        killer.join()
    assert process.returncode == 0, said
    assert results(home, out) == plain


def test_a_scheduler_that_never_comes_back_is_named_and_what_is_finished_is_kept(home, plain):
    told: list[str] = []
    with cluster() as made, opened(home / "gone") as store:

        def so_far(done: int, _wanted: int) -> None:
            if done >= FEW:
                made.end()

        runner = OnCluster(made.address, tell=told.append, patience=2.0)
        with pytest.raises(Faults) as caught:
            run_batch(load_batch(str(home / "trial.yaml")), store, runner, Watch(so_far, told.append))
    (fault,) = caught.value.faults
    assert (fault.found, fault.rule) == (f'"{made.address}"', "no scheduler answers there (waited 2 seconds)")
    assert told == ["The scheduler is lost; waiting for it, 2 seconds at most."]
    before = tasks(home, "gone")
    assert FEW <= len(before) < TASKS
    done = run(home, "gone")
    assert done.returncode == 0, done.stderr
    assert f"{TASKS} of {TASKS} tasks finished, {len(before)} of them before." in done.stdout
    assert results(home, "gone") == plain
