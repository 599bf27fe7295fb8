"""The address for long jobs: what is begun, told and refused, whatever a browser sends."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from dashboard.answering.jobs import Progress
from dashboard.app import create_app
from dashboard.server.working import draws_asked, share, words
from tests.unit.dashboard.fake_model import SHIFT, fake_gateway
from tests.unit.dashboard.fake_studies import CLINIC, LEANED_ON

pytestmark = pytest.mark.unit
CASE = {"who": "me", "kind": "case", "case": CLINIC}
DOUBT = {"who": "me", "kind": "doubt", "link": f"{SHIFT}=0.05", "draws": "usual"}


@pytest.fixture(scope="module")
def browser():
    app = create_app(fake_gateway())
    yield app.server.test_client()
    app.gateway.close()


def done(browser, question):
    """Begin, and look until it is over."""
    reply = browser.post("/job", json=question | {"do": "begin"})
    while reply.json["status"] in ("waiting", "running"):
        reply = browser.post("/job", json=question | {"do": "look", "name": reply.json["name"]})
    return reply.json


def test_a_case_is_run_and_its_table_sent(browser):
    reply = done(browser, CASE)
    assert (reply["status"], reply["counts"]) == ("done", {"pass": 1, "differs": 1, "fail": 0})
    assert reply["summary"] == "1 pass, 1 differs with a reason"
    assert "0.53\u00a0±\u00a00.02" in reply["html"]
    assert "They count a &lt;night&gt; as two." in reply["html"]


def test_a_doubt_brings_both_bands_the_counts_and_the_evidence(browser):
    browser.post("/ask", json={"who": "me", "link": DOUBT["link"]})
    reply = done(browser, DOUBT)
    for expected in ("Chance alone", "Not knowing alone", "Better in 40 of 59 draws, no change in 5", "low confidence"):
        assert expected in reply["html"]
    assert "A book" in reply["evidence"][LEANED_ON]


def test_leaving_is_always_possible(browser):
    assert browser.post("/job", json=CASE | {"do": "leave"}).json == {"status": "stopped"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"who": "me"},
        CASE,
        CASE | {"do": "begin", "case": "../../etc/passwd"},
        CASE | {"do": "begin", "case": "broken"},
        CASE | {"do": "begin", "case": 7},
        CASE | {"do": "begin", "who": ""},
        CASE | {"do": "begin", "who": "x" * 65},
        CASE | {"do": "begin", "who": ["me"]},
        CASE | {"do": "begin", "kind": "doubts"},
        CASE | {"do": "begin", "kind": ["case"]},
        CASE | {"do": "look", "name": "doubt 1"},
        CASE | {"do": "look", "name": "case " + "x" * 300},
        CASE | {"do": "look", "name": {}},
        CASE | {"do": "burn"},
        DOUBT | {"do": "begin", "draws": 1_000_000},
        DOUBT | {"do": "begin", "draws": None},
        DOUBT | {"do": "begin", "link": 3},
    ],
)
def test_what_has_no_meaning_is_refused(browser, body):
    reply = browser.post("/job", json=body)
    assert reply.status_code == 400
    assert "Traceback" not in reply.text


def test_a_job_nobody_began_is_told_as_stopped(browser):
    reply = browser.post("/job", json=CASE | {"do": "look", "name": "case nothing"})
    assert reply.json["status"] == "stopped"


def test_a_link_full_of_nonsense_asks_about_what_it_means(browser):
    """The server brings every number into range, as it does for the page."""
    assert done(browser, DOUBT | {"link": "place=Atlantis&years=9999&policy.shift_share=1e400"})["status"] == "done"


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["begin", "look", "case", "doubt"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["who", "do", "kind", "case", "link", "draws", "name", "again"])


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.dictionaries(KEYS, junk))
def test_nothing_a_browser_sends_makes_the_server_fail(browser, body):
    assert browser.post("/job", json=body).status_code in (200, 400)


@pytest.mark.parametrize("status", ["waiting", "running", "done", "failed", "stopped", "busy"])
def test_every_state_has_words(status):
    assert words(Progress(status, 1, 2, problem="No beds."), lambda progress: "half")


def test_how_much_is_done_is_not_known_before_it_begins():
    assert share(Progress("waiting")) is None
    assert share(Progress("running", 1, 4)) == 1 / 4


def test_draws_are_a_word_not_a_number(monkeypatch):
    monkeypatch.setenv("UPSTREAM_DRAWS", "12")
    assert [draws_asked(word) for word in ("usual", "many", "12", 12, None)] == [12, 200, None, None, None]
