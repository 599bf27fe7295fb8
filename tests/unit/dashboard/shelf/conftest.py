"""Shelves in both databases, each test with a new one; the server of Postgres is a real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import URL

from dashboard.shelf.kept import Draft
from dashboard.shelf.sessions import NewSession, Sessions
from dashboard.shelf.store import Shelf
from tests.postgres import PostgresServer

NUMBERS = count(1)
MADE = datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres():
    """A running server."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        return URL.create("sqlite", database=str(tmp_path / "scenarios.sqlite3"))
    server = request.getfixturevalue("postgres")
    name = f"shelf_{next(NUMBERS)}"
    server.ask(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture
def shelf(url):
    """An empty shelf."""
    made = Shelf(url)
    yield made
    made.close()


@pytest.fixture
def sessions(url):
    """Sessions in an empty database."""
    made = Sessions(url)
    yield made
    made.close()


@pytest.fixture
def file_url(tmp_path):
    """A file that is not there yet, in a folder that is not either."""
    return URL.create("sqlite", database=str(tmp_path / "new" / "scenarios.sqlite3"))


def draft(name="Home first", **more):
    given = {
        "note": "More beds at home.\nIn two steps.",
        "place": "dorset",
        "link": "place=dorset&plan=do_nothing&years=5&seed=1&replications=10&policy.shift_share=0.07",
        "changes": {"policy.shift_share": 0.07, "policy.evidence_stance": "cautious"},
        "model": "0.1.0 abc",
        "data": "def",
    }
    return Draft(name, **(given | more))


def workshop(**more):
    """A session to be made."""
    given = {
        "code": "KMRTX",
        "workshop": "beds_or_packages",
        "text": "title: Beds or packages?\nwhy: “So”\n",
        "lead": "hash of the facilitator's token",
        "made": MADE,
        "until": MADE + timedelta(days=14),
    }
    return NewSession(**(given | more))
