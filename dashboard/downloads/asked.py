"""What is asked to be downloaded: the question in the address, its settled answer, and a plain file name."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from zlib import crc32

from flask import Response, request

from dashboard.answering.enquiries import WAIT, Gateway
from dashboard.facts.answers import Answer
from dashboard.link.state import State
from dashboard.shelf.routes import attached, reply
from dashboard.wording.language import _
from dashboard.wording.story import status

DESKS = 8
"""Files that may be worked on at a time: one that comes later takes the place of one of them."""


def link_asked() -> str:
    """The question, as the address has it."""
    return request.query_string.decode("ascii", "replace")


def settled(gateway: Gateway, name: str) -> Answer | None:
    """The answer as far as it comes in a few seconds."""
    until, answer = monotonic() + WAIT, gateway.answer(name)
    who = f"download {crc32(name.encode()) % DESKS}"
    while (answer is None or not answer.settled) and (left := until - monotonic()) > 0:
        if gateway.ask(name, who, answer.done if answer else 0, left).status not in ("ready", "working"):
            break
        answer = gateway.answer(name)
    return answer


def not_yet(answer: Answer | None) -> str:
    """That it is still worked out, and how far that has come."""
    if answer is None:
        return _("This is still being worked out. Try again in a moment.")
    return _("This is still being worked out ({far}). Try again in a moment.", far=status(answer))


def of_answer(gateway: Gateway, ending: str, kind: str, made: Callable[[Answer], bytes]) -> Response:
    """A settled answer as a file: what may still change is not worth keeping."""
    name = gateway.name(link_asked())
    answer = settled(gateway, name)
    if answer is None or not answer.settled:
        return reply({"fault": not_yet(answer)}, 409)
    return attached(made(answer), kind, file_name(gateway.state(name), ending))


def file_name(now: State, ending: str) -> str:
    """Of words that the catalogue knows, so that nothing strange gets into a header."""
    changed = "-changed" if now.settings else ""
    return f"upstream-{now.place}-{now.plan}{changed}.{ending}"
