"""A plan in phases: settings that hold from a stated month on, for what can change while a place runs.

What may not change in mid-run is what the base year or the people are made of: rates of the base year, stays, prices,
the network, the evidence. What a changed setting means for work under way is told in docs/explanation/phases.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from re import fullmatch
from typing import TYPE_CHECKING

from sim.inputs.changes import Place, change_one
from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.parameter import Later, Parameter
from sim.inputs.table import Table
from sim.inputs.years import LONGEST, financial_year_of, first_year

if TYPE_CHECKING:
    from sim.inputs.parameters import Parameters

MONTHS_A_YEAR = 12
APRIL = 4
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
GIVEN_IN_PHASES = (
    "finance.budget_growth",
    "capacity.growth",
    "workforce.growth",
    "demand.admissions_growth",
    "demand.community_growth",
    "demand.stay_trend_emergency",
    "demand.stay_trend_elective",
    "demand.month_factor_emergency",
    "policy.shift_share",
    "policy.shift_start",
    "policy.shift_ramp",
    "policy.mix_prevention",
    "policy.mix_community",
    "policy.mix_social_care",
    "policy.social_care_home_care_share",
    "policy.programme_mix",
    "policy.efficiency_planned",
    "policy.share_delivered",
    "policy.discharge_delay",
    "policy.transition_fund",
    "policy.transition_years",
    "policy.capital",
    "policy.regime",
    "policy.behaviour",
    "policy.max_cut",
)
"""Parameters that may change in mid-run."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Settings from a month on.

    begins   months since the year 0: that of April 2018 is 12 x 2018 + 3
    change   new value by path, which holds until a later phase gives another
    places   file and line of each path; empty where it stands in no file
    """

    begins: int
    change: Mapping[str, object]
    places: Mapping[str, Place] = field(default_factory=Table)


def month_of(text: str) -> int | None:
    """The month that a text means: "2018-04", or "2018/19" for the April in which it begins; None for others."""
    year = financial_year_of(text)
    if year is not None:
        return year * MONTHS_A_YEAR + APRIL - 1
    if not fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return None
    return int(text[:4]) * MONTHS_A_YEAR + int(text[5:]) - 1


def month_text(month: int) -> str:
    """A month as a file has it: "2018-04"."""
    return f"{month // MONTHS_A_YEAR}-{month % MONTHS_A_YEAR + 1:02d}"


def month_words(month: int) -> str:
    """A month as people say it: "April 2018"."""
    return f"{MONTH_NAMES[month % MONTHS_A_YEAR]} {month // MONTHS_A_YEAR}"


def first_month(parameters: Parameters) -> int:
    """The month in which a run begins."""
    return first_year(parameters) * MONTHS_A_YEAR + APRIL - 1


def give_phases(parameters: Parameters, phases: Sequence[Phase]) -> tuple[Parameter, ...]:
    """Every parameter, after these phases. Raises Faults: everything that is wrong, at once.

    What was given in phases for a path before is replaced.
    """
    result, faults = dict(parameters), list(_out_of_order(phases))
    given: dict[tuple[str, str], list[tuple[int, float | str]]] = {}
    for phase in phases:
        for path, wanted in phase.change.items():
            try:
                name, values = _values(parameters, path, wanted)
            except Faults as error:
                faults += (_at(phase, path, each) for each in error.faults)
                continue
            for key, value in values.items():
                given.setdefault((name, key), []).append((phase.begins, value))
    raise_any(faults)
    for (name, key), later in given.items():
        result[name] = result[name].with_later(key, tuple(later))
    return tuple(result.values())


def outside(parameters: Parameters) -> Iterator[Fault]:
    """Phases that begin before the run or that none reaches, and paths that are given by year as well."""
    given = [(each, key, later) for each in parameters.values() for key, later in each.later.items()]
    first = first_month(parameters) if given else 0
    rule = f"must begin after the run does, which is {month_words(first)}, and within {LONGEST} years"
    for parameter, key, later in given:
        path = f"{parameter.name}.{key}" if key else parameter.name
        if parameter.by_year.get(key):
            yield Fault("", 0, path, "this", "is given by year, and in phases too; write one of them")
        for month, _ in later:
            if not first < month < first + LONGEST * MONTHS_A_YEAR:
                yield Fault("", 0, path, f"the phase of {month_words(month)}", rule)


def settled(parameter: Parameter, key: str) -> Later:
    """What changes one value in mid-run, without phases that leave it as it is."""
    known = parameter.value[key] if isinstance(parameter.value, Mapping) else parameter.value
    found: list[tuple[int, float | str]] = []
    for month, value in parameter.later.get(key, ()):
        if value != known:
            found.append((month, value))
        known = value
    return tuple(found)


def as_of(parameters: Parameters, month: int) -> Parameters:
    """Parameters with what holds in a month as if it held throughout."""
    return type(parameters)(_as_of(each, month) if each.later else each for each in parameters.values())


def at_last(parameters: Parameters) -> Parameters:
    """Parameters with what holds after the last phase as if it held throughout."""
    months = phase_months(parameters)
    return as_of(parameters, months[-1]) if months else parameters


def phase_months(parameters: Parameters) -> tuple[int, ...]:
    """Every month in which something changes, in order."""
    changed = (settled(each, key) for each in parameters.values() for key in each.later)
    return tuple(sorted({month for later in changed for month, _ in later}))


def in_phases(first: Parameters, then: Sequence[tuple[int, Parameters]]) -> Parameters:
    """Parameters that are the first until a month, and from then on as the next are; months in order.

    Raises Faults where they differ in something that cannot change in mid-run.
    """
    plain = as_of(first, first_month(first))
    known, phases = plain, []
    for month, after in then:
        changed = {path: _single(after, path) for path in after.paths() if _single(after, path) != _single(known, path)}
        phases.append(Phase(month, changed))
        known = after
    return type(first)(give_phases(plain, phases))


def _as_of(parameter: Parameter, month: int) -> Parameter:
    values = {
        key: value for key, later in parameter.later.items() for begins, value in later if begins <= month
    }  # the last of a key wins
    value = parameter.value
    if isinstance(value, Mapping):
        value = Table({**value, **{key: each for key, each in values.items() if not isinstance(each, str)}})
    else:
        value = values.get("", value)
    return replace(parameter, value=value, later=Table())


def _single(parameters: Parameters, path: str) -> float | str:
    parameter, key = parameters.locate(path)
    found = parameter.value[key] if key and isinstance(parameter.value, Mapping) else parameter.value
    assert not isinstance(found, Mapping)  # paths() names one value each
    return found


def _values(parameters: Parameters, path: str, wanted: object) -> tuple[str, Mapping[str, float | str]]:
    """The parameter that a path means, and its new values by key, "" where it has none. Raises Faults."""
    parameter, key = parameters.locate(path)
    if parameter.name not in GIVEN_IN_PHASES:
        rule = f"cannot change in mid-run; these can: {', '.join(GIVEN_IN_PHASES)}"
        raise Faults([Fault("", 0, path, "this", rule, nearest(path, GIVEN_IN_PHASES))])
    changed = change_one(parameter, key, wanted)
    if not isinstance(changed, Mapping):
        return parameter.name, {"": changed}
    named = (key,) if key else tuple(wanted) if isinstance(wanted, Mapping) else ()
    return parameter.name, {each: changed[each] for each in named}


def _at(phase: Phase, path: str, fault: Fault) -> Fault:
    file, line = phase.places.get(path, ("", 0))
    return Fault(file, line, path, fault.found, fault.rule, fault.suggestion)


def _out_of_order(phases: Sequence[Phase]) -> Iterator[Fault]:
    for before, after in pairwise(phases):
        if after.begins <= before.begins:
            file, line = next(iter(after.places.values()), ("", 0))
            rule = f"must come after the phase before it, that of {month_words(before.begins)}"
            yield Fault(file, line, "phases", f"the phase of {month_words(after.begins)}", rule)
