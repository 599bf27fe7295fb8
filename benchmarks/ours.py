"""Our two engines on the reference case, driven month by month as the model drives them."""

from __future__ import annotations

import numpy as np

from benchmarks.case import FIRST, Case, network_of
from benchmarks.outcome import Outcome
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.engines.reference import ReferenceEngine

MONTHS_A_YEAR = 12


class Model:
    """One replication of the case in one of our engines."""

    engine: type[CompiledEngine] | type[ReferenceEngine]

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.seed = case, seed
        self.network = network_of(case)
        self.flows: list[Flow] = []

    def run(self) -> None:
        """From the first day to the last."""
        self.running = self.engine(self.network, self.seed, 0)
        self.flows = [self.running.advance(time) for time in month_ends(self.case)]

    def outcome(self) -> Outcome:
        """What flowed after the warm-up."""
        case, network = self.case, self.network
        kept = [flow for flow in self.flows if flow.start >= case.warm_up]
        days, acute = case.days - case.warm_up, case.stations.index(FIRST)
        wait, waited = _total(kept, "wait_total")[acute], _total(kept, "waits")[acute].sum(axis=1)
        return Outcome(
            patients=sum(int(flow.arrived.sum() - flow.readmitted.sum()) for flow in self.flows),
            occupied=self._by_station(_total(kept, "occupied_time").sum(axis=1) / days),
            throughput=self._by_station(_total(kept, "departed").sum(axis=1) / days),
            wait={kind: float(wait[k] / max(waited[k], 1)) for k, kind in enumerate(network.kinds)},
            blocked=float(_total(kept, "blocked_time").sum()) / days,
        )

    def _by_station(self, values: np.ndarray) -> dict[str, float]:
        return dict(zip(self.case.stations, values.tolist(), strict=True))


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


def month_ends(case: Case) -> list[float]:
    """Ends of the months of a run, the last of them its end."""
    months = round(case.years * MONTHS_A_YEAR)
    return [case.days * (month + 1) / months for month in range(months)]


def _total(flows: list[Flow], name: str) -> np.ndarray:
    return np.sum([getattr(flow, name) for flow in flows], axis=0)


def _owner(array: np.ndarray) -> np.ndarray:
    """The array whose memory this one looks at."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array
