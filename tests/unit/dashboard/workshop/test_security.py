"""Nobody acts for another seat or as the facilitator, or reads what they may not: each tried by each who must not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.tokens import LETTERS, Seal, hashed, new_token, way_back
from sim.workshop.acts import BY_NAME
from tests.unit.dashboard.workshop.serving import HOST_TOKEN, Browser, RoomOfPeople, app_of, hub_of

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"
OF_FACILITATOR = {
    "Begin": {}, "Lock": {}, "Run": {}, "Reveal": {}, "Debrief": {}, "Finish": {}, "PlayCard": {"card": "winter"},
    "Pause": {}, "Resume": {}, "Restart": {}, "HideNames": {"hidden": True}, "Door": {"open": True}, "Undo": {},
    "Ran": {"results": "x"},
}  # fmt: skip
OF_SEATS = {
    "Move": {"name": "Eve", "team": "Blue", "role": "acute"}, "Decide": {"path": LEVER, "value": 2.0},
    "Withdraw": {"path": LEVER}, "Propose": {"taker": "community", "share": 0.02},
    "Answer": {"deal": 1, "agrees": True}, "Break": {"deal": 1}, "Keep": {"deal": 1}, "Commit": {"text": "x"},
}  # fmt: skip


def at(people, rest=""):
    return f"/workshop/{people.code}{rest}"


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """Two sessions on one server, the first being decided, and everybody who has no business there."""
    hub = hub_of(tmp_path_factory.mktemp("stage"))
    app = app_of(hub)
    people, others = RoomOfPeople(app), RoomOfPeople(app)
    removed = people.joined("Blue", "social_care", name="Removed")
    gone = next(seat.id for seat in people.state().seats.values() if seat.name == "Removed")
    people.leads("Remove", seat=gone)
    for each in (people, others):
        each.leads("Begin")
    assert people.seats["Blue", "acute"].act(people.code, "Decide", path=LEVER, value=1.25).status_code == 200
    yield people, others, strangers(people, others, removed)
    hub.close()


def strangers(people, others, removed):
    """Everybody who has no seat here and leads nothing here, each with a form token of their own."""
    nobody = Browser(people.app)
    nobody.get(at(people))
    found = {
        "nobody": nobody,
        "a seat of another session": others.seats["Blue", "acute"],
        "the facilitator of another session": others.lead,
        "a removed seat": removed,
    }
    for name, cookie in (
        ("a cookie made up", "anything"),
        ("a cookie sealed with another key", Seal(lambda: "another key").put(purpose(people, "seat"), new_token())),
        ("a sealed token that nobody has", people.app.hub.door._seal.put(purpose(people, "seat"), new_token())),
        ("the token of another session's seat", cookie_of(others, "seat", others.seats["Blue", "acute"])),
        ("the hash instead of the token", people.app.hub.door._seal.put(purpose(people, "lead"), lead_hash(people))),
    ):
        forger = Browser(people.app)
        forger.get(at(people))
        for what in ("seat", "lead"):
            forger.client.set_cookie(f"upstream_{what}_{people.code}", cookie, path="/workshop")
        found[name] = forger
    return found


def purpose(people, what):
    return f"{what}/{people.app.hub.keeper.room(people.code).number}"


def lead_hash(people):
    return people.app.hub.keeper.room(people.code).kept.lead


def cookie_of(people, what, browser):
    return browser.client.get_cookie(f"upstream_{what}_{people.code}", path="/workshop").value


def test_every_act_is_tried_here():
    assert {*OF_FACILITATOR, *OF_SEATS, "Join", "Remove"} == set(BY_NAME)


@pytest.mark.parametrize("name", [*OF_FACILITATOR, *OF_SEATS, "Remove"])
def test_strangers_do_nothing(stage, name):
    people, _others, who = stage
    before = people.log()
    keys = {**OF_FACILITATOR, **OF_SEATS}.get(name, {"seat": next(iter(people.state().seats))})
    for what, browser in who.items():
        for screen in ("seat", "console", "board", "", "nonsense"):
            reply = browser.act(people.code, name, screen, **keys)
            assert reply.status_code == 403, (what, screen, reply.text)
    assert people.log() == before


@pytest.mark.parametrize("name", [*OF_FACILITATOR, "Remove"])
def test_a_seat_does_nothing_of_the_facilitators(stage, name):
    people, _others, _who = stage
    before = people.log()
    keys = OF_FACILITATOR.get(name, {"seat": next(iter(people.state().seats))})
    for screen in ("seat", "console", "board"):
        for extra in ({}, {"by": "facilitator"}, {"at": 1.0}):
            reply = people.seats["Red", "acute"].act(people.code, name, screen, **keys, **extra)
            assert reply.status_code in (400, 403)
    assert people.log() == before


def test_a_seat_acts_for_itself_alone(stage):
    """Whatever is sent, the act is that of the cookie's seat; what names somebody else is refused."""
    people, _others, _who = stage
    seats = {(seat.team, seat.role): seat.id for seat in people.state().seats.values()}
    red = people.seats["Red", "acute"]
    before = people.log()
    for extra in ({"by": seats["Blue", "acute"]}, {"seat": seats["Blue", "acute"]}, {"team": "Blue"}):
        assert red.act(people.code, "Decide", path=LEVER, value=2.0, **extra).status_code == 400
    assert red.act(people.code, "Decide", path="capacity.growth.p1", value=2.0).status_code == 409  # community's lever
    assert red.act(people.code, "Move", name="Eve", team="Blue", role="acute").status_code == 409
    assert people.log() == before
    assert red.act(people.code, "Decide", path=LEVER, value=2.0).status_code == 200
    assert people.log()[-1].by == seats["Red", "acute"]
    assert people.state().teams["Blue"].now.settings == {LEVER: 1.25}
    red.act(people.code, "Withdraw", path=LEVER)


def test_nobody_but_the_server_says_that_a_round_was_run(stage):
    people, _others, _who = stage
    assert people.lead.act(people.code, "Ran", "console", results="x").status_code == 403


def test_nobody_joins_with_a_name_of_a_seat_or_for_somebody_else(stage):
    people, _others, who = stage
    seat = next(iter(people.state().seats))
    before = people.log()
    for extra in ({"seat": seat}, {"seat": "facilitator"}, {"by": "facilitator"}):
        reply = who["nobody"].act(people.code, "Join", "", name="Eve", team="Blue", role="acute", **extra)
        assert reply.status_code == 400
    assert people.log() == before


READ = {
    "/look?screen=seat": "seat", "/look?screen=console": "lead", "/console": "lead", "/sheet": "seat",
    "/sheet/Blue": "Blue", "/session.json": "lead", "/results.json": "lead", "/commitments.csv": "lead",
}  # fmt: skip
"""Who may read what of a session: its facilitator everything."""


@pytest.mark.parametrize(("path", "by"), READ.items())
def test_nobody_reads_what_is_not_theirs(stage, path, by):
    people, _others, who = stage
    for what, browser in who.items():
        assert browser.get(at(people, path)).status_code == 403, what
    for (team, _role), browser in people.seats.items():
        may = by in ("seat", team)
        assert (browser.get(at(people, path)).status_code == 200) == may, (team, path)


POSTED = {"/clock": {"minutes": 5}, "/seat-link": {"seat": ""}, "/lead-link": {}, "/delete": {}}


@pytest.mark.parametrize(("path", "body"), POSTED.items())
def test_nobody_but_the_facilitator_turns_the_clock_gives_links_or_deletes(stage, path, body):
    people, _others, who = stage
    body = body | ({"seat": next(iter(people.state().seats))} if "seat" in body else {})
    for what, browser in {**who, **people.seats}.items():
        assert browser.post(at(people, path), body).status_code == 403, what
    assert people.lead.look(people.code, "console").status_code == 200


def test_a_seat_sees_no_other_teams_plan_and_no_other_roles_levers(stage):
    """Blue's number stands on the screen of Blue's hospital, and nowhere else while the round is decided."""
    people, _others, _who = stage
    value = "1.25"
    assert value in people.seats["Blue", "acute"].look(people.code).text
    for browser in (people.seats["Red", "acute"], people.seats["Blue", "community"], people.seats["Red", "community"]):
        for path in ("", "/look?screen=seat", "/look?screen=board", "/board", "/sheet"):
            assert value not in browser.get(at(people, path)).text
    for path in ("/console", "/look?screen=console", "/sheet"):
        assert value not in people.lead.get(at(people, path)).text


def test_a_form_that_is_not_this_browsers_is_refused(stage):
    people, _others, _who = stage
    red, blue = people.seats["Red", "acute"], people.seats["Blue", "acute"]
    before = people.log()
    body = {"act": "Decide", "path": LEVER, "value": 2.0}
    for form in ("", "x", blue.form, f"{red.form}x", red.form[:-4]):
        reply = red.client.post(at(people, "/act"), json=body, headers={"X-Upstream-Form": form})
        assert reply.status_code == 403
    for headers in (
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ):  # fmt: skip
        assert red.post(at(people, "/act"), body, headers=headers).status_code == 403
    assert red.post(at(people, "/act"), data=body).status_code == 400  # a form that a page elsewhere could send
    assert people.log() == before


def test_making_a_session_takes_the_host_link_and_a_form_of_ours(stage):
    people, _others, who = stage
    made = {"workshop": "beds_or_packages"}
    for browser in (*who.values(), *people.seats.values(), people.lead):
        browser.get("/workshop")
        assert browser.post("/workshop/make", data=made).status_code == 403
    host = Browser(people.app)
    assert host.get("/workshop/host/guess").status_code == 403
    host.get(f"/workshop/host/{HOST_TOKEN}")
    assert host.client.post("/workshop/make", data=made).status_code == 403
    for each in (who["nobody"], people.seats["Red", "acute"]):
        each.get(at(people))


def test_links_that_give_a_seat_back_grow_old_and_cannot_be_made_up(stage, monkeypatch):
    people, others, _who = stage
    seat = next(iter(people.state().seats))
    link = people.lead.post(at(people, "/seat-link"), {"seat": seat}).json["link"].rpartition("/")[2]
    browser = Browser(people.app)
    for other in (f"{link}x", link[::-1], "x", seat, quote("é")):
        assert browser.get(at(people, f"/back/{other}")).status_code == 403
    assert browser.get(at(others, f"/back/{link}")).status_code == 403
    monkeypatch.setattr("dashboard.workshop.keeping.tokens.now", lambda: now() + timedelta(minutes=16))
    assert browser.get(at(people, f"/back/{link}")).status_code == 403
    monkeypatch.undo()
    room, letters = people.app.hub.keeper.room(people.code), "BCDFGHJK"
    people.app.hub.keeper.store.put_token(room.number, people.app.hub.door.link(room, "s0"), way_back(letters))
    assert browser.get(at(people, f"/back/{letters}")).status_code == 403  # to a seat that is gone
    people.app.hub.limits = type(people.app.hub.limits)()
    statuses = [browser.get(at(people, f"/back/{letter}{letters[1:]}")).status_code for letter in LETTERS * 6]
    assert (statuses[0], statuses[-1]) == (403, 429)  # nobody finds one by trying
    people.app.hub.limits = type(people.app.hub.limits)()


def test_cookies_grow_old_with_their_session(stage, monkeypatch):
    people, _others, _who = stage
    monkeypatch.setattr("dashboard.workshop.keeping.tokens.now", lambda: now() + timedelta(days=15))
    assert people.seats["Blue", "acute"].look(people.code).status_code == 403
    assert people.lead.get(at(people, "/console")).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(stage):
    people, _others, _who = stage
    browser = Browser(people.app)
    people.leads("Door", open=True)
    page = browser.get(at(people))
    reply = browser.act(people.code, "Join", "", name="Kim", team="Red", role="social_care")
    for given in (*page.headers.getlist("Set-Cookie"), *reply.headers.getlist("Set-Cookie")):
        assert all(part in given for part in ("HttpOnly", "SameSite=Lax", "Path=/workshop", "Max-Age=1209600"))
    assert len(reply.headers.getlist("Set-Cookie")) == 1


def test_tokens_are_nowhere_in_the_database(stage):
    people, _others, _who = stage
    hub = people.app.hub
    room = hub.keeper.room(people.code)
    token = hub.door._seal.read(purpose(people, "seat"), cookie_of(people, "seat", people.seats["Blue", "acute"]), 60)
    lead = hub.door._seal.read(purpose(people, "lead"), cookie_of(people, "lead", people.lead), 60)
    folder = hub.keeper.store._url.database
    held = b"".join(Path(f"{folder}{end}").read_bytes() for end in ("", "-wal"))
    assert hashed(token).encode() in held
    assert room.kept.lead.encode() in held
    assert token.encode() not in held
    assert lead.encode() not in held
