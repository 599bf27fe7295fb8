"""Where everybody is at one moment, read from the state of the compiled engine between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engines import records as at
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import IntArray

Doing = Literal["home", "stays", "delayed", "waits", "blocked", "buffered"]
DOING: tuple[Doing, ...] = ("home", "stays", "delayed", "waits", "blocked", "buffered")
"""What a person does, in the order of the engine's states: at home before coming back; in a place; in a place, ready
to leave and held by a delay that is not about capacity; waiting without a place; in a place, ready, and held by a full
one; waiting between two places."""
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Everybody known at one moment, P people in no order.

    people   their numbers
    groups   index of each one's group
    doing    index in DOING
    holds    index of the station whose place they hold; NOWHERE without one
    wants    index of the station they wait for, or will go to after a delay; NOWHERE if there is none
    """

    time: float
    people: IntArray
    groups: IntArray
    doing: IntArray
    holds: IntArray
    wants: IntArray


def whereabouts(engine: CompiledEngine) -> Whereabouts:
    """Where everybody is now; copies, which stay as they are when the engine moves on."""
    state = engine.state
    known = _known(engine)
    who = state.people[known].astype(np.int64)
    number = who[:, at.STREAM] << 40 | (who[:, at.BLOCK] & 0xFFFFFF) << 16 | who[:, at.INDEX]
    home = who[:, at.STATE] == at.AT_HOME
    return Whereabouts(
        time=float(state.clock[at.NOW]),
        people=number,
        groups=who[:, at.GROUP],
        doing=who[:, at.STATE],
        holds=np.where(home, NOWHERE, who[:, at.HELD]),
        wants=_wanted(engine, who),
    )


def _known(engine: CompiledEngine) -> NDArray[np.bool_]:
    """Which records hold somebody: those used and not in the list of free ones."""
    state = engine.state
    known = np.zeros(len(state.people), dtype=np.bool_)
    known[: state.counts[at.USED]] = True
    free = int(state.counts[at.FREE])
    while free >= 0:
        known[free] = False
        free = int(state.after[free])
    return known


def _wanted(engine: CompiledEngine, who: IntArray) -> IntArray:
    stations, state = len(engine.network.stations), who[:, at.STATE]
    waits = np.isin(state, (at.WAITING, at.BLOCKED, at.BUFFERED))
    routes = np.where(state == at.DELAYED, who[:, at.ROUTE], 0)
    after = engine.prepared.rules.target[routes].astype(np.int64)
    goes = (state == at.DELAYED) & (after < stations)
    return np.where(waits, who[:, at.WARD], np.where(goes, after, NOWHERE))
