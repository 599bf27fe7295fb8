"""The money a plan moves, by where it goes: each destination can be switched by itself.

A plan writes one share of the acute budget and the proportions in which it is divided. Those numbers mean nothing apart
from each other; the sums they make do. Each sum leaves the hospital and arrives in one place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sim.inputs import Fault, Parameters, raise_any
from sim.inputs.programmes import programme_ids

SHARE, TO_PROGRAMMES, PROGRAMME_MIX = "policy.shift_share", "policy.mix_prevention", "policy.programme_mix"
TO_COMMUNITY, TO_SOCIAL_CARE = "policy.mix_community", "policy.mix_social_care"
MIX = (TO_PROGRAMMES, TO_COMMUNITY, TO_SOCIAL_CARE)

Sums = Mapping[str, float]
"""Share of the acute budget moved once the ramp is complete, by destination."""


def destinations(parameters: Parameters, flow: bool) -> tuple[str, ...]:
    """Programmes that work on flow, or all the others; the family of each is data."""
    found = (name for name in programme_ids(parameters)
             if (parameters.text(f"programme.{name}.family") == "flow") is flow)  # fmt: skip
    return tuple(f"{PROGRAMME_MIX}.{name}" for name in found)


def is_of_shift(path: str) -> bool:
    """Whether a path is one of the numbers that together say how much money goes where."""
    return path in (SHARE, *MIX) or path.startswith(f"{PROGRAMME_MIX}.")


def sums(parameters: Parameters) -> Sums:
    """What a plan moves; raises Faults when it gives programmes money and no programme a weight."""
    moved = _divided(parameters.value(SHARE), {path: parameters.value(path) for path in MIX})
    programmes = {f"{PROGRAMME_MIX}.{name}": weight for name, weight in parameters.by(PROGRAMME_MIX).items()}
    given = moved.pop(TO_PROGRAMMES)
    rule = "gives money to programmes and no programme a weight, so nothing can be said to come from it"
    raise_any([Fault("", 0, PROGRAMME_MIX, "the plan", rule)] if given > 0 and not any(programmes.values()) else [])
    return {**_divided(given, programmes), **moved}


def with_some(before: Parameters, after: Parameters, switched: Collection[str], onto: Parameters) -> Parameters:
    """Parameters in which some destinations get what `after` gives them, and the others what `before` does.

    switched   destinations
    onto       parameters whose shift is replaced
    """
    known, wanted = sums(before), sums(after)
    moved = {path: wanted[path] if path in switched else known[path] for path in known}
    whole = sum(moved.values())
    programmes = {path: moved[path] for path in moved if path not in MIX}
    given = sum(programmes.values())
    if not whole:
        return onto.with_changes({SHARE: 0})
    parts = {TO_PROGRAMMES: given, TO_COMMUNITY: moved[TO_COMMUNITY], TO_SOCIAL_CARE: moved[TO_SOCIAL_CARE]}
    weights = {path: each / given for path, each in programmes.items()} if given else {}
    return onto.with_changes({SHARE: whole, **{path: each / whole for path, each in parts.items()}, **weights})


def _divided(whole: float, weights: Mapping[str, float]) -> dict[str, float]:
    together = sum(weights.values())
    return {name: whole * weight / together if together else 0.0 for name, weight in weights.items()}
