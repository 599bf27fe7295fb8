"""A published case: what it is, what was expected, what was found, and whether that is a pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.html_text import to_html
from dashboard.facts.findings import CaseFound, FigureFound, Listed, State
from dashboard.wording.language import _, mark, several

STATES: dict[State, str] = {"pass": mark("pass"), "known difference": mark("differs"), "fail": mark("fail")}
SIGNS: dict[State, str] = {"pass": "\u2713", "known difference": "\u2260", "fail": "\u2717"}
"""A sign beside the word, so that neither colour nor shape speaks alone."""

HEADS = (mark("Figure"), mark("Expected"), mark("Found"), mark("May be off by"), mark("Result"))
QUOTED = {"lang": "en"}
"""What the file of a case says stays in its own words."""


def proof_shown(found: CaseFound) -> dict[str, Any]:
    """A result for the page: counts by state, and the table."""
    return {
        "counts": {name: found.count(state) for state, name in STATES.items()},
        "summary": summary(found),
        "html": to_html(proof(found)),
    }


def case(listed: Listed, found: CaseFound | None) -> html.Section:
    """One case, with its result if somebody ran it already."""
    heading = f"case-{listed.id}"
    return html.Section(
        [
            html.Div([html.H3(listed.title, id=heading, **QUOTED), *_tools(listed, found)], className="case-head"),
            html.P(listed.says, className="case-says", **QUOTED),
            html.P([_("Source:"), " ", html.Span(linked(listed.source), **QUOTED)], className="case-source")
            if listed.source
            else "",
            _faults(listed),
            html.Div(proof(found) if found else "", className="case-result", **{"data-result": listed.id}),
        ],
        className="case",
        **{"aria-labelledby": heading, "data-case": listed.id, **_counts(found)},
    )


def proof(found: CaseFound) -> html.Div:
    """The table of a case, with reasons for what differs."""
    rows = [row for each in found.figures for row in _rows(each)]
    others = list(dict.fromkeys(each.source for each in found.figures if each.source))
    words = _(
        "{summary} in {count} replications with seed {seed}.",
        summary=summary(found).capitalize(),
        count=f"{found.replications:,}",
        seed=found.seed,
    )
    table = html.Table(
        [
            html.Caption(words),
            html.Thead(html.Tr([html.Th(_(head), scope="col") for head in HEADS])),
            html.Tbody(rows),
        ],
        className="figures",
    )
    further = (
        html.P([_("Further sources:"), " ", html.Span(_all_linked(others), **QUOTED)], className="case-source")
        if others
        else ""
    )
    frame = {"role": "region", "aria-label": _("Figures of {case}", case=found.id.replace("_", " "))}
    return html.Div([html.Div(table, className="wide", tabIndex=0, **frame), further])


def summary(found: CaseFound) -> str:
    """How many figures are in each state, in words; states that none is in are left out."""
    counts = [found.count(state) for state in STATES]
    words = (
        _("{count} pass", count=counts[0]),
        several("{count} differs with a reason", "{count} differ with a reason", counts[1], count=counts[1]),
        _("{count} fail", count=counts[2]),
    )
    return ", ".join(said for count, said in zip(counts, words, strict=True) if count)


def linked(text: str) -> list[html.A | str]:
    """Text whose addresses are links."""
    parts: list[html.A | str] = []
    for word in text.split():
        address = word.strip("().,;")
        if address.partition("://")[0] in ("http", "https"):
            before, after = word.split(address, 1)
            parts += [before, html.A(address, href=address, rel="noopener noreferrer", target="_blank"), f"{after} "]
        else:
            parts.append(f"{word} ")
    return parts


def _all_linked(texts: Sequence[str]) -> list[html.A | str]:
    return [part for text in texts for part in [*linked(text), "\u00b7 "]][:-1]


def _tools(listed: Listed, found: CaseFound | None) -> list[Any]:
    if listed.faults:
        return []
    button = html.Button(
        _("Run again") if found else _("Run"),
        type="button",
        className="button",
        **{"aria-label": _("Run {case}", case=listed.title), "data-run": listed.id},
    )
    size = several("{count} figure", "{count} figures", listed.figures, count=listed.figures)
    told = summary(found) if found else _("not run yet")
    state = html.Span(told, className="case-state", **{"data-state": listed.id})
    return [html.Span(size, className="case-size"), state, button]


def _counts(found: CaseFound | None) -> dict[str, str]:
    return {f"data-{name}": str(found.count(state)) for state, name in STATES.items()} if found else {}


def _faults(listed: Listed) -> html.Pre | str:
    if not listed.faults:
        return ""
    return html.Pre(f"{_('This case cannot be run.')}\n{listed.faults}", className="case-faults")


def _rows(figure: FigureFound) -> list[html.Tr]:
    """A figure, and below it why it differs."""
    word = STATES[figure.state]
    sign = html.Span(SIGNS[figure.state], **{"aria-hidden": "true"})
    state = html.Span([sign, f" {_(word)}"], className=f"mark {word}")
    row = html.Tr(
        [
            html.Th(figure.figure, scope="row", **QUOTED),
            html.Td([figure.expected, html.Span(figure.status, className="figure-status")], **QUOTED),
            html.Td([_unbroken(figure.found)]),
            html.Td([figure.tolerance, html.Span(figure.made_of, className="figure-status")], **QUOTED),
            html.Td(state),
        ]
    )
    why = html.Td(
        [_("Why it differs:"), " ", html.Span(figure.because, **QUOTED)], colSpan=len(HEADS), className="because"
    )
    return [row, html.Tr(why, className="why")] if figure.because else [row]


def _unbroken(text: str) -> str:
    """A mean and its margin stay on one line."""
    return text.replace(" \u00b1 ", "\u00a0\u00b1\u00a0")
