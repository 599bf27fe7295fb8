"""Who asks: what a browser's cookies prove, and whether a form is one of ours."""

from __future__ import annotations

from itertools import count

from flask import Request, Response, g, request

from dashboard.shelf.requests import StrangerError, check_sender
from dashboard.shelf.sessions import KeptSession
from dashboard.wording.language import mark
from dashboard.workshop.keeping.keeper import KEPT_FOR
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.keeping.tokens import Seal, fits, hashed, new_token, seat_for
from dashboard.workshop.serving.hosting import Hosting
from sim.workshop import Seat

PATH = "/workshop"
VISITOR, HOST = "upstream_visitor", "upstream_host"
HEADER, FIELD = "X-Upstream-Form", "form"
AGE = int(KEPT_FOR.total_seconds())
LINK_AGE = 15 * 60
"""Seconds for which a link that gives a seat back can be used."""
SECRETS = 128
"""Characters of a token in an address at most."""


class Door:
    """Reads cookies and form tokens, and gives them out."""

    def __init__(self, seal: Seal, hosting: Hosting) -> None:
        self._seal, self._hosting = seal, hosting

    def form(self) -> str:
        """A token for the forms of a page, which holds together with this browser's cookie alone."""
        return self._seal.put("form", hashed(self._visitor()))

    def check_form(self) -> None:
        """Refuse what was not sent from a page that this browser was given; raises StrangerError."""
        check_sender(request)
        given = request.headers.get(HEADER) or (request.form.get(FIELD, "") if not request.is_json else "")
        owner, visitor = self._seal.read("form", given, AGE), self._known_visitor()
        if visitor is None or owner is None or not fits(visitor, owner):
            raise StrangerError(mark("This page has grown old, or the browser keeps no cookies. Load the page again."))

    def seat(self, room: Room) -> Seat | None:
        """The seat of whoever asks; None for who has none in this session, or had it taken away."""
        token = self.seat_token(room)
        return room.seat_of(hashed(token)) if token else None

    def seat_token(self, room: Room) -> str | None:
        """The token in the cookie of this session, whether it is anybody's or not."""
        return self._sealed(_seat_cookie(room), _seat_purpose(room))

    def leads(self, room: Room) -> bool:
        """Whether the facilitator of this session asks, or the owner of this server by their private link."""
        return self.lead_token(room.kept) is not None or self.owns()

    def lead_token(self, kept: KeptSession) -> str | None:
        """The facilitator's token of this session, where the browser has the right one."""
        token = self._sealed(_lead_cookie(kept), _lead_purpose(kept))
        return token if token and fits(token, kept.lead) else None

    def owns(self) -> bool:
        """Whether whoever asks came by the private host link."""
        return self._hosting.opens(self._sealed(HOST, "host"))

    def hosts(self) -> bool:
        """Whether whoever asks may make sessions."""
        return self._hosting.sits_here(request) or self.owns()

    def let_host(self, response: Response, token: str) -> bool:
        """Let a browser make sessions if it came by the host link."""
        if not self._hosting.opens(token):
            return False
        self._set(response, HOST, self._seal.put("host", token))
        return True

    def let_lead(self, response: Response, room: Room, token: str) -> None:
        """Let a browser lead a session."""
        self._set(response, _lead_cookie(room.kept), self._seal.put(_lead_purpose(room.kept), token))

    def let_sit(self, response: Response, room: Room, token: str) -> None:
        """Give a browser a seat."""
        self._set(response, _seat_cookie(room), self._seal.put(_seat_purpose(room), token))

    def own_seat(self, room: Room) -> tuple[str, str]:
        """The name and the token of the seat that this browser has here, or can have.

        Both follow from the browser: whoever never heard that they joined joins again, and sits where they sat. A seat
        that was taken away, or given to another phone, is not given out again.
        """
        for number in count():
            token = self._seal.made_of(f"own/{room.number}", f"{self._visitor()}/{number}")
            seat = seat_for(token)
            if not room.had(seat) or room.seat_of(hashed(token)) is not None:
                return seat, token
        raise AssertionError("numbers never end")

    def link(self, room: Room, seat: str) -> str:
        """What is kept of a way back to a seat."""
        return self._seal.put(f"link/{room.number}", seat)

    def seat_of_link(self, room: Room, sealed: str) -> str | None:
        """The seat to which a way leads back; None for one that is too old or not ours."""
        seat = self._seal.read(f"link/{room.number}", sealed, LINK_AGE)
        return seat if seat in room.state.seats else None

    def knows(self, room: Room) -> bool:
        """Whether whoever asks was shown a page of this session, and so tries no code any more."""
        return self._sealed(_code_cookie(room), f"code/{room.number}") is not None

    def let_know(self, response: Response, room: Room) -> Response:
        """Note in a browser that it knows the code of a session."""
        if not self.knows(room):
            self._set(response, _code_cookie(room), self._seal.put(f"code/{room.number}", room.kept.code))
        return response

    def forget(self, response: Response, room: Room) -> None:
        """Let a browser forget a session."""
        for name in (_seat_cookie(room), _lead_cookie(room.kept), _code_cookie(room)):
            response.delete_cookie(name, path=PATH)

    def stamp(self, response: Response) -> Response:
        """Give a browser that is new its cookie, and let nobody keep the page."""
        new = g.get("new_visitor")
        if new:
            self._set(response, VISITOR, self._seal.put("visitor", new))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _visitor(self) -> str:
        found = self._known_visitor()
        if found is None:
            found = g.new_visitor = g.get("new_visitor") or new_token()
        return str(found)

    def _known_visitor(self) -> str | None:
        return self._sealed(VISITOR, "visitor")

    def _sealed(self, cookie: str, purpose: str) -> str | None:
        sealed = request.cookies.get(cookie)
        return self._seal.read(purpose, sealed, AGE) if sealed else None

    def _set(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            name, value, max_age=AGE, path=PATH, httponly=True, samesite="Lax", secure=request.is_secure
        )


def who_asks(given: Request) -> str:
    """The address that a request comes from."""
    return given.remote_addr or "unknown"


def _seat_cookie(room: Room) -> str:
    return f"upstream_seat_{room.kept.code}"


def _code_cookie(room: Room) -> str:
    return f"upstream_code_{room.kept.code}"


def _lead_cookie(kept: KeptSession) -> str:
    return f"upstream_lead_{kept.code}"


def _seat_purpose(room: Room) -> str:
    return f"seat/{room.number}"


def _lead_purpose(kept: KeptSession) -> str:
    return f"lead/{kept.number}"
