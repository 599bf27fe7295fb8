"""upstream batch as a person meets it, on places far too small to mean anything."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sim.cli.batch_progress import Clock, in_words
from sim.cli.page import Heading, Table
from sim.cli.tile_map import load_tiles
from sim.experiments.batch import batch_files
from sim.inputs import load_footprints
from sim.results.html_page import html_page

pytestmark = pytest.mark.unit

PLAN = """
title: A trial
why: To see what is said
footprints: [england, devon, 44]
plans: [do_nothing, prevention_shift, social_care_first]
replications: 2
years: 1
people: 20000
"""


@pytest.fixture
def plan(tmp_path) -> Path:
    file = tmp_path / "trial.yaml"
    file.write_text(PLAN)
    return file


def test_a_batch_is_counted_run_saved_and_reported(upstream, plan, tmp_path):
    out = tmp_path / "out"
    dry = upstream("batch", plan, "--out", out, "--dry-run", "--workers", 1)
    assert dry.exit_code == 0, dry.output
    assert "9 tasks of at most 2 replications, 18 replications in all." in dry.stdout
    assert "of them are finished" not in dry.stdout
    assert "Nothing was run." in dry.stdout
    assert not out.exists()
    page = tmp_path / "pages" / "league.md"
    done = upstream("batch", plan, "--out", out, "--workers", 1, "--league", page)
    assert done.exit_code == 0, done.output
    assert "9 of 9 tasks finished." in done.stdout
    written = {path.name for path in out.iterdir() if path.name != ".lock"}
    assert written == {
        "batch.json", "manifest.json", "report.html", "report.md", "summary.parquet", "tasks", "tasks.parquet",
    }  # fmt: skip
    assert json.loads((out / "batch.json").read_text())["failed"] == []
    assert "<table>" in (out / "report.html").read_text()
    again = upstream("batch", plan, "--out", out, "--json", "--quiet")
    assert json.loads(again.stdout)["finished"] == 9
    next((out / "tasks").iterdir()).unlink()
    rest = " ".join(upstream("batch", plan, "--out", out, "--dry-run", "--workers", 1).stdout.split())
    assert "18 replications in all. 8 of them are finished; the others take about" in rest
    assert len([*(out / "tasks").iterdir()]) == 8
    left = json.loads(upstream("batch", plan, "--out", out, "--dry-run", "--json").stdout)
    assert (left["finished"], left["bytes"]) == (8, pytest.approx(4096))
    league = page.read_text()
    assert "**social_care_first changes what the place is given from outside**" in league
    assert "![Maps of tiles, one for each footprint](league.svg)" in league
    tiles = [each for each in ElementTree.parse(page.with_suffix(".svg")).iter() if each.tag.endswith("rect")]
    assert len([each for each in tiles if each.get("rx")]) == 44 * 3


def test_the_plan_as_json(upstream, plan):
    told = json.loads(upstream("batch", plan, "--dry-run", "--json", "--workers", 1).stdout)
    assert (told["tasks"], told["replications"], told["workers"]) == (9, 18, 1)


def test_a_task_that_fails_is_named_and_the_exit_code_says_so(upstream, plan, tmp_path, monkeypatch):
    from sim.experiments.batch import work

    task_of = work.task_of

    def failing(asked):
        if asked.footprint.slug == "devon" and "prevention_shift" in asked.question.scenarios:
            raise ValueError("no beds at all")
        return task_of(asked)

    monkeypatch.setattr(work, "task_of", failing)
    done = upstream("batch", plan, "--out", tmp_path / "out", "--workers", 1, "--quiet")
    assert done.exit_code == 1
    assert "Failed: devon, prevention_shift, replications 1 to 2: no beds at all" in done.stderr
    assert "8 of 9 tasks finished. 1 task failed." in done.stdout
    failed = json.loads((tmp_path / "out" / "batch.json").read_text())["failed"]
    assert failed == [{"number": 4, "reason": "no beds at all", "task": "devon, prevention_shift, replications 1 to 2"}]
    assert "no beds at all" in (tmp_path / "out" / "report.md").read_text()


def test_what_is_wrong_is_said_before_anything_runs(upstream, plan, tmp_path):
    plan.write_text(PLAN.replace("plans:", "planz:"))
    done = upstream("batch", plan, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert 'Did you mean "plans"?' in done.stderr
    assert not (tmp_path / "out").exists()
    plan.write_text(PLAN + "series: [gap]\n")
    done = upstream("batch", plan, "--league", tmp_path / "page.md")
    assert done.exit_code == 2
    assert f"{plan}, line 9: series" in done.stderr
    assert '"delayed" must be among the series of the batch' in done.stderr


def test_no_scheduler_is_said_plainly(upstream, plan, tmp_path, monkeypatch):
    cluster = pytest.importorskip("sim.experiments.batch.cluster")
    monkeypatch.setattr(cluster.OnCluster.__init__, "__defaults__", (1, lambda _: None, 0.5))
    done = upstream("batch", plan, "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:1", "--quiet")
    assert done.exit_code == 2
    assert "no scheduler answers there" in done.stderr


@pytest.mark.parametrize("name", batch_files())
def test_a_shipped_batch_can_be_planned(upstream, name):
    assert "No fault" in upstream("check", batch_files()[name]).stdout


def test_every_footprint_has_a_tile_of_its_own():
    tiles = load_tiles()
    assert set(tiles) == set(load_footprints()) - {"england"}
    assert len(set(tiles.values())) == 44


def test_time_left_is_foreseen_from_what_was_done():
    """Ten tasks were there before; two more took 8 seconds; 30 are left at 4 seconds each."""
    times = iter([0.0, 100.0, 108.0])
    clock = Clock(lambda: next(times))
    assert clock.left(10, 42) is None
    assert clock.left(12, 42) == 120
    told = [in_words(each) for each in (0.2, 90, 130, 5000, 9000, 500_000)]
    assert told == ["1 second", "90 seconds", "2 minutes", "83 minutes", "2 hours", "6 days"]


def test_a_page_of_html_stands_by_itself_and_escapes():
    page = html_page("A & B", "by `x`", [Heading("H"), "1 < 2", Table("T", ("a", "b"), [("<", "2")])])
    body = ElementTree.fromstring(page.split("<body>")[1].split("</body>")[0].join(("<body>", "</body>")))
    assert [each.text for each in body.iter() if each.tag in ("h1", "h2", "td", "code")] == [
        "A & B",
        "x",
        "H",
        "<",
        "2",
    ]
    assert "http" not in page
