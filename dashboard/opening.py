"""What is said when a server starts for a room: where the room finds it, and the private link of its host."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import segno

from dashboard.workshop.keeping.tokens import hashed, new_token
from dashboard.workshop.serving.hosting import Hosting

EVERYWHERE = ("0.0.0.0", "::")
OWN = ("127.0.0.1", "::1", "localhost")


def hosting_of(host: str, port: int, *, workshop: bool) -> tuple[Hosting, str]:
    """How a server takes part in workshops, and the token of its host link, empty where it has none.

    host, port   what it listens on
    workshop     whether it was started for a room
    """
    if not workshop:
        return Hosting(alone=host in OWN), ""
    token = new_token()
    if host in EVERYWHERE:
        return Hosting(link=hashed(token), port=port), token
    return Hosting(link=hashed(token), address=f"http://{in_address(host)}:{port}"), token


def told(hosting: Hosting, port: int, token: str, say: Callable[[str], None]) -> str:
    """Say where the room finds the server; returns the private link, which a browser here opens."""
    found = hosting.found_at()
    room, own = f"{found}/workshop", f"{_here(hosting, port)}/workshop/host/{token}"
    say(f"\nWorkshops: people on the same network join at\n\n    {room}\n")
    say(in_terminal(room))
    if found.startswith("http://127."):
        say("This machine is on no network: nobody else can join until it is. Join one, and start again.")
    say("To lead one, open this private link on this machine. Whoever has it can make, lead and end every session:\n")
    say(f"    {own}\n")
    say(f"If a phone finds nothing, let this machine\u2019s firewall pass port {port}, or use a phone\u2019s hotspot.")
    return own


def _here(hosting: Hosting, port: int) -> str:
    """Where a browser on this machine finds the server."""
    return hosting.address or f"http://127.0.0.1:{port}"


def in_terminal(address: str) -> str:
    """A QR code in letters."""
    drawn = StringIO()
    segno.make(address, error="l").terminal(drawn, compact=True, border=2)
    return drawn.getvalue()


def in_address(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
