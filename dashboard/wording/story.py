"""What the plan does and why, in one or two plain sentences made from the answer."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.facts.answers import Answer, Year
from dashboard.wording.causes import Way, bottleneck, stays_full, why
from dashboard.wording.changes import change_of_lever
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import (
    BY_ID,
    CARDED,
    NO_DIFFERENCE,
    NOT_DETECTABLE,
    NOTHING_TO_SEE,
    listed,
    lowered,
    people_in_words,
    sentence,
    size_of,
    whole,
)

FLOW = ("occupancy", "delayed", "waiting", "elective")
"""What is said of the flow, in this order."""

ALL_BEDS = 100
"""Percent of core beds in use above which escalation beds are."""

FAR = 10
"""Years beyond which levels mean little: budgets, prices and beds would not be left as they are for so long."""

MOST_NAMED = 2

CLAUSES = {
    "delayed": (
        mark("{count} more patients are held up in hospital each day"),
        mark("{count} fewer patients are held up in hospital each day"),
    ),
    "elective": (mark("{count} more people wait for planned care"), mark("{count} fewer people wait for planned care")),
}
"""What more and fewer mean, by measure."""

NOTHING_IN_FLOW = {
    NO_DIFFERENCE: mark("by {year} there is no difference in beds, delays or waits."),
    NOT_DETECTABLE: mark("by {year} there is no detectable difference in beds, delays or waits."),
}
NOTHING_AT_ALL = mark("by {year} nothing differs: no bed, no delay, no wait and no pound.")
NOTHING_IN_MONEY = {
    NO_DIFFERENCE: mark("There is no difference in the yearly money gap."),
    NOT_DETECTABLE: mark("There is no detectable difference in the yearly money gap."),
}


def story(answer: Answer) -> str:
    """The sentence under the cards."""
    return _of_nothing(answer) if answer.is_baseline else _of_plan(answer)


def sample(answer: Answer) -> str:
    """How much of the place was simulated, and a warning where the years are many."""
    everybody, years = int(answer.place.people), len(answer.years["gap"])
    if answer.people >= everybody:
        said = _("All {people} simulated.", people=people_in_words(everybody))
    else:
        some, all_ = people_in_words(answer.people), people_in_words(everybody)
        said = _("A sample of {sample} stands for {people}.", sample=some, people=all_)
    far = _("Nothing is known so far ahead: {years} years show where the rules of today lead.", years=years)
    return f"{said} {far}" if years > FAR else said


def status(answer: Answer) -> str:
    """How far the answer has come."""
    done = several("{count} replication", "{count} replications", answer.done, count=answer.done)
    fixed = answer.asked.least == answer.asked.most
    if not answer.settled:
        if fixed:
            return _("{done} of {all} replications; refining\u2026", done=answer.done, all=answer.asked.most)
        return _("{replications}; refining\u2026", replications=done)
    if fixed:
        return done
    if answer.narrow:
        return _("{replications}: ranges are narrow", replications=done)
    return _("{replications}: ranges are still wide", replications=done)


def summary(answer: Answer, measure: str) -> str:
    """One chart in words."""
    shown, first, last = BY_ID[measure], answer.years[measure][0], answer.years[measure][-1]
    if answer.is_baseline:
        return _(
            "{measure}: {before} in {first}, {after} in {last}.",
            measure=shown.label,
            before=shown.words(first.plan),
            first=first.label,
            after=shown.words(last.plan),
            last=last.label,
        )
    return _(
        "{measure}: {plan} in {year} with this plan, {nothing} if nothing is done ({change}).",
        measure=shown.label,
        plan=shown.words(last.plan),
        year=last.label,
        nothing=shown.words(last.baseline),
        change=change_in_words(measure, last),
    )


def change_in_words(measure: str, year: Year) -> str:
    """A change against doing nothing, such as "3.1 points lower, better"; or that there is none to see."""
    if year.verdict in NOTHING_TO_SEE:
        return _(year.verdict)
    shown = BY_ID[measure]
    word = f", {_(year.verdict)}" if year.verdict in ("better", "worse") else ""
    return f"{size_of(shown, year.change)} {shown.direction(year.change)}{word}"


def spoken(answer: Answer) -> str:
    """What a screen reader says when a result has settled."""
    last = answer.years["occupancy"][-1]
    results = "; ".join(f"{BY_ID[name].label} {_spoken_value(answer, name)}" for name in CARDED)
    return _("Result for {year}, {status}. {results}.", year=last.label, status=status(answer), results=results)


def _spoken_value(answer: Answer, name: str) -> str:
    year = answer.years[name][-1]
    value = BY_ID[name].words(year.plan)
    return value if answer.is_baseline else f"{value}, {change_in_words(name, year)}"


def _of_nothing(answer: Answer) -> str:
    beds, delayed, gap = (answer.years[name] for name in ("occupancy", "delayed", "gap"))
    first, last = (_value("occupancy", year.plan) for year in (beds[0], beds[-1]))
    flow = _(
        "If nothing changes in {place}, the share of hospital beds in use goes from {before} in {first} to {after} in "
        "{last}, about {delayed} patients a day are well enough to leave but still in a hospital bed, and the place "
        "{money}",
        place=answer.place.name,
        before=first,
        first=beds[0].label,
        after=last,
        last=beds[-1].label,
        delayed=whole(delayed[-1].plan),
        money=_short_of_money(gap[-1].plan),
    )
    return " ".join(filter(None, [sentence(flow), bottleneck(answer)]))


def _short_of_money(millions: float) -> str:
    gap = BY_ID["gap"]
    if millions > 0:
        return _("is {gap} a year short", gap=gap.words(millions))
    return _("has {gap} a year to spare", gap=gap.change(millions))


def _of_plan(answer: Answer) -> str:
    last = {name: answer.years[name][-1] for name in FLOW}
    if all(year.verdict == NO_DIFFERENCE for year in (*last.values(), answer.years["gap"][-1])):
        return f"{_what(answer)} {_(NOTHING_AT_ALL, year=last['occupancy'].label)}"
    flow = (_flow(last), stays_full(answer), why(answer, _way(last)), bottleneck(answer))
    return " ".join(filter(None, (_what(answer), *flow, _money(answer))))


def _way(last: Mapping[str, Year]) -> Way:
    """Which way the flow goes, as far as it can be seen."""
    seen = {year.verdict for year in last.values() if year.verdict not in NOTHING_TO_SEE}
    if seen == {"better"}:
        return "better"
    if seen == {"worse"}:
        return "worse"
    return "both" if seen else "neither"


def _what(answer: Answer) -> str:
    """The plan by its name, or by what was moved; then whatever was moved besides."""
    named = len(answer.own) < len(answer.moved) + len(answer.also)
    shown = MOST_NAMED - named
    rest = len(answer.own) - shown
    more = [several("{count} other change", "{count} other changes", rest, count=rest)] if rest > 0 else []
    besides = listed([*map(lowered, map(change_of_lever, answer.own[:shown])), *more])
    if not named:
        return _("With {changes}:", changes=besides)
    if not besides:
        return _("\u201c{plan}\u201d:", plan=_(answer.plan))
    return _("\u201c{plan}\u201d with {changes}:", plan=_(answer.plan), changes=besides)


def _flow(last: Mapping[str, Year]) -> str:
    """What becomes of beds, delays and the list in the last year, as far as a difference can be seen."""
    clauses = [_clause(name, year) for name, year in last.items() if year.verdict not in NOTHING_TO_SEE]
    label = last["occupancy"].label
    if clauses:
        return _("by {year} {clauses}.", year=label, clauses=listed(clauses))
    return _(NOTHING_IN_FLOW[_least(last)], year=label)


def _least(years: Mapping[str, Year]) -> str:
    verdicts = {year.verdict for year in years.values()}
    return verdicts.pop() if len(verdicts) == 1 else NOT_DETECTABLE


def _clause(name: str, year: Year) -> str:
    now, before = _value(name, year.plan), _value(name, year.baseline)
    if name == "occupancy":
        beds = _("hospital beds are {now} instead of {before} full", now=now, before=before)
        return _("{beds} (extra beds are open)", beds=beds) if year.plan > ALL_BEDS else beds
    if name == "waiting":
        return _("{now} instead of {before} of emergency patients wait over 4 hours for a bed", now=now, before=before)
    more, fewer = CLAUSES[name]
    return _(more if year.change > 0 else fewer, count=BY_ID[name].change(year.change))


def _money(answer: Answer) -> str:
    last = answer.years["gap"][-1]
    if last.verdict in NOTHING_TO_SEE:
        return _(NOTHING_IN_MONEY[last.verdict])
    gap, even = BY_ID["gap"], answer.marks.break_even
    size, way = gap.change(last.change), gap.direction(last.change)
    if even:
        year = answer.months[even][:4]
        paid = mark("The yearly money gap is {size} {direction}, and what was spent is earned back by {year}.")
        return _(paid, size=size, direction=way, year=year)
    return _("The yearly money gap is {size} {direction}.", size=size, direction=way)


def _value(name: str, value: float) -> str:
    return BY_ID[name].words(value)
