"""Nobody acts for another seat or as the facilitator, or reads what they may not: each tried by each who must not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.tokens import Seal, hashed, new_token
from sim.workshop.acts import BY_NAME
from tests.unit.dashboard.hostile import BRIEF, TAG
from tests.unit.dashboard.workshop.serving import HOST_TOKEN, Browser, RoomOfPeople, app_of, hub_of

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'
OF_FACILITATOR = {
    "Begin": {}, "Lock": {}, "Run": {}, "Reveal": {}, "Debrief": {}, "Finish": {}, "PlayCard": {"card": "winter"},
    "Pause": {}, "Resume": {}, "Restart": {}, "HideNames": {"hidden": True}, "Undo": {}, "Ran": {"results": "x"},
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
    gone = people.app.hub.door.seat_link(people.app.hub.keeper.room(people.code), "s000000000000")
    assert browser.get(at(people, f"/back/{gone}")).status_code == 403


def test_cookies_grow_old_with_their_session(stage, monkeypatch):
    people, _others, _who = stage
    monkeypatch.setattr("dashboard.workshop.keeping.tokens.now", lambda: now() + timedelta(days=15))
    assert people.seats["Blue", "acute"].look(people.code).status_code == 403
    assert people.lead.get(at(people, "/console")).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(stage):
    people, _others, _who = stage
    browser = Browser(people.app)
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


BODIES = [
    *({"act": each} for each in (None, 3, True, [], {}, "", "Dance", "__class__", "x" * 10_000, "Begin\0")),
    {}, {"acts": "Decide"}, {"act": "Decide"}, {"act": "Decide", "path": 3, "value": 1},
    {"act": "Decide", "path": LEVER},
    *({"act": "Decide", "path": LEVER, "value": each} for each in (None, True, [], {}, "x", 1e308, -99, 10**30)),
    *({"act": "Decide", "path": each, "value": 1} for each in ("", "policy", "../x", MARKUP, "x" * 9_000)),
    {"act": "Decide", "path": LEVER, "value": 1, "extra": 1}, {"act": "Answer", "deal": 1.5, "agrees": True},
    {"act": "Answer", "deal": 10**25, "agrees": True}, {"act": "Answer", "deal": 1, "agrees": "yes"},
    {"act": "Propose", "taker": "acute", "share": 0.01}, {"act": "Propose", "taker": "community", "share": -1},
    {"act": "Propose", "taker": "community", "share": 1e308}, {"act": "Propose", "taker": [], "share": 0.01},
    {"act": "Commit", "text": "early"}, {"act": "Commit", "text": "x" * 100_000},
    *({"act": "Move", "name": each, "team": "Red", "role": "acute"}
      for each in ("", " ", "x" * 41, "\u202e", "a\0b", 3)),
    {"act": "Move", "name": "x", "team": "Red", "role": "king"},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: str(body)[:60])
def test_a_body_of_the_wrong_shape_is_refused_in_one_sentence(stage, body):
    people, _others, _who = stage
    before = people.log()
    people.app.hub.limits = type(people.app.hub.limits)()
    reply = people.seats["Red", "acute"].post(at(people, "/act?screen=seat"), body)
    assert reply.status_code in (400, 403, 409), reply.text
    assert 0 < len(reply.json["fault"]) <= 2_000
    assert people.log() == before


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff", b"[]", b"null", b'"x"', b'{"act": NaN}', b'{"act":"Decide","path":"x","value":NaN}',
        b'{"act":"Decide","path":"capacity.growth.acute","value":1e999}',
        b'{"act":"Decide","path":"capacity.growth.acute","value":Infinity}', b'{"act":"\\ud800"}',
        b"[" * 100_000, b'{"a":' * 50_000, b'{"act":"Commit","text":"' + b"x" * 300_000 + b'"}',
    ],
    ids=lambda data: repr(data[:40]),
)  # fmt: skip
def test_bytes_that_are_no_act_are_refused(stage, data):
    people, _others, _who = stage
    before = people.log()
    for path in ("/act", "/clock", "/seat-link"):
        browser = people.seats["Red", "acute"] if path == "/act" else people.lead
        reply = browser.post(at(people, path), data=data, content_type="application/json")
        assert 400 <= reply.status_code < 500, (path, reply.status_code)
    assert people.log() == before


@pytest.mark.parametrize("text", BRIEF, ids=lambda text: repr(text[:10]))
def test_no_address_is_too_strange(stage, text):
    people, _others, _who = stage
    strange = quote(text, safe="", errors="surrogatepass")
    for path in (f"/workshop/{strange}", f"/workshop/{strange}/look", f"/workshop/lead/{strange}",
                 f"/workshop/host/{strange}", at(people, f"/sheet/{strange}"), at(people, f"/back/{strange}"),
                 at(people, f"/look?screen={strange}&seen={strange}&language={strange}")):  # fmt: skip
        people.app.hub.limits = type(people.app.hub.limits)()
        reply = people.seats["Red", "acute"].get(path)
        assert 200 <= reply.status_code < 500, path
        assert TAG not in reply.text


@pytest.mark.parametrize("body", [
    None, {}, {"minutes": "1"}, {"minutes": True}, {"minutes": 1e308}, {"minutes": 10**30}, {"minutes": None},
    {"stop": 1}, {"go": "yes"}, {"minutes": 1, "stop": True}, [1],
])  # fmt: skip
def test_a_clock_is_turned_by_what_it_knows_alone(stage, body):
    people, _others, _who = stage
    before = people.app.hub.keeper.room(people.code).clock
    assert people.lead.post(at(people, "/clock"), body).status_code == 400
    assert people.app.hub.keeper.room(people.code).clock == before


def test_names_and_commitments_come_back_as_text(app):
    people = RoomOfPeople(app, teams=("<b>Blue</b>",), roles=("acute",))
    person = people.joined("<b>Blue</b>", "community", name="<i>Eve</i>&amp;")
    people.leads("Begin", "Lock", "Run")
    people.until_run()
    people.leads("Debrief")
    assert person.act(people.code, "Commit", text=MARKUP).status_code == 200
    for browser, paths in (
        (person, ("", "/look?screen=seat", "/sheet")),
        (people.lead, ("/console", "/look?screen=console", "/board", "/look?screen=board", "/sheet")),
    ):
        for path in paths:
            reply = browser.get(at(people, path))
            texts = [reply.text] if reply.mimetype == "text/html" else list(reply.json["parts"].values())
            for text in texts:
                assert "<script>alert" not in text
                assert "<img src=x" not in text
                assert "<i>Eve" not in text
                assert "<b>Blue" not in text
    people.leads("Finish")
    assert "&lt;script&gt;alert" in people.lead.get(at(people, "/sheet")).text


def test_wrong_codes_from_one_address_have_to_wait_and_who_sits_goes_on(app, people):
    guesser = Browser(app, "10.0.0.7")
    replies = [guesser.get(f"/workshop/{'BCDFGH'[::-1][:5]}{letter}").status_code for letter in "BCDFGHJKMN" * 12]
    assert replies.count(404) == 100
    assert replies[-1] == 429
    assert guesser.get(at(people)).status_code == 429  # a right code now tells nothing either
    ada = people.seats["Blue", "acute"]
    ada.address = "10.0.0.7"
    assert ada.look(people.code).status_code == 200
    forger = Browser(app, "10.0.0.7")
    forger.client.set_cookie(f"upstream_seat_{people.code}", "made up", path="/workshop")
    assert forger.get(at(people)).status_code == 429


def test_one_phone_that_runs_wild_waits_and_nobody_else(people):
    people.leads("Begin")
    wild, other = people.seats["Blue", "acute"], people.seats["Red", "acute"]
    replies = [wild.act(people.code, "Withdraw", path=LEVER).status_code for _ in range(60)]
    assert replies[-1] == 429
    assert replies.count(200) == 40
    assert other.act(people.code, "Decide", path=LEVER, value=1.0).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "x", "[1", "a: &a [1]\nb: *a", "!!python/object/apply:os.system ['true']", "title: " + "x" * 60_000,
        "[" * 5_000, "{a: " * 300, "\0", "title: é\u202e", "- 1", "title: 1e999", "\ud800",
    ],
    ids=lambda text: repr(text[:20]),
)  # fmt: skip
def test_a_hostile_file_makes_nothing(app, text):
    host = Browser(app)
    host.get(f"/workshop/host/{HOST_TOKEN}")
    host.get("/workshop")
    reply = host.post("/workshop/make", data={"text": text.encode("utf-8", "surrogatepass")})
    assert reply.status_code in (400, 413, 422), reply.text
    assert app.hub.keeper.every() == ()
