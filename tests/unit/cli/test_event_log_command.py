"""upstream network --event-log: one replication as a file, whole or not at all."""

from __future__ import annotations

import csv

import pytest

from sim.experiments.event_log import COLUMNS

pytestmark = pytest.mark.unit


def test_a_log_is_written_and_said(upstream, tmp_path):
    out = tmp_path / "log.csv"
    result = upstream("network", "tandem_blocking", "--run", 30, "--event-log", out)
    assert result.exit_code == 0, result.output
    rows = list(csv.reader(out.open()))
    assert tuple(rows[0]) == COLUMNS
    assert f"{len(rows) - 1:,} events" in result.stderr
    again = tmp_path / "again.csv"
    upstream("network", "tandem_blocking", "--run", 30, "--event-log", again)
    assert again.read_bytes() == out.read_bytes()


def test_a_typical_locality_has_a_log_too(upstream, tmp_path):
    out = tmp_path / "log.csv"
    assert upstream("network", "footprint", "--run", 2, "--event-log", out).exit_code == 0
    kinds = {row["event"] for row in csv.DictReader(out.open())}
    assert {"arrival", "depart", "acute@1_wait_begins", "acute@1_begins", "acute@1_ends"} <= kinds


@pytest.mark.parametrize("name", ["log.txt", "log", "folder.csv"])
def test_a_file_that_cannot_be_is_refused_before_anything_runs(upstream, tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    result = upstream("network", "tandem_blocking", "--event-log", tmp_path / name)
    assert result.exit_code == 2
    assert "--event-log" in result.stderr
    assert "Traceback" not in result.output


def test_a_log_without_end_is_refused_and_nothing_written(upstream, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.experiments.event_log.MOST_ROWS", 50)
    result = upstream("network", "tandem_blocking", "--event-log", tmp_path / "log.csv")
    assert result.exit_code == 2
    assert "about" in result.stderr
    assert not list(tmp_path.iterdir())
