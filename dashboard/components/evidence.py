"""The evidence card of a lever: what each number behind it is, where it comes from, how good it is."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard.answers import Evidence, Lever

CONFIDENCE = {
    "high": "high confidence",
    "medium": "medium confidence",
    "low": "low confidence: a working assumption",
}


def evidence_button(lever: Lever) -> dmc.Popover:
    """A dot, fuller the better the evidence, that opens the card."""
    confidence = lever.evidence[0].confidence if lever.evidence else "low"
    dot = html.Button(
        html.Span(className=f"dot {confidence}", **{"aria-hidden": "true"}),
        type="button",
        className="icon-button",
        title="Where this comes from",
        **{"aria-label": f"Evidence for {lever.label}: {CONFIDENCE[confidence]}"},
    )
    return dmc.Popover(
        [dmc.PopoverTarget(dot), dmc.PopoverDropdown(card(lever), className="evidence-card")],
        width=340,
        position="right-start",
        withArrow=True,
        shadow="md",
        trapFocus=True,
        returnFocus=True,
        withinPortal=True,
    )


def card(lever: Lever) -> html.Div:
    """Help, then each number behind the lever."""
    return html.Div(
        [
            html.H4(lever.label, className="evidence-title"),
            html.P(lever.help, className="evidence-help"),
            *(_witness(each) for each in lever.evidence),
        ],
        tabIndex=0,
        className="evidence-scroll",
    )


def _witness(evidence: Evidence) -> html.Div:
    rows = (
        ("Value", f"{evidence.value} {evidence.unit}".strip()),
        ("Range", evidence.range),
        ("Source", evidence.source.replace("_", " ")),
        ("Where", evidence.where),
        ("Evidence", CONFIDENCE[evidence.confidence]),
        ("Place", evidence.place),
        ("Note", evidence.note),
    )
    terms = [part for term, words in rows if words for part in (html.Dt(term), html.Dd(words))]
    return html.Div([html.P(evidence.says, className="evidence-says"), html.Dl(terms)], className="evidence-one")
