"""The panel of levers: four groups, a row each, a way back for each and for all."""

from __future__ import annotations

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.evidence import evidence_button
from dashboard.components.settings import settings
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever

GROUPS = (
    ("demand", "Demand", "How many people come"),
    ("prevention", "Prevention", "What is moved upstream"),
    ("flow", "Flow", "How people move through"),
    ("money", "Money", "What there is to spend"),
)
THUMB = 24
SHOWN_FIRST = 4
"""Levers of a group that are always in view."""


def levers_panel(catalogue: Catalogue) -> html.Aside:
    """Everything a user may move."""
    return html.Aside(
        [
            *_heading(),
            *(_group(*group, levers=_of_group(catalogue, group[0])) for group in GROUPS),
            settings(catalogue),
        ],
        id=ids.LEVERS,
        className="levers",
        **{"aria-label": "Levers"},
    )


def lever_row(lever: Lever) -> html.Div:
    """Label, unit, evidence and way back above; slider and number box, or a choice, below."""
    return html.Div(
        [_head(lever), _choice(lever) if lever.is_choice else _slider_and_box(lever)],
        id=ids.row(lever.path),
        className="lever",
        title=lever.help,
    )


def _heading() -> list[Component]:
    return [
        html.Div(
            [
                html.H2("Levers", className="panel-title"),
                html.Button("Reset all", id=ids.RESET_ALL, type="button", className="text-button", disabled=True),
            ],
            className="panel-head",
        ),
        html.P("", id=ids.PLAN_WHY, className="plan-why"),
        html.Details(
            [html.Summary("No lever moved", id="moved-count"), html.Ul([], id=ids.MOVED)],
            className="moved",
        ),
    ]


def _of_group(catalogue: Catalogue, group: str) -> list[Lever]:
    return [lever for lever in catalogue.levers.values() if lever.group == group]


def _group(name: str, title: str, says: str, *, levers: Sequence[Lever]) -> html.Section:
    """The first few of a group, the headline ones before others; the rest one step away."""
    ranked = sorted(levers, key=lambda lever: not lever.headline)
    shown, rest = ([lever_row(lever) for lever in part] for part in (ranked[:SHOWN_FIRST], ranked[SHOWN_FIRST:]))
    more = html.Details([html.Summary(f"{len(rest)} more in {title.lower()}"), *rest], className="more")
    heading = html.H3([title, html.Span(says, className="group-says")], className="group-title", id=f"group-{name}")
    return html.Section(
        [heading, *shown, *([more] if rest else [])],
        className=f"group group-{name}",
        **{"aria-labelledby": f"group-{name}"},
    )


def _head(lever: Lever) -> html.Div:
    return html.Div(
        [
            html.Span([lever.label, html.Span(f" {lever.unit}", className="lever-unit")], className="lever-label"),
            html.Button(
                "\u21ba",
                type="button",
                className="icon-button reset",
                title=f"Back to {lever.words(lever.baseline)}",
                **{"aria-label": f"Put {lever.label} back to {lever.words(lever.baseline)}", "data-reset": lever.path},
            ),
            evidence_button(lever),
        ],
        className="lever-head",
    )


def _slider_and_box(lever: Lever) -> html.Div:
    low, high, baseline = (lever.shown(value) for value in (lever.low, lever.high, float(lever.baseline)))
    step = lever.shown(lever.step)
    slider = dmc.Slider(
        id=ids.lever(lever.path),
        min=low,
        max=high,
        step=step,
        precision=lever.digits,
        value=baseline,
        marks=[{"value": baseline}],
        thumbLabel=f"{lever.label}, {lever.unit}".rstrip(", "),
        thumbSize=THUMB,
        label=None,
        size="sm",
        updatemode="drag",
        className="lever-slider",
    )
    return html.Div([slider, _box(lever, low, high, step, baseline)], className="lever-set")


def _box(lever: Lever, low: float, high: float, step: float, baseline: float) -> dmc.NumberInput:
    return dmc.NumberInput(
        id=ids.box(lever.path),
        min=low,
        max=high,
        step=step,
        value=baseline,
        decimalScale=lever.digits + 2,
        clampBehavior="blur",
        allowedDecimalSeparators=[".", ","],
        hideControls=True,
        debounce=350,
        size="xs",
        className="lever-box",
        inputProps={"aria-label": f"{lever.label}, {lever.unit}, typed".replace(", ,", ",")},
        **{"aria-label": f"{lever.label}, {lever.unit}, as a number".replace(", ,", ",")},
    )


def _choice(lever: Lever) -> html.Div:
    control = dmc.SegmentedControl(
        id=ids.choice(lever.path),
        data=[{"value": word, "label": word.replace("_", " ").capitalize()} for word, _ in lever.choices],
        value=str(lever.baseline),
        fullWidth=True,
        size="xs",
        className="lever-choice",
        **{"aria-label": lever.label},
    )
    says = html.P(dict(lever.choices)[str(lever.baseline)], id=ids.says(lever.path), className="choice-says")
    return html.Div([control, says])
