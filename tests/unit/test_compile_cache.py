"""Where compiled code is kept, what happens where it cannot be kept, and compiling ahead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engines import compile_cache

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]


def start(lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process that runs these lines."""
    command = [sys.executable, "-c", lines]
    known = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    return subprocess.run(command, cwd=ROOT, env={**known, **environment}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "NUMBA_CACHE_DIR"])
def test_a_folder_that_cannot_be_written_gives_one_sentence_and_the_engine_runs(tmp_path, variable):
    """Root may write anywhere, so the folder's parent is a file."""
    (tmp_path / "file").write_text("in the way")
    lines = "import sim.engines.kernel as k\nfrom numba import njit\nassert k.run._cache.cache_path is None"
    done = start(lines, **{variable: str(tmp_path / "file" / "cache")})
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith(f"Compiled code cannot be kept in {tmp_path / 'file' / 'cache'}")
    assert "every start compiles anew" in done.stderr


def test_where_nothing_can_be_kept_the_engine_is_compiled_in_memory_and_right(tmp_path):
    """Not only loaded: a network runs in machine code, event for event as the reference engine has it.

    The compiler leaves out its polish, which takes the longer half of the time.
    """
    (tmp_path / "file").write_text("in the way")
    lines = """
from sim.engines.kernel import run
from tests.agreement.both import assert_agree, coarse_clock
assert assert_agree(coarse_clock(1.0, True), [(20.0, None)]) > 100
assert len(run.signatures) == 1, "it is machine code that ran"
assert not run.stats.cache_hits
"""
    done = start(lines, NUMBA_CACHE_DIR=str(tmp_path / "file" / "cache"), NUMBA_OPT="0")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_compiling_nothing_is_kept_and_nothing_said(tmp_path):
    lines = "from sim.engines.warm_up import warm_up\nsaid = []\ndone = warm_up(said.append)\nassert not said\n"
    done = start(lines + "assert not done.from_cache", UPSTREAM_NO_COMPILE="1", XDG_CACHE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.iterdir())


def test_a_second_process_finds_the_code_of_the_first():
    """In the usual folder, where other tests need it too: compiling takes long."""
    lines = "from sim.engines.warm_up import warm_up\ndone = warm_up(print)\n"
    first = start(lines)
    assert first.returncode == 0, first.stderr
    second = start(lines + "assert done.from_cache, done")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_after_a_warm_up_nothing_is_compiled_any_more():
    """Whatever runs: a place with its months and localities, a network by itself, with a log or without."""
    ready = start("from sim.cli import main; import sys; sys.argv = ['upstream', 'warm-up']; main()")
    assert ready.returncode == 0, ready.stderr
    lines = """
from numba.core import event
with event.install_recorder("numba:compile") as recorder:
    from sim.engines.compiled import CompiledEngine
    from sim.engines.kernel import run
    from sim.experiments import ask
    from tests.agreement.both import coarse_clock
    ask("devon", ["prevention_shift"], people=400_000, years=1, replications=1, keep=False)
    engine = CompiledEngine(coarse_clock(1.0, True), 1, 1, log=True)
    engine.advance(20.0)
    CompiledEngine.resumed(engine.network, engine.snapshot()).advance(30.0)
assert engine.log
assert [str(each.data) for _, each in recorder.buffer] == []
assert len(run.signatures) == sum(run.stats.cache_hits.values()) == 1
"""
    done = start(lines)
    assert done.returncode == 0, done.stderr


def test_folders_of_earlier_versions_are_removed_but_the_newest(tmp_path):
    for age, name in enumerate(("e", "d", "c", "b", "a")):
        (tmp_path / f"{compile_cache.NAME}{name}").mkdir()
        os.utime(tmp_path / f"{compile_cache.NAME}{name}", (1e9 + age, 1e9 + age))
    (tmp_path / "something else").mkdir()
    here = tmp_path / f"{compile_cache.NAME}new"
    here.mkdir()
    compile_cache.remove_earlier(here)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "compiled-a", "compiled-b", "compiled-new", "something else",
    ]  # fmt: skip


def test_the_folder_has_another_name_when_a_line_changes(tmp_path, monkeypatch):
    line = tmp_path / "line.py"
    line.write_text("a = 1\n")
    monkeypatch.setattr(compile_cache, "_COMPILED", (line,))
    before = compile_cache.fingerprint()
    line.write_text("a = 2\n")
    assert compile_cache.fingerprint() != before


def test_a_folder_is_found_empty_or_with_code(tmp_path):
    assert not compile_cache.has_code(None)
    assert not compile_cache.has_code(tmp_path)
    (tmp_path / "x.nbi").touch()
    assert compile_cache.has_code(tmp_path)
