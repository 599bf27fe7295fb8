"""What a plan's change is divided into: its parts, their families, and the worlds in between."""

from __future__ import annotations

import pytest

from sim.experiments.attribute import parts_between
from sim.experiments.attribute.parts import NOT_THE_PLAN, OF_GROUP, OF_ROOM
from sim.experiments.attribute.players import Switchboard, by_family, by_part
from sim.experiments.attribute.shift import sums, with_some
from sim.inputs import Faults, Phase, as_of, load_levers, load_parameters, month_of, resolve_scenarios

pytestmark = pytest.mark.unit

MIX = "policy.programme_mix."


@pytest.fixture(scope="module")
def base():
    return load_parameters()


def changed(base, changes, scenarios=()):
    return resolve_scenarios(base, scenarios, changes)


def families(base, changes, scenarios=()):
    return {part.name: part.families for part in parts_between(base, changed(base, changes, scenarios))}


def test_moved_money_is_counted_by_where_it_goes(base):
    """Prevention's own plan: half of it goes to what works on flow."""
    assert families(base, {}, ("prevention_shift",)) == {
        "shift.programmes": ("demand",), "shift.flow_programmes": ("flow",), "shift.community": ("flow",),
        "shift.social_care": ("flow",),
    }  # fmt: skip


def test_every_group_of_levers_has_a_family():
    assert {lever.group for lever in load_levers()} == set(OF_GROUP)


def test_a_lever_is_one_part_with_all_that_it_moves(base):
    budgets = {f"finance.budget_growth.{name}": 2 for name in ("acute", "community", "other_nhs")}
    (part,) = parts_between(base, changed(base, budgets))
    assert part.label == "NHS budget"
    assert part.families == ("money",)
    assert set(part.paths) == set(budgets)


def test_what_two_levers_can_move_is_counted_once(base):
    """Beds of intermediate care go with all of it, or by themselves."""
    places = {f"capacity.growth.{name}": 3 for name in ("p1", "p2", "p3")}
    (part,) = parts_between(base, changed(base, places))
    assert (part.name, set(part.paths)) == ("capacity.growth.p1", set(places))


def test_numbers_that_count_relative_to_each_other_are_one_part(base):
    parts = parts_between(base, resolve_scenarios(base, ("constant_stay",)))
    assert [part.name for part in parts if "excess" in part.name] == ["demand.excess_share"]


@pytest.mark.parametrize(
    ("path", "value", "family"),
    [
        ("demand.admissions_growth", 2, "demand"),
        ("demand.dispersion", 2, "demand"),
        ("programme.warm_homes.unit_cost", 80, "demand"),
        ("programme.reablement.unit_cost", 80, "flow"),
        ("stay.p1_sigma", 0.9, "flow"),
        ("capacity.growth.acute", -1, "flow"),
        ("policy.social_care_home_care_share", 0.5, "flow"),
        ("policy.max_cut", 5, "money"),
        ("workforce.growth.community", 2, "money"),
        ("finance.cost_bed_day", 300, "money"),
        ("policy.regime", "means", "money"),
    ],
)
def test_each_change_has_its_family(base, path, value, family):
    assert list(families(base, {path: value}).values()) == [(family,)]


def test_every_parameter_that_a_plan_may_change_has_a_family(base):
    """By name alone: nothing but who is simulated is left without."""
    rooms = {name.partition(".")[0] for name in base}
    assert rooms == set(OF_ROOM) | {room for room in NOT_THE_PLAN if "." not in room}


def test_terms_count_with_whatever_the_plan_does(base):
    moved = families(base, {"policy.shift_start": 0, "policy.discharge_delay": 0.5, "policy.regime": "means"})
    assert moved["policy.shift_start"] == ("flow", "money")
    assert families(base, {"policy.shift_start": 0}) == {"policy.shift_start": ("demand",)}


def test_a_mix_of_no_money_is_no_part(base):
    assert not parts_between(base, changed(base, {"policy.mix_community": 0.9}))


def test_the_same_sums_written_otherwise_are_no_part(base):
    first = changed(base, {}, ("prevention_shift",))
    second = first.with_changes({f"policy.mix_{name}": first.value(f"policy.mix_{name}") / 2
                                 for name in ("prevention", "community", "social_care")})  # fmt: skip
    assert not parts_between(first, second)


def test_who_is_simulated_is_no_part_of_a_plan(base):
    with pytest.raises(Faults) as told:
        parts_between(base, base.with_changes({"run.warm_up": 500, "capacity.locality_people": 200_000}))
    assert len(told.value.faults) == 2


def test_sums_are_share_times_mix(base):
    """2 % of the acute budget, of which 80, 10 and 10 %; programmes by their weights."""
    moved = sums(changed(base, {}, ("prevention_shift",)))
    assert moved["policy.mix_community"] == pytest.approx(0.002)
    assert sum(moved.values()) == pytest.approx(0.02)
    weights = base.by("policy.programme_mix")
    assert moved[f"{MIX}reablement"] == pytest.approx(0.016 * weights["reablement"] / sum(weights.values()))
    assert not any(sums(base).values())


def test_one_destination_gets_its_money_and_no_other_does(base):
    plan = changed(base, {}, ("prevention_shift",))
    alone = sums(with_some(base, plan, ["policy.mix_community"], base))
    assert alone["policy.mix_community"] == pytest.approx(0.002)
    assert sum(alone.values()) == pytest.approx(0.002)
    two = sums(with_some(base, plan, ["policy.mix_social_care", f"{MIX}reablement"], base))
    wanted = sums(plan)
    for path, share in two.items():
        expected = wanted[path] if path in ("policy.mix_social_care", f"{MIX}reablement") else 0
        assert share == pytest.approx(expected)


def test_destinations_not_switched_keep_what_the_baseline_gives_them(base):
    before = changed(base, {}, ("prevention_shift",))
    after = changed(base, {}, ("community_first",))
    some = sums(with_some(before, after, ["policy.mix_community"], before))
    assert some["policy.mix_community"] == pytest.approx(sums(after)["policy.mix_community"])
    assert some[f"{MIX}reablement"] == pytest.approx(sums(before)[f"{MIX}reablement"])


def test_money_to_programmes_without_weight_is_refused(base):
    plan = changed(
        base, {"policy.shift_share": 0.02, "policy.programme_mix": dict.fromkeys(base.by("policy.programme_mix"), 0)}
    )
    with pytest.raises(Faults, match="no programme a weight"):
        sums(plan)


@pytest.mark.parametrize("kind", [by_family, by_part])
@pytest.mark.parametrize("name", ["prevention_shift", "social_care_first", "severe_cuts", "constant_stay"])
def test_nobody_is_the_baseline_and_everybody_the_plan_digit_for_digit(base, kind, name):
    plan = changed(base, {}, (name,))
    board = Switchboard(base, plan, kind(parts_between(base, plan)))
    assert board.parameters(0).digest() == base.digest()
    assert board.parameters(2 ** len(board.players) - 1).digest() == plan.digest()


def test_one_player_changes_what_is_its_own_and_nothing_else(base):
    plan = changed(base, {}, ("social_care_first",))
    board = Switchboard(base, plan, by_part(parts_between(base, plan)))
    place = [each.name for each in board.players].index("finance.budget_growth.social_care")
    alone = board.parameters(1 << place)
    assert alone.digest() == base.with_changes({"finance.budget_growth.social_care": 0}).digest()


def test_single_years_are_switched_with_their_lever(base):
    plan = base.with_years({"finance.budget_growth.social_care": {"2016/17": 3.0}}).with_changes(
        {"policy.regime": "means"}
    )
    parts = parts_between(base, plan)
    board = Switchboard(base, plan, by_part(parts))
    place = [each.name for each in board.players].index("finance.budget_growth.social_care")
    assert board.parameters(1 << place).yearly("finance.budget_growth.social_care") == ((2016, 3.0),)
    other = Switchboard(plan, base, by_part(parts_between(plan, base)))
    assert other.parameters(1 << place).digest() == base.with_changes({"policy.regime": "means"}).digest()


def test_a_plan_in_phases_is_divided_phase_by_phase(base):
    """Demand is switched alone: programmes at once, and from April 2018 more of them; the beds of 2018 stay away."""
    april = month_of("2018/19")
    first = changed(base, {}, ("prevention_shift",))
    plan = first.with_phases([Phase(april, {"policy.shift_share": 0.06, "capacity.growth.acute": -3})])
    parts = parts_between(base, plan)
    assert {family for part in parts for family in part.families} == {"demand", "flow"}
    players = by_family(parts)
    board = Switchboard(base, plan, players)
    assert board.parameters(0b11) is plan
    alone = board.parameters(1 << [player.name for player in players].index("demand"))
    assert alone.later("capacity.growth.acute") == ()
    for month in (april - 1, april):
        known, wanted = (sums(as_of(each, month)) for each in (alone, plan))
        assert known["policy.programme_mix.gp_continuity"] == pytest.approx(
            wanted["policy.programme_mix.gp_continuity"]
        )
        assert known["policy.programme_mix.gp_continuity"] > 0
        assert known["policy.mix_community"] == 0
    assert parts_between(base, base.with_phases([Phase(april, {"policy.shift_share": 0.01})]))
