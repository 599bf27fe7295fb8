"""Nonsense, markup and floods: refused in a sentence, shown as text, and nobody else has to wait."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.unit.dashboard.hostile import BRIEF, TAG
from tests.unit.dashboard.workshop.serving import HOST_TOKEN, Browser, RoomOfPeople, app_of, hub_of

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def at(people, rest=""):
    return f"/workshop/{people.code}{rest}"


@pytest.fixture(scope="module")
def deciding(tmp_path_factory):
    """A session that is being decided."""
    hub = hub_of(tmp_path_factory.mktemp("deciding"))
    people = RoomOfPeople(app_of(hub))
    people.leads("Begin")
    yield people
    hub.close()


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
def test_a_body_of_the_wrong_shape_is_refused_in_one_sentence(deciding, body):
    before = deciding.log()
    deciding.app.hub.limits = type(deciding.app.hub.limits)()
    reply = deciding.seats["Red", "acute"].post(at(deciding, "/act?screen=seat"), body)
    assert reply.status_code in (400, 403, 409), reply.text
    assert 0 < len(reply.json["fault"]) <= 2_000
    assert deciding.log() == before


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
def test_bytes_that_are_no_act_are_refused(deciding, data):
    before = deciding.log()
    for path in ("/act", "/clock", "/seat-link"):
        browser = deciding.seats["Red", "acute"] if path == "/act" else deciding.lead
        reply = browser.post(at(deciding, path), data=data, content_type="application/json")
        assert 400 <= reply.status_code < 500, (path, reply.status_code)
    assert deciding.log() == before


@pytest.mark.parametrize("text", BRIEF, ids=lambda text: repr(text[:10]))
def test_no_address_is_too_strange(deciding, text):
    strange = quote(text, safe="", errors="surrogatepass")
    for path in (f"/workshop/{strange}", f"/workshop/{strange}/look", f"/workshop/lead/{strange}",
                 f"/workshop/host/{strange}", at(deciding, f"/sheet/{strange}"), at(deciding, f"/back/{strange}"),
                 at(deciding, f"/look?screen={strange}&seen={strange}&language={strange}")):  # fmt: skip
        deciding.app.hub.limits = type(deciding.app.hub.limits)()
        reply = deciding.seats["Red", "acute"].get(path)
        assert 200 <= reply.status_code < 500, path
        assert TAG not in reply.text


@pytest.mark.parametrize("body", [
    None, {}, {"minutes": "1"}, {"minutes": True}, {"minutes": 1e308}, {"minutes": 10**30}, {"minutes": None},
    {"stop": 1}, {"go": "yes"}, {"minutes": 1, "stop": True}, [1],
])  # fmt: skip
def test_a_clock_is_turned_by_what_it_knows_alone(deciding, body):
    before = deciding.app.hub.keeper.room(deciding.code).clock
    assert deciding.lead.post(at(deciding, "/clock"), body).status_code == 400
    assert deciding.app.hub.keeper.room(deciding.code).clock == before


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
