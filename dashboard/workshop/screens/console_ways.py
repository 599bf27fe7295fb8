"""The console's parts about ways back, and what leaves the room."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _
from dashboard.wording.workshop_led import ASKS_TWICE, UNDO
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.console_room import given
from dashboard.workshop.screens.pressed import act_button, post_button
from dashboard.workshop.screens.wall import is_last


def ways(scene: Scene) -> list[Component]:
    """Pause, and ways back."""
    view = scene.view
    pause = act_button(_("Resume"), "Resume") if view.paused else act_button(_("Pause"), "Pause")
    buttons = [pause, *_undo(scene)]
    if view.phase not in ("lobby", "finished"):
        buttons.append(act_button(_("Restart this round"), "Restart", sure=_("Sure? Decide this round again")))
    if view.phase == "lobby" or (view.phase == "debrief" and not is_last(scene)):
        buttons.append(act_button(_("Finish now"), "Finish", sure=_("Sure? End the session")))
    note = _("Undo takes back what you did last, not what teams did. A restart goes back to where the round began.")
    row = html.Div(buttons, className="console-buttons")
    return [html.Section([html.H2(_("Pause, and ways back")), row, html.P(note, className="room-soft")])]


def _undo(scene: Scene) -> list[Component]:
    """Takes back the step that it names."""
    if scene.undoes not in UNDO:
        return []
    words = _(UNDO[scene.undoes])
    sure = _("Sure? {undo}", undo=words) if scene.undoes in ASKS_TWICE else ""
    return [act_button(words, "Undo", sure=sure)]


def leaving(scene: Scene) -> list[Component]:
    """Files to keep, and the end of the session."""
    note = html.P(_("The session replays without people: upstream workshop replay FILE."), className="room-soft")
    other = post_button(_("Lead from another device"), "lead-link", {}, data_into="lead-link")
    row = html.Div([other], className="console-buttons")
    return [html.Section([html.H2(_("Keep or delete")), _files(scene), note, row, given("lead-link"), _delete(scene)])]


def _files(scene: Scene) -> html.Div:
    mine = f"/workshop/{scene.around.code}"
    files = [
        html.A(_("Sheets to print"), href=f"{mine}/sheet", className="button"),
        html.A(_("Session"), href=f"{mine}/session.json", className="button", download=True),
        html.A(_("Results"), href=f"{mine}/results.json", className="button", download=True),
        html.A(_("Commitments"), href=f"{mine}/commitments.csv", className="button", download=True),
    ]
    return html.Div(files, className="console-buttons")


def _delete(scene: Scene) -> html.Div:
    sure, kind = _("Sure? Nothing of it can be brought back"), "button is-grave"
    delete = post_button(_("Delete the session"), "delete", {}, kind=kind, sure=sure, data_then="/workshop")
    ends = _("It is deleted by itself on {day}.", day=scene.around.ends) if scene.around.ends else ""
    return html.Div([delete, html.Span(ends, className="console-small")], className="console-buttons")
