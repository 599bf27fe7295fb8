"""The same question gives the same bytes: in a fresh process, on any number of threads, begun anew or resumed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

import pytest

pytestmark = pytest.mark.reproducibility

QUESTION = ("run", "devon", "--people", "20000", "--years", "1", "--replications", "3", "--seed", "7")
COMMAND = (sys.executable, "-c", "from sim.cli import main; main()")
LONGER = (*QUESTION, "--replications", "500")
"""The same question with more replications: the first three are those of the question."""

PATIENCE = 300
"""Seconds after which something hangs: no result depends on it."""


def environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "UPSTREAM_CACHE": str(cache)}


def upstream(cache: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, words)]
    return subprocess.run(command, env=environment(cache), capture_output=True, text=True, check=True, timeout=PATIENCE)


def start(cache: Path, words: Sequence[object]) -> subprocess.Popen[str]:
    """A run in a group of its own, so that a signal to it reaches nobody else."""
    command = [*COMMAND, *map(str, words)]
    return subprocess.Popen(
        command,
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (cache / "replications").glob("*.history")}


def wait_for_one(cache: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a replication is on disk, or the run is over."""
    until = monotonic() + PATIENCE
    while not finished(cache) and process.poll() is None and monotonic() < until:
        sleep(0.02)


def results(folder: Path) -> dict[str, bytes]:
    """Every file of a saved run; of the manifest all but when and how it was run."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(files["manifest.json"])
    assert manifest.pop("run")["seconds"] >= 0
    return files | {"manifest.json": json.dumps(manifest, sort_keys=True).encode()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The question, asked once with one worker: what was printed, the saved files, the kept replications."""
    home = tmp_path_factory.mktemp("plain")
    done = upstream(home / "cache", *QUESTION, "--workers", 1, "--out", home / "out")
    return done.stdout, results(home / "out"), finished(home / "cache")


@pytest.mark.parametrize("workers", [2, 8])
def test_several_threads_give_the_bytes_of_one(plain, tmp_path, workers):
    done = upstream(tmp_path / "cache", *QUESTION, "--workers", workers, "--out", tmp_path / "out")
    assert (done.stdout, results(tmp_path / "out"), finished(tmp_path / "cache")) == plain


def test_a_killed_run_goes_on_where_it_was(plain, tmp_path):
    """kill -9, which no program can prepare for: what was finished stays, nothing is half-written."""
    words = (*QUESTION, "--workers", 1, "--out", tmp_path / "out")
    process = start(tmp_path / "cache", words)
    wait_for_one(tmp_path / "cache", process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    before = finished(tmp_path / "cache")
    assert before
    assert before.items() <= plain[2].items()
    marks = {name: (tmp_path / "cache" / "replications" / name).stat().st_mtime_ns for name in before}
    done = upstream(tmp_path / "cache", *words)
    assert (done.stdout, results(tmp_path / "out"), finished(tmp_path / "cache")) == plain
    for name, mark in marks.items():
        assert (tmp_path / "cache" / "replications" / name).stat().st_mtime_ns == mark


def test_killed_at_work_nothing_of_it_stays_behind(tmp_path):
    process = start(tmp_path / "cache", (*LONGER, "--workers", 2))
    wait_for_one(tmp_path / "cache", process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    until = monotonic() + PATIENCE
    while is_alive(process.pid) and monotonic() < until:
        sleep(0.02)
    assert not is_alive(process.pid)


def test_an_interrupted_run_says_so_leaves_with_130_and_goes_on(plain, tmp_path):
    process = start(tmp_path / "cache", (*LONGER, "--workers", 2))
    wait_for_one(tmp_path / "cache", process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert said == "Stopped. What is finished is kept: the same command goes on where this one was.\n"
    assert upstream(tmp_path / "cache", *QUESTION).stdout == plain[0]


def test_a_torn_file_is_worked_out_again_and_said(plain, tmp_path):
    folder = tmp_path / "cache" / "replications"
    folder.mkdir(parents=True)
    for number, (name, content) in enumerate(sorted(plain[2].items())):
        (folder / name).write_bytes(content[: len(content) // 2] if number == 0 else content)
    done = upstream(tmp_path / "cache", *QUESTION, "--workers", 1)
    assert done.stdout == plain[0]
    assert "is damaged. Replication" in done.stderr
    assert finished(tmp_path / "cache") == plain[2]


def is_alive(group: int) -> bool:
    """Whether any process of the group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
