"""The evidence card of a lever: what each number behind it is, where it comes from, how good it is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard import ids
from dashboard.facts.levers import Evidence, Lever
from dashboard.wording.language import ENGLISH, _, mark, spoken

CONFIDENCE = {
    "high": mark("high confidence"),
    "medium": mark("medium confidence"),
    "low": mark("low confidence: a working assumption"),
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
        title=_("Where this comes from"),
        **{
            "aria-label": _("Evidence for {label}: {confidence}", label=label, confidence=_(CONFIDENCE[confidence])),
            "aria-haspopup": "dialog",
            "data-evidence": name,
        },
    )


def evidence_dialog() -> html.Dialog:
    """Where one card at a time is shown: a dialog of the browser itself, which keeps and returns the focus."""
    close = html.Button(_("Close"), type="button", className="text-button", **{"data-close": "evidence"})
    content = html.Div(id=ids.EVIDENCE_CONTENT, className="evidence-scroll", tabIndex=0)
    return html.Dialog([close, content], id=ids.EVIDENCE, className="evidence-card", **{"aria-label": _("Evidence")})


def card(title: str, says: str, evidence: Sequence[Evidence]) -> html.Div:
    """What it is, then each number behind it."""
    return html.Div(
        [
            html.H2(title, className="evidence-title"),
            html.P(says, className="evidence-help"),
            *(witness(each) for each in evidence),
            *_quoted(),
        ]
    )


def _quoted() -> list[html.P]:
    """Why what is said here is English, for a reader of another language."""
    says = mark("What stands behind a number is quoted in the language of its source.")
    return [] if spoken() == ENGLISH else [html.P(_(says), className="evidence-quoted")]


def witness(evidence: Evidence) -> html.Div:
    """What stands behind one number."""
    rows = (
        (_("Value"), _quote(f"{evidence.value} {evidence.unit}".strip())),
        (_("Range"), _quote(evidence.range)),
        (_("Source"), _quote(evidence.source.replace("_", " "))),
        (_("Where"), _quote(evidence.where)),
        (_("Evidence"), html.Dd(_(CONFIDENCE[evidence.confidence]))),
        (_("Place"), _quote(evidence.place)),
        (_("Note"), _quote(evidence.note)),
    )
    terms = [part for term, words in rows if words for part in (html.Dt(term), words)]
    says = html.P(evidence.says, className="evidence-says", lang=ENGLISH)
    return html.Div([says, html.Dl(terms)], className="evidence-one")


def _quote(words: str) -> html.Dd | None:
    return html.Dd(words, lang=ENGLISH) if words else None
