"""The console's other parts: cards, the way in, who sits where, ways back, and what leaves the room."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _, several
from dashboard.wording.workshop import role_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.pressed import act_button, post_button
from dashboard.workshop.screens.wall import is_last, team_label
from sim.workshop import Seat
from sim.workshop.template import Card


def cards(scene: Scene) -> list[Component]:
    """Cards with what they do: to be played between rounds, or when they were."""
    template = scene.template
    if not template.cards:
        return []
    played = {each.card: each.round for each in scene.view.cards}
    may = scene.view.phase in ("lobby", "debrief") and not (scene.view.phase == "debrief" and is_last(scene))
    rows = [_card(name, card, played.get(name), may) for name, card in template.cards.items() if may or name in played]
    note = _("A card acts on every team, and on doing nothing, from the next round on.")
    when = note if may else _("Cards are played between rounds.")
    return [
        html.Section(
            [html.H2(_("Cards")), html.P(when, className="room-soft"), html.Ul(rows, className="console-list")]
        )
    ]


def _card(name: str, card: Card, played: int | None, may: bool) -> html.Li:
    lasts = (
        several("for {count} year", "for {count} years", card.years, count=card.years)
        if card.years
        else _("to the end")
    )
    said = html.Div([html.Strong(card.title), html.Span(f"{card.reads} ({lasts})", className="console-small")])
    if played is not None:
        state: Component = html.Span(_("Played for round {number}", number=played + 1), className="console-state")
    elif may:
        state = act_button(_("Play"), "PlayCard", label=_("Play: {card}", card=card.title), card=name)
    else:
        state = html.Span("")
    return html.Li([said, state], **{"data-key": name})


def joining(scene: Scene) -> list[Component]:
    """The way in."""
    code, address = scene.around.code, scene.around.address
    host = address.removesuffix(f"/workshop/{code}")
    words = [
        html.P([html.Span(host), html.Span(address.removeprefix(host))], className="console-address"),
        html.P([_("Code "), html.Strong(code, className="console-code")]),
        html.A(
            _("Open the board"), href=f"/workshop/{code}/board", target="_blank", className="button", rel="noopener"
        ),
    ]
    square = html.Img(
        src=f"/workshop/{code}/qr.svg", alt=_("Square code of the address to join"), className="console-square"
    )
    return [html.Section([html.H2(_("Join")), html.Div([html.Div(words), square], className="console-join")])]


def tables(scene: Scene) -> list[Component]:
    """Who sits where, with ways to take a seat away and to let somebody sit down with another phone."""
    count = several("{count} person", "{count} people", len(scene.seats), count=len(scene.seats))
    title = html.H2(_("Seats: {people}", people=count))
    hide = (
        act_button(_("Show names on the board"), "HideNames", hidden=False)
        if scene.names_hidden
        else act_button(_("Hide names on the board"), "HideNames", hidden=True)
    )
    teams = [each for team in scene.view.teams if (each := _table(scene, team))]
    none = html.P(_("Nobody has joined yet."), className="room-soft")
    return [html.Section([title, *(teams or [none]), hide])]


def _table(scene: Scene, team: str) -> html.Details | None:
    seats = [seat for seat in scene.seats if seat.team == team]
    if not seats:
        return None
    count = html.Span(f" {len(seats)}", className="console-small")
    vacant = [role for role in scene.template.roles if role not in {seat.role for seat in seats}]
    missing = _("Nobody plays: {roles}", roles=", ".join(map(role_in_words, vacant))) if vacant else ""
    rows = html.Ul([_seat(seat) for seat in seats], className="console-list")
    inside = [
        html.Summary([team_label(scene, team), count]),
        rows,
        html.P(missing, className="room-soft") if missing else None,
    ]
    return html.Details(inside, **{"data-key": team})


def _seat(seat: Seat) -> html.Li:
    link = f"link-{seat.id}"
    who = {"name": seat.name}
    label = _("New phone for {name}", **who)
    phone = post_button(_("New phone"), "seat-link", {"seat": seat.id}, label=label, data_into=link)
    sure = _("Sure? Remove {name}", **who)
    gone = act_button(_("Remove"), "Remove", sure=sure, label=_("Remove {name}", **who), seat=seat.id)
    said = html.Div([html.Strong(seat.name), html.Span(role_in_words(seat.role), className="console-small")])
    shown = html.Span("", id=link, className="console-link", **{"aria-live": "polite"})
    return html.Li([said, html.Div([phone, gone], className="console-buttons"), shown], **{"data-key": seat.id})


def ways(scene: Scene) -> list[Component]:
    """Pause, and ways back."""
    view = scene.view
    pause = act_button(_("Resume"), "Resume") if view.paused else act_button(_("Pause"), "Pause")
    buttons = [pause, act_button(_("Undo my last step"), "Undo")]
    if view.phase not in ("lobby", "finished"):
        buttons.append(act_button(_("Restart this round"), "Restart", sure=_("Sure? Decide this round again")))
    if view.phase == "lobby" or (view.phase == "debrief" and not is_last(scene)):
        buttons.append(act_button(_("Finish now"), "Finish", sure=_("Sure? End the session")))
    note = _("Undo takes back what you did last, not what teams did. A restart goes back to where the round began.")
    row = html.Div(buttons, className="console-buttons")
    return [html.Section([html.H2(_("Pause, and ways back")), row, html.P(note, className="room-soft")])]


def leaving(scene: Scene) -> list[Component]:
    """Files to keep, and the end of the session."""
    mine = f"/workshop/{scene.around.code}"
    files = [
        html.A(_("Sheets to print"), href=f"{mine}/sheet", className="button"),
        html.A(_("Session"), href=f"{mine}/session.json", className="button", download=True),
        html.A(_("Results"), href=f"{mine}/results.json", className="button", download=True),
        html.A(_("Commitments"), href=f"{mine}/commitments.csv", className="button", download=True),
    ]
    delete = post_button(
        _("Delete the session"),
        "delete",
        {},
        kind="button is-grave",
        sure=_("Sure? Nothing of it can be brought back"),
        data_then="/workshop",
    )
    note = _("The session replays without people: upstream workshop replay FILE.")
    ends = _("It is deleted by itself on {day}.", day=scene.around.ends) if scene.around.ends else ""
    return [
        html.Section(
            [
                html.H2(_("Keep or delete")),
                html.Div(files, className="console-buttons"),
                html.P(note, className="room-soft"),
                html.Div([delete, html.Span(ends, className="console-small")], className="console-buttons"),
            ]
        )
    ]
