"""A stress test in words: limits and shocks by name, shares of futures, what breaks a plan, and how it was run."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from dashboard.facts.drivers import Part
from dashboard.facts.levers import with_unit
from dashboard.facts.stress import Breaks, Kept, LimitTerm, ShockTerm, Stressed, Tried
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import (
    MINUS,
    NO_DIFFERENCE,
    NOT_DETECTABLE,
    listed,
    lowered,
    people_in_words,
    pounds,
    whole,
)

LIMITS = {
    "occupancy": mark("Hospital beds in use"),
    "delayed": mark("Beds held by people ready to leave"),
    "waits": mark("Emergency waits for a bed over 4 hours"),
    "gap": mark("Money gap"),
}
SHOCKS = {
    "severe_winter": mark("Severe winters"),
    "care_home_closures": mark("Care homes close"),
    "workforce_shortfall": mark("Too few staff"),
    "delivery_below_plan": mark("The plan delivers less"),
    "settlement_cut": mark("Budgets are cut"),
    "demand_surge": mark("Demand surges"),
    "delayed_start": mark("The plan starts late"),
}
UNITS = {
    "%": mark("%"),
    "per 1,000 people": mark("per 1,000 people"),
    "£ a head": mark("£ a head"),
    "times": mark("times"),
    "% a year": mark("% a year"),
    "years": mark("years"),
}
POINTS = mark("points")
ALL = mark("All limits together")
LENIENT = mark("All, each limit the most that others may say")
STRICT = mark("All, each limit the least that others may say")


def limit_name(limit: LimitTerm) -> str:
    """A limit as it is called in a few words."""
    return _(LIMITS.get(limit.name, limit.says))


def shock_name(shock: ShockTerm) -> str:
    """A shock as it is called in a few words."""
    return _(SHOCKS[shock.name]) if shock.name in SHOCKS else shock.name.replace("_", " ").capitalize()


def unit_name(unit: str) -> str:
    """A unit in the language spoken."""
    return _(UNITS.get(unit, unit))


def amount(value: float, limit: LimitTerm) -> str:
    """A value of a limit's measure with its unit, such as 92.0% or £365 a head."""
    return with_unit(_number(value, limit.digits), unit_name(limit.unit))


def change(part: Part, limit: LimitTerm) -> str:
    """A difference with its interval; or that there is none, or none to be told from chance."""
    if isnan(part.mean):
        return _("not known")
    if part.is_none:
        return _(NO_DIFFERENCE)
    if {_number(each, limit.digits) for each in (part.mean, part.low, part.high)} == {_number(0, limit.digits)}:
        return _("about 0")
    span = _("{low} to {high}", low=_signed(part.low, limit), high=_signed(part.high, limit))
    return f"{_signed(part.mean, limit)} ({span})" if part.is_sure else f"{_(NOT_DETECTABLE)} ({span})"


def difference(value: float, limit: LimitTerm) -> str:
    """The size of a difference with its unit, such as 2.3 points or £27 a head."""
    return with_unit(_number(value, limit.digits), change_unit(limit))


def change_unit(limit: LimitTerm) -> str:
    """What differences of a limit's measure are counted in."""
    return _(POINTS) if limit.unit == "%" else unit_name(limit.unit)


def here(limit: LimitTerm, people: float) -> str:
    """What a limit comes to in a place of so many people; empty where it is a share."""
    if not limit.a_head:
        return ""
    count = limit.value * limit.a_head * people
    if limit.unit.startswith("£"):
        return _("here {amount} a year", amount=pounds(count))
    return _("here {count} beds", count=whole(count))


def share(kept: Kept) -> str:
    """A share of futures in percent."""
    return _("not known") if isnan(kept.share) else f"{kept.share:.0%}"


def span(kept: Kept) -> str:
    """The interval of a share."""
    return "" if isnan(kept.low) else _("{low} to {high}%", low=f"{100 * kept.low:.0f}", high=f"{100 * kept.high:.0f}")


def share_and_span(kept: Kept) -> str:
    """Both, such as 3% (1 to 5%)."""
    return f"{share(kept)} ({span(kept)})" if span(kept) else share(kept)


def workable(title: str, tried: Tried, limits: Sequence[LimitTerm]) -> str:
    """In how many futures a plan is inside all limits, and which it breaks most often."""
    kept = tried.together
    said = _(
        "{plan}: inside all {limits} limits in {count} of {n} futures, {share} ({span}).",
        plan=title,
        limits=len(limits),
        count=kept.count,
        n=kept.n,
        share=share(kept),
        span=span(kept),
    )
    if kept.count == kept.n:
        return said
    worst, limit = min(zip(tried.limits, limits, strict=True), key=lambda pair: pair[0].count)
    hardest = _(
        "The limit it breaks most often: {limit}, kept in {share} ({span}).",
        limit=lowered(limit_name(limit)),
        share=share(worst),
        span=span(worst),
    )
    return f"{said} {hardest}"


def beside_nothing(tried: Tried) -> str:
    """A plan against doing nothing, future by future."""
    if not tried.gained and not tried.lost:
        return _("It is workable in exactly the futures in which doing nothing is.")
    said = _(
        "Workable where doing nothing is not: {gained}; the other way round: {lost}.",
        gained=several("{count} future", "{count} futures", tried.gained, count=tried.gained),
        lost=tried.lost,
    )
    told = _("That is more than chance would make.") if tried.told else _("Chance alone could make that difference.")
    return f"{said} {told}"


def silent(tried: Tried, limits: Sequence[LimitTerm]) -> list[str]:
    """Of every limit that nothing is seen to break: that nothing stands out, or that it cannot be said."""
    said = [
        _(
            "{limit}: nothing stands out from chance. The nearest is \u201c{thing}\u201d, at a distance of {distance}.",
            limit=limit_of(each, limits),
            thing=each.nearest.says,
            distance=f"{each.nearest.distance:.2f}",
        )
        for each in tried.breaks
        if each.nearest
    ]
    rare = [limit_of(each, limits) for each in tried.breaks if not each.nearest and not each.things]
    if rare:
        names = listed([rare[0], *map(lowered, rare[1:])])
        said.append(_("{limits}: kept, or broken, in too few futures to say what breaks it.", limits=names))
    return said


def limit_of(breaks: Breaks, limits: Sequence[LimitTerm]) -> str:
    """Which limit is broken, in words."""
    return next((limit_name(each) for each in limits if each.name == breaks.limit), _("Any limit"))


def how_run(found: Stressed) -> str:
    """What was run."""
    parts = [
        several("{count} future", "{count} futures", found.futures, count=found.futures),
        several("each lived through once", "each lived through {count} times", found.times, count=found.times),
        _("by the same {people} in every plan", people=people_in_words(found.people)),
    ]
    said = _(
        "{parts}, for {years}. In each future {numbers} numbers are drawn from their ranges at once, and {shocks} "
        "happen or do not. Each shock by itself was run {singly} times.",
        parts=", ".join(parts),
        years=several("{count} year", "{count} years", found.years, count=found.years),
        numbers=found.numbers,
        shocks=several("{count} shock", "{count} shocks", len(found.shocks), count=len(found.shocks)),
        singly=found.singly,
    )
    return " ".join((said, *left_out(found)))


def left_out(found: Stressed) -> list[str]:
    """Draws and futures that are not counted, and why."""
    aside = several(
        "{count} other draw was set aside: with it hospitals could not have been as full as they were in the first "
        "year.",
        "{count} other draws were set aside: with them hospitals could not have been as full as they were in the first "
        "year.",
        found.aside,
        count=found.aside,
    )
    impossible = several(
        "{count} future was left out, since no place can be made of it.",
        "{count} futures were left out, since no place can be made of them.",
        found.impossible,
        count=found.impossible,
    )
    return [said for count, said in ((found.aside, aside), (found.impossible, impossible)) if count]


def chosen_in_words(what: str, had: str, used: str, ends: tuple[str, str] | None = None) -> str:
    """That a number of a link was not taken as it stood."""
    if ends is None:
        return _("{what} needs a number; the link had {had}, and {used} is used.", what=what, had=had, used=used)
    low, high = ends
    return _(
        "{what} can be {low} to {high}; the link had {had}, and {used} is used.",
        what=what,
        low=low,
        high=high,
        had=had,
        used=used,
    )


def _signed(value: float, limit: LimitTerm) -> str:
    number = _number(value, limit.digits)
    return number if value <= 0 or number == _number(0, limit.digits) else f"+{number}"


def _number(value: float, digits: int) -> str:
    if isnan(value):
        return _("not known")
    number = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{number}" if value < 0 and float(number.replace(",", "")) else number
