"""Sessions as logs of acts: what is allowed when, and that state follows from the log alone."""

from __future__ import annotations

import pytest

from sim.workshop import FACILITATOR, Record, RefusedError, acts, new_session, record_from, replayed
from sim.workshop.acts import BY_NAME, OF_FACILITATOR
from tests.unit.workshop.rooms import ROUND, by, joined, led, small

pytestmark = pytest.mark.unit
BEDS, P1, SHARE = "capacity.growth.acute", "capacity.growth.p1", "policy.shift_share"


@pytest.fixture(scope="module")
def begun():
    return led(joined(), acts.Begin())


def deal(session, share=0.02):
    """Agreed between Blue's hospital and its community services."""
    session = by(session, "Blue/acute", acts.Propose("community", share))
    number = session.state.teams["Blue"].now.deals[-1].number
    return by(session, "Blue/community", acts.Answer(number, True))


def test_a_whole_session_goes_through_its_phases():
    session, seen = joined(), []
    for _ in range(3):
        session = led(session, acts.Begin())
        for act in ROUND:
            seen.append(session.state.phase)
            session = led(session, act)
    session = led(session, acts.Finish())
    assert seen == ["decide", "lock", "run", "run", "reveal"] * 3
    assert (session.state.phase, session.state.round, session.state.revealed) == ("finished", 2, 3)
    assert all(len(team.locked) == 3 for team in session.state.teams.values())


@pytest.mark.parametrize(
    ("who", "act", "said"),
    [
        ("Blue/acute", acts.Decide(P1, 1.0), "belongs to community"),
        ("Blue/acute", acts.Decide(BEDS, 99.0), "must be a number from"),
        ("Blue/acute", acts.Decide(BEDS, "many"), "must be a number from"),
        ("Blue/acute", acts.Decide("capacity.growth.acut", 1.0), "is not offered"),
        ("Blue/place", acts.Decide(SHARE, 0.02), "for rounds with one plan"),
        ("Blue/acute", acts.Propose("public_health", 0.02), "can be agreed for"),
        ("Blue/social_care", acts.Propose("community", 0.02), "one of its two sides"),
        ("Blue/acute", acts.Propose("community", 0.5), "at most 0.1"),
        ("Blue/acute", acts.Propose("community", float("nan")), "above 0"),
        ("Blue/community", acts.Answer(7, True), "no such proposal"),
        ("Blue/acute", acts.Break(1), "no such agreement"),
        ("Blue/acute", acts.Commit("I will"), "at a debrief"),
        ("Blue/acute", acts.Move("me", "Red", "acute"), "in the lobby or a debrief"),
        ("Blue/acute", acts.Lock(), "Only the facilitator"),
        ("nobody", acts.Decide(BEDS, 1.0), "no such seat"),
        ("s9", acts.Join("s9", "me", "Green", "acute"), "No new team"),
        ("s9", acts.Join("s9", "", "Blue", "acute"), "1 to 40 characters"),
        ("s9", acts.Join("s9", "me\n", "Blue", "acute"), "1 to 40 characters"),
        ("s9", acts.Join("s8", "me", "Blue", "acute"), "for somebody else"),
        ("s9", acts.Join("Blue/acute", "me", "Blue", "acute"), "for somebody else"),
        (FACILITATOR, acts.Begin(), "begins from the lobby"),
        (FACILITATOR, acts.Run(), "that is locked"),
        (FACILITATOR, acts.Reveal(), "nothing to reveal"),
        (FACILITATOR, acts.PlayCard("winter"), "between rounds"),
        (FACILITATOR, acts.Remove("nobody"), "no such seat"),
        (FACILITATOR, acts.Resume(), "not paused"),
        (FACILITATOR, acts.Finish(), "after a debrief"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value[:20],
)
def test_what_is_not_allowed_is_refused_in_one_sentence_and_changes_nothing(begun, who, act, said):
    session = led(begun, acts.Door(True)) if isinstance(act, acts.Join) else begun
    with pytest.raises(RefusedError, match=said) as error:
        session.act(Record(who, act))
    assert str(error.value).count("\n") == 0


def test_no_seat_can_do_what_the_facilitator_does(begun):
    """Every such act, by every seat, in every phase."""
    given = {"results": "x", "card": "winter", "seat": "Red/acute", "hidden": True, "open": True}
    sessions = [joined(), begun]
    for act in ROUND:
        sessions.append(led(sessions[-1], act))
    for session in sessions:
        for kind in OF_FACILITATOR:
            act = kind(**{name: given[name] for name in kind.__match_args__})
            for seat in session.state.seats:
                with pytest.raises(RefusedError, match="Only the facilitator"):
                    session.act(Record(seat, act))


def test_nothing_is_decided_once_a_round_is_locked(begun):
    session = begun
    for act in (*ROUND, acts.Finish()):
        session = led(session, act)
        with pytest.raises(RefusedError):
            by(session, "Blue/acute", acts.Decide(BEDS, 1.0))
        with pytest.raises(RefusedError):
            by(session, "Blue/acute", acts.Propose("community", 0.01))


def test_a_round_is_run_once(begun):
    session = led(begun, acts.Lock(), acts.Run(), acts.Ran("a"))
    with pytest.raises(RefusedError, match="run already"):
        led(session, acts.Ran("b"))


def test_a_vacant_role_falls_to_the_place_lead(begun):
    session = led(begun, acts.Remove("Blue/community"))
    session = by(session, "Blue/place", acts.Decide(P1, 2.0))
    assert session.state.teams["Blue"].now.settings[P1] == 2.0
    with pytest.raises(RefusedError, match="belongs to community"):
        by(session, "Blue/acute", acts.Decide(P1, 1.0))


def test_without_a_place_lead_a_vacant_role_falls_to_everybody():
    session = led(by(joined(), "x", acts.Join("x", "me", "Solo", "acute")), acts.Begin())
    session = by(session, "x", acts.Decide(P1, 2.0), acts.Propose("community", 0.02), acts.Answer(1, True))
    assert session.state.teams["Solo"].now.deals[0].holds


def test_an_agreement_needs_both_sides(begun):
    session = by(begun, "Blue/acute", acts.Propose("community", 0.02))
    assert not session.state.teams["Blue"].now.deals[0].holds
    for who in ("Blue/acute", "Blue/social_care", "Red/community"):
        with pytest.raises(RefusedError):
            by(session, who, acts.Answer(1, True))
    assert by(session, "Blue/community", acts.Answer(1, True)).state.teams["Blue"].now.deals[0].holds
    refused = by(session, "Blue/community", acts.Answer(1, False))
    assert refused.state.teams["Blue"].now.deals[0].standing == "refused"


def test_agreements_cannot_pass_the_limit_together(begun):
    session = by(deal(begun, 0.06), "Blue/acute", acts.Propose("social_care", 0.06))
    with pytest.raises(RefusedError, match="cannot pass"):
        by(session, "Blue/social_care", acts.Answer(2, True))


def test_only_who_pays_breaks_an_agreement_and_may_think_better_of_it(begun):
    session = deal(begun)
    with pytest.raises(RefusedError, match="side that pays"):
        by(session, "Blue/community", acts.Break(1))
    broken = by(session, "Blue/acute", acts.Break(1))
    assert broken.state.teams["Blue"].now.deals[0].standing == "broken"
    again = by(broken, "Blue/acute", acts.Keep(1))
    assert again.state.teams == session.state.teams
    later = led(led(broken, *ROUND), acts.Begin())
    with pytest.raises(RefusedError, match="broken in this round"):
        by(later, "Blue/acute", acts.Keep(1))


def test_a_lever_taken_back_is_where_it_stood_when_the_round_began(begun):
    session = by(begun, "Blue/acute", acts.Decide(BEDS, 1.0), acts.Decide(BEDS, 2.0))
    assert BEDS not in by(session, "Blue/acute", acts.Withdraw(BEDS)).state.teams["Blue"].now.settings
    later = by(led(led(session, *ROUND), acts.Begin()), "Blue/acute", acts.Decide(BEDS, 0.0), acts.Withdraw(BEDS))
    assert later.state.teams["Blue"].now.settings[BEDS] == 2.0


def test_a_pause_stops_everybody_but_the_facilitator(begun):
    session = led(begun, acts.Pause())
    with pytest.raises(RefusedError, match="paused"):
        by(session, "Blue/acute", acts.Decide(BEDS, 1.0))
    assert by(led(session, acts.Resume()), "Blue/acute", acts.Decide(BEDS, 1.0)).state.teams["Blue"].now.settings


def test_undo_takes_back_the_facilitators_last_act_and_nothing_of_anybody_else(begun):
    decided = by(begun, "Blue/acute", acts.Decide(BEDS, 1.0))
    session = led(decided, acts.Lock(), acts.Undo())
    assert session.state == decided.state
    assert len(session.log) == len(decided.log) + 2
    back = led(led(decided, acts.Lock(), acts.Run(), acts.Ran("a")), acts.Undo())
    assert (back.state.phase, back.state.results) == ("lock", ())


def test_undo_is_refused_once_others_have_built_on_it(begun):
    session = by(led(begun, *ROUND), "Blue/acute", acts.Commit("I will"))
    with pytest.raises(RefusedError, match="restart the round"):
        led(session, acts.Undo())
    with pytest.raises(RefusedError, match="nothing to undo"):
        led(new_session(small()), acts.Undo())


@pytest.mark.parametrize("far", range(len(ROUND) + 1))
def test_a_round_restarted_from_any_phase_is_as_it_began(begun, far):
    first = led(by(deal(begun), "Blue/acute", acts.Decide(BEDS, 1.0)), *ROUND, acts.PlayCard("winter"), acts.Begin())
    played = by(first, "Blue/acute", acts.Decide(BEDS, 2.0), acts.Break(1))
    restarted = led(led(played, *ROUND[:far]), acts.Restart())
    assert restarted.state == first.state


def test_one_pot_takes_over_what_was_agreed(begun):
    session = led(by(deal(begun, 0.04), "Blue/acute", acts.Propose("social_care", 0.01)), *ROUND, acts.Begin())
    session = led(session, *ROUND, acts.Begin())
    plan = session.state.teams["Blue"].now
    assert session.state.current.way == "place"
    assert plan.deals == ()
    assert plan.settings[SHARE] == pytest.approx(0.04)
    assert (plan.settings["policy.mix_community"], plan.settings["policy.mix_social_care"]) == (1.0, 0.0)
    with pytest.raises(RefusedError, match="one pot"):
        by(session, "Blue/acute", acts.Propose("community", 0.01))
    assert by(session, "Blue/acute", acts.Decide(SHARE, 0.1)).state.teams["Blue"].now.settings[SHARE] == 0.1


def everything():
    """A session in which every kind of act happens."""
    session = led(joined(), acts.HideNames(True))
    session = by(session, "Red/acute", acts.Move("Bo", "Blue", "acute"))
    session = led(session, acts.Begin(), acts.Door(True))
    session = by(deal(session), "Blue/acute", acts.Decide(BEDS, 1.5), acts.Withdraw(BEDS), acts.Decide(BEDS, 2.0))
    session = led(session, acts.Pause(), acts.Resume(), acts.Lock(), acts.Undo(), *ROUND)
    session = by(session, "Blue/place", acts.Commit("Wir reden – <b>jede Woche</b>"))
    session = led(session, acts.PlayCard("winter"), acts.Begin())
    session = by(session, "Blue/acute", acts.Break(1), acts.Keep(1), acts.Break(1))
    return led(session, acts.Remove("Red/place"), acts.Restart(), *ROUND, acts.Finish())


def test_every_act_becomes_plain_values_and_back():
    log = everything().log
    assert {type(record.act).__name__ for record in log} == set(BY_NAME)
    assert tuple(record_from(record.plain()) for record in log) == log


def test_state_is_a_fold_over_the_log_wherever_it_is_cut():
    """A log that was read again gives the state as it was, after every single act: nothing else is kept."""
    session, log = new_session(small()), everything().log
    for cut, record in enumerate(log, 1):
        session = session.act(record)
        assert replayed(small(), log[:cut]) == session
    assert session.state.phase == "finished"


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"act": "Explode", "by": "x"}, "is no act"),
        ({"act": "Decide", "by": "x", "path": "a"}, "value"),
        ({"act": "Decide", "by": "x", "path": 3, "value": 1.0}, "path"),
        ({"act": "Break", "by": "x", "deal": "1"}, "deal"),
        ({"act": "Lock", "by": "x", "now": True}, "has no now"),
        ({"act": "Join", "by": "x", "seat": "x", "name": "n", "team": "t", "role": "boss"}, "role"),
        ({"act": "Lock"}, "needs by"),
    ],
)
def test_what_is_no_act_is_said(plain, said):
    with pytest.raises(ValueError, match=said):
        record_from(plain)


def test_a_log_that_does_what_is_not_allowed_names_the_act():
    with pytest.raises(RefusedError, match=r"Act 1 \(Lock by facilitator\)"):
        replayed(small(), [Record(FACILITATOR, acts.Lock())])
