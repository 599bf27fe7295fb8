"""A participant's screen: a pure function of what their seat may see, phase by phase."""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from dashboard.wording.language import _
from dashboard.wording.workshop import (
    NOT_RUN,
    PHASES,
    STEPS,
    WAYS,
    WAYS_SAY,
    WORDS,
    clock_in_words,
    role_in_words,
    round_in_words,
    seconds_left,
    years_in_words,
)
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.books_shown import books_shown
from dashboard.workshop.screens.deals_shown import deals_moved, deals_shown, deals_told
from dashboard.workshop.screens.debrief_shown import commitments_shown, plans_shown, split_shown, stands_out
from dashboard.workshop.screens.facts import facts_of
from dashboard.workshop.screens.frame import part, room_page
from dashboard.workshop.screens.levers_shown import changes_in_words, levers_shown
from dashboard.workshop.screens.results_shown import own_results, promises_in_words, results_shown
from dashboard.workshop.screens.table_shown import move_shown, table_shown
from dashboard.workshop.screens.wall import acting
from sim.workshop.template import Round

SHORT = 60
"""Seconds left from which the clock warns."""


def page(scene: Scene, form: str, seen: int = 0) -> str:
    """The whole page.

    form   the form token
    seen   the version of the session that is shown
    """
    return room_page(scene, "seat", form, list(parts(scene).values()), seen=seen)


def parts(scene: Scene) -> dict[str, Component]:
    """What changes, by id; always the same ids, some of them empty."""
    main, beside = _BY_PHASE[scene.view.phase](scene)
    paused = {"disabled": True} if scene.view.paused else {}
    return {
        "seat-now": part("seat-now", [_now(scene)]),
        "seat-head": part("seat-head", [_head(scene)]),
        "seat-main": part("seat-main", [html.Fieldset([each for each in main if each], **paused)]),
        "seat-beside": part("seat-beside", [html.Fieldset([each for each in beside if each], **paused)]),
    }


Shown = tuple[list[Component | None], list[Component | None]]


def _now(scene: Scene) -> html.Div:
    """Where one is in the workshop: kept in sight."""
    view, seat = scene.view, scene.seat
    where = round_in_words(view.round, len(scene.template.rounds)) if view.round >= 0 else scene.template.title
    who = f"{seat.team} \u00b7 {role_in_words(seat.role)}" if seat else ""
    says = html.Div([html.Strong(where), html.Span(who)], className="now-where")
    return html.Div([says, *_clock(scene)], className="now")


def _clock(scene: Scene) -> list[Component]:
    left = scene.around.left
    if left is None or scene.view.phase != "decide":
        return []
    stands = {"data-stands": ""} if scene.around.stands or scene.view.paused else {}
    kind = "now-clock is-short" if left <= SHORT else "now-clock"
    words = html.Span(clock_in_words(left), className=kind, **{"data-left": str(seconds_left(left))}, **stands)
    return [html.Div([html.Span(_("Left"), className="now-left"), words], role="timer", className="now-timer")]


def _head(scene: Scene) -> html.Div:
    """The phase, what is read out, and whether everything stands still."""
    view = scene.view
    said: list[Component] = []
    if view.phase not in ("lobby", "finished"):
        said.append(_steps(view.phase))
    said.append(html.H1(_title(scene), tabIndex=-1, className="room-title", **{"data-title": ""}))
    if view.paused:
        words = _("The facilitator has paused the workshop. Nothing can be changed until it goes on.")
        said.append(html.P([html.Strong(_("Paused. ")), words], className="room-paused"))
    return html.Div(said)


def _title(scene: Scene) -> str:
    view = scene.view
    if view.phase == "lobby":
        return _("Welcome, {name}", name=scene.seat.name) if scene.seat else scene.template.title
    return f"{_(PHASES[view.phase])}: {_round(scene).title}" if view.phase == "decide" else _(PHASES[view.phase])


def _steps(phase: str) -> html.Nav:
    at = "run" if phase == "lock" else phase
    items = []
    for each in STEPS:
        here = {"aria-current": "step"} if each == at else {}
        items.append(html.Li(html.Span(_(PHASES[each])), **here))
    return html.Nav(html.Ol(items, className="steps"), **{"aria-label": _("Steps of a round")})


def _round(scene: Scene) -> Round:
    return scene.template.rounds[max(scene.view.round, 0)]


def _lobby(scene: Scene) -> Shown:
    template = scene.template
    rounds = [
        html.Li([html.Strong(each.title), f" \u00b7 {years_in_words(each.years)}, {_(WAYS[each.way]).lower()}"])
        for each in template.rounds
    ]
    place = _("The place is {place}.", place=facts_of(template).place)
    wait = html.P(_("You are in. The first round begins when the facilitator starts it."), className="room-wait")
    about = html.Section(
        [html.H2(_("What this is about")), html.P(template.why), html.P(place), html.H2(_("Rounds")), html.Ol(rounds)],
        **{"data-key": "about"},
    )
    return [wait, table_shown(scene), move_shown(scene)], [about]


def _decide(scene: Scene) -> Shown:
    own = [deals_shown(scene)] if scene.template.deals and scene.view.way == "fortress" else []
    main: list[Component | None] = [_read_out(scene), *own, levers_shown(scene)]
    return main, [books_shown(scene), table_shown(scene), move_shown(scene)]


def _read_out(scene: Scene) -> html.Section:
    """What the facilitator reads out, how this round is played, and the cards that act in it."""
    now = _round(scene)
    said = [html.P(now.says, className="read-out")] if now.says else []
    opened = {} if _played_so_before(scene) else {"open": True}
    way = html.Details([html.Summary(_(WAYS[now.way])), html.P(_(WAYS_SAY[now.way]))], className="lever-what", **opened)
    years = _("You decide for {years}.", years=years_in_words(now.years))
    return html.Section([*said, html.P(years), way, *_cards(scene)], **{"data-key": "read"})


def _played_so_before(scene: Scene) -> bool:
    """Whether the round before was played in the same way, so that nobody needs to be told again."""
    at = scene.view.round
    return at > 0 and scene.template.rounds[at - 1].way == scene.template.rounds[at].way


def _cards(scene: Scene) -> list[Component]:
    """Cards that act in this round."""
    here = acting(scene)
    if not here:
        return []
    items = [html.Li([html.Strong(card.title), html.Span(card.reads)], className="played") for card in here]
    return [html.H2(_("What has happened")), html.P(_(WORDS["card"]), className="room-soft"), html.Ul(items)]


def _lock(scene: Scene) -> Shown:
    says = html.P(_("Locked. Nothing can be changed now; the round runs as soon as everybody is ready."),
                  className="room-wait")  # fmt: skip
    return [says, _what_i_set(scene)], [table_shown(scene)]


def _run(scene: Scene) -> Shown:
    around = scene.around
    if around.trouble:
        bar: Component = html.P(_(NOT_RUN), className="room-paused")
    elif scene.has_run:
        bar = html.P(
            _("The results are there. They are shown when the facilitator reveals them."), className="room-wait"
        )
    else:
        share = around.done / around.wanted if around.wanted else 0.0
        fill = html.Div("", className="progress-fill", style=f"--share:{share:.3f}")
        told = {"aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": f"{share * 100:.0f}"}
        named = {"aria-label": _("How far the round has run"), **told}
        bar = html.Div(
            [
                html.P(_("The years are being lived through, many times, for every team."), className="room-wait"),
                html.Div(fill, className="progress", role="progressbar", **named),
            ]
        )
    return [html.Section([bar], **{"data-key": "run"}), _what_i_set(scene)], [table_shown(scene)]


def _what_i_set(scene: Scene) -> html.Section:
    """What the seat's own levers and agreements, or the team's one plan, changed in this round."""
    deals = deals_moved(scene, scene.view.deals, scene.view.round)
    changed = [*changes_in_words(scene, scene.begun, scene.view.plan), *deals]
    title = _("What you set") if scene.view.way == "fortress" else _("Your team's plan in this round")
    told = html.Ul([html.Li(each) for each in changed]) if changed else html.P(_("No lever was moved."))
    return html.Section([html.H2(title), told], **{"data-key": "set"})


def _reveal(scene: Scene) -> Shown:
    return [stands_out(scene), *results_shown(scene)], [_kept(scene), books_shown(scene), table_shown(scene)]


def _kept(scene: Scene) -> html.Section | None:
    """How the team's agreements fared, where the workshop has any."""
    own = own_results(scene)
    if own is None or not scene.template.deals:
        return None
    fared = html.P(promises_in_words(scene.template, own.promises))
    breach = html.P(_(WORDS["breach"]), className="room-soft") if own.promises.broken else None
    return html.Section([html.H2(_("Promises")), fared, deals_told(scene), breach], **{"data-key": "kept"})


def _debrief(scene: Scene) -> Shown:
    main = [stands_out(scene), split_shown(scene), commitments_shown(scene, open_=True), *_again(scene)]
    return main, [_kept(scene), books_shown(scene), plans_shown(scene), table_shown(scene), move_shown(scene)]


def _again(scene: Scene) -> list[Component]:
    return [
        html.Details(
            [html.Summary(_("The results again")), *results_shown(scene)], className="again", **{"data-key": "again"}
        )
    ]


def _finished(scene: Scene) -> Shown:
    sheet = html.A(
        _("Open your team's sheet to keep or print"), href=f"/workshop/{scene.around.code}/sheet",
        className="button is-main",
    )  # fmt: skip
    ends = scene.around.ends
    until = [html.P(_("This session is deleted on {day}.", day=ends), className="room-soft")] if ends else []
    thanks = html.P(_("That was it, thank you. Nothing is hidden any more: look what the others did."))
    first = html.Section([thanks, html.P(sheet), *until], **{"data-key": "sheet"})
    main: list[Component | None] = [first, commitments_shown(scene, open_=False), *results_shown(scene)]
    return main, [plans_shown(scene), _kept(scene), books_shown(scene), split_shown(scene), table_shown(scene)]


_BY_PHASE: dict[str, Callable[[Scene], Shown]] = {
    "lobby": _lobby, "decide": _decide, "lock": _lock, "run": _run, "reveal": _reveal, "debrief": _debrief,
    "finished": _finished,
}  # fmt: skip
