"""Searches in words: what is asked, what may be turned or kept low, and numbers with their brackets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from dashboard.facts.drivers import Part
from dashboard.facts.levers import trimmed
from dashboard.facts.searched import Asked, Kept, Needed
from dashboard.facts.sought import Ask, Kind, Low
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import (
    MINUS,
    NO_DIFFERENCE,
    NOT_DETECTABLE,
    people_in_words,
    pounds,
    rounded,
    signed_pounds,
    whole,
)
from dashboard.wording.numbers import signed as signed_whole
from dashboard.wording.stress import amount, limit_name

Show = Callable[[float], str]

TABS: dict[Ask, str] = {
    "truth": mark("What must be true?"),
    "fund": mark("The transition fund"),
    "delay": mark("The right amount of delay"),
    "mix": mark("The best mix"),
}
SAYS: dict[Ask, str] = {
    "truth": mark(
        "How effective would programmes have to be, or how much of the plan would have to be delivered, for it to have "
        "saved what it costs, or to keep the limits? The same people live through every step of the way."
    ),
    "fund": mark(
        "What is the least money, and for how many years, that keeps the limits while money moves and the effect is "
        "still to come? \u201cNo sum suffices\u201d is an answer too."
    ),
    "delay": mark(
        "Places cost money, and so does waiting for them. Where is the sum of both least, for each organisation and "
        "for the place as a whole? The capacity of one kind of places is moved through its range, all else as on the "
        "page."
    ),
    "mix": mark(
        "How much money should move upstream, when, how fast and to what? Many mixes are tried, and what nothing beats "
        "in both aims is shown. Whatever shift the plan of the page has is set aside; all else stays."
    ),
}
KINDS: dict[Kind, str] = {
    "p1": mark("All intermediate care"),
    "p2": mark("Community beds"),
    "p3": mark("Assessment beds"),
    "home_care": mark("Home care packages"),
    "care_home": mark("Care home places"),
}
BEARERS = {
    "acute": mark("Hospital"),
    "community": mark("Community services"),
    "social_care": mark("Social care"),
    "people who wait": mark("People who wait"),
    "the place": mark("The place"),
}
STANCES = {
    "cautious": mark("Every programme at the cautious end of its range"),
    "central": mark("Every programme at its central value"),
    "hopeful": mark("Every programme at the hopeful end of its range"),
}
KEPT = {"surely": mark("surely"), "mean": mark("on average"), "no": mark("no")}


@dataclass(frozen=True, slots=True)
class LowMeasure:
    """Something a mix may have low, as a mean over all years of the run, in the unit of the model."""

    title: str
    is_money: bool = False

    @property
    def label(self) -> str:
        """What is counted."""
        return _(self.title)

    def words(self, value: float) -> str:
        """A value."""
        return pounds(value) if self.is_money else whole(value)

    def signed(self, value: float) -> str:
        """A change, with its sign."""
        return signed_pounds(value) if self.is_money else signed_whole(value)


LOWS: dict[str, LowMeasure] = {
    "gap": LowMeasure(mark("Money gap, a year"), is_money=True),
    "emergency_bed_days": LowMeasure(mark("Emergency bed days, a year")),
    "delayed": LowMeasure(mark("Patients delayed, a day")),
    "unmet": LowMeasure(mark("People waiting too long for community or social care")),
    "elective_waiting": LowMeasure(mark("People waiting for a bed for planned care")),
}


def low_of(name: Low) -> LowMeasure:
    """A measure that may be low."""
    return LOWS[name]


def times(value: float) -> str:
    """A multiple of the central effects."""
    return _("{number} times", number=trimmed(value, 1))


def percent(value: float) -> str:
    """A share."""
    return f"{100 * value:.0f}%"


def a_head(value: float) -> str:
    """Pounds a head a year."""
    return f"\u00a3{trimmed(value, 0)}"


def a_year(value: float) -> str:
    """Growth a year."""
    return f"{'+' if value > 0 else ''}{trimmed(value, 2)}%"


def bracket(needed: Needed, show: Show) -> str:
    """The least that suffices on the mean, with what chance leaves open."""
    if needed.least is None:
        return _("none up to {most}", most=show(needed.most))
    low = show(needed.least if needed.maybe is None else needed.maybe)
    high = _("more than {most}", most=show(needed.most)) if needed.surely is None else show(needed.surely)
    return _("{least} (chance leaves {low} to {high} open)", least=show(needed.least), low=low, high=high)


def span(part: Part, show: Show) -> str:
    """A mean with its interval."""
    if isnan(part.low):
        return show(part.mean)
    return _("{mean} ({low} to {high})", mean=show(part.mean), low=show(part.low), high=show(part.high))


def change(part: Part, measure: LowMeasure) -> str:
    """A difference with its interval; or that there is none, or none to be told from chance."""
    if part.is_none:
        return _(NO_DIFFERENCE)
    if isnan(part.low):
        return measure.signed(part.mean)
    between = _("{low} to {high}", low=measure.signed(part.low), high=measure.signed(part.high))
    return f"{measure.signed(part.mean)} ({between})" if part.is_sure else f"{_(NOT_DETECTABLE)} ({between})"


def level(part: Part, kept: Kept, at: int) -> str:
    """A limit's measure where it is worst, with its interval, and whether that breaks it."""
    limit = kept.limits[at]
    low, high = (f"{each:,.{limit.digits}f}".replace("-", MINUS) for each in (part.low, part.high))
    words = _("{mean} ({low} to {high})", mean=amount(part.mean, limit), low=low, high=high)
    if isnan(part.low):
        words = amount(part.mean, limit)
    return words if part.mean <= limit.value else f"{words}, {_('broken')}"


def to_keep(kept: Kept, last: str) -> str:
    """What is to be kept, and when."""
    listed = "; ".join(
        _("{limit} at most {most}", limit=limit_name(each), most=amount(each.value, each)) for each in kept.limits
    )
    when = _("in every year") if kept.when == "every" else _("in {year}", year=last)
    return _("To be kept {when}: {limits}.", when=when, limits=listed)


def how_run(asked: Asked) -> str:
    """About whom it was asked, and how often."""
    return _(
        "Each setting was lived through {times}, by the same {people}, from {first} to {last}; "
        "results are for all of {place}.",
        times=several("once", "{count} times", asked.times, count=asked.times),
        people=people_in_words(asked.people),
        first=asked.labels[0],
        last=asked.labels[-1],
        place=asked.place,
    )


def signed_count(value: float) -> str:
    """A count to about three figures."""
    return f"{rounded(value):,.0f}" if abs(value) >= 10 else trimmed(value, 1)
