"""Scenarios stack, say what differs in words, and refuse what cannot be."""

from __future__ import annotations

import pytest

from sim.inputs import (
    Faults,
    describe_differences,
    differences,
    load_parameters,
    load_scenario,
    resolve_scenarios,
    scenario_names,
)

pytestmark = pytest.mark.unit


@pytest.fixture
def write(folder):
    """Write a scenario of this name."""

    def write(name, change="{}", builds_on=None, extra=""):
        above = f"builds_on: [{', '.join(builds_on)}]\n" if builds_on else ""
        text = f"title: {name.title()}\nwhy: to see\n{above}change: {change}\n{extra}"
        (folder / "scenarios" / f"{name}.yaml").write_text(text)

    return write


def faults_of(folder, *names, changes=None):
    with pytest.raises(Faults) as caught:
        resolve_scenarios(load_parameters(folder), names, changes or {}, folder)
    return caught.value.faults


def test_scenarios_stack_in_order_and_what_they_build_on_goes_first(folder, write):
    """b builds on a; c comes later and wins; the extra change wins over all."""
    write("a", "{demand.growth: 1, demand.rate.85+: 8}")
    write("b", "{demand.growth: 2}", ["a"])
    write("c", "{demand.rate.85+: 7}")
    base = load_parameters(folder)
    found = resolve_scenarios(base, ["b", "c"], {"policy.regime": "means"}, folder)
    assert found.value("demand.growth") == 2
    assert found.value("demand.rate.85+") == 7
    assert found.text("policy.regime") == "means"
    assert scenario_names(folder) == ("a", "b", "c")


def test_a_shared_base_is_applied_once(folder, write):
    """Both build on a; the second may not undo what the first changed."""
    write("a", "{demand.growth: 1}")
    write("b", "{demand.growth: 2}", ["a"])
    write("c", "{demand.rate.85+: 7}", ["a"])
    found = resolve_scenarios(load_parameters(folder), ["b", "c"], {}, folder)
    assert found.value("demand.growth") == 2


def test_differences_are_said_in_words_and_can_be_replayed(folder, write):
    """Meaning, from, to and unit; the differences as changes give the same parameters again."""
    write("a", "{demand.growth: 1, demand.rate: {85+: 8}, policy.regime: means}")
    before = load_parameters(folder)
    after = resolve_scenarios(before, ["a"], {}, folder)
    assert describe_differences(before, after) == (
        "Growth of admissions: from 3.6 to 1 % a year",
        "Admissions of each age band (85+): from 5 to 8 per 1,000 people a year",
        "What happens when money runs short: from hold to means",
    )
    assert before.with_changes(differences(before, after)).digest() == after.digest()
    assert describe_differences(before, before) == ()


def test_a_name_that_does_not_exist_is_a_fault_with_line_and_nearest(folder, write):
    """The change stands on line 3 and 4 of the file; both are reported."""
    write("a", "\n  demand.grwoth: 1\n  demand.rate.85: 2")
    first, second = faults_of(folder, "a")
    assert (first.line, first.suggestion) == (4, "demand.growth")
    assert (second.line, second.suggestion) == (5, "demand.rate.85+")
    assert first.file.endswith("a.yaml")


def test_a_value_that_cannot_be_is_a_fault_with_line(folder, write):
    """A word where a number is wanted, and a choice that is none."""
    write("a", "\n  demand.growth: fast\n  policy.regime: hodl")
    first, second = faults_of(folder, "a")
    assert (first.line, first.rule) == (4, "must be a number (% a year)")
    assert (second.line, second.suggestion) == (5, "hold")


def test_faults_of_all_scenarios_and_of_the_extra_changes_come_at_once(folder, write):
    """One in each scenario, one in the extra changes."""
    write("a", "{demand.grwoth: 1}")
    write("b", "{demand.groth: 1}")
    assert len(faults_of(folder, "a", "b", changes={"demand.growthh": 1})) == 3


@pytest.mark.parametrize("names", [["b"], ["a"], ["c"]])
def test_a_circle_is_a_fault_that_names_it(folder, write, names):
    """a builds on b, b on c, c on a: the circle is found from wherever it is entered."""
    write("a", builds_on=["b"])
    write("b", builds_on=["c"])
    write("c", builds_on=["a"])
    (fault,) = faults_of(folder, *names)
    assert "goes in a circle" in fault.rule
    assert fault.line == 3


def test_a_scenario_that_builds_on_itself_is_a_circle(folder, write):
    """The shortest one."""
    write("a", builds_on=["a"])
    (fault,) = faults_of(folder, "a")
    assert fault.rule == "goes in a circle: a -> a"


def test_an_unknown_scenario_is_a_fault_with_the_nearest(folder, write):
    """Asked for by hand, and in builds_on with its line."""
    write("prevention")
    write("b", builds_on=["prevnetion"])
    (asked,) = faults_of(folder, "preventoin")
    assert (asked.suggestion, asked.line) == ("prevention", 0)
    (built,) = faults_of(folder, "b")
    assert (built.suggestion, built.line) == ("prevention", 3)


def test_unknown_and_missing_keys_are_faults(folder, write):
    """changes is not change; a scenario says why."""
    write("a", extra="chnage: {}\n")
    (folder / "scenarios" / "b.yaml").write_text("title: B\nchange: {}\n")
    (unknown,) = faults_of(folder, "a")
    assert (unknown.line, unknown.suggestion) == (4, "change")
    (missing,) = faults_of(folder, "b")
    assert missing.found == '"why"'


def test_one_may_bring_a_scenario_of_ones_own(folder, tmp_path):
    """A path ending in .yaml is read from where it is."""
    path = tmp_path / "elsewhere" / "mine.yaml"
    path.parent.mkdir()
    path.write_text("title: Mine\nwhy: to see\nchange: {demand.growth: 2}\n")
    assert load_scenario(str(path), folder).title == "Mine"
    found = resolve_scenarios(load_parameters(folder), [str(path)], {}, folder)
    assert found.value("demand.growth") == 2
    with pytest.raises(Faults, match="cannot be read"):
        load_scenario(str(tmp_path / "nowhere.yaml"), folder)


def test_two_numbers_that_hardly_differ_are_told_apart(folder):
    before = load_parameters(folder)
    (line,) = describe_differences(before, before.with_changes({"demand.growth": 3.6000004}))
    assert line == "Growth of admissions: from 3.6 to 3.6000004 % a year"
