"""Workshop files: the ready ones are sound, and what is wrong with one is said with its line, all at once."""

from __future__ import annotations

import pytest

from sim.inputs import Faults
from sim.workshop import expected_session, load_template, template_names
from sim.workshop.expected import first_year
from tests.unit.workshop.rooms import TEXT, small

pytestmark = pytest.mark.unit
READY = {"beds_or_packages": 45, "demand_or_flow": 90, "fortress_or_place": 180}


def test_the_ready_workshops_are_there():
    assert {name: load_template(name).minutes for name in template_names()} == READY


@pytest.mark.parametrize("name", READY)
def test_a_ready_workshop_can_be_played_as_its_plays_say_within_its_time(name):
    ready = load_template(name)
    state = expected_session(ready).state
    assert (state.phase, state.last) == ("debrief", True)
    assert set(state.teams) == set(ready.plays)
    assert sum(each.minutes for each in ready.rounds) <= ready.minutes / 2
    assert ready.lesson


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("footprint: devon", "footprint: devno", 'Did you mean "devon"'),
        ("people: 20000", "peeple: 20000", 'Did you mean "people"'),
        ("[capacity.growth.home_care]", "[capacity.growth.home_car]", 'Did you mean "capacity.growth.home_care"'),
        ("[capacity.growth.home_care]", "[capacity.pooling_share]", "cannot change in mid-run"),
        ("[capacity.growth.home_care]", "[capacity.growth.p1]", "is offered twice"),
        ("policy.shift_share: [0, 0.1]", "policy.shift_share: [0, 3]", "least and most"),
        ("policy.shift_share: [0, 0.1]", "policy.capital: [0, 3]", "not offered"),
        ("policy.shift_start: 0,", "policy.shift_strat: 0,", 'Did you mean "policy.shift_start"'),
        ("way: place, minutes", "way: palace, minutes", 'Did you mean "place"'),
        ("years: 1, way: place", "years: 19, way: place", "more than a run can have"),
        ("shock: severe_winter", "shock: severe_wniter", 'Did you mean "severe_winter"'),
        ("shock: severe_winter", "shock: delayed_start", "cannot change in mid-run"),
        ("[[], [winter], []]", "[[], [wintr], []]", 'Did you mean "winter"'),
        ("{capacity.growth.acute: 2}", "{capacity.growth.acute: 200}", "must be a number from"),
        ("{policy.shift_share: 0.02}", "{policy.shift_shar: 0.02}", 'Did you mean "policy.shift_share"'),
        ("[{community: 0.02}]", "[{comunity: 0.02}]", 'Did you mean "community"'),
        ("wins: [flow,", "wins: [flwo,", 'Did you mean "flow"'),
    ],
)
def test_what_is_wrong_is_said_with_its_line(was, now, said):
    assert TEXT.count(was) == 1
    text = TEXT.replace(was, now)
    line = next(n for n, each in enumerate(text.splitlines(), 1) if now in each)
    with pytest.raises(Faults) as error:
        small(text)
    (fault,) = error.value.faults
    assert said in str(fault)
    rounds = next(n for n, each in enumerate(text.splitlines(), 1) if each == "rounds:")
    assert abs(fault.line - line) <= 1 or fault.line == rounds


def test_every_fault_is_said_at_once():
    text = (
        TEXT.replace("footprint: devon", "footprint: x")
        .replace("[winter]", "[x]")
        .replace("shock: severe_", "shock: x_")
    )
    with pytest.raises(Faults) as error:
        small(text)
    assert len(error.value.faults) == 3


def test_an_unknown_workshop_is_said():
    with pytest.raises(Faults, match="is not one we know"):
        load_template("beds_or_pakages")


def test_where_every_team_starts_is_the_first_year_of_doing_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    begins = first_year(small())
    assert begins.team == "nothing"
    assert all(each.change.mean == 0 for each in begins.headlines)
    assert next(each for each in begins.headlines if each.series == "admissions:emergency_overnight").value.mean > 0
