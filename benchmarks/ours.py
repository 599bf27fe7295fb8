"""Our two engines, driven month by month as the model drives them."""

from __future__ import annotations

import numpy as np

from benchmarks.case import Case
from benchmarks.course import Course, course_of
from benchmarks.outcome import Outcome
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.engines.reference import ReferenceEngine


class Model:
    """One replication of a course, or of the course of a case, in one of our engines."""

    engine: type[CompiledEngine] | type[ReferenceEngine]

    def __init__(self, what: Case | Course, seed: int) -> None:
        self.course = course_of(what) if isinstance(what, Case) else what
        self.seed, self.flows = seed, list[Flow]()

    def run(self) -> None:
        """From the first day to the last."""
        course = self.course
        self.running = self.engine(course.network, self.seed, 0, **course.options)
        self.flows = [self.running.advance(*month) for month in course.months]

    def outcome(self) -> Outcome:
        """What flowed after the warm-up."""
        course, network = self.course, self.course.network
        kept, beds = [flow for flow in self.flows if flow.start >= course.warm_up], list(course.beds)
        wait, waited = _total(kept, "wait_total")[beds].sum(axis=0), _total(kept, "waits")[beds].sum(axis=(0, 2))
        return Outcome(
            patients=sum(int(flow.arrived.sum() - flow.readmitted.sum()) for flow in self.flows),
            occupied=self._by_station(_total(kept, "occupied_time").sum(axis=1) / course.days),
            throughput=self._by_station(_total(kept, "departed").sum(axis=1) / course.days),
            wait={kind: float(wait[k] / max(waited[k], 1)) for k, kind in enumerate(network.kinds)},
            blocked=float(_total(kept, "blocked_time").sum()) / course.days,
        )

    def _by_station(self, values: np.ndarray) -> dict[str, float]:
        return dict(zip(self.course.network.station_names, values.tolist(), strict=True))


class Compiled(Model):
    """The compiled engine, which the product runs on."""

    engine = CompiledEngine

    @property
    def events(self) -> int:
        """Arrivals, ends of stays and delays, and people giving up in the whole run."""
        return self.running.events

    @property
    def state(self) -> int:
        """Bytes of all that the engine keeps from month to month; memory that arrays share is counted once."""
        whole = {id(array): array for array in map(_owner, self.running.state)}
        return sum(array.nbytes for array in whole.values())


class Reference(Model):
    """The SimPy engine that defines what is right."""

    engine = ReferenceEngine


def _total(flows: list[Flow], name: str) -> np.ndarray:
    return np.sum([getattr(flow, name) for flow in flows], axis=0)


def _owner(array: np.ndarray) -> np.ndarray:
    """The array whose memory this one looks at."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array
