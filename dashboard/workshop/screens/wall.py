"""What the projector and other screens say of teams, cards and time, in the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.figures.workshop import badge
from dashboard.wording.language import _
from dashboard.wording.workshop import clock_in_words, seconds_left
from dashboard.wording.workshop_led import ON_THE_WALL
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.compared import order_of
from sim.workshop.template import Card


@dataclass(frozen=True, slots=True)
class Show:
    """One panel of the board: its name in the address, its title, what its button says, and what is on it."""

    name: str
    title: str
    short: str
    body: Sequence[Component]


def team_label(scene: Scene, team: str, kind: str = "") -> html.Span:
    """A team's shape and name."""
    inside = [badge(order_of(scene, team)), html.Span(team, className="team-said")]
    return html.Span(inside, className=f"team-label {kind}".strip())


def phase_words(scene: Scene) -> str:
    """What happens now, with the round where there is one."""
    if scene.view.round < 0:
        return _(ON_THE_WALL[scene.view.phase])
    words = _(ON_THE_WALL[scene.view.phase])
    return _("Round {number} of {all}: {phase}", number=scene.view.round + 1, all=rounds(scene), phase=words)


def rounds(scene: Scene) -> int:
    """How many rounds the workshop has."""
    return len(scene.template.rounds)


def is_last(scene: Scene) -> bool:
    """Whether no round comes after this one."""
    return scene.view.round == rounds(scene) - 1


def clock(scene: Scene, kind: str) -> Component | None:
    """Time left to decide, which the script counts down; nothing where there is no clock."""
    left = scene.around.left
    if scene.view.phase != "decide" or left is None:
        return None
    stands = {"data-stands": ""} if scene.around.stands else {}
    says = {"data-left": str(seconds_left(left)), "role": "timer", "aria-label": _("Time left")}
    return html.Span(clock_in_words(left), className=kind, **says, **stands)


def acting(scene: Scene) -> list[Card]:
    """Cards that act in this round."""
    template, now = scene.template, scene.view.round
    found = []
    for played in scene.view.cards:
        card, begins = template.cards[played.card], template.years_before(played.round)
        lasts = not card.years or begins + card.years > template.years_before(max(now, 0))
        if played.round <= now and lasts:
            found.append(card)
    return found


def coming(scene: Scene) -> list[Card]:
    """Cards that were played for the next round."""
    return [scene.template.cards[each.card] for each in scene.view.cards if each.round > scene.view.round]


def cards_shown(cards: Iterable[Card], kind: str) -> list[Component]:
    """Cards as boxes: what they are, and what they do."""
    return [html.Div([html.Strong(each.title), html.Span(each.reads)], className=kind) for each in cards]


def progress(scene: Scene, kind: str) -> Component:
    """How far a round has come, as a bar and in words."""
    done, wanted = scene.around.done, scene.around.wanted
    share = 100 if scene.has_run else round(100 * done / wanted) if wanted else 0
    words = _("Ready.") if scene.has_run else _("{done} of {wanted} runs", done=done, wanted=wanted) if wanted else ""
    said = {"role": "progressbar", "aria-label": _("Progress"), "aria-valuemin": "0", "aria-valuemax": "100"}
    bar = html.Div(
        html.Div(className="run-fill", style=f"width:{share}%"),
        className="run-bar",
        **said,
        **{"aria-valuenow": str(share)},
    )
    return html.Div([bar, html.Span(words, className="run-words")], className=kind)
