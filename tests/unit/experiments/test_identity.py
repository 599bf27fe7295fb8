"""What numbers are made of: another library, table or line of code gives another name."""

from __future__ import annotations

import pytest

from sim.experiments import Question, identity, question, resolve
from sim.experiments.batch.makings import makings, unlike
from tests.unit.experiments.batch_trial import batch_of

pytestmark = pytest.mark.unit


def test_versions_of_libraries_are_part_of_every_name(tmp_path, monkeypatch):
    asked = Question("devon", years=1, people=20_000)
    before, batch = resolve(asked), batch_of(tmp_path)
    assert set(before.facts["libraries"]) == {"python", "numpy", "scipy", "numba", "llvmlite", "polars"}
    was = before.id, before.replication_keys(), batch.keys()
    other = {**identity.libraries(), "numpy": "9.9.9"}
    monkeypatch.setattr(question, "libraries", lambda: other)
    after = resolve(asked)
    assert after.id != was[0]
    assert not set(after.replication_keys()) & set(was[1])
    assert not set(batch_of(tmp_path).keys()) & set(was[2])


def test_tables_are_read_again_only_when_they_have_changed(tmp_path, monkeypatch):
    table, read = tmp_path / "table.csv", []
    table.write_text("a,b\n")
    monkeypatch.setattr(identity, "default_folder", lambda: tmp_path)
    files_digest = identity._files_digest
    monkeypatch.setattr(identity, "_files_digest", lambda *files: read.append(files) or files_digest(*files))
    first = identity.data_digest()
    assert identity.data_digest() == first
    assert len(read) == 1
    table.write_text("a,b\n1,2\n")
    assert identity.data_digest() != first
    assert len(read) == 2


def test_what_differs_is_named_with_both_versions():
    ours = makings()
    assert unlike(ours, ours) == ""
    theirs = {**ours, "numpy": "9.9.9", "tables": "-"}
    del theirs["scipy"]
    assert unlike(theirs, ours) == (
        f"numpy 9.9.9, and here {ours['numpy']}; scipy nothing, and here {ours['scipy']}; "
        "another version of the tables beside the parameters"
    )
