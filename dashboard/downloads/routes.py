"""The addresses of downloads: the link of the page goes in, a file comes out."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from flask import Flask, Response, request

from dashboard.answering.enquiries import WAIT, Gateway
from dashboard.downloads.sheets import results, workbook_sheets
from dashboard.downloads.writing import csv_bytes, excel_bytes
from dashboard.facts.answers import Answer
from dashboard.link import state
from dashboard.shelf.exchange import Exchange
from dashboard.shelf.kept import clean_name, clean_note
from dashboard.shelf.routes import attached, reply
from dashboard.shelf.trouble import RefusedError
from dashboard.wording.story import status

ADDRESS = "/download"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = "download"
"""Who asks for what is downloaded: a file asked for later takes the place of one that is still worked on."""


def register(server: Flask, gateway: Gateway, exchange: Callable[[], Exchange]) -> None:
    """Let the server give files away."""

    @server.get(f"{ADDRESS}/csv")
    def download_csv() -> Response:
        return _of_answer(gateway, "csv", "text/csv", lambda answer: csv_bytes(results(answer, gateway.catalogue)))

    @server.get(f"{ADDRESS}/xlsx")
    def download_xlsx() -> Response:
        def workbook(answer: Answer) -> bytes:
            sheets = workbook_sheets(answer, gateway.catalogue, exchange().model())
            return excel_bytes(sheets.values(), f"{answer.place.name}: {answer.plan}")

        return _of_answer(gateway, "xlsx", EXCEL, workbook)

    @server.get(f"{ADDRESS}/yaml")
    def download_yaml() -> Response:
        now, catalogue = gateway.state(_link()), gateway.catalogue
        try:
            name = clean_name(request.args.get("name") or catalogue.plans[now.plan].title)
            note = clean_note(request.args.get("note"))
        except RefusedError as error:
            return reply({"fault": str(error)}, 400)
        text = exchange().write(now, catalogue, name, note)
        return attached(text.encode(), "application/yaml", _file_name(now, "yaml"))


def _of_answer(gateway: Gateway, ending: str, kind: str, made: Callable[[Answer], bytes]) -> Response:
    """A settled answer as a file: what may still change is not worth keeping."""
    name = gateway.name(_link())
    answer = _settled(gateway, name)
    if answer is None or not answer.settled:
        far = f" ({status(answer)})" if answer else ""
        return reply({"fault": f"This is still being worked out{far}. Try again in a moment."}, 409)
    return attached(made(answer), kind, _file_name(gateway.state(name), ending))


def _settled(gateway: Gateway, name: str) -> Answer | None:
    """The answer as far as it comes in a few seconds."""
    until, answer = monotonic() + WAIT, gateway.answer(name)
    while (answer is None or not answer.settled) and (left := until - monotonic()) > 0:
        if gateway.ask(name, WHO, answer.done if answer else 0, left).status not in ("ready", "working"):
            break
        answer = gateway.answer(name)
    return answer


def _link() -> str:
    return request.query_string.decode("ascii", "replace")


def _file_name(now: state.State, ending: str) -> str:
    """Of words that the catalogue knows, so that nothing strange gets into a header."""
    changed = "-changed" if now.settings else ""
    return f"upstream-{now.place}-{now.plan}{changed}.{ending}"
