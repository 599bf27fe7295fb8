"""People who come one after another, not by a rate: worked out ahead, and handed to compiled code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engines import records as at
from sim.engines.arrays import SmallArray
from sim.engines.arrivals import Batch, Sequence
from sim.engines.contract import FloatArray
from sim.engines.period import Period
from sim.network.model import CareNetwork
from sim.randomness.streams import Streams


def sequences_of(network: CareNetwork, seed: int, replication: int) -> list[Sequence]:
    """The doors by which people come one after another."""
    streams, arrivals = Streams(seed, replication), [group.arrivals for group in network.groups]
    return [Sequence(g, a, streams) for g, a in enumerate(arrivals) if a is not None and (a.every or a.gaps)]


def given_in(
    network: CareNetwork, sequences: list[Sequence], period: Period, start: float, until: float
) -> tuple[FloatArray, SmallArray]:
    """Times of those who come in the period, in order, and who they are (columns as in State.coming)."""
    times, everyone = [np.empty(0)], [np.empty((0, at.COMING_COLUMNS), dtype=np.int32)]
    for one, batch in _batches(sequences, period, start, until):
        times.append(batch.times)
        everyone.append(_rows(network, one.group, batch))
    given, coming = np.concatenate(times), np.concatenate(everyone)
    # by time alone: those of the same time are put in order by number where all arrivals meet
    order = np.argsort(given, kind="stable")
    return given[order], coming[order]


def _batches(sequences: list[Sequence], period: Period, start: float, until: float) -> Iterator[tuple[Sequence, Batch]]:
    for one in sequences:
        rate, away = float(period.multiplier[one.group]), float(period.away[one.group])
        for batch in one.coming(start, until, rate, away):
            yield one, batch


def _rows(network: CareNetwork, g: int, batch: Batch) -> SmallArray:
    group, names, who = network.groups[g], network.station_names, np.zeros((len(batch.times), at.COMING_COLUMNS))
    assert group.arrivals is not None
    who[:, 0], who[:, 1], who[:, 2], who[:, 3] = batch.stream, batch.blocks, batch.indices, g
    who[:, at.CAME_AT], who[:, at.AWAY] = names.index(group.arrivals.at), batch.diverted
    if batch.diverted.any():
        if group.diverts_to is None:
            raise nowhere(group.name)
        who[batch.diverted, at.CAME_AT] = names.index(group.diverts_to)
    return who.astype(np.int32)


def nowhere(group: str) -> ValueError:
    """People are diverted who have nowhere to go."""
    return ValueError(f"{group}: people are diverted, but diverts_to names no station.")
