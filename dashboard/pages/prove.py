"""Prove it: published cases, run before the reader's eyes. A plain page: one script, no charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dash import html
from flask import Flask, request

from dashboard.components.navigation import navigation
from dashboard.components.proofs import case
from dashboard.enquiries import Gateway
from dashboard.findings import CaseFound, FitFound, Listed
from dashboard.html_text import to_html
from dashboard.wording import lowered

ADDRESS = "/prove-it"
SCRIPT = "prove.js"
STYLES = ("page.css", "views.css")
LATER = ("jobs.js", SCRIPT)
ASSETS = Path(__file__).parents[1] / "assets"
FRAME = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Prove it \u00b7 Upstream</title>
    <link rel="icon" href="/_favicon.ico">
    {head}
  </head>
  <body>{page}</body>
</html>
"""
PROVES = (
    "A model earns trust where somebody else\u2019s answer is known. Each case below is a published example or a law "
    "of queueing: its inputs go into the same engine that runs the levers, and every figure is set beside the one "
    "published. Press Run, and see for yourself."
)
DOES_NOT = (
    "A pass says that the engine moves people, queues and beds as it should. It does not say that the numbers for your "
    "place are right, nor that a plan will work: for that see the evidence beside each lever, and what follows if the "
    "numbers themselves are wrong."
)
READ = (
    "Expected figures are published at the source, exact from a closed form, re-run by an independent simulation, or "
    "derived from a published claim. Found is the mean over replications, \u00b1 half of its 95 % interval; s.e. is "
    "a standard error. "
)
DIFFERS = (
    "\u201cDiffers\u201d means that we find another figure than the one published, know why, and say so; the "
    "figure found must then be the one that the reason leads to."
)
OWN = "A case of your own is two files, a network and what is expected of it; put beside the others it appears here."


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page."""

    @server.get(ADDRESS)
    def prove_it() -> str:
        link = gateway.name(request.query_string.decode("utf-8", "replace"))
        return page(gateway, link)


def page(gateway: Gateway, link: str) -> str:
    """The page as HTML; cases that somebody ran since the server started show their results."""
    listed = gateway.studies.cases()
    shown = layout(listed, {each.id: known(gateway, each) for each in listed}, gateway.studies.fit(), link)
    head = [
        *(f'<link rel="stylesheet" href="{_asset(name)}">' for name in STYLES),
        f'<script src="{_asset("bar.js")}"></script>',
        *(f'<script src="{_asset(name)}" defer></script>' for name in LATER),
    ]
    return FRAME.format(head="".join(head), page=to_html(shown, whole_page=True))


def _asset(name: str) -> str:
    """The address of a file, which changes with the file, so that browsers may keep it."""
    return f"/assets/{name}?m={(ASSETS / name).stat().st_mtime}"


def known(gateway: Gateway, listed: Listed) -> CaseFound | None:
    """The result of a case, if it was run already as its file stands now."""
    named = None if listed.faults else gateway.studies.prove(listed.id)
    progress = gateway.jobs.known(named.name) if named else None
    return progress.result if progress and isinstance(progress.result, CaseFound) else None


def layout(listed: Sequence[Listed], found: dict[str, CaseFound | None], fit: FitFound | None, link: str) -> html.Div:
    """Bar, what this is, the buttons, every case, and the base year."""
    cases = html.Div([case(each, found[each.id]) for each in listed], id="cases", className="cases", tabIndex=-1)
    parts = [
        html.H2("Prove it", className="view-title"),
        *(html.P(words, className="view-says") for words in (PROVES, DOES_NOT)),
        _controls(listed),
        html.P(READ + DIFFERS, className="view-note"),
        cases,
        html.P(OWN, className="view-note"),
        *base_year(fit),
    ]
    skip = html.A("Skip to the cases", href="#cases", className="skip")
    return html.Div([skip, _bar(link), html.Main(parts, className="view")], className="page is-plain")


def base_year(fit: FitFound | None) -> list[html.H2 | html.P]:
    """How the model, with its fitted numbers, meets the year it begins with."""
    heading = html.H2("And the year it begins with?", className="view-title")
    if fit is None:
        return [heading, html.P("No fit to a base year is stored.", className="view-says")]
    words = (
        f"What no source gives was fitted to how England looked in 2015/16. Of {fit.fitted} published totals that were "
        f"fitted to, {fit.within} are met within their tolerance; the one furthest off, "
        f"\u201c{lowered(fit.worst)}\u201d, is off by {fit.furthest:.1f} of its tolerance. Simulated, {fit.inside} of "
        f"{fit.simulated} lie in their published range. Made on {fit.on}."
    )
    honest = (
        "Meeting what one was fitted to is the least a model can do, and no proof that it foresees anything. What was "
        "fitted, to what, and what does not fit is told in docs/explanation/calibration.md."
    )
    return [heading, html.P(words, className="view-says"), html.P(honest, className="view-note")]


def _bar(link: str) -> html.Header:
    theme = html.Button("Dark", id="theme-button", type="button", className="bar-button")
    return html.Header(
        [html.H1("Upstream", className="brand"), navigation("prove", link), html.Div(className="bar-space"), theme],
        className="bar",
    )


def _controls(listed: Sequence[Listed]) -> html.Div:
    figures = sum(each.figures for each in listed)
    parts: list[Any] = [
        html.Button(f"Run all {len(listed)} cases", id="run-all", type="button", className="button is-main"),
        html.Button("Stop", id="stop", type="button", className="button", disabled=True),
        html.P(f"{figures} figures in {len(listed)} cases", id="tally", className="tally"),
        html.P("", id="prove-status", className="job-words", role="status"),
        html.Div(html.Div(className="job-bar-fill"), id="prove-bar", className="job-bar", hidden=True),
    ]
    return html.Div(parts, className="prove-controls")
