"""What a run of the reference case found, in the few numbers that every engine can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication. Means and rates are over the time after the warm-up.

    patients    people who came from outside in the whole run, readmissions not counted
    occupied    mean number of places in use, by station
    throughput  people who left each station, a day
    wait        mean wait for an acute bed by kind, days, of everybody admitted
    blocked     mean number of acute beds held by people whose next place is full
    """

    patients: int
    occupied: Mapping[str, float]
    throughput: Mapping[str, float]
    wait: Mapping[str, float]
    blocked: float

    def flat(self) -> dict[str, float]:
        """Every measure that engines are compared by, under one name."""
        return (
            {f"{name}, places in use": value for name, value in self.occupied.items()}
            | {f"{name}, people leaving a day": value for name, value in self.throughput.items()}
            | {f"{name} patients, days waited": value for name, value in self.wait.items()}
            | {"acute beds blocked": self.blocked}
        )


class Model(Protocol):
    """One replication of a case in some engine; made of a case and a seed."""

    def run(self) -> None:
        """From the first day to the last. This is what is timed, with the making of the model."""
        ...

    def outcome(self) -> Outcome:
        """What was found."""
        ...
