"""What every address of a workshop shares: sessions at hand, who asks, how often, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Response, make_response, redirect, request

from dashboard.shelf.requests import StrangerError
from dashboard.shelf.routes import CODES, reply
from dashboard.shelf.sessions import Sessions
from dashboard.shelf.trouble import GoneError, ShelfError
from dashboard.wording.language import _, mark
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.limits import Limits
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.running import Runner
from dashboard.workshop.keeping.tokens import Seal, as_code
from dashboard.workshop.keeping.work import Work
from dashboard.workshop.scene import BOARD
from dashboard.workshop.serving.drawn import PARTS
from dashboard.workshop.serving.hosting import Hosting
from dashboard.workshop.serving.looking import Look, Looks
from dashboard.workshop.serving.visiting import Door, who_asks
from dashboard.workshop.serving.wire import light
from sim.inputs import Faults
from sim.workshop import FACILITATOR, RefusedError

LARGEST = 256 * 2**10
"""Bytes of a request at most: a workshop's file has fewer."""
LONGEST_FAULT = 2_000
"""Characters of a refusal at most: it may quote what was sent."""
NO_SEAT = mark("You have no seat in this session. Join it first.")
TAKEN_AWAY = mark("Your seat was taken away. Join again, or ask the facilitator.")
NOT_LEADING = mark("Only the facilitator can see that. Open the facilitator\u2019s private link first.")
Handler = Callable[..., Response]


class TooManyError(ShelfError):
    """Somebody tries too often."""


STATUS: Mapping[type[ShelfError], int] = {**CODES, TooManyError: 429}


class Hub:
    """Sessions, and what protects them."""

    def __init__(
        self, store: Sessions, hosting: Hosting, limits: Limits | None = None, work: Work | None = None
    ) -> None:
        self.looks, self.hosting, self.limits = Looks(), hosting, limits or Limits()
        self.keeper = Keeper(store, self.looks.drop)
        self.runner = Runner(self.keeper, work)
        self.door = Door(Seal(store.key), hosting)
        self.busy: Callable[[], None] = lambda: None
        """Called whenever a session is used, so that nothing is worked out meanwhile that nobody has asked."""

    def wake(self) -> None:
        """Go on with what was being run when a server before this one ended."""
        self.runner.wake()

    def close(self) -> None:
        """Stop running; nothing is lost."""
        self.runner.close()
        self.keeper.store.close()

    def room(self, code: str) -> Room:
        """The session with this code, however it was typed. Raises GoneError; TooManyError after too many wrong codes.

        Who has a seat here, leads here, or was shown a page of it, is never counted as somebody who tries codes.
        """
        plain = as_code(code)
        if not plain:  # can be no code, so nobody learns anything
            raise _no_such(code)
        trusted = any(f"upstream_{what}_{plain}" in request.cookies for what in ("seat", "lead", "code"))
        if not trusted or not self._proved(plain):
            self.check_tries()
        self.runner.begin()
        self.busy()
        try:
            return self.keeper.room(plain)
        except GoneError as error:
            self.limits.wrong(who_asks(request))
            raise _no_such(code) from error

    def looker(self, room: Room, screen: str) -> str:
        """Who looks at a screen; raises StrangerError for who may not, GoneError for a screen there is none of."""
        if screen not in PARTS:
            raise GoneError(mark("There is no such screen."))
        if screen in ("board", "join"):
            return BOARD
        if screen == "console":
            self.check_leads(room)
            return FACILITATOR
        return self.check_seat(room)

    def check_leads(self, room: Room) -> None:
        """Raises StrangerError where somebody else than the facilitator asks."""
        if not self.door.leads(room):
            raise StrangerError(NOT_LEADING)

    def check_seat(self, room: Room) -> str:
        """The seat of whoever asks; raises StrangerError."""
        seat = self.door.seat(room)
        if seat is None:
            raise StrangerError(TAKEN_AWAY if self.door.seat_token(room) else NO_SEAT)
        return seat.id

    def base(self) -> str:
        """The beginning of every address as the room must type it."""
        return self.hosting.found_at() or request.host_url.rstrip("/")

    def address(self, room: Room) -> str:
        """Where people join a session."""
        return f"{self.base()}/workshop/{room.kept.code}"

    def look(self, room: Room, screen: str, who: str) -> Look:
        """What somebody sees now. Raises StrangerError for a seat that was just taken away."""
        try:
            return self.looks.look(room, screen, who, self.address(room))
        except KeyError as error:
            raise StrangerError(TAKEN_AWAY) from error

    def told(self, room: Room, screen: str, who: str) -> dict[str, Any]:
        """A look as the script takes it: of its parts, those that are newer than what it says it has seen."""
        found = self.look(room, screen, who)
        parts = self.looks.parts(found, screen, request.args.get("seen", ""))
        return {**self.standing(room, found.seen), "parts": parts}

    def standing(self, room: Room, seen: int) -> dict[str, Any]:
        """Where a session stands."""
        state = room.state
        left = room.left(now())
        return {"seen": seen, "phase": state.phase, "round": state.round, "left": left, "paused": state.paused}

    def _proved(self, code: str) -> bool:
        """Whether a cookie of this session holds, so that its code is nothing new to the browser."""
        try:
            room = self.keeper.room(code)
        except ShelfError:
            return False
        return self.door.leads(room) or self.door.seat_token(room) is not None or self.door.knows(room)

    def check_tries(self) -> None:
        """Raises TooManyError where too many wrong codes came from."""
        if not self.limits.may_try(who_asks(request)):
            raise TooManyError(mark("Too many wrong codes came from here. Wait a few minutes, then try again."))


def for_script(hub: Hub, answer: Handler) -> Handler:
    """An address that a script asks: refusals are told as JSON."""

    @wraps(answer)
    def wrapped(**parts: Any) -> Response:
        request.max_content_length = LARGEST
        try:
            return hub.door.stamp(light(answer(**parts)))
        except (ShelfError, RefusedError, Faults) as error:
            code, words = told(error)
            return hub.door.stamp(reply({"fault": words}, code))

    return wrapped


def told(error: Exception) -> tuple[int, str]:
    """The status and the sentence of a refusal."""
    if isinstance(error, Faults):
        return 422, str(error)[:LONGEST_FAULT]
    code = STATUS[type(error)] if isinstance(error, ShelfError) else 409
    return code, str(error)[:LONGEST_FAULT]


def to(address: str) -> Response:
    """Go there, and ask for it."""
    return make_response(redirect(address, 303))


def _no_such(code: str) -> GoneError:
    words = mark("There is no session with the code {code}. It may be mistyped, or the session is over.")
    return GoneError(words, code=f"\u201c{code[:20]}\u201d") if code else GoneError(_("Type the code of a session."))
