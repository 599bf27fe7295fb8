"""Nobody sees what they must not: every number that was decided is looked for in every view, in every phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.workshop import FACILITATOR, acts, view
from tests.unit.workshop.rooms import ROLES, ROUND, by, joined, led, small

pytestmark = pytest.mark.unit

OWN = {
    "acute": "capacity.growth.acute",
    "community": "capacity.growth.p1",
    "social_care": "capacity.growth.home_care",
}
SECRET = {
    ("Blue", "acute"): 1.1057, ("Blue", "community"): 1.2057, ("Blue", "social_care"): 1.3057,
    ("Red", "acute"): 1.4057, ("Red", "community"): 1.5057, ("Red", "social_care"): 1.6057,
}  # fmt: skip
"""What each role of each team decides in the first round: numbers that stand nowhere else."""
SHARES = {"Blue": 0.01057, "Red": 0.02057}
PHASES = range(len(ROUND) + 1)


def decided():
    """A first round in which everybody decided, and each hospital agreed something with its community services."""
    session = led(joined(), acts.Begin())
    for (team, role), value in SECRET.items():
        session = by(session, f"{team}/{role}", acts.Decide(OWN[role], value))
    for team, share in SHARES.items():
        session = by(session, f"{team}/acute", acts.Propose("community", share))
        session = by(session, f"{team}/community", acts.Answer(1, True))
    return session


def seen(session, who):
    """Which teams' and roles' numbers stand anywhere in a view."""
    text = repr(view(session.state, who))
    return {key for key, value in SECRET.items() if repr(value) in text}


def everybody(team):
    return {key for key in SECRET if key[0] == team}


@pytest.mark.parametrize("far", PHASES)
def test_a_seat_sees_its_own_levers_until_the_reveal_and_its_teams_from_then_on(far):
    """Of other teams it sees nothing, whatever is done, for plans are hidden to the end."""
    session = led(decided(), *ROUND[:far])
    for team in ("Blue", "Red"):
        for role in ROLES:
            revealed = session.state.phase in ("reveal", "debrief")
            own = everybody(team) if revealed else {(team, role)} & SECRET.keys()
            assert seen(session, f"{team}/{role}") == own, (session.state.phase, team, role)


@pytest.mark.parametrize("far", PHASES)
def test_the_board_shows_no_plan_and_the_facilitator_none_that_is_still_made(far):
    session = led(decided(), *ROUND[:far])
    assert seen(session, "") == set()
    assert seen(session, FACILITATOR) == (set(SECRET) if far else set())


@pytest.mark.parametrize("far", PHASES)
def test_an_agreement_is_seen_by_its_two_sides(far):
    session = led(decided(), *ROUND[:far])
    revealed = session.state.phase in ("reveal", "debrief")
    for team, other in (("Blue", "Red"), ("Red", "Blue")):
        for role in ROLES:
            text = repr(view(session.state, f"{team}/{role}"))
            assert (repr(SHARES[team]) in text) == (revealed or role in ("acute", "community"))
            assert repr(SHARES[other]) not in text


def test_a_broken_agreement_looks_kept_to_the_other_side_until_the_reveal():
    session = by(led(led(decided(), *ROUND), acts.Begin()), "Blue/acute", acts.Break(1))
    for far in PHASES:
        now = led(session, *ROUND[:far])
        told = [view(now.state, f"Blue/{role}").deals[0] for role in ("community", "acute")]
        expected = "broken" if now.state.phase in ("reveal", "debrief") else "agreed"
        assert [deal.standing for deal in told] == [expected, "broken"]
        assert told[0].broken == (1 if expected == "broken" else -1)


def test_nothing_of_the_plans_is_hidden_once_a_session_is_over_or_where_nothing_is_hidden():
    over = decided()
    for number in range(3):
        over = led(over if not number else led(over, acts.Begin()), *ROUND)
    over = led(over, acts.Finish())
    plain = led(by_template(), *ROUND)
    for session in (over, plain):
        for who in ("Blue/acute", "Red/community", ""):
            assert seen(session, who) == set(SECRET)


def by_template():
    """The same decisions in a workshop that hides nothing."""
    from sim.workshop import replayed

    return replayed(replace(small(), hidden=()), decided().log)


def test_books_are_ones_own_in_a_fortress_and_the_places_in_one_pot():
    session = decided()
    assert view(session.state, "Blue/acute").books == {"Blue": ("acute",)}
    assert view(session.state, "Blue/place").books == {"Blue": ()}
    for _ in range(2):
        session = led(led(session, *ROUND), acts.Begin())
    assert session.state.current.way == "place"
    assert set(view(session.state, "Blue/acute").books["Blue"]) >= {"acute", "community", "social_care"}
    assert "Red" not in view(session.state, "Blue/acute").books
    assert set(view(session.state, FACILITATOR).books) == {"Blue", "Red"}


def test_results_may_be_seen_from_the_reveal_on_and_not_before():
    session, revealed = decided(), []
    for act in ROUND:
        session = led(session, act)
        revealed.append({view(session.state, who).revealed for who in ("", "Blue/acute", FACILITATOR)})
    assert revealed == [{0}, {0}, {0}, {1}, {1}]
    assert view(led(session, acts.Begin()).state, "").revealed == 1


def test_a_seat_is_offered_the_levers_it_may_move_and_no_others():
    """What is offered is allowed, and what is not offered is refused: by every seat, in both ways of playing."""
    from sim.workshop import Record, refusal

    session = decided()
    for _ in range(3):
        state = session.state
        for seat in state.seats:
            offered = view(state, seat).levers
            for path, span in state.template.spans.items():
                value = span.choices[0] if span.choices else span.low
                assert (not refusal(state, Record(seat, acts.Decide(path, value)))) == (path in offered)
        session = led(session, *ROUND, *([] if state.last else [acts.Begin()]))


def test_names_are_left_out_of_the_board_where_they_are_hidden():
    session = joined()
    assert "acute of Blue" in repr(view(session.state, ""))
    hidden = led(session, acts.HideNames(True))
    assert "of Blue" not in repr(view(hidden.state, "")).replace("'Blue'", "")
    assert "acute of Blue" in repr(view(hidden.state, "Blue/place"))
    assert "of Red" not in repr(view(session.state, "Blue/place"))


def test_commitments_are_seen_by_the_own_team_and_the_facilitator():
    session = by(led(decided(), *ROUND), "Blue/acute", acts.Commit("call the council"))
    assert "call the council" in repr(view(session.state, "Blue/place"))
    assert "call the council" in repr(view(session.state, FACILITATOR))
    for who in ("Red/acute", ""):
        assert "call the council" not in repr(view(session.state, who))


def test_there_is_no_view_for_a_seat_that_is_gone():
    with pytest.raises(KeyError):
        view(led(decided(), acts.Remove("Blue/acute")).state, "Blue/acute")
