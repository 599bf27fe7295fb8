"""The console's parts about the room: cards, the way in, and who sits where."""

from __future__ import annotations

from functools import lru_cache

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import Ready, to_html
from dashboard.wording.language import _, several, spoken
from dashboard.wording.workshop import role_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.pressed import act_button, post_button
from dashboard.workshop.screens.wall import is_last, team_label
from sim.workshop import Seat
from sim.workshop.template import Card

MOST_ROWS = 512
"""Rows of seats that are kept at hand."""


def cards(scene: Scene) -> list[Component]:
    """Cards with what they do: to be played between rounds, or when they were."""
    template = scene.template
    if not template.cards:
        return []
    played = {each.card: each.round for each in scene.view.cards}
    may = scene.view.phase in ("lobby", "debrief") and not (scene.view.phase == "debrief" and is_last(scene))
    rows = [_card(name, card, played.get(name)) for name, card in template.cards.items() if may or name in played]
    note = _("A card acts on every team, and on doing nothing, from the next round on.")
    when = note if may else _("Cards are played between rounds.")
    inside = [html.P(when, className="room-soft"), html.Ul(rows, className="console-list")]
    if may:
        return [html.Section([html.H2(_("Cards")), *inside])]
    title = _("Cards: {count} of {all} played", count=len(played), all=len(template.cards))
    return [html.Section(html.Details([html.Summary(html.Strong(title)), *inside], **{"data-key": "cards"}))]


def _card(name: str, card: Card, played: int | None) -> html.Li:
    """One that was played is one line; of one that may be played stands what it does."""
    if played is not None:
        state = html.Span(_("Played for round {number}", number=played + 1), className="console-state")
        return html.Li([html.Strong(card.title), state], **{"data-key": name})
    said = html.Div([html.Strong(card.title), html.Span(card.reads, className="console-small")])
    play = act_button(_("Play"), "PlayCard", label=_("Play: {card}", card=card.title), card=name)
    return html.Li([said, play], **{"data-key": name})


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
    teams = [each for team in scene.view.teams if (each := _table(scene, team))]
    none = html.P(_("Nobody has joined yet."), className="room-soft")
    return [html.Section([title, _door(scene), *(teams or [none]), _names(scene)])]


def _door(scene: Scene) -> html.Div | None:
    """Whether anybody may join, and a way to the other."""
    if scene.view.phase == "finished":
        return None
    if scene.door:
        says, turn = _("The door is open: people may join."), act_button(_("Close the door"), "Door", open=False)
    else:
        says = _("The door is closed: nobody may join.")
        turn = act_button(_("Open the door for latecomers"), "Door", open=True)
    return html.Div([html.Span(says, className="room-soft"), turn], className="console-buttons")


def _names(scene: Scene) -> html.Button:
    if scene.names_hidden:
        return act_button(_("Show names on the board"), "HideNames", hidden=False)
    return act_button(_("Hide names on the board"), "HideNames", hidden=True)


def _table(scene: Scene, team: str) -> html.Details | None:
    seats = [seat for seat in scene.seats if seat.team == team]
    if not seats:
        return None
    late = sum(seat.joined >= 0 for seat in seats)
    told = _(", {count} of them late", count=late) if late else ""
    count = html.Span(f" {len(seats)}{told}", className="console-small")
    vacant = [role for role in scene.template.roles if role not in {seat.role for seat in seats}]
    missing = _("Nobody plays: {roles}", roles=", ".join(map(role_in_words, vacant))) if vacant else ""
    rows = html.Ul([_row(seat, spoken()) for seat in seats], className="console-list")
    inside = [
        html.Summary([team_label(scene, team), count]),
        rows,
        html.P(missing, className="room-soft") if missing else None,
    ]
    return html.Details(inside, **{"data-key": team})


@lru_cache(maxsize=MOST_ROWS)
def _row(seat: Seat, _language: str) -> Ready:
    """A seat's row as HTML: of sixty, hardly one changes."""
    return Ready(to_html(_seat(seat), whole_page=True))


def _seat(seat: Seat) -> html.Li:
    link = f"link-{seat.id}"
    who = {"name": seat.name}
    label = _("New phone for {name}", **who)
    phone = post_button(_("New phone"), "seat-link", {"seat": seat.id}, label=label, data_into=link)
    sure = _("Sure? Remove {name}", **who)
    gone = act_button(_("Remove"), "Remove", sure=sure, label=_("Remove {name}", **who), seat=seat.id)
    late = _("came in round {number}", number=seat.joined + 1) if seat.joined >= 0 else ""
    words = ", ".join(each for each in (role_in_words(seat.role), late) if each)
    said = html.Div([html.Strong(seat.name), html.Span(words, className="console-small")])
    return html.Li([said, html.Div([phone, gone], className="console-buttons"), given(link)], **{"data-key": seat.id})


def given(name: str) -> html.Div:
    """Where a link comes to stand, which stays there whatever else changes."""
    return html.Div([], id=name, **{"data-given": "", "aria-live": "polite"})
