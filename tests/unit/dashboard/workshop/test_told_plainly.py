"""What screens say of agreements, of divisions that are not there, and of what nobody worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.workshop.divided import Undivided
from dashboard.workshop.screens import board, sheet
from sim.inputs import Table
from sim.workshop import Promises, acts
from tests.unit.dashboard.workshop.played import leading, looked, text
from tests.unit.dashboard.workshop.seen import ROUND, by, joined, led, results, words

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def agreed():
    """Blue's hospital agreed something with its community services, and nobody moved a lever."""
    session = by(led(joined(), acts.Begin()), "Blue/acute", acts.Propose("community", 0.02))
    return by(session, "Blue/community", acts.Answer(1, True))


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Undivided.UNCHANGED, "Nothing was changed, so there is nothing to divide"),
        (Undivided.FAILED, "This could not be divided"),
        (None, "Still being worked out"),
    ],
)
def test_why_a_change_is_not_divided_is_said_alike_on_every_screen(why, said):
    session = led(joined(), acts.Begin(), *ROUND)
    assert f"{said}." in words(session, splits={} if why is None else {"Blue": why})
    undivided = {} if why is None else {"Red": why}
    assert f"{said}: Red." in text(board.parts(replace(looked("reveal"), undivided=Table(undivided))))
    paper = sheet.page(replace(leading("reveal"), undivided=Table(undivided)), ("Red",), "token", date(2026, 11, 22))
    assert f"<p>{said}.</p>" in paper


def test_what_was_agreed_is_a_move_once_the_round_is_locked(agreed):
    locked = led(agreed, acts.Lock())
    for who in ("Blue/acute", "Blue/community"):
        assert "Agreed: 2% (about" in words(locked, who) and "No lever was moved" not in words(locked, who)
    assert "No lever was moved." in words(locked, "Blue/social_care")
    revealed = words(led(agreed, *ROUND), "Blue/social_care")
    assert "Agreed: 2% (about" in revealed and "moved nothing" not in revealed
    assert "Your team moved nothing in this round." in words(led(agreed, *ROUND), "Red/acute")


def test_what_was_broken_is_a_move_of_who_broke_it_until_the_reveal(agreed):
    broken = by(led(agreed, *ROUND, acts.Begin()), "Blue/acute", acts.Break(1))
    locked = led(broken, acts.Lock())
    assert "Broken: 2%" in words(locked, "Blue/acute") and "roken: 2%" not in words(locked, "Blue/community")
    assert "Broken: 2%" in words(led(broken, *ROUND), "Blue/community")


def test_every_round_that_may_be_seen_tells_its_agreements(agreed):
    session = led(led(agreed, *ROUND), acts.Begin(), *ROUND, acts.Begin(), *ROUND, acts.Finish())
    assert words(session, "Red/acute").count("Agreed: 2%") == 1


def test_what_a_breach_cost_is_said_to_be_told_nowhere(agreed):
    found = results()
    teams = tuple(replace(each, promises=Promises(1, 1, 0.02, 0.01)) for each in found.teams)
    session = led(agreed, *ROUND)
    assert "What a breach cost the place is told nowhere" in words(session, rounds=(replace(found, teams=teams),))
    assert "What a breach cost" not in words(session)
    assert "What a breach cost" in text(board.parts(looked("reveal2")))
    assert "What a breach cost" not in text(board.parts(looked("reveal")))


def test_promises_are_told_by_their_money(agreed):
    said = words(led(agreed, *ROUND))
    assert "Of the money agreed: \u00a3" in said and "kept back." in said


def test_before_anything_was_played_a_seat_sees_what_its_own_organisation_has_to_spend():
    begun = led(joined(), acts.Begin())
    said = {role: words(begun, f"Blue/{role}") for role in ("acute", "community", "place")}
    assert "Your budget" in said["acute"] and "Acute trust about \u00a31,0" in said["acute"]
    assert "Your budget" in said["community"] and "Acute trust about" not in said["community"]
    assert "Your budget" not in said["place"]
    assert "Your budget" not in words(led(begun, *ROUND, acts.Begin()))


def test_one_will_do_something_is_asked_on_the_wall_at_the_very_end():
    assert "one thing that you will do" not in text(board.parts(looked("debrief")))
    assert "one thing that you will do" in text(board.parts(looked("debrief3")))
