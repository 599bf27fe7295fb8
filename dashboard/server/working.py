"""The address for long jobs: begin one, look how far it has come, leave it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask, Response, abort, request

from dashboard import surroundings
from dashboard.answering.enquiries import Gateway
from dashboard.answering.jobs import Progress
from dashboard.answering.studies import Named
from dashboard.components.doubts import doubts_shown
from dashboard.components.proofs import proof_shown
from dashboard.components.watched import watched_shown
from dashboard.facts.drivers import BYS
from dashboard.pages import stress, takes
from dashboard.pages.drivers import lean_shown, split_shown
from dashboard.server.asking import LONGEST_NAME
from dashboard.wording.language import _

ADDRESS = "/job"
Body = Mapping[str, Any]
LONGEST_JOB_NAME = 200
MANY_DRAWS = 200
USUAL_DRAWS = 60
"""Enough to see the bands, and what explains a fifth of the differences between draws; some 30 seconds on two cores."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job that a page may ask for.

    named   the work for what a page sent; None when it sent nothing that can be worked on
    shown   what a result looks like, as words and HTML to put in place
    far     how far it has come, in words
    """

    named: Callable[[Gateway, Body], Named | None]
    shown: Callable[[Gateway, Body, Any], dict[str, Any]]
    far: Callable[[Progress], str]


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server work on jobs."""

    @server.post(ADDRESS)
    def job() -> Response:
        body = request.get_json(silent=True)
        reply = worked(gateway, body) if isinstance(body, dict) else None
        if reply is None:
            abort(400)
        return Response(orjson.dumps(reply), mimetype="application/json")


def worked(gateway: Gateway, body: Body) -> dict[str, Any] | None:
    """The reply to a page; None when what it sent has no meaning."""
    who, do, kind = body.get("who"), body.get("do"), KINDS.get(str(body.get("kind")))
    if not isinstance(who, str) or not 0 < len(who) <= LONGEST_NAME or kind is None:
        return None
    visitor = f"page {who}"
    if do == "begin":
        named = kind.named(gateway, body)
        if named is None:
            return None
        progress = gateway.jobs.want(visitor, named.name, named.work, again=body.get("again") is True)
        return _told(gateway, kind, body, named.name, progress)
    name = body.get("name")
    if do == "look" and isinstance(name, str) and name.startswith(f"{body['kind']} ") and len(name) < LONGEST_JOB_NAME:
        return _told(gateway, kind, body, name, gateway.jobs.look(visitor, name))
    if do == "leave":
        gateway.jobs.leave(visitor)
        return {"status": "stopped"}
    return None


def _told(gateway: Gateway, kind: Kind, body: Body, name: str, progress: Progress) -> dict[str, Any]:
    reply = {"status": progress.status, "name": name, "words": words(progress, kind.far), "share": share(progress)}
    return reply | kind.shown(gateway, body, progress.result) if progress.status == "done" else reply


def share(progress: Progress) -> float | None:
    """How much of a job is done, 0 to 1; None when that is not known yet."""
    return progress.done / progress.wanted if progress.wanted else None


def words(progress: Progress, far: Callable[[Progress], str]) -> str:
    """How far a job has come, in a sentence."""
    return {
        "waiting": _("Waiting for other work to end\u2026"),
        "running": far(progress) if progress.wanted else _("Beginning\u2026"),
        "done": _("Done"),
        "failed": _(progress.problem),
        "stopped": _("Stopped"),
        "busy": _("The server is busy with other long questions. Try again in a minute."),
    }[progress.status]


def _case(gateway: Gateway, body: Body) -> Named | None:
    name = body.get("case")
    return gateway.studies.prove(name) if isinstance(name, str) else None


def _doubt(gateway: Gateway, body: Body) -> Named | None:
    link, draws = body.get("link"), draws_asked(body.get("draws"))
    if not isinstance(link, str) or draws is None:
        return None
    return gateway.studies.doubt(gateway.task(gateway.name(link)), draws)


def draws_asked(word: object) -> int | None:
    """How many draws a word stands for."""
    usual = surroundings.whole(surroundings.DRAWS) or USUAL_DRAWS
    return {"usual": usual, "many": MANY_DRAWS}.get(str(word))


def _doubts_shown(gateway: Gateway, body: Body, found: Any) -> dict[str, Any]:
    return doubts_shown(found, gateway.answer(gateway.name(body.get("link"))), most=MANY_DRAWS)


def _proof_shown(_gateway: Gateway, _body: Body, found: Any) -> dict[str, Any]:
    return proof_shown(found)


def _split(gateway: Gateway, body: Body) -> Named | None:
    link, by = body.get("link"), next((each for each in BYS if each == body.get("by")), None)
    if not isinstance(link, str) or by is None:
        return None
    return gateway.studies.split(gateway.task(gateway.name(link)), by)


def _split_shown(_gateway: Gateway, body: Body, found: Any) -> dict[str, Any]:
    return split_shown(found, body.get("measure"), body.get("year"), body.get("theme"))


def _lean(gateway: Gateway, body: Body) -> Named | None:
    link = body.get("link")
    return gateway.studies.lean(gateway.task(gateway.name(link))) if isinstance(link, str) else None


def _lean_shown(_gateway: Gateway, body: Body, found: Any) -> dict[str, Any]:
    return lean_shown(found, body.get("measure"), body.get("side"), body.get("theme"))


def _watch(gateway: Gateway, body: Body) -> Named | None:
    """Sixty days of a question, from a month of the run on; a month that is none of it is the nearest that is."""
    link, month = body.get("link"), body.get("month")
    if not isinstance(link, str) or not isinstance(month, int) or isinstance(month, bool):
        return None
    return gateway.studies.watch(gateway.task(gateway.name(link)), month)


def _watched_shown(_gateway: Gateway, _body: Body, found: Any) -> dict[str, Any]:
    return watched_shown(found)


def _replications(progress: Progress) -> str:
    return _("{done} of {all} replications", done=f"{progress.done:,}", all=f"{progress.wanted:,}")


def _runs(progress: Progress) -> str:
    return _("Run {done} of {all}", done=f"{progress.done:,}", all=f"{progress.wanted:,}")


def _percent(progress: Progress) -> str:
    return _("Asking again with other numbers: {share}", share=f"{progress.done / progress.wanted:.0%}")


def _months(progress: Progress) -> str:
    return _("Living through the months: {share}", share=f"{progress.done / progress.wanted:.0%}")


def _log(gateway: Gateway, body: Body) -> Named | None:
    link = body.get("link")
    return gateway.studies.events(gateway.task(gateway.name(link))) if isinstance(link, str) else None


def _log_shown(_gateway: Gateway, _body: Body, _found: Any) -> dict[str, Any]:
    return {"words": _("The event log is ready.")}


def _futures(progress: Progress) -> str:
    return _("Drawing futures and living through them: {share}", share=f"{progress.done / progress.wanted:.0%}")


def _settings(progress: Progress) -> str:
    return _(
        "Trying one setting after another: {share} of the most it may take",
        share=f"{progress.done / progress.wanted:.0%}",
    )


KINDS: Mapping[str, Kind] = {
    "case": Kind(_case, _proof_shown, _replications),
    "doubt": Kind(_doubt, _doubts_shown, _percent),
    "log": Kind(_log, _log_shown, _months),
    "split": Kind(_split, _split_shown, _runs),
    "lean": Kind(_lean, _lean_shown, _runs),
    "watch": Kind(_watch, _watched_shown, _months),
    "stress": Kind(stress.work, stress.shown, _futures),
    "takes": Kind(takes.work, takes.shown, _settings),
}
"""Every kind of job, by the word a page sends; names of jobs begin with it."""
