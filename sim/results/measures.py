"""The catalogue of measures: what each series of a run means, its unit, and which way is better.

A series is named "measure" or "measure:part". An entry for the full name goes before the entry for the
measure alone, because more emergency admissions are worse while more admissions of another kind need not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.results.statistics import Better, YearlyWay

UNITS = ("share", "beds", "people", "places", "hours", "admissions", "bed days", "gbp", "gbp a head")
"""Every unit a measure may have; money is in real pounds of 2015/16."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one series of a run means.

    better   which way the measure improves
    yearly   how twelve months become a year: their mean, their sum, or the last of them
    digits   decimals to show, in the unit as shown (percent for shares, millions for pounds)
    """

    id: str
    label: str
    unit: str
    better: Better
    yearly: YearlyWay
    digits: int


def _entries() -> tuple[Measure, ...]:
    return (
        Measure("occupancy", "Hospital beds occupied", "share", "lower", "mean", 1),
        Measure("occupancy_p95", "Hospital beds occupied, worst day in twenty", "share", "lower", "mean", 1),
        Measure("delayed", "Beds held by people ready to leave", "beds", "lower", "mean", 1),
        Measure("delayed_for", "Beds held by people ready to leave, by where they go", "beds", "lower", "mean", 0),
        Measure(
            "delayed_in_community_beds", "Community beds held for want of the next place", "beds", "lower", "mean", 0
        ),
        Measure("held", "Places held by people who wait for the next place", "people", "lower", "mean", 1),
        Measure("emergency_wait_hours", "Wait for an emergency bed", "hours", "lower", "mean", 2),
        Measure("emergency_wait_over_4h", "Emergency waits over 4 hours", "share", "lower", "mean", 1),
        Measure("emergency_wait_over_12h", "Emergency waits over 12 hours", "share", "lower", "mean", 1),
        Measure("elective_waiting", "Planned patients waiting for a bed", "people", "lower", "mean", 0),
        Measure("elective_over_18w", "Planned patients waiting over 18 weeks for a bed", "people", "lower", "mean", 0),
        Measure("unmet", "People waiting too long for community or social care", "people", "lower", "mean", 0),
        Measure("waiting", "People waiting", "people", "lower", "mean", 1),
        Measure("utilisation", "Places in use", "share", "neither", "mean", 1),
        Measure("places", "Places open", "places", "neither", "mean", 0),
        Measure("occupied", "Places in use", "places", "neither", "mean", 1),
        Measure("admissions", "Admissions", "admissions", "neither", "sum", 0),
        Measure("admissions:emergency_overnight", "Emergency admissions, overnight", "admissions", "lower", "sum", 0),
        Measure("admissions:emergency_same_day", "Emergency admissions, same day", "admissions", "lower", "sum", 0),
        Measure("readmissions", "Readmissions as an emergency", "admissions", "lower", "sum", 0),
        Measure("discharges", "Hospital stays ended", "people", "neither", "sum", 0),
        Measure("gave_up", "People who stopped waiting", "people", "lower", "sum", 0),
        Measure("held_back", "Places planned, not opened for lack of staff or capital", "places", "lower", "mean", 1),
        Measure("averted", "Admissions averted", "admissions", "higher", "sum", 0),
        Measure("moved", "People who moved", "people", "neither", "sum", 0),
        Measure("displaced", "Averted admissions that became work elsewhere", "people", "neither", "sum", 0),
        Measure("emergency_bed_days", "Emergency bed days", "bed days", "lower", "sum", 0),
        Measure("escalation_beds", "Escalation beds open", "beds", "lower", "mean", 1),
        Measure("income", "Income", "gbp", "neither", "sum", 1),
        Measure("spending", "Spending", "gbp", "neither", "sum", 1),
        Measure("balance", "Balance", "gbp", "higher", "sum", 1),
        Measure("transfer", "Moved between organisations", "gbp", "neither", "sum", 1),
        Measure("stranded", "Fixed cost sized for beds or work that are gone", "gbp", "lower", "sum", 1),
        Measure("capital", "Capital, outside the books", "gbp", "neither", "sum", 1),
        Measure("gap", "Money gap of the place", "gbp", "lower", "sum", 1),
        Measure("programme_spend", "Spent on the programme", "gbp", "neither", "sum", 1),
        Measure("coverage", "People reached, of those eligible", "share", "neither", "last", 1),
        Measure("in_force", "Effect in force", "share", "neither", "last", 1),
        Measure("unspent", "Shift money not spent", "gbp", "neither", "sum", 1),
    )


CATALOGUE: Mapping[str, Measure] = {measure.id: measure for measure in _entries()}

PARTS: Mapping[str, str] = {
    "acute": "hospital",
    "p1": "care at home after hospital (P1)",
    "p2": "community beds (P2)",
    "p3": "assessment beds (P3)",
    "home_care": "home care",
    "care_home": "care homes",
    "community": "community services",
    "social_care": "adult social care",
    "public_health": "public health",
    "other_nhs": "other NHS",
    "transition_fund": "transition fund",
    "nhs": "due to the NHS",
    "both": "due to both",
    "capacity": "for want of a place",
    "noncapacity": "for other reasons",
    "emergency_same_day": "emergency, same day",
    "emergency_overnight": "emergency, overnight",
    "elective_overnight": "elective, overnight",
    "day_case": "day cases",
    "home": "home",
    "ended": "no further care",
    "died": "death",
}
"""Plain words for the parts of measures; a part that is not here is shown by its own name."""

MOVE = ">"
"""Between the two names of a part of `moved`: where people came from and where they went."""

FROM_OUTSIDE: Mapping[str, str] = {
    "emergency": "emergencies",
    "elective": "planned patients",
    "community": "referrals from home",
}
"""Plain words for kinds of people who come in from outside, which is where a move may begin."""

KEY_SERIES = (
    "occupancy:acute",
    "delayed",
    "emergency_wait_hours",
    "emergency_wait_over_4h",
    "elective_waiting",
    "unmet",
    "admissions:emergency_overnight",
    "emergency_bed_days",
    "escalation_beds",
    "gap",
)
"""The series a headline is made of, in the order shown."""


def measure_of(series: str) -> Measure:
    """The measure a series belongs to, labelled with its part.

    Raises KeyError when neither the series nor its measure is in the catalogue.
    """
    if series in CATALOGUE:
        return CATALOGUE[series]
    name, _, part = series.partition(":")
    if name not in CATALOGUE:
        raise KeyError(f"{series} is not a measure of the catalogue.")
    measure = CATALOGUE[name]
    if series == "occupancy:acute":
        return measure
    return replace(measure, id=series, label=f"{measure.label}: {_in_words(part)}")


def _in_words(part: str) -> str:
    origin, is_move, destination = part.partition(MOVE)
    if is_move:
        return f"{FROM_OUTSIDE.get(origin) or _in_words(origin)} to {_in_words(destination)}"
    return PARTS.get(part, part.replace("_", " "))
