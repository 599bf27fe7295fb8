"""upstream validate: what it prints, what it saves, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

pytestmark = pytest.mark.unit

CASE = """
name: A quick case
says: For a test
source: Erlang
status: exact
network: clinic_queue
change: {settings.run: 4000, settings.warm_up: 100, settings.replications: 4}
figures:
  - {figure: In use, measure: utilisation, station: nurses, value: 0.5, tolerance: {absolute: 0.05}}
  - figure: Misprinted
    measure: utilisation
    station: nurses
    value: 5
    tolerance: {absolute: 0.05}
    differs: {instead: 0.5, because: A slip of the point.}
"""


@pytest.fixture
def case(tmp_path) -> Path:
    path = tmp_path / "quick.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_a_table_with_the_reasons_below(upstream, case):
    done = upstream("validate", case)
    assert done.exit_code == 0
    assert "Known difference, Misprinted: A slip of the point." in done.stdout
    assert done.stdout.splitlines()[-1] == "1 case: 1 pass, 1 known difference, 0 fail."


def test_a_case_that_fails_ends_with_one(upstream, case):
    case.write_text(CASE.replace("value: 0.5,", "value: 0.9,"), encoding="utf-8")
    done = upstream("validate", case)
    assert done.exit_code == 1
    assert "fail" in done.stdout


def test_faults_of_every_case_are_told_before_anything_runs(upstream, case, tmp_path):
    case.write_text(CASE.replace("utilisation", "utilization"), encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(CASE.replace("source", "sauce"), encoding="utf-8")
    done = upstream("validate", case, other)
    assert done.exit_code == 2
    assert 'Did you mean "utilisation"' in done.stderr
    assert 'Did you mean "source"' in done.stderr


def test_a_name_that_is_no_case(upstream):
    done = upstream("validate", "erlang_clinc")
    assert done.exit_code == 2
    assert 'Did you mean "erlang_clinic"' in done.stderr


def test_json_and_saved_files(upstream, case, tmp_path):
    folder = tmp_path / "out"
    done = upstream("validate", case, "--json", "--out", folder, "--workers", 2)
    document = json.loads(done.stdout)
    assert document["states"] == {"pass": 1, "known difference": 1}
    assert document["cases"][0]["figures"][0]["value"] == 0.5
    assert json.loads((folder / "validation.json").read_text()) == document
    assert json.loads((folder / "manifest.json").read_text())["cases_sha256"].keys() == {"quick"}
    table = pl.read_parquet(folder / "figures.parquet")
    assert table["case"].to_list() == ["quick", "quick"]
    assert table["state"].to_list() == ["pass", "known difference"]


def test_the_list_of_cases_and_the_page(upstream, case):
    assert "erlang_clinic" in upstream("validate", "--list").stdout
    page = upstream("validate", case, "--markdown").stdout
    assert page.startswith("# Published cases")
    assert "| Misprinted | 5 |" in page
    assert upstream("validate", case, "--markdown", "--json").exit_code == 2


def test_check_knows_a_case(upstream, case):
    assert "a case, A quick case, with 2 figures and properties" in upstream("check", case).stdout


def test_what_a_network_costs_is_printed(upstream):
    priced = upstream("network", "ready_to_leave", "--replications", 2, "--run", 50).stdout
    assert "£ a day" in priced
    assert "It costs £" in priced
    assert "£" not in upstream("network", "clinic_queue", "--replications", 2, "--run", 50).stdout
