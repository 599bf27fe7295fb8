"""A plan's change divided: adding up, done once, and a small place run through."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sim.experiments import Question, Way, many, resolve, run
from sim.experiments.attribute import (
    Attribution,
    attribute,
    attribution_document,
    parts_between,
    save_attribution,
)
from sim.experiments.attribute import measure as measuring
from sim.experiments.attribute.players import Switchboard, by_family
from sim.inputs import Faults
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


@pytest.fixture(scope="module")
def plans():
    return resolve(QUESTION), resolve(QUESTION.varied(changes=CHANGES))


@pytest.fixture(scope="module")
def found(plans) -> Attribution:
    return attribute(*plans, keep=False)


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


def test_a_part_is_as_unsure_as_the_orders_that_were_not_run(found):
    """A part that replications tell from nothing is not told where other orders might take it away."""
    money = next(place for place, each in enumerate(found.players) if each.name == "money")
    plain = found.part(money, "gap")
    assert plain.verdict == "better"
    half = plain.high - plain.mean
    larger = {series: np.full_like(each, 2 * abs(plain.mean)) for series, each in found.unsure.items()}
    unsure = replace(found, pairs=8, unsure=larger).part(money, "gap")
    assert unsure.mean == plain.mean
    assert unsure.high - unsure.mean == pytest.approx(np.hypot(half, 2 * plain.mean))
    assert unsure.low == pytest.approx(2 * unsure.mean - unsure.high)
    assert unsure.verdict == "no detectable difference"


def test_a_world_that_cannot_be_is_named(plans, monkeypatch):
    class Refused:
        @property
        def place(self):
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
