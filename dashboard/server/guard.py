"""What stands between the page and the network: headers, compression done once, and neutral errors."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from hashlib import sha256
from logging import getLogger
from typing import Any

import orjson
from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from dashboard.answering.recent import Recent
from dashboard.wording.language import _

LOG = getLogger(__name__)
CALLBACKS = "/_dash-update-component"
STATIC = ("/_dash-component-suites/", "/assets/")
LARGEST_BODY = 2**20
SMALLEST_WORTH_PACKING = 2**10
PACKABLE = ("javascript", "css", "json", "html", "svg")
ONE_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""A browser may keep it, and asks whether it still holds."""

MOST_PACKED = 128
SECRET = re.compile(r"^(/workshop/(?:lead|host|[^/]+/back)/).+", re.DOTALL)
"""Addresses of workshops that end with a secret."""
NAMED = re.compile(r"(?:src|href)=\"([^\"]+)\"")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Strict(DefaultJSONProvider):
    """Reads JSON as the standard has it: no NaN, no half characters, nothing nested without end."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """What a text stands for; raises ValueError."""
        return orjson.loads(s)


def protect(app: Dash) -> None:
    """Add every protection; call after the last callback is registered, because scripts are hashed here."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    server.json = Strict(server)
    policy = content_policy(app.csp_hashes())
    packed: Recent[bytes] = Recent(MOST_PACKED)

    @server.before_request
    def check_callback() -> None:
        if request.path == CALLBACKS and not is_callback(request.get_json(silent=True), app.callback_map):
            abort(400)

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = policy
        return pack(response, packed)

    server.register_error_handler(HTTPException, _refused)
    server.register_error_handler(DependencyException, lambda _: _plain("404 Not Found", 404))
    server.register_error_handler(Exception, _failed)


def content_policy(hashes: Sequence[str]) -> str:
    """Only our own scripts and data; styles may be inline, because the component library sets them so."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def is_callback(body: object, known: object) -> bool:
    """Whether a request has the shape of a call to one of our callbacks."""
    if not isinstance(body, dict) or not isinstance(known, dict):
        return False
    if not isinstance(body.get("output"), str) or body["output"] not in known:
        return False
    lists = [body.get(name, []) for name in ("inputs", "state", "changedPropIds")]
    if not all(isinstance(each, list) for each in lists) or not isinstance(body.get("outputs"), (dict, list)):
        return False
    wanted = known[body["output"]]
    counts = len(lists[0]) == len(wanted["inputs"]) and len(lists[1]) == len(wanted["state"])
    return counts and all(isinstance(each, dict) and {"id", "property"} <= each.keys() for each in lists[0] + lists[1])


def pack(response: Response, packed: Recent[bytes]) -> Response:
    """Compress what never changes once, and remember it by its content; everything else goes as it is."""
    if not request.path.startswith(STATIC):
        response.headers.setdefault("Cache-Control", ASK_AGAIN)
        return response
    if response.status_code != 200:
        return response
    if "m" in request.args:
        response.headers["Cache-Control"] = ONE_YEAR
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" not in request.accept_encodings or not any(kind in (response.mimetype or "") for kind in PACKABLE):
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    name = sha256(plain).hexdigest()
    body = packed.get(name) or _compressed(plain)
    if body is not None:
        packed.put(name, body)
        response.set_data(body)
        response.headers["Content-Encoding"] = "gzip"
    return response


def pack_ahead(server: Flask, page: str = "/") -> int:
    """Pack every file that a page names before somebody waits for it; returns how many."""
    browser = server.test_client()
    files = {each for each in NAMED.findall(browser.get(page).text) if each.startswith(STATIC)}
    for each in files:
        browser.get(each, headers={"Accept-Encoding": "gzip"})
    return len(files)


def _compressed(data: bytes) -> bytes | None:
    return gzip.compress(data, mtime=0) if len(data) >= SMALLEST_WORTH_PACKING else None


def _refused(error: HTTPException) -> Response:
    return _plain(f"{error.code} {error.name}", error.code or 500)


def _failed(error: Exception) -> Response:
    """A neutral message for the page, the traceback for the log."""
    LOG.error("A request failed: %s", without_secrets(request.path), exc_info=error)
    return _plain(_("Something went wrong on the server. The page still works: try again."), 500)


def without_secrets(path: str) -> str:
    """An address as it may stand in a log: what lets somebody in is left out of it."""
    return SECRET.sub("\\g<1>\u2026", path)


def _plain(text: str, code: int) -> Response:
    return Response(text, status=code, mimetype="text/plain")
