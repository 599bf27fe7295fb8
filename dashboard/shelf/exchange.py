"""What the gateway lends the shelf: scenario files, and the version of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.facts.catalogue import Catalogue
from dashboard.link.state import State


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is wrong with a file; `line` counts from 1, and 0 means the whole file."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario file as a question of the page; with faults there is no question."""

    title: str = ""
    why: str = ""
    state: State | None = None
    faults: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """Scenario files, written and read.

    write   a state as the YAML that `upstream run --scenario` reads, with its title and why
    read    such a text as a state; every fault of it at once
    model   the version of the model at work, and a hash of its code
    """

    write: Callable[[State, Catalogue, str, str], str]
    read: Callable[[str, Catalogue], Opened]
    model: Callable[[], str]
