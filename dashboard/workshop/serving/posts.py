"""What the scripts of a workshop's screens ask for: looks, acts, the clock, links for seats, an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from dashboard.components.html_text import to_html
from dashboard.shelf.requests import StrangerError, body_of
from dashboard.shelf.routes import reply
from dashboard.shelf.trouble import ChangedError, RefusedError, TakenError
from dashboard.wording.language import _, mark
from dashboard.workshop.keeping.presses import Press, press_from
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.tokens import LONG_BACK, hashed, new_code, way_back
from dashboard.workshop.screens.passed_on import link_shown
from dashboard.workshop.serving.bodies import act_from, said, turned
from dashboard.workshop.serving.drawn import PARTS
from dashboard.workshop.serving.hub import Hub, TooManyError, to
from dashboard.workshop.serving.visiting import who_asks
from sim.workshop import FACILITATOR, acts
from sim.workshop.acts import BY_NAME


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
        press, sent = press_from(body_of(request))
        body = said(room.state, sent)
        kind = BY_NAME.get(str(body.get("act")))
        if kind is acts.Join:
            return self._join(room, body, press)
        by = self._who(room, kind)
        if not self.hub.limits.may_act(f"{room.number}/{by}"):
            raise TooManyError(mark("That is too much at once. Wait a few seconds."))
        new = room.act(by, act_from(body, by), press=press)
        self.hub.runner.wake()
        return reply(self._after(room, new=new))

    def clock(self, code: str) -> Response:
        """Add minutes to the clock, stop it, or let it go."""
        room = self._led(code)
        press, body = press_from(body_of(request))
        if room.state.phase != "decide":
            raise ChangedError(mark("The clock runs while people decide."))
        if body.get("go") is True and room.state.paused:
            raise ChangedError(mark("The session is paused. Resume it first."))
        new = room.turn(lambda clock: turned(clock, body), FACILITATOR, press)
        return reply(self._after(room, new=new))

    def seat_link(self, code: str) -> Response:
        """A short link that gives somebody their seat back on another device: once, within a quarter of an hour."""
        room = self._led(code)
        seat = press_from(body_of(request))[1].get("seat")
        if not isinstance(seat, str) or seat not in room.state.seats:
            raise RefusedError(mark("There is no such seat in this session."))
        letters = new_code(LONG_BACK)
        self.hub.keeper.store.put_token(room.number, self.hub.door.link(room, seat), way_back(letters))
        says = _("For {name}: it works once, for a quarter of an hour.", name=room.state.seats[seat].name)
        return _link(f"{self.hub.address(room)}/back/{letters}", says)

    def lead_link(self, code: str) -> Response:
        """The facilitator's private link, for another device of theirs."""
        room = self._led(code)
        token = self.hub.door.lead_token(room.kept)
        if token is None:
            raise RefusedError(mark("This browser leads by the host link, so the host link is what to pass on."))
        says = _("Whoever has this link leads the workshop, as you do. Show it to nobody else.")
        return _link(f"{self.hub.base()}/workshop/lead/{room.kept.code}.{token}", says)

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

    def _join(self, room: Room, body: Mapping[str, Any], press: Press) -> Response:
        """Take a seat; whoever took it, and never heard of it, is only told again."""
        if self.hub.door.seat(room) is not None:
            raise TakenError(mark("You have a seat in this session already."))
        if "seat" in body:
            raise RefusedError(mark("Nobody chooses the name of a seat."))
        if not self.hub.limits.may_join(who_asks(request)):
            raise TooManyError(mark("Too many people joined from here. Wait a few minutes."))
        seat, token = self.hub.door.own_seat(room)
        if seat not in room.state.seats:
            room.act(seat, act_from({**body, "seat": seat}, seat), (seat, hashed(token)), press)
        response = reply({**self.hub.standing(room, 0), "parts": {}, "go": f"/workshop/{room.kept.code}"})
        self.hub.door.let_sit(response, room, token)
        return response

    def _after(self, room: Room, *, new: bool) -> dict[str, Any]:
        """What the screen that acted sees now, and whether the act had been done already."""
        screen, again = request.args.get("screen", ""), {} if new else {"again": True}
        if screen not in PARTS:
            return {**self.hub.standing(room, 0), "parts": {}, **again}
        return {**self.hub.told(room, screen, self.hub.looker(room, screen)), **again}


def _link(link: str, says: str) -> Response:
    """A link, and how it is shown."""
    return reply({"link": link, "shown": to_html(link_shown(link, says), whole_page=True)})
