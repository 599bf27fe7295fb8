"""The shelf itself: keep, find, change and drop scenarios. A method that returned has written to the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select
from sqlalchemy.exc import IntegrityError

from dashboard.shelf.connected import LARGEST_NUMBER, Connected, in_utc
from dashboard.shelf.kept import Draft, KeptScenario, folded
from dashboard.shelf.tables import SCENARIOS
from dashboard.shelf.trouble import ChangedError, GoneError, RefusedError, TakenError
from dashboard.wording.language import day_in_words, mark

MOST_KEPT = 10_000
"""Scenarios on a shelf at most: a room that never tidies up must not fill the disk."""

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """Scenarios of a search, those changed last first, and how many there are in all."""

    scenarios: tuple[KeptScenario, ...]
    total: int


class Shelf(Connected):
    """Scenarios in one database; every method raises OutOfOrderError when it cannot be used."""

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
    return KeptScenario(row["id"], row["revision"], draft, in_utc(row["created"]), in_utc(row["changed"]))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
