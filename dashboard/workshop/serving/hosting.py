"""Who may make sessions, and where the room finds this server."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from flask import Request

from dashboard.workshop.keeping.tokens import fits

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
OWN_ADDRESSES = ("127.0.0.1", "::1")
ELSEWHERE = ("192.0.2.1", "10.255.255.255", "10.42.0.1", "192.168.137.1", "192.168.2.1", "172.20.10.1")
"""Where the way would lead out of this machine: anywhere, or into the networks that laptops and phones make."""
HOLDS = 5
"""Seconds until the address is looked up again: laptops sleep, and change from one network to another."""
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
"""What a server in front of this one adds; then an address says nothing of who asks."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """How this server takes part in workshops.

    alone     it listens on this machine only, so that whoever asks sits at it
    link      hash of the token in the private host link; empty where there is none
    address   where the room finds the server, such as http://192.168.1.20:8050
    port      without an address: on this port of the machine's address in the local network, which can change
    Without either, each request says by which name it found the server.
    """

    alone: bool = False
    link: str = ""
    address: str = ""
    port: int = 0

    def found_at(self) -> str:
        """Where the room finds the server; empty where each request says."""
        if self.address or not self.port:
            return self.address
        return f"http://{_lan_address_of(int(monotonic() // HOLDS))}:{self.port}"

    def opens(self, token: str | None) -> bool:
        """Whether a token is the one of the host link."""
        return bool(self.link and token) and fits(token or "", self.link)

    def sits_here(self, request: Request) -> bool:
        """Whether the request comes from this machine, on a server that listens nowhere else.

        The name asked for must be this machine's own too, or a page elsewhere could lend its name to it.
        """
        name = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
        ours = (name or request.host) in OWN_NAMES and request.remote_addr in OWN_ADDRESSES
        return self.alone and ours and not any(each in request.headers for each in FORWARDED)


@lru_cache(maxsize=1)
def _lan_address_of(_while: int) -> str:
    return lan_address()


def lan_address() -> str:
    """This machine's address on the local network; 127.0.0.1 where it has none. Nothing is sent."""
    for elsewhere in ELSEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((elsewhere, 9))
            except OSError:
                continue
            found = str(probe.getsockname()[0])
            if not found.startswith(("0.", "127.")):
                return found
    return _by_name()


def _by_name() -> str:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return "127.0.0.1"
    return next((str(each[4][0]) for each in found if not str(each[4][0]).startswith("127.")), "127.0.0.1")
