"""The view of people in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from dash import html

from dashboard.components.tables import change_cell, table
from dashboard.facts.accounts import Accounts, Amount, Show
from dashboard.facts.answers import Answer
from dashboard.figures.people import GAVE_UP, HOSPITAL, LABELS, STATIONS, Stream
from dashboard.link.looks import Look
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import listed, signed, whole

MOST_NAMED = 3
NOT_COUNTED = mark("This model does not count who moves where.")
WAYS = {
    "home": mark("{count} go home without more care"),
    "p1": mark("{count} go to care at home (P1)"),
    "p2": mark("{count} go to community beds (P2)"),
    "p3": mark("{count} go to assessment beds (P3)"),
    "home_care": mark("{count} go to home care"),
    "care_home": mark("{count} go to a care home"),
    "died": mark("{count} die"),
}
WITH = {"plan": mark("with this plan"), "baseline": mark("doing nothing"), "difference": mark("what the plan changes")}


def people_in_words(answer: Answer, look: Look, found: Sequence[Stream]) -> str:
    """What the chart shows, in two or three sentences."""
    if not found:
        return _(NOT_COUNTED)
    year = answer.accounts.years[look.year]
    if look.show == "difference":
        return _changes(found, year)
    when = year if answer.is_baseline else f"{year}, {_(WITH[look.show])}"
    return f"{_hospital(found, look.show, when)} {_gave_up(found, look.show)}"


def _hospital(found: Sequence[Stream], show: Show, when: str) -> str:
    into = sum(each.people.of(show) for each in found if each.destination == HOSPITAL)
    away = {each.destination: each.people.of(show) for each in found if each.origin == HOSPITAL}
    of_hundred = shared({where: away.get(where, 0.0) for where in WAYS})
    ways = listed([_(WAYS[where], count=count) for where, count in of_hundred.items() if count])
    return _(
        "In {when}, {count} people came into hospital beds. Of 100 people who leave them, {ways}.",
        when=when,
        count=whole(into),
        ways=ways,
    )


def _gave_up(found: Sequence[Stream], show: Show) -> str:
    lost = sum(each.people.of(show) for each in found if each.destination == GAVE_UP)
    if not round(lost):
        return _("Nobody gave up.")
    return _("{count} people gave up waiting for a place, or died waiting.", count=whole(lost))


def shared(parts: dict[str, float], whole_of: int = 100) -> dict[str, int]:
    """Whole numbers in proportion to the parts, which add up to so many: the largest remainders are rounded up."""
    total = sum(parts.values())
    exact = {name: part * whole_of / total if total > 0 else 0.0 for name, part in parts.items()}
    found = {name: floor(value) for name, value in exact.items()}
    short = whole_of - sum(found.values()) if total > 0 else 0
    for name in sorted(exact, key=lambda name: found[name] - exact[name])[:short]:
        found[name] += 1
    return found


def _changes(found: Sequence[Stream], year: str) -> str:
    sure = sorted((each for each in found if each.people.is_sure), key=lambda each: -abs(each.people.change))
    named = [
        _(
            mark("{count} more {way}") if each.people.change > 0 else mark("{count} fewer {way}"),
            count=whole(abs(each.people.change)),
            way=each.words,
        )
        for each in sure[:MOST_NAMED]
    ]
    if not named:
        return _("In {year}, no stream of people differs from doing nothing by more than chance may bring.", year=year)
    rest = len(sure) - len(named)
    means = _("In {year} this plan means, in people a year, {changes}.", year=year, changes=listed(named))
    if not rest:
        return means
    more = several(
        "{count} more stream differs by more than chance may bring.",
        "{count} more streams differ by more than chance may bring.",
        rest,
        count=rest,
    )
    return f"{means} {more}"


def people_tables(answer: Answer, look: Look, found: Sequence[Stream]) -> list[html.Div]:
    """Every stream of the chart with its number; and who is in each kind of place."""
    return [_streams(answer, look, found), _stocks(answer, look, found)] if found else []


def _streams(answer: Answer, look: Look, found: Sequence[Stream]) -> html.Div:
    caption = _("People a year in {year}", year=answer.accounts.years[look.year])
    if answer.is_baseline:
        rows = [_row(each, [html.Td(whole(each.people.baseline))]) for each in found]
        return table(caption, (_("From"), _("To"), _("People")), rows, "streams")
    rows = [_row(each, [*_both(each.people), change_cell(each.people, signed)]) for each in found]
    headings = (_("From"), _("To"), _("This plan"), _("Do nothing"), _("Change (95% interval)"))
    return table(caption, headings, rows, "streams")


def _both(people: Amount) -> list[html.Td]:
    return [html.Td(whole(people.plan)), html.Td(whole(people.baseline))]


def _row(stream: Stream, cells: Sequence[html.Td]) -> html.Tr:
    origin, destination = (_(LABELS[end]) for end in (stream.origin, stream.destination))
    return html.Tr([html.Th(origin, scope="row"), html.Td(destination, className="cell-words"), *cells])


def _stocks(answer: Answer, look: Look, found: Sequence[Stream]) -> html.Div:
    """What is in every kind of place: who came and has not left is there still."""
    words = signed if look.show == "difference" else whole
    rows = [
        html.Tr(
            [
                html.Th(_(LABELS[kind]), scope="row"),
                *(html.Td(words(each)) for each in stock(answer.accounts, look, found, kind)),
            ]
        )
        for kind in STATIONS
    ]
    caption = _(
        "Who is where in {year}, {with_what}. Who came in and has not left is there still; people there and waiting "
        "are those of an average day in the year\u2019s last month",
        year=answer.accounts.years[look.year],
        with_what=_(WITH[look.show]),
    )
    headings = (_("Place"), _("Came in"), _("Left"), _("There at the end"), _("Waiting at the end"))
    return table(caption, headings, rows)


def stock(accounts: Accounts, look: Look, found: Sequence[Stream], kind: str) -> tuple[float, float, float, float]:
    """People who came to a kind of place, who left it, who are there, and who wait for it."""
    came = sum(each.people.of(look.show) for each in found if each.destination == kind)
    left = sum(each.people.of(look.show) for each in found if each.origin == kind)
    there, waiting = (accounts.end(f"{which}:{kind}", look.year).of(look.show) for which in ("occupied", "waiting"))
    return came, left, there, waiting
