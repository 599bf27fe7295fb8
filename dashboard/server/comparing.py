"""The addresses of a comparison: its page, the answer as far as it has come, and its tables as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, abort, request

from dashboard.answering.comparing import columns_of, compared, comparison
from dashboard.answering.enquiries import WAIT, Gateway
from dashboard.answering.gathering import Gathered
from dashboard.downloads.comparison import compared_sheets
from dashboard.downloads.routes import EXCEL
from dashboard.downloads.writing import csv_bytes, excel_bytes
from dashboard.facts.comparison import Comparison
from dashboard.link import comparison as links
from dashboard.link import state
from dashboard.link.comparison import Wanted
from dashboard.pages.compare import ADDRESS, choices, chosen_shown, page, parts_shown
from dashboard.server.asking import LONGEST_NAME
from dashboard.shelf.routes import attached, reply
from dashboard.wording.language import _

WHO = "comparison"
"""Who asks for what is downloaded."""


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server compare."""

    @server.get(ADDRESS)
    def compare() -> str:
        wanted = links.read(_query(), gateway.catalogue)
        return page(wanted, state.write(wanted.question, gateway.catalogue), gateway.catalogue)

    @server.post(f"{ADDRESS}/ask")
    def compare_ask() -> Response:
        body = request.get_json(silent=True)
        told = answered(gateway, body) if isinstance(body, dict) else None
        if told is None:
            abort(400)
        return Response(orjson.dumps(told), mimetype="application/json")

    @server.get(f"{ADDRESS}/csv")
    def compare_csv() -> Response:
        found = _whole(gateway)
        if found is None:
            return _not_yet()
        return attached(csv_bytes(compared_sheets(found)[0]), "text/csv", "upstream-comparison.csv")

    @server.get(f"{ADDRESS}/xlsx")
    def compare_xlsx() -> Response:
        found = _whole(gateway)
        if found is None:
            return _not_yet()
        return attached(excel_bytes(compared_sheets(found), found.place.name), EXCEL, "upstream-comparison.xlsx")


def answered(gateway: Gateway, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The reply to the page's script; None when what it sent has no meaning."""
    who, link, have = body.get("who"), body.get("link"), body.get("have")
    if not isinstance(who, str) or not 0 < len(who) <= LONGEST_NAME or not isinstance(link, str):
        return None
    visitor = f"comparison {who}"
    if body.get("do") == "leave":
        gateway.gathering.leave(visitor)
        return {"status": "stopped"}
    wanted = links.read(link, gateway.catalogue)
    asked = compared(wanted, gateway.catalogue)
    first = len(asked.scenarios) - len(wanted.scenarios)
    known = have if isinstance(have, int) and not isinstance(have, bool) and have > 0 else 0
    gathered = gateway.gathering.gather(asked.names, visitor, known, WAIT if body.get("do") == "look" else 0.0)
    columns = columns_of(asked, gateway.catalogue)
    told = _far(gathered) | {
        "link": links.write(wanted, gateway.catalogue),
        "notices": list(wanted.notices),
        "choices": choices(wanted, columns, first, gateway.catalogue),
        "html": {"compare-chosen": chosen_shown(columns, first)},
    }
    if gathered.runs:
        found = comparison(asked, gathered.runs, gateway.model.reader, gateway.catalogue)
        shown = parts_shown(found, _year(wanted), body.get("theme"))
        told |= shown | {"html": shown["html"] | told["html"], "settled": found.settled}
    return told


def _far(gathered: Gathered) -> dict[str, Any]:
    """How far the runs have come, in words and as a share."""
    words = {
        "ready": "",
        "working": _("Working: {done} of {all} runs", done=gathered.done, all=gathered.wanted),
        "busy": _("The model is busy with other questions. Trying again…"),
        "dropped": _("Another page asks for the same. Trying again…"),
        "failed": _("The model could not work out one of these scenarios."),
    }
    return {
        "status": gathered.status,
        "done": gathered.finished,
        "share": gathered.done / max(gathered.wanted, 1),
        "words": words[gathered.status],
    }


def _whole(gateway: Gateway) -> Comparison | None:
    """The comparison that an address asks for, with all its replications; None while some are missing."""
    wanted = links.read(_query(), gateway.catalogue)
    asked = compared(wanted, gateway.catalogue)
    most = gateway.catalogue.replications[asked.scenarios[0].state.replications].most
    gathered = gateway.gathering.gather(asked.names, WHO, most - 1, WAIT)
    if not gathered.runs:
        return None
    return comparison(asked, gathered.runs, gateway.model.reader, gateway.catalogue)


def _not_yet() -> Response:
    return reply({"fault": _("This is still being worked out. Try again in a moment.")}, 409)


def _year(wanted: Wanted) -> int:
    """The year that is looked at, counted from 0."""
    return -1 if wanted.year is None else wanted.year


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")
