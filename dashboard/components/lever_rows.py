"""One lever as a row: label, unit, evidence and way back above; slider and number box, or a choice, below."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.evidence import evidence_button
from dashboard.components.native import Input
from dashboard.facts.levers import Lever, Programme, Setting, trimmed
from dashboard.wording.choices import choice_in_words, setting_in_words
from dashboard.wording.language import _, several

HALF_A_THUMB = 12
"""Pixels that the middle of the thumb keeps from either end of the slider."""


def lever_row(lever: Lever, setting: Setting) -> html.Div:
    """A lever where it stands; `says` is a line of its own that the scripts may fill."""
    below = _choice(lever, str(setting)) if lever.is_choice else [_slider_and_box(lever, float(setting))]
    bought = [html.P(programme_in_words(lever.programme), className="lever-says")] if lever.programme else []
    return html.Div([_head(lever), *below, *bought], className="lever", title=lever.help, **{"data-lever": lever.path})


def programme_in_words(programme: Programme) -> str:
    """What a programme costs, when it acts, and how good the evidence is."""
    return _(
        "{cost} a person a year; {lag}; evidence grade {grade}, 1 is best",
        cost=f"\u00a3{trimmed(programme.cost, 0)}",
        lag=several(
            "acts after {years} year", "acts after {years} years", programme.lag, years=trimmed(programme.lag, 1)
        ),
        grade=programme.grade,
    )


def _head(lever: Lever) -> html.Div:
    back = _("Put {lever} back to {setting}", lever=lever.label, setting=setting_in_words(lever, lever.baseline))
    return html.Div(
        [
            html.Span([lever.label, html.Span(f" {lever.unit}", className="lever-unit")], className="lever-label"),
            html.Button(
                "\u21ba",
                type="button",
                className="icon-button reset",
                title=back,
                **{"aria-label": back, "data-reset": lever.path},
            ),
            evidence_button(lever),
        ],
        className="lever-head",
    )


def _slider_and_box(lever: Lever, setting: float) -> html.Div:
    low, high, value = (_plain(lever.shown(each)) for each in (lever.low, lever.high, setting))
    name = ", ".join(each for each in (lever.label, lever.unit) if each)
    slider = Input(
        type="range",
        className="lever-slider",
        min=low,
        max=high,
        step="any",
        value=value,
        autocomplete="off",
        **{"aria-label": name, "aria-valuetext": lever.words(setting)},
    )
    box = Input(
        type="text",
        className="lever-box",
        value=value,
        inputmode="decimal",
        autocomplete="off",
        spellcheck="false",
        **{"aria-label": _("{lever}, as a number", lever=name)},
    )
    return html.Div(
        [html.Span(slider, className="lever-track"), box], className="lever-set", style=_marks(lever, setting)
    )


def _marks(lever: Lever, setting: float) -> str:
    """Where on the slider the baseline is, and between what two points it is filled."""
    base, now = (round((each - lever.low) / (lever.high - lever.low), 4) for each in (float(lever.baseline), setting))
    return f"--base:{base:g};--from:{min(base, now):g};--to:{max(base, now):g}"


def _choice(lever: Lever, setting: str) -> list[Component]:
    buttons = [_button(lever, word, word == setting) for word, _says in lever.choices]
    says = dict(lever.choices).get(setting, "")
    return [
        html.Div(buttons, className="lever-choice", role="radiogroup", **{"aria-label": lever.label}),
        html.P(says, className="choice-says"),
    ]


def _button(lever: Lever, word: str, chosen: bool) -> html.Label:
    marked = {"checked": True} if chosen else {}
    button = Input(type="radio", name=lever.path, value=word, autocomplete="off", **marked)
    return html.Label([button, html.Span(choice_in_words(word))])


def _plain(value: float) -> str:
    return f"{value:.10g}"
