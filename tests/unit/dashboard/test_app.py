"""The application as a browser meets it: callbacks, headers, errors."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from dashboard import ids
from dashboard.app import create_app
from dashboard.wording.numbers import CHARTED
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway

pytestmark = pytest.mark.unit
URL = "/_dash-update-component"


@pytest.fixture(scope="module")
def app():
    app = create_app(fake_gateway())
    yield app
    app.gateway.close()


@pytest.fixture(scope="module")
def browser(app):
    return app.server.test_client()


def call(app, browser, output, **inputs):
    """Call the callback that has this output, as the page would."""
    name, wanted = next((name, each) for name, each in app.callback_map.items() if output in name)
    given = [{**part, "value": inputs.get(part["id"])} for part in wanted["inputs"]]
    listed = [part.rsplit(".", 1) for part in name.strip(".").split("...")]
    outputs = [{"id": part, "property": prop} for part, prop in listed]
    body = {
        "output": name,
        "outputs": outputs if name.startswith("..") else outputs[0],
        "inputs": given,
        "state": [],
        "changedPropIds": [f"{given[0]['id']}.{given[0]['property']}"],
    }
    return browser.post(URL, json=body)


def test_a_link_sets_every_control(app, browser):
    reply = call(app, browser, ids.STATE, search=f"?place=dorset&years=99&{SHIFT}=0.07&{GROWTH}=nonsense")
    state = reply.json["response"][ids.STATE]["data"]
    assert (state["place"], state["years"], state["plan"]) == ("dorset", "20", "do_nothing")
    assert state["shown"][SHIFT] == 7.0
    assert state["shown"][GROWTH] == 3.6


def question(browser, **body):
    """Ask as the page does."""
    return browser.post("/ask", json=body)


def asked_until_settled(browser, **body):
    """Ask again, as the page does, until there is nothing better to come."""
    reply = question(browser, **body)
    while not reply.json.get("settled"):
        reply = question(browser, **(body | {"have": reply.json["done"] if "html" in reply.json else 0}))
    return reply


def test_a_question_is_answered_with_words_and_charts(browser):
    reply = asked_until_settled(browser, who="me", link=f"{SHIFT}=0.1&junk=1", theme="dark")
    assert (reply.json["name"], reply.json["done"], reply.json["standing"]) == (f"{SHIFT}=0.1", 10, "10 replications")
    assert set(reply.json["figures"]) == {ids.graph(measure) for measure in CHARTED}
    assert "upstream" in reply.json["html"][ids.STORY]
    assert reply.json["html"][ids.KPIS].startswith('<div class="card')
    assert reply.json["spoken"].startswith("Result for 2020/21")


def test_an_answer_the_page_has_already_is_not_sent_again(browser):
    link = f"{SHIFT}=0.12"
    asked_until_settled(browser, who="me", link=link)
    reply = question(browser, who="me", link=link, have=10)
    assert (reply.json["status"], reply.json["done"]) == ("ready", 10)
    assert "html" not in reply.json


def test_how_long_simulation_took_is_sent_along(browser):
    timing = asked_until_settled(browser, who="me", link=f"{SHIFT}=0.11").headers["Server-Timing"]
    assert timing.startswith("simulation;dur=")


def test_charts_come_in_the_colours_asked_for(browser):
    light, dark = (asked_until_settled(browser, link="", theme=theme).json["figures"] for theme in ("light", "dark"))
    assert light != dark


@pytest.mark.parametrize("body", [None, 3, [], "", {}, {"link": 5}, {"link": None, "who": 3, "have": "x", "theme": 7}])
def test_a_question_of_the_wrong_shape_is_the_page_as_it_opens(browser, body):
    reply = browser.post("/ask", json=body)
    assert reply.status_code == 200
    assert reply.json["name"] == ""


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"x" * 1000])
def test_a_question_that_is_no_json_is_the_page_as_it_opens(browser, body):
    assert browser.post("/ask", data=body, content_type="application/json").json["name"] == ""


def test_the_first_html_has_the_answer_and_the_protection(browser):
    reply = browser.get("/?place=dorset")
    assert reply.status_code == 200
    assert "Hospital beds in use" in reply.text
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_strange_link_still_shows_the_page(browser):
    assert browser.get("/?years=%00%ff&<script>=1").status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"output": "x.y"}', b'{"output": 3, "inputs": {}}'])
def test_a_malformed_callback_is_refused(browser, body):
    reply = browser.post(URL, data=body, content_type="application/json")
    assert reply.status_code == 400
    assert "Traceback" not in reply.text


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from(["link", "who", "have", "theme"]), junk))
def test_no_question_makes_the_server_fail(browser, body):
    assert question(browser, **{"have": 0} | body).status_code == 200


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(junk, junk, junk)
def test_no_callback_body_makes_the_server_fail(browser, inputs, state, changed):
    body = {"output": f"{ids.STATE}.data", "outputs": {"id": ids.STATE, "property": "data"}}
    reply = browser.post(URL, json=body | {"inputs": inputs, "state": state, "changedPropIds": changed})
    assert reply.status_code in (200, 204, 400)


def test_a_body_without_end_is_refused(browser):
    assert browser.post(URL, data=b"x" * (2**20 + 1), content_type="application/json").status_code in (400, 413)


def test_a_failure_tells_nothing_about_the_inside(app, browser, monkeypatch):
    def fail(*asked):
        raise RuntimeError("secret")

    monkeypatch.setattr(app.gateway, "ask", fail)
    reply = question(browser, link="")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text


def test_scripts_are_packed_once_and_kept_long(browser):
    page = browser.get("/assets/page.js?m=1", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"one question in flight" in gzip.decompress(page.data)
    assert "max-age=31536000" in page.headers["Cache-Control"]
    plain = browser.get("/assets/page.js?m=1", headers={"Accept-Encoding": ""})
    assert "Content-Encoding" not in plain.headers


def test_unknown_paths_are_refused_plainly(browser):
    assert browser.get("/assets/../../etc/passwd").status_code in (400, 404)
    assert browser.post("/").status_code == 405
