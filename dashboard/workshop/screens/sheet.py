"""The sheet that a team keeps, a page of A4: what it decided, what came of it, and what people will do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _, day_in_words, several
from dashboard.wording.numbers import people_in_words
from dashboard.wording.workshop import WINS, role_in_words
from dashboard.wording.workshop_led import SURPRISE_RULE
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_plans import deal_words, made_deals
from dashboard.workshop.screens.compared import order_of, team_of, why_undivided
from dashboard.workshop.screens.facts import facts_of
from dashboard.workshop.screens.frame import workshop_page
from dashboard.workshop.screens.results_shown import promises_in_words
from dashboard.workshop.screens.sheet_tables import books, effects, moves, shown_rounds
from dashboard.workshop.screens.surprised import divided, surprise
from dashboard.workshop.screens.wall import team_label
from sim.experiments.identity import version

STYLES = ("workshop_board.css",)
FULL = 3
"""From how many rounds on a sheet is set in smaller letters, so that it stays one page."""

EMPTY_LINES = 3
"""To write on, where nobody typed anything."""


def page(scene: Scene, teams: Sequence[str], form: str = "", today: date | None = None) -> str:
    """Sheets of these teams, each on a page of its own.

    form    the form token; a sheet sends nothing
    today   the day that stands on it
    """
    printed = today or date.today()
    button = html.Button(_("Print"), type="button", className="button is-main", **{"data-print": ""})
    back = html.A(_("Back to the workshop"), href=_back(scene), className="button")
    count = several("{count} sheet", "{count} sheets", len(teams), count=len(teams))
    top = html.Div([html.H1(_("Sheets to keep")), html.P(count), button, back], className="sheet-top")
    papers = [paper(scene, team, printed) for team in teams]
    return workshop_page(_("Sheets to keep"), [top, *papers], {"data-form": form}, STYLES, kind="is-sheet")


def _back(scene: Scene) -> str:
    return f"/workshop/{scene.around.code}{'/console' if scene.leads else ''}"


def paper(scene: Scene, team: str, printed: date) -> html.Article:
    """One team's sheet."""
    rest = _played(scene, team) if scene.rounds else [html.P(_("No round has been revealed yet."))]
    inside = [*_head(scene, team, printed), *rest, *_commitments(scene, team), _foot(scene)]
    named = {"aria-labelledby": f"paper-{order_of(scene, team)}"}
    is_full = len(shown_rounds(scene)) >= FULL
    return html.Article(inside, className="paper is-full" if is_full else "paper", **named)


def _head(scene: Scene, team: str, printed: date) -> list[Component]:
    place = facts_of(scene.template).place
    years = scene.rounds[-1].years if scene.rounds else 0
    played = several("{count} year played", "{count} years played", years, count=years)
    made = _("{day}, Upstream {version}", day=day_in_words(printed), version=version())
    seated = [f"{each.name} ({role_in_words(each.role)})" for each in scene.view.people if each.team == team]
    return [
        html.H2(team_label(scene, team), id=f"paper-{order_of(scene, team)}", className="paper-team"),
        html.P(
            [html.Strong(scene.template.title), f" \u00b7 {place} \u00b7 {played} \u00b7 {made}"],
            className="paper-about",
        ),
        html.P([html.Strong(_("At the table: ")), ", ".join(seated) or _("nobody any more")], className="paper-people"),
    ]


def _played(scene: Scene, team: str) -> list[Component | None]:
    """What was decided, and what came of it."""
    return [
        html.H3(_("What you decided")),
        moves(scene, team),
        *_agreed(scene, team),
        _cards(scene),
        html.H3(_("What it did, beside doing nothing")),
        effects(scene, team),
        _best(scene, team),
        html.Div([_surprise(scene, team), _why(scene, team)], className="paper-two"),
        *books(scene, team),
    ]


def _agreed(scene: Scene, team: str) -> list[Component]:
    """Agreements, each with what became of it."""
    found = team_of(scene.rounds[-1], team)
    if not scene.template.deals or found is None:
        return []
    words = [deal_words(deal) for deal in made_deals(scene, team)]
    counted = promises_in_words(scene.template, found.promises) if words else _("Nothing was agreed.")
    said = "; ".join(words)
    return [html.P([html.Strong(_("Agreements: ")), f"{said}. {counted}" if said else counted])]


def _cards(scene: Scene) -> html.P | None:
    """What happened to everybody."""
    played = [
        _("{card} (from round {number})", card=scene.template.cards[each.card].title, number=each.round + 1)
        for each in scene.view.cards
        if each.round < len(scene.rounds)
    ]
    return html.P([html.Strong(_("Happened to everybody: ")), ", ".join(played)]) if played else None


def _best(scene: Scene, team: str) -> html.P | None:
    """What the team did best at."""
    won = [_(WINS[each.win]) for each in scene.rounds[-1].won if team in each.teams]
    words = _("{wins}; teams that cannot be told from the best are counted too.", wins=", ".join(won))
    return html.P([html.Strong(_("Best of all teams at: ")), words]) if won else None


def _surprise(scene: Scene, team: str) -> html.Div:
    found = team_of(scene.rounds[-1], team)
    words = surprise(found) if found else _("This team was not run.")
    rule = html.P(_(SURPRISE_RULE), className="paper-small")
    return html.Div([html.H3(_("What surprised")), html.P(words), rule])


def _why(scene: Scene, team: str) -> html.Div:
    """The change of the last year, divided; or why it is not."""
    split = scene.splits.get(team)
    lines = divided(split) if split else [f"{why_undivided(scene, team)}."]
    return html.Div([html.H3(_("Demand, flow or money?")), *map(html.P, lines)])


def _commitments(scene: Scene, team: str) -> list[Component]:
    """What people typed, or lines to write on."""
    typed = [html.Li(each.text) for each in scene.view.commitments if each.team == team]
    lines = html.Div([html.Div(className="paper-line") for _line in range(EMPTY_LINES)], **{"aria-hidden": "true"})
    return [html.H3(_("What we will do")), html.Ul(typed, className="paper-typed") if typed else lines]


def _foot(scene: Scene) -> html.P:
    people = scene.template.people
    size = people_in_words(people) if not isinstance(people, str) else _("a typical locality")
    words = _(
        "Simulated: {size} of {place}, scaled up, {count} replications, seed {seed}. In brackets: 95% intervals of the "
        "difference, from replications with the same people. It is a model to think with, and no forecast.",
        size=size,
        place=facts_of(scene.template).place,
        count=scene.template.replications,
        seed=scene.template.seed,
    )
    return html.P(words, className="paper-small paper-foot")
