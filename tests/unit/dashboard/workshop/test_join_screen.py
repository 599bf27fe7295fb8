"""Where a seat is taken: teams and roles there are, what can still be made, and what is said when nothing can."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from dashboard.components.html_text import to_html
from dashboard.workshop.scene import BOARD, scene
from dashboard.workshop.screens import join
from sim.workshop import Record, acts, new_session, record_from, refusal
from sim.workshop.rules import MOST_SEATS
from tests.unit.dashboard.workshop.seen import AROUND, ROUND, by, joined, led
from tests.unit.workshop.rooms import ROLES, small

pytestmark = pytest.mark.unit


def page(session, **given):
    return join.page(scene(session.state, BOARD, AROUND), "the token", **given)


def values(html, name):
    return re.findall(rf'type="radio" name="{name}" value="([^"]*)"', html)


def test_somebody_can_join_with_any_team_and_role_that_is_offered():
    """Each choice, sent as the form sends it, is allowed."""
    opened = led(joined(), acts.Begin(), acts.Door(True))
    for session in (new_session(small()), joined(teams=("Tigers",)), opened):
        html = page(session)
        act = json.loads(unescape(re.search(r'data-act="([^"]*)"', html)[1]))
        assert act == {"act": "Join"}
        assert 'data-then="reload"' in html
        for team in values(html, "team"):
            for role in values(html, "role"):
                typed = {"name": "Ada", "team": team or "Any other", "role": role}
                said = record_from({**act, **typed, "seat": "new", "by": "new"})
                assert not refusal(session.state, Record("new", said.act)), (team, role)


def test_new_teams_are_offered_until_the_first_round_begins():
    before, after = page(joined()), page(led(joined(), acts.Begin()))
    assert values(before, "team") == ["Blue", "Red", "Green", "Orange", "Purple", "Yellow", ""]
    assert 'data-instead="other-team"' in before
    assert values(after, "team") == ["Blue", "Red"]
    assert "data-instead" not in after


def test_it_says_who_is_where_without_a_name():
    html = page(joined(teams=("Blue",)))
    assert "4 there" in html
    assert "Already taken at Blue" in html
    assert "acute of Blue" not in html


def test_only_a_single_role_is_chosen_beforehand():
    assert 'name="role" value="acute" required checked' not in page(joined())
    assert values(page(joined()), "role") == list(ROLES)


def test_it_looks_for_what_is_new_and_is_made_of_what_it_looks_for():
    html = page(joined(), seen=7)
    assert 'data-screen="join"' in html
    assert 'data-seen="7"' in html
    parts = join.parts(scene(joined().state, BOARD, AROUND)).values()
    assert all(to_html(each, whole_page=True) in html for each in parts)


def test_a_closed_door_is_told_and_what_was_typed_can_stay():
    shut, opened = (page(led(joined(), acts.Begin(), *more)) for more in ((), (acts.Door(True),)))
    assert "The door is closed" in shut
    assert "The door is closed" not in opened + page(joined())
    assert "join-form" in shut


def test_a_session_that_is_over_or_full_says_so():
    session = joined()
    for _ in range(3):
        session = led(session, acts.Begin(), *ROUND)
    assert "This workshop is over." in page(led(session, acts.Finish()))
    full = joined()
    for number in range(MOST_SEATS - len(full.state.seats)):
        full = by(full, f"s{number}", acts.Join(f"s{number}", "Ada", "Blue", "acute"))
    html = page(full)
    assert "All seats are taken." in html
    assert "<form" not in html


def test_a_fault_is_told_and_team_names_are_text():
    odd = by(joined(), "x", acts.Join("x", "Ada", '"><b>Tigers', "acute"))
    html = page(odd, fault="Your seat was <taken> away.")
    assert "Your seat was &lt;taken&gt; away." in html
    assert "<b>Tigers" not in html
    assert "&quot;&gt;&lt;b&gt;Tigers" in html
