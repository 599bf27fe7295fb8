"""upstream workshop as a person meets it."""

from __future__ import annotations

import json

import pytest

from sim.workshop import Export, acts, export_bytes
from tests.unit.workshop.rooms import ROUND, TEXT, joined, led

pytestmark = pytest.mark.unit


@pytest.fixture
def workshop(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(TEXT)
    return path


def test_a_workshop_is_checked(upstream, workshop):
    done = upstream("workshop", "check", workshop)
    assert done.exit_code == 0, done.output
    assert "a workshop, Small, of 3 rounds, with 2 plays. No fault." in done.stdout


def test_the_general_check_knows_workshops_and_plans_in_phases(upstream, workshop, tmp_path):
    assert "a workshop, Small. No fault." in upstream("check", workshop).stdout
    plan = tmp_path / "plan.yaml"
    plan.write_text("title: Later\nwhy: In steps\nphases:\n  - {from: 2018-04, change: {policy.shift_share: 0.1}}\n")
    assert "a scenario, Later. No fault." in upstream("check", plan).stdout


def test_a_play_that_its_workshop_does_not_allow_is_a_fault(upstream, workshop):
    """The place's own lever in a round in which everybody is for themselves."""
    workshop.write_text(TEXT.replace("[{capacity.growth.acute: 2}, {},", "[{policy.shift_share: 0.1}, {},"))
    done = upstream("workshop", "check", workshop)
    assert done.exit_code == 2
    assert "for rounds with one plan" in done.output


def test_expected_results_are_told_as_tables_as_a_page_and_as_json(upstream, workshop):
    done = upstream("workshop", "expected", workshop, "--quiet")
    assert done.exit_code == 0, done.output
    for said in (
        "Round 3: Together",
        "Against doing nothing",
        "Books of the round",
        "Before it: A hard winter",
        "50 %",
    ):
        assert said in done.stdout
    page = upstream("workshop", "expected", workshop, "--markdown", "--quiet").stdout
    assert page.startswith("# Expected results: Small")
    found = json.loads(upstream("workshop", "expected", workshop, "--json", "--quiet").stdout)
    assert [len(each["teams"]) for each in found["rounds"]] == [2, 2, 2]


def test_a_session_is_checked_and_replayed(upstream, tmp_path):
    path = tmp_path / "session.json"
    path.write_bytes(export_bytes(Export("small", TEXT, led(led(joined(), acts.Begin()), *ROUND).log)))
    assert "a session of Small with 2 teams and 8 seats" in upstream("workshop", "check", path).stdout
    first, second = (upstream("workshop", "replay", path, "--workers", n, "--quiet").stdout for n in (1, 2))
    assert first == second
    assert json.loads(first)["rounds"][0]["teams"][0]["team"] == "Blue"


def test_a_log_that_was_tampered_with_is_refused(upstream, tmp_path):
    path = tmp_path / "session.json"
    path.write_bytes(export_bytes(Export("small", TEXT, led(led(joined(), acts.Begin()), *ROUND).log[:-2] * 2)))
    for command in ("check", "replay"):
        done = upstream("workshop", command, path)
        assert done.exit_code == 2
        assert "fault" in done.output
