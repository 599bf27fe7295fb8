"""Parts of a report: what was asked, what came of it, and what it rests on, as tables and drawings without scripts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.behind import behind
from dashboard.components.doubts import caution, column, explanation, leaned_on
from dashboard.components.evidence import CONFIDENCE
from dashboard.components.tables import table
from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.findings import Doubted
from dashboard.facts.levers import Evidence, Lever
from dashboard.figures.printed import HEIGHT, WIDTH, printed
from dashboard.link import state
from dashboard.link.state import State
from dashboard.theme import THEMES
from dashboard.wording.choices import setting_in_words
from dashboard.wording.language import ENGLISH, _
from dashboard.wording.numbers import BY_ID, CARDED, CHARTED
from dashboard.wording.report import grades
from dashboard.wording.story import summary

Parts = list[Component]
UNCHARTED = tuple(name for name in CARDED if name not in CHARTED)


def inputs(now: State, catalogue: Catalogue) -> Parts:
    """Every lever that stands elsewhere than when nothing is done, and what else the plan changes."""
    moved = [catalogue.levers[path] for path in state.moved(now, catalogue)]
    also = list(catalogue.plans[now.plan].also)
    if not moved and not also:
        return [html.P(_("No lever was moved: this is what follows if everything goes on as it is."))]
    standing, planned = state.settings(now, catalogue), catalogue.settings_of(now.plan)
    rows = [_moved(lever, now, standing[lever.path], planned[lever.path]) for lever in moved]
    heads = (_("Lever"), _("Doing nothing"), _("Here"), _("Moved"))
    parts: Parts = [table(_("Levers that were moved"), heads, rows)] if rows else []
    if also:
        parts += [html.P(_("The plan also changes:")), html.Ul([html.Li(words, lang=ENGLISH) for words in also])]
    return parts


def _moved(lever: Lever, now: State, at: float | str, planned: float | str) -> html.Tr:
    mover = _("by hand") if lever.path in now.settings else _("by the plan") if planned != lever.baseline else ""
    words = (setting_in_words(lever, lever.baseline), setting_in_words(lever, at), mover)
    return html.Tr([html.Th(lever.label, scope="row"), *(html.Td(each) for each in words)])


def charts(answer: Answer, titles: dict[str, tuple[str, str]]) -> html.Div:
    """A drawing for each chart of the page; a word processor that shows no drawings has the tables.

    titles   by measure: what the chart is called, and its unit
    """
    return html.Div([_chart(name, answer, *titles[name]) for name in CHARTED], className="report-charts")


def _chart(name: str, answer: Answer, title: str, unit: str) -> Component:
    drawing = printed(BY_ID[name], answer, THEMES["light"])
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    image = html.Img(src=source, alt=summary(answer, name), width=str(WIDTH), height=str(HEIGHT))
    return html.Figure([html.Figcaption([html.Strong(title), f", {unit}"]), image], className="report-chart")


def tables(answer: Answer) -> Parts:
    """Every measure by year, in words and numbers."""
    return [part for name in (*CHARTED, *UNCHARTED) for part in behind(answer, name)]


def witnesses(now: State, catalogue: Catalogue) -> Parts:
    """What stands behind every lever that was moved."""
    moved = [catalogue.levers[path] for path in state.moved(now, catalogue)]
    found = [(lever, each) for lever in moved for each in lever.evidence]
    if not found:
        return [html.P(_("No lever was moved, so the answer rests on the model as it is."))]
    heads = (_("Lever"), _("Number behind it"), _("Value and range"), _("Source"), _("Evidence"))
    rows = [_witness(lever, each) for lever, each in found]
    return [
        html.P(grades([each for _lever, each in found])),
        table(_("Numbers behind the levers that were moved"), heads, rows, "report-evidence"),
    ]


def _witness(lever: Lever, evidence: Evidence) -> html.Tr:
    value = f"{evidence.value} {evidence.unit}".strip()
    spread = _("{value} (range {range})", value=value, range=evidence.range) if evidence.range else value
    source = ", ".join(part for part in (evidence.source.replace("_", " "), evidence.where) if part)
    cells = [
        html.Th(lever.label, scope="row"),
        html.Td(evidence.says, lang=ENGLISH),
        html.Td(spread),
        html.Td(source, lang=ENGLISH),
        html.Td(_(CONFIDENCE[evidence.confidence])),
    ]
    return html.Tr(cells)


def leans(found: Doubted | None, answer: Answer) -> Parts:
    """What the answer leans on, if that was worked out; else how to have it worked out."""
    if found is None:
        words = _(
            "What the answer leans on was not worked out for this question. Press \u201cAnd if the numbers themselves "
            "are wrong?\u201d on the page, wait for the result, and make the report again."
        )
        return [html.P(words)]
    plain = answer.is_baseline
    columns = html.Div([column(BY_ID[name], found, answer) for name in CARDED], className="doubt-cards")
    named = without_buttons(leaned_on(found, found.draws, plain=plain))
    return [html.P(explanation(found, plain=plain)), columns, named, html.P(caution(found))]


def without_buttons(part: Component) -> Component:
    """A part of the page as it stands on paper."""
    inside = getattr(part, "children", None)
    if isinstance(inside, (list, tuple)):
        part.children = [_kept(each) for each in inside if not isinstance(each, html.Button)]
    elif isinstance(inside, Component):
        part.children = _kept(inside)
    return part


def _kept(part: object) -> object:
    return without_buttons(part) if isinstance(part, Component) else part


def facts(rows: Sequence[tuple[str, str | Component]]) -> html.Dl:
    """Names and what they are."""
    return html.Dl([part for name, words in rows for part in (html.Dt(name), html.Dd(words))], className="report-facts")
