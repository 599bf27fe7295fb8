"""The panel of levers: four groups, a row each, a way back for each and for all.

It is sent as text, in the first HTML of the page, and operated by `levers.js`: a row of Dash's own components costs
time at every change of anything, and there are as many rows as there are programmes, and more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.html_text import to_html
from dashboard.components.lever_rows import lever_row
from dashboard.components.settings import settings
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever, Setting
from dashboard.link import state as states
from dashboard.link.state import State
from dashboard.wording.language import _, mark

GROUPS = (
    ("demand", mark("Demand"), mark("How many people come")),
    ("prevention", mark("Prevention"), mark("What is moved upstream")),
    ("flow", mark("Flow"), mark("How people move through")),
    ("money", mark("Money"), mark("What there is to spend")),
)
FAMILIES = {
    "upstream": mark("Upstream causes"),
    "lifestyle": mark("Lifestyle"),
    "primary_community": mark("Primary and community care"),
    "flow": mark("Through and out of hospital"),
}
"""Families of programmes, as the page calls them."""

MORE = {
    "demand": mark("{count} more in demand"),
    "prevention": mark("{count} more in prevention"),
    "flow": mark("{count} more in flow"),
    "money": mark("{count} more in money"),
}
FOLDER_SAYS = {
    "Programmes": mark(
        "How the money for programmes is divided. What counts is each number relative to the others. A programme "
        "spends no more than it can use."
    ),
}
"""What is said under the name of a folder, before its levers."""

SHOWN_FIRST = 4
"""Levers of a group that are always in view."""


def panel_html(catalogue: Catalogue, now: State) -> str:
    """Everything a user may move, standing as a question has it, as HTML."""
    return to_html(levers_panel(catalogue, now), whole_page=True)


def levers_panel(catalogue: Catalogue, now: State) -> html.Div:
    """Everything a user may move, standing as a question has it."""
    standing = states.settings(now, catalogue)
    groups = (_group(*group, levers=_of_group(catalogue, group[0]), standing=standing) for group in GROUPS)
    return html.Div([*_heading(), *groups, settings(catalogue, now)], className="levers-inner")


def _heading() -> list[Component]:
    steps = html.Div(
        [
            _button("undo", _("Undo"), "Control+Z"),
            _button("redo", _("Redo"), "Control+Shift+Z Control+Y"),
            _button(ids.RESET_ALL, _("Reset all"), ""),
        ],
        className="steps",
    )
    return [
        html.Div([html.H2(_("Levers"), className="panel-title"), steps], className="panel-head"),
        html.P("", id=ids.PLAN_WHY, className="plan-why"),
        html.Details(
            [html.Summary(_("No lever moved"), id="moved-count"), html.Ul([], id=ids.MOVED)],
            className="moved",
        ),
    ]


def _button(name: str, words: str, keys: str) -> html.Button:
    shortcut = {"aria-keyshortcuts": keys} if keys else {}
    return html.Button(words, id=name, type="button", className="text-button", disabled=True, **shortcut)


def _of_group(catalogue: Catalogue, group: str) -> list[Lever]:
    return [lever for lever in catalogue.levers.values() if lever.group == group]


def _group(
    name: str, title: str, says: str, *, levers: Sequence[Lever], standing: Mapping[str, Setting]
) -> html.Section:
    """The first few of a group, the headline ones before others; the rest one step away, then its folders."""
    loose = sorted((lever for lever in levers if not lever.folder), key=lambda lever: not lever.headline)
    shown, rest = ([lever_row(each, standing[each.path]) for each in part] for part in _split(loose))
    more = [_folded(_(MORE[name], count=len(rest)), rest)] if rest else []
    in_folders = [lever for lever in levers if lever.folder]
    folders = [_folder(each, [*those], standing) for each, those in groupby(in_folders, key=lambda lever: lever.folder)]
    heading = html.H3(
        [_(title), html.Span(_(says), className="group-says")], className="group-title", id=f"group-{name}"
    )
    return html.Section(
        [heading, *shown, *more, *folders], className=f"group group-{name}", **{"aria-labelledby": f"group-{name}"}
    )


def _split(levers: Sequence[Lever]) -> tuple[Sequence[Lever], Sequence[Lever]]:
    return levers[:SHOWN_FIRST], levers[SHOWN_FIRST:]


def _folded(title: str, inside: Sequence[Component]) -> html.Details:
    return html.Details([html.Summary(title), *inside], className="more")


def _folder(name: str, levers: Sequence[Lever], standing: Mapping[str, Setting]) -> html.Details:
    """Levers under a name of their own; programmes by family."""
    says = [html.P(_(FOLDER_SAYS[name]), className="folder-says")] if name in FOLDER_SAYS else []
    inside = [*says]
    for family, those in groupby(levers, key=lambda lever: lever.programme.family if lever.programme else ""):
        title = [html.H4(_(FAMILIES.get(family, family)), className="family-title")] if family else []
        inside += [*title, *(lever_row(each, standing[each.path]) for each in those)]
    return _folded(_(name), inside)
