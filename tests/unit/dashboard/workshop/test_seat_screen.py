"""A participant's screen in every phase: what is there, what is not, and that parts keep their names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from dashboard.components.html_text import to_html
from dashboard.workshop.screens import seat
from sim.workshop import Record, acts, record_from, refusal
from tests.unit.dashboard.workshop.seen import AROUND, ROUND, at, by, every_phase, joined, led, page, results, words
from tests.unit.workshop.rooms import ROLES
from tests.unit.workshop.test_sight import SECRET, SHARES, decided

pytestmark = pytest.mark.unit

IDS = ("seat-now", "seat-head", "seat-main", "seat-beside")
ACTS = re.compile(r"<(\w+)[^>]*? data-act=\"([^\"]*)\"[^>]*>")
HEAVY = 60_000
"""Characters of a page at most: scripts and styles weigh some 40 kB, and a phone should get no more than 100 kB."""


@pytest.fixture(scope="module")
def phases():
    return every_phase()


def offered(session, who):
    """Acts that the screen's buttons and switched controls would send, with a value where one is asked for."""
    for tag, text in ACTS.findall(page(session, who)):
        act = json.loads(unescape(text))
        if act["act"] == "Decide":
            span = session.state.template.spans[act["path"]]
            act["value"] = span.choices[0] if span.choices else span.high
        yield tag, act


@pytest.mark.parametrize("who", [f"Blue/{role}" for role in ROLES])
def test_every_phase_has_the_same_parts_a_title_and_is_light(phases, who):
    for name, session in phases.items():
        scene = at(session, who)
        assert tuple(seat.parts(scene)) == IDS, name
        html = page(session, who)
        assert html.count("<h1") == 1, name
        assert html.count("data-title") == 1, name
        assert html.count('data-part=""') == len(IDS), name
        assert len(html) < HEAVY, (name, len(html))
        assert "plotly" not in html
        assert "<script>" not in html


def test_the_main_part_tells_the_script_what_it_needs(phases):
    html = page(phases["fortress decide"])
    for said in (
        'data-code="KMPRT"',
        'data-screen="seat"',
        'data-seen="7"',
        'data-phase="decide"',
        "the form&#x27;s token",
    ):
        assert said in html


def test_whatever_a_screen_offers_is_allowed(phases):
    """Every button and slider, of every seat in every phase, sends an act that the rules allow; none is missing."""
    kinds = set()
    for name, session in phases.items():
        for who in session.state.seats:
            for tag, act in offered(session, who):
                if tag == "form":
                    continue
                kinds.add(act["act"])
                reason = refusal(session.state, Record(who, record_from(act | {"by": who}).act))
                assert not reason, (name, who, act, reason)
    assert kinds == {"Decide"}


def test_agreements_offer_each_side_what_it_may_do():
    session = by(led(joined(), acts.Begin()), "Blue/acute", acts.Propose("community", 0.02))
    session = by(session, "Blue/social_care", acts.Propose("social_care", 0.01))
    assert "You offer community 2% (about \u00a3" in words(session, "Blue/acute")
    assert "Social care asks you for 1% (about \u00a3" in words(session, "Blue/acute")
    assert "The hospital offers you 2% (about \u00a3" in words(session, "Blue/community")
    assert "You ask the hospital for 1%" in words(session, "Blue/social_care")
    assert "2%" not in words(session, "Blue/social_care")
    answers = [act for tag, act in offered(session, "Blue/community") if act["act"] == "Answer"]
    assert answers == [{"act": "Answer", "deal": 1, "agrees": agrees} for agrees in (True, False)]
    agreed = by(session, "Blue/community", acts.Answer(1, True))
    assert [act for _, act in offered(agreed, "Blue/acute") if act["act"] == "Break"] == [{"act": "Break", "deal": 1}]
    assert not [act for _, act in offered(agreed, "Blue/community") if act["act"] in ("Break", "Answer")]
    broken = by(agreed, "Blue/acute", acts.Break(1))
    assert "You have broken this" in words(broken, "Blue/acute")
    assert {"act": "Keep", "deal": 1} in [act for _, act in offered(broken, "Blue/acute")]
    assert "roken" not in words(broken, "Blue/community").replace("until it is broken", "")
    revealed = led(broken, *ROUND)
    assert "Broken in round 1" in words(revealed, "Blue/community")


def test_no_screen_tells_what_others_decided_before_it_may():
    """Every number that was decided is looked for on every screen of every other seat, in every phase of the round."""
    session = decided()
    for act in (None, *ROUND):
        session = led(session, act) if act else session
        revealed = session.state.phase in ("reveal", "debrief")
        for who, seat_ in session.state.seats.items():
            html = page(session, who)
            for (team, role), value in SECRET.items():
                may = team == seat_.team and (role == seat_.role or revealed)
                assert may or not any(each in html for each in (f"{value:g}", f"{value:.3f}")), (
                    session.state.phase,
                    who,
                    team,
                    role,
                )
            for team, share in SHARES.items():
                may = team == seat_.team and (seat_.role in ("acute", "community") or revealed)
                assert may or f"{100 * share:g}%" not in html, (session.state.phase, who, team)


def test_a_lever_says_where_it_stood_and_can_be_taken_back():
    session = by(led(joined(), acts.Begin()), "Blue/acute", acts.Decide("capacity.growth.acute", 2.0))
    assert "Stood at 0% a year." in words(session)
    back = {"act": "Withdraw", "path": "capacity.growth.acute"}
    assert back in [act for _, act in offered(session, "Blue/acute")]
    later = led(led(session, *ROUND), acts.Begin())
    assert "Stood at 2% a year." in words(later)
    assert back not in [act for _, act in offered(later, "Blue/acute")]
    again = by(later, "Blue/acute", acts.Decide("capacity.growth.acute", -1.0))
    assert "Hospital beds: from 2% a year to \u22121% a year" in words(led(again, acts.Lock()))


def test_sliders_are_in_the_unit_shown_and_say_their_scale():
    html = page(led(joined(), acts.Begin()))
    assert 'data-scale="100"' in html
    track = re.search(r'<input type="range" id="lever-policy-discharge_delay"[^>]*>', html)[0]
    assert 'min="20" max="200" value="100"' in track
    assert 'step="5"' in track


def test_in_a_place_round_everybody_has_every_lever_under_whose_it_is(phases):
    for role in ROLES:
        html = page(phases["place decide"], f"Blue/{role}")
        assert html.count('type="range"') == len(
            [p for p, s in at(phases["lobby"]).template.spans.items() if not s.choices]
        )
        assert html.count('type="radio"') == 2
        assert "<h2>Agreements" not in html


def test_the_clock_counts_where_people_decide_and_stands_where_it_was_stopped(phases):
    html = page(phases["fortress decide"])
    assert 'data-left="125"' in html
    assert ">2:05<" in html
    assert "data-stands" not in html
    stopped = page(phases["fortress decide"], around=replace(AROUND, stands=True))
    assert "data-stands" in stopped
    assert "data-left" not in page(phases["fortress lock"])


def test_nothing_can_be_operated_while_the_session_is_paused(phases):
    paused = page(led(phases["fortress decide"], acts.Pause()))
    assert paused.count("<fieldset disabled>") == 2
    assert "has paused the workshop" in paused
    assert "<fieldset disabled>" not in page(phases["fortress decide"])


def test_cards_are_read_while_they_act():
    session = led(led(joined(), acts.Begin(), *ROUND), acts.PlayCard("winter"), acts.Begin())
    assert "A hard winter" in words(session)
    session = led(session, *ROUND, acts.Begin())
    assert "A hard winter" not in words(session), "it lasted a year"


def test_running_shows_how_far_it_has_come_and_then_that_it_is_done(phases):
    assert 'aria-valuenow="25"' in page(phases["fortress run"])
    assert "progressbar" not in page(phases["fortress run done"])
    trouble = page(phases["fortress run"], around=replace(AROUND, trouble="No place can be made."))
    assert "could not be run" in trouble
    assert "No place can be made" not in trouble


def test_results_say_change_range_and_verdict_of_the_own_team_and_the_others(phases):
    said = words(phases["fortress reveal"])
    assert "120 \u25bc 30 fewer better Doing nothing: 150. Range of the change: 20 to 40 fewer." in said
    assert "Blue (you) 30 fewer" in said
    assert "Red no detectable difference" in said
    assert "all teams: they cannot be told apart" in said
    assert "nobody: nothing was agreed" in said
    other = words(phases["fortress reveal"], "Red/acute")
    assert "Red (you) no detectable difference" in other
    assert "No headline measure differs" in other


def test_one_replication_tells_no_range():
    """An interval that is not known is drawn as a point and said to be unknown."""
    found = results()
    alone = found.teams[0].headlines[1]
    nan = float("nan")
    odd = replace(alone, change=replace(alone.change, low=nan, high=nan, n=1, verdict="cannot tell"))
    teams = (
        replace(found.teams[0], headlines=(odd,)),
        replace(found.teams[1], headlines=(found.teams[1].headlines[1],)),
    )
    session = led(joined(), acts.Begin(), *ROUND[:4])
    html = page(session, rounds=(replace(found, teams=teams),))
    assert "range not known" in html
    assert "nan" not in html.lower().replace("finance", "")


def test_books_are_the_own_ones_in_a_fortress_round_and_the_teams_in_one_pot(phases):
    own = words(phases["fortress again decide"])
    assert "Your books" in own
    assert "\u00a361m short" in own
    assert "\u00a37.0m left" not in own
    assert "\u00a37.0m left" in words(phases["fortress again decide"], "Blue/community")
    assert "Your books" not in words(phases["fortress again decide"], "Blue/place")
    whole = words(phases["place decide"], "Blue/community")
    assert "The books of your team" in whole
    assert "All together" in whole
    assert "\u00a3105m short" in whole


def test_commitments_are_typed_at_the_debrief_and_come_back_escaped(phases):
    session = by(phases["fortress debrief"], "Blue/place", acts.Commit('Ring <b>Ada</b> & "Bob"'))
    html = page(session)
    assert "Ring &lt;b&gt;Ada&lt;/b&gt; &amp; &quot;Bob&quot;" in html
    assert "<b>Ada" not in html
    assert "commit-text" in html
    assert "Ring" not in page(session, "Red/place")
    over = page(phases["finished"])
    assert "commit-text" not in over
    assert 'href="/workshop/KMPRT/sheet"' in over


def test_a_name_is_text_wherever_it_stands():
    session = by(joined(), "Blue/acute", acts.Move("<script>alert(1)</script>", "Blue", "acute"))
    for who in ("Blue/acute", "Blue/place"):
        assert "<script>alert" not in page(session, who)
        assert "&lt;script&gt;alert" in page(session, who)


def test_a_split_that_is_not_there_says_why():
    moved = by(led(joined(), acts.Begin()), "Blue/acute", acts.Decide("capacity.growth.acute", 2.0))
    said = words(led(moved, *ROUND))
    assert "Still being worked out." in said
    assert "The lever moved furthest in this round: hospital beds, 2% a year." in said


def test_when_it_is_over_every_teams_plans_may_be_read():
    session = by(led(joined(), acts.Begin()), "Red/acute", acts.Decide("capacity.growth.acute", 1.5))
    for number in range(3):
        session = led(session if not number else led(session, acts.Begin()), *ROUND)
    change = "Hospital beds: from 0% a year to 1.5% a year"
    assert change not in words(session)
    assert change in words(led(session, acts.Finish()))


def test_a_seat_may_change_what_the_phase_lets_it(phases):
    fields = {"lobby": {"name", "team", "role"}, "fortress debrief": {"name", "role"}, "fortress decide": {"name"}}
    for name, expected in fields.items():
        form = re.search(r"room-move.*?</form>", page(phases[name]), re.S)[0]
        assert set(re.findall(r' name="(\w+)"', form)) == expected, name


def test_vacant_roles_fall_to_the_lead_and_their_briefing_says_so():
    session = led(joined(), acts.Remove("Blue/community"))
    assert "Nobody took Community provider, so that falls to you too." in words(session, "Blue/place")
    assert "falls to you" not in words(session, "Blue/acute").replace("Roles that nobody took fall to you.", "")


def test_parts_are_the_page(phases):
    """What the script puts in is what the page had."""
    for session in phases.values():
        html = page(session)
        for part in seat.parts(at(session)).values():
            assert to_html(part, whole_page=True) in html
