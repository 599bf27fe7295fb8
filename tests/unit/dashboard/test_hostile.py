"""Every address there is, sent what it never expects: refused or put right, never a failure, never a tag that works."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from dashboard.app import create_app
from dashboard.server.guard import HEADERS
from dashboard.shelf.store import Shelf
from tests.unit.dashboard.fake_model import fake_gateway
from tests.unit.dashboard.hostile import BRIEF, KEEN, KINDS, RAW, TEXTS, VALUES, addresses, names, written

pytestmark = pytest.mark.unit

NAMES = names()
USUAL = {
    "/job": {"who": "me", "do": "begin", "kind": "doubt"},
    "/ask": {"who": "me"},
    "/shelf": {"name": "A", "link": ""},
}
"""What makes a request reach further than the first check."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    database = tmp_path_factory.mktemp("shelf") / "scenarios.sqlite3"
    shelf = Shelf(URL.create("sqlite", database=str(database)))
    app = create_app(fake_gateway(), shelf)
    yield app
    app.gateway.close()
    shelf.close()


@pytest.fixture(scope="module")
def rules(app):
    """Every rule with each of its methods."""
    return sorted((each.rule, method) for each in app.server.url_map.iter_rules() for method in each.methods)


def senders(rules):
    """Every address that takes a body, with its method."""
    methods = {"POST", "PUT", "PATCH", "DELETE"}
    return [(address, method) for rule, method in rules if method in methods for address in addresses(rule)]


class Tags(HTMLParser):
    """Finds tags and handlers that came from outside."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ("img", "svg") and any(name.startswith("on") for name, _ in attrs):
            self.found.append(tag)
        self.found += [name for name, value in attrs if name.startswith("on") and "alert" in (value or "")]


def markup(reply):
    """Whatever of a reply a browser would read as HTML: a page, and what scripts put into the page."""
    if reply.mimetype == "text/html":
        return [reply.get_data(as_text=True)]
    if reply.mimetype != "application/json" or not reply.data:
        return []
    found, waiting = [], [orjson.loads(reply.data)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found += [text for name, text in each.items() if name == "html" and isinstance(text, str)]
            found += [text for name in ("html", "evidence") for text in _texts(each.get(name))]
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def _texts(parts):
    return [each for each in parts.values() if isinstance(each, str)] if isinstance(parts, dict) else []


def check(reply, sent):
    """It is refused or answered, neutrally and protected, and nothing that was sent works as markup."""
    assert reply.status_code < 500, (sent, reply.status_code)
    assert b"Traceback" not in reply.data, sent
    assert "X-Injected" not in reply.headers, sent
    assert all(reply.headers.get(name) == value for name, value in HEADERS.items()), sent
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"], sent
    for html in markup(reply):
        parser = Tags()
        parser.feed(html)
        assert not parser.found, sent
        assert "<script>alert" not in html, sent


def test_every_address_answers_every_method_with_the_protection(app, rules):
    """Those with hostile parts too, such as a path out of the folder of assets."""
    browser = app.server.test_client()
    for rule, method in rules:
        for address in addresses(rule):
            reply = browser.open(address, method=method)
            check(reply, (method, address))
            assert b"root:" not in reply.data


def test_a_body_that_is_no_question_is_refused_or_put_right(app, rules):
    browser = app.server.test_client()
    for (address, method), body, kind in product(senders(rules), RAW, KINDS):
        if len(body) < 2**20 or kind == KINDS[0]:
            reply = browser.open(address, method=method, data=body, content_type=kind)
            check(reply, (method, address, kind, body[:40]))


def test_every_name_that_is_looked_for_may_have_any_value(app, rules):
    browser = app.server.test_client()
    bodies = [{name: value} for name in NAMES for value in KEEN] + [dict.fromkeys(NAMES, value) for value in VALUES]
    for (address, method), body in product(senders(rules), bodies):
        sent = written(USUAL.get(address, {}) | body)
        reply = browser.open(address, method=method, data=sent, content_type="application/json")
        check(reply, (method, address, sent[:80]))


def query(pairs):
    return urlencode(pairs, errors="surrogatepass")


@pytest.fixture(scope="module")
def readers(rules):
    """Every address that is read."""
    return [rule for rule, method in rules if method == "GET" and "<" not in rule]


def test_every_query_is_refused_or_put_right(app, readers):
    """All names that are looked for at once, and one that nobody looks for."""
    browser = app.server.test_client()
    levers = [*app.gateway.catalogue.levers]
    for address, text in product(readers, BRIEF):
        asked = query(dict.fromkeys([*NAMES, *levers, text], text))
        check(browser.get(f"{address}?{asked}"), (address, asked[:80]))


def test_every_part_of_a_link_is_put_right(app):
    browser = app.server.test_client()
    names = ["place", "plan", "years", "seed", "replications", "lang", *app.gateway.catalogue.levers]
    links = [query({name: text}) for name, text in product(names, BRIEF)]
    for asked in links + [query(dict.fromkeys(names, text)) for text in TEXTS]:
        check(browser.post("/ask", json={"who": "me", "link": asked}), asked[:80])
        check(browser.get(f"/?{asked}"), asked[:80])


junk = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=75)
@given(data=st.data())
def test_any_names_together_with_any_values(app, rules, data):
    address, method = data.draw(st.sampled_from(senders(rules)))
    body = data.draw(st.dictionaries(st.sampled_from(NAMES), junk, max_size=6))
    reply = app.server.test_client().open(
        address, method=method, data=written(USUAL.get(address, {}) | body), content_type="application/json"
    )
    check(reply, (method, address, body))


def test_afterwards_it_answers_as_ever(app):
    browser = app.server.test_client()
    assert browser.get("/").status_code == 200
    assert browser.post("/ask", json={"link": "years=1", "who": "somebody else"}).json["status"] in ("ready", "working")
