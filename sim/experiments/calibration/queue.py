"""What only a simulation shows: beds held for full places, and how the base year looks when people queue.

The network is simulated under the conditions of the base year, by day, after the usual warm-up. The same seed brings
the same people to every round of a fit, so that a difference between two rounds is the parameters' and not chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.experiments.calibration.equations import DAYS_A_YEAR, MILLION, shares_laid
from sim.experiments.replicate import go_on
from sim.inputs import NEXT_STATIONS, WEEKDAYS, Parameters
from sim.network.model import CareNetwork

FloatArray = NDArray[np.float64]
FIRST_DAY = WEEKDAYS.index("Fri")
"""1 April 2016 was a Friday."""


@dataclass(frozen=True)
class Seen:
    """Sums over one replication or several; person-days and people.

    days        simulated, over all replications
    blocked     beds held for full places, by the kind of station waited for
    other       beds held by delay that is not about capacity, likewise
    occupied    by kind of station; `begun` is people beginning a stay there
    in_hospital bed days by kind of patient; `admitted` is stays begun
    leaving     people leaving hospital by weekday, Monday first
    """

    days: float
    blocked: FloatArray
    other: FloatArray
    occupied: FloatArray
    begun: FloatArray
    in_hospital: FloatArray
    admitted: FloatArray
    beds: float
    home: float
    readmitted: float
    leaving: FloatArray

    @classmethod
    def together(cls, parts: Sequence[Seen]) -> Seen:
        """The sum of several, in their order."""
        return cls(**{name: sum(getattr(part, name) for part in parts) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class QueueTask:
    """One replication of the base year, from its number.

    warm_up   days before anything is counted
    moving    share of patients who may go to another locality's place
    """

    network: CareNetwork
    seed: int
    days: int
    warm_up: float
    moving: float

    def __call__(self, replication: int, cancelled: Event) -> Seen:
        """The replication of this number; raises CancelledError within a day simulated of being cancelled."""
        engine = CompiledEngine(
            self.network, self.seed, replication, moving_share=self.moving, begins=-self.warm_up
        )  # fmt: skip
        engine.advance(0.0)
        seen, look = [], _Look(self.network)
        for day in range(self.days):
            go_on(cancelled)
            seen.append(look.at(engine.advance(day + 1.0), day))
        return Seen.together(seen)


class _Look:
    """Where in a flow the figures stand."""

    def __init__(self, network: CareNetwork) -> None:
        kinds = np.array([station.kind for station in network.stations])
        self.acute = np.flatnonzero(kinds == "acute")
        self.next = [np.flatnonzero(kinds == kind) for kind in NEXT_STATIONS]
        self.patients = [network.kinds.index(kind) for kind in ("emergency", "elective")]
        self.home = network.exits.index("home")
        self.stations = len(kinds)

    def at(self, flow: Flow, day: int) -> Seen:
        """A day's flow."""
        beds = self.acute
        blocked, other = flow.blocked_time[beds].sum(axis=0), flow.delay_time[beds].sum(axis=0)[: self.stations]
        leaving = np.zeros(len(WEEKDAYS))
        leaving[(FIRST_DAY + day) % len(WEEKDAYS)] = flow.departed[beds].sum()
        return Seen(
            days=flow.end - flow.start,
            blocked=np.array([blocked[at].sum() for at in self.next]),
            other=np.array([other[at].sum() for at in self.next]),
            occupied=np.array([flow.occupied_time[at].sum() for at in self.next]),
            begun=np.array([flow.admitted[at].sum() for at in self.next], dtype=float),
            in_hospital=np.array([flow.occupied_time[beds, kind].sum() for kind in self.patients]),
            admitted=np.array([flow.admitted[beds, kind].sum() for kind in self.patients], dtype=float),
            beds=float(flow.place_time[beds].sum()),
            home=float(flow.exits[self.home]),
            readmitted=float(flow.readmitted.sum()),
            leaving=leaving,
        )


def queue_of(seen: Seen, people: float) -> dict[str, float]:
    """Beds per 1,000 people held for full places, by the kind of station waited for."""
    held = seen.blocked / seen.days / people * 1000
    return dict(zip(NEXT_STATIONS, held.tolist(), strict=True))


def simulated(seen: Seen, people: float, parameters: Parameters, same_day: float) -> dict[str, float]:
    """Every figure that a simulation measures, by name of the target, in the target's unit.

    same_day   emergency admissions without a night, a year for 1,000 people: they hold no bed and are not simulated
    """
    thousands = people / 1000 * seen.days
    held = (seen.blocked + seen.other) / thousands
    a_year = seen.admitted * DAYS_A_YEAR / thousands
    stay = seen.in_hospital / seen.admitted
    return {
        "acute_beds": seen.beds / thousands,
        "acute_occupancy": float(seen.in_hospital.sum()) / seen.beds,
        "delayed": float(held.sum()),
        **shares_laid(parameters, dict(zip(NEXT_STATIONS, held.tolist(), strict=True))),
        "emergency_admissions": float(a_year[0]) + same_day,
        "emergency_same_day_share": same_day / (float(a_year[0]) + same_day),
        "emergency_stay": float(stay[0]),
        "elective_overnight": float(a_year[1]),
        "elective_stay": float(stay[1]),
        "readmission": seen.readmitted / seen.home,
        **_by_kind("load", seen.occupied / thousands),
        **_by_kind("starts", seen.begun * MILLION / people / seen.days),
        **_by_weekday(seen.leaving),
    }


def _by_kind(name: str, values: FloatArray) -> Mapping[str, float]:
    return {f"{name}.{kind}": value for kind, value in zip(NEXT_STATIONS, values.tolist(), strict=True)}


def _by_weekday(leaving: FloatArray) -> Mapping[str, float]:
    relative = leaving / leaving.mean()
    return {f"discharges_by_weekday.{day}": value for day, value in zip(WEEKDAYS, relative.tolist(), strict=True)}
