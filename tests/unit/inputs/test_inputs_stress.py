"""Limits and shocks: what is shipped, what a shock moves, and every fault of a file at once."""

from __future__ import annotations

import pytest

from sim.inputs import Faults, Phase, load_parameters, month_of
from sim.inputs.limits import load_limits
from sim.inputs.shocks import Act, load_shocks

pytestmark = pytest.mark.unit

NAMES = {
    "severe_winter", "care_home_closures", "workforce_shortfall", "delivery_below_plan", "settlement_cut",
    "demand_surge", "delayed_start",
}  # fmt: skip
SHOCK = """
fire:
  says: A fire
  unit: {unit}
  value: {value}
  low: -10
  high: -1
  chance: 0.5
  acts:
    - {how}: [{path}]
  source: {source}
  where: judgement
  confidence: low
"""


@pytest.fixture(scope="module")
def base():
    return load_parameters()


@pytest.fixture
def shock_file(tmp_path):
    """A file with one shock, from what differs."""

    def write(**given):
        usual = {"unit": "percent_per_year", "value": -5, "how": "add", "path": "capacity.growth.acute",
                 "source": "team_assumption"}  # fmt: skip
        file = tmp_path / "shocks.yaml"
        file.write_text(SHOCK.format(**(usual | given)))
        return file

    return write


def test_every_shock_that_is_shipped_moves_something_within_what_its_unit_allows(base):
    found = load_shocks(base)
    assert {each.name for each in found} == NAMES
    for shock in found:
        for size in (shock.low, shock.value, shock.high):
            assert shock.apply(base, size).digest() != base.digest(), shock.name
        assert 0 < shock.chance < 1


def test_every_limit_that_is_shipped_lies_in_its_range():
    limits = load_limits()
    assert [each.name for each in limits] == ["occupancy", "delayed", "waits", "gap"]
    assert all(each.low <= each.value <= each.high for each in limits)


def test_a_limit_is_set_by_name_and_an_unknown_name_is_told():
    chosen = {each.name: each.value for each in load_limits(chosen={"gap": 0.0})}
    assert chosen["gap"] == 0
    assert chosen["occupancy"] == load_limits()[0].value
    with pytest.raises(Faults, match='Did you mean "occupancy"'):
        load_limits(chosen={"ocupancy": 0.9})


def test_a_shock_adds_or_multiplies_after_the_plan(base):
    plan = base.with_changes({"policy.share_delivered": 0.6, "policy.start_delay": 1})
    (below,) = load_shocks(base, names=["delivery_below_plan"])
    (late,) = load_shocks(base, names=["delayed_start"])
    assert below.apply(plan, 0.5).value("policy.share_delivered") == pytest.approx(0.3)
    assert late.apply(plan, 0.75).value("policy.start_delay") == pytest.approx(1.75)


def test_a_value_goes_no_further_than_its_unit_allows(base):
    act = Act("times", ("policy.share_delivered",))
    assert act.apply(base, 10.0).value("policy.share_delivered") == 1
    act = Act("add", ("policy.start_delay",))
    assert act.apply(base, -10.0).value("policy.start_delay") == 0


def test_a_shock_of_one_year_leaves_the_others(base):
    path = "capacity.growth.care_home"
    act = Act("add", (path,), 2018)
    assert act.apply(base, -5.0).yearly(path) == ((2018, -5.0),)
    plan = base.with_changes({path: 1}).with_years({path: {"2016/17": 2}})
    assert act.apply(plan, -5.0).yearly(path) == ((2016, 2.0), (2017, 1.0), (2018, -4.0))


def test_a_shock_of_the_whole_run_moves_single_years_too(base):
    path = "finance.budget_growth.social_care"
    plan = base.with_years({path: {"2016/17": 3, "2017/18": 2}})
    after = Act("add", (path,)).apply(plan, -1.0)
    assert after.yearly(path) == ((2016, 2.0), (2017, 1.0))
    assert after.value(path) == pytest.approx(base.value(path) - 1)


def test_every_fault_of_a_shock_is_told_with_its_line(base, shock_file):
    with pytest.raises(Faults) as told:
        load_shocks(base, shock_file(source="team_asumption", value=-50, path="capacity.growth.acut"))
    text = str(told.value)
    assert len(told.value.faults) == 3
    for expected in ('Did you mean "team_assumption"?', "lies outside its own range, -10 to -1",
                     'Did you mean "capacity.growth.acute"?', "shocks.yaml, line 5: fire"):  # fmt: skip
        assert expected in text


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"unit": "share", "value": -5}, "needs a size in percent_per_year, not in share"),
        ({"how": "times"}, "needs a size in ratio, not in percent_per_year"),
        ({"path": "policy.regime", "unit": "choice"}, "is not one we know for a number"),
        ({"path": "capacity.growth"}, "is kept by station"),
        ({"how": "takes"}, "is not one we know"),
    ],
)
def test_a_shock_that_cannot_be_is_refused(base, shock_file, given, rule):
    with pytest.raises(Faults, match=rule):
        load_shocks(base, shock_file(**given))


def test_an_unknown_shock_is_told(base):
    with pytest.raises(Faults, match='Did you mean "severe_winter"'):
        load_shocks(base, names=["severe_wintr"])


def test_a_year_is_for_growth_alone(base, tmp_path):
    text = SHOCK.format(unit="share", value=-5, how="add", path="policy.share_delivered", source="team_assumption")
    file = tmp_path / "shocks.yaml"
    file.write_text(text.replace("delivered]", "delivered]\n      year: 2018/19"))
    with pytest.raises(Faults, match="cannot be given by year"):
        load_shocks(base, file)


def test_a_shock_moves_every_phase_of_a_plan(base):
    """Half of what is expected is delivered, before the phase and after it."""
    below = next(each for each in load_shocks(base) if each.name == "delivery_below_plan")
    path, april = "policy.share_delivered", month_of("2018/19")
    plan = base.with_changes({path: 0.6}).with_phases([Phase(april, {path: 0.8})])
    shocked = below.apply(plan, 0.5)
    assert shocked.value(path) == pytest.approx(0.3)
    assert shocked.later(path) == ((2.0, pytest.approx(0.4)),)
