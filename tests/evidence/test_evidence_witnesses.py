"""Every number has a home, a unit and a witness; every witness is called."""

from __future__ import annotations

import csv

import pytest

from sim.inputs import KEY_SETS, UNITS, load_levers, resolve_scenarios, scenario_names
from sim.inputs.folders import default_folder
from sim.inputs.history import history_sources

pytestmark = pytest.mark.evidence


def column(table: str, *names: str) -> set[str]:
    with (default_folder() / table).open(newline="") as file:
        return {row[name] for row in csv.DictReader(file) for name in names} - {""}


def test_every_parameter_has_a_unit_a_source_a_place_and_a_confidence(parameters, sources):
    """No field is empty, and every source is in sources.yaml."""
    for parameter in parameters.values():
        assert parameter.unit in UNITS, parameter.name
        assert parameter.source in sources, parameter.name
        assert parameter.confidence in ("high", "medium", "low"), parameter.name
        assert all((parameter.says, parameter.place, parameter.where, parameter.file, parameter.line)), parameter.name


def test_every_number_lies_in_its_own_range(parameters):
    """Prices are compared after both are turned into pounds of the base year."""
    for path in parameters.paths():
        parameter, key = parameters.locate(path)
        if parameter.measure.kind == "number":
            low, high = parameter.range(key)
            assert low <= parameters.value(path) <= high, path


def test_guesses_say_so(parameters):
    """What the team assumed or recalled is never called certain."""
    for parameter in parameters.values():
        if parameter.source in ("team_assumption", "team_recall"):
            assert parameter.confidence != "high", parameter.name


def test_what_was_fitted_says_how(parameters):
    """Fitted numbers say in `where` or `note` what they were fitted to."""
    for parameter in parameters.values():
        if parameter.source == "fitted_base_year":
            assert len(parameter.where) + len(parameter.note) > 30, parameter.name


def test_every_source_is_used_and_every_use_has_a_source(parameters, sources, studies):
    """Parameters, studies, footprints, population and past years; no source is kept for show."""
    used = {parameter.source for parameter in parameters.values()} | {study.source for study in studies}
    used |= column("footprints.csv", "people_source", "gap_source") | column("population_projection.csv", "source")
    used |= column("programmes.csv", "source")
    used |= history_sources()
    assert used - set(sources) == set()
    assert set(sources) - used == set()


def test_every_source_can_be_found(sources):
    """A link, or the team itself."""
    for source in sources.values():
        assert source.link.startswith("http") or source.publisher == "The Upstream authors", source.id
        assert source.licence, source.id


def test_levers_cover_the_four_groups(parameters):
    """At least eighteen; three headline; each with evidence, and its baseline within its range."""
    levers = load_levers(parameters=parameters)
    assert len(levers) >= 18
    assert {lever.group for lever in levers} == {"demand", "prevention", "flow", "money"}
    assert {lever.path for lever in levers if lever.headline} == {
        "demand.admissions_growth", "policy.shift_share", "finance.budget_growth.acute",
    }  # fmt: skip
    for lever in levers:
        assert lever.evidence, lever.path
        assert lever.label[0].isupper(), lever.path
        if lever.kind == "slider":
            assert lever.low <= parameters.value(lever.path) <= lever.high, lever.path
        else:
            assert set(lever.choices) == set(parameters[lever.path].choices), lever.path


def test_paths_that_move_together_begin_together(parameters):
    """One lever for several parameters has one baseline."""
    for lever in load_levers():
        assert {parameters.value(path) for path in lever.also} <= {
            parameters.value(lever.path) if lever.kind == "slider" else None
        }


def test_both_ends_of_every_lever_are_possible(parameters):
    """No lever can be moved to a value that its unit refuses."""
    for lever in load_levers():
        for value in (lever.low, lever.high) if lever.kind == "slider" else lever.choices:
            parameters.with_changes(lever.changes(value))


def test_every_scenario_changes_something_and_says_why(parameters):
    """All but doing nothing."""
    assert len(scenario_names()) >= 9
    for name in scenario_names():
        changed = resolve_scenarios(parameters, [name]).digest() != parameters.digest()
        assert changed == (name != "do_nothing")


def test_the_parts_of_the_base_budget_add_up(parameters):
    """NHS England had £100,361m for 54.8 million people in 2015/16: £1,831 a head."""
    budget = parameters.by("finance.budget")
    nhs = budget["acute"] + budget["community"] + budget["other_nhs"]
    assert nhs == pytest.approx(100_361 / 54.8, rel=0.005)


def test_what_the_network_simulates_costs_less_than_its_owners_have(parameters):
    """Beds, places and packages per head at their prices, against the budgets."""

    def cost(kind, price, share=1.0):
        return parameters.value(f"capacity.{kind}", unit="share") * price * share * 365.25

    day = {kind: parameters.value(f"finance.cost_{kind}_day") for kind in ("p1", "p2", "p3")}
    budget = parameters.by("finance.budget")
    assert cost("acute_beds", parameters.value("finance.cost_bed_day")) < budget["acute"] / 2
    assert sum(cost(kind, each) for kind, each in day.items()) < budget["community"] / 2
    council = sum(
        cost(
            kind,
            parameters.value(f"finance.cost_{kind}_week", unit="gbp_per_day"),
            parameters.value(f"finance.public_share_{kind}"),
        )
        for kind in ("home_care", "care_home")
    )
    assert council < budget["social_care"] / 2


def test_the_guide_for_editors_names_every_unit_and_list():
    """README.md beside the numbers is complete."""
    guide = (default_folder() / "README.md").read_text()
    missing = [name for name in (*UNITS, *KEY_SETS) if f"`{name}`" not in guide]
    assert missing == ["share_per_year"]  # only for conversions; nobody writes it
