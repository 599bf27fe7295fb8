"""The application as a browser meets it: callbacks, headers, errors."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from dashboard import ids
from dashboard.app import create_app
from dashboard.wording import CHARTED
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway

pytestmark = pytest.mark.unit
URL = "/_dash-update-component"


@pytest.fixture(scope="module")
def app():
    return create_app(fake_gateway())


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


def test_a_question_is_answered_with_its_number_and_name(app, browser):
    reply = call(app, browser, ids.RUN, asked={"n": 7, "link": f"{SHIFT}=0.1&junk=1"})
    run = reply.json["response"][ids.RUN]["data"]
    assert (run["n"], run["name"], run["status"]) == (7, f"{SHIFT}=0.1", "ready")


@pytest.mark.parametrize("asked", [None, 3, [], {"link": 5}, {"link": None, "n": "x"}])
def test_a_question_of_the_wrong_shape_is_the_page_as_it_opens(app, browser, asked):
    assert call(app, browser, ids.RUN, asked=asked).json["response"][ids.RUN]["data"]["name"] == ""


def test_words_and_charts_of_a_known_answer_are_shown(app, browser):
    name = app.gateway.ask("plan=prevention_shift").name
    words = call(app, browser, ids.KPIS, shown=name).json["response"]
    assert "Shift" in json.dumps(words[ids.STORY]) or "shift" in json.dumps(words[ids.STORY])
    charts = call(app, browser, ids.graph("gap"), shown=name, theme="dark").json["response"]
    assert set(charts) == {ids.graph(measure) for measure in CHARTED}


@pytest.mark.parametrize("name", ["never asked", None, 4])
def test_an_answer_no_longer_known_changes_nothing(app, browser, name):
    assert call(app, browser, ids.KPIS, shown=name).status_code == 204


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


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(junk, junk, junk)
def test_no_callback_body_makes_the_server_fail(browser, inputs, state, changed):
    body = {"output": f"{ids.RUN}.data", "outputs": {"id": ids.RUN, "property": "data"}}
    reply = browser.post(URL, json=body | {"inputs": inputs, "state": state, "changedPropIds": changed})
    assert reply.status_code in (200, 204, 400)


def test_a_body_without_end_is_refused(browser):
    assert browser.post(URL, data=b"x" * (2**20 + 1), content_type="application/json").status_code in (400, 413)


def test_a_failure_tells_nothing_about_the_inside(app, browser, monkeypatch):
    def fail(link):
        raise RuntimeError("secret")

    monkeypatch.setattr(app.gateway, "ask", fail)
    reply = call(app, browser, ids.RUN, asked={"n": 1, "link": ""})
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
