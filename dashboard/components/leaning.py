"""Numbers moved through their ranges: which the answer leans on, where and when that was worked out, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.facts.drivers import End, Leaned, Leanings, Side
from dashboard.wording.drivers import UNITS, moved_in_words
from dashboard.wording.language import _, day_in_words, mark, several
from dashboard.wording.numbers import BY_ID, NO_DIFFERENCE, NOT_DETECTABLE, people_in_words

MOST_SHOWN = 12
GRADES = {"high": mark("good"), "medium": mark("fair"), "low": mark("weak")}
BECAUSE = {
    "impossible": mark("no place can be made of it"),
    "does not close": mark("the first year would not be what it was"),
    "with places": mark("with places moved along, so that the first year stays as it was"),
}


def lean_rows(found: Leanings, side: Side, measure: str) -> Sequence[Leaned]:
    """Those to be shown: that can be seen to move it, the most first."""
    return [each for each in found.numbers.get((side, measure), ()) if each.size][:MOST_SHOWN]


def lean_words(found: Leanings, side: Side, measure: str) -> str:
    """What was moved, where and when, and how many numbers moved nothing that can be seen."""
    every = found.numbers.get((side, measure), ())
    if not every:
        return _("There is no plan here whose effect could lean on anything: nothing differs from doing nothing.")
    seen, still = sum(each.size > 0 for each in every), sum(each.is_still for each in every)
    counts = _(
        "Of {count} numbers, {seen} can be seen to move it. No detectable difference: {rest}. No difference at all: "
        "{still}.",
        count=len(every),
        seen=seen,
        rest=len(every) - seen - still,
        still=still,
    )
    return f"{_made(found, side)} {counts}"


def _made(found: Leanings, side: Side) -> str:
    plan = _("“{plan}” less doing nothing", plan=_(found.plan)) if found.plan else _("the levers less doing nothing")
    asked = plan if side == "effect" else _("doing nothing")
    where = _("{place}, {what}, in {year}", place=found.place, what=asked, year=found.year)
    runs = _("{count} replications of {people}", count=found.replications, people=people_in_words(found.people))
    if found.on is None:
        only = _("Only the numbers that moved England most were moved.")
        return f"{_('Worked out now: {where}; {runs}.', where=where, runs=runs)} {only}"
    old = several(
        "{count} number has another value or range today.",
        "{count} numbers have another value or range today.",
        found.old,
        count=found.old,
    )
    stored = _("Stored: {where}; {runs}, with version {version} on {day}.", where=where, runs=runs,
               version=found.version, day=day_in_words(found.on))  # fmt: skip
    return f"{stored} {old}" if found.old else stored


def lean_table(found: Leanings, side: Side, measure: str) -> list[html.Div | html.P]:
    """Numbers with what either end of their range does."""
    rows = lean_rows(found, side, measure)
    shown, believed = BY_ID[measure], found.believed[side, measure]
    unit = f", {_(UNITS[measure])}" if found.per_head else ""
    heads = (_("Number"), _("At its low end"), _("At its high end"), _("Evidence"))
    body = [_lean_row(each, measure, per_head=found.per_head) for each in rows]
    effect = moved_in_words(measure, believed.mean, per_head=found.per_head)
    value = effect if side == "effect" else _plain(found, measure)
    caption = _("{measure}{unit}; with every number as believed: {value}", measure=shown.label, unit=unit, value=value)
    table = html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(body),
        ],
        className="account drivers-table",
    )
    return [html.Div(table, className="wide") if rows else html.P(_("No single number can be seen to move it.")),
            html.P(lean_note(found), className="view-note")]  # fmt: skip


def _plain(found: Leanings, measure: str) -> str:
    value = found.believed["baseline", measure].mean
    if found.per_head and measure in ("gap", "delayed"):
        return f"{'£' if measure == 'gap' else ''}{value:,.1f}"
    return BY_ID[measure].words(value)


def _lean_row(each: Leaned, measure: str, *, per_head: bool) -> html.Tr:
    cells = [_end_cell(end, measure, per_head=per_head) for end in (each.low, each.high)]
    grade = html.Td(_(GRADES[each.confidence]) if each.confidence in GRADES else each.confidence)
    return html.Tr([html.Th([each.says, html.Code(each.name, className="drivers-code")], scope="row"), *cells, grade])


def _end_cell(end: End, measure: str, *, per_head: bool) -> html.Td:
    note = [html.Span(_(BECAUSE[end.because]), className="drivers-because")] if end.because else []
    if end.part is None:
        return html.Td(note)
    if end.part.is_none:
        return html.Td([_(NO_DIFFERENCE), *note])
    if not end.part.is_sure:
        return html.Td([_(NOT_DETECTABLE), *note])
    return html.Td([html.Strong(moved_in_words(measure, end.part.mean, per_head=per_head)), *note])


def lean_note(found: Leanings) -> str:
    """What the bars are not."""
    sure = (
        _("Intervals are 95% each for itself.")
        if found.chosen
        else _("What is called seen holds for all numbers at once, since the largest of many are looked at.")
    )
    return " ".join(
        [
            sure,
            _(
                "What two numbers do together is not here, an end of a range is not a likely value, and most ranges "
                "are judgement. For all numbers drawn at once, ask on the Overview what follows if the numbers "
                "themselves are wrong."
            ),
        ]
    )
