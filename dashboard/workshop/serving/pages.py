"""The pages of workshops: to start, to join, and the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from io import BytesIO
from typing import Any

import segno
from flask import Response, request

from dashboard.shelf.requests import StrangerError, check_sender
from dashboard.shelf.routes import reply
from dashboard.shelf.sessions import KeptSession
from dashboard.shelf.trouble import RefusedError, ShelfError
from dashboard.wording.language import _, mark
from dashboard.workshop.keeping.ready import ready, text_of_ready
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.tokens import LONG_BACK, as_code, fits, hashed, new_token, way_back
from dashboard.workshop.scene import BOARD
from dashboard.workshop.screens import join, sheet, start
from dashboard.workshop.serving.drawn import PAGES
from dashboard.workshop.serving.hub import LARGEST, TAKEN_AWAY, Hub, TooManyError, to, told
from dashboard.workshop.serving.looking import around, scene_of
from dashboard.workshop.serving.visiting import HEADER, SECRETS, who_asks
from dashboard.workshop.serving.wire import light
from sim.inputs import Faults
from sim.workshop import FACILITATOR

NOT_YOURS = mark("There is no such team, or its sheet is not yours to see.")
NOT_HOSTING = mark("Only whoever runs this server can make sessions. Open the private host link that it printed.")


class Pages:
    """Answers with pages."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def start(self) -> Response:
        """Join by a code; for who may host, also make a session."""
        return _html(self.first())

    def join(self) -> Response:
        """Go to the session whose code was typed."""
        check_sender(request)
        room = self.hub.room(request.form.get("code", ""))
        return to(f"/workshop/{room.kept.code}")

    def make(self) -> Response:
        """Make a session of a ready workshop, or of a file that was sent, and lead it."""
        self.hub.door.check_form()
        if not self.hub.door.hosts():
            raise StrangerError(NOT_HOSTING)
        if not self.hub.limits.may_make(who_asks(request)):
            raise TooManyError(mark("Too many sessions were made from here. Wait an hour."))
        room, token = self.hub.keeper.make(*_wanted())
        response = to(f"/workshop/{room.kept.code}/console")
        self.hub.door.let_lead(response, room, token)
        return response

    def lead(self, token: str) -> Response:
        """The facilitator's private link: the code, a dot, and the token."""
        code, _dot, secret = token[:SECRETS].partition(".")
        room = self.hub.room(code)
        if not fits(secret, room.kept.lead):
            self.hub.limits.wrong(who_asks(request))
            raise StrangerError(mark("This is not the facilitator\u2019s link of this session."))
        response = to(f"/workshop/{room.kept.code}/console")
        self.hub.door.let_lead(response, room, secret)
        return response

    def host(self, token: str) -> Response:
        """The private host link."""
        response = to("/workshop")
        if not self.hub.door.let_host(response, token[:SECRETS]):
            self.hub.limits.wrong(who_asks(request))
            raise StrangerError(mark("This host link is not, or no longer, the one of this server."))
        return response

    def seat(self, code: str) -> Response:
        """The seat of whoever asks, or how to get one."""
        room, door = self.hub.room(code), self.hub.door
        found = door.seat(room)
        if found is not None:
            return self._screen(room, "seat", found.id)
        own, token = door.own_seat(room)
        if own in room.state.seats:  # joined, and never heard of it
            response = self._screen(room, "seat", own)
            door.let_sit(response, room, token)
            return response
        look = self.hub.look(room, "join", BOARD)
        fault = _(TAKEN_AWAY) if door.seat_token(room) else ""
        return door.let_know(_html(join.page(look.scene, door.form(), look.seen, fault)), room)

    def back(self, code: str, letters: str) -> Response:
        """Give somebody their seat back on this device, once; no other device has it any more."""
        room, door, store = self.hub.room(code), self.hub.door, self.hub.keeper.store
        self.hub.check_tries()
        kept = store.seat_of(room.number, way_back(as_code(letters, LONG_BACK))) or ""
        seat = door.seat_of_link(room, kept)
        if seat is None:
            self.hub.limits.wrong(who_asks(request))
            raise StrangerError(mark("This link is too old, or was used. Ask the facilitator for a new one."))
        store.drop_tokens(room.number, kept)
        token = new_token()
        room.give(seat, hashed(token))
        response = to(f"/workshop/{room.kept.code}")
        door.let_sit(response, room, token)
        return response

    def board(self, code: str) -> Response:
        """The projector's screen."""
        room = self.hub.room(code)
        shown = self._screen(room, "board", self.hub.looker(room, "board"))
        return self.hub.door.let_know(shown, room)

    def console(self, code: str) -> Response:
        """The facilitator's screen."""
        room = self.hub.room(code)
        return self._screen(room, "console", self.hub.looker(room, "console"))

    def sheet(self, code: str, team: str = "") -> Response:
        """Sheets to keep: every team's for the facilitator, the own team's for a seat."""
        room = self.hub.room(code)
        leads = self.hub.door.leads(room)
        who = FACILITATOR if leads else self.hub.check_seat(room)
        own = tuple(room.state.teams) if leads else (room.state.seats[who].team,)
        if team and team not in own:
            raise StrangerError(NOT_YOURS)
        found = scene_of(room, who, self.hub.address(room))
        return _html(sheet.page(found, (team,) if team else own, self.hub.door.form()))

    def qr(self, code: str) -> Response:
        """The address to join as a QR code."""
        drawn = BytesIO()
        segno.make(self.hub.address(self.hub.room(code)), error="m").save(
            drawn, kind="svg", scale=8, border=2, light="#fff", xmldecl=False, svgclass=None, lineclass=None
        )
        return Response(drawn.getvalue(), mimetype="image/svg+xml")

    def first(self, fault: str = "", code: str = "") -> str:
        """The page to start from."""
        hosts = self.hub.door.hosts()
        try:
            shown = (ready(), self._led()) if hosts else ((), ())
        except (Faults, ShelfError) as error:
            shown, fault = ((), ()), fault or str(error)
        return start.page(hosts, *shown, self.hub.door.form(), fault, code)

    def _led(self) -> tuple[KeptSession, ...]:
        """Sessions that whoever asks may lead."""
        door = self.hub.door
        return tuple(each for each in self.hub.keeper.every() if door.owns() or door.lead_token(each))

    def _screen(self, room: Room, screen: str, who: str) -> Response:
        look = self.hub.look(room, screen, who)
        fresh = replace(look.scene, around=around(room, self.hub.address(room)))
        return _html(PAGES[screen](fresh, self.hub.door.form(), look.seen))


def for_people(pages: Pages, answer: Callable[..., Response]) -> Callable[..., Response]:
    """An address that somebody opens: refusals are told on the page to start from."""

    @wraps(answer)
    def wrapped(**parts: Any) -> Response:
        request.max_content_length = LARGEST
        try:
            return pages.hub.door.stamp(light(answer(**parts)))
        except (ShelfError, Faults) as error:
            code, words = told(error)
            if HEADER in request.headers:
                return pages.hub.door.stamp(reply({"fault": words}, code))
            typed = str(parts.get("code") or request.form.get("code", ""))
            return pages.hub.door.stamp(light(_html(pages.first(words, as_code(typed)), code)))

    return wrapped


def _wanted() -> tuple[str, str]:
    """The workshop that is asked for: its name and its file. Raises RefusedError and Faults."""
    text, name = request.form.get("text", ""), request.form.get("workshop", "")
    if text.strip():
        return start.OWN, text.replace("\r\n", "\n")
    try:
        return name, text_of_ready(name)
    except KeyError as error:
        raise RefusedError(mark("Choose a workshop, or send the file of your own.")) from error


def _html(page: str, code: int = 200) -> Response:
    return Response(page, status=code, mimetype="text/html")
