"""Tables of a sheet to keep: levers by round, measures by round, and the books of the last round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _, several
from dashboard.wording.numbers import pounds, signed_pounds
from dashboard.wording.workshop import BOOKS, ORGANISATIONS
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_plans import label
from dashboard.workshop.screens.compared import headline, of_nothing, team_of
from dashboard.workshop.screens.told import change_words, measure_name, setting, value
from sim.workshop import RoundResults
from sim.workshop.results import SHOWN
from sim.workshop.state import Settings

MOST_ROUNDS = 5
"""Rounds that have room on a page; of more, the last ones."""


def shown_rounds(scene: Scene) -> tuple[RoundResults, ...]:
    """Rounds that stand on the sheet."""
    return scene.rounds[-MOST_ROUNDS:]


def moves(scene: Scene, team: str) -> Component:
    """What each lever was set to at the end of each round; only levers that were ever moved."""
    plans = scene.view.plans.get(team, ())
    rounds = [found.number for found in shown_rounds(scene) if found.number < len(plans)]
    seen = {path for number in rounds for path in plans[number]}
    paths = [path for path in scene.template.spans if path in seen]
    if not paths:
        has_deals = any(deal.made >= 0 for deals in scene.deals.get(team, ()) for deal in deals)
        return html.P(_("No lever was moved; money was, by agreement.") if has_deals else _("No lever was moved."))
    rows = [
        html.Tr([html.Th(label(scene, path), scope="row"), *(html.Td(_set(scene, plans[at], path)) for at in rounds)])
        for path in paths
    ]
    return _table(_("Levers, as they stood at the end of each round"), [_("Lever"), *_titles(scene, rounds)], rows)


def _set(scene: Scene, plan: Settings, path: str) -> str:
    return setting(scene.template.spans[path], plan[path]) if path in plan else "\u2013"


def _titles(scene: Scene, rounds: Sequence[int]) -> list[str]:
    found = []
    for number in rounds:
        now = scene.template.rounds[number]
        years = several("{count} year", "{count} years", now.years, count=now.years)
        found.append(_("{number}. {title}, {years}", number=number + 1, title=now.title, years=years))
    return found


def effects(scene: Scene, team: str) -> Component:
    """Every headline measure in the last year of each round: the number, and the change with its interval."""
    rounds = shown_rounds(scene)
    rows = [
        html.Tr([html.Th(measure_name(series), scope="row"), *(_effect(found, team, series) for found in rounds)])
        for series in SHOWN
    ]
    titles = _titles(scene, [found.number for found in rounds])
    out = len(scene.rounds) - len(rounds)
    left = several("{count} earlier round is left out.", "{count} earlier rounds are left out.", out, count=out)
    caption = _("Last year of each round: yours, and the difference from doing nothing. Less is better.")
    return _table(f"{caption} {left}" if out else caption, [_("Measure"), *titles], rows)


def _effect(found: RoundResults, team: str, series: str) -> html.Td:
    own = team_of(found, team)
    if own is None:
        return html.Td("\u2013")
    each = headline(own, series)
    words = html.Span(change_words(series, each.change), className=f"paper-change is-{_mood(each.change.verdict)}")
    instead = _(
        "{value} (nothing: {nothing})",
        value=value(series, each.value.mean),
        nothing=value(series, of_nothing(found, series)),
    )
    return html.Td([html.Span(instead), words])


def _mood(verdict: str) -> str:
    return verdict if verdict in ("better", "worse") else "same"


def books(scene: Scene, team: str) -> list[Component]:
    """The books of the last round, as far as they may be seen."""
    found = team_of(scene.rounds[-1], team)
    if found is None or not found.books:
        return []
    years = several("{count} year", "{count} years", scene.rounds[-1].own_years, count=scene.rounds[-1].own_years)
    rows = [_book(name, lines) for name, lines in found.books.items() if any(lines.values())]
    headings = [_("Organisation"), *(_(name) for name, _says in BOOKS.values())]
    caption = _("Books of the last round, over its {years}", years=years)
    return [html.H3(_("Who paid, and who gained")), _table(caption, headings, rows)]


def _book(name: str, lines: Mapping[str, float]) -> html.Tr:
    said = [signed_pounds(lines[line]) if line in ("transfer", "balance") else pounds(lines[line]) for line in BOOKS]
    return html.Tr([html.Th(_(ORGANISATIONS.get(name, name)), scope="row"), *(html.Td(each) for each in said)])


def _table(caption: str, headings: Sequence[str], rows: Sequence[html.Tr]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(each, scope="col") for each in headings]))
    inside = html.Table([html.Caption(caption), head, html.Tbody(list(rows))], className="paper-table")
    return html.Div(inside, className="paper-wide", tabIndex=0, role="group", **{"aria-label": caption})
