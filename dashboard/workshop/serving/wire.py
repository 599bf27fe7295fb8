"""What goes over a room's one wireless network, made small: sixty phones share it."""

from __future__ import annotations

import gzip

from flask import Response, request

WORTH_PACKING = 1_024
"""Bytes from which on packing pays."""
QUICKLY = 1
"""How hard to pack: most of the gain for the least work, since no two looks are alike for long."""


def light(response: Response) -> Response:
    """A reply, packed where its browser takes that."""
    if "gzip" not in request.accept_encodings or (response.content_length or 0) < WORTH_PACKING:
        return response
    response.set_data(gzip.compress(response.get_data(), QUICKLY, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
