"""Stress test: the plan of the page, doing nothing and other plans in many futures. A plain page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from flask import Flask, request

from dashboard.answering.enquiries import Gateway
from dashboard.answering.studies import Named
from dashboard.components.stress_terms import choices, controls
from dashboard.components.stressed import result, stressed_shown
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.stress import Stressed, Terms
from dashboard.link import state
from dashboard.link.stress import Wanted, read, states, write
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _, along, mark

ADDRESS = "/stress-test"
SCRIPTS = ("terms.js", "stress.js")
"""Of this page alone."""

STYLES = ("stress.css",)
SAYS = mark(
    "In how many futures does a plan stay bearable, and what breaks it? In each future every number that nobody knows "
    "exactly is drawn anew, and each shock happens or does not. All plans are tried in the same futures, with the same "
    "people."
)
NONE_YET = mark("Nothing has been worked out for these terms yet. Press the button; it takes a minute or two.")


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def stress_test() -> str:
        wanted = read(request.query_string.decode("utf-8", "replace"), gateway.catalogue, gateway.studies.terms())
        return page(gateway, wanted)


def page(gateway: Gateway, wanted: Wanted) -> str:
    """The page as HTML; what somebody worked out since the server started stands there at once."""
    link = state.write(wanted.question, gateway.catalogue)
    found = gateway.jobs.known(named(gateway, wanted).name)
    done = found.result if found and isinstance(found.result, Stressed) else None
    body = plain_body("stress", link, parts(gateway, wanted, done), skip=(_("Skip to the results"), "stress-result"))
    return plain_page(_("Stress test"), body, styles=STYLES, scripts=("jobs.js", *SCRIPTS))


def named(gateway: Gateway, wanted: Wanted) -> Named:
    """The work for what is wanted."""
    tasks = [gateway.task(state.write(each, gateway.catalogue)) for each in states(wanted, gateway.catalogue)]
    return gateway.studies.stress(tasks, wanted.trial)


def work(gateway: Gateway, body: Mapping[str, Any]) -> Named | None:
    """The work for what a page sent: its address, whatever stands in it."""
    link = body.get("link")
    if not isinstance(link, str):
        return None
    return named(gateway, read(link, gateway.catalogue, gateway.studies.terms()))


def shown(gateway: Gateway, body: Mapping[str, Any], found: Any) -> dict[str, Any]:
    """A result for the page, and the one link that stands for what was asked."""
    terms, asked = gateway.studies.terms(), body.get("link")
    wanted = read(asked if isinstance(asked, str) else "", gateway.catalogue, terms)
    return stressed_shown(found, gateway.catalogue) | {"link": along(write(wanted, gateway.catalogue, terms))}


def parts(gateway: Gateway, wanted: Wanted, found: Stressed | None) -> Sequence[Any]:
    """Heading, terms, button, and what was found."""
    catalogue, terms = gateway.catalogue, gateway.studies.terms()
    question = along(state.write(wanted.question, catalogue))
    usual = html.A(_("All terms as shipped"), href=f"{ADDRESS}?{question}" if question else ADDRESS)
    what = result(found, catalogue) if found else [html.P(_(NONE_YET), className="view-note")]
    return [
        html.H2(
            [_("Stress test"), html.Span(_place(wanted, catalogue), className="stress-place")], className="view-title"
        ),
        html.P(_(SAYS), className="view-says"),
        html.Div([html.P(each) for each in wanted.notices], id="stress-notices", className="notice", role="status"),
        controls(wanted, catalogue, terms),
        _asking(wanted, terms, question, usual),
        html.H2(_("Results"), id="stress-heading", className="only-heard"),
        html.Section(
            what, id="stress-result", className="stress-result", tabIndex=-1, **{"aria-labelledby": "stress-heading"}
        ),
    ]


def _place(wanted: Wanted, catalogue: Catalogue) -> str:
    now = wanted.question
    years = f"{catalogue.begins}/{(catalogue.begins + 1) % 100:02d}"
    last = catalogue.begins + now.years - 1
    return _(
        "{place}, {first} to {last}",
        place=catalogue.places[now.place].name,
        first=years,
        last=f"{last}/{(last + 1) % 100:02d}",
    )


def _asking(wanted: Wanted, terms: Terms, question: str, usual: html.A) -> html.Div:
    """How many futures, the button, and how far it has come."""
    return html.Div(
        [
            *choices(wanted, terms),
            html.Button(_("Try these futures"), id="stress-ask", type="button", className="button is-main"),
            html.Button(_("Stop"), id="stress-stop", type="button", className="button", disabled=True),
            usual,
            html.P("", id="stress-status", className="job-words", role="status"),
            html.Div(html.Div(className="job-bar-fill"), id="stress-bar", className="job-bar", hidden=True),
        ],
        className="stress-asking",
        **{"data-link": question},
    )
