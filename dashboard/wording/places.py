"""Kinds of place in words: what they are called, who pays, how full they are, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from dashboard.facts.accounts import Accounts, Amount
from dashboard.facts.stations import HOSPITAL, KINDS, Pressure, Rules, Saturation
from dashboard.wording.language import _, mark, several, tag

Course = str
"""Which way of going on: "plan" or "baseline"."""

PERCENT = 100
DAYS_A_YEAR = 365.25
LABELS: Mapping[str, str] = {
    "acute": mark("Hospital beds"),
    "p1": mark("Care at home (P1)"),
    "p2": mark("Community beds (P2)"),
    "p3": mark("Assessment beds (P3)"),
    "home_care": mark("Home care"),
    "care_home": mark("Care homes"),
}
SAID: Mapping[str, str] = {
    "acute": mark("hospital beds"),
    "p1": mark("care at home (P1)"),
    "p2": mark("community beds (P2)"),
    "p3": mark("assessment beds (P3)"),
    "home_care": mark("home care"),
    "care_home": mark("care homes"),
}
"""The same inside a sentence."""

PAYERS: Mapping[str, str] = {
    "acute": mark("The NHS, out of the hospital budget"),
    "p1": mark("The NHS, out of the budget for community services"),
    "p2": mark("The NHS, out of the budget for community services"),
    "p3": mark("The NHS, out of the budget for community services"),
    "home_care": mark("The council, and people who pay for themselves"),
    "care_home": mark("The council, and people who pay for themselves"),
}
WORDS: Mapping[Pressure, str] = {
    "calm": mark("calm"),
    "busy": mark("busy"),
    "very busy": mark("very busy"),
    "full": mark("full"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One kind of place on an average day of one year.

    used       share of its places in use; above 1 when escalation beds are
    in_beds    people in hospital beds who wait for room in it
    in_places  people in other places who wait for room in it
    outside    people who wait for it outside any place
    stuck      people in it who wait for room elsewhere
    otherwise  people in hospital beds on their way to it who wait for something that is not room
    """

    kind: str
    places: float
    occupied: float
    in_beds: float
    in_places: float
    outside: float
    stuck: float
    otherwise: float

    @property
    def used(self) -> float:
        """Share of its places in use."""
        return self.occupied / self.places if self.places else 0.0

    @property
    def queue(self) -> float:
        """Everybody who waits for room in it."""
        return self.in_beds + self.in_places + self.outside


def standing(accounts: Accounts, kind: str, year: int, course: Course) -> Standing:
    """How a kind of place stands on an average day of a year."""

    def number(series: str) -> float:
        return of_course(accounts.mean(series, year), course)

    beds = number(f"held:{HOSPITAL}>{kind}")
    return Standing(
        kind=kind,
        places=number(f"places:{kind}"),
        occupied=number(f"occupied:{kind}"),
        in_beds=beds,
        in_places=sum(number(f"held:{here}>{kind}") for here in KINDS[1:]),
        outside=number(f"waiting:{kind}"),
        stuck=sum(number(f"held:{kind}>{there}") for there in KINDS),
        otherwise=max(number(f"delayed_for:{kind}") - beds, 0.0),
    )


def of_course(amount: Amount, course: Course) -> float:
    """A number with the plan, or doing nothing."""
    return amount.plan if course == "plan" else amount.baseline


def percent(share: float) -> str:
    """A share in whole percent, such as 98%."""
    return f"{_rounded(share):.0f}%"


def _rounded(share: float) -> float:
    """A share in whole percent."""
    return float(f"{PERCENT * share:.0f}")


def pressure(rules: Rules, used: float) -> Pressure:
    """How a share of places in use is called: by the whole percent that is shown, so that 98% has one word."""
    return rules.pressure(_rounded(used) / PERCENT)


def pressure_in_words(rules: Rules, used: float) -> str:
    """The word for a share of places in use."""
    return _(WORDS[pressure(rules, used)])


def month_in_words(first_day: str) -> str:
    """A month by its first day as an ISO date, such as Nov 2018."""
    return format_date(date.fromisoformat(first_day), "MMM yyyy", locale=tag().replace("-", "_"))


def filled_in_words(found: Saturation, months: Sequence[str]) -> str:
    """From when on a kind of place is full, in a few words."""
    if found.month is None:
        return _("not full by {month}", month=month_in_words(months[-1]))
    if found.month == 0:
        return _("full from the start")
    return _("first full in {month}", month=month_in_words(months[found.month]))


def filled_at_length(found: Saturation, months: Sequence[str]) -> str:
    """From when on, in how many runs, and between which months."""
    words = filled_in_words(found, months)
    if found.first is None or found.last is None:
        runs = several("{count} run", "{count} runs", found.runs, count=found.runs)
        return _("{words} (in none of {runs})", words=words, runs=runs)
    first, last = (month_in_words(months[each]) for each in (found.first, found.last))
    if found.month is None:
        words = _("{words} in most runs", words=words)
    if first == last:
        said = _("{words} (in {count} of {runs} runs: {first})")
        return said.format(words=words, count=found.filled, runs=found.runs, first=first)
    said = _("{words} (in {count} of {runs} runs: between {first} and {last})")
    return said.format(words=words, count=found.filled, runs=found.runs, first=first, last=last)
