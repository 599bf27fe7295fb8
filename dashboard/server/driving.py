"""The addresses of Drivers: what the view is made of, and what is stored of the numbers England leans on."""

from __future__ import annotations

import orjson
from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.pages.drivers import ADDRESS, frame_in_html, lean_shown
from dashboard.wording.language import _


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show them."""

    @server.get(f"{ADDRESS}/frame")
    def drivers_frame() -> str:
        return frame_in_html()

    @server.get(f"{ADDRESS}/stored")
    def drivers_stored() -> Response:
        found = gateway.studies.leanings()
        asked = (request.args.get(name) for name in ("measure", "side", "theme"))
        shown = {"says": _("Nothing is stored."), "html": ""} if found is None else lean_shown(found, *asked)
        return Response(orjson.dumps(shown), mimetype="application/json")
