"""What goes over the network: packed once, kept long under a name that follows the content, else asked for again."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256

import orjson
import pytest

from dashboard.app import create_app
from dashboard.pages.plain import ASSETS
from dashboard.server import guard
from tests.unit.dashboard.fake_model import fake_gateway

pytestmark = pytest.mark.unit

PACKED = {"Accept-Encoding": "gzip, deflate, br"}
OWN = re.compile(r"(/assets/([\w./-]+)\?m=(\w+))[\"']")
PAGES = ("/", "/flow", "/prove-it", "/glossary")


@pytest.fixture(scope="module")
def app():
    app = create_app(fake_gateway())
    yield app
    app.gateway.close()


@pytest.fixture
def browser(app):
    return app.server.test_client()


@pytest.mark.parametrize("page", PAGES)
def test_our_own_files_are_named_by_their_content_and_kept_for_a_year(browser, page):
    found = set(OWN.findall(browser.get(page).text))
    assert found
    for address, name, fingerprint in found:
        assert sha256((ASSETS / name).read_bytes()).hexdigest().startswith(fingerprint)
        assert browser.get(address).headers["Cache-Control"] == guard.ONE_YEAR
    assert "/assets/" not in OWN.sub("", browser.get(page).text)


def test_a_file_is_packed_once_whatever_it_is_called(app, monkeypatch):
    packed = []
    monkeypatch.setattr(guard.gzip, "compress", lambda data, mtime: packed.append(data) or gzip_of(data))
    browser = app.server.test_client()
    for number in range(3):
        reply = browser.get(f"/assets/views.css?m={number}", headers=PACKED)
        assert reply.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(reply.data) == (ASSETS / "views.css").read_bytes()
    assert len(packed) == 1


def test_files_are_packed_before_anybody_asks(monkeypatch):
    app = create_app(fake_gateway())
    packed = []
    monkeypatch.setattr(guard.gzip, "compress", lambda data, mtime: packed.append(data) or gzip_of(data))
    assert guard.pack_ahead(app.server) > 20
    assert max(map(len, packed)) > 2**20, "the charts' library is the largest"
    count = len(packed)
    reply = app.server.test_client().get("/_dash-component-suites/plotly/package_data/plotly.min.js", headers=PACKED)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(packed) == count
    app.gateway.close()


@pytest.mark.parametrize("address", ["/nonsense/path", "/.git/config", "/favicon.ico", "/flow/x", "/overview"])
def test_an_address_that_nothing_stands_at_says_so_and_shows_the_ways(browser, address):
    reply = browser.get(address)
    assert reply.status_code == 404
    assert "There is no such page" in reply.text
    assert 'href="/flow"' in reply.text


def gzip_of(data, compress=gzip.compress):
    return compress(data, mtime=0)


def test_packed_or_not_is_told_apart_by_who_keeps_it(browser):
    for headers in (PACKED, {"Accept-Encoding": "identity"}):
        assert browser.get("/assets/page.css?m=1", headers=headers).headers["Vary"] == "Accept-Encoding"


def test_what_may_change_is_asked_for_again(browser):
    for page in PAGES:
        assert browser.get(page).headers["Cache-Control"] == "no-cache"


def test_a_file_that_is_still_the_same_is_not_sent_again(browser):
    for address in ("/assets/page.css", "/_dash-component-suites/plotly/package_data/plotly.min.js"):
        first = browser.get(address, headers=PACKED)
        again = browser.get(address, headers=PACKED | {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Security-Policy" in again.headers


def test_what_a_question_is_answered_with_is_not_packed_for_each(browser):
    reply = browser.post("/ask", json={"link": "years=1"}, headers=PACKED)
    assert "Content-Encoding" not in reply.headers


@pytest.mark.parametrize("text", [b'{"have": NaN}', b'{"link": "\\ud800"}', b"[" * 50_000, b'{"link": "\xff"}'])
def test_json_is_read_as_the_standard_has_it(app, text):
    with pytest.raises(orjson.JSONDecodeError):
        app.server.json.loads(text)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/workshop/host/a-secret", "/workshop/host/\u2026"),
        ("/workshop/lead/BCDFGH.a/secret\n", "/workshop/lead/\u2026"),
        ("/workshop/BCDFGH/back/BCDFGHJK", "/workshop/BCDFGH/back/\u2026"),
        ("/workshop/BCDFGH/look", "/workshop/BCDFGH/look"),
        ("/learn", "/learn"),
    ],
)
def test_no_secret_of_an_address_comes_into_a_log(path, shown):
    assert guard.without_secrets(path) == shown
