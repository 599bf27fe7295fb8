"""A database of the first form gets the tables of sessions, and its scenarios stay as they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, inspect, text

from dashboard.shelf import tables
from dashboard.shelf.connected import ready
from dashboard.shelf.sessions import Sessions
from dashboard.shelf.store import Shelf
from dashboard.shelf.trouble import OutOfOrderError
from tests.unit.dashboard.shelf.conftest import draft, workshop
from tests.unit.dashboard.shelf.old_form import NAMES, WHEN, make_old, rows_of

pytestmark = pytest.mark.unit


@pytest.fixture
def old(url):
    """The address of a database of the first form."""
    make_old(url)
    return url


def shape(url):
    """Every table with its columns, and whether they may be empty."""
    engine = create_engine(url)
    looked = inspect(engine)
    found = {
        name: {(each["name"], str(each["type"]), each["nullable"]) for each in looked.get_columns(name)}
        for name in looked.get_table_names()
    }
    engine.dispose()
    return found


def test_the_second_form_leaves_every_scenario_as_it_was(old):
    before = rows_of(old, "upstream_scenarios")
    sessions, shelf = Sessions(old), Shelf(old)
    assert sessions.every() == ()
    assert rows_of(old, "upstream_form") == [("3",)]
    assert rows_of(old, "upstream_scenarios") == before
    found = shelf.find().scenarios
    assert sorted(each.draft.name for each in found) == sorted(NAMES)
    assert {(each.revision, each.created, each.draft.changes["policy.shift_share"]) for each in found} == {
        (3, WHEN, 0.1 + 0.2)
    }
    shelf.keep(draft("A new one"))
    kept = sessions.make(workshop())
    sessions.append(kept.number, 0, {"act": "Begin", "by": "facilitator", "at": 0.0})
    assert rows_of(old, "upstream_scenarios")[: len(before)] == before
    sessions.close()
    shelf.close()


def test_an_old_database_becomes_what_a_new_one_is(old, tmp_path, request):
    ready(old).dispose()
    stepped = shape(old)
    engine = create_engine(old)
    tables.METADATA.drop_all(engine)
    engine.dispose()
    ready(old).dispose()
    assert stepped == shape(old)
    assert "upstream_session_log" in stepped


def test_the_third_form_leaves_every_session_as_it_was(url):
    sessions = Sessions(url)
    kept = sessions.make(workshop())
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE upstream_session_claims"))
        connection.execute(text("UPDATE upstream_form SET version = 2"))
    engine.dispose()
    again = Sessions(url)
    assert again.every() == (kept,)
    assert again.claim(kept.number, "one", 6.0)
    for each in (sessions, again):
        each.close()


def test_many_that_open_an_old_database_at_once_all_get_in(old):
    before = rows_of(old, "upstream_scenarios")
    doors = [kind(old) for kind in (Sessions, Shelf) * 4]
    with ThreadPoolExecutor(len(doors)) as people:
        looks = people.map(lambda each: each.every() if isinstance(each, Sessions) else each.find().total, doors)
        assert set(looks) == {(), len(NAMES)}
    for each in doors:
        each.close()
    assert rows_of(old, "upstream_form") == [("3",)]
    assert rows_of(old, "upstream_scenarios") == before


def test_a_step_that_is_cut_short_leaves_the_first_form(old, monkeypatch):
    whole = tables.STEPS[2]

    def cut_short(connection):
        whole(connection)
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))

    with monkeypatch.context() as patch:
        patch.setattr(tables, "STEPS", {2: cut_short})
        with pytest.raises(OutOfOrderError):
            ready(old)
    assert rows_of(old, "upstream_form") == [("1",)]
    assert set(shape(old)) == {"upstream_form", "upstream_scenarios"}
    assert len(Shelf(old).find().scenarios) == len(NAMES)
