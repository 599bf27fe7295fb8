"""Keeps the sessions that are open, opens others from the database when they are asked for, and makes new ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from logging import getLogger
from threading import Lock
from time import monotonic

from dashboard.shelf.sessions import KeptSession, NewSession, Sessions
from dashboard.shelf.trouble import GoneError, RefusedError, TakenError
from dashboard.wording.language import mark
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.tokens import hashed, new_code, new_token
from sim.inputs import Faults
from sim.workshop import Export, Template
from sim.workshop import RefusedError as NotAllowedError

LOG = getLogger(__name__)
KEPT_FOR = timedelta(days=14)
"""How long a session is kept; then it is deleted with all that was said in it."""
QUIET = 60.0
"""Seconds after the last look in which the database is asked what other servers wrote."""
IDLE = 1800.0
"""Seconds after which a session at which nobody looked is let go from memory."""
TEMPLATES = 32
"""Files of workshops at hand, read."""
TRIES = 20
"""Codes tried until one is free."""
BROKEN = mark("This session cannot be opened by this version of Upstream.")


class Keeper:
    """Sessions of one database, in one process."""

    def __init__(self, store: Sessions, let_go: Callable[[str], None] = lambda _code: None) -> None:
        """let_go is told the code of every session that goes from memory."""
        self.store, self._let_go = store, let_go
        self._open: dict[str, Room] = {}
        self._lock = Lock()
        self._opening: dict[str, Lock] = {}

    def make(self, workshop: str, text: str) -> tuple[Room, str]:
        """A new session of a workshop's file, and the facilitator's token. Raises Faults, and what the store raises."""
        template = _template(workshop, text)
        token, made = new_token(), now()
        for _ in range(TRIES):
            try:
                new = NewSession(new_code(), workshop, text, hashed(token), made, made + KEPT_FOR)
                kept = self.store.make(new)
            except TakenError:
                continue
            room = Room(kept, template, self.store)
            with self._lock:
                self._open[kept.code] = room
            return room, token
        raise TakenError(mark("No free code was found. Try again."))

    def room(self, code: str) -> Room:
        """The session with this code. Raises GoneError, and RefusedError for one that cannot be opened."""
        room = self._open.get(code) or self._opened(code)
        if room.kept.until <= now():
            self.forget(code)
            raise _gone()
        if monotonic() - room.looked > QUIET:
            room.refresh()
        room.looked = monotonic()
        return room

    def drop(self, room: Room) -> None:
        """Delete a session for good."""
        self.store.drop(room.number)
        self.forget(room.kept.code)

    def forget(self, code: str) -> None:
        """Let a session go from memory."""
        with self._lock:
            self._open.pop(code, None)
        self._let_go(code)

    def rooms(self) -> tuple[Room, ...]:
        """Sessions that are open."""
        with self._lock:
            return tuple(self._open.values())

    def holds(self, room: Room) -> bool:
        """Whether this very room is still open."""
        return self._open.get(room.kept.code) is room

    def every(self) -> tuple[KeptSession, ...]:
        """All sessions of the database, open or not, that are not over, the newest first."""
        return tuple(each for each in self.store.every() if each.until > now())

    def open_waiting(self) -> None:
        """Open every session that waits for a round, so that one which was being run goes on."""
        for kept in self.every():
            try:
                room = _from_store(self.store, kept.code)
            except (GoneError, RefusedError) as error:
                LOG.warning("Session %s: %s", kept.code, error)
                continue
            if room.waits_for_results:
                with self._lock:
                    self._open.setdefault(kept.code, room)

    def refresh(self, room: Room) -> None:
        """Take in what other servers wrote to a session that somebody looks at, or let it go when nobody does."""
        if monotonic() - room.looked > IDLE and not room.waits_for_results:
            self.forget(room.kept.code)
        elif monotonic() - room.looked < QUIET:
            try:
                room.refresh()
            except GoneError:
                self.forget(room.kept.code)

    def tidy(self) -> None:
        """Delete sessions whose time is over."""
        self.store.drop_over(now())
        for room in self.rooms():
            if room.kept.until <= now():
                self.forget(room.kept.code)

    def _opened(self, code: str) -> Room:
        if not code:
            raise _gone()
        with self._lock:
            one_at_a_time = self._opening.setdefault(code, Lock())
        try:
            with one_at_a_time:
                room = self._open.get(code) or _from_store(self.store, code)
                with self._lock:
                    self._open[code] = room
                return room
        finally:
            with self._lock:
                self._opening.pop(code, None)


def _from_store(store: Sessions, code: str) -> Room:
    kept = store.by_code(code)
    if kept.until <= now():
        raise _gone()
    try:
        template = _template(kept.workshop, kept.text)
        return Room(kept, template, store)
    except (Faults, NotAllowedError, ValueError) as error:
        LOG.error("Session %s cannot be opened.", code, exc_info=error)
        raise RefusedError(BROKEN) from error


@lru_cache(maxsize=TEMPLATES)
def _template(workshop: str, text: str) -> Template:
    """A workshop's file read; sessions of one workshop share it, as whatever is remembered of it is found by it."""
    return Export(workshop, text, ()).template


def _gone() -> GoneError:
    return GoneError(mark("There is no such session; it may be over and deleted."))
