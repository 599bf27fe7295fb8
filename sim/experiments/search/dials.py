"""What is turned until something holds: a scale of steps, each with the changes it makes to a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.experiments.search.asking import Changes
from sim.inputs import Fault, Faults, Lever, Parameters, load_levers, nearest, raise_any
from sim.inputs.programmes import programme_ids

CENTRAL = {"policy.evidence_stance": "central"}
EFFECT = "effect_"
TENTHS = 10
MOST_TIMES = 10
"""The largest multiple of central effects that is tried."""
GROWTH = "capacity.growth."


@dataclass(frozen=True, slots=True)
class Dial:
    """A scale. More of it must help, or at least not hurt, what it is turned for.

    name       of the lever, or of what is turned
    unit       of the steps, as they are written
    steps      values in the order in which they help
    changes    what each step changes
    evidence   the least and the most that the evidence allows, in the unit of the steps; None where it is a choice
    """

    name: str
    says: str
    unit: str
    steps: tuple[float, ...]
    changes: tuple[Changes, ...]
    evidence: tuple[float, float] | None = None


def lever_dial(path: str, parameters: Parameters, most: float | None = None) -> Dial:
    """A slider from its low to its high end, in its own steps; most: another high end. Raises Faults."""
    lever = _lever(path)
    steps = steps_of(lever, most)
    raise_any(
        [] if len(steps) > 1 else [Fault("", 0, path, str(most), f"must be above {lever.low:g}, in its own unit")]
    )
    changes = tuple(lever.changes(step) for step in steps)
    moved = [parameters.range(path)] if path.startswith("policy.share_delivered") else []
    return Dial(path, lever.label, parameters[parameters.locate(path)[0].name].unit, steps, changes, *moved)


def steps_of(lever: Lever, most: float | None = None) -> tuple[float, ...]:
    """Every position of a slider, in the unit of its parameter."""
    assert lever.low is not None and lever.high is not None and lever.step is not None  # of every slider
    count = round(((lever.high if most is None else most) - lever.low) / lever.step)
    return tuple(_rounded(lever.low + number * lever.step) for number in range(count + 1))


def effects_dial(parameters: Parameters, most: float = MOST_TIMES) -> Dial:
    """Central benefits of every programme that is paid for, from none to so many times, in tenths.

    Harms stay as they are; no effect is made larger than the whole. The evidence allows what the widest range of any of
    these effects does.
    """
    effects = paid_effects(parameters)
    raise_any([] if effects else [Fault("", 0, "policy.programme_mix", "no programme with an effect", "is paid for")])
    steps = tuple(number / TENTHS for number in range(round(most * TENTHS) + 1))
    most_allowed = max(high / central for central, high in effects.values())
    least_allowed = min(parameters.range(path)[0] / central for path, (central, _) in effects.items())
    changes = tuple(
        CENTRAL | {path: min(1.0, times * central) for path, (central, _) in effects.items()} for times in steps
    )
    says = "Effects of programmes, as a multiple of the central ones"
    return Dial("effects", says, "times", steps, changes, (least_allowed, most_allowed))


def paid_effects(parameters: Parameters) -> dict[str, tuple[float, float]]:
    """Central value and high end of every benefit of programmes that are paid for, by path."""
    return dict(_effects(parameters))


def _effects(parameters: Parameters) -> Iterator[tuple[str, tuple[float, float]]]:
    weights = parameters.by("policy.programme_mix")
    for programme in programme_ids(parameters):
        if weights[programme] <= 0:
            continue
        start = f"programme.{programme}.{EFFECT}"
        for path in (each for each in parameters.paths() if each.startswith(start)):
            central = parameters.value(path)
            if central > 0:
                yield path, (central, max(central, parameters.range(path)[1]))


def slider(path: str) -> Lever:
    """The slider of this path. Raises Faults when there is none."""
    return _lever(path)


def _lever(path: str) -> Lever:
    known: Mapping[str, Lever] = {each.path: each for each in load_levers() if each.kind == "slider"}
    if path not in known:
        raise Faults([Fault("", 0, "lever", f'"{path}"', "is not a slider", nearest(path, known))])
    return known[path]


def thinned(steps: Sequence[float], most: int) -> tuple[int, ...]:
    """Positions of at most so many steps, evenly spread, both ends among them."""
    count = min(most, len(steps))
    if count < 2:
        return (0,)
    return tuple(round(number * (len(steps) - 1) / (count - 1)) for number in range(count))


def _rounded(value: float) -> float:
    """Without the noise of adding up steps."""
    return round(value, 9)
