"""Sessions of workshops in the database: their log of acts, seats' tokens, clock and results.

A method that returned has written to the disk, whole or not at all. What is written to one session is written by one
at a time: in SQLite because there is one writer, in Postgres because the session's row is locked.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, select
from sqlalchemy.exc import IntegrityError

from dashboard.shelf import bounds
from dashboard.shelf.bounds import as_text, can_be_kept, check_name, check_new, check_room
from dashboard.shelf.connected import LARGEST_NUMBER, Connected, in_utc
from dashboard.shelf.tables import CLAIMS, KEYS, LOG, RESULTS, SESSIONS, TOKENS, one_at_a_time
from dashboard.shelf.trouble import ChangedError, GoneError, TakenError
from dashboard.wording.language import mark

Plain = Mapping[str, Any]
"""An act as plain values of JSON."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be made.

    code       by which people join
    workshop   name of the workshop, and `text` its YAML
    lead       hash of the facilitator's token
    made       when, and `until` when it is kept, in UTC
    """

    code: str
    workshop: str
    text: str
    lead: str
    made: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class KeptSession(NewSession):
    """A session that is kept.

    number     by which it is known for good; never given again
    deadline   when the clock runs out, in UTC; None where it stands or there is none
    left       seconds left on a clock that stands
    """

    number: int
    deadline: datetime | None = None
    left: float | None = None


class Sessions(Connected):
    """Sessions in one database; every method raises OutOfOrderError when it cannot be used."""

    def make(self, new: NewSession) -> KeptSession:
        """Keep a new session; raises TakenError for a code in use, RefusedError for what is too large or too many."""
        check_new(new.text, new.code, new.workshop, new.lead)
        row = asdict(new) | {"made": in_utc(new.made), "until": in_utc(new.until)}
        with self._connected(writes=True) as connection:
            check_room(_count(connection, SESSIONS), bounds.MOST_SESSIONS, "sessions")
            try:
                made = connection.execute(SESSIONS.insert().values(**row))
            except IntegrityError as error:
                raise TakenError(mark("There is a session with this code already.")) from error
            number = int((made.inserted_primary_key or (0,))[0])
        return KeptSession(**row, number=number)

    def by_code(self, code: str) -> KeptSession:
        """The session that people join by this code, written just so; raises GoneError."""
        if not can_be_kept(code):
            raise _gone()
        with self._connected() as connection:
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.code == code)).mappings().first()
        if row is None:
            raise _gone()
        return _kept(row)

    def every(self) -> tuple[KeptSession, ...]:
        """All sessions, the newest first."""
        with self._connected() as connection:
            rows = connection.execute(select(SESSIONS).order_by(SESSIONS.c.id.desc())).mappings().all()
        return tuple(map(_kept, rows))

    def log(self, number: int, since: int = 0) -> tuple[Plain, ...]:
        """The acts in order, from line `since` on, counted from 0; raises GoneError."""
        meant = (LOG.c.session == number) & (LOG.c.line >= max(since, 0))
        with self._connected() as connection:
            _check_there(connection, number)
            rows = connection.execute(select(LOG.c.act).where(meant).order_by(LOG.c.line)).scalars().all()
        return tuple(map(json.loads, rows))

    def append(self, number: int, line: int, plain: Plain, token: tuple[str, str] | None = None) -> None:
        """Put one act at the end of the log, where it is to be line `line`, counted from 0.

        token   a seat and the hash of its token, kept in the same transaction
        Raises ChangedError when the log does not end just before that line; GoneError; TakenError for a token of
        another seat; RefusedError for an act that is too long, and for a log that is full.
        """
        act = as_text(plain)
        with self._connected(writes=True) as connection:
            _held(connection, number)
            last = connection.scalar(select(func.max(LOG.c.line)).where(LOG.c.session == number))
            end = 0 if last is None else last + 1
            if line != end:
                raise ChangedError(mark("Somebody else acted in this session at the same moment. Try again."))
            check_room(end, bounds.most_lines(plain), "lines")
            connection.execute(LOG.insert().values(session=number, line=line, act=act))
            if token is not None:
                _put_token(connection, number, *token)

    def put_token(self, number: int, seat: str, hashed: str) -> None:
        """Give a seat one token more; raises GoneError, TakenError when it is another seat's, RefusedError."""
        with self._connected(writes=True) as connection:
            _held(connection, number)
            _put_token(connection, number, seat, hashed)

    def seat_of(self, number: int, hashed: str) -> str | None:
        """Whose token has this hash; None where it is nobody's."""
        if not can_be_kept(hashed) or not _possible(number):
            return None
        with self._connected() as connection:
            return _seat_of(connection, number, hashed)

    def drop_tokens(self, number: int, seat: str) -> None:
        """Take all tokens of a seat away; there may be none."""
        if can_be_kept(seat) and _possible(number):
            with self._connected(writes=True) as connection:
                connection.execute(TOKENS.delete().where((TOKENS.c.session == number) & (TOKENS.c.seat == seat)))

    def set_clock(self, number: int, deadline: datetime | None, left: float | None) -> None:
        """Let the clock run to a deadline, or stand with so many seconds left, or be none; raises GoneError."""
        until = None if deadline is None else in_utc(deadline)
        with self._connected(writes=True) as connection:
            _held(connection, number)
            meant = SESSIONS.update().where(SESSIONS.c.id == number)
            connection.execute(meant.values(deadline=until, seconds=left))

    def put_results(self, number: int, name: str, payload: bytes) -> None:
        """Keep results under their content hash; what is there already stays. Raises GoneError, RefusedError."""
        check_name(name)
        check_room(len(payload) - 1, bounds.LARGEST_RESULTS, "bytes")
        with self._connected(writes=True) as connection:
            _held(connection, number)
            if _results(connection, number, name) is None:
                check_room(_count(connection, RESULTS, number), bounds.MOST_RESULTS, "results")
                connection.execute(RESULTS.insert().values(session=number, name=name, payload=payload))

    def results(self, number: int, name: str) -> bytes | None:
        """Results by their content hash; None where there are none."""
        if not can_be_kept(name) or not _possible(number):
            return None
        with self._connected() as connection:
            return _results(connection, number, name)

    def results_of(self, number: int, names: Collection[str]) -> Mapping[str, bytes]:
        """Results by their content hashes, as far as they are there."""
        if not all(map(can_be_kept, names)) or not _possible(number):
            return {}
        meant = (RESULTS.c.session == number) & RESULTS.c.name.in_(names)
        with self._connected() as connection:
            rows = connection.execute(select(RESULTS.c.name, RESULTS.c.payload).where(meant))
            return {row.name: row.payload for row in rows}

    def claim(self, number: int, who: str, seconds: float) -> bool:
        """Say that a server works for a session, for so many seconds from now; whether no other does. Raises GoneError.

        The clock is the database's: those of two servers may differ.
        """
        meant = CLAIMS.c.session == number
        with self._connected(writes=True) as connection:
            _held(connection, number)
            now = in_utc(connection.execute(select(func.now())).scalar_one())
            other = connection.execute(select(CLAIMS.c.until).where(meant & (CLAIMS.c.who != who))).scalar()
            if other is not None and in_utc(other) > now:
                return False
            connection.execute(CLAIMS.delete().where(meant))
            until = now + timedelta(seconds=seconds)
            connection.execute(CLAIMS.insert().values(session=number, who=who, until=until))
            return True

    def drop(self, number: int) -> None:
        """Delete a session with its log, tokens and results; raises GoneError."""
        with self._connected(writes=True) as connection:
            _held(connection, number)
            connection.execute(SESSIONS.delete().where(SESSIONS.c.id == number))

    def drop_over(self, now: datetime) -> int:
        """Delete sessions that are kept no longer, with all that is theirs; how many there were."""
        with self._connected(writes=True) as connection:
            return connection.execute(SESSIONS.delete().where(SESSIONS.c.until <= in_utc(now))).rowcount

    def key(self) -> str:
        """A random secret of this database to sign cookies with: the same for every server that shares it."""
        with self._connected(writes=True) as connection:
            one_at_a_time(connection)
            found: str | None = connection.scalar(select(KEYS.c.secret))
            if found is None:
                found = token_urlsafe(32)
                connection.execute(KEYS.insert().values(secret=found))
            return found


def _possible(number: int) -> bool:
    """Whether a database can hold such a number at all."""
    return 0 < number <= LARGEST_NUMBER


def _gone() -> GoneError:
    return GoneError(mark("There is no such session; it may be over and deleted."))


def _check_there(connection: Connection, number: int, *, held: bool = False) -> None:
    meant = select(SESSIONS.c.id).where(SESSIONS.c.id == number)
    if not _possible(number) or connection.scalar(meant.with_for_update() if held else meant) is None:
        raise _gone()


def _held(connection: Connection, number: int) -> None:
    """Wait until nobody else writes to this session, and let nobody else; raises GoneError."""
    _check_there(connection, number, held=True)


def _count(connection: Connection, table: Table, number: int | None = None) -> int:
    """Rows of a table, or those of one session."""
    counted = select(func.count()).select_from(table)
    return connection.scalar(counted if number is None else counted.where(table.c.session == number)) or 0


def _seat_of(connection: Connection, number: int, hashed: str) -> str | None:
    return connection.scalar(select(TOKENS.c.seat).where((TOKENS.c.session == number) & (TOKENS.c.hash == hashed)))


def _put_token(connection: Connection, number: int, seat: str, hashed: str) -> None:
    check_name(seat)
    check_name(hashed)
    owner = _seat_of(connection, number, hashed)
    if owner is None:
        check_room(_count(connection, TOKENS, number), bounds.MOST_TOKENS, "tokens")
        connection.execute(TOKENS.insert().values(session=number, hash=hashed, seat=seat))
    elif owner != seat:
        raise TakenError(mark("This token is another seat's."))


def _results(connection: Connection, number: int, name: str) -> bytes | None:
    meant = (RESULTS.c.session == number) & (RESULTS.c.name == name)
    found: bytes | None = connection.scalar(select(RESULTS.c.payload).where(meant))
    return found


def _kept(row: RowMapping) -> KeptSession:
    deadline = row["deadline"]
    return KeptSession(
        code=row["code"],
        workshop=row["workshop"],
        text=row["text"],
        lead=row["lead"],
        made=in_utc(row["made"]),
        until=in_utc(row["until"]),
        number=row["id"],
        deadline=None if deadline is None else in_utc(deadline),
        left=row["seconds"],
    )
