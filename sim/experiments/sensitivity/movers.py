"""What is moved: levers through the range of their sliders, numbers in doubt through the range of their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sim.experiments.doubts import Doubt, doubts, pert
from sim.experiments.impact import grade_of_baseline, grade_of_effect, load_impacts
from sim.experiments.question import Resolved
from sim.inputs import Fault, Lever, Parameters, load_levers, nearest, raise_any

Kind = Literal["lever", "number"]
Among = Literal["levers", "numbers", "both"]
AMONG: tuple[Among, ...] = get_args(Among)

LEANING = ("large", "medium")
"""Grades of impact of the numbers that are moved unless others are named."""


@dataclass(frozen=True, slots=True)
class Mover:
    """Something that is moved as one.

    spans   low, value and high by path: of a lever all paths that it moves, of a number all of its keys

    A lever is a choice, and every place in its range is as likely. A number is drawn as it is everywhere: likeliest at
    its value (beta-PERT).
    """

    name: str
    label: str
    kind: Kind
    spans: Mapping[str, tuple[float, float, float]]

    def changes(self, quantile: float) -> dict[str, float]:
        """New value by path, at a place from 0 (low) to 1 (high)."""
        if self.kind == "lever":
            return {path: low + quantile * (high - low) for path, (low, _, high) in self.spans.items()}
        return {path: pert(quantile, *span) for path, span in self.spans.items()}

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the parameters and paths it moves."""
        return frozenset(self.spans) | {self.name}


def movers_of(plan: Resolved, names: Sequence[str] = (), among: Among = "both") -> tuple[Mover, ...]:
    """Levers and numbers by name; unless named, usual sliders, and the numbers that the answer is known to lean on.

    names   paths of levers or of numbers in doubt; where a lever moves a number, the lever is meant
    among   only levers, only numbers, or both

    Raises Faults: a name that is neither, two that move the same number, or nothing to move.
    """
    levers = tuple(_levers(plan.parameters)) if among != "numbers" else ()
    found = doubts([plan.parameters], plan.base) if among != "levers" else ()
    numbers = tuple(_number(each) for each in found)
    if not names:
        chosen = _usual(levers, numbers)
    else:
        known = {each.name: each for each in (*numbers, *levers)}
        raise_any([*_unknown(names, known), *_twice([known[name] for name in names if name in known])])
        chosen = tuple(known[name] for name in names)
    raise_any([] if chosen else [Fault("", 0, "number", "nothing", "is left to move")])
    return chosen


def _usual(levers: Sequence[Mover], numbers: Sequence[Mover]) -> tuple[Mover, ...]:
    """Sliders that are shown first, and leaning numbers that none of them moves."""
    shown = {each.path for each in load_levers() if not each.folder and not each.follows}
    first = [lever for lever in levers if lever.name in shown]
    taken, leaning = {path for lever in first for path in lever.parameters}, _leaning()
    return (*first, *(each for each in numbers if each.name in leaning and not each.parameters & taken))


def _levers(parameters: Parameters) -> Iterator[Mover]:
    """Every slider; what is chosen from words has no range."""
    for lever in load_levers():
        if lever.kind == "slider":
            yield Mover(lever.path, lever.label, "lever", dict(_lever_spans(lever, parameters)))


def _lever_spans(lever: Lever, parameters: Parameters) -> Iterator[tuple[str, tuple[float, float, float]]]:
    low, high = lever.low, lever.high
    assert low is not None and high is not None  # of every slider
    for path in (lever.path, *lever.also):
        yield path, (low, parameters.value(path), high)


def _number(doubt: Doubt) -> Mover:
    spans = {f"{doubt.name}.{key}" if key else doubt.name: span for key, span in doubt.spans.items()}
    return Mover(doubt.name, doubt.says, "number", spans)


def _leaning() -> frozenset[str]:
    """Numbers whose impact on the baseline or on a plan's effect was found to be large or medium."""
    stored = load_impacts()
    if stored is None:
        return frozenset()
    found = stored.impacts
    return frozenset(
        name for name in found.numbers
        if grade_of_baseline(found, name) in LEANING or grade_of_effect(found, name) in LEANING
    )  # fmt: skip


def _unknown(names: Sequence[str], known: Mapping[str, Mover]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            rule = "is no slider, and no number that this plan leaves in doubt"
            yield Fault("", 0, "number", f'"{name}"', rule, nearest(name, known))


def _twice(chosen: Sequence[Mover]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for each in chosen:
        for path in each.spans:
            if path in first:
                yield Fault("", 0, "number", f'"{each.name}"', f'moves {path}, which "{first[path]}" moves already')
            first.setdefault(path, each.name)
