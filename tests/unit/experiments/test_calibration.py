"""Calibration: what the equations and the queue come to, how factors are solved for, and what is made of the answer."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from sim.experiments.calibration import Asked, as_fit, ask_england, ask_place, differing, fit, scenario_of
from sim.experiments.calibration.basis import england, of_footprint
from sim.experiments.calibration.equations import NO_QUEUE, approximated, by_equations
from sim.experiments.calibration.queue import QueueTask, Seen, queue_of, simulated
from sim.experiments.calibration.solve import Problem, solve
from sim.experiments.replicate import CancelledError, Way
from sim.inputs import DELAY_OWNERS, Free, Goal, find_footprint, load_fit, load_parameters, load_written
from sim.inputs.folders import default_folder
from sim.inputs.scenario import load_scenario
from sim.network.attribution import delay_owners
from tests.evidence.base_year import BaseYear, age_mix

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def parameters():
    return load_parameters()


@pytest.fixture(scope="module")
def asked() -> Asked:
    return ask_england()


@pytest.fixture(scope="module")
def stored():
    return load_fit(default_folder())


def goal(name: str, value: float, width: float) -> Goal:
    return Goal(name, name, "", value, value - width, value + width, "here")


def small(asked: Asked, **method: object) -> Asked:
    """The same question, simulated for a week."""
    changes = {"localities": 1, "replications": 2, "days": 14, "rounds": 1} | method
    return replace(asked, method=asked.method.model_copy(update=changes))


def test_the_equations_are_the_sums_of_the_base_year(parameters):
    """The same figures by hand, over tables by age; published month and weekday factors do not average exactly 1."""
    found = by_equations(parameters, england(), NO_QUEUE)
    hand = BaseYear(parameters, age_mix(find_footprint("england")))
    assert found["emergency_admissions"] == pytest.approx(hand.overnight.sum() + hand.same_day.sum(), rel=0.001)
    assert found["readmission"] == pytest.approx(hand.readmissions.sum() / hand.all_going_home.sum(), rel=0.001)
    for kind, people in hand.starts().items():
        assert found[f"starts.{kind}"] == pytest.approx(people, rel=0.001)
    beds = sum(hand.leaving_for(kind) * days for kind, days in parameters.by("stay.noncapacity_delay").items())
    assert found["delayed"] == pytest.approx(beds / 1000, rel=0.001)


def test_beds_held_for_full_places_are_added(parameters):
    """Ten beds per million for P1: ten more delayed, ten more in use, all of them in somebody's stay."""
    before = by_equations(parameters, england(), NO_QUEUE)
    after = by_equations(parameters, england(), NO_QUEUE | {"p1": 0.01 / approximated(parameters, england())["p1"]})
    assert after["delayed"] - before["delayed"] == pytest.approx(0.01)
    beds = parameters.value("capacity.acute_beds")
    assert after["acute_occupancy"] - before["acute_occupancy"] == pytest.approx(0.01 / beds)
    longer = [after[f"{kind}_stay"] - before[f"{kind}_stay"] for kind in ("emergency", "elective")]
    a_day = (67.6 * 1000 / 365.25, 21 * 1000 / 365.25)
    assert np.dot(longer, a_day) == pytest.approx(10, rel=0.001)


def test_the_approximation_of_a_queue_rises_with_the_load(parameters):
    """More people for as many places: ever more wait, and beyond the places it goes on along a line."""
    waits = [
        approximated(parameters.with_changes({"stay.p1": 15.5 * more}), england())["p1"]
        for more in (0.9, 1, 1.1, 1.2, 1.3)
    ]
    steps = np.diff(waits)
    assert (steps > 0).all()
    assert steps[1] > steps[0]
    assert steps[3] == pytest.approx(steps[2])


def test_delay_is_laid_to_somebody(parameters):
    """Three shares of each kind of place, that add to 1; too much for both leaves nothing to the NHS."""
    owners = delay_owners(parameters)
    assert tuple(owners) == DELAY_OWNERS
    for kind in owners["nhs"]:
        assert sum(owners[owner][kind] for owner in owners) == pytest.approx(1)
    full = parameters.with_changes({"flow.delay_laid_to_social_care.p3": 1, "flow.delay_laid_to_both.p3": 0.25})
    assert [delay_owners(full)[owner]["p3"] for owner in DELAY_OWNERS] == pytest.approx([0, 0.8, 0.2])


def test_a_place_with_older_people_has_more_beds(parameters):
    """As far as places follow need."""
    devon = of_footprint(find_footprint("devon"))
    assert by_equations(parameters, devon, NO_QUEUE)["acute_beds"] > 1.86
    alike = parameters.with_changes({"capacity.follows_need": 0})
    assert by_equations(alike, devon, NO_QUEUE)["acute_beds"] == 1.86


def test_a_target_with_a_quantity_of_its_own_is_met(parameters):
    """Day cases doubled: the factor is 2, exactly where it must be met exactly."""
    wanted = goal("day_cases", 2 * by_equations(parameters, england(), NO_QUEUE)["day_cases"], 1)
    free = Free("demand.day_case_rate", 0.5, 3, "test", meets="day_cases")
    assert solve(Problem(parameters, england(), (free,), (wanted,), 0.3), NO_QUEUE) == pytest.approx((2,), rel=1e-9)


def test_a_bound_holds_and_what_no_target_speaks_of_stays(parameters):
    """Nothing beyond half as many again, however much is asked for; the other quantity stays as it is written."""
    wanted = goal("day_cases", 500, 1)
    free = (Free("demand.day_case_rate", 0.5, 1.5, "test"), Free("stay.p1", 0.5, 1.5, "test"))
    most, same = solve(Problem(parameters, england(), free, (wanted,), 0.3), NO_QUEUE)
    assert most == pytest.approx(1.5, abs=1e-6)
    assert same == pytest.approx(1, abs=1e-9)


def test_residuals_are_in_tolerances_and_leaving_costs_its_weight(parameters):
    """A target missed by its tolerance is 1; a factor at its bound is the weight."""
    now = by_equations(parameters, england(), NO_QUEUE)["day_cases"]
    free = Free("stay.p1", 0.5, 1.5, "test")
    problem = Problem(parameters, england(), (free,), (goal("day_cases", now - 5, 5),), 0.3)
    assert problem.residuals(np.array([1.5]), NO_QUEUE) == pytest.approx([1, 0.3])


def test_the_stored_fit_is_what_the_equations_give(asked, stored):
    """The equations, given the beds that the stored fit was given, come to the same factors."""
    factors = solve(asked.problem, stored.queue)
    again = {each.parameter: factor for each, factor in zip(asked.free, factors, strict=True)}
    assert {name: again[name] for name in stored.values} == pytest.approx(
        {name: value.factor for name, value in stored.values.items()}, rel=1e-9
    )


def test_national_totals_are_met_exactly(asked, stored, parameters):
    found = by_equations(parameters, england(), stored.queue)
    for place, wanted in asked.problem.exact.items():
        assert found[wanted.name] == pytest.approx(wanted.value, rel=1e-9), asked.free[place].parameter
    assert len(asked.problem.exact) == 5


def test_every_target_of_the_stored_fit_is_within_tolerance(stored):
    """By the equations and simulated."""
    for name, each in stored.targets.items():
        for value in (each.flow, each.simulated):
            assert value is None or each.low <= value <= each.high, name
    assert stored.score < 1


def test_a_fit_is_the_same_on_any_number_of_threads(asked):
    """One round of a fortnight, with one thread and with two."""
    moved = [each for each in asked.free if each.parameter == "stay.noncapacity_delay" or each.accounts]
    goals = [each for each in asked.goals if each.name == "delayed" or each.accounts]
    question = small(replace(asked, free=tuple(moved), goals=tuple(goals)))
    one, two = (as_fit(fit(question, Way(workers)), "test", "today") for workers in (1, 2))
    assert one == two
    assert differing(one, two) == ()
    other = one.model_copy(update={"values": {}})
    assert differing(one, other) == tuple(one.values)


def test_a_look_at_the_queue_counts_what_is_there(asked, parameters):
    """A week of one locality: figures near the base year, and weekdays that average 1."""
    network = asked.basis.network(parameters, 300_000, 1)
    seen = QueueTask(network, 1, 28, 30.0, 0.0)(0, Event())
    found = simulated(seen, 300_000, parameters, 36.4)
    assert found["acute_occupancy"] == pytest.approx(0.9, abs=0.1)
    assert found["emergency_admissions"] == pytest.approx(104, rel=0.1)
    week = [value for name, value in found.items() if name.startswith("discharges_by_weekday")]
    assert np.mean(week) == pytest.approx(1)
    assert sum(queue_of(seen, 300_000).values()) * 300 == pytest.approx(seen.blocked.sum() / 28)
    assert Seen.together([seen, seen]).days == 56


def test_a_look_that_nobody_wants_stops(asked, parameters):
    stop = Event()
    stop.set()
    with pytest.raises(CancelledError):
        QueueTask(asked.basis.network(parameters, 10_000, 1), 1, 28, 1.0, 0.0)(0, stop)


def test_a_place_becomes_a_scenario(tmp_path):
    """Only what its targets speak of changes; the table of residuals stands above as comments."""
    targets = tmp_path / "mine.yaml"
    targets.write_text("title: 'Mine: \"so\"'\ntargets:\n  day_cases: {value: 140, low: 138, high: 142, source: us}\n")
    local = ask_place("devon", targets)
    local = replace(local, asked=small(local.asked))
    fitted = fit(local.asked, Way())
    text = scenario_of(local, fitted, as_fit(fitted, "upstream calibrate", "2016-04-01"))
    (tmp_path / "place.yaml").write_text(text)
    scenario = load_scenario(str(tmp_path / "place.yaml"))
    assert scenario.title == 'Mine: "so"'
    assert list(scenario.change) == ["demand.day_case_rate"]
    mine = load_parameters().with_changes(scenario.change)
    devon = of_footprint(find_footprint("devon"))
    assert by_equations(mine, devon, NO_QUEUE)["day_cases"] == pytest.approx(140, rel=1e-9)
    assert "# day_cases  140" in text


def test_who_is_blamed_moves_nobody(parameters):
    """A target of accounts alone leaves the quantities of care where they are."""
    free = (
        Free("stay.noncapacity_delay", 0.5, 2, "test"),
        Free("flow.delay_laid_to_both", 0.5, 2, "test", accounts=True),
    )
    blame = replace(goal("delayed_share.both", 0.1, 0.01), accounts=True)
    care, account = solve(Problem(parameters, england(), free, (blame,), 0.3), NO_QUEUE)
    assert care == 1
    assert account != 1


def test_what_is_written_is_what_england_is_fitted_from(asked):
    assert asked.written.digest() == load_written().digest()
