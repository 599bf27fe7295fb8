"""Results of a round as bytes for the database, and back to the last bit."""

from __future__ import annotations

import json
from dataclasses import asdict

from pydantic import TypeAdapter

from sim.workshop import RoundResults

_RESULTS = TypeAdapter(RoundResults)


def packed(results: RoundResults) -> bytes:
    """As JSON; numbers that are not known stay NaN, which Python's own JSON can say."""
    return json.dumps(asdict(results), separators=(",", ":")).encode()


def unpacked(payload: bytes) -> RoundResults:
    """From what `packed` made. Raises ValueError."""
    return _RESULTS.validate_python(json.loads(payload))
