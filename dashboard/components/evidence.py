"""The evidence card of a lever: what each number behind it is, where it comes from, how good it is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard import ids
from dashboard.facts.levers import Evidence, Lever

CONFIDENCE = {
    "high": "high confidence",
    "medium": "medium confidence",
    "low": "low confidence: a working assumption",
}


def evidence_button(lever: Lever) -> html.Button:
    """A dot, fuller the better the evidence, that opens the card."""
    confidence = lever.evidence[0].confidence if lever.evidence else "low"
    return dot(lever.label, lever.path, confidence)


def dot(label: str, name: str, confidence: str) -> html.Button:
    """A dot that opens the card of this name."""
    return html.Button(
        html.Span(className=f"dot {confidence}", **{"aria-hidden": "true"}),
        type="button",
        className="icon-button evidence-button",
        title="Where this comes from",
        **{
            "aria-label": f"Evidence for {label}: {CONFIDENCE[confidence]}",
            "aria-haspopup": "dialog",
            "data-evidence": name,
        },
    )


def evidence_dialog() -> html.Dialog:
    """Where one card at a time is shown: a dialog of the browser itself, which keeps and returns the focus."""
    close = html.Button("Close", type="button", className="text-button", **{"data-close": "evidence"})
    content = html.Div(id=ids.EVIDENCE_CONTENT, className="evidence-scroll", tabIndex=0)
    return html.Dialog([close, content], id=ids.EVIDENCE, className="evidence-card", **{"aria-label": "Evidence"})


def card(title: str, says: str, evidence: Sequence[Evidence]) -> html.Div:
    """What it is, then each number behind it."""
    return html.Div(
        [
            html.H2(title, className="evidence-title"),
            html.P(says, className="evidence-help"),
            *(_witness(each) for each in evidence),
        ]
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
