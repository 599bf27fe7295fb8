"""Where workshops begin: join one by its code; and, for whoever may host, make one or go back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.native import Input
from dashboard.shelf.sessions import KeptSession
from dashboard.wording.language import _, day_in_words, several
from dashboard.wording.numbers import listed
from dashboard.wording.workshop import role_in_words
from dashboard.workshop.screens.frame import workshop_page
from sim.workshop import Template

ADDRESS = "/workshop"
LONGEST_CODE = 12
MAKE = f"{ADDRESS}/make"
OWN = "own"
"""What a workshop is called whose file somebody brought."""


def page(
    hosts: bool, ready: Sequence[Template], sessions: Sequence[KeptSession], form: str, fault: str = "", code: str = ""
) -> str:
    """The page as HTML.

    hosts      whether the looker may make workshops
    ready      workshops to make one from
    sessions   that are kept, for who hosts
    form       the form token
    fault      what was wrong with a code or a file, in one sentence
    code       as it was typed
    """
    said = html.P(
        _("Teams decide for one place, round after round, and every team has the same patients."), className="room-soft"
    )
    parts: list[Component] = [html.H1(_("Workshop"), className="room-title"), said, _joins(form, fault, code)]
    if hosts:
        parts += [_ready(ready, form), _own_file(form)]
        parts += [_sessions(sessions, {each.name: each.title for each in ready})] if sessions else []
    return workshop_page(_("Workshop"), parts, {"data-form": form}, kind="is-start")


def _joins(form: str, fault: str, code: str) -> html.Section:
    box = Input(
        type="text", name="code", id="join-code", value=code, required=True, maxlength=str(LONGEST_CODE),
        autocomplete="off", autocapitalize="characters", spellcheck="false", className="room-text code-box",
    )  # fmt: skip
    parts = [
        html.Label(_("The code on the screen in the room"), htmlFor="join-code", className="field-name"),
        box,
        html.P(fault, role="alert"),
        html.Button(_("Join"), type="submit", className="button is-main"),
    ]
    return html.Section([html.H2(_("Join a workshop")), _form(f"{ADDRESS}/join", form, parts)])


def _form(address: str, form: str, parts: Sequence[Component]) -> html.Form:
    """A form that the script sends, for pages may send none by themselves."""
    token = Input(type="hidden", name="form", value=form)
    return html.Form([token, *parts], className="start-form", **{"data-send": address, "data-form": form})


def _ready(ready: Sequence[Template], form: str) -> html.Section:
    return html.Section(
        [html.H2(_("Lead a workshop")), html.Ul([_one(each, form) for each in ready], className="start-list")]
    )


def _one(template: Template, form: str) -> html.Li:
    rounds = several("{count} round", "{count} rounds", len(template.rounds), count=len(template.rounds))
    size = _("{minutes} minutes, {rounds}", minutes=f"{template.minutes:g}", rounds=rounds)
    roles = _("Roles: {roles}", roles=listed([role_in_words(each) for each in template.roles]))
    name = Input(type="hidden", name="workshop", value=template.name)
    button = html.Button(_("Make this workshop"), type="submit", className="button is-main")
    return html.Li(
        [
            html.H3(template.title),
            html.P(size, className="room-soft"),
            html.P(template.why),
            html.P(roles, className="room-soft"),
            _form(MAKE, form, [name, html.P("", role="alert"), button]),
        ]
    )


def _own_file(form: str) -> html.Details:
    box = html.Textarea(
        "", name="text", id="own-text", rows=8, required=True, className="room-text", spellCheck="false"
    )
    parts = [
        html.Label(_("The text of a workshop file (YAML)"), htmlFor="own-text", className="field-name"),
        box,
        html.P("", role="alert"),
        html.Button(_("Make it"), type="submit", className="button"),
    ]
    return html.Details(
        [html.Summary(_("A workshop file of your own")), _form(MAKE, form, parts)], className="lever-what again"
    )


def _sessions(sessions: Sequence[KeptSession], titles: Mapping[str, str]) -> html.Section:
    named = {**titles, OWN: _("a workshop file of your own")}
    rows = [
        html.Li(
            [
                html.A(each.code, href=f"{ADDRESS}/{each.code}/console"),
                f" \u00b7 {named.get(each.workshop, each.workshop)} \u00b7 ",
                _("made {day}, deleted {until}", day=day_in_words(each.made), until=day_in_words(each.until)),
            ]
        )
        for each in sessions
    ]
    return html.Section([html.H2(_("Sessions at hand")), html.Ul(rows)])
