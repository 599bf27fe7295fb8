"""The one address the page's script asks: a question goes in, words and charts come out, as far as they have come."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import orjson
from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.html_text import to_html
from dashboard.facts.answers import Answer
from dashboard.link import looks
from dashboard.link.looks import Look
from dashboard.pages.views import VIEWS, shared
from dashboard.theme import theme_of
from dashboard.wording.story import status

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
        years = answer.accounts.years
        look = looks.read(question, years, is_baseline=answer.is_baseline)
        reply |= shown(answer, look, question.get("theme")) | {"look": _looked_at(answer, look)}
    response = Response(orjson.dumps(reply), mimetype="application/json")
    spent = {"simulation": answer.simulated if answer else 0.0, "words": perf_counter() - began}
    response.headers["Server-Timing"] = ", ".join(f"{name};dur={1000 * each:.1f}" for name, each in spent.items())
    return response


def shown(answer: Answer, look: Look, theme: object) -> dict[str, Any]:
    """An answer as the page shows it in one view: what goes into each part, by id."""
    view = VIEWS[look.view]
    return {
        "done": answer.done,
        "settled": answer.settled,
        "standing": status(answer),
        "spoken": view.spoken(answer, look),
        "html": {part: to_html(words) for part, words in (shared(answer) | view.texts(answer, look)).items()},
        "figures": view.figures(answer, look, theme_of(theme)),
    }


def _looked_at(answer: Answer, look: Look) -> dict[str, Any]:
    """What the page looks at, and what else it may."""
    years = answer.accounts.years
    return {"years": years, "year": years[look.year], "show": look.show, "alone": answer.is_baseline}


def _visitor(name: object) -> str:
    """Whatever a page calls itself; pages without a name share one."""
    return f"page {name}" if isinstance(name, str) and len(name) <= LONGEST_NAME else "page"


def _count(number: object) -> int:
    return number if isinstance(number, int) and number > 0 else 0
