"""How the model is run: years, how many replications, and the seed."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.answering.precision import NARROW
from dashboard.components.native import Input
from dashboard.facts.catalogue import Catalogue
from dashboard.link.state import State
from dashboard.wording.language import _, mark, several

HINT = mark(
    "A replication is one run of the place, with its own luck in who falls ill and for how long. "
    "More of them take longer and make ranges narrower."
)


def settings(catalogue: Catalogue, now: State) -> html.Section:
    """A group of its own below the levers."""
    return html.Section(
        [
            html.H3(_("How it is run"), className="group-title", id="group-run"),
            _years(catalogue, now.years),
            _replications(catalogue, now.replications),
            _seed(now.seed),
        ],
        className="group group-run",
        **{"aria-labelledby": "group-run"},
    )


def _years(catalogue: Catalogue, chosen: int) -> html.Label:
    options = [
        (
            str(n),
            several(
                "{count} year, to March {year}", "{count} years, to March {year}", n, count=n, year=catalogue.begins + n
            ),
        )
        for n in range(1, catalogue.most_years + 1)
    ]
    return _named(_("Years, from April {year}", year=catalogue.begins), _select(ids.YEARS, options, str(chosen)))


def _replications(catalogue: Catalogue, chosen: str) -> html.Div:
    options = [(each.name, each.label) for each in catalogue.replications.values()]
    select = _select(ids.REPLICATIONS, options, chosen, **{"aria-describedby": "replications-hint"})
    hint = html.P(f"{_(HINT)} {_(NARROW)}", className="setting-hint", id="replications-hint")
    return html.Div([_named(_("Replications"), select), hint])


def _seed(chosen: int) -> html.Label:
    box = Input(
        type="text",
        id=ids.SEED,
        className="seed-box",
        value=str(chosen),
        inputmode="numeric",
        autocomplete="off",
        spellcheck="false",
    )
    return _named(_("Seed: another number, other chances"), box)


def _named(words: str, control: Component) -> html.Label:
    return html.Label([html.Span(words), control], className="setting")


def _select(name: str, options: Sequence[tuple[str, str]], chosen: str, **more: str) -> html.Select:
    marked = [
        html.Option(words, value=value, **({"selected": True} if value == chosen else {})) for value, words in options
    ]
    return html.Select(marked, id=name, className="setting-select", autoComplete="off", **more)
