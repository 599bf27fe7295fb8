"""What is measured, in which order: rounds in which every line of a section has its turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.engines import missing

FILE = Path(__file__).with_name("plan.yaml")


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement of one round."""

    section: str
    round: int
    task: str
    asked: dict[str, Any]

    @property
    def words(self) -> str:
        """For the person who waits."""
        values = (
            f"{value:,}" if isinstance(value, int) and value > 9999 else str(value) for value in self.asked.values()
        )
        return f"{self.section.replace('_', ' ')}: {' '.join(values)}"


def plan(size: str, only: list[str] | None = None, rounds: int | None = None) -> list[Line]:
    """Every measurement of the quick or the full plan. Engines that are not here are left out.

    only     names of sections; none means all of them
    rounds   at most so many of each section
    """
    sections = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))[size]
    unknown = set(only or ()) - set(sections)
    if unknown:
        raise ValueError(f"no such section: {', '.join(sorted(unknown))}. There are {', '.join(sections)}.")
    wanted = {name: each for name, each in sections.items() if not only or name in only}
    return [line for name, section in wanted.items() for line in _lines(name, section, rounds)]


def _lines(name: str, section: dict[str, Any], most: int | None) -> Iterator[Line]:
    not_here = missing()
    for number in range(min(section["rounds"], most or section["rounds"])):
        for own in section["lines"]:
            asked = section["each"] | own
            if asked.get("name") not in not_here:
                yield Line(name, number, section["task"], asked)


def key(asked: dict[str, Any]) -> str:
    """The same for what was asked in the same way."""
    return json.dumps(asked, sort_keys=True)
