"""Phases in a scenario file: what may stand there, what it means, and every fault at once with its line."""

from __future__ import annotations

import pytest

from sim.inputs import (
    Faults,
    Phase,
    as_of,
    describe_differences,
    in_phases,
    load_parameters,
    load_scenario,
    month_of,
    phase_months,
    resolve_scenarios,
)

pytestmark = pytest.mark.unit
HEAD = "title: Mine\nwhy: In steps\n"
PHASES = """phases:
  - from: 2018-04
    why: The first half
    change: {policy.shift_share: 0.02}
  - from: 2020/21
    change:
      policy.shift_share: 0.04
      policy.regime: means
      policy.programme_mix: {reablement: 9}
"""


@pytest.fixture(scope="module")
def parameters():
    return load_parameters()


def written(tmp_path, text):
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + text)
    return str(file)


@pytest.mark.parametrize(
    ("text", "month"), [("2018-04", 24219), ("2018/19", 24219), ("2018-13", None), ("April", None), ("2018/20", None)]
)
def test_a_phase_begins_with_a_month_or_a_financial_year(text, month):
    assert month_of(text) == month


def test_a_file_says_what_holds_from_when(parameters, tmp_path):
    """Years from the start of the run, 1 April 2016; words as well as numbers, and keys of what is kept by key."""
    found = resolve_scenarios(parameters, [written(tmp_path, PHASES)])
    assert found.later("policy.shift_share") == ((2.0, 0.02), (4.0, 0.04))
    assert found.later("policy.regime") == ((4.0, "means"),)
    assert found.later("policy.programme_mix.reablement") == ((4.0, 9),)
    assert found.later("policy.programme_mix.warm_homes") == ()
    assert [month - 24195 for month in phase_months(found)] == [24, 48]
    told = "\n".join(describe_differences(parameters, found))
    assert "2 % from April 2018, 4 % from April 2020" in told
    assert "means from April 2020" in told


def test_what_holds_in_a_month_and_phases_made_of_it(parameters, tmp_path):
    """Taken apart month by month and put together again, a plan has the same name."""
    found = resolve_scenarios(parameters, [written(tmp_path, PHASES)])
    assert as_of(found, 24218).value("policy.shift_share") == 0
    assert as_of(found, 24219).value("policy.shift_share") == pytest.approx(0.02)
    assert as_of(found, 24300).text("policy.regime") == "means"
    again = in_phases(found, [(month, as_of(found, month)) for month in phase_months(found)])
    assert again.digest() == found.digest() != parameters.digest()


def test_a_later_scenario_replaces_the_phases_of_a_path_and_leaves_others(parameters, tmp_path):
    first = written(tmp_path, PHASES)
    second = tmp_path / "more.yaml"
    second.write_text(
        HEAD + f"builds_on: ['{first}']\nphases:\n  - from: 2017-10\n    change: {{policy.shift_share: 0.1}}\n"
    )
    found = resolve_scenarios(parameters, [str(second)])
    assert found.later("policy.shift_share") == ((1.5, pytest.approx(0.1)),)
    assert found.later("policy.regime") == ((4.0, "means"),)


def test_a_change_from_the_start_keeps_what_is_to_come(parameters):
    """2 % from the start makes the phase that asks for 2 % none; 1 % leaves it one."""
    phased = parameters.with_phases([Phase(24219, {"policy.shift_share": 0.02})])
    assert phased.with_changes({"policy.shift_share": 0.02}).later("policy.shift_share") == ()
    assert phased.with_changes({"policy.shift_share": 0.01}).later("policy.shift_share") == ((2.0, 0.02),)


def test_the_file_tells_every_fault_with_its_line(tmp_path):
    file = written(
        tmp_path,
        "phases:\n  - from: 2018-04\n    change:\n      policy.shift_shar: 0.1\n      capacity.acute_beds: 2\n"
        "      policy.regime: mean\n  - from: 2018-04\n    change: {policy.shift_share: 7}\n",
    )
    with pytest.raises(Faults) as error:
        resolve_scenarios(load_parameters(), [file])
    told = {(fault.line, fault.name): str(fault) for fault in error.value.faults}
    assert 'Did you mean "policy.shift_share"?' in told[6, "policy.shift_shar"]
    assert "cannot change in mid-run" in told[7, "capacity.acute_beds"]
    assert 'Did you mean "means"?' in told[8, "policy.regime"]
    assert "at most 1" in told[10, "policy.shift_share"]
    assert "must come after the phase before it" in told[10, "phases"]
    assert len(told) == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phases:\n  - from: soon\n    change: {policy.shift_share: 0.1}\n", "must be a month, such as 2018-04"),
        ("phases:\n  - frm: 2018-04\n    change: {policy.shift_share: 0.1}\n", 'Did you mean "from"?'),
        ("phases:\n  - from: 2018-04\n    change: {}\n", "must not be empty"),
        ("phases:\n  - from: 2016-04\n    change: {policy.shift_share: 0.1}\n", "must begin after the run does"),
        ("phases:\n  - from: 2060-04\n    change: {policy.shift_share: 0.1}\n", "within 30 years"),
        (
            "by_year:\n  capacity.growth.p1: {2016/17: 1}\nphases:\n  - from: 2018-04\n"
            "    change: {capacity.growth.p1: 2}\n",
            "is given by year, and in phases too",
        ),
    ],
)
def test_what_cannot_be_is_said(parameters, tmp_path, text, said):
    with pytest.raises(Faults, match="fault") as error:
        resolve_scenarios(parameters, [written(tmp_path, text)])
    assert said in str(error.value)


def test_a_scenario_holds_its_phases(tmp_path):
    scenario = load_scenario(written(tmp_path, PHASES))
    assert [phase.begins for phase in scenario.phases] == [24219, 24243]
    assert scenario.phases[1].places["policy.regime"][1] == 10
