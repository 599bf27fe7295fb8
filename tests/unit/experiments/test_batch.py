"""A batch: planned, run into a folder, and never the worse for what happens on the way."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import duckdb
import polars as pl
import pytest

from sim.experiments import Question, resolve, run
from sim.experiments.batch import (
    OnThreads,
    Watch,
    frame,
    load_batch,
    opened,
    places_of,
    results,
    run_tasks,
    summary,
    summary_and_places,
)
from sim.experiments.batch.store import SET_ASIDE
from sim.experiments.question import scenarios_of
from sim.inputs import Faults
from sim.results import store as disk
from sim.results.store import CannotWriteError
from tests.unit.experiments.batch_trial import DRAWN, PLAN, batch_of, files, full_after, nothing, run_in

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return batch_of(tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def ran(batch, tmp_path_factory):
    return run_in(tmp_path_factory.mktemp("results"), batch)


def test_every_task_is_one_piece_of_the_whole(batch):
    """2 places x 2 plans x 3 replications in blocks of 2 and 1: 8 tasks, 12 replications."""
    assert (len(batch), batch.replications) == (8, 12)
    tasks = [batch.task(number) for number in range(len(batch))]
    pieces = [(task.place, task.plan, task.draw, task.first + each) for task in tasks for each in range(task.count)]
    assert sorted(pieces) == [(place, plan, 0, each) for place in (0, 1) for plan in (0, 1) for each in range(3)]
    assert len({batch.key(task) for task in tasks}) == 8
    assert batch.words(tasks[3]) == "devon, prevention_shift, replication 3"


def test_a_plan_laid_over_another_is_read_as_everywhere_else(tmp_path):
    name = "prevention_shift++community_first"
    batch = batch_of(tmp_path, PLAN.replace("[do_nothing, prevention_shift]", f"[do_nothing, {name}]"))
    assert batch.resolved[1].question.scenarios == scenarios_of(name) == ("prevention_shift", "community_first")


def test_a_batch_finds_what_a_run_finds(ran):
    answer = run(resolve(Question("devon", ("prevention_shift",), years=1, replications=3, people=20_000)), keep=False)
    devon = next(places_of(ran))
    for series in ("gap", "delayed"):
        assert devon.mean("prevention_shift", series) == answer.in_year(series)


def test_any_tool_reads_the_folder(ran):
    """2 places x 2 plans x 3 replications x 1 year x 10 series."""
    tasks = ran.store.folder / "tasks"
    rows = pl.scan_parquet(tasks).collect()
    assert len(rows) == len(frame(ran)) == 120
    counted = duckdb.sql(
        f"select plan, count(*), sum(value) from '{tasks}/*.parquet' where series = 'gap' group by plan"
    )
    assert {plan: count for plan, count, _ in counted.fetchall()} == {"do_nothing": 6, "prevention_shift": 6}
    whole = pl.from_dicts([{"plan": plan, "value": value} for plan, _, value in counted.fetchall()]).sort("plan")
    ours = frame(ran).filter(series="gap").group_by("plan").agg(pl.col("value").sum()).sort("plan")
    assert whole["value"].to_list() == pytest.approx(ours["value"].to_list())


def test_pandas_reads_the_folder(ran):
    pytest.importorskip("pyarrow")
    pandas = pytest.importorskip("pandas")
    table = pandas.read_parquet(ran.store.folder / "tasks")
    assert table.shape == (120, 8)
    assert set(table["footprint"]) == {"devon", "buckinghamshire-oxfordshire-and-berkshire-west"}


@pytest.mark.parametrize("workers", [2, 8])
def test_any_number_of_threads_gives_the_same_bytes(batch, ran, tmp_path, workers):
    assert files(run_in(tmp_path, batch, OnThreads(workers)).store.folder) == files(ran.store.folder)


def test_more_of_the_same_runs_only_what_is_new(batch, ran, tmp_path):
    for name, payload in files(ran.store.folder).items():
        (tmp_path / "tasks").mkdir(exist_ok=True)
        (tmp_path / "tasks" / name).write_bytes(payload)
    more = batch_of(tmp_path / "plan", PLAN.replace("replications: 3", "replications: 4"))
    again = run_in(tmp_path, more)
    # the blocks of replications 1 and 2 are as they were; those of 3 alone have become blocks of 3 and 4
    assert again.begun == 4
    assert len(again.files) == len(more) == len(files(tmp_path))
    assert len(list((tmp_path / SET_ASIDE).iterdir())) == 4


def test_more_draws_keep_what_is_believed_and_draw_the_rest_anew(tmp_path):
    """Draw 0 of two plans is the same task in both; a hypercube of three does not hold one of two."""
    two, three = (batch_of(tmp_path, DRAWN.replace("draws: 2", f"draws: {draws}")) for draws in (2, 3))
    keys = {each.key(each.task(number)): each.task(number).draw for each in (two, three) for number in range(len(each))}
    both = set(two.keys()) & set(three.keys())
    assert {keys[key] for key in both} == {0}
    assert len(both) == 2 * two.blocks


def test_a_damaged_file_is_set_aside_and_worked_out_again(batch, ran, tmp_path):
    run_in(tmp_path, batch)
    torn, changed = sorted((tmp_path / "tasks").iterdir())[:2]
    torn.write_bytes(torn.read_bytes()[:100])
    changed.write_bytes(changed.read_bytes().replace(b"PAR1", b"PAR2", 1))
    told: list[str] = []
    again = run_in(tmp_path, batch, watch=Watch(tell=told.append))
    assert again.begun == len(batch) - 2
    assert files(tmp_path) == files(ran.store.folder)
    assert {path.name for path in (tmp_path / SET_ASIDE).iterdir()} == {torn.name, changed.name}
    assert told == [f"2 damaged in {tmp_path / 'tasks'}: moved to set_aside, worked out again."]


def test_a_full_disk_stops_the_batch_and_loses_nothing(batch, ran, tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(disk, "_write_through", full_after(3, disk._write_through))
        with pytest.raises(CannotWriteError, match="No space left on device"):
            run_in(tmp_path, batch, OnThreads(2))
    before = files(tmp_path)
    assert len(before) == 3
    assert before.items() <= files(ran.store.folder).items()
    assert run_in(tmp_path, batch).begun == 3
    assert files(tmp_path) == files(ran.store.folder)


def test_a_task_that_fails_is_named_and_the_others_go_on(batch, ran, tmp_path):
    from sim.experiments.batch.work import Work

    def failing(number, cancelled=None):
        if number == 3:
            raise ZeroDivisionError("no beds at all")
        return Work(batch)(number, cancelled)

    broken = run_in(tmp_path, batch, OnThreads(2), work=failing)
    assert [batch.words(each.task) for each in broken.failures] == ["devon, prevention_shift, replication 3"]
    assert broken.failures[0].reason == "ZeroDivisionError: no beds at all"
    assert len(broken.files) == len(batch) - 1
    devon = next(places_of(broken))
    assert (devon.mean("prevention_shift", "gap").n, devon.mean("do_nothing", "gap").n) == (2, 3)
    assert devon.change("prevention_shift", "gap").n == 2
    mended = run_in(tmp_path, batch)
    assert not mended.failures
    assert files(tmp_path) == files(ran.store.folder)


def test_the_summary_and_the_places_come_of_one_reading(ran, monkeypatch):
    """Each of eight files is read once, and the places keep no draws."""
    read: list[Path] = []
    read_whole = results.read_whole
    monkeypatch.setattr(results, "read_whole", lambda path: read.append(path) or read_whole(path))
    table, places = summary_and_places(ran)
    assert sorted(read) == sorted(ran.files.values())
    assert table.equals(summary(ran))
    assert [place.mean("do_nothing", "gap") for place in places] == [
        place.mean("do_nothing", "gap") for place in places_of(ran)
    ]
    assert {each.shape for place in places for each in place.values.values()} == {(2, 1, 3, 1)}


def test_two_batches_never_write_into_one_folder(batch, tmp_path):
    with ExitStack() as stack:
        stack.enter_context(opened(tmp_path))
        with pytest.raises(CannotWriteError, match="another batch is at work"), opened(tmp_path):
            pass
    with opened(tmp_path) as store:
        assert store.tasks.is_dir()


def test_few_tasks_are_under_way_however_many_there_are(tmp_path):
    """Memory stays flat: of 2,000 tasks never more than two for each thread are handed out and not written."""
    written, most = 0, 0

    def seen(over, _wanted):
        nonlocal written
        written = over

    def work(number, _cancelled=None):
        nonlocal most
        most = max(most, number - written)
        return nothing(number)

    keys = [f"{number:040x}" for number in range(2000)]
    with opened(tmp_path) as store:
        done = run_tasks(keys, store, OnThreads(4), Watch(seen), work)
    assert len(done.files) == len(files(tmp_path)) == 2000
    assert most <= 2 * 4


def test_draws_are_the_same_for_every_plan_and_place(tmp_path):
    batch = batch_of(tmp_path / "plan", DRAWN)
    assert (batch.worlds, len(batch)) == (3, 12)
    ran = run_in(tmp_path / "out", batch)
    table = summary(ran)
    assert set(table["draws"]) == {2}
    base = table.filter(plan="do_nothing")
    assert base["change"].is_nan().all()
    assert (base["p5"] <= base["p95"]).all()
    parameters = [batch.asked(batch.task(number)).parameters.digest() for number in (0, 4, 8)]
    assert len(set(parameters)) == 3


WRONG = """
title: Wrong
footprints: [devn, 44, 44]
plans: [do_nothing, prevention_shif, do_nothing]
against: nothing
drawz: 2
replications: 0
people: lots
series: [gapp]
change: {demand.admissions_growt: 2}
"""


def test_everything_that_is_wrong_is_said_at_once_with_its_line(tmp_path):
    with pytest.raises(Faults) as error:
        batch_of(tmp_path, WRONG)
    found = {(fault.line, fault.suggestion) for fault in error.value.faults}
    assert found == {
        (2, None), (3, "devon"), (3, None), (4, "prevention_shift"), (4, None), (5, "do_nothing"), (6, "draws"),
        (7, None), (8, None), (9, "gap"), (10, "demand.admissions_growth"),
    }  # fmt: skip
    assert all(fault.file.endswith("trial.yaml") for fault in error.value.faults)


def test_a_batch_that_is_not_there_has_a_nearest():
    with pytest.raises(Faults, match='Did you mean "forty_five_plans"'):
        load_batch("fourty_five_plans")
