"""What the scripts of a workshop's screens ask for: looks, acts, the clock, links for seats, an end."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any
from unicodedata import category, normalize

from flask import Response, request

from dashboard.shelf.requests import StrangerError, body_of
from dashboard.shelf.routes import reply
from dashboard.shelf.trouble import ChangedError, RefusedError, TakenError
from dashboard.wording.language import mark
from dashboard.workshop.keeping.clock import Clock
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.tokens import hashed, new_seat, new_token
from dashboard.workshop.serving.drawn import PARTS
from dashboard.workshop.serving.hub import Hub, TooManyError, to
from dashboard.workshop.serving.visiting import who_asks
from sim.workshop import FACILITATOR, acts, record_from
from sim.workshop.acts import BY_NAME, Act

OURS = ("by", "at")
"""What is never anybody's to say: who acts, and when."""
MOST_MINUTES = 600
CALLED = ("name", "team")


class Posts:
    """Answers scripts."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def look(self, code: str) -> Response:
        """What is new for whoever looks; nothing where nothing is."""
        room, screen = self.hub.room(code), request.args.get("screen", "")
        who = self.hub.looker(room, screen)
        if request.args.get("seen") == str(self.hub.look(room, screen, who).seen):
            return Response(status=204)
        return reply(self.hub.told(room, screen, who))

    def act(self, code: str) -> Response:
        """Do one thing, as whoever the cookie says."""
        room = self.hub.room(code)
        self.hub.door.check_form()
        body = _said(room, body_of(request))
        kind = BY_NAME.get(str(body.get("act")))
        if kind is acts.Join:
            return self._join(room, body)
        by = self._who(room, kind)
        if not self.hub.limits.may_act(f"{room.number}/{by}"):
            raise TooManyError(mark("That is too much at once. Wait a few seconds."))
        room.act(by, _act(body, by))
        self.hub.runner.wake()
        return reply(self._after(room))

    def clock(self, code: str) -> Response:
        """Add minutes to the clock, stop it, or let it go."""
        room = self._led(code)
        body = body_of(request)
        if room.state.phase != "decide":
            raise ChangedError(mark("The clock runs while people decide."))
        if body.get("go") is True and room.state.paused:
            raise ChangedError(mark("The session is paused. Resume it first."))
        room.set_clock(_turned(room.clock, body))
        return reply(self._after(room))

    def seat_link(self, code: str) -> Response:
        """A link that gives somebody their seat back on another device, for a quarter of an hour."""
        room = self._led(code)
        seat = body_of(request).get("seat")
        if not isinstance(seat, str) or seat not in room.state.seats:
            raise RefusedError(mark("There is no such seat in this session."))
        return reply({"link": f"{self.hub.address(room)}/back/{self.hub.door.seat_link(room, seat)}"})

    def lead_link(self, code: str) -> Response:
        """The facilitator's private link, for another device of theirs."""
        room = self._led(code)
        token = self.hub.door.lead_token(room.kept)
        if token is None:
            raise RefusedError(mark("This browser leads by the host link, so the host link is what to pass on."))
        return reply({"link": f"{self.hub.base()}/workshop/lead/{room.kept.code}.{token}"})

    def delete(self, code: str) -> Response:
        """Delete the session for good."""
        room = self._led(code)
        self.hub.keeper.drop(room)
        response = reply({"deleted": room.kept.code}) if request.is_json else to("/workshop")
        self.hub.door.forget(response, room)
        return response

    def _led(self, code: str) -> Room:
        room = self.hub.room(code)
        self.hub.door.check_form()
        self.hub.check_leads(room)
        if not self.hub.limits.may_act(f"{room.number}/{FACILITATOR}"):
            raise TooManyError(mark("That is too much at once. Wait a few seconds."))
        return room

    def _who(self, room: Room, kind: type | None) -> str:
        if kind is acts.Ran:
            raise StrangerError(mark("A round is run by the server alone."))
        if kind in acts.OF_FACILITATOR:
            self.hub.check_leads(room)
            return FACILITATOR
        return self.hub.check_seat(room)

    def _join(self, room: Room, body: Mapping[str, Any]) -> Response:
        if self.hub.door.seat(room) is not None:
            raise TakenError(mark("You have a seat in this session already."))
        if "seat" in body:
            raise RefusedError(mark("Nobody chooses the name of a seat."))
        if not self.hub.limits.may_join(who_asks(request)):
            raise TooManyError(mark("Too many people joined from here. Wait a few minutes."))
        seat, token = new_seat(), new_token()
        room.act(seat, _act({**body, "seat": seat}, seat), (seat, hashed(token)))
        response = reply({**self.hub.standing(room, 0), "parts": {}, "go": f"/workshop/{room.kept.code}"})
        self.hub.door.let_sit(response, room, token)
        return response

    def _after(self, room: Room) -> dict[str, Any]:
        """What the screen that acted sees now."""
        screen = request.args.get("screen", "")
        if screen not in PARTS:
            return {**self.hub.standing(room, 0), "parts": {}}
        return self.hub.told(room, screen, self.hub.looker(room, screen))


def _act(body: Mapping[str, Any], by: str) -> Act:
    """An act from what was sent; raises RefusedError."""
    try:
        return record_from({**body, "by": by, "at": 0.0}).act
    except ValueError as error:
        raise RefusedError(str(error)) from error


def _said(room: Room, body: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, names in their one form; raises RefusedError for what cannot be read."""
    if any(each in body for each in OURS):
        raise RefusedError(mark("Who acts, and when, is not to be sent."))
    plain = {name: normalize("NFC", each) if isinstance(each, str) else each for name, each in body.items()}
    for each in plain.values():
        if isinstance(each, str) and any(category(sign) == "Cc" and sign not in "\n\r\t" for sign in each):
            raise RefusedError(mark("The text holds a sign that cannot be shown. Leave out control characters."))
    for name in CALLED:
        if isinstance(plain.get(name), str):
            plain[name] = " ".join(plain[name].split())
    if isinstance(plain.get("team"), str):
        alike = (team for team in room.state.teams if team.casefold() == plain["team"].casefold())
        plain["team"] = next(alike, plain["team"])
    return plain


def _turned(clock: Clock, body: Mapping[str, Any]) -> Clock:
    """The clock as it is wanted; raises RefusedError."""
    what, value = next(iter(body.items())) if len(body) == 1 else ("", 0)
    if what == "stop" and value is True:
        return clock.stopped(now())
    if what == "go" and value is True:
        return clock.going(now())
    number = what == "minutes" and isinstance(value, int | float) and not isinstance(value, bool)
    if number and isfinite(value) and abs(value) <= MOST_MINUTES:
        return clock.with_more(value, now())
    raise RefusedError(mark("Send minutes to add, or stop, or go."))
