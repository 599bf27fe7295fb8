"""The addresses of the report: as a page, as one file of HTML, and as a file for Word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.downloads.asked import link_asked, not_yet, of_answer, settled
from dashboard.downloads.word import word_bytes
from dashboard.facts.answers import Answer
from dashboard.facts.findings import Doubted
from dashboard.link.state import State
from dashboard.link.titles import title
from dashboard.pages import report
from dashboard.pages.report import Made
from dashboard.server.working import draws_asked
from dashboard.shelf.exchange import Exchange
from dashboard.wording.language import tag

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAWS = ("many", "usual")
"""How often a question may have been asked with other numbers; the best first."""


def register(server: Flask, gateway: Gateway, exchange: Callable[[], Exchange]) -> None:
    """Let the server make reports."""

    def made(now: State, name: str) -> Made:
        text = exchange().write(now, gateway.catalogue, title(now, gateway.catalogue), "")
        day = datetime.now(UTC).date()
        return Made(exchange().model(), day, request.host_url, text, known_doubts(gateway, name))

    def parts(answer: Answer) -> tuple[State, Made]:
        now = gateway.state(answer.name)
        return now, made(now, answer.name)

    @server.get(report.ADDRESS)
    def report_page() -> Response:
        name = gateway.name(link_asked())
        answer = settled(gateway, name)
        if answer is None or not answer.settled:
            return Response(report.waiting(not_yet(answer), name), 202, mimetype="text/html")
        now, how = parts(answer)
        return Response(report.page(answer, now, gateway.catalogue, how, name), mimetype="text/html")

    @server.get("/download/html")
    def download_html() -> Response:
        def file(answer: Answer) -> bytes:
            now, how = parts(answer)
            return report.saved(answer, now, gateway.catalogue, how).encode()

        return of_answer(gateway, "html", "text/html", file)

    @server.get("/download/docx")
    def download_docx() -> Response:
        def file(answer: Answer) -> bytes:
            now, how = parts(answer)
            whole = report.report(answer, now, gateway.catalogue, how)
            return word_bytes(whole, title(now, gateway.catalogue), how, tag())

        return of_answer(gateway, "docx", WORD, file)


def known_doubts(gateway: Gateway, name: str) -> Doubted | None:
    """How sure the answer is, if that was worked out since the server started."""
    for draws in filter(None, map(draws_asked, DRAWS)):
        progress = gateway.jobs.known(gateway.studies.doubt(gateway.task(name), draws).name)
        if progress and isinstance(progress.result, Doubted):
            return progress.result
    return None
