"""The addresses of workshops."""

from __future__ import annotations

from flask import Flask

from dashboard.workshop.serving.exports import Exports
from dashboard.workshop.serving.hub import Hub, for_script
from dashboard.workshop.serving.pages import Pages, for_people
from dashboard.workshop.serving.posts import Posts

ADDRESS = "/workshop"


def register(server: Flask, hub: Hub) -> None:
    """Let the server hold workshops."""
    pages, posts, exports, one = Pages(hub), Posts(hub), Exports(hub), f"{ADDRESS}/<code>"
    for rule, method, page in (
        (ADDRESS, "GET", pages.start),
        (f"{ADDRESS}/join", "POST", pages.join),
        (f"{ADDRESS}/make", "POST", pages.make),
        (f"{ADDRESS}/lead/<token>", "GET", pages.lead),
        (f"{ADDRESS}/host/<token>", "GET", pages.host),
        (one, "GET", pages.seat),
        (f"{one}/back/<letters>", "GET", pages.back),
        (f"{one}/board", "GET", pages.board),
        (f"{one}/console", "GET", pages.console),
        (f"{one}/sheet", "GET", pages.sheet),
        (f"{one}/sheet/<team>", "GET", pages.sheet),
        (f"{one}/qr.svg", "GET", pages.qr),
        (f"{one}/session.json", "GET", exports.session),
        (f"{one}/results.json", "GET", exports.results),
        (f"{one}/commitments.csv", "GET", exports.commitments),
    ):
        server.add_url_rule(rule, f"workshop_{rule}", for_people(pages, page), methods=[method])
    for rule, method, answer in (
        (f"{one}/look", "GET", posts.look),
        (f"{one}/act", "POST", posts.act),
        (f"{one}/clock", "POST", posts.clock),
        (f"{one}/seat-link", "POST", posts.seat_link),
        (f"{one}/lead-link", "POST", posts.lead_link),
        (f"{one}/delete", "POST", posts.delete),
    ):
        server.add_url_rule(rule, f"workshop_{rule}", for_script(hub, answer), methods=[method])
