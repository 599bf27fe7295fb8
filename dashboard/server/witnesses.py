"""The evidence behind a lever, fetched when somebody asks for it: too much to send with every page."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.evidence import card
from dashboard.components.html_text import to_html

ADDRESS = "/evidence-of"


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show evidence."""

    @server.get(ADDRESS)
    def evidence_of() -> Response:
        lever = gateway.catalogue.levers.get(request.args.get("lever", ""))
        if lever is None:
            abort(404)
        return Response(to_html(card(lever.label, lever.help, lever.evidence)), mimetype="text/html")
