"""Levers and numbers moved at once: which are moved, what a point is, and a small place run through."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.impact import measure_impacts
from sim.experiments.sensitivity import (
    Plan,
    Sensitivity,
    movers_of,
    sensitivity,
    sensitivity_document,
    strongest,
)
from sim.inputs import Faults, load_levers
from sim.results.store import json_bytes

pytestmark = pytest.mark.unit

QUESTION = Question("devon", ("prevention_shift",), years=1, replications=2, people=20_000)
NAMES = ("finance.cost_pressure", "finance.budget_growth.acute", "policy.discharge_delay")
PLAN = Plan("morris", 4)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def place():
    return resolve(QUESTION)


@pytest.fixture(scope="module")
def movers(place):
    return movers_of(place, NAMES)


@pytest.fixture(scope="module")
def found(place, movers) -> Sensitivity:
    return sensitivity(place, movers, PLAN, keep=False)


def test_the_tornado_and_the_table_of_impacts_move_a_number_by_the_same(place):
    """Two ways to one number, in pounds and in pounds a head: what is moved is drawn and run alike in both."""
    number, heads = "finance.cost_pressure", place.footprint.total
    nothing = resolve(QUESTION.varied("do_nothing"))
    impacts = measure_impacts(nothing, place, [number], keep=False)
    bars = {}
    for name, plan in (("nothing", nothing), ("plan", place)):
        (bars[name],) = sensitivity(plan, movers_of(plan, [number]), PLAN, keep=False).tornado("gap")
    for end in impacts.of(number):
        without, with_it = (getattr(bars[name], end.end).mean for name in ("nothing", "plan"))
        assert without != 0
        assert end.baseline["gap"].mean * heads == pytest.approx(without, rel=1e-9)
        assert end.effect["gap"].mean * heads == pytest.approx(with_it - without, rel=1e-6, abs=1e-6 * abs(without))


def test_usually_the_first_sliders_and_the_leaning_numbers_are_moved(place):
    usual = movers_of(place)
    levers = [each.name for each in usual if each.kind == "lever"]
    sliders = [each.path for each in load_levers() if each.kind == "slider"]
    assert set(levers) <= set(sliders)
    assert "policy.shift_share" in levers
    numbers = [each.name for each in usual if each.kind == "number"]
    assert "finance.cost_pressure" in numbers
    assert "demand.admissions_growth" not in numbers  # a lever moves it already
    paths = [path for each in usual for path in each.spans]
    assert len(paths) == len(set(paths))


def test_only_levers_or_only_numbers(place):
    assert {each.kind for each in movers_of(place, among="levers")} == {"lever"}
    assert {each.kind for each in movers_of(place, among="numbers")} == {"number"}
    (number,) = movers_of(place, ["demand.admissions_growth"], "numbers")
    assert number.kind == "number"


def test_a_lever_moves_evenly_all_that_it_moves_and_a_number_as_it_is_drawn(movers):
    number, lever, _ = movers
    budgets = ("acute", "community", "other_nhs")
    (low, _, high) = lever.spans["finance.budget_growth.acute"]
    assert lever.changes(0.25) == {f"finance.budget_growth.{each}": low + (high - low) / 4 for each in budgets}
    lows, highs = number.changes(0), number.changes(1)
    for path, span in number.spans.items():
        assert (lows[path], highs[path]) == (span[0], span[2])
        assert span[0] < number.changes(0.5)[path] < span[2]


def test_names_that_are_nothing_or_move_the_same_are_refused(place):
    with pytest.raises(Faults, match=r'Did you mean "policy\.shift_share"'):
        movers_of(place, ["policy.shift_shar"])
    with pytest.raises(Faults, match="moves already"):
        movers_of(place, ["finance.budget_growth", "finance.budget_growth.acute"])
    with pytest.raises(Faults, match="moves already"):
        movers_of(place, ["policy.shift_share", "policy.shift_share"])


def test_money_is_what_moves_the_gap_and_nothing_at_the_bedside(found):
    size = {each.name: each.size for each in found.screened("gap")}
    assert min(size[NAMES[0]], size[NAMES[1]]) > 10 * size[NAMES[2]]
    delayed = {each.name: each.size for each in found.screened("delayed")}
    assert delayed[NAMES[1]] == pytest.approx(0, abs=1e-6 * delayed[NAMES[2]])
    assert strongest(found, ["delayed"], 1)[0].name == NAMES[2]
    assert {each.name for each in strongest(found, ["gap"], 2)} == set(NAMES[:2])


def test_the_ends_of_a_tornado_are_two_runs_less_what_is_believed(found, place):
    from dataclasses import replace

    from sim.experiments import run
    from sim.results.summarise import yearly_values

    bar = next(each for each in found.tornado("gap") if each.mover.name == NAMES[1])
    at_high = replace(place, parameters=place.parameters.with_changes(bar.mover.changes(1.0)))
    before, after = (yearly_values(run(each, keep=False).histories, "gap")[:, -1] for each in (place, at_high))
    assert bar.high.mean == pytest.approx((after - before).mean())
    assert bar.high.verdict == "better"
    assert bar.low.verdict == "worse"
    assert bar.length == pytest.approx(bar.low.mean - bar.high.mean)


def test_indices_divide_the_variance_of_the_gap(place, movers):
    found = sensitivity(place, movers, Plan("sobol", 16), keep=False)
    first, second, last = found.indices("gap")
    assert {first.name, second.name} == set(NAMES[:2])
    assert last.total < 0.05
    assert first.total + second.total == pytest.approx(1, abs=0.4)
    assert found.noise("gap") < 0.01
    with pytest.raises(ValueError, match="drawn for sobol"):
        found.screened("gap")


def test_threads_change_nothing_and_what_is_finished_is_not_run_again(cache, place, movers, found):
    seen: list[tuple[int, int]] = []
    first = sensitivity(place, movers, PLAN, Way(8))
    again = sensitivity(place, movers, PLAN, Way(progress=lambda done, wanted: seen.append((done, wanted))))
    wanted = (1 + 2 * len(movers) + 4 * (len(movers) + 1)) * 2
    assert seen == [(wanted, wanted)]
    two = sensitivity(place, movers, PLAN, Way(2), keep=False)
    for other in (first, two, again):
        assert json_bytes(sensitivity_document(other)) == json_bytes(sensitivity_document(found))
        assert all(found.values[name].tobytes() == other.values[name].tobytes() for name in found.values)


def test_nobody_wants_it_any_more_and_later_it_goes_on(cache, place, movers, found):
    class GoneError(Exception):
        pass

    begun = iter(range(9))

    def tired() -> None:
        if next(begun, None) is None:
            raise GoneError

    with pytest.raises(GoneError):
        sensitivity(place, movers, PLAN, Way(2, pace=tired))
    assert 7 <= len(list((cache / "many").iterdir())) <= 9
    again = sensitivity(place, movers, PLAN)
    assert json_bytes(sensitivity_document(again)) == json_bytes(sensitivity_document(found))


def test_points_that_cannot_be_take_their_trajectory_with_them(place, movers, monkeypatch):
    from sim.experiments import many

    task_of, count = many.task_of, iter(range(10_000))

    class Refused:
        def __init__(self, task, number):
            self.task, self.number = task, number

        @property
        def place(self):
            if self.number == 1 + 2 * len(NAMES) + 5:  # the second point of the second trajectory
                raise ValueError("no place")
            return self.task.place

        def __call__(self, replication, cancelled=None):
            return self.task(replication, cancelled)

    monkeypatch.setattr(many, "task_of", lambda *asked: Refused(task_of(*asked), next(count)))
    found = sensitivity(place, movers, Plan("morris", 5), keep=False)
    assert found.known.tolist() == [True, False, True, True, True]
    assert found.impossible == {"no place": 1}
    assert np.isfinite([each.size for each in found.screened("gap")]).all()


@pytest.mark.parametrize(
    ("plan", "rule"),
    [
        (Plan("morris", 2), "from 4 to 1000"),
        (Plan("sobol", 60), "power of two, such as 32 or 64"),
        (Plan("fast", 8), "is not one of morris, sobol"),
    ],
)
def test_what_cannot_be_asked_is_refused(place, movers, plan, rule):
    with pytest.raises(Faults, match=rule):
        sensitivity(place, movers, plan)


def test_the_command_line_starts_without_salib():
    """It brings pandas and matplotlib, which nobody waits for who asks something else."""
    lines = "import sys, sim.cli.app, sim.experiments.sensitivity\nassert not {'SALib', 'pandas'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_ends_at_which_the_base_year_does_not_close_are_named(place):
    """Too few beds in intermediate care fill up at once; growth of money comes later, and fills nothing."""
    from sim.experiments.sensitivity.closing_ends import open_ends

    movers = movers_of(place, ["capacity.p2", "finance.cost_pressure", "capacity.growth.acute"])
    assert open_ends(movers, place.base) == {("capacity.p2", "low")}
