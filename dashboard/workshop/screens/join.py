"""How somebody takes a seat: a name, a table and a role, on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import orjson
from dash import html

from dashboard.wording.language import _
from dashboard.wording.numbers import listed
from dashboard.workshop.scene import Around
from dashboard.workshop.screens.frame import workshop_page
from dashboard.workshop.screens.table_shown import name_field, role_field, team_field
from sim.workshop import State
from sim.workshop.rules import MOST_SEATS, MOST_TEAMS


def page(around: Around, state: State, form: str, fault: str = "") -> str:
    """The page as HTML.

    form    the form token
    fault   what was wrong, in one sentence
    """
    data = {"data-code": around.code, "data-form": form, "data-phase": state.phase}
    told = html.P(fault, className="join-fault", role="alert") if fault else None
    title = html.H1(state.template.title, className="room-title")
    code = html.P(_("Workshop {code}", code=around.code), className="room-soft")
    return workshop_page(state.template.title, [title, code, told, _asked(state)], data, kind="is-join")


def _asked(state: State) -> html.Section:
    """The form, or why nobody can join."""
    if state.phase == "finished":
        return html.Section(html.P(_("This workshop is over.")))
    if len(state.seats) >= MOST_SEATS:
        return html.Section(html.P(_("All seats are taken.")))
    sizes = Counter(seat.team for seat in state.seats.values())
    may_be_new = state.round < 0 and len(state.teams) < MOST_TEAMS
    first = next(iter(state.template.roles))
    chosen = first if len(state.template.roles) == 1 else ""
    words = _("No account is needed, and nothing is kept about you but the name you choose.")
    join = html.Form(
        [
            name_field(),
            team_field(tuple(state.teams), "", may_be_new=may_be_new, sizes=sizes),
            role_field(state.template.roles, chosen, _taken(state)),
            html.P(_("You can change team and role until the first round begins."), className="room-soft"),
            html.Button(_("Take a seat"), type="submit", className="button is-main"),
        ],
        className="join-form",
        **{"data-act": orjson.dumps({"act": "Join"}).decode(), "data-then": "reload"},
    )
    return html.Section([html.P(state.template.why), html.P(words, className="room-soft"), join])


def _taken(state: State) -> dict[str, str]:
    """By role, at which tables somebody has it."""
    found: dict[str, str] = {}
    for role in state.template.roles:
        teams: Sequence[str] = [team for team in state.teams if any(s.role == role for s in state.of_team(team))]
        if teams:
            found[role] = _("Already taken at {teams}; a role may be shared.", teams=listed(teams))
    return found
