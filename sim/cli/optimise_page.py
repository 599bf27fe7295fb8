"""The transition fund needed, and what must be true, in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.cli.optimise_words import one_way, tried_limits, who
from sim.cli.page import Block, Heading, Table
from sim.cli.screen import millions
from sim.experiments.search import FundAnswer, Truth
from sim.experiments.search.fund import Course
from sim.experiments.search.truth import NET
from sim.experiments.search.words import (
    a_head,
    bracket,
    fund_sentence,
    level_span,
    limits_in_words,
    pounds_each,
    shown_step,
    truth_sentence,
)
from sim.results.dates import financial_year
from sim.results.statistics import Interval


def fund_blocks(found: FundAnswer, name: str) -> Iterator[Block]:
    """The answer, the courses with and without a fund, and every spell.

    name   of the plan
    """
    yield who(found.plan)
    yield limits_in_words(found.limits)
    yield fund_sentence(found, name)
    yield Heading("With and without")
    yield _limits_kept(found)
    if found.spells:
        yield Heading("How long it is paid")
        yield _spells(found)
        for spell in found.spells:
            yield from one_way(spell.needed)
    chosen = found.best.course if found.best else found.most
    yield Heading("Year by year")
    yield _years(found, chosen, "the least fund" if found.best else "the largest fund tried")
    if found.best:
        yield tried_limits(found.best.needed, found.limits, "£ a head a year", a_head)


def _limits_kept(found: FundAnswer) -> Table:
    courses = {"no shift, no fund": found.unmoved, "the plan, no fund": found.without, "the largest fund": found.most}
    rows = [
        (label, *(level_span(course.levels[each.name], each) for each in found.limits.limits))
        for label, course in courses.items()
    ]
    return Table("Each limit's measure in its worst year, 95 %", ("", *(e.name for e in found.limits.limits)), rows)


def _spells(found: FundAnswer) -> Table:
    people = found.plan.footprint.total
    rows = []
    for each in found.spells:
        total, taken = (pounds_each(value, people) for value in (each.course.total, each.course.taken))
        enough = each.needed.least is not None
        rows.append((str(each.years), bracket(each.needed, a_head), total if enough else "-", taken))
    columns = ("years paid", "least that suffices, a year", "paid in", "drawn (of the largest, if none suffices)")
    return Table("The least fund for each number of years", columns, rows)


def _years(found: FundAnswer, course: Course, what: str) -> Table:
    first = found.plan.first_year
    rows = [
        (financial_year(year, first), millions(paid_in.mean), millions(drawn.mean), _span(drawn))
        for year, (paid_in, drawn) in enumerate(zip(course.paid_in, course.drawn, strict=True))
    ]
    title = f"Money by year with {what}: paid in as drawn, it would do the same"
    return Table(title, ("", "paid in", "drawn", "95 %"), rows)


def _span(found: Interval) -> str:
    return f"{millions(found.low)} to {millions(found.high)}"


def truth_blocks(found: Truth, name: str, against: str) -> Iterator[Block]:
    """The answer, the plan as believed and at the ends of the evidence, and what was tried."""
    yield who(found.plan)
    yield f"{name} against {against}. {_aim(found)}"
    yield truth_sentence(found, name)
    yield from one_way(found.needed)
    yield Heading("As believed, and at the ends of the evidence")
    ends = {
        "as believed": (found.believed, found.holds),
        **{f"every programme {each}": (seen, verdict.holds) for each, (seen, verdict) in found.ends.items()},
    }
    yield Table(
        "What comes of it", _columns(found, ""),
        [(label, *_cells(found, seen), "yes" if holds else "no") for label, (seen, holds) in ends.items()],
    )  # fmt: skip
    yield Heading("What was tried")
    show = shown_step(found)
    rows = [(show(step), *_cells(found, seen)) for step, seen in found.needed.seen.items()]
    yield Table("What comes of each step tried", _columns(found, found.needed.dial.says)[:-1], rows)


def _aim(found: Truth) -> str:
    if found.terms.aim == "break_even":
        return "The aim: by the end of the run it has saved, of all spending, at least what it cost."
    return limits_in_words(found.terms.limits)


def _columns(found: Truth, first: str) -> tuple[str, ...]:
    return (first, "saved less spent by the end, 95 %", *(each.name for each in found.terms.limits.limits), "enough")


def _cells(found: Truth, seen: Mapping[str, Interval]) -> tuple[str, ...]:
    net = f"{millions(seen[NET].mean)} ({_span(seen[NET])})"
    return (net, *(level_span(seen[each.name], each) for each in found.terms.limits.limits))
