"""Workshops as browsers meet them: make one, join, act, look, run, and take everything home."""

from __future__ import annotations

import json

import pytest

from dashboard.workshop.serving.exports import commitments_csv, harmless
from dashboard.workshop.serving.hosting import Hosting
from sim.workshop import Export, acts, read_export, replay, results_bytes
from tests.unit.dashboard.workshop.serving import HOST_TOKEN, Browser, RoomOfPeople, app_of, hub_of
from tests.unit.workshop.rooms import TEXT, by, joined, led

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"


def at(people, rest=""):
    return f"/workshop/{people.code}{rest}"


def test_whoever_came_by_the_host_link_makes_a_ready_workshop_and_leads_it(app):
    host = Browser(app)
    assert "Make this workshop" not in host.get("/workshop").text
    assert host.get(f"/workshop/host/{HOST_TOKEN}").status_code == 303
    assert "Make this workshop" in host.get("/workshop").text
    made = host.post("/workshop/make", data={"workshop": "beds_or_packages", "form": host.form})
    assert made.status_code == 303
    console = host.get(made.headers["Location"])
    assert (console.status_code, console.headers["Cache-Control"]) == (200, "no-store")
    assert made.headers["Location"].split("/")[2] in host.get("/workshop").text


def test_a_file_with_faults_is_refused_with_every_one_of_them_as_a_page_or_as_json(app):
    host = Browser(app)
    host.get(f"/workshop/host/{HOST_TOKEN}")
    host.get("/workshop")
    wrong = TEXT.replace("people: 20000", "peeple: 3").replace("years: 1, way: place", "years: 0, way: heaven")
    reply = host.post("/workshop/make", data={"text": wrong})
    assert reply.status_code == 422
    assert all(word in reply.json["fault"] for word in ("peeple", "years", "way"))
    page = host.client.post("/workshop/make", data={"text": wrong, "form": host.form})
    assert (page.status_code, page.mimetype) == (422, "text/html")
    assert "peeple" in page.text


def test_a_code_may_be_typed_as_people_type(app, people):
    phone = Browser(app)
    typed = f" {people.code[:3].lower()} {people.code[3:].lower()} "
    reply = phone.post("/workshop/join", data={"code": typed})
    assert (reply.status_code, reply.headers["Location"]) == (303, at(people))
    wrong = phone.post("/workshop/join", data={"code": "BBBBBB"})
    assert (wrong.status_code, "BBBBBB" in wrong.json["fault"]) == (404, True)


def test_a_participant_who_comes_back_sits_where_they_sat(people):
    ada = people.seats["Blue", "acute"]
    assert "acute of Blue" in ada.get(at(people)).text
    assert ada.act(people.code, "Join", name="Again", team="Blue", role="acute").status_code == 409


def test_names_are_cleaned_and_a_team_is_the_same_however_it_is_written(people):
    late = people.joined("  bLUE ", "place", name="  Zoë   of\tthe  hill ")
    assert "Zoë of the hill" in late.get(at(people)).text
    assert people.lead.look(people.code, "console").status_code == 200
    assert set(people.state().teams) == {"Blue", "Red"}


def test_a_look_says_nothing_until_something_changes_for_whoever_looks(people):
    blue, red = people.seats["Blue", "acute"], people.seats["Red", "acute"]
    people.leads("Begin")
    seen = {each: each.look(people.code).json["seen"] for each in (blue, red)}
    assert [each.look(people.code, seen=seen[each]).status_code for each in (blue, red)] == [204, 204]
    reply = blue.act(people.code, "Decide", path=LEVER, value=2)
    assert reply.status_code == 200
    assert reply.json["seen"] > seen[blue]
    assert reply.json["parts"]
    assert red.look(people.code, seen=seen[red]).status_code == 204  # nothing that Red may see has changed
    assert blue.look(people.code, seen=seen[blue]).status_code == 200
    assert blue.look(people.code, seen=reply.json["seen"]).status_code == 204


def test_the_clock_is_told_with_every_look_and_turned_by_the_facilitator(people):
    people.leads("Begin")
    assert 290 < people.lead.look(people.code, "console").json["left"] <= 300
    turned = people.lead.post(at(people, "/clock?screen=console"), {"minutes": 1})
    assert 350 < turned.json["left"] <= 360
    people.lead.post(at(people, "/clock?screen=console"), {"stop": True})
    stopped = people.lead.look(people.code, "console").json["left"]
    assert people.lead.look(people.code, "console").json["left"] == stopped
    people.leads("Pause")
    assert people.lead.post(at(people, "/clock"), {"go": True}).status_code == 409
    people.leads("Resume", "Lock")
    assert people.lead.post(at(people, "/clock"), {"minutes": 1}).status_code == 409


def test_a_link_gives_somebody_their_seat_on_another_phone(people):
    ada = next(iter(people.state().seats))
    given = people.lead.post(at(people, "/seat-link"), {"seat": ada}).json
    path, letters = given["link"].removeprefix("http://localhost").rsplit("/", 1)
    assert (path, len(letters)) == (at(people, "/back"), 8)
    assert "<svg" in given["shown"]
    assert given["link"] in given["shown"]
    phone = Browser(people.app)
    reply = phone.get(f"{path}/{letters.lower()}")
    assert (reply.status_code, reply.headers["Location"]) == (303, at(people))
    assert "acute of Blue" in phone.get(at(people)).text
    assert phone.act(people.code, "Move", name="Ada", team="Blue", role="acute").status_code == 200
    assert Browser(people.app).get(f"{path}/{letters}").status_code == 403  # it was used


def test_a_projector_and_who_saw_the_page_to_join_go_on_while_others_try_codes(people):
    wall, late, new = (Browser(people.app) for _ in range(3))
    assert wall.get(at(people, "/board")).status_code == 200
    assert late.get(at(people)).status_code == 200
    for _ in range(100):
        people.app.hub.limits.wrong(new.address)
    assert wall.look(people.code, "board").status_code == 200
    assert late.look(people.code, "join").status_code == 200
    assert late.act(people.code, "Join", "join", name="Kim", team="Red", role="place").status_code == 200
    assert new.get(at(people)).status_code == 429
    wall.client.set_cookie(f"upstream_code_{people.code}", "made up", path="/workshop")
    assert wall.get(at(people, "/board")).status_code == 429


def test_the_page_to_join_follows_who_sits_where(people):
    phone = Browser(people.app)
    page = phone.get(at(people)).text
    assert 'data-screen="join"' in page
    assert "2 there" in page
    seen = phone.look(people.code, "join").json["seen"]
    assert phone.look(people.code, "join", seen).status_code == 204
    people.joined("Red", "social_care", "Zoë")
    told = phone.look(people.code, "join", seen).json
    assert "3 there" in told["parts"]["join-seats"]
    assert "Zoë" not in told["parts"]["join-seats"]
    people.leads("Begin")
    assert "door is closed" in phone.look(people.code, "join").json["parts"]["join-door"]


def test_the_facilitators_link_leads_on_another_device(people):
    link = people.lead.post(at(people, "/lead-link"), {}).json["link"]
    tablet = Browser(people.app)
    assert tablet.get(at(people, "/console")).status_code == 403
    assert tablet.get(link.removeprefix("http://localhost")).status_code == 303
    assert tablet.get(at(people, "/console")).status_code == 200


def test_whoever_sits_at_a_server_for_this_machine_alone_may_make_sessions(tmp_path):
    app = app_of(hub_of(tmp_path, Hosting(alone=True)))
    for host, headers, may in (
        ("localhost", {}, True), ("127.0.0.1:8050", {}, True), ("[::1]:8050", {}, True), ("evil.example", {}, False),
        ("localhost", {"X-Forwarded-For": "1.2.3.4"}, False), ("localhost.evil.example:80", {}, False),
    ):  # fmt: skip
        page = app.test_client().get("/workshop", headers={"Host": host, **headers}).text
        assert ("Make this workshop" in page) == may, host
    elsewhere = app.test_client().get("/workshop", environ_base={"REMOTE_ADDR": "10.0.0.9"}).text
    assert "Make this workshop" not in elsewhere


def test_the_qr_code_is_the_address_that_the_room_can_reach(tmp_path):
    hub = hub_of(tmp_path, Hosting(link="", address="http://10.1.2.3:8050"))
    room, _token = hub.keeper.make("small", TEXT)
    reply = app_of(hub).test_client().get(f"/workshop/{room.kept.code}/qr.svg")
    assert (reply.status_code, reply.mimetype) == (200, "image/svg+xml")
    assert hub.base() == "http://10.1.2.3:8050"
    hub.close()


def test_a_deleted_session_is_gone_for_everybody(people):
    people.leads("Begin")
    assert people.lead.post(at(people, "/delete"), {}).json == {"deleted": people.code}
    ada = people.seats["Blue", "acute"]
    assert ada.look(people.code).status_code == 404
    assert people.lead.get(at(people, "/console")).status_code == 404
    again = ada.get(at(people))
    assert (again.status_code, again.mimetype) == (404, "text/html")


def test_a_whole_session_goes_home_and_replays_to_the_same_bytes(people, tmp_path):
    """Three rounds with an agreement, a breach and a restart; then the files, against a replay of one of them."""
    blue, community = people.seats["Blue", "acute"], people.seats["Blue", "community"]
    people.leads("Begin")
    assert blue.act(people.code, "Propose", taker="community", share=0.02).status_code == 200
    assert community.act(people.code, "Answer", deal=1, agrees=True).status_code == 200
    people.leads("Lock")
    assert people.lead.get(at(people, "/results.json")).status_code == 409  # a round is locked and not run
    people.leads("Restart")
    assert blue.act(people.code, "Propose", taker="community", share=0.03).status_code == 200
    assert community.act(people.code, "Answer", deal=1, agrees=True).status_code == 200
    for number in range(3):
        if number == 1:
            assert blue.act(people.code, "Break", deal=1).status_code == 200
        people.leads("Lock", "Run")
        people.until_run()
        people.leads("Debrief")
        assert blue.act(people.code, "Commit", text=f"=SUM({number})").status_code == 200
        people.leads("Begin" if number < 2 else "Finish")
    file = tmp_path / "session.json"
    file.write_bytes(people.lead.get(at(people, "/session.json")).data)
    results = people.lead.get(at(people, "/results.json"))
    assert results.data == results_bytes(replay(read_export(file)))
    assert len(json.loads(results.data)["rounds"]) == 3
    assert "attachment" in results.headers["Content-Disposition"]
    table = people.lead.get(at(people, "/commitments.csv")).data.decode("utf-8-sig").splitlines()
    assert table[1:] == [f"{n + 1},Blue,acute,acute of Blue,'=SUM({n})" for n in range(3)]
    for sheet in ("/sheet", "/sheet/Blue"):
        assert people.lead.get(at(people, sheet)).status_code == 200
        assert blue.get(at(people, sheet)).status_code == 200
    assert blue.get(at(people, "/sheet/Red")).status_code == 403


def test_the_log_on_disk_is_the_session_after_a_kill_in_every_phase(people, tmp_path):
    """A second server on the same database, as after a kill: same screens, same seats, and the round is run."""
    blue = people.seats["Blue", "acute"]

    def again():
        other = hub_of(tmp_path)
        there = Browser(app_of(other))
        there.client._cookies.update(blue.client._cookies)
        assert there.look(people.code).json["phase"] == people.state().phase
        assert there.get(at(people)).status_code == 200
        other.close()

    again()
    for steps in (("Begin",), ("Lock",), ("Run",)):
        people.leads(*steps)
        again()
    people.until_run()
    for steps in ((), ("Debrief",), ("Finish",)):
        people.leads(*steps)
        again()
    log = people.log()
    assert sum(isinstance(record.act, acts.Ran) for record in log) == 1
    assert Export("own", TEXT, log).session().state == people.state()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "|calc", "%0", "\n=1"])
def test_no_spreadsheet_works_anything_out(text):
    assert harmless(text).startswith("'")


def test_what_is_no_formula_stays_as_it_is():
    session = led(joined(), acts.Begin(), acts.Lock(), acts.Run(), acts.Ran("x"), acts.Reveal(), acts.Debrief())
    session = by(session, "Blue/acute", acts.Commit('Talk to "Bo", then\nwrite'), acts.Commit("=HYPERLINK(1)"))
    session = led(session, acts.Remove("Blue/acute"))
    assert commitments_csv(session.state).splitlines() == [
        "round,team,role,name,commitment", '1,Blue,,,"Talk to ""Bo"", then', 'write"', "1,Blue,,,'=HYPERLINK(1)",
    ]  # fmt: skip


def test_pages_and_looks_speak_the_language_of_their_address(people):
    english = people.seats["Blue", "acute"].get(at(people)).text
    welsh = people.seats["Blue", "acute"].get(at(people, "?language=cy")).text
    assert 'lang="en-GB"' in english
    assert 'lang="cy"' in welsh
    people.leads("Begin")
    ada = people.seats["Blue", "acute"]
    seen = ada.get(at(people, "/look?screen=seat&seen=0&language=en-GB")).json["seen"]
    looks = [ada.get(at(people, f"/look?screen=seat&seen={seen}&language={each}")) for each in ("en-GB", "cy")]
    assert looks[0].status_code == 204
    assert looks[1].status_code in (200, 204)


def test_who_sits_at_a_server_of_their_own_is_shown_the_sessions_they_lead(tmp_path):
    hub = hub_of(tmp_path, Hosting(alone=True))
    hub.keeper.make("small", TEXT)
    here = Browser(app_of(hub), "127.0.0.1")
    here.get("/workshop")
    made = here.post("/workshop/make", data={"workshop": "beds_or_packages"}).headers["Location"].split("/")[2]
    page = here.get("/workshop").text
    codes = {kept.code for kept in hub.keeper.every()}
    assert len(codes) == 2
    assert [code for code in codes if code in page] == [made]
    hub.close()


def test_the_room_of_people_is_what_it_says(app):
    small = RoomOfPeople(app, teams=("Solo",), roles=("place",))
    assert [seat.role for seat in small.state().seats.values()] == ["place"]
