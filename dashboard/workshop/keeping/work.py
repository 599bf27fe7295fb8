"""The work of a room: rounds to run and changes to divide. Done here, or in a process of its own: see `elsewhere`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dashboard.surroundings import memory_budget
from dashboard.workshop.divided import Split, divided
from sim.experiments.replicate import Way
from sim.system import Memory
from sim.workshop import RoundResults, State, run_round, split
from sim.workshop.rounds import REMEMBERED

Run = Callable[..., RoundResults]


class Work(Protocol):
    """Who does it. Both raise CancelledError where the way's pace does, and Faults where no place can be made."""

    def run(self, state: State, number: int, way: Way) -> RoundResults:
        """The results of a round, counted from 0."""

    def divide(self, state: State, number: int, team: str, way: Way) -> Split:
        """A team's change at the end of a round."""

    def warm(self) -> None:
        """Be ready: there will be something to do."""

    def rest(self) -> None:
        """Give back what is held: there will be nothing to do for a while; what is under way may end at once."""


class Here:
    """Work in this process, by whoever asks."""

    def __init__(self, run: Run = run_round) -> None:
        self._run, self._memory = run, Memory(min(REMEMBERED, memory_budget()))

    def run(self, state: State, number: int, way: Way) -> RoundResults:
        """The results of a round, counted from 0."""
        return self._run(state, number, way, memory=self._memory)

    def divide(self, state: State, number: int, team: str, way: Way) -> Split:
        """A team's change at the end of a round."""
        return divided(split(state, team, number, way, memory=self._memory))

    def warm(self) -> None:
        """It is."""

    def rest(self) -> None:
        """Forget what earlier rounds lived through."""
        self._memory = Memory(self._memory.budget)
