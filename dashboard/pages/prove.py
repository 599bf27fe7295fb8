"""Prove it: published cases, run before the reader's eyes, and the past beside the model. A plain page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from dash import html
from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.past import past_section
from dashboard.components.proofs import case
from dashboard.facts.findings import CaseFound, FitFound, Listed
from dashboard.facts.past import Past
from dashboard.figures.graph import config
from dashboard.figures.past import past_chart
from dashboard.pages.plain import plain_body, plain_page
from dashboard.theme import theme_of
from dashboard.wording.language import _, day_in_words, mark
from dashboard.wording.numbers import lowered

ADDRESS = "/prove-it"
CHARTS = f"{ADDRESS}/past"
SCRIPTS = ("prove.js", "past.js")
"""Of this page alone."""

PARTS = (
    ("cases", mark("published cases")),
    ("past", mark("does it reproduce the past?")),
    ("base-year", mark("and the year it begins with?")),
)
PROVES = mark(
    "A model earns trust where somebody else\u2019s answer is known. Each case below is a published example or a law "
    "of queueing: its inputs go into the same engine that runs the levers, and every figure is set beside the one "
    "published. Press Run, and see for yourself."
)
DOES_NOT = mark(
    "A pass says that the engine moves people, queues and beds as it should. It does not say that the numbers for your "
    "place are right, nor that a plan will work: for that see the evidence beside each lever, and what follows if the "
    "numbers themselves are wrong."
)
READ = mark(
    "Expected figures are published at the source, exact from a closed form, re-run by an independent simulation, or "
    "derived from a published claim. Found is the mean over replications, \u00b1 half of its 95% interval. How far it "
    "may be off was set before, often as three standard errors: chance alone takes a mean of so many replications "
    "further than that about three times in a thousand."
)
DIFFERS = mark(
    "\u201cDiffers\u201d means that we find another figure than the one published, know why, and say so; the "
    "figure found must then be the one that the reason leads to."
)
OWN = mark(
    "A case of your own is two files, a network and what is expected of it; put beside the others it appears here."
)


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def prove_it() -> str:
        link = gateway.name(request.query_string.decode("utf-8", "replace"))
        return page(gateway, link)

    @server.get(CHARTS)
    def past_charts() -> Response:
        figures = charts(gateway.studies.past(), request.args.get("theme"))
        return Response(orjson.dumps({"config": config(), "figures": figures}), mimetype="application/json")


def charts(past: Past | None, theme: object) -> dict[str, Any]:
    """A figure for each series of the back-test, all over the same years."""
    if past is None or not past.series:
        return {}
    years = [int(year.begins) for series in past.series for year in series.years]
    look = theme_of(theme)
    return {each.id: past_chart(each, min(years), max(years), look) for each in past.series}


def page(gateway: Gateway, link: str) -> str:
    """The page as HTML; cases that somebody ran since the server started show their results."""
    studies, listed = gateway.studies, gateway.studies.cases()
    stored = [past_section(studies.past()), *base_year(studies.fit())]
    shown = layout(listed, {each.id: known(gateway, each) for each in listed}, stored, link)
    return plain_page(_("Prove it"), shown, styles=("past.css",), scripts=("jobs.js", *SCRIPTS))


def known(gateway: Gateway, listed: Listed) -> CaseFound | None:
    """The result of a case, if it was run already as its file stands now."""
    named = None if listed.faults else gateway.studies.prove(listed.id)
    progress = gateway.jobs.known(named.name) if named else None
    return progress.result if progress and isinstance(progress.result, CaseFound) else None


def layout(listed: Sequence[Listed], found: dict[str, CaseFound | None], stored: Sequence[Any], link: str) -> html.Div:
    """Bar, what this is, the buttons, every case; then what is stored: the past, and the base year."""
    cases = html.Div([case(each, found[each.id]) for each in listed], id="cases", className="cases", tabIndex=-1)
    parts = [
        html.H2(_("Prove it"), className="view-title"),
        _contents(),
        *(html.P(_(words), className="view-says") for words in (PROVES, DOES_NOT)),
        html.Div(
            [
                _controls(listed),
                html.P(f"{_(READ)} {_(DIFFERS)}", className="view-note"),
                cases,
                html.P(_(OWN), className="view-note"),
            ]
        ),
        *stored,
    ]
    return plain_body("prove", link, parts, skip=(_("Skip to the cases"), "cases"))


def _contents() -> html.Nav:
    """Ways to the parts of the page."""
    ways = [html.A(_(words), href=f"#{where}") for where, words in PARTS]
    return html.Nav([html.Span(_("On this page:")), *ways], className="contents", **{"aria-label": _("On this page")})


def base_year(fit: FitFound | None) -> list[html.H2 | html.P]:
    """How the model, with its fitted numbers, meets the year it begins with."""
    heading = html.H2(_("And the year it begins with?"), className="view-title", id="base-year")
    if fit is None:
        return [heading, html.P(_("No fit to a base year is stored."), className="view-says")]
    words = _(
        "What no source gives was fitted to how England looked in 2015/16. Of {fitted} published totals that were "
        "fitted to, {within} are met within their tolerance; the one furthest off, \u201c{worst}\u201d, is off by "
        "{furthest} of its tolerance. Simulated, {inside} of {simulated} lie in their published range. Made on {on}.",
        fitted=fit.fitted,
        within=fit.within,
        worst=lowered(fit.worst),
        furthest=f"{fit.furthest:.1f}",
        inside=fit.inside,
        simulated=fit.simulated,
        on=day_in_words(fit.on),
    )
    honest = _(
        "Meeting what one was fitted to is the least a model can do, and no proof that it foresees anything. What was "
        "fitted, to what, and what does not fit is told in docs/explanation/calibration.md."
    )
    return [heading, html.P(words, className="view-says"), html.P(honest, className="view-note")]


def _controls(listed: Sequence[Listed]) -> html.Div:
    figures = sum(each.figures for each in listed)
    parts: list[Any] = [
        html.Button(
            _("Run all {count} cases", count=len(listed)), id="run-all", type="button", className="button is-main"
        ),
        html.Button(_("Stop"), id="stop", type="button", className="button", disabled=True),
        html.P(
            _("{figures} figures in {cases} cases", figures=figures, cases=len(listed)), id="tally", className="tally"
        ),
        html.P("", id="prove-status", className="job-words", role="status"),
        html.Div(html.Div(className="job-bar-fill"), id="prove-bar", className="job-bar", hidden=True),
    ]
    return html.Div(parts, className="prove-controls")
