"""The addresses of downloads: the link of the page goes in, a file comes out."""

from __future__ import annotations

from collections.abc import Callable
from gzip import decompress

from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.downloads import reporting
from dashboard.downloads.asked import file_name, link_asked, of_answer
from dashboard.downloads.sheets import results, workbook_sheets
from dashboard.downloads.writing import csv_bytes, excel_bytes
from dashboard.facts.answers import Answer
from dashboard.link.state import full
from dashboard.link.titles import title
from dashboard.shelf.exchange import Exchange
from dashboard.shelf.kept import clean_name, clean_note
from dashboard.shelf.routes import attached, reply
from dashboard.shelf.trouble import RefusedError
from dashboard.wording.language import _

ADDRESS = "/download"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(server: Flask, gateway: Gateway, exchange: Callable[[], Exchange]) -> None:
    """Let the server give files away."""
    reporting.register(server, gateway, exchange)

    @server.get(f"{ADDRESS}/csv")
    def download_csv() -> Response:
        return of_answer(gateway, "csv", "text/csv", lambda answer: csv_bytes(results(answer, gateway.catalogue)))

    @server.get(f"{ADDRESS}/xlsx")
    def download_xlsx() -> Response:
        def workbook(answer: Answer) -> bytes:
            sheets = workbook_sheets(answer, gateway.catalogue, exchange().model())
            return excel_bytes(sheets.values(), f"{answer.place.name}: {answer.plan}")

        return of_answer(gateway, "xlsx", EXCEL, workbook)

    @server.get(f"{ADDRESS}/yaml")
    def download_yaml() -> Response:
        now, catalogue = gateway.state(link_asked()), gateway.catalogue
        try:
            name = clean_name(request.args.get("name") or catalogue.plans[now.plan].title)
            note = clean_note(request.args.get("note"))
        except RefusedError as error:
            return reply({"fault": str(error)}, 400)
        text = exchange().write(now, catalogue, name, note)
        return attached(text.encode(), "application/yaml", file_name(now, "yaml"))

    @server.get(f"{ADDRESS}/events")
    def download_events() -> Response:
        """The event log, once its job has made it."""
        name = gateway.name(link_asked())
        progress = gateway.jobs.known(gateway.studies.events(gateway.task(name)).name)
        if progress is None or not isinstance(progress.result, bytes):
            return reply({"fault": _("The event log is not there yet. Make it under Share on the page.")}, 404)
        ending = "events.csv"
        return attached(decompress(progress.result), "text/csv", file_name(gateway.state(name), ending))

    @server.get(f"{ADDRESS}/about")
    def download_about() -> Response:
        """What the question is called, and its link with nothing left to defaults, for whoever names a file."""
        now, spoken = gateway.state(link_asked()), gateway.catalogue
        also = {"place": spoken.places[now.place].name, "plan": spoken.plans[now.plan].title}
        name = file_name(now, "").rstrip(".")
        about = {"title": title(now, spoken), "link": full(now), "model": exchange().model(), "file": name}
        return reply(about | also)
