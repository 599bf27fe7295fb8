"""The transition fund needed, and what must be true, in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.cli.optimise_words import (
    Show,
    bracket,
    level_span,
    limits_in_words,
    one_way,
    pounds_each,
    tried_limits,
    who,
)
from sim.cli.page import Block, Heading, Table
from sim.cli.screen import counted, millions
from sim.experiments.search import FundAnswer, Truth
from sim.experiments.search.fund import Course, Spell
from sim.experiments.search.truth import NET
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
        yield tried_limits(found.best.needed, found.limits, "£ a head a year", _a_head)


def fund_sentence(found: FundAnswer, name: str) -> str:
    """The answer in one paragraph."""
    if not found.moves:
        held = found.plan.parameters.text("policy.regime") == "hold"
        why = (
            "places are held whatever the books say, so money moves nobody; to see places follow money, set "
            "policy.regime=means"
            if held
            else "the cut is as deep as it may be with and without it, or nothing is cut"
        )
        kept = found.limits.kept(found.without.levels)
        stands = "is kept without a fund" if kept else "is not kept, and no sum suffices"
        return f"{name}: the limit {stands}. The largest fund tried changes no measure that is limited: {why}."
    best = found.best
    if best is None:
        idle = (
            "It is never drawn empty, so no sum suffices." if found.idle else "It is drawn empty: more might do more."
        )
        return f"{name}: no fund tried suffices. {idle}"
    people = found.plan.footprint.total
    if best.needed.from_the_start:
        return f"{name}: the limit is kept on the mean without a fund. {_surely(best)}"
    return (
        f"{name}: the least money is {bracket(best.needed, _a_head)} a year for {counted(best.years, 'year')}, "
        f"{pounds_each(best.course.total, people)} in all, of which {pounds_each(best.course.taken, people)} is drawn. "
        f"{_surely(best)}"
    )


def _surely(best: Spell) -> str:
    surely = best.needed.surely
    if surely is None:
        return "No fund tried makes that sure: chance alone breaks it now and then."
    return f"With {_a_head(surely)} a year for {counted(best.years, 'year')} the whole 95 % interval keeps it."


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
        rows.append((str(each.years), bracket(each.needed, _a_head), total if enough else "-", taken))
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


def _a_head(value: float) -> str:
    return f"£{value:g} a head"


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
    show = _show(found)
    rows = [(show(step), *_cells(found, seen)) for step, seen in found.needed.seen.items()]
    yield Table("What comes of each step tried", _columns(found, found.needed.dial.says)[:-1], rows)


def truth_sentence(found: Truth, name: str) -> str:
    """The answer in one paragraph."""
    show, aim = _show(found), "break even within the run" if found.terms.aim == "break_even" else "keep the limits"
    if found.needed.least is None:
        chance = "" if found.needed.maybe is None else f" (chance leaves {show(found.needed.maybe)} and more open)"
        told = f"{name} does not {aim} with {show(found.needed.dial.steps[-1])}, the most tried{chance}."
        if not found.within_evidence:
            told += " What would have to be true is not within the evidence's range."
        return f"{told} {_hopeful(found, aim)}".rstrip()
    told = f"For {name} to {aim} it takes {bracket(found.needed, show)}. "
    if found.needed.from_the_start:
        return f"{told}That is nothing at all: what it aims at does not lean on this."
    return told + (_hopeful(found, aim) if found.terms.turned == "effects" else _delivered(found))


def _hopeful(found: Truth, aim: str) -> str:
    if found.terms.turned != "effects":
        return ""
    end = "With every programme at the hopeful end of its range at once it would" + (
        f" {aim}." if found.ends["hopeful"][1].holds else f" still not {aim}."
    )
    if found.needed.least is None:
        return end
    outside = f"{found.outside} of {counted(found.effects, 'effect')}"
    return f"{end} At that multiple {outside} of programmes paid for would lie beyond the range of their evidence."


def _delivered(found: Truth) -> str:
    assert found.needed.dial.evidence is not None and found.needed.least is not None
    low, high = (_percent(each) for each in found.needed.dial.evidence)
    inside = "beyond" if found.needed.beyond_evidence else "within or below"
    return f"That is {inside} the range of the evidence, {low} to {high}; the plan counts on {_believed(found)}."


def _believed(found: Truth) -> str:
    return _percent(found.plan.parameters.value("policy.share_delivered"))


def _aim(found: Truth) -> str:
    if found.terms.aim == "break_even":
        return "The aim: by the end of the run it has saved, of all spending, at least what it cost."
    return limits_in_words(found.terms.limits)


def _columns(found: Truth, first: str) -> tuple[str, ...]:
    return (first, "saved less spent by the end, 95 %", *(each.name for each in found.terms.limits.limits), "enough")


def _cells(found: Truth, seen: Mapping[str, Interval]) -> tuple[str, ...]:
    net = f"{millions(seen[NET].mean)} ({_span(seen[NET])})"
    return (net, *(level_span(seen[each.name], each) for each in found.terms.limits.limits))


def _show(found: Truth) -> Show:
    return _percent if found.terms.turned == "delivered" else _times


def _times(value: float) -> str:
    return f"{value:g} times the central effects"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} % delivered"
