"""The projector: read from the back of a room, one panel at a time, and nothing that the room may not see."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.pages.plain import asset
from dashboard.wording.language import _, several
from dashboard.wording.workshop import role_in_words
from dashboard.wording.workshop_led import OF_FORTRESS, PHASES, QUESTIONS, WAY_NAMES, WAYS
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_results import results
from dashboard.workshop.screens.frame import part, room_page
from dashboard.workshop.screens.wall import (
    Show,
    acting,
    cards_shown,
    clock,
    coming,
    phase_words,
    progress,
    team_label,
)

STYLES = ("workshop_board.css",)
SCRIPT = "workshop_board.js"
MANY_PEOPLE = 24
"""With more people than these, roles are left out so that names stay as large."""


def page(scene: Scene, form: str, seen: int = 0) -> str:
    """The whole page."""
    script = html.Script(src=asset(SCRIPT), defer=True)
    return room_page(scene, "board", form, [*parts(scene).values(), script], STYLES, seen)


def parts(scene: Scene) -> dict[str, Component]:
    """What changes, by id."""
    shows = panels(scene)
    return {
        "board-top": part("board-top", _top(scene), "board-top"),
        "board-stage": part("board-stage", [_panel(each, at) for at, each in enumerate(shows)], "board-stage"),
        "board-ways": part("board-ways", _ways(shows), "board-ways"),
    }


def panels(scene: Scene) -> list[Show]:
    """What the room may look at in this phase, the first thing first."""
    phase = scene.view.phase
    if phase in ("reveal", "debrief", "finished"):
        talk = {"debrief": [_talk(scene)], "finished": [_over()]}.get(phase, [])
        return [*talk, *results(scene)]
    now = {"lobby": _lobby, "decide": _decide, "lock": _lock, "run": _run}[phase](scene)
    return [now, *results(scene)]


def _panel(show: Show, at: int) -> html.Section:
    title = html.H2(show.title, id=f"title-{show.name}", className="show-title")
    named = {"data-show": show.name, "aria-labelledby": f"title-{show.name}"}
    hidden = {} if at == 0 else {"hidden": True}
    inside = html.Div(list(show.body), className="show-body")
    return html.Section([title, inside], id=f"show-{show.name}", className=f"show is-{show.name}", **named, **hidden)


def _ways(shows: Sequence[Show]) -> list[Component]:
    """A button for each panel, where there are several."""
    if len(shows) < 2:
        return []
    buttons = [
        html.Button(
            each.short,
            type="button",
            className="way",
            **{"data-go": each.name, "data-key": each.name, "aria-pressed": "true" if at == 0 else "false"},
        )
        for at, each in enumerate(shows)
    ]
    hint = html.Span(_("Left and right arrow keys"), className="way-hint")
    return [html.Nav([*buttons, hint], className="way-list", **{"aria-label": _("Panels")})]


def _top(scene: Scene) -> list[Component | None]:
    title = html.H1(scene.template.title, className="board-title")
    phase = html.P(phase_words(scene), className="board-phase", **{"data-title": ""})
    paused = html.P(_("Paused"), className="board-paused") if scene.view.paused else None
    lobby = scene.view.phase in ("lobby", "finished")
    join = None if lobby else html.P([_("Code "), html.Strong(scene.around.code)], className="board-code")
    return [title, phase, paused, join]


def _lobby(scene: Scene) -> Show:
    around, mine = scene.around, f"/workshop/{scene.around.code}"
    join = [
        html.P(_("On your phone or laptop, open"), className="join-says"),
        html.P(around.address, className=f"join-address {'is-long' if len(around.address) > 34 else ''}".strip()),
        html.P(_("or point the camera at the square. Code:"), className="join-says"),
        html.P(around.code, className="join-code"),
    ]
    roomy = "is-roomy" if len(scene.view.people) <= MANY_PEOPLE else ""
    code = html.Img(src=f"{mine}/qr.svg", alt=_("Square code of the address to join"), className="join-square")
    top = html.Div([html.Div(join, className="join-words"), code], className=f"join {roomy}".strip())
    return Show("join", _("Join this workshop"), _("Join"), [top, *_joined(scene), *_next_cards(scene)])


def _joined(scene: Scene) -> list[Component]:
    """Who has joined, by team."""
    people = scene.view.people
    if not people:
        return [html.P(_("Nobody has joined yet."), className="joined-none")]
    is_many = len(people) > MANY_PEOPLE
    teams = [_table(scene, team, is_many) for team in scene.view.teams]
    return [html.Ul([each for each in teams if each], className="joined is-many" if is_many else "joined")]


def _table(scene: Scene, team: str, is_many: bool) -> html.Li | None:
    seated = [each for each in scene.view.people if each.team == team]
    if not seated:
        return None
    if is_many:
        names = ", ".join(each.name for each in seated if each.name)
        count = several("{count} person", "{count} people", len(seated), count=len(seated))
        said = [html.Li(names or count)]
    else:
        said = [html.Li([html.Strong(each.name), " ", role_in_words(each.role)]) for each in seated]
    return html.Li([team_label(scene, team), html.Ul(said)], className="joined-team")


def _next_cards(scene: Scene) -> list[Component]:
    cards = coming(scene)
    return [html.Div(cards_shown(cards, "card-played"), className="cards-played")] if cards else []


def _decide(scene: Scene) -> Show:
    now = scene.template.rounds[scene.view.round]
    left = html.Div(
        [
            html.P(_(WAY_NAMES[now.way]), className="decide-way"),
            html.P(_(WAYS[now.way]), className="decide-says"),
            html.P(now.says, className="decide-reads") if now.says else None,
            html.Div(cards_shown(acting(scene), "card-played"), className="cards-played"),
        ],
        className="decide-words",
    )
    return Show("decide", now.title, _("Now"), [html.Div([left, _timing(scene)], className="decide")])


def _timing(scene: Scene) -> html.Div:
    """The clock, and how many tables have changed something: how many, never which and what."""
    shown = clock(scene, "decide-clock")
    teams = len(scene.view.teams)
    moved = _("{count} of {all} teams have changed something", count=scene.stirred, all=teams)
    years = scene.template.rounds[scene.view.round].years
    plays = _("This round plays {years} years", years=years) if years > 1 else _("This round plays one year")
    stands = html.P(_("The clock is stopped"), className="decide-note") if shown and scene.around.stands else None
    inside = [shown, stands, html.P(moved, className="decide-moved"), html.P(plays, className="decide-note")]
    return html.Div(inside, className="decide-time")


def _lock(scene: Scene) -> Show:
    return Show("locked", _(PHASES["lock"]), _("Now"), [_questions(scene, _("Nothing can be changed now."))])


def _run(scene: Scene) -> Show:
    years = scene.template.years_before(scene.view.round + 1)
    says = _("Year by year to year {years}: the same people fall ill in every team, and in doing nothing.", years=years)
    trouble = html.P(scene.around.trouble, className="run-trouble") if scene.around.trouble else None
    return Show("running", _(PHASES["run"]), _("Now"), [progress(scene, "run"), trouble, _questions(scene, says)])


def _talk(scene: Scene) -> Show:
    says = _("Then type one thing that you will do. Your table's sheet keeps it.")
    return Show("talk", _(PHASES["debrief"]), _("Talk"), [_questions(scene, says), *_next_cards(scene)])


def _over() -> Show:
    says = _("Nothing is hidden any more. Your sheet is on your phone: keep it or print it.")
    return Show("over", _(PHASES["finished"]), _("The end"), [html.P(says, className="over-says")])


def _questions(scene: Scene, says: str) -> html.Div:
    asked = [html.Li(each) for each in questions(scene)]
    return html.Div([html.P(says, className="talk-says"), html.Ol(asked, className="talk-asks")], className="talk")


def questions(scene: Scene) -> tuple[str, str]:
    """Two questions to ask in this phase."""
    phase = scene.view.phase
    of_way = OF_FORTRESS if scene.view.way == "fortress" else {}
    first, second = of_way.get(phase, QUESTIONS[phase])
    return _(first), _(second)
