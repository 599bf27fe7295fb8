"""Watch: people of one locality moving through sixty days, doing nothing and with the plan. A plain page."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from flask import Flask, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.watched import NOTHING, PLAN, key
from dashboard.facts.catalogue import Catalogue
from dashboard.link.state import State
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _, mark

ADDRESS = "/watch"
SCRIPTS = ("scene.js", "watch.js")
"""Of this page alone."""

STYLES = ("watch.css",)
SAYS = mark(
    "People of one locality, day by day: they wait for a bed, take it, leave it, or are held in it because the place "
    "they should go to is full. Above, nothing is done; below is your plan, with the same people and the same chance."
)
SPEEDS = (("0.5", mark("Half a day a second")), ("1", mark("A day a second")), ("2", mark("2 days a second")),
          ("4", mark("4 days a second")))  # fmt: skip
USUAL_SPEED = "2"


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def watch() -> str:
        link = gateway.name(request.query_string.decode("utf-8", "replace"))
        return page(gateway.state(link), gateway.catalogue, link)


def page(state: State, catalogue: Catalogue, link: str) -> str:
    """The page as HTML; what there is to watch is a job that its script asks for."""
    body = plain_body("watch", link, parts(state, catalogue, link), skip=(_("Skip to the drawing"), "player"))
    return plain_page(_("Watch"), body, styles=STYLES, scripts=("jobs.js", *SCRIPTS))


def parts(state: State, catalogue: Catalogue, link: str) -> Sequence[html.H2 | html.P | html.Div | html.Details]:
    """Heading, which days, the player, and the days in numbers."""
    place, plan = catalogue.places[state.place].name, catalogue.plans[state.plan].title
    return [
        html.H2([_("Watch"), html.Span(f"{place} \u00b7 {_(plan)}", className="watch-place")], className="view-title"),
        html.P(_(SAYS), className="view-says"),
        _which(state, catalogue, link),
        _player(),
        html.Div("", id="watch-says"),
        html.Details(
            [html.Summary(_("The days in numbers")), html.Div("", id="watch-table")], className="behind", id="numbers"
        ),
    ]


def _which(state: State, catalogue: Catalogue, link: str) -> html.Div:
    """The choice of days, and how far the work has come."""
    years = [
        html.Option(f"{begins}/{(begins + 1) % 100:02d}", value=str(number), selected=number == state.years - 1)
        for number, begins in enumerate(range(catalogue.begins, catalogue.begins + state.years))
    ]
    return html.Div(
        [
            html.Label([_("Year"), html.Select(years, id="watch-year")], className="watch-choice"),
            html.Label([_("Sixty days from"), html.Select([], id="watch-month")], className="watch-choice"),
            html.Button(_("Show these days"), id="watch-ask", type="button", className="button is-main"),
            html.Button(_("Stop"), id="watch-stop", type="button", className="button", disabled=True),
            html.P("", id="watch-status", className="job-words", role="status"),
            html.Div(html.Div(className="job-bar-fill"), id="watch-bar", className="job-bar", hidden=True),
        ],
        className="watch-which",
        **{"data-link": link},
    )


def _player() -> html.Div:
    """The drawings and what moves them; hidden until there is something to watch."""
    still = _("Your system asks for less motion: each day is shown as a still.")
    keys = _(
        "Keys: space plays and pauses, left and right arrow go a day back and on, Home and End to the first and last."
    )
    return html.Div(
        [
            html.Div(
                [
                    html.Button(_("Play"), id="watch-play", type="button", className="button is-main"),
                    html.Button(_("Day back"), id="watch-back", type="button", className="button"),
                    html.Button(_("Day on"), id="watch-on", type="button", className="button"),
                    html.Label([html.Span(_("Speed"), className="only-heard"), _speed()], id="watch-speeds"),
                    html.Label([html.Span(_("Day"), className="only-heard"), _scrub()], className="watch-scrub"),
                    html.P("", id="watch-day", className="watch-day"),
                ],
                className="watch-controls",
            ),
            html.P(still, id="watch-still", className="view-note", hidden=True),
            _world("nothing", _(NOTHING)),
            _world("plan", _(PLAN)),
            key(),
            html.P(keys, className="view-note"),
            html.P("", id="watch-live", className="only-heard", role="status", **{"aria-live": "polite"}),
        ],
        id="player",
        className="watch-player",
        tabIndex=-1,
        hidden=True,
        role="group",
        **{"aria-label": _("People moving, day by day")},
    )


def _speed() -> html.Select:
    options = [html.Option(_(words), value=value, selected=value == USUAL_SPEED) for value, words in SPEEDS]
    return html.Select(options, id="watch-speed")


def _scrub() -> html.Div:
    # Dash knows no range that is given its bounds as HTML has them; the script makes it
    return html.Div("", id="watch-range")


def _world(name: str, title: str) -> html.Section:
    heading = f"watch-{name}-title"
    return html.Section(
        [
            html.H3(title, id=heading),
            html.P("", id=f"watch-{name}-now", className="watch-now"),
            html.Canvas(
                "",
                id=f"watch-{name}-drawing",
                className="watch-drawing",
                role="img",
                **{"aria-labelledby": heading, "aria-describedby": f"watch-{name}-now"},
            ),
        ],
        id=f"watch-{name}",
        className="watch-world",
        **{"aria-labelledby": heading},
    )
