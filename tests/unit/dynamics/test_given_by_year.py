"""Growth given year by year: hand-worked levels, and nothing changed where nothing is given."""

from __future__ import annotations

import numpy as np
import pytest

from sim.dynamics.growth import Growth
from sim.experiments.xmile import model_of
from sim.inputs import Faults, describe_differences, find_footprint, load_parameters, load_scenario, resolve_scenarios
from sim.system import prepare, simulate

pytestmark = pytest.mark.unit
YEARS = np.array([0.0, 11 / 12, 1.0, 2.0, 2.5, 3.0, 5.0])


@pytest.fixture(scope="module")
def parameters():
    return load_parameters()


def test_a_constant_rate_grows_a_little_every_month():
    """2 % a year: 1.02 to the power of the years, digit for digit as it always was."""
    assert (Growth(0.02).index(YEARS) == (1 + 0.02) ** YEARS).all()


def test_years_that_are_given_step_and_the_constant_rate_goes_on_after_them():
    """10 % in the first year, -50 % in the second, then 2 % a year: 1.1, 1.1 x 0.5, and from there on 1.02 ** t."""
    found = Growth(0.02, (0.1, -0.5), 0).index(YEARS)
    assert found == pytest.approx([1.1, 1.1, 0.55, 0.55, 0.55 * 1.02**0.5, 0.55 * 1.02, 0.55 * 1.02**3])


def test_the_constant_rate_holds_before_the_first_year_given():
    """1 % a year for two years, then 10 % in the third, then 1 % again."""
    found = Growth(0.01, (0.1,), 2).index(YEARS)
    level = 1.01**2 * 1.1
    assert found == pytest.approx([1, 1.01 ** (11 / 12), 1.01, level, level, level, level * 1.01**2])


def test_a_parameter_given_by_year_is_read_from_its_own_start(parameters):
    """2017/18 is the second year of a run from 2016."""
    known = parameters.with_years({"capacity.growth.p1": {"2017/18": 5, "2018/19": -2}})
    found = Growth.of(known, "capacity.growth", "p1")
    assert (found.given, found.begins) == (pytest.approx((0.05, -0.02)), 1)
    assert Growth.of(known, "capacity.growth", "p2").given == ()


def test_only_what_is_given_changes_the_digest(parameters):
    """The same numbers keep their name; a year given makes another."""
    assert parameters.with_years({}).digest() == parameters.digest()
    assert parameters.with_years({"capacity.growth.p1": {"2016/17": 0}}).digest() != parameters.digest()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"capacity.grwth.p1": {"2016/17": 1}}, "not one we know"),
        ({"capacity.acute_beds": {"2016/17": 1}}, "cannot be given by year"),
        ({"capacity.growth": {"2016/17": 1}}, "is kept by station"),
        ({"capacity.growth.p1": {"2016": 1}}, "must be a financial year"),
        ({"capacity.growth.p1": {"2016/18": 1}}, "must be a financial year"),
        ({"capacity.growth.p1": {"2016/17": 1, "2018/19": 1}}, 'year "2017/18" is missing'),
        ({"capacity.growth.p1": {"2016/17": "much"}}, "must be a number"),
        ({"capacity.growth.p1": {"2016/17": 900}}, "cannot be"),
        ({"capacity.growth.p1": {}}, "no year is given"),
    ],
)
def test_what_cannot_be_given_is_said(parameters, given, said):
    """Each fault names the path, what was found and the rule."""
    with pytest.raises(Faults) as error:
        parameters.with_years(given)
    assert said in str(error.value)


def test_a_scenario_says_years_with_its_line_and_every_fault_at_once(parameters, tmp_path):
    """Two faults in one file: a gap, and a name."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: Mine\nwhy: Known years\nby_year:\n  capacity.growth.p1: {2016/17: 1, 2018/19: 1}\n"
        "  capacity.growth.p9: {2016/17: 1}\n"
    )
    with pytest.raises(Faults) as error:
        resolve_scenarios(parameters, [str(file)])
    assert [fault.line for fault in error.value.faults] == [4, 5]


def test_a_year_twice_is_a_fault(parameters, tmp_path):
    """YAML would take the last one without a word."""
    file = tmp_path / "mine.yaml"
    file.write_text("title: Mine\nwhy: Known\nby_year:\n  capacity.growth.p1: {2016/17: 1, 2016/17: 2}\n")
    with pytest.raises(Faults):
        load_scenario(str(file))


def test_years_before_the_run_begins_are_outside(parameters, tmp_path):
    """A run from 2016 cannot be given 2015/16; a run from 2015 can."""
    file = tmp_path / "mine.yaml"
    text = "title: Mine\nwhy: Known\nby_year:\n  capacity.growth.p1: {2015/16: 1}\n"
    file.write_text(text)
    with pytest.raises(Faults, match="is outside: the run begins with 2016/17"):
        resolve_scenarios(parameters, [str(file)])
    file.write_text(text + "change: {run.first_year: 2015}\n")
    assert resolve_scenarios(parameters, [str(file)]).yearly("capacity.growth.p1") == ((2015, 1.0),)


def test_what_is_given_is_told_in_words(parameters):
    known = parameters.with_years({"capacity.growth.p1": {"2016/17": 5, "2017/18": -2}})
    assert describe_differences(parameters, known) == ("Growth of places (p1): 5 in 2016/17, -2 in 2017/18 % a year",)


def test_places_of_a_run_step_with_the_years(parameters):
    """Home care at 100, then 110 all through the first year, then 55 all through the second, but for whole places."""
    given = {"capacity.growth.home_care": {"2016/17": 10, "2017/18": -50}}
    staff = {"workforce.growth": {"social_care": 50}}
    place = prepare(parameters.with_changes(staff).with_years(given), find_footprint("devon"), 2, 60_000)
    places = simulate(place, 1, 0)["places:home_care"]
    base = place.base.places["home_care"]
    assert places[[1, 11, 12, 23]] / base == pytest.approx([1.1, 1.1, 0.55, 0.55], rel=0.02)


def test_the_exported_equations_refuse_years(parameters):
    """They know constant rates alone, and would be silently wrong."""
    known = parameters.with_years({"capacity.growth.p1": {"2016/17": 5}})
    place = prepare(known, find_footprint("devon"), 1, 20_000)
    with pytest.raises(Faults, match="leave by_year out"):
        model_of(place, simulate(place, 1, 0))
