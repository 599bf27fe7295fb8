"""The report of one question: inputs, results, what they rest on, and how to have them again. Reads without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from dash import html
from dash.development.base_component import Component

from dashboard.components import reported
from dashboard.components.cards import cards
from dashboard.components.html_text import to_html
from dashboard.components.pounds import pounds_in_words, pounds_tables
from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.findings import Doubted
from dashboard.link import looks, state
from dashboard.link.state import State
from dashboard.link.titles import title
from dashboard.pages.overview import HEADINGS
from dashboard.pages.plain import ASSETS, plain_body, plain_page
from dashboard.wording.language import _, along, tag
from dashboard.wording.report import limits, method, reading, span
from dashboard.wording.story import story

ADDRESS = "/report"
STYLE = "report.css"
SCRIPTS = ("report.js",)
FILES = (STYLE, *SCRIPTS)
"""Of this page alone: on paper its style is another than that of the page with the levers."""

AGAIN = 3
"""Seconds after which a report that is not ready yet is asked for again."""

SAVED = """<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    <style>{style}</style>
  </head>
  <body>{page}</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Made:
    """How a report was made, and where.

    model      version of the model, and a hash of its code
    on         the day
    server     address of the dashboard, to which links lead back
    scenario   the question as a scenario file
    doubted    how sure the answer is, if somebody had that worked out
    """

    model: str
    on: date
    server: str
    scenario: str
    doubted: Doubted | None = None


def report(answer: Answer, now: State, catalogue: Catalogue, made: Made) -> html.Article:
    """The whole report; the catalogue is in words."""
    return html.Article(
        [
            html.Header([html.H1(title(now, catalogue)), html.P(_dated(answer, made), className="report-when")]),
            _section(_("In short"), [html.P(story(answer), className="report-story"), *_cards(answer)]),
            _section(_("What was asked"), [_asked(answer, now, catalogue), *reported.inputs(now, catalogue)]),
            _section(_("What follows"), [reported.charts(answer, _titles()), *reported.tables(answer)]),
            *_money(answer),
            _section(_("What it rests on"), [*reported.witnesses(now, catalogue), *_leans(answer, made)]),
            _section(_("How it was worked out"), list(map(html.P, method(answer)))),
            _section(_("What it cannot tell you"), [html.Ul(list(map(html.Li, limits())))]),
            _section(_("To have it again"), _again(now, made)),
        ],
        className="report",
    )


def page(answer: Answer, now: State, catalogue: Catalogue, made: Made, link: str) -> str:
    """The report among the other pages, with buttons to print and to save it."""
    query = along(link)
    print_it = html.Button(_("Print or save as PDF"), id="print", type="button", className="button is-main")
    ways = [
        html.A(words, href=f"/download/{kind}?{query}", className="button", download="")
        for kind, words in (("html", _("Save as one web page")), ("docx", _("Save for Word")))
    ]
    back = html.A(_("Back to the levers"), href=f"/?{query}", className="report-back")
    tools = html.Div([print_it, *ways, back], className="report-tools")
    paper = html.Div(report(answer, now, catalogue, made), id="report", tabIndex=-1)
    body = plain_body("report", link, [tools, paper], skip=(_("Skip to the report"), "report"))
    return plain_page(title(now, catalogue), body, styles=(STYLE,), scripts=SCRIPTS)


def saved(answer: Answer, now: State, catalogue: Catalogue, made: Made) -> str:
    """The report as one file that needs nothing else: styles and drawings are in it, scripts are not."""
    shown = to_html(html.Main(report(answer, now, catalogue, made)), whole_page=True)
    words = to_html(title(now, catalogue))
    return SAVED.format(language=tag(), title=words, style=(ASSETS / STYLE).read_text("utf-8"), page=shown)


def waiting(words: str, link: str) -> str:
    """The page while the answer is still worked out; it asks again by itself, without a script."""
    parts = [
        html.H2(_("The report is on its way"), className="view-title", id="report"),
        html.P(words, className="view-says"),
        html.P(_("This page looks again every few seconds."), className="view-note"),
    ]
    body = plain_body("report", link, parts, skip=(_("Skip to the report"), "report"))
    shown = plain_page(_("The report is on its way"), body, styles=(STYLE,))
    return shown.replace("<head>", f'<head>\n    <meta http-equiv="refresh" content="{AGAIN}">', 1)


def _section(name: str, parts: Sequence[Component]) -> html.Section:
    return html.Section([html.H2(name), *parts])


def _dated(answer: Answer, made: Made) -> str:
    day = format_date(made.on, format="long", locale=tag().replace("-", "_"))
    version = made.model.partition(" ")[0]
    return _("{years}. Made on {day} with Upstream {version}.", years=span(answer), day=day, version=version)


def _cards(answer: Answer) -> list[Component]:
    return [html.Div(cards(answer), className="report-cards"), html.P(reading(answer), className="report-note")]


def _asked(answer: Answer, now: State, catalogue: Catalogue) -> html.Dl:
    plan = catalogue.plans[now.plan]
    return reported.facts(
        (
            (_("Place"), answer.place.name),
            (_("Years"), span(answer)),
            (_("Plan"), f"{plan.title}: {plan.why}" if plan.why else plan.title),
            (_("Replications"), catalogue.replications[now.replications].label),
            (_("Seed"), str(now.seed)),
        )
    )


def _titles() -> dict[str, tuple[str, str]]:
    return {name: (_(words), _(unit)) for name, (words, unit) in HEADINGS.items()}


def _money(answer: Answer) -> list[Component]:
    """Who has how much and lacks how much in the last year, where that is known."""
    look = looks.read({"show": "plan"}, answer.accounts.years, is_baseline=answer.is_baseline)
    tables = pounds_tables(answer, look) if answer.accounts.years else []
    return [_section(_("Money"), [html.P(pounds_in_words(answer, look)), *tables])] if tables else []


def _leans(answer: Answer, made: Made) -> list[Component]:
    return [html.H3(_("What the answer leans on")), *reported.leans(made.doubted, answer)]


def _again(now: State, made: Made) -> list[Component]:
    address = f"{made.server.rstrip('/')}/?{state.full(now)}"
    words = _(
        "The link asks the same question, with nothing left to defaults. With the same version of Upstream and the "
        "same parameter files it gives the same numbers, to the last bit; with another it may not."
    )
    file = _("The same as a scenario file, which the command line reads, and the page under Scenarios:")
    return [
        html.P(words),
        html.P(html.A(html.Code(address), href=address), className="report-link"),
        reported.facts(((_("Model"), html.Code(made.model)), (_("Seed"), str(now.seed)))),
        html.P(file),
        html.Pre(made.scenario),
    ]
