"""What all replications of one network share, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import numpy as np

from sim.engines.arrays import Rules, rules_of
from sim.engines.arrivals import Envelope, doors
from sim.engines.compiling import kept
from sim.engines.envelopes import AT_ONCE, Envelopes, envelopes_of
from sim.engines.period import Part, Steps, parts_of_whole
from sim.network.model import CareNetwork
from sim.network.reach import blocking_ways
from sim.randomness.streams import Streams

_KEPT: list[Prepared] = []
_MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """A network for compiled code.

    kept_rules, kept_envelopes   the same as compiled functions want them
    parts   where a period's counters lie
    """

    network: CareNetwork
    rules: Rules
    envelopes: Envelopes
    kept_rules: Any
    kept_envelopes: Any
    parts: dict[str, Part]

    @property
    def doors(self) -> int:
        """How many groups come by a rate."""
        return len(self.envelopes.group)

    @property
    def coming_room(self) -> int:
        """Room for those who are drawn together, of all layers, and for the layers themselves."""
        return 2 * AT_ONCE + 2 * self.doors

    def steps(self, begins: float) -> tuple[Steps, int]:
        """Changes of places in order of time, then downstream first; and how many of them hold from the beginning."""
        turn = self.rules.downstream.tolist()
        early, later = list[tuple[float, int, int, float]](), list[tuple[float, int, int, float]]()
        for s, station in enumerate(self.network.stations):
            for time, places in station.places[1:]:
                (later if time > begins else early).append((time, turn.index(s), s, places))
        later.sort(key=lambda step: step[:2])
        steps = np.array(early + later).reshape(-1, 4)
        return (steps[:, 0].copy(), steps[:, 2].astype(np.int32), steps[:, 3].copy()), len(early)


def prepared(network: CareNetwork) -> Prepared:
    """The network for compiled code; the last few are kept, for replications come in rows."""
    for known in tuple(_KEPT):
        if known.network is network:
            return known
    by_rate = [way for way in doors(network, Streams(0, 0)) if isinstance(way, Envelope)]
    rules, envelopes = rules_of(network, _downstream_first(network)), envelopes_of(network, by_rate)
    parts = parts_of_whole(len(network.stations), len(network.kinds), len(network.exits))
    made = Prepared(network, rules, envelopes, kept(rules), kept(envelopes), parts)
    _KEPT.append(made)
    del _KEPT[:-_MOST_KEPT]
    return made


def _downstream_first(network: CareNetwork) -> list[int]:
    order = TopologicalSorter(blocking_ways(network)).static_order()
    return [network.station_names.index(name) for name in order]
