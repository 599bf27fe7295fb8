"""The facilitator's screen: the one next step large, what to say, and all that may be needed, with a way back."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _
from dashboard.wording.workshop_led import LAST_DEBRIEF, SAY, WAY_NAMES
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board import questions
from dashboard.workshop.screens.console_room import cards, joining, tables
from dashboard.workshop.screens.console_ways import leaving, ways
from dashboard.workshop.screens.frame import part, room_page
from dashboard.workshop.screens.pressed import act_button, post_button
from dashboard.workshop.screens.wall import acting, cards_shown, clock, is_last, phase_words, progress
from sim.workshop import Round

STYLES = ("workshop_board.css",)
COLUMNS = (
    ("console-now", "console-say"),
    ("console-join", "console-tables"),
    ("console-ways", "console-cards", "console-out"),
)
"""What stands under one another on a laptop; on a phone all of it does."""


def page(scene: Scene, form: str, seen: int = 0) -> str:
    """The whole page."""
    made = parts(scene)
    columns = [html.Div([made[name] for name in names], className="console-column") for names in COLUMNS]
    return room_page(scene, "console", form, columns, STYLES, seen)


def parts(scene: Scene) -> dict[str, Component]:
    """What changes, by id."""
    made = {
        "console-now": _now(scene),
        "console-say": _say(scene),
        "console-cards": cards(scene),
        "console-join": joining(scene),
        "console-tables": tables(scene),
        "console-ways": ways(scene),
        "console-out": leaving(scene),
    }
    return {name: part(name, inside, "console-part") for name, inside in made.items()}


def _now(scene: Scene) -> list[Component | None]:
    """Phase, clock, the next step, and how far a round has come."""
    title = html.H1(phase_words(scene), className="console-title", tabIndex=-1, **{"data-title": ""})
    paused = html.P(_("Paused: nobody can decide anything."), className="console-paused") if scene.view.paused else None
    trouble = html.P(scene.around.trouble, className="console-trouble", role="alert") if scene.around.trouble else None
    inside = [title, html.P(scene.template.title, className="console-workshop"), paused, trouble]
    running = progress(scene, "console-run") if scene.view.phase == "run" else None
    return [html.Section([*inside, running, _next(scene), _stirred(scene), _clock(scene)])]


def _next(scene: Scene) -> Component | None:
    """The one next step."""
    phase, main = scene.view.phase, "button is-main console-next"
    if phase == "decide":
        return act_button(_("Lock: nobody decides any more"), "Lock", main)
    if phase == "lock":
        return act_button(_("Run the round"), "Run", main)
    if phase == "run":
        return act_button(_("Reveal what came of it"), "Reveal", main) if scene.has_run else _waiting()
    if phase == "reveal":
        return act_button(_("Go on to the debrief"), "Debrief", main)
    if phase == "finished":
        return html.A(_("Print every sheet"), href=address(scene, "/sheet"), className=main)
    if phase == "debrief" and is_last(scene):
        return act_button(_("Finish: show everything to everybody"), "Finish", main)
    return _begin(scene, main)


def _waiting() -> html.P:
    return html.P(_("Results can be revealed as soon as they are there."), className="console-wait")


def _begin(scene: Scene, main: str) -> Component:
    coming = scene.template.rounds[scene.view.round + 1]
    if not scene.seats:
        return html.P(_("The first round can begin when somebody has joined."), className="console-wait")
    number = scene.view.round + 2
    return act_button(_("Begin round {number}: {title}", number=number, title=coming.title), "Begin", main)


def _stirred(scene: Scene) -> Component | None:
    """How many teams have changed something; what they changed is theirs until it is locked."""
    if scene.view.phase != "decide":
        return None
    all_ = len(scene.view.teams)
    words = _(
        "{count} of {all} teams have changed something. What, is seen when it is locked.", count=scene.stirred, all=all_
    )
    return html.P(words, className="room-soft")


def _clock(scene: Scene) -> Component | None:
    """The clock, and what can be done to it."""
    if scene.view.phase != "decide":
        return None
    shown = clock(scene, "console-clock")
    more = [
        post_button(_("1 minute more"), "clock", {"minutes": 1}),
        post_button(_("5 minutes more"), "clock", {"minutes": 5}),
    ]
    if shown is None:
        return html.Div([html.Span(_("No clock: add minutes to start one.")), *more], className="console-clocks")
    if not scene.around.stands:
        stop = post_button(_("Stop the clock"), "clock", {"stop": True})
        return html.Div([shown, *more, stop], className="console-clocks")
    stands = html.Span(_("stopped"), className="console-stands")
    go = post_button(_("Start the clock"), "clock", {"go": True})
    return html.Div([shown, stands, *more, go], className="console-clocks")


def _say(scene: Scene) -> list[Component]:
    """What to say in this phase, and two questions to ask."""
    reads = _reads(scene) if scene.view.phase in ("lobby", "decide") else []
    asks = html.Ul([html.Li(each) for each in questions(scene)], className="console-asks")
    title, ends = html.H2(_("What to say")), scene.view.phase == "debrief" and is_last(scene)
    say = LAST_DEBRIEF if ends else SAY[scene.view.phase]
    return [html.Section([title, *reads, html.P(_(say)), html.H3(_("Ask")), asks])]


def _reads(scene: Scene) -> list[Component]:
    """What a round is about, to be read out."""
    if scene.view.phase == "lobby":
        return [html.P(scene.template.why, className="console-reads")]
    now: Round = scene.template.rounds[scene.view.round]
    heading = html.P([html.Strong(now.title), f" \u00b7 {_(WAY_NAMES[now.way])}"])
    return [
        heading,
        *([html.P(now.says, className="console-reads")] if now.says else []),
        *cards_shown(acting(scene), "card-played"),
    ]


def address(scene: Scene, path: str) -> str:
    """An address of this session."""
    return f"/workshop/{scene.around.code}{path}"
