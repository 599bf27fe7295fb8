"""Files are written whole or not at all, and say when they cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sim.results.history import History
from sim.results.store import (
    CannotWriteError,
    DamagedError,
    history_bytes,
    history_from_bytes,
    prepare_folder,
    read_sealed,
    save,
    sha256,
    write_sealed,
    write_together,
)

pytestmark = pytest.mark.unit


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_that_cannot_be_is_refused_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWriteError, match="cannot be written here"):
        prepare_folder(tmp_path / "file" / "results")


def test_a_folder_is_made_and_left_empty(tmp_path):
    prepare_folder(tmp_path / "a" / "b")
    assert names(tmp_path / "a" / "b") == []


def test_when_one_file_cannot_be_written_none_is(tmp_path):
    (tmp_path / "first").write_bytes(b"old")
    with pytest.raises(CannotWriteError):
        write_together(tmp_path, {"first": b"new", "x" * 300: b"name too long for any disk"})
    assert (tmp_path / "first").read_bytes() == b"old"
    assert names(tmp_path) == ["first"]


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    """The child may write no file over 100 kB, which is how a full disk looks to a program."""
    child = """
import resource, sys
from pathlib import Path
from sim.results.store import CannotWriteError, write_together
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_together(Path(sys.argv[1]), {"small": b"s", "large": b"x" * 1_000_000})
except CannotWriteError as error:
    print(error)
    sys.exit(2)
"""
    done = subprocess.run([sys.executable, "-c", child, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert done.stdout.count("\n") == 1
    assert "results cannot be written here" in done.stdout
    assert names(tmp_path) == []


def test_what_is_saved_can_be_read_and_its_manifest_knows_it(tmp_path):
    table = pl.DataFrame({"year": [0, 1], "mean": [1.5, float("nan")]})
    save(tmp_path, {"yearly": table}, {"answer": {"b": 1, "a": float("nan")}}, {"seed": 1}, {"seconds": 2.5})
    assert pl.read_parquet(tmp_path / "yearly.parquet").equals(table)
    assert json.loads((tmp_path / "answer.json").read_text()) == {"a": None, "b": 1}
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["seed"] == 1
    assert manifest["run"] == {"seconds": 2.5}
    for name, digest in manifest["files"].items():
        assert sha256((tmp_path / name).read_bytes()) == digest


def test_the_same_results_are_the_same_bytes(tmp_path):
    table = pl.DataFrame({"value": np.linspace(0, 1, 100_000)})
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        save(tmp_path / folder, {"t": table}, {"d": {"x": 1.1}}, {"seed": 1}, {})
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_replication_comes_back_number_for_number():
    history = History(3, {"gap": np.array([1 / 3, np.nan, -0.0]), "delayed:nhs": np.array([1.0, 2.0, 3.0])})
    again = history_from_bytes(history_bytes(history))
    assert list(again.series) == list(history.series)
    assert all(again[name].tobytes() == history[name].tobytes() for name in history.series)


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-1], lambda b: b"", lambda b: b[:80] + b"x" + b[81:], lambda b: b + b"x"]
)
def test_a_sealed_file_shows_any_damage(tmp_path, harm):
    path = tmp_path / "sealed"
    write_sealed(path, b"payload" * 100)
    assert read_sealed(path) == b"payload" * 100
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(DamagedError, match="damaged"):
        read_sealed(path)


def test_no_file_is_nothing_and_an_unreadable_one_is_damage(tmp_path):
    assert read_sealed(tmp_path / "none") is None
    with pytest.raises(DamagedError, match="cannot be read"):
        read_sealed(tmp_path)
