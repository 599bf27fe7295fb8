"""The one address the page's script asks: a question goes in, words and charts come out, as far as they have come."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import orjson
from flask import Flask, Response, request

from dashboard import ids
from dashboard.answers import Answer
from dashboard.enquiries import Gateway
from dashboard.figures.timeline import timeline
from dashboard.html_text import to_html
from dashboard.pages.overview import texts
from dashboard.story import spoken, status
from dashboard.theme import theme_of
from dashboard.wording import BY_ID, CHARTED

ADDRESS = "/ask"
LONGEST_NAME = 64


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server answer questions."""

    @server.post(ADDRESS)
    def ask() -> Response:
        return asked(gateway, request.get_json(silent=True))


def asked(gateway: Gateway, body: object) -> Response:
    """The reply to a question of any shape; how long the answer waited for simulations stands in a header."""
    question = body if isinstance(body, dict) else {}
    have = _count(question.get("have"))
    outcome = gateway.ask(question.get("link"), _visitor(question.get("who")), have)
    answer = gateway.answer(outcome.name) if outcome.status == "ready" and outcome.done > have else None
    reply: dict[str, Any] = {"status": outcome.status, "name": outcome.name, "done": outcome.done}
    began = perf_counter()
    if answer is not None:
        reply |= shown(answer, question.get("theme"))
    response = Response(orjson.dumps(reply), mimetype="application/json")
    spent = {"simulation": answer.simulated if answer else 0.0, "words": perf_counter() - began}
    response.headers["Server-Timing"] = ", ".join(f"{name};dur={1000 * each:.1f}" for name, each in spent.items())
    return response


def shown(answer: Answer, theme: object) -> dict[str, Any]:
    """An answer as the page shows it: what goes into each part, by id."""
    return {
        "done": answer.done,
        "settled": answer.settled,
        "standing": status(answer),
        "spoken": spoken(answer),
        "html": {part: to_html(words) for part, words in texts(answer).items()},
        "figures": {ids.graph(name): timeline(BY_ID[name], answer, theme_of(theme)) for name in CHARTED},
    }


def _visitor(name: object) -> str:
    """Whatever a page calls itself; pages without a name share one."""
    return f"page {name}" if isinstance(name, str) and len(name) <= LONGEST_NAME else "page"


def _count(number: object) -> int:
    return number if isinstance(number, int) and number > 0 else 0
