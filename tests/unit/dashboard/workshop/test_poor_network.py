"""Phones on a poor network send twice, late, and hear no answer: nothing is done twice, and nothing that is stale."""

from __future__ import annotations

import json

import pytest

from sim.workshop import acts
from tests.unit.dashboard.workshop.serving import Browser, app_of, hub_of

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"
PAGE = "abcd-efgh"


def at(people, rest=""):
    return f"/workshop/{people.code}{rest}"


def press(number, page=PAGE):
    return f"{page}.{number}"


def begun(people):
    """A seat whose round is being decided."""
    people.leads("Begin")
    return people.seats["Blue", "acute"]


def kinds(people):
    return [type(each.act).__name__ for each in people.log()]


def test_a_press_that_is_sent_twice_is_done_once(people):
    ada = begun(people)
    offer = {"taker": "community", "share": 0.01}
    first = ada.act(people.code, "Propose", **offer, once=press(1))
    again = ada.act(people.code, "Propose", **offer, once=press(1))
    assert (first.status_code, "again" in first.json) == (200, False)
    assert (again.status_code, again.json["again"]) == (200, True)
    assert again.json["parts"] == first.json["parts"]
    assert kinds(people).count("Propose") == 1
    assert ada.act(people.code, "Propose", **offer, once=press(2)).json.get("again") is None
    assert kinds(people).count("Propose") == 2


def test_undo_is_done_once_though_there_is_more_to_undo(people):
    people.leads("HideNames", hidden=True)
    people.leads("Pause")
    for _ in range(2):
        assert people.lead.act(people.code, "Undo", "console", once=press(1)).status_code == 200
    assert (people.state().paused, people.state().names_hidden) == (False, True)


def test_a_press_is_somebodys_own(people):
    begun(people)
    for team in ("Blue", "Red"):
        reply = people.seats[team, "acute"].act(people.code, "Decide", path=LEVER, value=2, once=press(1))
        assert "again" not in reply.json
    assert [people.state().teams[team].now.settings for team in ("Blue", "Red")] == [{LEVER: 2.0}] * 2


def test_a_restart_and_another_server_know_what_was_done(people, tmp_path):
    ada = begun(people)
    assert ada.act(people.code, "Propose", taker="community", share=0.01, once=press(1)).status_code == 200
    other = hub_of(tmp_path)
    there = Browser(app_of(other))
    there.client._cookies.update(ada.client._cookies)
    there.get(at(people))
    again = there.act(people.code, "Propose", taker="community", share=0.01, once=press(1))
    assert again.json["again"]
    assert len(other.keeper.room(people.code).session.log) == len(people.log())
    other.close()


def test_a_press_that_was_refused_is_judged_again(people):
    ada = people.seats["Blue", "acute"]
    sent = {"path": LEVER, "value": 2, "once": press(1)}
    assert ada.act(people.code, "Decide", **sent).status_code == 409
    people.leads("Begin")
    assert ada.act(people.code, "Decide", **sent).status_code == 200
    assert people.state().teams["Blue"].now.settings == {LEVER: 2.0}


def test_what_was_decided_for_one_round_never_lands_in_another(people):
    """A phone that slept through a round sends what was set for it."""
    ada = begun(people)
    before = len(people.log())
    for number in (-1, 1):
        reply = ada.act(people.code, "Decide", path=LEVER, value=2, round=number)
        assert (reply.status_code, "another round" in reply.json["fault"]) == (409, True)
        assert people.lead.post(at(people, "/clock"), {"minutes": 1, "round": number}).status_code == 409
    assert len(people.log()) == before
    assert ada.act(people.code, "Decide", path=LEVER, value=2, round=0).status_code == 200


def test_an_act_that_arrives_after_a_newer_one_of_the_same_lever_changes_nothing(people):
    ada = begun(people)
    for number, value in ((2, 1.5), (1, 2.5), (4, 1.0)):
        assert ada.act(people.code, "Decide", path=LEVER, value=value, once=press(number)).status_code == 200
    assert ada.act(people.code, "Withdraw", path=LEVER, once=press(3)).json["again"]
    assert people.state().teams["Blue"].now.settings == {LEVER: 1.0}
    assert ada.act(people.code, "Withdraw", path=LEVER, once=press(1, "another-page")).status_code == 200
    assert people.state().teams["Blue"].now.settings == {}


def test_the_clock_is_turned_once(people):
    begun(people)
    for number in (1, 1, 2):
        people.lead.post(at(people, "/clock"), {"minutes": 1, "once": press(number)})
    assert 410 < people.lead.look(people.code, "console").json["left"] <= 420


def test_no_press_leaves_the_session(people):
    begun(people).act(people.code, "Decide", path=LEVER, value=2, once=press(1))
    log = json.loads(people.lead.get(at(people, "/session.json")).data)["log"]
    assert log[-1]["act"] == "Decide"
    assert not any("once" in each for each in log)


@pytest.mark.parametrize(
    "once", [3, None, [], "x", "no-number-here", "abcdefgh.-1", "ABCDEFGH.1", "a" * 61 + ".1", "abcdefgh.1\n"]
)
def test_what_names_no_press_is_refused(people, once):
    reply = begun(people).act(people.code, "Decide", path=LEVER, value=2, once=once)
    assert (reply.status_code, "press" in reply.json["fault"]) == (400, True)


@pytest.mark.parametrize("number", ["0", 0.5, True, []])
def test_what_is_no_round_is_refused(people, number):
    assert begun(people).act(people.code, "Decide", path=LEVER, value=2, round=number).status_code == 400


def newcomer(people):
    """Somebody whose join was heard by the server, and whose browser never heard so."""
    phone = Browser(people.app)
    phone.get(at(people))
    phone.client.post(
        at(people, "/act"), headers={"X-Upstream-Form": phone.form},
        json={"act": "Join", "name": "Kim", "team": "Red", "role": "place", "once": press(1)},
    )  # fmt: skip
    phone.client.delete_cookie(f"upstream_seat_{people.code}", path="/workshop")
    assert kinds(people).count("Join") == 5
    return phone


def called(people, name):
    return [seat for seat in people.state().seats.values() if seat.name == name]


@pytest.mark.parametrize("name", ["Kim", "Kimberley"])
def test_who_never_heard_that_they_joined_joins_again_and_has_one_seat(people, name):
    phone = newcomer(people)
    reply = phone.act(people.code, "Join", "join", name=name, team="Red", role="place", once=press(1))
    assert reply.status_code == 200
    assert len(people.state().seats) == 5
    assert "Welcome, Kim" in phone.get(at(people)).text


def test_who_never_heard_that_they_joined_and_loads_the_page_again_sits(people):
    phone = newcomer(people)
    assert "Welcome, Kim" in phone.get(at(people)).text
    assert phone.look(people.code).status_code == 200
    assert len(called(people, "Kim")) == 1


def test_who_was_removed_is_not_let_in_again_by_loading_the_page_but_may_join(people):
    phone = newcomer(people)
    people.leads("Remove", seat=called(people, "Kim")[0].id)
    assert "join-form" in phone.get(at(people)).text
    assert phone.act(people.code, "Join", "join", name="Kim", team="Red", role="place").status_code == 200
    assert len(called(people, "Kim")) == 1
    assert kinds(people).count("Join") == 6


def test_a_lost_phone_is_out_of_the_seat_that_another_phone_was_given(people):
    """Whatever the lost phone has: its cookie, or only itself."""
    kim = newcomer(people)
    ada, seat = people.seats["Blue", "acute"], called(people, "acute of Blue")[0].id
    for old, who in ((ada, seat), (kim, called(people, "Kim")[0].id)):
        link = people.lead.post(at(people, "/seat-link"), {"seat": who}).json["link"]
        assert Browser(people.app).get(link.removeprefix("http://localhost")).status_code == 303
        assert old.look(people.code).status_code == 403
        assert "join-form" in old.get(at(people)).text
        assert old.act(people.code, "Move", name="Eve", team="Blue", role="acute").status_code == 403
    assert isinstance(people.log()[-1].act, acts.Join)
