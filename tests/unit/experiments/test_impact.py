"""One number at a time: ends of ranges, places moved along, pairs, grades, and the stored table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.closing import TypicalYear
from sim.experiments.doubts import doubts
from sim.experiments.impact import (
    Impact,
    Impacts,
    Made,
    Shift,
    Stored,
    grade_of_baseline,
    grade_of_effect,
    load_impacts,
    measure_impacts,
    moves,
    ranges_of,
    stored_bytes,
)
from sim.inputs import Faults, load_parameters
from sim.results.statistics import Interval

pytestmark = pytest.mark.unit

NUMBERS = ("stay.emergency", "finance.cost_pressure", "programme.reablement.unit_cost")
QUESTION = Question("england", ("do_nothing",), years=2, replications=2, people=20_000)


@pytest.fixture(scope="module")
def plans():
    return resolve(QUESTION), resolve(QUESTION.varied("prevention_shift"))


@pytest.fixture(scope="module")
def found(plans):
    return measure_impacts(*plans, NUMBERS, keep=False)


@pytest.fixture(scope="module")
def known():
    return load_parameters()


def moves_of(name, known):
    found = [each for each in doubts([known], known) if each.name == name]
    return list(moves(found, known))


def test_a_number_goes_to_the_ends_of_its_range(known):
    low, high = moves_of("finance.cost_escalation_day", known)
    assert (low.end, high.end) == ("low", "high")
    assert (low.values, high.values) == known["finance.cost_escalation_day"].range()
    assert low.apply(known).value("finance.cost_escalation_day") == low.values
    assert not low.unlike
    assert not low.factors


def test_keys_move_together(known):
    low = moves_of("finance.cost_pressure", known)[0]
    parameter = known["finance.cost_pressure"]
    assert dict(low.values) == {
        key: parameter.range(key)[0] for key in parameter.keys if low.values.get(key) is not None
    }


def test_where_the_base_year_does_not_close_places_move_along(known):
    """Longer hospital stays ask for more beds; with as many more beds as that, the use is as believed."""
    alone, closing = (each for each in moves_of("stay.emergency", known) if each.end == "high")
    assert alone.unlike == closing.unlike == ("acute",)
    assert not alone.factors
    year = TypicalYear.prepare(known)
    assert closing.factors["capacity.acute_beds"] > 1
    assert year.use_of(closing.apply(known))["acute"] == pytest.approx(year.use["acute"], abs=2e-3)
    assert not year.unlike(year.use_of(closing.apply(known)))


def test_a_number_of_places_is_not_moved_back(known):
    ends = moves_of("capacity.acute_beds", known)
    assert [each.end for each in ends] == ["low", "high"]
    assert not any(each.factors for each in ends)


def test_a_move_keeps_to_the_places_of_the_plan(known):
    """Places are multiplied, so a plan that sets them itself keeps its own ratio."""
    closing = moves_of("stay.emergency", known)[-1]
    more = known.with_changes({"capacity.acute_beds": 2 * known.value("capacity.acute_beds")})
    both = [closing.apply(each).value("capacity.acute_beds") for each in (known, more)]
    assert both[1] == pytest.approx(2 * both[0])


def test_dearer_money_widens_the_gap_and_moves_nobody(found):
    low, high = found.of("finance.cost_pressure")
    assert low.baseline["gap"].mean < 0 < high.baseline["gap"].mean
    assert low.baseline["delayed"].none


def test_what_nobody_pays_for_moves_the_plan_alone(found):
    for each in found.of("programme.reablement.unit_cost"):
        assert all(shift.none for shift in each.baseline.values())
        assert not each.effect["gap"].none
    assert grade_of_baseline(found, "programme.reablement.unit_cost") == "none"


def test_what_counts_is_the_move_that_closes_the_base_year(found):
    stays = [each for each in found.moves if each.number == "stay.emergency"]
    assert [(each.end, each.places) for each in stays] == [
        ("low", False), ("low", True), ("high", False), ("high", True)
    ]  # fmt: skip
    assert [each.places for each in found.of("stay.emergency")] == [True, True]


def test_threads_change_nothing(plans, found):
    again = measure_impacts(*plans, NUMBERS, Way(2), keep=False)
    assert again == found


def test_a_change_is_that_of_two_runs_set_side_by_side(plans, found):
    """By hand: the gap a head of the final year, with dear prices less as believed, pair by pair."""
    from sim.experiments import run
    from sim.results.summarise import yearly_values

    dear = plans[0].parameters.with_changes(
        {"finance.cost_pressure": dict(moves_of("finance.cost_pressure", plans[0].base)[1].values)}
    )
    heads = plans[0].footprint.total
    before, after = (
        yearly_values(run(each, keep=False).histories, "gap")[:, -1] / heads
        for each in (plans[0], replace(plans[0], parameters=dear))
    )
    assert found.of("finance.cost_pressure")[1].baseline["gap"].mean == pytest.approx(float(np.mean(after - before)))


def test_names_and_replications_are_checked_together(plans):
    once = [replace(plan, question=replace(plan.question, replications=1)) for plan in plans]
    with pytest.raises(Faults) as told:
        measure_impacts(*once, ["stay.emergencies"], keep=False)
    assert len(told.value.faults) == 2
    assert 'Did you mean "stay.emergency"?' in str(told.value)


def made_up(baseline: float, effect: float, seen: bool = True) -> Impacts:
    """One number with these shifts of the gap: the baseline's gap is 400, the plan's effect on it 10."""
    none = Shift(0.0, 0.0, 0.0)
    half = 0.5 if seen else 2.0

    def shift(mean: float) -> Shift:
        return Shift(mean, mean - half * abs(mean), mean + half * abs(mean))

    sides = [{"gap": shift(mean), "delayed": none, "occupancy:acute": none, "emergency_bed_days": none}
             for mean in (baseline, effect)]  # fmt: skip
    believed = [Interval(mean, mean - 1, mean + 1, 10) for mean in (400.0, 100.0, 0.9, 0.0)]
    effects = [Interval(10.0, 9.0, 11.0, 10), *[Interval(0.0, -1.0, 1.0, 10)] * 3]
    names = ("gap", "delayed", "occupancy:acute", "emergency_bed_days")
    made = Made("england", "a", "b", 1.0, 5, 10, 1, 95.0)
    moved = Impact("n", "high", (), False, *sides)
    return Impacts(made, dict(zip(names, believed, strict=True)), dict(zip(names, effects, strict=True)), (moved,))


@pytest.mark.parametrize(
    ("shift", "grade"), [(40, "large"), (-41, "large"), (39, "medium"), (8, "medium"), (7, "small"), (0, "none")]
)
def test_a_tenth_of_the_gap_is_large_and_a_fiftieth_medium(shift, grade):
    assert grade_of_baseline(made_up(shift, 0.0), "n") == grade


@pytest.mark.parametrize(("shift", "grade"), [(5, "large"), (4.9, "medium"), (1, "medium"), (0.9, "small")])
def test_half_of_an_effect_is_large(shift, grade):
    """The plan's effect is 10; on bed days it cannot be seen, and so judges nothing."""
    assert grade_of_effect(made_up(0.0, shift), "n") == grade


def test_what_chance_hides_is_not_seen():
    assert grade_of_baseline(made_up(400, 0.0, seen=False), "n") == "not seen"


def test_what_is_stored_is_read_back(found, plans, tmp_path):
    doubtful = [each for each in doubts([each.parameters for each in plans], plans[0].base) if each.name in NUMBERS]
    stored = Stored(found, "upstream impact", "2016-04-01", "1", ranges_of(doubtful))
    files = stored_bytes(stored)
    assert files == stored_bytes(stored)
    for name, payload in files.items():
        (tmp_path / name).write_bytes(payload)
    back = load_impacts(tmp_path)
    assert back.impacts.numbers == found.numbers
    assert back.impacts.made == found.made
    for first, second in zip(back.impacts.moves, found.moves, strict=True):
        assert (first.number, first.end, first.unlike, first.places) == (
            second.number, second.end, second.unlike, second.places
        )  # fmt: skip
        assert first.baseline["gap"].mean == pytest.approx(second.baseline["gap"].mean, rel=1e-5)
    assert load_impacts(tmp_path / "nowhere") is None
    assert not back.out_of_date(doubtful)


def test_a_number_that_changed_since_is_named(found, plans):
    doubtful = [each for each in doubts([each.parameters for each in plans], plans[0].base) if each.name in NUMBERS]
    stored = Stored(found, "", "", "", ranges_of(doubtful))
    other = [replace(each, spans={key: (low, mode, high * 2) for key, (low, mode, high) in each.spans.items()})
             if each.name == "stay.emergency" else each for each in doubtful]  # fmt: skip
    assert stored.out_of_date(other) == ("stay.emergency",)
    assert stored.out_of_date(doubtful[1:]) == (doubtful[0].name,)


def test_an_impossible_end_is_kept_with_its_reason(tmp_path):
    whole = made_up(1.0, 1.0)
    gone = Impact("other", "low", (), False, {}, {}, "shares add up to more than one")
    stored = Stored(replace(whole, moves=(*whole.moves, gone)), "", "", "", {})
    for name, payload in stored_bytes(stored).items():
        (tmp_path / name).write_bytes(payload)
    back = load_impacts(tmp_path).impacts
    assert back.moves[1] == gone
    assert grade_of_baseline(back, "other") == "does not close"


def test_an_end_at_which_the_base_year_does_not_close_is_no_evidence():
    """Large as it is, it says what a hospital does that there never was."""
    whole = made_up(400, 400)
    assert grade_of_baseline(whole, "n") == "large"
    alone = replace(whole.moves[0], unlike=("p2",))
    assert grade_of_baseline(replace(whole, moves=(alone,)), "n") == "does not close"
    closing = replace(alone, places=True)
    assert grade_of_baseline(replace(whole, moves=(alone, closing)), "n") == "large"
