"""Compare: up to six scenarios side by side, about the same people. A plain page."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.comparison import chosen, summary, table
from dashboard.components.html_text import to_html
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.comparison import Column, Comparison
from dashboard.figures.graph import CONFIG
from dashboard.figures.lines import lines
from dashboard.link.comparison import HERE, MOST, Wanted
from dashboard.pages.plain import plain_body, plain_page
from dashboard.theme import theme_of
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import BY_ID, CHARTED, lowered

ADDRESS = "/compare"
SCRIPTS = ("compare.js",)
"""Of this page alone."""

SAYS = mark(
    "Every scenario is worked out for the same place, years and people: whoever falls ill in one falls ill in all of "
    "them, so a difference between two is the doing of the plans. Where chance could have made it, it says so."
)
NOTE = mark(
    "The best value in a row is marked with a word, and so is every scenario that cannot be told from it. Intervals "
    "are of chance alone, each for itself: of twenty, one is wrong by chance, and the best of many looks a little "
    "better than it is. Emergency stays have no best: fewer may also mean that people wait to get in."
)
KEY = mark("Lines are means over replications; each carries its letter at its end. The one held against is grey.")


def page(wanted: Wanted, link: str, catalogue: Catalogue) -> str:
    """The page as HTML; its script asks for what is compared.

    link   the question of the page, to come back to
    """
    shown = plain_body("compare", link, _parts(wanted, catalogue), skip=(_("Skip to the table"), "compare-table"))
    return plain_page(_("Compare"), shown, styles=("compare.css",), scripts=("jobs.js", *SCRIPTS))


def parts_shown(found: Comparison, year: int, theme: object) -> dict[str, Any]:
    """Table, words and charts of a comparison, for the script to put in place."""
    look = theme_of(theme)
    return {
        "html": {"compare-words": to_html(summary(found, year)), "compare-table": to_html(table(found, year))},
        "config": CONFIG,
        "figures": {name: lines(found, BY_ID[name], look) for name in CHARTED},
        "texts": {name: chart_in_words(found, name) for name in CHARTED},
        "standing": standing(found),
        "spoken": f"{standing(found)}. {summary(found, year)}",
    }


def standing(found: Comparison) -> str:
    """How far the comparison has come."""
    if found.settled:
        return _("{count} replications of each scenario", count=found.done)
    return _("{done} of {all} replications of each scenario; refining…", done=found.done, all=found.asked)


def chart_in_words(found: Comparison, name: str) -> str:
    """Where every line ends, for those who do not see it."""
    measure = BY_ID[name]
    ends = [
        f"{column.letter} {column.name}: {measure.words(line[-1])}"
        for column, line in zip(found.columns, found.lines[name], strict=True)
    ]
    return _("{measure}, by month. At the end: {ends}.", measure=measure.label, ends="; ".join(ends))


def chosen_shown(columns: tuple[Column, ...], first: int) -> str:
    """What each scenario is, as HTML.

    first   columns before the first that was chosen: doing nothing may have been put there
    """
    return to_html(chosen(columns, [at - first if at >= first else None for at in range(len(columns))]))


def choices(wanted: Wanted, columns: tuple[Column, ...], first: int, catalogue: Catalogue) -> dict[str, Any]:
    """What the controls offer: what to hold against, and which year."""
    years = [catalogue.begins + year for year in range(wanted.question.years)]
    against = [["", _("Do nothing")]] + [[str(at - first + 1), f"{each.letter} {each.name}"]
                                         for at, each in enumerate(columns) if at >= first]  # fmt: skip
    return {
        "against": against,
        "against_now": "" if wanted.against is None else str(wanted.against + 1),
        "years": [[str(year), f"{year}/{(year + 1) % 100:02d}"] for year in years],
        "year_now": str(years[-1 if wanted.year is None else wanted.year]),
        "full": len(wanted.scenarios) >= MOST,
    }


def _parts(wanted: Wanted, catalogue: Catalogue) -> list[Any]:
    return [
        html.H2(_("Compare"), className="view-title"),
        html.P(_(SAYS), className="view-says"),
        html.P(_asked(wanted, catalogue), className="view-note", id="compare-asked"),
        html.Section(
            [
                html.H3(_("Scenarios"), id="compare-heading"),
                html.Div("", id="compare-notices", className="compare-notices", role="status"),
                html.Div("", id="compare-chosen"),
                _adding(wanted, catalogue),
            ],
            className="compare-scenarios",
            **{"aria-labelledby": "compare-heading"},
        ),
        _controls(),
        html.P("", id="compare-words", className="view-says"),
        html.Div("", id="compare-table", tabIndex=-1),
        html.P(_(NOTE), className="view-note"),
        html.Div([_chart(name) for name in CHARTED], className="compare-charts"),
        html.P(_(KEY), className="view-note"),
        html.Div("", id="compare-live", className="only-heard", role="status", **{"aria-live": "polite"}),
    ]


def _asked(wanted: Wanted, catalogue: Catalogue) -> str:
    now, begins = wanted.question, catalogue.begins
    last = begins + now.years - 1
    return _(
        "{place}, {first} to {last}, seed {seed}. To compare for another place or other years, change them beside the "
        "levers and come back.",
        place=catalogue.places[now.place].name,
        first=f"{begins}/{(begins + 1) % 100:02d}",
        last=f"{last}/{(last + 1) % 100:02d}",
        seed=now.seed,
    )


def _adding(wanted: Wanted, catalogue: Catalogue) -> html.Div:
    """Ways to add a scenario: a plan, the question of the page, one that was kept, or a pasted link."""
    here = [html.Option(_("The levers as they stand on the page"), value=HERE)]
    plans = [html.Option(each.title, value=f"plan={each.name}") for each in catalogue.plans.values()]
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Add a plan"), htmlFor="compare-pick"),
                    html.Select(
                        [
                            html.Option(_("Choose…"), value=""),
                            *here,
                            html.Optgroup(plans, label=_("Plans")),
                            html.Optgroup([], label=_("Kept scenarios"), id="compare-kept"),
                        ],
                        id="compare-pick",
                    ),
                    html.Button(_("Add"), id="compare-add", type="button", className="button"),
                ],
                className="compare-add",
            ),
            html.Div(
                [
                    html.Label(_("or paste a link"), htmlFor="compare-paste"),
                    html.Textarea(id="compare-paste", rows=1, placeholder=_("A link of this page")),
                    html.Button(_("Add the link"), id="compare-add-link", type="button", className="button"),
                ],
                className="compare-add",
            ),
            html.P(
                _("Six at most. Scenarios that somebody kept stand in the list, below the plans."),
                className="view-note",
            ),
        ],
        className="compare-adding",
    )


def _controls() -> html.Div:
    return html.Div(
        [
            html.Label(_("Hold against"), htmlFor="compare-against"),
            html.Select([], id="compare-against"),
            html.Label(_("Year"), htmlFor="compare-year"),
            html.Select([], id="compare-year"),
            html.P("", id="compare-status", className="job-words", role="status"),
            html.Div(html.Div(className="job-bar-fill"), id="compare-bar", className="job-bar", hidden=True),
            html.Button(_("Stop"), id="compare-stop", type="button", className="button", hidden=True),
            html.Button(_("Go on"), id="compare-again", type="button", className="button", hidden=True),
            html.Span(
                [
                    html.A(_("CSV"), id="compare-csv", href=f"{ADDRESS}/csv", className="text-link"),
                    html.A(_("Excel"), id="compare-xlsx", href=f"{ADDRESS}/xlsx", className="text-link"),
                ],
                className="compare-files",
            ),
        ],
        className="compare-controls",
    )


def _chart(name: str) -> html.Section:
    """A small chart; its words stand beside it for those who do not see it."""
    heading, words = f"compare-heading-{name}", f"compare-text-{name}"
    label = BY_ID[name].label
    return html.Section(
        [
            html.H3(label, id=heading),
            html.Div(
                "",
                className="compare-frame",
                role="img",
                **{"data-compare": name, "aria-labelledby": heading, "aria-describedby": words},
            ),
            html.P(_("Not drawn yet: {measure}.", measure=lowered(label)), id=words, className="only-heard"),
        ],
        className="chart-card",
    )
