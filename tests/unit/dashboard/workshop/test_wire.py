"""Sixty phones share one network and one machine: what is sent is packed, and nothing is worked out unasked."""

from __future__ import annotations

import gzip

import orjson
import pytest

from dashboard.workshop.keeping.keeper import _template
from tests.unit.dashboard.workshop.serving import RoomOfPeople, app_of, hub_of
from tests.unit.workshop.rooms import TEXT

pytestmark = pytest.mark.unit


@pytest.fixture
def people(tmp_path):
    hub = hub_of(tmp_path, run=lambda *_, **__: None)
    yield RoomOfPeople(app_of(hub))
    hub.close()


def looked(people, **headers):
    """A look of somebody who has seen nothing yet."""
    seat = people.seats["Blue", "acute"]
    return seat.client.get(f"/workshop/{people.code}/look?screen=seat&seen=0", headers=headers)


def test_a_browser_that_takes_it_packed_gets_the_same_packed(people):
    plain, packed = looked(people), looked(people, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert orjson.loads(gzip.decompress(packed.data)) == orjson.loads(plain.data)
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2


def test_whole_pages_are_packed_too(people):
    seat, how = people.seats["Blue", "acute"], {"Accept-Encoding": "gzip"}
    for path in (f"/workshop/{people.code}", f"/workshop/{people.code}/board", "/workshop"):
        plain, packed = seat.client.get(path), seat.client.get(path, headers=how)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert len(packed.data) < len(plain.data) / 2
        assert gzip.decompress(packed.data).startswith(b"<!DOCTYPE html>")


def test_what_is_small_goes_as_it_is(people):
    seat = people.seats["Blue", "acute"]
    seen = looked(people).get_json()["seen"]
    nothing = seat.client.get(
        f"/workshop/{people.code}/look?screen=seat&seen={seen}", headers={"Accept-Encoding": "gzip"}
    )
    assert nothing.status_code == 204
    assert "Content-Encoding" not in nothing.headers


def test_whoever_uses_a_session_says_that_the_machine_is_needed(people):
    said = []
    people.app.hub.busy = lambda: said.append("busy")
    looked(people)
    people.leads("Begin")
    assert said == ["busy", "busy"]


def test_sessions_of_one_workshop_share_what_its_file_says():
    assert _template("own", TEXT) is _template("own", "".join([TEXT[:9], TEXT[9:]]))
