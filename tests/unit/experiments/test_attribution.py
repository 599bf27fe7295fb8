"""A plan's change divided: its parts, the worlds in between, adding up, and a small place run through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve, run
from sim.experiments.attribute import (
    Attribution,
    attribute,
    attribution_document,
    parts_between,
    save_attribution,
)
from sim.experiments.attribute import measure as measuring
from sim.experiments.attribute.parts import OF_GROUP
from sim.experiments.attribute.players import Switchboard, by_family, by_part
from sim.experiments.attribute.shift import sums, with_some
from sim.inputs import Faults, load_levers, load_parameters, resolve_scenarios
from sim.results.store import json_bytes
from sim.results.summarise import yearly_values

pytestmark = pytest.mark.unit

QUESTION = Question("devon", ("do_nothing",), years=3, replications=3, people=20_000)
CHANGES = {
    "policy.shift_share": 0.06, "policy.shift_start": 0, "policy.shift_ramp": 0, "policy.discharge_delay": 0.4,
    "finance.budget_growth.social_care": 2,
}  # fmt: skip
FEW = {
    "policy.shift_share": 0.06, "policy.mix_prevention": 0, "policy.mix_social_care": 0, "policy.discharge_delay": 0.4,
    "finance.budget_growth.acute": 2,
}  # fmt: skip
MIX = "policy.programme_mix."


@pytest.fixture(scope="module")
def base():
    return load_parameters()


@pytest.fixture(scope="module")
def plans():
    return resolve(QUESTION), resolve(QUESTION.varied(changes=CHANGES))


@pytest.fixture(scope="module")
def found(plans) -> Attribution:
    return attribute(*plans, keep=False)


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
    from sim.experiments.attribute.parts import NOT_THE_PLAN, OF_ROOM

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


def test_the_parts_add_up_to_the_whole_in_every_replication_and_year(found):
    for series, shares in found.shares.items():
        whole = found.after[series] - found.before[series]
        assert np.allclose(shares.sum(axis=0), whole, rtol=1e-9, atol=1e-9), series
        means = sum(found.part(place, series).mean for place in range(len(found.players)))
        assert means == pytest.approx(found.whole(series).mean, rel=1e-6, abs=1e-6)


def test_the_whole_is_what_two_runs_differ_by(found, plans):
    before, after = (yearly_values(run(each, keep=False).histories, "delayed") for each in plans)
    assert np.array_equal(found.before["delayed"], before)
    assert np.array_equal(found.after["delayed"], after)


def test_money_that_moves_nobody_is_exactly_nothing_at_the_bedside(found):
    """Places are held whatever the money, so a budget changes the gap alone."""
    money = [each.name for each in found.players].index("money")
    assert not found.shares["delayed"][money].any()
    assert found.part(money, "delayed").verdict == "no difference"
    assert found.part(money, "gap").verdict == "better"


def test_families_divide_by_themselves_and_on_top_of_the_others(found):
    """With three players a Shapley value is 1/3 first, 1/3 last, 1/3 in between; additive money is the same in all."""
    money = [each.name for each in found.players].index("money")
    first, last = found.alone_and_last(money, "gap")
    assert first.mean == pytest.approx(last.mean, rel=1e-6)
    assert found.part(money, "gap").mean == pytest.approx(first.mean, rel=1e-6)
    assert [each.name for each in found.players] == ["demand", "flow", "money"]


def test_threads_change_nothing(plans, found):
    again = attribute(*plans, "family", Way(2), keep=False)
    for series, shares in found.shares.items():
        assert shares.tobytes() == again.shares[series].tobytes()


def test_levers_are_exact_while_few_and_sampled_when_many(plans, monkeypatch):
    """Sampled orders of the same players: they add up, and lie near the exact division."""
    plans = (plans[0], resolve(QUESTION.varied(changes=FEW)))
    exact = attribute(*plans, "lever", keep=False)
    assert exact.pairs == 0
    assert len(exact.players) == 3
    monkeypatch.setattr(measuring, "EXACT_UP_TO", 2)
    drawn = attribute(*plans, "lever", pairs=2, keep=False)
    assert drawn.pairs == 2
    assert drawn.alone_and_last(0, "gap") is None
    assert [each.name for each in drawn.players] == [each.name for each in exact.players]
    for series, shares in drawn.shares.items():
        assert np.allclose(shares.sum(axis=0), drawn.after[series] - drawn.before[series], rtol=1e-9, atol=1e-9)
        assert drawn.unsure[series].shape == (len(drawn.players), 3)
        assert not exact.unsure[series].any()
    gap = [each.shares["gap"].mean(axis=1)[:, -1] for each in (drawn, exact)]
    assert np.abs(gap[0] - gap[1]).max() < 0.1 * np.abs(gap[1]).max()


def test_what_is_finished_is_not_run_again(plans, tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    first = attribute(*plans)
    seen: list[tuple[int, int]] = []
    again = attribute(*plans, "family", Way(progress=lambda done, wanted: seen.append((done, wanted))))
    assert seen == [(24, 24)]
    assert json_bytes(attribution_document(again)) == json_bytes(attribution_document(first))


def test_nobody_wants_it_any_more(plans):
    class GoneError(Exception):
        pass

    def gone() -> None:
        raise GoneError

    with pytest.raises(GoneError):
        attribute(*plans, "family", Way(pace=gone), keep=False)


def test_faults_are_told_together(plans):
    baseline, plan = plans
    once = replace(baseline, question=replace(baseline.question, replications=1))
    longer = replace(plan, question=replace(plan.question, years=4, seed=2))
    with pytest.raises(Faults) as told:
        attribute(once, longer, pairs=1, keep=False)
    assert [fault.name for fault in told.value.faults] == ["years", "replications", "seed", "replications", "pairs"]
    with pytest.raises(Faults, match="nothing otherwise"):
        attribute(baseline, baseline, keep=False)


def test_a_world_that_cannot_be_is_named(plans, monkeypatch):
    from sim.experiments import many

    class Refused:
        def __call__(self, replication, cancelled=None):
            raise ValueError("no place")

    task_of = many.task_of
    before, after = (each.parameters for each in plans)
    flow_alone = Switchboard(before, after, by_family(parts_between(before, after))).parameters(2)

    def refuse(asked, memory):
        return Refused() if asked.parameters.digest() == flow_alone.digest() else task_of(asked, memory)

    monkeypatch.setattr(many, "task_of", refuse)
    with pytest.raises(Faults, match="no place") as told:
        attribute(*plans, keep=False)
    assert [fault.name for fault in told.value.faults] == ["flow"]


def test_documents_and_tables_hold_every_part(found, tmp_path):
    import json

    import polars as pl

    told = attribution_document(found)
    gap = next(each for each in told["measures"] if each["series"] == "gap" and each["financial_year"] == "2018/19")
    assert sum(each["mean"] for each in gap["parts"].values()) == pytest.approx(gap["whole"]["mean"])
    save_attribution([found, found], tmp_path)
    table = pl.read_parquet(tmp_path / "shares.parquet")
    assert table.height == 2 * 3 * 3 * 3
    by_player = table.filter(pl.col("plan") == 1, pl.col("year") == 2).group_by("replication").agg(pl.col("gap").sum())
    whole = found.after["gap"][:, -1] - found.before["gap"][:, -1]
    assert by_player.sort("replication")["gap"].to_numpy() == pytest.approx(whole)
    assert len(json.loads((tmp_path / "attribution.json").read_text())) == 2
