"""Evidence: every number with its source and how sure it is, what answers lean on, studies and cases. A plain page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html
from flask import Flask, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.doubts import by_number
from dashboard.components.library import (
    GROUPS,
    SURE,
    WITNESS,
    leaning_section,
    numbers_sections,
    opening,
    programmes_section,
)
from dashboard.components.proofs import summary
from dashboard.components.terms import term
from dashboard.facts.findings import Doubted
from dashboard.facts.library import Library
from dashboard.pages import prove
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _, along, mark, several

ADDRESS = "/evidence"
SCRIPTS = ("evidence.js",)
"""Of this page alone."""

STYLES = ("evidence.css",)
DRAWS = ("many", "usual")
"""Words for numbers of draws, the better first."""

PARTS = (
    ("leans", mark("what answers lean on")),
    ("numbers", mark("every number")),
    ("programmes", mark("programmes and their studies")),
    ("validation", mark("published cases")),
)
CAUTION = mark(
    "A source says where a number was read; it does not say that the number holds for your place. A range is what the "
    "evidence allows, or, for a guess, what its author thought possible."
)


def register(server: Flask, gateway: Gateway, draws: Callable[[object], int | None]) -> None:
    """Let the server show the page.

    draws   how many draws a word of DRAWS stands for, when a reader asks what an answer leans on
    """

    @server.get(ADDRESS)
    def evidence() -> str:
        return page(gateway, gateway.name(request.query_string.decode("utf-8", "replace")), draws)


def page(gateway: Gateway, link: str, draws: Callable[[object], int | None]) -> str:
    """The page as HTML, for a question."""
    library = gateway.studies.library(gateway.task(link))
    body = plain_body(
        "evidence", link, parts(gateway, library, link, draws), skip=(_("Skip to the numbers"), "numbers")
    )
    return plain_page(_("Evidence"), body, styles=("past.css", *STYLES), scripts=SCRIPTS)


def parts(gateway: Gateway, library: Library, link: str, draws: Callable[[object], int | None]) -> Sequence[Any]:
    """Counts, what is leaned on, every number, programmes, cases."""
    question = along(link)
    return [
        html.H2(_("Evidence"), className="view-title"),
        _contents(),
        *opening(library),
        html.P([_(CAUTION), " ", term(_("What confidence means"), "confidence")], className="view-note"),
        _title("leans", _("What answers lean on")),
        *leaning_section(library, leaned_on(gateway, link, draws), f"/?{question}" if question else "/"),
        _title("numbers", _("Every number")),
        _filters(library),
        html.Div(numbers_sections(library), id="all-numbers", className="all-numbers"),
        _title("programmes", _("Programmes and their studies")),
        html.P(_programmes(library), className="view-says"),
        html.Div(programmes_section(library), className="all-numbers"),
        _title("validation", _("Published cases")),
        *_cases(gateway, question),
    ]


def leaned_on(gateway: Gateway, link: str, draws: Callable[[object], int | None]) -> list[str]:
    """Names of what the answer to a question leans on, if somebody had that worked out since the server started."""
    task = gateway.task(link)
    for word in DRAWS:
        number = draws(word)
        known = gateway.jobs.known(gateway.studies.doubt(task, number).name) if number else None
        if known and isinstance(known.result, Doubted):
            return list(by_number(known.result))
    return []


def _title(where: str, words: str) -> html.H2:
    return html.H2(words, className="view-title", id=where, tabIndex=-1)


def _contents() -> html.Nav:
    ways = [html.A(_(words), href=f"#{where}") for where, words in PARTS]
    says = _("On this page:")
    return html.Nav([html.Span(says), *ways], className="contents", **{"aria-label": _("On this page")})


def _filters(library: Library) -> html.Div:
    """What to look for; the script shows what fits."""
    moved = several("{count} number is moved by your question", "{count} numbers are moved by your question",
                    library.moved, count=library.moved)  # fmt: skip
    return html.Div(
        [
            html.Label([_("Search"), html.Div("", id="search-here")], className="filter is-wide"),
            _choice("group", _("Group"), {name: _(words) for name, words in GROUPS.items()}),
            _choice("sure", _("Confidence"), {name: _(words) for name, words in SURE.items()}),
            _choice("witness", _("What stands behind it"), {name: _(words) for name, words in WITNESS.items()}),
            _switch("only-moved", _("Only what I moved"), disabled=library.moved == 0),
            _switch("only-guesses", _("Only guesses")),
            html.Button(_("Show all"), id="show-all", type="button", className="text-button"),
            html.P(moved, className="view-note filter-note"),
            html.P("", id="shown", className="job-words", role="status"),
        ],
        className="filters",
    )  # fmt: skip


def _switch(name: str, words: str, *, disabled: bool = False) -> html.Button:
    pressed = {"aria-pressed": "false"}
    return html.Button(words, id=name, type="button", className="button", disabled=disabled, **pressed)


def _choice(name: str, label: str, options: dict[str, str]) -> html.Label:
    every = html.Option(_("all"), value="")
    rest = [html.Option(words, value=value) for value, words in options.items()]
    return html.Label([label, html.Select([every, *rest], id=f"filter-{name}")], className="filter")


def _programmes(library: Library) -> str:
    null = sum(study.kind == "null" for each in library.programmes for study in each.studies)
    harm = sum(study.kind == "adverse" for each in library.programmes for study in each.studies)
    return _(
        "{count} programmes, with every study that was found, also the {null} that found no effect and the {harm} that "
        "found harm. What a programme is given in the model is an effect with its range; a study beside it may say "
        "otherwise.",
        count=len(library.programmes),
        null=null,
        harm=harm,
    )


def _cases(gateway: Gateway, question: str) -> list[html.P | html.Ul]:
    """Every published case with its result, if it was run since the server started, and the way to run it."""
    tail = f"?{question}" if question else ""
    rows = []
    for listed in gateway.studies.cases():
        found = prove.known(gateway, listed)
        said = summary(found) if found else _("not run yet")
        way = html.A(listed.title, lang="en-GB", href=f"{prove.ADDRESS}{tail}#case-{listed.id}")
        rows.append(html.Li([way, f": {said}"]))
    words = _(
        "Published examples and laws of queueing that the same engine must reproduce. They are run before your eyes "
        "under Prove it; results stand here once somebody has run them."
    )
    return [html.P(words, className="view-says"), html.Ul(rows, className="leaning-list")]
