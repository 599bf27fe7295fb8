"""The first screen: five headline cards, one sentence, four charts, and the levers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.bar import bar
from dashboard.components.behind import behind
from dashboard.components.cards import cards, waiting_cards
from dashboard.components.doubts import doubts_button, panel
from dashboard.components.evidence import evidence_dialog
from dashboard.components.navigation import strip, ways_in_html
from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever
from dashboard.figures.graph import graph
from dashboard.link.state import LARGEST_SEED
from dashboard.theme import FRAME
from dashboard.wording.choices import choice_in_words
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import CHARTED
from dashboard.wording.story import sample, status, story

KEY = mark(
    "Line: average of the runs, month by month; cards are of the year. Shaded: half (darker) and nine in ten (lighter) "
    "of single runs. Dashed: doing nothing, with the same people. Ranges on the cards are from chance alone."
)
HEADINGS = {
    "occupancy": (mark("Hospital beds in use"), mark("share of beds")),
    "delayed": (mark("Patients delayed in hospital"), mark("a day")),
    "waiting": (mark("Waits over 4 hours for a bed"), mark("share of emergency patients")),
    "gap": (mark("Money gap"), mark("a year, in 2015/16 prices")),
}


def layout(catalogue: Catalogue, others: Sequence[Component] = ()) -> dmc.MantineProvider:
    """The whole page; what it shows comes by callbacks.

    others   the views besides this one that share levers and cards
    """
    return dmc.MantineProvider(
        html.Div(
            [
                html.A(_("Skip to the results"), href=f"#{ids.RESULTS}", className="skip"),
                bar(catalogue),
                html.Div(
                    [_levers(), html.Div([strip(), results(None, others)], className="side")],
                    className="body",
                ),
                _levers_button(),
                evidence_dialog(),
                *_stores(catalogue),
            ],
            className="page",
        ),
        id=ids.THEME_PROVIDER,
        theme=FRAME,
        forceColorScheme="light",
    )


def _levers() -> html.Aside:
    """Where the scripts put the panel of levers, which came with the first HTML."""
    return html.Aside(None, id=ids.LEVERS, className="levers", **{"aria-label": _("Levers")})


def results(answer: Answer | None, others: Sequence[Component] = ()) -> html.Main:
    """Headline, cards, sentence and charts, filled if there is an answer; and the other views, behind."""
    return html.Main(
        [
            html.Div(
                [
                    html.H2(headline(answer) if answer else "", id=ids.TITLE, className="headline"),
                    html.P(sample(answer) if answer else "", id=ids.SAMPLE, className="sample"),
                    html.P(status(answer) if answer else "", id=ids.STATUS, className="status"),
                ],
                className="headline-row",
            ),
            html.Div(cards(answer) if answer else waiting_cards(), id=ids.KPIS, className="cards"),
            html.P(story(answer) if answer else "", id=ids.STORY, className="story"),
            html.Div([html.P(_(KEY), className="key"), doubts_button()], className="key-row"),
            panel(),
            html.Div([chart(measure) for measure in CHARTED], className="charts"),
            *others,
            html.Div("", id=ids.LIVE, className="only-heard", role="status", **{"aria-live": "polite"}),
        ],
        id=ids.RESULTS,
        className="results",
        tabIndex=-1,
    )


def chart(measure: str) -> html.Section:
    """A heading, the chart, and the words and table behind it."""
    heading = f"heading-{measure}"
    title, unit = map(_, HEADINGS[measure])
    whose = html.Span(_(" behind {chart}", chart=title), className="only-heard")
    return html.Section(
        [
            html.Div(
                [
                    html.H3([title, html.Span(f", {unit}", className="chart-unit")], id=heading),
                    html.Button(
                        [_("Larger"), html.Span(_(" chart: {chart}", chart=title), className="only-heard")],
                        type="button",
                        className="enlarge",
                        **{"aria-pressed": "false"},
                    ),
                ],
                className="chart-head",
            ),
            html.Div(
                graph(ids.graph(measure)),
                className="chart-frame",
                role="img",
                **{"aria-labelledby": heading, "aria-describedby": ids.behind(measure)},
            ),
            html.Details(
                [html.Summary([_("Numbers"), whose]), html.Div("", id=ids.behind(measure))],
                className="behind",
            ),
        ],
        className="chart-card",
    )


def headline(answer: Answer) -> str:
    """Which place, which year, against what."""
    last = answer.years["gap"][-1].label
    return _("{place} in {year}", place=answer.place.name, year=last)


def texts(answer: Answer) -> dict[str, Any]:
    """Everything on the page that is text, by the id of its part."""
    return {
        ids.TITLE: headline(answer),
        ids.SAMPLE: sample(answer),
        ids.KPIS: cards(answer),
        ids.STORY: story(answer),
        **{ids.behind(measure): behind(answer, measure) for measure in CHARTED},
    }


def _levers_button() -> html.Button:
    return html.Button(
        _("Change the levers"),
        id=ids.LEVERS_BUTTON,
        type="button",
        className="levers-button",
        **{"aria-expanded": "false", "aria-controls": ids.LEVERS},
    )


def _stores(catalogue: Catalogue) -> list[dcc.Store]:
    empty = (ids.SEARCH, ids.STATE, ids.QUESTION)
    return [
        dcc.Store(id=ids.CATALOGUE, data=for_scripts(catalogue)),
        *(dcc.Store(id=each) for each in empty),
    ]


def for_scripts(catalogue: Catalogue) -> dict[str, Any]:
    """What the scripts must know: levers in the unit shown, plans as the levers they move, defaults."""
    levers = catalogue.levers
    return {
        "levers": {path: _lever(lever) for path, lever in levers.items()},
        "plans": {
            plan.name: {
                "title": plan.title,
                "why": plan.why,
                "also": list(plan.also),
                "settings": {
                    path: value if isinstance(value, str) else levers[path].shown(value)
                    for path, value in plan.settings.items()
                },
            }
            for plan in catalogue.plans.values()
        },
        "defaults": {
            "place": catalogue.default_place,
            "plan": catalogue.default_plan,
            "years": str(catalogue.default_years),
            "seed": catalogue.default_seed,
            "replications": catalogue.default_replications,
        },
        "ageing": {place.slug: place.ageing for place in catalogue.places.values()},
        "views": ways_in_html(),
        "largest_seed": LARGEST_SEED,
    }


def _lever(lever: Lever) -> dict[str, Any]:
    """A lever in the unit shown; `words` are the names of its choices, if it has any."""
    named = {"words": {word: choice_in_words(word) for word, _says in lever.choices}} if lever.is_choice else {}
    return named | {
        "label": lever.label,
        "choices": dict(lever.choices),
        "baseline": lever.baseline if lever.is_choice else lever.shown(float(lever.baseline)),
        "low": lever.shown(lever.low),
        "high": lever.shown(lever.high),
        "step": lever.shown(lever.step),
        "scale": lever.scale,
        "digits": lever.digits,
        "unit": lever.unit,
        "follows": lever.follows,
    }
