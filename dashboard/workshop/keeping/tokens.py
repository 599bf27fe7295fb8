"""Secrets of a workshop: codes to join by, tokens that stand for a seat or the facilitator, and the seal on both."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import cached_property
from hmac import compare_digest

from itsdangerous import BadData, URLSafeTimedSerializer

from dashboard.workshop.keeping.moment import now

LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, so that no code is a word; no I, L or O, which look like figures."""
LONG = 6
"""Letters of a code: 64 million codes."""
LONG_BACK = 8
"""Letters of a way back to a seat: 25 thousand million of them, each for a quarter of an hour."""
LONGEST_SEALED = 512
"""Characters of anything sealed; what is longer is not ours."""


def new_code(long: int = LONG) -> str:
    """A code by which people join."""
    return "".join(secrets.choice(LETTERS) for _ in range(long))


def as_code(typed: str, long: int = LONG) -> str:
    """A code as somebody typed it, in its one form; empty when it can be no code."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return plain if len(plain) == long and all(letter in LETTERS for letter in plain) else ""


def way_back(letters: str) -> str:
    """What is kept of the letters of a way back to a seat, as if they were a token; of none, what nobody has."""
    return hashed(f"back {letters}" if letters else new_token())


def new_token() -> str:
    """A secret of 256 bits."""
    return secrets.token_urlsafe(32)


def seat_for(token: str) -> str:
    """A name for the seat of a token, which says nothing of who sits there, nor of the token."""
    return f"s{hashed(f'seat of {token}')[:12]}"


def hashed(token: str) -> str:
    """What is kept of a token. It needs no salt and no slow hash: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def fits(token: str, kept: str) -> bool:
    """Whether a token is the one whose hash was kept."""
    return compare_digest(hashed(token), kept)


class Seal:
    """Signs and dates what a browser keeps for us.

    key   asked for when it is first needed: it lies in the database, so that a restart forgets nobody
    """

    def __init__(self, key: Callable[[], str]) -> None:
        self._ask = key

    def put(self, what: str, value: str) -> str:
        """A value with a seal that holds for one purpose."""
        sealed = self._signer.dumps(value, salt=what)
        return sealed if isinstance(sealed, str) else sealed.decode()

    def read(self, what: str, sealed: str, seconds: float) -> str | None:
        """What was sealed for this purpose at most so long ago; None for everything else.

        A seal from the future holds: a laptop whose clock was put right must not turn the room out.
        """
        if not 0 < len(sealed) <= LONGEST_SEALED:
            return None
        try:
            value, sealed_at = self._signer.loads(sealed, salt=what, return_timestamp=True)
        except (BadData, ValueError):
            return None
        return value if isinstance(value, str) and (now() - sealed_at).total_seconds() <= seconds else None

    def made_of(self, what: str, value: str) -> str:
        """A secret of 256 bits that nobody else can make of a value; made again, it is the same."""
        return self._signer.make_signer(what).get_signature(value.encode()).decode()

    @cached_property
    def _signer(self) -> URLSafeTimedSerializer:
        how = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        return URLSafeTimedSerializer(self._ask(), signer_kwargs=how)
