"""What a plan does otherwise than its baseline, in the least parts that can be switched by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Literal

from sim.experiments.attribute import shift
from sim.inputs import (
    Fault,
    Lever,
    Parameters,
    as_of,
    differences,
    first_month,
    given_by_year,
    given_in_phases,
    load_levers,
    phase_months,
    raise_any,
)

Family = Literal["demand", "flow", "money"]
FAMILY_NAMES: tuple[Family, ...] = ("demand", "flow", "money")

OF_GROUP: Mapping[str, Family] = {"demand": "demand", "prevention": "demand", "flow": "flow", "money": "money"}
"""The family of a lever by its group."""

OF_ROOM: Mapping[str, Family] = {
    "demand": "demand", "programme": "demand", "programme_overlap": "demand", "capacity": "flow", "flow": "flow",
    "stay": "flow", "finance": "money", "workforce": "money", "policy": "money",
}  # fmt: skip
"""The family of a parameter that is no lever, by the first word of its name."""

TOGETHER = ("demand.excess_share.",)
"""Levers whose numbers count relative to each other: one of them alone is no part of a plan."""

OF_FLOW = ("policy.social_care_home_care_share",)
"""A policy about places: it stands with the shift, and what is left of the policies is about money."""

TERMS = (
    "policy.shift_start", "policy.shift_ramp", "policy.start_delay", "policy.share_delivered", "policy.evidence_stance",
)  # fmt: skip
"""Terms of a plan: when, how fast, how much of it comes about. They do nothing by themselves."""

NOT_THE_PLAN = ("run", "target", "capacity.locality_people")
"""What says who is simulated and how; a plan and a baseline that differ in it are not about the same people."""


@dataclass(frozen=True, slots=True)
class Part:
    """The least that can be switched from the baseline to the plan.

    name       a lever's path, a parameter's name, or "shift." and where the money goes
    families   it is counted in; a part of several is on as soon as one of them is
    paths      of numbers that take the plan's values
    receivers  destinations that get the plan's money
    """

    name: str
    label: str
    families: tuple[Family, ...]
    paths: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


def parts_between(before: Parameters, after: Parameters) -> tuple[Part, ...]:
    """Every part of a plan, in the order levers are shown; raises Faults where it differs in who is simulated."""
    given = (*given_by_year(before, after), *given_in_phases(before, after))
    paths = tuple(dict.fromkeys((*differences(before, after), *given)))
    raise_any(list(_faults(paths)))
    rest = [path for path in paths if not shift.is_of_shift(path)]
    levers = list(_of_levers(rest))
    known = {path for part in levers for path in part.paths}
    others = _of_parameters(before, [path for path in rest if path not in known])
    return _with_terms([*_of_shift(before, after), *levers, *others])


def _faults(paths: Iterable[str]) -> Iterator[Fault]:
    for path in paths:
        if path.partition(".")[0] in NOT_THE_PLAN or path in NOT_THE_PLAN:
            rule = "differs between plan and baseline; it says who is simulated and how, and is no part of a plan"
            yield Fault("", 0, path, "this", rule)


def _of_shift(before: Parameters, after: Parameters) -> Iterator[Part]:
    """Money moved, by destination."""
    months = (first_month(before), *phase_months(before), *phase_months(after))
    sums = [(shift.sums(as_of(before, month)), shift.sums(as_of(after, month))) for month in dict.fromkeys(months)]
    kinds: tuple[tuple[str, str, Family, Sequence[str]], ...] = (
        ("programmes", "Money moved to programmes that change who comes", "demand", shift.destinations(after, False)),
        ("flow_programmes", "Money moved to programmes that change the flow", "flow", shift.destinations(after, True)),
        ("community", "Money moved to places of community care", "flow", (shift.TO_COMMUNITY,)),
        ("social_care", "Money moved to places of social care", "flow", (shift.TO_SOCIAL_CARE,)),
    )
    for name, label, family, receivers in kinds:
        if not all(isclose(known[each], wanted[each]) for known, wanted in sums for each in receivers):
            yield Part(f"shift.{name}", label, (family,), receivers=tuple(receivers))


def _of_levers(paths: Sequence[str]) -> Iterator[Part]:
    taken = set[str]()
    for lever in load_levers():
        if lever.path.startswith(TOGETHER):
            continue
        moved = tuple(path for path in (lever.path, *lever.also) if path in paths and path not in taken)
        taken.update(moved)
        if moved:
            yield Part(lever.path, lever.label, (_of_lever(lever),), moved)


def _of_lever(lever: Lever) -> Family:
    return "flow" if lever.path in OF_FLOW else OF_GROUP[lever.group]


def _of_parameters(parameters: Parameters, paths: Sequence[str]) -> Iterator[Part]:
    """Parameters that no lever moves, each with all its keys that differ."""
    names = {path: parameters.locate(path)[0].name for path in paths}
    for name in dict.fromkeys(names.values()):
        moved = tuple(path for path in paths if names[path] == name)
        yield Part(name, parameters[name].says, (_family(parameters, name),), moved)


def _family(parameters: Parameters, name: str) -> Family:
    room, _, rest = name.partition(".")
    if room == "programme" and parameters.text(f"programme.{rest.partition('.')[0]}.family") == "flow":
        return "flow"
    return "flow" if name in OF_FLOW else OF_ROOM[room]


def _with_terms(found: Sequence[Part]) -> tuple[Part, ...]:
    """Terms count with whatever the plan does; where they are all it does, with demand."""
    rest = [part for part in found if part.name not in TERMS]
    families = tuple(name for name in FAMILY_NAMES if any(name in part.families for part in rest)) or ("demand",)
    return tuple(Part(part.name, part.label, families, part.paths) if part.name in TERMS else part for part in found)
