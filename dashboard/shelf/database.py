"""Which database the shelf is in, and how it is opened so that what was acknowledged is never lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from dashboard.shelf.trouble import OutOfOrderError
from dashboard.wording.language import mark

VARIABLE = "UPSTREAM_DATABASE"
"""The environment variable that names another database, as a URL."""

FILE = "scenarios.sqlite3"
PATIENCE = 5
"""Seconds to wait for another program that writes, for a server that does not answer, and for a free connection."""

LONGEST_SILENCE = 30
"""Seconds after which Postgres ends a transaction that waits for us: a machine that lost its power locks nobody out."""

POSTGRES = "postgresql+psycopg"
KNOWN = {"sqlite": "sqlite", "sqlite+pysqlite": "sqlite", "postgres": POSTGRES, "postgresql": POSTGRES}
EXAMPLES = "sqlite:////home/me/scenarios.sqlite3 or postgresql://user@host/database"


def chosen() -> URL:
    """The database named by $UPSTREAM_DATABASE, else a file in this user's folder; raises OutOfOrderError."""
    given = os.environ.get(VARIABLE, "").strip()
    if not given:
        return URL.create("sqlite", database=str(user_data_path("upstream", appauthor=False) / FILE))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        words = mark("{variable} is no URL of a database. Write one such as {examples}.")
        raise OutOfOrderError(words, variable=VARIABLE, examples=EXAMPLES) from error
    driver = KNOWN.get(url.drivername, url.drivername)
    if driver not in KNOWN.values():
        words = mark("{variable} begins with {driver}; scenarios can be kept in {examples}.")
        raise OutOfOrderError(words, variable=VARIABLE, driver=url.drivername, examples=EXAMPLES)
    return url.set(drivername=driver)


def spoken(url: URL) -> str:
    """A database as a person may know it; never with a password."""
    if url.drivername == "sqlite":
        return str(url.database)
    return f"{url.database or url.username} at {url.host or 'this machine'}"


def opened(url: URL) -> Engine:
    """A way into the database; nothing is asked of it yet. Raises OutOfOrderError."""
    return _sqlite(url) if url.drivername == "sqlite" else _postgres(url)


def _sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        words = mark("{variable} names no file, so nothing would be kept. Write one such as {examples}.")
        raise OutOfOrderError(words, variable=VARIABLE, examples=EXAMPLES)
    if not str(url.database).startswith("file:"):
        folder = Path(str(url.database)).absolute().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or type(error).__name__
            words = mark("The folder for scenarios, {folder}, cannot be made: {why}.")
            raise OutOfOrderError(words, folder=folder, why=why) from error
    engine = create_engine(url, connect_args={"timeout": PATIENCE}, pool_timeout=PATIENCE)
    event.listen(engine, "connect", _made_safe)
    event.listen(engine, "begin", _begun)
    return engine


def _made_safe(connection: Any, _record: object) -> None:
    """Readers do not wait for writers, and a commit has reached the disk when it returns.

    Transactions are begun by `_begun`, because the driver would begin them too late to keep writers apart.
    """
    connection.isolation_level = None
    with suppress(sqlite3.OperationalError):  # of a file that may only be read, or that another program opens now
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")  # what belongs to a session goes with it
    connection.execute("PRAGMA secure_delete=ON")  # people's names are overwritten, not just let go


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: URL) -> Engine:
    connecting = {"connect_timeout": PATIENCE}
    try:
        engine = create_engine(url, pool_pre_ping=True, pool_timeout=PATIENCE, connect_args=connecting)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        words = mark(
            "Postgres needs a driver that is not installed: pip install 'psycopg[binary]', or Upstream with [postgres]."
        )
        raise OutOfOrderError(words) from error
    event.listen(engine, "begin", _begun_in_postgres)
    return engine


def _begun_in_postgres(connection: Connection) -> None:
    """Whoever writes waits no longer than with SQLite; set by the transaction, as poolers take no such options."""
    if connection.get_execution_options().get("writes", False):
        waits = f"set_config('lock_timeout', '{round(1000 * PATIENCE)}ms', true)"
        silence = f"set_config('idle_in_transaction_session_timeout', '{LONGEST_SILENCE}s', true)"
        connection.exec_driver_sql(f"SELECT {waits}, {silence}")
