"""What it takes: what must be true, the transition fund, the right amount of delay, the best mix. A plain page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from dash import html
from flask import Flask, request

from dashboard.answering.enquiries import Gateway
from dashboard.answering.studies import Named
from dashboard.components.searched import result, searched_shown
from dashboard.components.takes_terms import controls, tabs
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.searched import Searched
from dashboard.facts.sought import MIXES
from dashboard.link import state
from dashboard.link.takes import Wanted, needs_a_plan, read, write
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _, along, mark

ADDRESS = "/what-it-takes"
SCRIPTS = ("terms.js", "takes.js")
STYLES = ("stress.css", "takes.css")
"""Of this page, besides those of all."""

NONE_YET = mark("Nothing has been worked out for these terms yet. Press the button; it takes up to a minute or two.")

NO_PLAN = mark("Take a plan first: then it can be asked.")


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def what_it_takes() -> str:
        return page(gateway, _wanted(gateway, request.query_string.decode("utf-8", "replace")))


def _wanted(gateway: Gateway, link: str) -> Wanted:
    return read(link, gateway.catalogue, gateway.studies.terms())


def page(gateway: Gateway, wanted: Wanted) -> str:
    """The page as HTML; what somebody worked out since the server started stands there at once."""
    link = state.write(wanted.question, gateway.catalogue)
    found = gateway.jobs.known(named(gateway, wanted).name)
    done = found.result if found and isinstance(found.result, get_args(Searched)) else None
    body = plain_body("takes", link, parts(gateway, wanted, done), skip=(_("Skip to the results"), "takes-result"))
    return plain_page(_("What it takes"), body, styles=STYLES, scripts=("jobs.js", *SCRIPTS))


def named(gateway: Gateway, wanted: Wanted) -> Named:
    """The work for what is wanted."""
    return gateway.studies.search(gateway.task(state.write(wanted.question, gateway.catalogue)), wanted.sought)


def work(gateway: Gateway, body: Mapping[str, Any]) -> Named | None:
    """The work for what a page sent: its address, whatever stands in it."""
    link = body.get("link")
    return named(gateway, _wanted(gateway, link)) if isinstance(link, str) else None


def shown(gateway: Gateway, body: Mapping[str, Any], found: Any) -> dict[str, Any]:
    """A result for the page, and the one link that stands for what was asked."""
    asked, catalogue = body.get("link"), gateway.catalogue
    wanted = _wanted(gateway, asked if isinstance(asked, str) else "")
    link = along(write(wanted, catalogue, gateway.studies.terms()))
    return searched_shown(found, wanted, catalogue) | {"link": link}


def parts(gateway: Gateway, wanted: Wanted, found: Searched | None) -> Sequence[Any]:
    """Heading, questions, terms, button, and what was found."""
    catalogue, terms = gateway.catalogue, gateway.studies.terms()
    counts = {word: gateway.studies.mixes(word) for word in MIXES}
    none = _(NO_PLAN) if needs_a_plan(wanted, catalogue) else _(NONE_YET)
    what = result(found, wanted, catalogue) if found else [html.P(none, className="view-note")]
    place = html.Span(_place(wanted, catalogue), className="stress-place")
    return [
        html.H2([_("What it takes"), place], className="view-title"),
        tabs(wanted, catalogue, terms, ADDRESS),
        html.Div([html.P(each) for each in wanted.notices], id="takes-notices", className="notice", role="status"),
        controls(wanted, catalogue, terms, ADDRESS, counts),
        _asking(wanted, catalogue),
        html.H2(_("Results"), id="takes-heading", className="only-heard"),
        html.Section(
            what,
            id="takes-result",
            className="stress-result takes-result",
            tabIndex=-1,
            **{"aria-labelledby": "takes-heading"} | ({"data-found": "yes"} if found else {}),
        ),
    ]


def _place(wanted: Wanted, catalogue: Catalogue) -> str:
    now = wanted.question
    first, last = (_year(catalogue.begins + years) for years in (0, now.years - 1))
    return _("{place}, {first} to {last}", place=catalogue.places[now.place].name, first=first, last=last)


def _year(begins: int) -> str:
    return f"{begins}/{(begins + 1) % 100:02d}"


def _asking(wanted: Wanted, catalogue: Catalogue) -> html.Div:
    """The button, and how far it has come."""
    idle = needs_a_plan(wanted, catalogue)
    query = along(state.write(wanted.question, catalogue))
    plain = "&".join(part for part in (query, f"find={wanted.sought.ask}") if part)
    return html.Div(
        [
            html.Button(_("Work it out"), id="takes-ask", type="button", className="button is-main", disabled=idle),
            html.Button(_("Stop"), id="takes-stop", type="button", className="button", disabled=True),
            html.A(_("All terms as shipped"), href=f"{ADDRESS}?{plain}"),
            html.P("", id="takes-status", className="job-words", role="status"),
            html.Div(html.Div(className="job-bar-fill"), id="takes-bar", className="job-bar", hidden=True),
        ],
        className="stress-asking",
        **{"data-link": query, **({"data-idle": "yes"} if idle else {})},
    )
