"""From decisions to a phased run, and from runs to what a round brought."""

from __future__ import annotations

import pytest

from sim.inputs import as_of, first_month, load_scenario, resolve_scenarios
from sim.workshop import acts, as_scenario, asked, replayed, run_round, split
from sim.workshop.plans import resolved
from sim.workshop.results import SHOWN
from sim.workshop.state import Plan, Played
from tests.unit.workshop.rooms import ROUND, TEXT, by, joined, led, small

pytestmark = pytest.mark.unit
SHARE = "policy.shift_share"


@pytest.fixture(autouse=True)
def nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))


@pytest.fixture(scope="module")
def played():
    """Blue agrees 2 % with community services and breaks it; Red does nothing. A hard winter in the second year."""
    session = led(joined(), acts.Begin())
    session = by(session, "Blue/acute", acts.Propose("community", 0.02), acts.Decide("capacity.growth.acute", 2.0))
    session = led(by(session, "Blue/community", acts.Answer(1, True)), *ROUND, acts.PlayCard("winter"), acts.Begin())
    session = led(by(session, "Blue/acute", acts.Break(1)), *ROUND, acts.Begin())
    session = by(session, "Blue/social_care", acts.Decide(SHARE, 0.03), acts.Decide("policy.mix_social_care", 1.0))
    return led(session, *ROUND).state


def holds(question, month):
    """Parameters in a month of a run, counted from 0."""
    return as_of(question.parameters, first_month(question.parameters) + month)


def test_a_teams_log_becomes_a_plan_with_a_phase_for_each_round(played):
    question = asked(played, 2).teams["Blue"]
    shares = [holds(question, month).value(SHARE) for month in (0, 11, 12, 23, 24, 35)]
    assert shares == pytest.approx([0.02, 0.02, 0, 0, 0.03, 0.03])
    assert [holds(question, month).text("policy.behaviour") for month in (0, 12, 24)] == ["fortress"] * 2 + ["place"]
    # what runs down after the breach goes where it went, not where nobody agreed
    assert [holds(question, month).value("policy.mix_community") for month in (0, 12)] == [1, 1]
    assert [holds(question, month).value("policy.mix_prevention") for month in (0, 12)] == [0, 0]
    assert [holds(question, month).value("capacity.growth.acute") for month in (0, 24)] == [2, 2]
    assert question.question.years == 3


def test_a_teams_plan_is_a_scenario_that_any_command_runs(played, tmp_path):
    """The file gives the same parameters, to the name; nothing of the other team stands in it."""
    for team in ("Blue", "Red"):
        file = tmp_path / f"{team}.yaml"
        file.write_text(as_scenario(played, team, 3))
        question = asked(played, 2).teams[team]
        assert resolve_scenarios(question.base, [str(file)]).digest() == question.parameters.digest()
        asked_with = load_scenario(str(file)).asked
        assert (asked_with["place"], asked_with["years"], asked_with["seed"]) == ("devon", 3, 3)


def test_a_card_acts_for_its_years_on_everybody_doing_nothing_included(played):
    ask = asked(played, 2)
    path = "demand.month_factor_emergency.Jan"
    for question in (ask.nothing, *ask.teams.values()):
        usual = question.base.value(path)
        found = [holds(question, month).value(path) / usual for month in (11, 12, 23, 24)]
        assert found == pytest.approx([1, 1.05, 1.05, 1])


def test_a_shock_of_one_year_of_its_own_comes_when_its_card_is_played():
    question = resolved(small(), (Plan(),) * 3, (Played("homes", 1),))
    path = "capacity.growth.care_home"
    found = [holds(question, month).value(path) - question.base.value(path) for month in (11, 12, 23, 24)]
    assert found == pytest.approx([0, -5, -5, 0])


def test_a_team_that_does_nothing_asks_what_doing_nothing_asks(played):
    ask = asked(played, 2)
    assert ask.teams["Red"].id == ask.nothing.id != ask.teams["Blue"].id
    assert len(ask.distinct) == 2


def test_what_a_team_does_later_is_no_part_of_an_earlier_round(played):
    """The first round of the whole session, and the first round as it was when nothing else had happened."""
    first = replayed(small(), ())
    first = led(joined(), acts.Begin())
    first = by(first, "Blue/acute", acts.Propose("community", 0.02), acts.Decide("capacity.growth.acute", 2.0))
    first = led(by(first, "Blue/community", acts.Answer(1, True)), *ROUND)
    assert asked(first.state, 0).id == asked(played, 0).id


def test_a_round_tells_measures_books_and_promises(played):
    found = run_round(played, 1)
    blue, red = found.teams
    assert (found.years, found.own_years, found.replications) == (2, 1, 2)
    assert [each.series for each in blue.headlines] == list(SHOWN)
    assert all(each.change.mean == 0 for each in red.headlines)
    assert any(each.change.mean != 0 for each in blue.headlines)
    assert (blue.promises.kept, blue.promises.broken, blue.promises.share) == (1, 1, 0.5)
    assert red.promises.share is None
    assert next(won.teams for won in found.won if won.win == "promises") == ()
    for team in found.teams:
        assert sum(lines["transfer"] for lines in team.books.values()) == pytest.approx(0, abs=0.005)
        for lines in team.books.values():
            left = lines["income"] + lines["transfer"] - lines["spending"]
            assert lines["balance"] == pytest.approx(left, abs=0.01)


def test_who_cannot_be_told_from_the_best_has_won_too(played):
    """Red and Blue do the same until Blue decides: with the same people there is nothing between them."""
    same = led(led(joined(), acts.Begin()), *ROUND)
    assert {won.win: set(won.teams) for won in run_round(same.state, 0).won} == {
        "flow": {"Blue", "Red"}, "people": {"Blue", "Red"}, "money": {"Blue", "Red"}, "promises": set(),
    }  # fmt: skip


def test_a_teams_change_is_divided_and_adds_up(played):
    found = split(played, "Blue", 2)
    assert found is not None
    assert {player.name for player in found.players} <= {"demand", "flow", "money"}
    parts = sum(found.part(number, "gap").mean for number in range(len(found.players)))
    assert parts == pytest.approx(found.whole("gap").mean, rel=1e-6)
    assert split(played, "Red", 2) is None


def test_a_mix_of_money_that_nobody_moved_is_no_change():
    """Another number stands in the plan, and nothing follows from it."""
    weights = small(TEXT.replace("  place: [", "  public_health: [policy.programme_mix.gp_continuity]\n  place: ["))
    session = led(joined(weights, ("Blue",)), acts.Begin())
    session = by(session, "Blue/public_health", acts.Decide("policy.programme_mix.gp_continuity", 3.0))
    state = led(session, *ROUND).state
    ask = asked(state, 0)
    assert ask.teams["Blue"].parameters.digest() != ask.nothing.parameters.digest()
    assert split(state, "Blue", 0) is None
