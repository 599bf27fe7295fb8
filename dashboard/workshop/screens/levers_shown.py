"""The levers that a seat may move: slider and number box with the unit, where it stood, and a way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import Ready, to_html
from dashboard.components.native import Input
from dashboard.facts.levers import trimmed, with_unit
from dashboard.wording.choices import choice_in_words
from dashboard.wording.language import _, spoken
from dashboard.wording.numbers import pounds
from dashboard.wording.workshop import WORDS, role_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.facts import LeverFacts, facts_of
from sim.workshop import Span
from sim.workshop.template import OF_SHIFT, SHIFT

DIGITS = 3
MOST_ROWS = 2048
"""Levers as they were drawn that are kept at hand."""
PERCENT = 100

Settings = Mapping[str, float | str]


def levers_shown(scene: Scene) -> html.Section:
    """Every lever that may be moved now, under whose it is; or that there is none."""
    groups = list(_groups(scene))
    says = _("What you may change") if scene.view.way == "fortress" else _("The plan of your team")
    parts: list[Component] = [html.H2(says), html.P(_(WORDS["lever"]), className="room-soft")]
    if not groups:
        parts.append(html.P(_("You have no lever in this round. Talk to those who have."), className="room-says"))
    for role, paths in groups:
        named = [html.H3(role_in_words(role))] if len(groups) > 1 else []
        parts += [html.Div([*named, *(lever_row(scene, path) for path in paths)], **{"data-key": role})]
    return html.Section(parts, className="room-levers", **{"data-key": "levers"})


def lever_row(scene: Scene, path: str) -> Ready:
    """One lever where it stands, as HTML: of a room's screens drawn anew, hardly one row in a hundred has changed."""
    facts = facts_of(scene.template)
    was = scene.begun.get(path, facts.levers[path].base)
    said = scene.view.levers.get(path, "")
    now, budget = was if said == "" else said, facts.budget if path == SHIFT else 0.0
    return _row(path, scene.template.spans[path], facts.levers[path], budget, was, now, spoken())


@lru_cache(maxsize=MOST_ROWS)
def _row(
    path: str, span: Span, facts: LeverFacts, budget: float, was: float | str, now: float | str, _language: str
) -> Ready:
    is_moved = now != was
    saved = html.Span("", className="lever-saved", role="status", **{"data-saved": ""})
    back = [_back(path, span)] if is_moved else []
    control = _choice(path, span, str(now), facts) if span.choices else _slider(path, span, float(now))
    row = html.Div(
        [
            _head(path, span, was),
            control,
            html.Div([_what(facts, budget), saved, *back], className="lever-foot"),
        ],
        className="lever-card is-moved" if is_moved else "lever-card",
        **{"data-row": "", "data-key": path},
    )
    return Ready(to_html(row, whole_page=True))


def setting_in_words(span: Span, value: float | str) -> str:
    """A lever's value with its unit, such as 2.5% a year, or one of its words."""
    if span.choices:
        return choice_in_words(str(value))
    return with_unit(trimmed(_shown(span, float(value)), DIGITS), _(span.unit))


def changes_in_words(scene: Scene, before: Settings, after: Settings) -> list[str]:
    """What a plan changed, lever by lever; empty where it changed nothing."""
    facts = facts_of(scene.template)
    told = []
    for path, span in scene.template.spans.items():
        base = facts.levers[path].base
        was, now = before.get(path, base), after.get(path, base)
        if was != now:
            words = {"was": setting_in_words(span, was), "now": setting_in_words(span, now)}
            told.append(_("{lever}: from {was} to {now}", lever=_(span.label), **words))
    return told


def percent_of_budget(scene: Scene, share: float) -> str:
    """A share of the hospital budget with what it is in pounds, such as 1% (about £10m a year)."""
    money = pounds(facts_of(scene.template).budget * share)
    return _("{share}% (about {money} a year)", share=trimmed(share * PERCENT, DIGITS), money=money)


def _groups(scene: Scene) -> Iterator[tuple[str, list[str]]]:
    """Levers by the role that owns them; money of agreements is no lever in a fortress round."""
    hidden = OF_SHIFT if scene.view.way == "fortress" else ()
    for role in scene.template.roles:
        paths = [path for path in scene.template.levers[role] if path in scene.view.levers and path not in hidden]
        if paths:
            yield role, paths


def _head(path: str, span: Span, was: float | str) -> html.Div:
    label = _(span.label)
    unit = html.Span(f" {_(span.unit)}", className="lever-unit") if span.unit else ""
    name = html.Span if span.choices else html.Label
    target = {} if span.choices else {"htmlFor": _id(path)}
    stood = _("Stood at {setting}.", setting=setting_in_words(span, was))
    return html.Div([name([label, unit], className="lever-name", **target), html.Span(stood, className="lever-stood")])


def _back(path: str, span: Span) -> html.Button:
    says = _("Take back: {lever}", lever=_(span.label))
    act = {"data-act": _act("Withdraw", path=path), "aria-label": says}
    return html.Button(_("Take back"), type="button", className="button lever-back", **act)


def _slider(path: str, span: Span, now: float) -> html.Div:
    low, high, step, value = (f"{_shown(span, each):.10g}" for each in (span.low, span.high, span.step, now))
    name = ", ".join(_(each) for each in (span.label, span.unit) if each)
    shared = {
        "min": low,
        "max": high,
        "value": value,
        "autocomplete": "off",
        "data-act": _act("Decide", path=path),
        "data-scale": f"{span.scale:g}",
    }
    track = Input(type="range", id=_id(path), className="lever-track", step=step, **shared)
    box = Input(
        type="number", className="lever-number", step="any", inputmode="decimal", **shared,
        **{"aria-label": _("{lever}, as a number", lever=name)},
    )  # fmt: skip
    ends = html.Div(
        [html.Span(trimmed(_shown(span, each), DIGITS)) for each in (span.low, span.high)],
        className="lever-ends",
        **{"aria-hidden": "true"},
    )
    return html.Div([html.Div([track, ends], className="lever-slide"), box], className="lever-controls")


def _choice(path: str, span: Span, now: str, facts: LeverFacts) -> html.Fieldset:
    says = facts.choices
    rows = []
    for word in span.choices:
        marked = {"checked": True} if word == now else {}
        button = Input(type="radio", name=path, value=word, **marked, **{"data-act": _act("Decide", path=path)})
        rows.append(html.Label([button, html.Span([html.B(choice_in_words(word)), " ", _(says.get(word, ""))])]))
    return html.Fieldset([html.Legend(_(span.label), className="only-heard"), *rows], className="lever-words")


def _what(facts: LeverFacts, budget: float) -> html.Details:
    """What the lever does.

    budget   of the hospitals, where the lever is a share of it; else 0
    """
    helps = [html.P(_(facts.help))] if facts.help else []
    if budget:
        worth = _("1% of the hospital budget is about {money} a year.", money=pounds(budget / PERCENT))
        helps.append(html.P(worth))
    return html.Details([html.Summary(_("What does this do?")), *helps], className="lever-what")


def _id(path: str) -> str:
    return f"lever-{path.replace('.', '-')}"


def _act(kind: str, **keys: object) -> str:
    return orjson.dumps({"act": kind, **keys}).decode()


def _shown(span: Span, stored: float) -> float:
    return float(f"{stored * span.scale:.10g}")
