"""Whatever is kept in the database: opened when it is first needed, one transaction at a time, faults as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.shelf.database import chosen, opened, spoken
from dashboard.shelf.tables import bring_up_to_date
from dashboard.shelf.trouble import OutOfOrderError, out_of_order

LARGEST_NUMBER = 2**31 - 1
TRY_AGAIN = 2.0
"""Seconds after which a database that could not be opened is tried again."""


class Connected:
    """A way into one database, which is opened when it is first needed, and again after it could not be.

    url   the database; None means as the environment says
    Every method of what is made of this raises OutOfOrderError, with one sentence, when the database cannot be used.
    """

    def __init__(self, url: URL | None = None) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._opening = Lock()
        self._failed: tuple[float, OutOfOrderError] | None = None

    def close(self) -> None:
        """Let go of every connection."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @contextmanager
    def _connected(self, *, writes: bool = False) -> Iterator[Connection]:
        """One transaction; it is committed when the block ends well."""
        engine = self._engine or self._open()
        try:
            with engine.execution_options(writes=writes).begin() as connection:
                yield connection
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise out_of_order(error, spoken(engine.url)) from error

    def _open(self) -> Engine:
        """The way in, made by whoever comes first; who comes just after it failed is told so at once."""
        with self._opening:
            if self._engine is not None:
                return self._engine
            if self._failed and monotonic() < self._failed[0]:
                raise self._failed[1]
            try:
                self._engine = ready(self._url or chosen())
            except OutOfOrderError as error:
                self._failed = (monotonic() + TRY_AGAIN, error)
                raise
            return self._engine


def ready(url: URL) -> Engine:
    """A way into a database whose tables are as this program knows them; raises OutOfOrderError."""
    engine = opened(url)
    try:
        bring_up_to_date(engine, spoken(url))
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise out_of_order(error, spoken(url)) from error
    except OutOfOrderError:
        engine.dispose()
        raise
    return engine


def in_utc(when: datetime) -> datetime:
    """SQLite keeps no time zone, and what is written is always in UTC."""
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
