"""What is wrong with a database is one sentence, and the database is really as it says."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, event

from dashboard.shelf.connected import ready
from dashboard.shelf.database import chosen, opened, spoken
from dashboard.shelf.store import Shelf
from dashboard.shelf.trouble import OutOfOrderError
from tests.unit.dashboard.shelf.conftest import draft

pytestmark = pytest.mark.unit


def said(call):
    with pytest.raises(OutOfOrderError) as caught:
        call()
    text = str(caught.value)
    assert "\n" not in text
    assert "Traceback" not in text
    assert text.endswith(".")
    return text


def test_unless_told_a_file_in_the_users_own_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("UPSTREAM_DATABASE", raising=False)
    monkeypatch.setattr("dashboard.shelf.database.user_data_path", lambda *_, **__: tmp_path / "upstream")
    shelf = Shelf()
    shelf.keep(draft())
    assert (tmp_path / "upstream" / "scenarios.sqlite3").is_file()
    shelf.close()


def test_the_environment_names_another(monkeypatch, tmp_path):
    monkeypatch.setenv("UPSTREAM_DATABASE", f"sqlite:///{tmp_path}/mine.db")
    Shelf().keep(draft())
    assert (tmp_path / "mine.db").is_file()
    for given in ("postgres://me:secret@host/care", "postgresql://me:secret@host/care"):
        monkeypatch.setenv("UPSTREAM_DATABASE", given)
        assert chosen().drivername == "postgresql+psycopg"
        assert spoken(chosen()) == "care at host"


@pytest.mark.parametrize("given", ["nonsense", "mysql://me@host/care", "sqlite://", "://", "postgresql://h:port/x"])
def test_an_address_that_cannot_be_is_refused_with_one_that_can(monkeypatch, given):
    monkeypatch.setenv("UPSTREAM_DATABASE", given)
    assert "sqlite:///" in said(Shelf().find)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    text = said(Shelf(URL.create("sqlite", database=str(tmp_path / "file" / "scenarios.sqlite3"))).find)
    assert "cannot be made" in text


def test_a_folder_in_the_place_of_the_file(tmp_path):
    assert "cannot be opened" in said(Shelf(URL.create("sqlite", database=str(tmp_path))).find)


def test_a_file_that_is_something_else(tmp_path):
    path = tmp_path / "scenarios.sqlite3"
    path.write_text("Dear diary, " * 1000)
    assert "not a database of SQLite" in said(Shelf(URL.create("sqlite", database=str(path))).find)
    assert path.read_text().startswith("Dear diary")


def test_a_file_that_may_only_be_read_is_read(file_url):
    writer = Shelf(file_url)
    kept = writer.keep(draft())
    writer.close()
    query = {"mode": "ro", "uri": "true"}
    reader = Shelf(URL.create("sqlite", database=f"file:{file_url.database}", query=query))
    assert reader.find().scenarios == (kept,)
    assert "may be read but not written" in said(lambda: reader.keep(draft("B")))
    assert reader.find().scenarios == (kept,)
    reader.close()


def test_a_full_disk_leaves_what_was_there(file_url):
    """SQLite is given no more room than it has: the same error as of a disk."""
    shelf = Shelf(file_url)
    kept = shelf.keep(draft())
    engine = shelf._engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    assert "full" in said(lambda: [shelf.keep(draft(f"N {n}", note="x" * 2000)) for n in range(50)])
    assert kept in shelf.find().scenarios
    shelf.close()


def test_somebody_who_writes_and_does_not_end(file_url, monkeypatch):
    monkeypatch.setattr("dashboard.shelf.database.PATIENCE", 0.2)
    shelf = Shelf(file_url)
    kept = shelf.keep(draft())
    other = sqlite3.connect(str(file_url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "another program" in said(lambda: shelf.keep(draft("B")))
    assert shelf.find().scenarios == (kept,)  # readers do not wait
    other.execute("ROLLBACK")
    shelf.keep(draft("B"))
    other.close()
    shelf.close()


def test_what_is_acknowledged_has_reached_the_disk(file_url):
    engine = ready(file_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_a_server_that_is_not_there_and_then_is(monkeypatch, postgres):
    monkeypatch.setattr("dashboard.shelf.connected.TRY_AGAIN", 0.0)
    away = postgres.url().set(port=1, password="secret")
    shelf = Shelf(away)
    text = said(shelf.find)
    assert "cannot be reached" in text
    assert "secret" not in text
    shelf._url = postgres.url()
    shelf.find()
    shelf.close()


def test_who_comes_just_after_a_failure_is_told_at_once(monkeypatch, tmp_path):
    tries = []

    def fail(url):
        tries.append(url)
        raise OutOfOrderError("No.")

    monkeypatch.setattr("dashboard.shelf.connected.ready", fail)
    shelf = Shelf(URL.create("sqlite", database=str(tmp_path / "x")))
    assert [said(shelf.find) for _ in range(3)] == ["No."] * 3
    assert len(tries) == 1


def test_a_database_that_the_server_does_not_have(postgres):
    assert "does not exist" in said(Shelf(postgres.url("no_such_database")).find)


def test_a_server_that_may_only_be_read(postgres):
    postgres.ask("CREATE DATABASE read_only")
    shelf = Shelf(postgres.url("read_only"))
    kept = shelf.keep(draft())
    shelf.close()
    postgres.ask("ALTER DATABASE read_only SET default_transaction_read_only = on")
    shelf = Shelf(postgres.url("read_only"))
    assert shelf.find().scenarios == (kept,)
    assert "may be read but not written" in said(lambda: shelf.keep(draft("B")))
    shelf.close()


def test_a_server_whose_disk_is_full(postgres):
    """The server says so from a trigger: its disk cannot be filled in a test."""
    postgres.ask("CREATE DATABASE full_disk")
    shelf = Shelf(postgres.url("full_disk"))
    kept = shelf.keep(draft())
    postgres.ask(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' "
        "USING ERRCODE = '53100'; END $$; CREATE TRIGGER refuses BEFORE INSERT ON upstream_scenarios "
        "EXECUTE FUNCTION refuse();",
        "full_disk",
    )
    assert "its disk is full" in said(lambda: shelf.keep(draft("B")))
    assert shelf.find().scenarios == (kept,)
    shelf.close()


def test_a_user_without_rights(postgres):
    postgres.ask("CREATE DATABASE not_yours")
    postgres.ask("CREATE ROLE guest LOGIN")
    Shelf(postgres.url("not_yours")).keep(draft())
    assert "does not let this user" in said(Shelf(postgres.url("not_yours").set(username="guest")).find)


def test_a_server_that_goes_away_and_comes_back(postgres):
    """Connections that were open are found broken and made anew."""
    postgres.ask("CREATE DATABASE away")
    shelf = Shelf(postgres.url("away"))
    kept = shelf.keep(draft())
    postgres.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
    assert shelf.find().scenarios == (kept,)
    shelf.close()


def test_a_driver_that_is_not_installed(monkeypatch, postgres):
    for name in [each for each in sys.modules if each.split(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install" in said(lambda: opened(postgres.url()))


def test_nothing_is_left_in_the_repository():
    """Tests keep their scenarios elsewhere."""
    assert not list(Path(__file__).parents[4].glob("*.sqlite3*"))
