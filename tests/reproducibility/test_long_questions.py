"""Long questions of many runs: the same bytes on any number of threads, killed and begun again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

import pytest

pytestmark = pytest.mark.reproducibility

COMMAND = (sys.executable, "-c", "from sim.cli import main; main()")
SMALL = ("--people", "20000", "--years", "1", "--replications", "2", "--seed", "7", "--quiet")
AT_ONCE = ("--set", "policy.shift_start=0", *SMALL)
ATTRIBUTE = ("attribute", "prevention_shift", "-f", "devon", *AT_ONCE)
STRESS = ("stress", "prevention_shift", "-f", "devon", "--draws", "10", "--shock", "settlement_cut", *SMALL)
SENSITIVITY = (
    "sensitivity", "devon", "--scenario", "prevention_shift", "--trajectories", "6", "--number",
    "finance.cost_pressure", "--number", "policy.discharge_delay", "--number", "capacity.growth.acute", *SMALL,
)  # fmt: skip
MIX = (
    "optimise", "mix", "devon", "--trials", "10", "--population", "5", "--confirmed", "2", "--limit", "gap=600", *SMALL,
)  # fmt: skip
DELAY = ("optimise", "delay", "p2", "-f", "devon", "--points", "5", "--staffed", *SMALL)
FUND = ("optimise", "fund", "prevention_shift+live_within_means", "-f", "devon", "--limit", "occupancy=0.99", *AT_ONCE)
TRUTH = ("optimise", "truth", "prevention_shift", "-f", "devon", *AT_ONCE)
CAPACITY = ("optimise", "capacity", "acute", "-f", "devon", "--limit", "occupancy=0.95", *SMALL)
QUESTIONS = (ATTRIBUTE, STRESS, SENSITIVITY, MIX, DELAY, FUND, TRUTH, CAPACITY)
PATIENCE = 300
"""Seconds after which something hangs: no result depends on it."""


def environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "UPSTREAM_CACHE": str(cache)}


def ask(cache: Path, words: Sequence[object]) -> str:
    done = subprocess.run(
        [*COMMAND, *map(str, words)], env=environment(cache), capture_output=True, text=True, check=True,
        timeout=PATIENCE,
    )  # fmt: skip
    return done.stdout


def finished(cache: Path) -> int:
    return len(list((cache / "many").glob("*.years")))


def results(folder: Path) -> dict[str, bytes]:
    """Every file that was saved; of the manifest all but when and how it was run."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(files["manifest.json"])
    manifest.pop("run")
    return files | {"manifest.json": json.dumps(manifest, sort_keys=True).encode()}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question[:2]))
def test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes(question, tmp_path):
    """kill -9 in mid-run, which no program can prepare for; then eight threads, beside one thread undisturbed."""
    words = (*question, "--workers", 1, "--out", tmp_path / "killed")
    process = subprocess.Popen(
        [*COMMAND, *map(str, words)], env=environment(tmp_path / "cache"), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = monotonic() + PATIENCE
    while finished(tmp_path / "cache") < 3 and process.poll() is None and monotonic() < until:
        sleep(0.01)
    process.kill()
    process.wait(timeout=PATIENCE)
    kept = finished(tmp_path / "cache")
    assert kept >= 3
    assert not (tmp_path / "killed" / "manifest.json").exists()
    told = ask(tmp_path / "cache", (*question, "--workers", 8, "--out", tmp_path / "killed"))
    plain = ask(tmp_path / "other", (*question, "--workers", 1, "--out", tmp_path / "plain"))
    assert told == plain
    assert results(tmp_path / "killed") == results(tmp_path / "plain")
    assert kept < finished(tmp_path / "cache") == finished(tmp_path / "other")
