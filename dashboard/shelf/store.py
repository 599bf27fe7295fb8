"""The shelf itself: keep, find, change and drop scenarios. A method that returned has written to the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, RowMapping, func, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from dashboard.shelf.database import chosen, opened, spoken
from dashboard.shelf.kept import Draft, KeptScenario, folded
from dashboard.shelf.tables import SCENARIOS, bring_up_to_date
from dashboard.shelf.trouble import (
    ChangedError,
    GoneError,
    OutOfOrderError,
    RefusedError,
    TakenError,
    out_of_order,
)
from dashboard.wording.language import day_in_words, mark

MOST_KEPT = 10_000
"""Scenarios on a shelf at most: a room that never tidies up must not fill the disk."""

MOST_LISTED = 200
LARGEST_NUMBER = 2**31 - 1
TRY_AGAIN = 2.0
"""Seconds after which a database that could not be opened is tried again."""


@dataclass(frozen=True, slots=True)
class Found:
    """Scenarios of a search, those changed last first, and how many there are in all."""

    scenarios: tuple[KeptScenario, ...]
    total: int


class Shelf:
    """Scenarios in one database, which is opened when it is first needed, and again after it could not be.

    url   the database; None means as the environment says
    Every method raises OutOfOrderError, with one sentence, when the database cannot be used.
    """

    def __init__(self, url: URL | None = None) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._opening = Lock()
        self._failed: tuple[float, OutOfOrderError] | None = None

    def keep(self, draft: Draft) -> KeptScenario:
        """Put a new scenario on the shelf; raises TakenError, or RefusedError when the shelf is full."""
        now = _now()
        with self._connected(writes=True) as connection:
            if (connection.scalar(select(func.count()).select_from(SCENARIOS)) or 0) >= MOST_KEPT:
                words = mark("There are {most} scenarios already. Delete some that nobody needs.")
                raise RefusedError(words, most=f"{MOST_KEPT:,}")
            row = _row(draft) | {"revision": 1, "created": now, "changed": now}
            with _name_is_free(draft.name):
                made = connection.execute(SCENARIOS.insert().values(**row))
            number = int((made.inserted_primary_key or (0,))[0])
        return KeptScenario(number, 1, draft, now, now)

    def find(self, words: str = "", most: int = MOST_LISTED, skip: int = 0) -> Found:
        """Scenarios whose name or note holds these words, however they are written."""
        meant = SCENARIOS.c.sought.contains(folded(words), autoescape=True) if words else None
        matching = select(SCENARIOS) if meant is None else select(SCENARIOS).where(meant)
        counted = select(func.count()).select_from(matching.subquery())
        page = matching.order_by(SCENARIOS.c.changed.desc(), SCENARIOS.c.id.desc())
        with self._connected() as connection:
            rows = connection.execute(page.limit(min(most, MOST_LISTED)).offset(skip)).mappings().all()
            return Found(tuple(map(_kept, rows)), int(connection.scalar(counted) or 0))

    def one(self, number: int) -> KeptScenario:
        """One scenario by its number; raises GoneError."""
        with self._connected() as connection:
            return _one(connection, number)

    def change(self, number: int, revision: int, draft: Draft) -> KeptScenario:
        """Put this in the place of a scenario; raises GoneError, TakenError, or ChangedError when it was changed.

        revision   the one that was read, so that nobody overwrites what they have not seen
        """
        with self._connected(writes=True) as connection:
            before = _one(connection, number)
            now = max(_now(), before.changed)
            row = _row(draft) | {"revision": revision + 1, "changed": now}
            meant = (SCENARIOS.c.id == number) & (SCENARIOS.c.revision == revision)
            with _name_is_free(draft.name):
                changed = connection.execute(SCENARIOS.update().where(meant).values(**row)).rowcount
            if not changed:
                raise _changed(_one(connection, number))
        return KeptScenario(number, revision + 1, draft, before.created, now)

    def drop(self, number: int, revision: int) -> None:
        """Take a scenario off the shelf for good; raises GoneError, or ChangedError when it was changed."""
        with self._connected(writes=True) as connection:
            meant = (SCENARIOS.c.id == number) & (SCENARIOS.c.revision == revision)
            if not 0 < number <= LARGEST_NUMBER or not connection.execute(SCENARIOS.delete().where(meant)).rowcount:
                raise _changed(_one(connection, number))

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


@contextmanager
def _name_is_free(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        words = mark("There is a scenario called \u201c{name}\u201d already. Choose another name.")
        raise TakenError(words, name=name) from error


def _one(connection: Connection, number: int) -> KeptScenario:
    row = None
    if 0 < number <= LARGEST_NUMBER:
        row = connection.execute(select(SCENARIOS).where(SCENARIOS.c.id == number)).mappings().first()
    if row is None:
        raise GoneError(mark("There is no such scenario; somebody may have deleted it."))
    return _kept(row)


def _changed(before: KeptScenario) -> ChangedError:
    words = mark(
        "Somebody changed \u201c{name}\u201d on {day} at {time} UTC, after you had read it. Look at it again first."
    )
    when = before.changed
    return ChangedError(words, name=before.draft.name, day=day_in_words(when), time=f"{when:%H:%M}")


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "folded": folded(draft.name),
        "sought": folded(f"{draft.name}\n{draft.note}"),
        "note": draft.note,
        "place": draft.place,
        "link": draft.link,
        "changes": dict(draft.changes),
        "model": draft.model,
        "data": draft.data,
    }


def _kept(row: RowMapping) -> KeptScenario:
    changes: Mapping[str, float | str] = row["changes"]
    draft = Draft(row["name"], row["note"], row["place"], row["link"], changes, row["model"], row["data"])
    return KeptScenario(row["id"], row["revision"], draft, _in_utc(row["created"]), _in_utc(row["changed"]))


def _in_utc(when: datetime) -> datetime:
    """SQLite keeps no time zone, and what is written is always in UTC."""
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
