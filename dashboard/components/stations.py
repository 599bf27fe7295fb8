"""What stands behind the map: a card for every kind of place, and the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple

from dash import html

from dashboard.components.tables import change_cell, table
from dashboard.facts.accounts import Amount
from dashboard.facts.answers import Answer
from dashboard.facts.stations import HOSPITAL, KINDS, Jam, Rules
from dashboard.link.looks import Look
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import signed, whole
from dashboard.wording.places import (
    DAYS_A_YEAR,
    LABELS,
    PAYERS,
    Standing,
    filled_at_length,
    of_course,
    percent,
    pressure_in_words,
    standing,
)

WITH = {"plan": mark("with this plan"), "baseline": mark("doing nothing")}
Rows = Iterator[tuple[str, str]]


def cards(rules: Rules, answer: Answer, look: Look) -> list[html.Div]:
    """A card for every kind of place, of which the script shows one beside its box."""
    show = "plan" if look.show == "difference" else look.show
    return [
        html.Div(
            [
                html.H4(_(LABELS[kind])),
                html.Dl([part for row in rows(rules, answer, kind, look.year, show) for part in _entry(*row)]),
            ],
            className="place-card",
            **{"data-card": kind},
        )
        for kind in KINDS
    ]


def _entry(term: str, words: str) -> tuple[html.Dt, html.Dd]:
    return html.Dt(term), html.Dd(words)


def rows(rules: Rules, answer: Answer, kind: str, year: int, show: str) -> Rows:
    """What a card says, term by term."""
    course, stand = answer.stations.course(show), standing(answer.accounts, kind, year, show)
    yield _("Places"), _("{count} on an average day", count=whole(stand.places))
    used = {"count": whole(stand.occupied), "share": percent(stand.used), "word": pressure_in_words(rules, stand.used)}
    yield _("In use"), _("{count}, {share}: {word}", **used)
    yield from _waiting(answer, stand, year, show)
    yield from _stuck(stand)
    yield _("Full?"), filled_at_length(course.full[kind], answer.months)
    yield from _because(course.jams[year], kind)
    yield _("Who pays"), _(PAYERS[kind])


def _waiting(answer: Answer, stand: Standing, year: int, show: str) -> Rows:
    if stand.kind == HOSPITAL:
        hours = of_course(answer.accounts.mean("emergency_wait_hours", year), show)
        listed = of_course(answer.accounts.mean("elective_waiting", year), show)
        yield _("Waiting"), _("{count} to come in, of them {listed} on the planned list", **_both(stand, listed))
        yield _("Wait"), several("{hours} hour for an emergency bed", "{hours} hours for an emergency bed", hours,
                                 hours=f"{hours:.1f}")  # fmt: skip
        return
    words = _("{beds} in hospital beds, {places} in other places, {outside} at home")
    beds, places, outside = map(whole, (stand.in_beds, stand.in_places, stand.outside))
    yield _("Waiting"), words.format(beds=beds, places=places, outside=outside)
    days = wait_in_days(answer, stand, year, show)
    if days is not None:
        yield _("Wait"), several("{days} day in a hospital bed", "{days} days in a hospital bed", days,
                                 days=f"{days:.1f}")  # fmt: skip


def _both(stand: Standing, listed: float) -> dict[str, str]:
    return {"count": whole(stand.outside), "listed": whole(min(listed, stand.outside))}


def wait_in_days(answer: Answer, stand: Standing, year: int, show: str) -> float | None:
    """How long people in hospital wait for room, by Little's law: those who wait over those who come a day."""
    came = of_course(answer.accounts.sum(f"moved:{HOSPITAL}>{stand.kind}", year), show)
    return stand.in_beds / came * DAYS_A_YEAR if came else None


def _stuck(stand: Standing) -> Rows:
    if stand.stuck:
        yield (
            _("Held up here"),
            several(
                "{count} person who waits for room elsewhere",
                "{count} people who wait for room elsewhere",
                stand.stuck,
                count=whole(stand.stuck),
            ),
        )
    if stand.otherwise:
        yield (
            _("Not for room"),
            several(
                "{count} more is in a hospital bed for other reasons on the way here",
                "{count} more are in hospital beds for other reasons on the way here",
                stand.otherwise,
                count=whole(stand.otherwise),
            ),
        )


def _because(jam: Jam, kind: str) -> Rows:
    for hold in jam.holds:
        if hold.kind == kind and kind != HOSPITAL and hold.beds >= 1:
            yield (
                _("Holds up"),
                several(
                    "{count} person in a hospital bed, at once or by way of other places",
                    "{count} people in hospital beds, at once or by way of other places",
                    hold.beds,
                    count=whole(hold.beds),
                ),
            )


# ---- tables -----------------------------------------------------------------------------------------------------


def tables(rules: Rules, answer: Answer, look: Look) -> list[html.Div]:
    """Every kind of place with its numbers; then who waits where, and for what."""
    if look.show == "difference":
        return [_changes(answer, look)]
    return [_places(rules, answer, look), *_held(answer, look)]


def _caption(answer: Answer, look: Look, words: str) -> str:
    how = "" if answer.is_baseline else f", {_(WITH[look.show])}"
    return f"{words} {answer.accounts.years[look.year]}{how}"


def _places(rules: Rules, answer: Answer, look: Look) -> html.Div:
    course = answer.stations.course(look.show)
    holds = {hold.kind: hold.beds for hold in course.jams[look.year].holds}
    headings = (
        _("Place"), _("Places"), _("In use"), _("Pressure"), _("Wait in hospital beds"), _("Wait elsewhere"),
        _("Beds it holds up"), _("Full?"),
    )  # fmt: skip
    body = []
    for kind in KINDS:
        stand = standing(answer.accounts, kind, look.year, look.show)
        cells = (
            whole(stand.places), percent(stand.used), pressure_in_words(rules, stand.used), whole(stand.in_beds),
            whole(stand.in_places + stand.outside), whole(holds.get(kind, 0.0)),
            filled_at_length(course.full[kind], answer.months),
        )  # fmt: skip
        body.append(_row(_(LABELS[kind]), cells))
    return table(_caption(answer, look, _("Kinds of place on an average day of")), headings, body, "stations")


def _held(answer: Answer, look: Look) -> list[html.Div]:
    held = [each for each in answer.stations.course(look.show).jams[look.year].held if each.people * 2 >= 1]
    if not held:
        return []
    ordered = sorted(held, key=lambda each: -each.people)
    body = [_row(_(LABELS[each.here]), (_(LABELS[each.there]), whole(each.people)), words=1) for each in ordered]
    caption = _caption(answer, look, _("People ready to go on who wait for room, on an average day of"))
    return [table(caption, (_("They are in"), _("They wait for"), _("People")), body, "streams")]


def _changes(answer: Answer, look: Look) -> html.Div:
    headings = (
        _("Place"), _("In use, this plan"), _("In use, do nothing"), _("Waiting, this plan"), _("Waiting, do nothing"),
        _("Change (95% interval)"), _("Full? This plan"), _("Full? Do nothing"),
    )  # fmt: skip
    caption = _("What the plan changes on an average day of {year}", year=answer.accounts.years[look.year])
    return table(caption, headings, [_changed(answer, look.year, kind) for kind in KINDS], "stations")


def _changed(answer: Answer, year: int, kind: str) -> html.Tr:
    plan, nothing = (standing(answer.accounts, kind, year, course) for course in ("plan", "baseline"))
    full = (answer.stations.course(course).full[kind] for course in ("plan", "baseline"))
    numbers = (percent(plan.used), percent(nothing.used), whole(plan.queue), whole(nothing.queue))
    return html.Tr(
        [
            html.Th(_(LABELS[kind]), scope="row"),
            *(html.Td(each) for each in numbers),
            change_cell(queue(answer, year, kind), signed),
            *(html.Td(filled_at_length(each, answer.months)) for each in full),
        ]
    )


def queue(answer: Answer, year: int, kind: str) -> Amount:
    """Everybody who waits for room; the interval of the sum is the sum of the intervals, or narrower."""
    parts = [f"waiting:{kind}", *(f"held:{here}>{kind}" for here in KINDS)]
    found = [answer.accounts.mean(part, year) for part in parts]
    return Amount(*(sum(values) for values in zip(*map(astuple, found), strict=True)))


def _row(name: str, cells: Sequence[str], words: int = 0) -> html.Tr:
    """A row of a table.

    words   how many of the first cells are names rather than numbers
    """
    shown = [html.Td(each, className="cell-words") if at < words else html.Td(each) for at, each in enumerate(cells)]
    return html.Tr([html.Th(name, scope="row"), *shown])


def definitions(rules: Rules) -> str:
    """What the words on the map mean."""
    return _(
        "A kind of place is busy from {busy} of its places in use on average, very busy from {very}, full from {full}; "
        "it is said to be full from the first of {months} months in a row that are. The hatched part of a bar is held "
        "by people who are ready to go on and wait for room. Holding up the rest: blocked people are followed from "
        "place to place to where room is short, and at least {held} of hospital beds must be held for it to be named. "
        "What is not full on average may be full on many days, or in some localities.",
        busy=percent(rules.busy),
        very=percent(rules.very_busy),
        full=percent(rules.full),
        months=rules.months,
        held=percent(rules.held_up),
    )
