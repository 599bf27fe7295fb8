"""The shelf over HTTP: what a page does, and what nobody may do; nothing sent makes the server fail."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from dashboard.app import create_app
from dashboard.link import state
from dashboard.shelf.requests import LARGEST
from dashboard.shelf.routes import LONGEST_FILE
from dashboard.shelf.store import Shelf
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway

pytestmark = pytest.mark.unit
LINK = f"place=dorset&plan=prevention_shift&{SHIFT}=0.08&{GROWTH}=2"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = URL.create("sqlite", database=str(tmp_path_factory.mktemp("shelf") / "scenarios.sqlite3"))
    app = create_app(fake_gateway(), Shelf(url))
    yield app
    app.gateway.close()


@pytest.fixture
def browser(app):
    browser = app.server.test_client()
    yield browser
    for each in browser.get("/shelf").json["scenarios"]:
        browser.delete(f"/shelf/{each['number']}?revision={each['revision']}")


def keep(browser, name="Home first", link=LINK, note="Why not", **more):
    return browser.post("/shelf", json={"name": name, "note": note, "link": link}, **more)


def test_a_scenario_goes_round(browser):
    made = keep(browser)
    assert made.status_code == 201
    one = made.json
    assert (one["name"], one["note"], one["place"], one["revision"]) == ("Home first", "Why not", "dorset", 1)
    assert one["changes"] == {SHIFT: 0.08, GROWTH: 2.0}
    assert browser.get("/shelf").json == {"scenarios": [one], "total": 1}
    assert browser.get("/shelf?search=home").json["total"] == 1
    assert browser.get("/shelf?search=away").json == {"scenarios": [], "total": 0}
    changed = browser.put(f"/shelf/{one['number']}", json={"revision": 1, "note": "", "link": "junk=1"}).json
    assert (changed["name"], changed["note"], changed["changes"], changed["revision"]) == ("Home first", "", {}, 2)
    assert browser.delete(f"/shelf/{one['number']}?revision=2").status_code == 204
    assert browser.get(f"/shelf/{one['number']}").status_code == 404


def test_a_kept_link_leaves_nothing_to_defaults_and_means_the_same(app, browser):
    link = keep(browser, link="").json["link"]
    assert link == "place=west-yorkshire-and-harrogate&plan=do_nothing&years=5&seed=1&replications=10"
    for asked in ("", LINK, f"{LINK}&years=9&seed=77&replications=narrow", "plan=nonsense&years=x"):
        now = app.gateway.state(asked)
        assert app.gateway.state(state.full(now)) == now


def test_a_scenario_of_another_model_is_said_to_be(app, browser, monkeypatch):
    number = keep(browser).json["number"]
    standing = browser.get(f"/shelf/{number}").json
    assert (standing["same_model"], standing["same_numbers"]) == (True, True)
    monkeypatch.setattr(app.gateway, "model", replace(app.gateway.model, key=lambda task: "another"))
    assert browser.get(f"/shelf/{number}").json["same_numbers"] is False


def test_a_link_that_another_version_cannot_follow_is_said_to_be(app, browser, monkeypatch):
    """The place is gone, so that the link means another; or so many replications are not offered any more."""
    number = keep(browser).json["number"]
    catalogue = app.gateway.catalogue
    gone = {slug: place for slug, place in catalogue.places.items() if slug != "dorset"}
    fewer = {name: each for name, each in catalogue.replications.items() if name != "10"}
    for changed in (replace(catalogue, places=gone), replace(catalogue, replications=fewer)):
        monkeypatch.setattr(app.gateway, "model", replace(app.gateway.model, catalogue=changed))
        assert browser.get(f"/shelf/{number}").json["same_numbers"] is False


def test_a_list_says_what_each_asks_and_whether_the_model_is_the_same(browser):
    keep(browser)
    (one,) = browser.get("/shelf").json["scenarios"]
    assert one["about"] == "Dorset: Prevention shift, with 2 levers moved"
    assert one["same_model"] is True


def test_a_new_name_keeps_the_version_and_a_new_question_takes_the_one_at_work(app, browser, monkeypatch):
    one = keep(browser).json
    model = app.gateway.model
    monkeypatch.setattr(app.gateway, "model", replace(model, key=lambda task: "another"))
    renamed = browser.put(f"/shelf/{one['number']}", json={"revision": 1, "name": "Else"}).json
    assert (renamed["name"], renamed["link"]) == ("Else", one["link"])
    assert browser.get(f"/shelf/{one['number']}").json["same_numbers"] is False
    browser.put(f"/shelf/{one['number']}", json={"revision": 2, "link": LINK})
    assert browser.get(f"/shelf/{one['number']}").json["same_numbers"] is True


def test_what_was_deleted_can_be_put_back_once_as_it_was(app, browser, monkeypatch):
    one = keep(browser).json
    browser.delete(f"/shelf/{one['number']}?revision=1")
    model = app.gateway.model
    monkeypatch.setattr(app.gateway, "model", replace(model, key=lambda task: "another"))
    back = browser.post(f"/shelf/{one['number']}/back")
    assert back.status_code == 201
    same = ("name", "note", "link", "model", "changes")
    assert [back.json[each] for each in same] == [one[each] for each in same]
    assert back.json["number"] != one["number"]
    assert browser.get(f"/shelf/{back.json['number']}").json["same_numbers"] is False
    assert browser.post(f"/shelf/{one['number']}/back").status_code == 404


def test_what_is_put_back_overwrites_nobody(browser):
    one = keep(browser).json
    browser.delete(f"/shelf/{one['number']}?revision=1")
    keep(browser, note="Another one")
    assert browser.post(f"/shelf/{one['number']}/back").status_code == 409
    assert browser.get("/shelf").json["scenarios"][0]["note"] == "Another one"
    strange = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post(f"/shelf/{one['number']}/back", headers=strange).status_code == 403


def test_conflicts_are_said_and_change_nothing(browser):
    number = keep(browser).json["number"]
    assert keep(browser, "HOME FIRST").status_code == 409
    assert browser.put(f"/shelf/{number}", json={"revision": 1, "name": "Mine"}).status_code == 200
    late = browser.put(f"/shelf/{number}", json={"revision": 1, "name": "Theirs"})
    assert (late.status_code, "Mine" in late.json["fault"]) == (409, True)
    assert browser.delete(f"/shelf/{number}?revision=1").status_code == 409
    assert browser.get(f"/shelf/{number}").json["name"] == "Mine"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1234"},
        {"Origin": "http://[bad"},
    ],
)
def test_another_page_changes_nothing(browser, headers):
    number = keep(browser).json["number"]
    for reply in (
        keep(browser, "Another", headers=headers),
        browser.put(f"/shelf/{number}", json={"revision": 1, "name": "X"}, headers=headers),
        browser.delete(f"/shelf/{number}?revision=1", headers=headers),
    ):
        assert reply.status_code == 403
    assert [each["name"] for each in browser.get("/shelf").json["scenarios"]] == ["Home first"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "https://proxy.example"}, {"Origin": "http://localhost"}],
)
def test_our_own_page_and_programs_may(browser, headers):
    assert keep(browser, headers=headers).status_code == 201


def test_a_form_of_another_site_cannot_send_what_is_read(browser):
    """A page may send text or a form anywhere without being asked; JSON it may not."""
    body = json.dumps({"name": "A", "link": ""})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert browser.post("/shelf", data=body, content_type=kind).status_code == 400
    assert browser.get("/shelf").json["total"] == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"3", b"null", b"\xff", b'{"name": "\\ud800", "link": ""}', b"[" * 60_000, b"{}"]
)
def test_what_is_no_scenario_is_refused_in_a_sentence(browser, body):
    reply = browser.post("/shelf", data=body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json["fault"].endswith(".")


@pytest.mark.parametrize("path", ["/shelf", "/shelf/open"])
def test_a_body_without_end_is_refused(browser, path):
    assert browser.post(path, data=b" " * (LARGEST + 1), content_type="application/json").status_code == 413


@pytest.mark.parametrize(
    "path", ["?most=0", "?most=x", "?skip=-1", "?most=9999", "?search=%00", "?skip=1e3", f"?search={'x' * 500}"]
)
def test_a_list_that_cannot_be_is_refused(browser, path):
    assert browser.get(f"/shelf{path}").status_code == 400


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 30, "%00", "../1"])
def test_strange_numbers_are_not_found(browser, number):
    assert browser.get(f"/shelf/{number}").status_code in (400, 404, 200)
    assert browser.get(f"/shelf/{number}/scenario.yaml").status_code in (400, 404, 200)
    assert browser.put(f"/shelf/{number}", json={"revision": 1}).status_code in (400, 404, 405)
    assert browser.delete(f"/shelf/{number}?revision=1").status_code in (400, 404, 405)


def test_a_name_is_data_and_never_markup_or_a_header(browser):
    name = '<script>alert(1)</script> "; filename=evil.exe'
    one = keep(browser, name).json
    assert one["name"] == name
    reply = browser.get(f"/shelf/{one['number']}/scenario.yaml")
    assert reply.headers["Content-Disposition"] == f'attachment; filename="upstream-scenario-{one["number"]}.yaml"'
    for each in (reply, browser.get("/shelf")):
        assert each.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in each.headers["Content-Security-Policy"]
        assert each.headers["Cache-Control"] == "no-store"


def test_a_kept_scenario_becomes_a_file_and_the_file_the_same_scenario(browser):
    one = keep(browser, link=f"{LINK}&years=9&seed=3&replications=30").json
    text = browser.get(f"/shelf/{one['number']}/scenario.yaml").text
    opened = browser.post("/shelf/open", json={"file": text})
    assert opened.json == {name: one[name] for name in ("name", "note", "link")}
    assert browser.get("/shelf").json["total"] == 1  # opening keeps nothing


def test_faults_of_a_file_come_with_their_lines(browser):
    text = "title: Mine\nwhy: Because\nchnge:\n  policy.shift_share: 0.1\n"
    reply = browser.post("/shelf/open", json={"file": text})
    assert reply.status_code == 422
    assert reply.json["faults"] == [
        {"line": 3, "says": 'chnge: key "chnge" is not one we know. Did you mean "change"?'}
    ]


@pytest.mark.parametrize("file", [None, 3, ["a"], "x" * (LONGEST_FILE + 1)])
def test_what_is_no_file_is_refused(browser, file):
    assert browser.post("/shelf/open", json={"file": file}).status_code == 400


def test_a_database_out_of_order_is_said_and_the_page_still_works(tmp_path):
    (tmp_path / "file").write_text("in the way")
    app = create_app(fake_gateway(), Shelf(URL.create("sqlite", database=str(tmp_path / "file" / "x"))))
    browser = app.server.test_client()
    for reply in (browser.get("/shelf"), keep(browser), browser.get("/shelf/1")):
        assert reply.status_code == 503
        assert "cannot be made" in reply.json["fault"]
    assert browser.get("/").status_code == 200
    app.gateway.close()


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(["name", "note", "link", "revision", "file"]), junk), st.text(max_size=20))
def test_nothing_sent_makes_the_server_fail(browser, body, words):
    for reply in (
        browser.post("/shelf", json=body),
        browser.post("/shelf/open", json=body),
        browser.put("/shelf/1", json=body),
        browser.delete("/shelf/1", query_string={"revision": words}),
        browser.get("/shelf", query_string={"search": words, "most": "2"}),
    ):
        assert reply.status_code in (200, 201, 400, 404, 409, 422)
