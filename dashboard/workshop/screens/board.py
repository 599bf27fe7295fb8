"""The projector: read from the back of a room, one panel at a time, and nothing that the room may not see."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.pages.plain import asset
from dashboard.wording.language import _, several
from dashboard.wording.workshop import NOT_RUN, role_in_words
from dashboard.wording.workshop_led import OF_FORTRESS, ON_THE_WALL, QUESTIONS, WAY_NAMES, WAYS_IN_A_LINE
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_drawn import panel, results_drawn
from dashboard.workshop.screens.frame import part, room_page
from dashboard.workshop.screens.wall import (
    Show,
    acting,
    cards_shown,
    clock,
    coming,
    is_last,
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
    made = parts(scene)
    script = html.Script(src=asset(SCRIPT), defer=True)
    stage = html.Div([made["board-now"], made["board-results"]], id="board-stage", className="board-stage")
    return room_page(scene, "board", form, [made["board-top"], stage, made["board-ways"], script], STYLES, seen)


def parts(scene: Scene) -> dict[str, Component]:
    """What changes, by id: results apart from what happens now, so that they are drawn and sent once."""
    here = now(scene)
    panels = results_drawn(scene, first=not here)
    ways = [*((each.name, each.short) for each in here), *panels.ways]
    return {
        "board-top": part("board-top", _top(scene), "board-top"),
        "board-now": part("board-now", [panel(each, first=True) for each in here], "board-panels"),
        "board-results": part("board-results", [panels.shown], "board-panels"),
        "board-ways": part("board-ways", _ways(ways), "board-ways"),
    }


def now(scene: Scene) -> list[Show]:
    """What happens in this phase; nothing in a reveal, where results come first."""
    made = {
        "lobby": _lobby, "decide": _decide, "lock": _lock, "run": _run, "debrief": _talk, "finished": _over,
    }.get(scene.view.phase)  # fmt: skip
    return [made(scene)] if made else []


def _ways(ways: Sequence[tuple[str, str]]) -> list[Component]:
    """A button for each panel, where there are several."""
    if len(ways) < 2:
        return []
    buttons = [
        html.Button(
            short,
            type="button",
            className="way",
            **{"data-go": name, "data-key": name, "aria-pressed": "true" if at == 0 else "false"},
        )
        for at, (name, short) in enumerate(ways)
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
            html.P(_(WAYS_IN_A_LINE[now.way]), className="decide-says"),
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
    return Show("locked", _(ON_THE_WALL["lock"]), _("Now"), [_questions(scene, _("Nothing can be changed now."))])


def _run(scene: Scene) -> Show:
    years = scene.template.years_before(scene.view.round + 1)
    says = _("Year by year to year {years}: the same people fall ill in every team, and in doing nothing.", years=years)
    trouble = html.P(_(NOT_RUN), className="run-trouble") if scene.around.trouble else None
    return Show("running", _(ON_THE_WALL["run"]), _("Now"), [progress(scene, "run"), trouble, _questions(scene, says)])


def _talk(scene: Scene) -> Show:
    then = _("Then type one thing that you will do. Your table's sheet keeps it.")
    says = then if is_last(scene) else _("First at your table, then all together.")
    return Show("talk", _(ON_THE_WALL["debrief"]), _("Talk"), [_questions(scene, says), *_next_cards(scene)])


def _over(_scene: Scene) -> Show:
    says = _("Nothing is hidden any more. Your sheet is on your phone: keep it or print it.")
    return Show("over", _(ON_THE_WALL["finished"]), _("The end"), [html.P(says, className="over-says")])


def _questions(scene: Scene, says: str) -> html.Div:
    asked = [html.Li(each) for each in questions(scene)]
    return html.Div([html.P(says, className="talk-says"), html.Ol(asked, className="talk-asks")], className="talk")


def questions(scene: Scene) -> tuple[str, str]:
    """Two questions to ask in this phase."""
    phase = scene.view.phase
    of_way = OF_FORTRESS if scene.view.way == "fortress" else {}
    first, second = of_way.get(phase, QUESTIONS[phase])
    return _(first), _(second)
