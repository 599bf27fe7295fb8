"""Who sits at the table, what one's role is, and a way to another seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.components.native import Input
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import listed
from dashboard.wording.workshop import BRIEFINGS, IN_A_LINE, role_in_words
from dashboard.workshop.scene import Scene
from sim.workshop.rules import LONGEST_NAME

TEAMS = (mark("Blue"), mark("Green"), mark("Orange"), mark("Purple"), mark("Red"), mark("Yellow"))
"""Names to choose from, so that a table need not agree on a spelling."""
OTHER = "other-team"


def table_shown(scene: Scene) -> html.Section:
    """The own role in a paragraph, and who else is there."""
    assert scene.seat is not None  # a seat looks
    role, others = scene.seat.role, [each for each in scene.roles if each != scene.seat.role]
    also = [html.P(_also(others))] if others else []
    people = [html.Li([html.Strong(each.name), f" \u00b7 {role_in_words(each.role)}"]) for each in scene.view.people]
    return html.Section(
        [
            html.H2(_("Your role: {role}", role=role_in_words(role))),
            html.P(_(BRIEFINGS[role])),
            *also,
            html.H2(_("Your table: {team}", team=scene.seat.team)),
            html.Ul(people, className="people"),
        ],
        **{"data-key": "table"},
    )


def move_shown(scene: Scene) -> html.Details:
    """Another name; in the lobby another team and role too; in a debrief another role."""
    assert scene.seat is not None  # a seat looks
    seat, fields = scene.seat, [name_field(scene.seat.name)]
    if scene.view.phase == "lobby":
        fields.append(team_field(scene.view.teams, seat.team, may_be_new=True))
    if scene.view.phase in ("lobby", "debrief"):
        fields.append(role_field(scene.template.roles, seat.role))
        title = _("Change name, team or role") if scene.view.phase == "lobby" else _("Change name or role")
    else:
        title = _("Change name")
    act = {"act": "Move", "name": seat.name, "team": seat.team, "role": seat.role}
    button = html.Button(_("Change"), type="submit", className="button is-main")
    form = html.Form([*fields, button], **{"data-act": orjson.dumps(act).decode()})
    return html.Details(
        [html.Summary(title), form], className="lever-what room-move", **{"data-key": "move", "data-closes": ""}
    )


def name_field(name: str = "") -> html.Label:
    """What somebody wants to be called."""
    box = Input(
        type="text", name="name", value=name, maxlength=str(LONGEST_NAME), required=True, autocomplete="nickname",
        className="room-text",
    )  # fmt: skip
    return html.Label([html.Span(_("What shall we call you?"), className="field-name"), box], className="field")


def team_field(
    teams: Sequence[str], chosen: str, *, may_be_new: bool, sizes: Mapping[str, int] | None = None
) -> html.Fieldset:
    """Which table: those there are, and, as long as new ones can be made, some names and any other."""
    names = [*teams, *(_(each) for each in TEAMS if may_be_new and _(each) not in teams)]
    rows: list[Component] = [_radio("team", each, each, _people(sizes, each), chosen=each == chosen) for each in names]
    if may_be_new:
        box = Input(
            type="text", id=OTHER, maxlength=str(LONGEST_NAME), autocomplete="off", className="room-text",
            **{"aria-label": _("Name of another team")},
        )  # fmt: skip
        button = Input(type="radio", name="team", value="", **{"data-instead": OTHER})
        named = html.Label([button, html.B(_("Another"))])
        rows.append(html.Div([named, box], className="choice is-other", **{"data-key": OTHER}))
    return html.Fieldset([html.Legend(_("Which table do you sit at?")), *rows], className="choices is-short")


def role_field(roles: Sequence[str], chosen: str, taken: Mapping[str, str] | None = None) -> html.Fieldset:
    """Which role, each with what it is in a paragraph."""
    rows = [
        _radio(
            "role", role, role_in_words(role), _(IN_A_LINE[role]), (taken or {}).get(role, ""), chosen=role == chosen
        )
        for role in roles
    ]
    return html.Fieldset([html.Legend(_("Which role do you take?")), *rows], className="choices")


def _radio(name: str, value: str, words: str, *says: str, chosen: bool) -> html.Label:
    marked = {"checked": True} if chosen else {}
    button = Input(type="radio", name=name, value=value, required=True, **marked)
    told = [html.Span(each, className="choice-what") for each in says if each]
    return html.Label(
        [button, html.Span([html.B(words), *told])], className="choice", **{"data-key": f"{name}-{value}"}
    )


def _people(sizes: Mapping[str, int] | None, team: str) -> str:
    found = (sizes or {}).get(team, 0)
    return _("{count} there", count=found) if found else ""


def _also(roles: Sequence[str]) -> str:
    return _("Nobody took {roles}, so that falls to you too.", roles=listed([role_in_words(each) for each in roles]))
