"""Sums over rounds: medians, spreads, ratios within a round, and whether targets are reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from ruamel.yaml import YAML

Results = dict[str, Any]
Found = dict[str, Any]
TARGETS = Path(__file__).with_name("targets.yaml")


@dataclass(frozen=True, slots=True)
class Spread:
    """The median over rounds, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        """Of one number from each round."""
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Rounds:
    """What was asked in the same way, and found in each round."""

    asked: dict[str, Any]
    found: list[Found]

    def spread(self, of: str | Callable[[Found], float]) -> Spread:
        """One number of what was found, over rounds."""
        value = (lambda found: found[of]) if isinstance(of, str) else of
        return Spread.of([value(found) for found in self.found])

    def fits(self, wanted: dict[str, Any]) -> bool:
        """Was it asked with these values?"""
        return all(self.asked.get(name) == value for name, value in wanted.items())


def section(results: Results, name: str) -> list[Rounds]:
    """Everything measured in a section, in the order of the plan; what failed in any round is left out."""
    found: list[Rounds] = []
    for line in results["lines"]:
        if line["section"] == name:
            same = next((each for each in found if each.asked == line["asked"]), None)
            if same is None:
                found.append(same := Rounds(line["asked"], []))
            same.found.append(line["found"])
    return [each for each in found if not any("failed" in one for one in each.found)]


def failures(results: Results) -> dict[str, str]:
    """What could not be measured, and the last words of the process."""
    return {
        f"{line['section']} {' '.join(map(str, line['asked'].values()))}": line["found"]["failed"]
        for line in results["lines"]
        if "failed" in line["found"]
    }


def find(results: Results, name: str, /, **wanted: Any) -> Rounds | None:
    """The first of a section that was asked with these values, if it was measured."""
    return next((each for each in section(results, name) if each.fits(wanted)), None)


def per_patient(found: Found) -> float:
    """CPU microseconds a patient."""
    return found["cpu"] / found["patients"] * 1e6


def times_faster(slow: Rounds, fast: Rounds) -> Spread:
    """How many times the CPU time of a patient in one engine is that in another, round by round."""
    pairs = zip(slow.found, fast.found, strict=True)
    return Spread.of([per_patient(one) / per_patient(other) for one, other in pairs])


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at and what was found; None when it was not measured."""

    says: str
    unit: str
    at_least: float
    go_for: float
    found: Spread | None

    @property
    def verdict(self) -> str:
        """In words."""
        if self.found is None:
            return "not measured"
        if self._reaches(self.go_for):
            return "aim reached"
        return "reached" if self._reaches(self.at_least) else "**missed**"

    def _reaches(self, mark: float) -> bool:
        assert self.found is not None
        return self.found.median >= mark if self.unit == "times faster" else self.found.median <= mark


def targets(results: Results) -> Iterator[Target]:
    """Every target of targets.yaml."""
    for each in YAML(typ="safe").load(TARGETS.read_text(encoding="utf-8")):
        found = _of_target(results, **each.pop("of"))
        yield Target(found=found, **each)


def _of_target(results: Results, section: str, **way: dict[str, Any]) -> Spread | None:
    (kind, wanted), *_ = way.items()
    if kind == "ratio":
        slow = find(results, section, name=wanted["other"], people=wanted["people"])
        fast = find(results, section, name=wanted["to"], people=wanted["people"])
        return times_faster(slow, fast) if slow and fast else None
    rounds = find(results, section, **wanted)
    if rounds is None:
        return None
    return rounds.spread(lambda found: found["wall"] * 1000 if kind == "wall" else found["state_bytes"] / 1e6)
