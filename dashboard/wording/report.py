"""What a report says of itself: how the answer was made, and what it must not be taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.facts.answers import Answer
from dashboard.facts.levers import Evidence
from dashboard.wording.language import _, several
from dashboard.wording.story import sample, status


def heading(place: str, plan: str, more: int) -> str:
    """Which place, which plan, and how many levers were moved besides."""
    if not more:
        return _("{place}: {plan}", place=place, plan=plan)
    return several(
        "{place}: {plan}, with one lever moved",
        "{place}: {plan}, with {count} levers moved",
        more,
        place=place,
        plan=plan,
        count=more,
    )


def span(answer: Answer) -> str:
    """The years it is about."""
    years = answer.years["gap"]
    return _("{first} to {last}", first=years[0].label, last=years[-1].label)


def reading(answer: Answer) -> str:
    """How the cards are read."""
    last = answer.years["gap"][-1].label
    if answer.is_baseline:
        return _(
            "Numbers of {year}. Ranges are from chance alone: nine single futures in ten lie in them, if every number "
            "behind the model is right.",
            year=last,
        )
    return _(
        "Numbers of {year}, and how they differ from doing nothing, with the same people in both. Ranges of a "
        "difference are 95% intervals from chance alone; numbers that nobody knows exactly widen them.",
        year=last,
    )


def method(answer: Answer) -> Iterator[str]:
    """How it was made, one paragraph each."""
    yield _(
        "Upstream simulates people one by one: they come to hospital, wait, are treated, and leave, or stay although "
        "they are well enough to go because no place elsewhere is free. Month by month this is coupled to demand, to "
        "prevention programmes, and to one ledger for hospitals, community services, social care and public health."
    )
    yield _("{sample} {status}.", sample=sample(answer), status=status(answer))
    if not answer.is_baseline:
        yield _(
            "The plan and doing nothing were run in pairs: in both, the same people fall ill on the same days. A "
            "change is the mean of the differences within pairs. \u201cNo detectable difference\u201d says that chance "
            "alone could have made it; it does not say that there is no effect."
        )
    yield _(
        "In the charts the line is the average of the runs; half of single runs lie in the darker band and nine in ten "
        "in the lighter one. Money is in 2015/16 prices."
    )


def limits() -> Iterator[str]:
    """What the answer must not be taken for, one paragraph each."""
    yield _(
        "It is not a forecast. Doing nothing is a measuring stick: growth goes on and nobody acts when beds run out, "
        "so later years look worse than a place would let happen, and a plan that is compared with them may look "
        "better than it would be."
    )
    yield _(
        "It knows England better than this place. People by age are the place\u2019s own; rates of admission, stays, "
        "prices and budgets a head are England\u2019s. It cannot say which place is worse off than another."
    )
    yield _(
        "Many of its numbers are assumptions and say so. The ranges above leave that out. The page has a button, "
        "\u201cAnd if the numbers themselves are wrong?\u201d, that puts both side by side."
    )
    yield _(
        "What prevention does is taken from studies made elsewhere, with their ranges; some found no effect, and are "
        "counted as such."
    )


def grades(evidence: Sequence[Evidence]) -> str:
    """How many of the numbers behind the levers are well founded."""
    low = sum(each.confidence == "low" for each in evidence)
    return several(
        "One number stands behind the levers moved; {low} of it is a working assumption with little evidence.",
        "{count} numbers stand behind the levers moved; {low} of them are working assumptions with little evidence.",
        len(evidence),
        count=len(evidence),
        low=low,
    )
