"""What the plan does and why, in one or two plain sentences made from the answer."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.facts.answers import Answer, Year
from dashboard.wording.numbers import (
    BY_ID,
    CARDED,
    NOT_DETECTABLE,
    NOTHING_TO_SEE,
    listed,
    lowered,
    people_in_words,
    sentence,
    whole,
)

MOST_NAMED = 2
MOST_CLAUSES = 3

PLACES = {
    "hospital beds": ("acute",),
    "community places": ("p1", "p2", "p3"),
    "home care and care home places": ("home_care", "care_home"),
}
"""Words for places in the sentence, and the kinds of station they stand for."""


def story(answer: Answer) -> str:
    """The sentence under the cards."""
    return _of_nothing(answer) if answer.is_baseline else _of_plan(answer)


def sample(answer: Answer) -> str:
    """How much of the place was simulated."""
    everybody = int(answer.place.people)
    if answer.people >= everybody:
        return f"All {people_in_words(everybody)} simulated."
    return f"A sample of {people_in_words(answer.people)} stands for {people_in_words(everybody)}."


def status(answer: Answer) -> str:
    """How far the answer has come."""
    done = f"{answer.done} replication{'' if answer.done == 1 else 's'}"
    fixed = answer.asked.least == answer.asked.most
    if not answer.settled:
        so_far = f"{answer.done} of {answer.asked.most} replications" if fixed else done
        return f"{so_far}; refining\u2026"
    if fixed:
        return done
    return f"{done}: ranges are {'narrow' if answer.narrow else 'still wide'}"


def summary(answer: Answer, measure: str) -> str:
    """One chart in words."""
    shown, first, last = BY_ID[measure], answer.years[measure][0], answer.years[measure][-1]
    if answer.is_baseline:
        return f"{shown.label}: {shown.words(first.plan)} in {first.label}, {shown.words(last.plan)} in {last.label}."
    versus = f"{shown.words(last.plan)} in {last.label} with this plan, {shown.words(last.baseline)} if nothing is done"
    return f"{shown.label}: {versus} ({change_in_words(measure, last)})."


def change_in_words(measure: str, year: Year) -> str:
    """A change against doing nothing, such as "3.1 points lower, better"; or that there is none to see."""
    if year.verdict in NOTHING_TO_SEE:
        return year.verdict
    shown = BY_ID[measure]
    word = f", {year.verdict}" if year.verdict in ("better", "worse") else ""
    return f"{shown.change(year.change)} {shown.direction(year.change)}{word}"


def spoken(answer: Answer) -> str:
    """What a screen reader says when a result has settled."""
    last = answer.years["occupancy"][-1]
    results = [f"{BY_ID[name].label} {_spoken_value(answer, name)}" for name in CARDED]
    return f"Result for {last.label}, {status(answer)}. {'; '.join(results)}."


def _spoken_value(answer: Answer, name: str) -> str:
    year = answer.years[name][-1]
    value = BY_ID[name].words(year.plan)
    return value if answer.is_baseline else f"{value}, {change_in_words(name, year)}"


def _of_nothing(answer: Answer) -> str:
    beds, delayed, gap = (answer.years[name] for name in ("occupancy", "delayed", "gap"))
    first, last = (_value("occupancy", year.plan) for year in (beds[0], beds[-1]))
    return sentence(
        f"If nothing changes in {answer.place.name}, the share of hospital beds in use goes from {first} "
        f"in {beds[0].label} to {last} in {beds[-1].label}, about {whole(delayed[-1].plan)} patients a day "
        f"are well enough to leave but have nowhere to go, and the place {_short_of_money(gap[-1].plan)}"
    )


def _short_of_money(millions: float) -> str:
    gap = BY_ID["gap"]
    return f"is {gap.words(millions)} a year short" if millions > 0 else f"has {gap.change(millions)} a year to spare"


def _of_plan(answer: Answer) -> str:
    return f"{_what(answer)} {_flow(answer)} {_why(answer)}{_money(answer)}"


def _what(answer: Answer) -> str:
    """The plan by its name, or by what was moved; then whatever was moved besides."""
    named = len(answer.own) < len(answer.moved)
    shown = MOST_NAMED - named
    rest = len(answer.own) - shown
    more = [f"{rest} other change{'s' if rest > 1 else ''}"] if rest > 0 else []
    besides = listed([*map(lowered, answer.own[:shown]), *more])
    plan = f"\u201c{answer.plan}\u201d" if named else ""
    return f"{' with '.join(part for part in (plan, besides) if part)}:" if named else f"With {besides}:"


def _flow(answer: Answer) -> str:
    """What becomes of beds, delays and the list in the last year, as far as a difference can be seen."""
    last = {name: answer.years[name][-1] for name in ("occupancy", "delayed", "waiting", "elective")}
    clauses = [_clause(name, year) for name, year in last.items() if year.verdict not in NOTHING_TO_SEE][:MOST_CLAUSES]
    by = f"by {last['occupancy'].label}"
    return f"{by} {listed(clauses)}." if clauses else f"{by} there is {_least(last)} in beds, delays or waits."


def _least(years: Mapping[str, Year]) -> str:
    verdicts = {year.verdict for year in years.values()}
    return verdicts.pop() if len(verdicts) == 1 else NOT_DETECTABLE


def _clause(name: str, year: Year) -> str:
    versus = f"{_value(name, year.plan)} instead of {_value(name, year.baseline)}"
    size = f"{BY_ID[name].change(year.change)} {BY_ID[name].direction(year.change)}"
    return {
        "occupancy": f"hospital beds are {versus} full",
        "delayed": f"{size} patients are held up in hospital each day",
        "waiting": f"{versus} of emergency patients wait over 4 hours for a bed",
        "elective": f"{size} people wait for planned care",
    }[name]


def _why(answer: Answer) -> str:
    """Where the difference comes from: admissions averted, work that moved, places that opened or closed."""
    averted, displaced = (_difference(answer, name) for name in ("averted", "displaced"))
    causes = []
    if whole(averted) != "0" and averted > 0:
        became = f", of which {whole(displaced)} become work for community and social care" if displaced >= 1 else ""
        causes.append(f"{whole(averted)} admissions a year are avoided{became}")
    for places, kinds in PLACES.items():
        opened = sum(_difference(answer, f"places:{kind}") for kind in kinds)
        if abs(opened) >= 1:
            causes.append(f"{whole(abs(opened))} {'more' if opened > 0 else 'fewer'} {places} are open")
    return f"Why: {sentence(listed(causes))[:-1]}. " if causes else ""


def _money(answer: Answer) -> str:
    last = answer.years["gap"][-1]
    if last.verdict in NOTHING_TO_SEE:
        return f"There is {last.verdict} in the yearly money gap."
    gap = BY_ID["gap"]
    back = (
        f" and has paid for itself by {answer.months[answer.marks.break_even][:4]}" if answer.marks.break_even else ""
    )
    return f"The yearly money gap is {gap.change(last.change)} {gap.direction(last.change)}{back}."


def _difference(answer: Answer, name: str) -> float:
    now, nothing = answer.facts.get(name, (0.0, 0.0))
    return now - nothing


def _value(name: str, value: float) -> str:
    return BY_ID[name].words(value)
