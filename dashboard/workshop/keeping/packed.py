"""What came out of a round as bytes for the database, and back to the last bit."""

from __future__ import annotations

import json
from dataclasses import asdict

from pydantic import TypeAdapter

from dashboard.workshop.divided import Split, Undivided
from sim.workshop import RoundResults

_RESULTS = TypeAdapter(RoundResults)
_SPLIT: TypeAdapter[Split] = TypeAdapter(Split)


def packed(results: RoundResults) -> bytes:
    """As JSON; numbers that are not known stay NaN, which Python's own JSON can say."""
    return _bytes(asdict(results))


def unpacked(payload: bytes) -> RoundResults:
    """From what `packed` made. Raises ValueError."""
    return _RESULTS.validate_python(json.loads(payload))


def packed_split(split: Split) -> bytes:
    """A team's change, divided or why it is not."""
    return _bytes(split.value if isinstance(split, Undivided) else asdict(split))


def unpacked_split(payload: bytes) -> Split:
    """From what `packed_split` made. Raises ValueError."""
    return _SPLIT.validate_python(json.loads(payload))


def _bytes(found: object) -> bytes:
    return json.dumps(found, separators=(",", ":")).encode()
