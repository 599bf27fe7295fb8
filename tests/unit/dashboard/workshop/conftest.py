"""A room of people at a server of its own."""

from __future__ import annotations

import pytest

from tests.unit.dashboard.workshop.serving import RoomOfPeople, app_of, hub_of


@pytest.fixture(autouse=True)
def nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))


@pytest.fixture
def hub(tmp_path):
    """Workshops on an empty database."""
    made = hub_of(tmp_path)
    yield made
    made.close()


@pytest.fixture
def app(hub):
    """A server."""
    return app_of(hub)


@pytest.fixture
def people(app):
    """A facilitator and four seats in two teams, in the lobby."""
    return RoomOfPeople(app)
