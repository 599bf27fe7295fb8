"""How somebody takes a seat: a name, a table and a role, on a phone; it follows what others take meanwhile."""

from __future__ import annotations

from collections import Counter

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _
from dashboard.wording.numbers import listed
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.frame import part, room_page
from dashboard.workshop.screens.table_shown import name_field, role_field, team_field
from sim.workshop.rules import MOST_SEATS, MOST_TEAMS


def page(scene: Scene, form: str, seen: int = 0, fault: str = "") -> str:
    """The whole page.

    scene   as the projector sees it
    form    the form token
    seen    the version of the session that is shown
    fault   what was wrong, in one sentence
    """
    told = html.P(fault, className="join-fault", role="alert") if fault else None
    title = html.H1(scene.template.title, className="room-title")
    code = html.P(_("Workshop {code}", code=scene.around.code), className="room-soft")
    return room_page(scene, "join", form, [title, code, told, *parts(scene).values()], seen=seen)


def parts(scene: Scene) -> dict[str, Component]:
    """What changes, by id: who sits where, and whether anybody else can."""
    why = _why_not(scene)
    inside = [html.P(why, className="room-wait")] if why else [_about(scene), _form(scene)]
    return {
        "join-door": part("join-door", [] if scene.door or why else [_closed()]),
        "join-seats": part("join-seats", [html.Section(inside)]),
    }


def _why_not(scene: Scene) -> str:
    """Why nobody can join at all; empty where somebody can."""
    if scene.view.phase == "finished":
        return _("This workshop is over.")
    return _("All seats are taken.") if len(scene.view.people) >= MOST_SEATS else ""


def _closed() -> html.P:
    """What is typed stays, for the door may be opened."""
    words = _("The door is closed while a round is on. Ask the facilitator to open it, then take your seat.")
    return html.P(words, className="room-paused", role="status")


def _about(scene: Scene) -> html.Div:
    words = _("No account is needed, and nothing is kept about you but the name you choose.")
    return html.Div([html.P(scene.template.why), html.P(words, className="room-soft")])


def _form(scene: Scene) -> html.Form:
    view, roles = scene.view, scene.template.roles
    sizes = Counter(person.team for person in view.people)
    may_be_new = view.round < 0 and len(view.teams) < MOST_TEAMS
    only = roles[0] if len(roles) == 1 else ""
    note = _("You can change team and role until the first round begins.") if view.round < 0 else ""
    return html.Form(
        [
            name_field(),
            team_field(view.teams, "", may_be_new=may_be_new, sizes=sizes),
            role_field(roles, only, _taken(scene)),
            html.P(note, className="room-soft"),
            html.Button(_("Take a seat"), type="submit", className="button is-main"),
        ],
        className="join-form",
        **{"data-act": orjson.dumps({"act": "Join"}).decode(), "data-then": "reload", "data-key": "join"},
    )


def _taken(scene: Scene) -> dict[str, str]:
    """By role, at which tables somebody has it."""
    found = {
        role: [team for team in scene.view.teams if any((p.team, p.role) == (team, role) for p in scene.view.people)]
        for role in scene.template.roles
    }
    return {
        role: _("Already taken at {teams}; a role may be shared.", teams=listed(teams))
        for role, teams in found.items()
        if teams
    }
