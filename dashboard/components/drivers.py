"""Drivers: the controls, and the table behind each chart."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.facts.drivers import BYS, SIDES, By, Driver, Part, Side, Split, SplitYear
from dashboard.wording.drivers import FAMILIES, MEANS, driver_in_words, name_of, of, span_of
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import (
    BY_ID,
    CARDED,
    NO_DIFFERENCE,
    NOT_DETECTABLE,
    Measure,
    listed,
    people_in_words,
    size_of,
)

MEASURES = (*CARDED, "elective")
LEANED = ("gap", "delayed", "occupancy", "waiting")
BY_WORDS: dict[By, str] = {"family": mark("Demand, flow and money"), "lever": mark("Each lever by itself")}
SIDE_WORDS: dict[Side, str] = {
    "baseline": mark("the answer if nothing is done"),
    "effect": mark("what the plan changes"),
}

KEYS = {
    "split": mark(
        "Solid blue: more than doing nothing. Hatched orange: less. (Not better or worse.) The thin line is the 95% "
        "interval."
    ),
    "lean": mark(
        "Solid blue: the number at the high end of its range. Hatched orange: at its low end. (Not better or worse.)"
    ),
}
SPLIT_SAYS = mark(
    "Switches on some of what the plan does without the rest, in every combination, for the same people. What a thing "
    "adds depends on what is there already, so each gets what it adds on average over all orders (its Shapley value). "
    "The parts add up to the whole."
)
LEAN_SAYS = mark(
    "One number at a time is moved to either end of the range its evidence allows, all else as believed. The longest "
    "bars are the numbers on which the answer leans most."
)


def frame() -> list[html.Section]:
    """What the view is made of, to be filled."""
    return [_split_frame(), _lean_frame()]


def _split_frame() -> html.Section:
    return html.Section(
        [
            html.H3(_("What the plan’s change comes from"), id="split-heading"),
            html.P(_(SPLIT_SAYS), className="view-note"),
            html.Div(
                [
                    _label("split-measure", _("Measure")),
                    _select("split-measure", [(name, BY_ID[name].label) for name in MEASURES], "delayed"),
                    _label("split-by", _("By")),
                    _select("split-by", [(each, _(BY_WORDS[each])) for each in BYS], BYS[0]),
                    html.Button(_("Split it"), id="split-begin", type="button", className="button is-main"),
                    *_job("split"),
                ],
                className="job-row drivers-row",
            ),
            html.Div(_result("split"), id="split-result", hidden=True),
        ],
        className="chart-card drivers-card",
        **{"aria-labelledby": "split-heading"},
    )


def _lean_frame() -> html.Section:
    return html.Section(
        [
            html.H3(_("What the answer leans on"), id="lean-heading"),
            html.P(_(LEAN_SAYS), className="view-note"),
            html.Div(
                [
                    _label("lean-measure", _("Measure")),
                    _select("lean-measure", [(name, BY_ID[name].label) for name in LEANED], "gap"),
                    _label("lean-side", _("Of")),
                    _select("lean-side", [(each, _(SIDE_WORDS[each])) for each in SIDES], SIDES[0]),
                    html.Button(
                        _("Work it out for this place and plan"), id="lean-begin", type="button", className="button"
                    ),
                    *_job("lean"),
                    html.Button(
                        _("Show England as stored"), id="lean-stored", type="button", className="button", hidden=True
                    ),
                ],
                className="job-row drivers-row",
            ),
            html.Div(_result("lean"), id="lean-result"),
        ],
        className="chart-card drivers-card",
        **{"aria-labelledby": "lean-heading"},
    )


def _job(name: str) -> list[html.Button | html.Div | html.P]:
    return [
        html.Button(_("Stop"), id=f"{name}-stop", type="button", className="button", hidden=True),
        html.Div(html.Div(className="job-bar-fill"), id=f"{name}-bar", className="job-bar", hidden=True),
        html.P("", id=f"{name}-status", className="job-words", role="status"),
    ]


def _result(name: str) -> list[html.P | html.Div]:
    chart = {"role": "img", "aria-labelledby": f"{name}-heading", "aria-describedby": f"{name}-words"}
    return [
        html.P("", id=f"{name}-words", className="story"),
        html.Div("", id=f"{name}-chart", className="drivers-chart", **chart),
        html.P(_(KEYS[name]), className="key"),
        html.Div("", id=f"{name}-table", className="accounts"),
    ]


def _label(for_: str, words: str) -> html.Label:
    return html.Label(words, htmlFor=for_)


def _select(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> html.Select:
    options = [
        html.Option(words, value=value, **({"selected": "selected"} if value == chosen else {}))
        for value, words in choices
    ]
    return html.Select(options, id=name, className="look-year")


# ---- a plan's change, divided -----------------------------------------------------------------------------------


def split_table(found: Split, measure: Measure, year: int) -> list[html.Div | html.P]:
    """Every driver with its part, how much there is to argue about, and what it changes."""
    shown = found.measures[measure.id][year]
    heads = [_("Comes from"), _("Part"), _("95% interval")]
    if shown.alone:
        heads += [_("By itself"), _("On top of the others")]
    rows = [_split_row(measure, shown, at, driver) for at, driver in enumerate(found.drivers)]
    whole = [html.Th(_("Together"), scope="row"), *_part_cells(measure, shown.whole)]
    rows.append(html.Tr([*whole, *(html.Td("") for _end in heads[len(whole) :])], className="is-whole"))
    caption = _("{measure} in {year}, against doing nothing", measure=measure.label, year=found.labels[year])
    table = html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(rows),
        ],
        className="account drivers-table",
    )
    return [html.Div(table, className="wide"), html.P(split_note(found, measure, year), className="view-note")]


def _split_row(measure: Measure, shown: SplitYear, at: int, driver: Driver) -> html.Tr:
    name = name_of(driver_in_words(driver))
    ends = [html.Td(_signed(measure, each[at])) for each in (shown.alone, shown.last) if each]
    return html.Tr([html.Th([name, _what(driver)], scope="row"), *_part_cells(measure, shown.parts[at]), *ends])


def _what(driver: Driver) -> html.Span | html.Details:
    """What a driver is, and what it changes."""
    means = _(MEANS[driver.name]) if driver.name in FAMILIES else _("counts as {family}", family=_families(driver))
    count = len(driver.changes)
    told = several("{count} change", "{count} changes", count, count=count)
    changes = html.Ul([html.Li(each) for each in driver.changes])
    return html.Details([html.Summary(f"{means}: {told}"), changes], className="drivers-what")


def _families(driver: Driver) -> str:
    return listed([_(FAMILIES[each]) for each in driver.families if each in FAMILIES])


def _part_cells(measure: Measure, part: Part) -> list[html.Td]:
    if part.is_none:
        return [html.Td(_(NO_DIFFERENCE)), html.Td("")]
    words = html.Strong(of(measure, part)) if part.is_sure else _(NOT_DETECTABLE)
    return [html.Td(words), html.Td(span_of(measure, part), className="cell-range")]


def _signed(measure: Measure, value: float) -> str:
    return f"{size_of(measure, value)} {measure.direction(value)}" if value else _(NO_DIFFERENCE)


def split_note(found: Split, measure: Measure, year: int) -> str:
    """How it was made, and what it cannot say."""
    made = _(
        "{count} replications of {people}, scaled to the place. Parts add up to the whole in every replication; what "
        "is written is rounded. Where “by itself” and “on top of the others” are far apart, a part is a fair share and "
        "no more.",
        count=found.replications,
        people=people_in_words(found.people),
    )
    if not found.pairs:
        return made
    furthest = max(found.measures[measure.id][year].unsure)
    orders = _(
        "There are too many levers to run every combination: {count} random orders were run, each with its reverse, "
        "and a part may be off by {size} for want of the others, which its interval has in it.",
        count=found.pairs,
        size=measure.change(furthest),
    )
    return f"{made} {orders}"
