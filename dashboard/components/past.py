"""Does it reproduce the past? The stored back-test: in short, a chart a series with its verdict, and the errors."""

from __future__ import annotations

from dash import html

from dashboard.facts.past import Past, PastScore, PastSeries, PastYear, Phase
from dashboard.wording.language import _, day_in_words, mark
from dashboard.wording.past import (
    BRIEFLY,
    UNITS,
    Verdict,
    coverage,
    heading,
    in_short,
    measure,
    months_in_words,
    opening,
    percent,
    series_verdict,
    summary,
    verdict,
    words_of,
)

TITLE = mark("Does it reproduce the past?")
HOW = mark(
    "The model was set back to April 2010 and given the people, beds and money of each year. What no source gives was "
    "fitted to the shaded years; later observations were not used. Then it ran on by itself."
)
KEY = (
    ("dot", mark("observed")),
    ("ring", mark("observed, part of a year")),
    ("line", mark("model")),
    ("dashes", mark("its forecast")),
    ("band", mark("nine futures in ten")),
    ("dots", mark("last fitted year carried on")),
    ("shade", mark("fitted years")),
)
BAND = mark(
    "A band is made of chance and of numbers that nobody knows exactly: of {draws} other worlds that fit the same "
    "years about as well ({aside} more could not be brought to), so that its ends rest on one or two of them, and the "
    "line, which is a world of its own, may leave it. It knows nothing of equations or inputs that are wrong."
)
MEANS = mark(
    "For a plan this means: the difference between two runs shares these faults and is hurt less by them than the "
    "level is. But a claim about delayed transfers more than a year or two ahead has no support from the past here."
)
MORE = mark(
    "Made on {on}, from stored results; nothing is run here. What was given and fitted, why it fails, and what carries "
    "later knowledge back is told in docs/explanation/back-test.md; `upstream backtest` runs it again."
)
NO_MODEL = mark(
    "Two forecasts without a model stand beside it, made from the same fitted years: the last one carried on, and a "
    "straight line through all of them. Off by: the mean of the errors, in percent of what was observed, whatever "
    "their sign. Shares too are in percent, not points."
)
PHASES: tuple[tuple[Phase, str], ...] = (
    ("fitted", mark("Fitted years: the model was made to meet these")),
    ("not fitted", mark("Not fitted")),
    ("forecast", mark("Forecast, as far as it can be judged")),
)
HEADS = (
    mark("Series"),
    mark("Years"),
    mark("Off by"),
    mark("In the band"),
    mark("Last year carried on"),
    mark("Straight line"),
    mark("Against carrying on"),
)
YEAR_HEADS = (
    mark("Year"),
    mark("Observed"),
    mark("Model, nine in ten"),
    mark("Off by"),
    mark("Carried on, straight line"),
)
STAGES: dict[Phase, str] = {
    "fitted": mark("fitted"),
    "not fitted": mark("not fitted"),
    "forecast": mark("forecast"),
}
SIGNS: dict[Verdict, tuple[str, str]] = {
    "better": ("\u2713", "pass"),
    "no better": ("=", "equal"),
    "worse": ("\u2717", "fail"),
}
"""A sign beside the words, and the class that colours both."""


def past_section(past: Past | None) -> html.Section:
    """The section of the page."""
    title = html.H2(_(TITLE), className="view-title", id="past-title")
    if past is None:
        parts = [html.P(_("No back-test is stored."), className="view-says")]
    else:
        faults = html.Pre(f"{_('The stored back-test cannot be shown.')}\n{past.faults}", className="case-faults")
        parts = [faults] if past.faults else _told(past)
    return html.Section([title, *parts], id="past", className="past", tabIndex=-1, **{"aria-labelledby": "past-title"})


def _told(past: Past) -> list[html.P | html.Div | html.H3]:
    return [
        html.P([html.Strong(opening(past)), f" {in_short(past)}"], className="view-says"),
        *(html.P(_(words), className="view-says") for words in (HOW, MEANS)),
        html.P(_key(), className="past-key"),
        html.Div([*(_card(each, past) for each in past.series), _bands(past)], className="past-charts"),
        html.H3(_("How near, in one table"), className="past-title"),
        html.P(_(NO_MODEL), className="view-note"),
        _wide(_errors(past), _("Errors of the back-test")),
        html.P(_(MORE, on=day_in_words(past.on)) if past.on else "", className="view-note"),
    ]


def _bands(past: Past) -> html.Section:
    """What the bands hold and what they do not, beside the charts."""
    words = html.P(_(BAND, draws=past.draws, aside=past.aside), className="past-says")
    return html.Section(
        [html.H3(coverage(past), id="past-bands"), words],
        className="chart-card past-card",
        **{"aria-labelledby": "past-bands"},
    )


def _key() -> list[html.Span]:
    return [
        html.Span([html.Span(className=f"swatch {kind}", **{"aria-hidden": "true"}), _(words)]) for kind, words in KEY
    ]


def _card(series: PastSeries, past: Past) -> html.Section:
    """A heading, the verdict, the sentence, the chart, and the words and table behind it."""
    head, behind, label = f"past-{series.id}", f"past-behind-{series.id}", _(series.label)
    whose = html.Span(f" {_('behind {chart}', chart=label)}", className="only-heard")
    frame = {"role": "img", "aria-labelledby": head, "aria-describedby": f"{behind}-words", "data-past": series.id}
    table = _wide(_years(series), _("{chart}, year by year", chart=label))
    return html.Section(
        [
            html.H3([label, html.Span(f", {_(UNITS.get(series.id, ''))}", className="chart-unit")], id=head),
            html.P(badge(series_verdict(series)), className="past-verdict"),
            html.P(words_of(series, past), className="past-says"),
            html.Div(className="past-frame", **frame),
            html.Details(
                [
                    html.Summary([_("Numbers"), whose]),
                    html.P(summary(series), className="behind-summary", id=f"{behind}-words"),
                    table,
                ],
                className="behind",
            ),
        ],
        className="chart-card past-card",
        **{"aria-labelledby": head},
    )


def badge(word: Verdict | None) -> html.Span | str:
    """A verdict with its sign."""
    if word is None:
        return heading(None)
    sign, name = SIGNS[word]
    return html.Span([html.Span(sign, **{"aria-hidden": "true"}), f" {heading(word)}"], className=f"mark {name}")


def _wide(table: html.Table, name: str) -> html.Div:
    """A table that may be wider than the page, to be scrolled by keyboard too."""
    return html.Div(table, className="wide", tabIndex=0, **{"role": "region", "aria-label": name})


def _errors(past: Past) -> html.Table:
    bodies = [body for phase, words in PHASES if (body := _body(past, phase, words))]
    heads = html.Thead(html.Tr([html.Th(_(head), scope="col") for head in HEADS]))
    return html.Table([heads, *bodies], className="figures past-errors")


def _body(past: Past, phase: Phase, words: str) -> html.Tbody | None:
    rows = [(each, score) for each in past.series if (score := score_of(each, phase))]
    if not rows:
        return None
    group = html.Tr(html.Th(_(words), colSpan=len(HEADS), scope="rowgroup", className="past-group"))
    return html.Tbody([group, *(_error_row(series, score) for series, score in rows)])


def score_of(series: PastSeries, phase: Phase) -> PastScore | None:
    """How near a series came in one phase."""
    return {"fitted": series.fitted, "not fitted": series.unseen, "forecast": series.forecast}[phase]


def _error_row(series: PastSeries, score: PastScore) -> html.Tr:
    word = verdict(score)
    first, last = score.years[0], score.years[-1]
    years = first if first == last else _("{first} to {last}", first=first, last=last)
    held = _("{count} of {all}", count=score.inside, all=len(score.years))
    cells = (years, percent(score.error), held, percent(score.carried), percent(score.trend))
    against = html.Span(_(BRIEFLY[word]), className=f"mark {SIGNS[word][1]}") if word else "\u2013"
    return html.Tr([html.Th(_(series.label), scope="row"), *(html.Td(cell) for cell in cells), html.Td(against)])


def _years(series: PastSeries) -> html.Table:
    head = html.Thead(html.Tr([html.Th(_(head), scope="col") for head in YEAR_HEADS]))
    unit = _(UNITS.get(series.id, ""))
    caption = html.Caption(_("{series}, {unit}, by financial year.", series=_(series.label), unit=unit))
    return html.Table([caption, head, html.Tbody([_year_row(series, year) for year in series.years])])


def _year_row(series: PastSeries, year: PastYear) -> html.Tr:
    words = measure(series).words
    when = ", ".join(part for part in (_(STAGES[year.phase]), months_in_words(year)) if part)
    where = "" if year.inside is None else _("inside") if year.inside else _("outside")
    known = ("\u2013" if value is None else words(value) for value in (year.observed, year.carried, year.trend))
    observed, carried, trend = known
    model = html.Td(_two_lines(words(year.model), _("{low} to {high}", low=words(year.low), high=words(year.high))))
    error = html.Td(_two_lines(percent(year.error, sign=True), where))
    naive = html.Td(_two_lines(carried, trend))
    return html.Tr([html.Th(_two_lines(year.label, when), scope="row"), html.Td(observed), model, error, naive])


def _two_lines(above: str, below: str) -> list[str | html.Span]:
    return [above, html.Span(below, className="figure-status")] if below else [above]
