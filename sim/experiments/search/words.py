"""What searches found, in plain words: limits, brackets, and a sentence for each answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isnan

from sim.experiments.search.capacity import CapacityAnswer, Found, kinds_of
from sim.experiments.search.frontier import PLACE, Frontier
from sim.experiments.search.fund import FundAnswer, Spell
from sim.experiments.search.limits import STATED, Limits
from sim.experiments.search.mix import MixAnswer
from sim.experiments.search.needed import Needed
from sim.experiments.search.truth import Truth
from sim.experiments.stress.words import SHOWN
from sim.inputs.limits import Limit
from sim.results.dates import financial_year
from sim.results.measures import PARTS, measure_of
from sim.results.spoken import amount, counted, number, unit
from sim.results.statistics import Interval

Show = Callable[[float], str]
"""How a step is written."""


def limits_in_words(limits: Limits) -> str:
    """What is to be kept, and when."""
    told = (f"{each.says} ({each.name}) at most {level(each.value, each)}" for each in limits.limits)
    return f"To be kept in {'every year' if limits.when == 'every' else 'the final year'}: {'; '.join(told)}."


def level(value: float, limit: Limit) -> str:
    """A limit's measure in its own unit."""
    if limit.source == STATED:
        measure = measure_of(limit.series)
        return f"{amount(value, measure)} {unit(measure)}"
    times, digits, words = SHOWN[limit.unit]
    return f"{number(times * value, digits)} {words}"


def level_span(found: Interval, limit: Limit) -> str:
    """A limit's measure with its interval."""
    return f"{level(found.mean, limit)} ({_bare(found.low, limit)} to {_bare(found.high, limit)})"


def _bare(value: float, limit: Limit) -> str:
    return level(value, limit).split(" ", 1)[0]


def bracket(needed: Needed, show: Show) -> str:
    """The least that suffices, with what chance leaves open."""
    if needed.least is None:
        if needed.maybe is None:
            return f"none of those tried, up to {show(needed.dial.steps[-1])}"
        return (
            f"none on the mean, up to {show(needed.dial.steps[-1])}; chance leaves {show(needed.maybe)} and more open"
        )
    first = needed.dial.steps[0]
    low = show(first) if needed.maybe is None else show(needed.maybe)
    high = f"more than {show(needed.dial.steps[-1])}" if needed.surely is None else show(needed.surely)
    return f"{show(needed.least)} (bracket {low} to {high})"


def pounds_each(value: float, people: float) -> str:
    """Pounds as £m and for each person of the place."""
    if isnan(value):
        return "-"
    return f"£{value / 1_000_000:,.1f}m (£{value / people:,.2f} a head)".replace("£-", "-£")


def a_head(value: float) -> str:
    """Pounds for each person of the place."""
    return f"£{value:g} a head"


def fund_sentence(found: FundAnswer, name: str) -> str:
    """The answer in one paragraph."""
    if not found.moves:
        return f"{name}: {_moves_nobody(found)}"
    best, people = found.best, found.plan.footprint.total
    if best is None:
        more = "never drawn empty, so no sum suffices" if found.idle else "drawn empty: more might do more"
        return f"{name}: no fund tried suffices. It is {more}."
    if best.needed.from_the_start:
        return f"{name}: the limit is kept on the mean without a fund. {_surely(best)}"
    return (
        f"{name}: the least money is {bracket(best.needed, a_head)} a year for {counted(best.years, 'year')}, "
        f"{pounds_each(best.course.total, people)} in all, of which {pounds_each(best.course.taken, people)} is drawn. "
        f"{_surely(best)}"
    )


def _moves_nobody(found: FundAnswer) -> str:
    """Why a fund changes nothing that is limited."""
    kept = found.limits.kept(found.without.levels)
    stands = "is kept without a fund" if kept else "is not kept, and no sum suffices"
    if found.plan.parameters.text("policy.regime") == "hold":
        why = (
            "places are held whatever the books say, so money moves nobody; to see places follow money, set "
            "policy.regime=means"
        )
    else:
        why = "the cut is as deep as it may be with and without it, or nothing is cut"
    return f"the limit {stands}. The largest fund tried changes no measure that is limited: {why}."


def _surely(best: Spell) -> str:
    surely = best.needed.surely
    if surely is None:
        return "No fund tried makes that sure: chance alone breaks it now and then."
    return f"With {a_head(surely)} a year for {counted(best.years, 'year')} the whole 95 % interval keeps it."


def truth_sentence(found: Truth, name: str) -> str:
    """The answer in one paragraph."""
    show, aim = shown_step(found), "break even within the run" if found.terms.aim == "break_even" else "keep the limits"
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


def shown_step(found: Truth) -> Show:
    """How a step of what is turned is written."""
    return _percent if found.terms.turned == "delivered" else _times


def _times(value: float) -> str:
    return f"{value:g} times the central effects"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} % delivered"


def mix_sentence(found: MixAnswer) -> str:
    """What was found, in one paragraph."""
    tried = (
        f"{counted(len(found.tried), 'mix').replace('mixs', 'mixes')} tried, of which {found.feasible} keep the limits"
    )
    if not found.feasible:
        return f"{tried}: no mix does. Shown is the one that breaks them least."
    held = sum(found.still)
    told = f"{tried}; {len(found.mixes)} are on the front, and {held} of these still are with other people."
    lost = len(found.mixes) - held
    if lost:
        told += " The others looked good partly by chance."
    if found.none_better:
        told += " No mix is told to be better than no shift in any aim."
    return told


def frontier_sentence(frontier: Frontier, show: Show, names: Mapping[str, str]) -> str:
    """Where each one's cost is least, and the place's."""
    told = []
    for bearer in frontier.bearers:
        best, ties = frontier.best(bearer), frontier.ties(bearer)
        others = f", not to be told from {show(frontier.points[ties[0]])} to {show(frontier.points[ties[-1]])}"
        end = " (an end of what was tried, so the least may lie beyond)" if frontier.at_end(bearer) else ""
        label = bearer if bearer == PLACE else names.get(bearer, bearer)
        told.append(f"{label}: {show(frontier.points[best])}{others if len(ties) > 1 else ''}{end}")
    delay = frontier.delay[frontier.best(PLACE)]
    return f"Least cost for {'; '.join(told)}. At the place's least, {number(delay.mean, 1)} wait ({_span(delay)})."


def capacity_sentence(found: CapacityAnswer) -> str:
    """The answer in one paragraph."""
    asked, least = found.plan.question, found.needed.least
    year = financial_year(asked.years - 1, found.plan.first_year)
    kinds = " and ".join(PARTS.get(each, each) for each in kinds_of(found.kind))
    if least is None:
        told = f"No growth of places ({kinds}) suffices: {bracket(found.needed, a_year)}."
    else:
        told = (
            f"The least growth of places ({kinds}) that suffices is {bracket(found.needed, a_year)}: "
            f"{whole(found.places[least])} places in {year}, after {counted(asked.years, 'year')}."
        )
    held = found.held_back[found.needed.dial.steps[-1] if least is None else least].mean
    if round(held):
        told += f" Of those planned, {number(held, 0)} are held back for lack of staff or capital."
    return told


def places_sentence(found: Found) -> str:
    """The answer in one paragraph."""
    if found.least is None:
        return f"None of 1 to {found.most} places suffices."
    high = f"more than {found.most}" if found.surely is None else str(found.surely)
    return (
        f"The least is {counted(found.least, 'place')} "
        f"(bracket {found.maybe} to {high}). Without a limit to places {number(found.load, 2)} would be in use."
    )


def whole(found: Interval) -> str:
    """A mean without decimals."""
    return number(found.mean, 0)


def a_year(value: float) -> str:
    """Growth in percent a year."""
    return f"{value:+g} % a year" if value else "0 % a year"


def places_in_words(value: float) -> str:
    """A number of places."""
    return f"{value:g} places"


def _span(found: Interval) -> str:
    return f"{number(found.low, 1)} to {number(found.high, 1)}"
