"""Panels of what teams decided, as far as it may be seen: levers round by round, and agreements kept and broken."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html

from dashboard.wording.language import _
from dashboard.wording.workshop import WORDS, role_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.compared import broken_by_round, team_of
from dashboard.workshop.screens.results_shown import promises_in_words
from dashboard.workshop.screens.told import setting, share
from dashboard.workshop.screens.wall import Show, team_label
from sim.workshop import Deal

A_PANEL, LEVERS = 5, 13
"""Teams and levers that have room on one panel."""


def plans(scene: Scene) -> list[Show]:
    """Levers that anybody moved, a column for each team and as many panels as that takes."""
    teams = [team for team in scene.view.teams if team in scene.view.plans]
    paths = moved(scene, teams)
    if not teams:
        return []
    if not paths:
        return [
            Show(
                "plans",
                _("What teams decided"),
                _("Plans"),
                [html.P(_("No team moved a lever."), className="over-says")],
            )
        ]
    pages = [
        (teams[column : column + A_PANEL], paths[row : row + LEVERS])
        for column in range(0, len(teams), A_PANEL)
        for row in range(0, len(paths), LEVERS)
    ]
    return [_page(scene, number, len(pages), *page) for number, page in enumerate(pages, 1)]


def moved(scene: Scene, teams: Sequence[str]) -> list[str]:
    """Paths that any of these teams set, in the order in which they are offered."""
    seen = {path for team in teams for settings in scene.view.plans[team] for path in settings}
    offered = [path for path in scene.template.spans if path in seen]
    return [*offered, *sorted(seen - set(offered))]


def _page(scene: Scene, number: int, count: int, teams: Sequence[str], paths: Sequence[str]) -> Show:
    title = _("What teams decided")
    said = _("{title}, {number} of {all}", title=title, number=number, all=count) if count > 1 else title
    head = html.Tr(
        [html.Th(_("Lever"), scope="col"), *(html.Th(team_label(scene, team), scope="col") for team in teams)]
    )
    rows = [
        html.Tr([html.Th(label(scene, path), scope="row"), *(html.Td(course(scene, team, path)) for team in teams)])
        for path in paths
    ]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="plans")
    note = html.P(_("Round by round, where it changed. A dash: never moved."), className="show-note")
    return Show(f"plans-{number}", said, _("Plans {number}", number=number) if count > 1 else _("Plans"), [table, note])


def label(scene: Scene, path: str) -> str:
    """What a lever is called."""
    span = scene.template.spans.get(path)
    return _(span.label) if span else path


def course(scene: Scene, team: str, path: str) -> str:
    """What a team set a lever to, round by round where it changed."""
    span = scene.template.spans.get(path)
    values = [settings[path] for settings in scene.view.plans[team] if path in settings]
    return " \u2192 ".join(setting(span, each) for each, _again in groupby(values)) or "\u2013"


def agreements(scene: Scene) -> list[Show]:
    """Who agreed what with whom and broke it; only counts, where more may not be seen yet."""
    if not scene.template.deals:
        return []
    teams = [html.Li([team_label(scene, team), html.Ul(_lines(scene, team))]) for team in scene.view.teams]
    kind = "pacts is-many" if len(teams) > A_PANEL + 1 else "pacts"
    note = _(
        "Percent of the hospital budget, every year, until the hospital breaks it or there is one pot. What the pot "
        "does with it counts neither as kept nor as broken."
    )
    breach = [html.P(_(WORDS["breach"]), className="show-note")] if _any_broken(scene) else []
    return [
        Show(
            "pacts",
            _("Agreements"),
            _("Agreements"),
            [html.Ul(teams, className=kind), html.P(note, className="show-note"), *breach],
        )
    ]


def _any_broken(scene: Scene) -> bool:
    return any(each.promises.broken for each in scene.rounds[-1].teams)


def _lines(scene: Scene, team: str) -> list[html.Li]:
    if team in scene.deals:
        return [_deal(each) for each in made_deals(scene, team)] or [html.Li(_("Nothing was agreed."))]
    found = team_of(scene.rounds[-1], team)
    if found is None or found.promises.share is None:
        return [html.Li(_("Nothing was agreed."))]
    return [html.Li(promises_in_words(scene.template, found.promises)), *_breaches(scene, team)]


def _breaches(scene: Scene, team: str) -> list[html.Li]:
    rounds = [at + 1 for at, count in enumerate(broken_by_round(scene, team)) if count]
    return [
        html.Li(_("The hospital broke one or more in round {number}.", number=each), className="is-broken")
        for each in rounds
    ]


def made_deals(scene: Scene, team: str) -> list[Deal]:
    """Every agreement of a team as it stood last; those of fortress rounds are gone once there is one pot."""
    last: dict[tuple[int, int], Deal] = {}
    for deals in scene.deals.get(team, ()):
        last |= {(deal.made, deal.number): deal for deal in deals if deal.made >= 0}
    return list(last.values())


def _deal(deal: Deal) -> html.Li:
    return html.Li(deal_words(deal), className="is-broken" if deal.broken >= 0 else "is-kept")


def deal_words(deal: Deal) -> str:
    """An agreement: how much to whom, since when, and whether it was broken."""
    said = _(
        "{share} to {taker}, agreed in round {number}",
        share=share(deal.share),
        taker=role_in_words(deal.taker),
        number=deal.made + 1,
    )
    if deal.broken >= 0:
        return _("{deal}: the hospital broke it in round {number}", deal=said, number=deal.broken + 1)
    return _("{deal}: kept", deal=said)
