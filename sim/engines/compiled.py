"""The compiled engine: the reference engine's events, in machine code.

It must agree with the reference event for event; where the two differ, this one is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, inf

import numpy as np

from sim.engines import records as at
from sim.engines.arrays import SmallArray
from sim.engines.arrivals import too_many
from sim.engines.coming import NO_OTHER_DOOR, NO_ROOM, TOO_MANY_LAYERS
from sim.engines.compiling import kept
from sim.engines.contract import Conditions, FloatArray, Flow, IntArray, LogEntry
from sim.engines.crowd import crowd_for
from sim.engines.given import given_in, nowhere, sequences_of
from sim.engines.kernel import DONE, FULL, LOG_FULL, NO_WAY, PAUSED, run
from sim.engines.period import (
    ADMITTED,
    ARRIVED,
    DIED_WAITING,
    EVENTS_SAID,
    LOGGED,
    LOST,
    NEW_PLACES,
    NEXT_CENSUS,
    PAUSE_AT,
    RENEGED,
    empty_period,
    moves,
    with_log,
    write,
)
from sim.engines.prepared import prepared
from sim.engines.records import Kept, State, begin, grown
from sim.engines.snapshots import Snapshot
from sim.network.model import CareNetwork

AS_DECLARED = Conditions()
LOG_ROOM = 4096
PAUSE_EVERY = 2**18
"""Events between two pauses: some hundredths of a second."""


def _go_on() -> None:
    """Nobody wants it stopped."""


class CompiledEngine:
    """One replication of one care network.

    network       what to simulate
    seed, replication   choose the people's random numbers, each 0 to 2**32 - 1
    log           keep every event of every person
    long_wait     S: people waiting longer than this at a period's end are counted; None = nobody is
    moving_share  share of people who may take a place in another locality (pooling), 0 to 1
    begins        the time to start at; negative when a warm-up should end at 0
    """

    def __init__(
        self,
        network: CareNetwork,
        seed: int,
        replication: int,
        *,
        log: bool = False,
        long_wait: FloatArray | None = None,
        moving_share: float = 0.0,
        begins: float = 0.0,
    ) -> None:
        made = prepared(network)
        pooled = moving_share > 0 and len(made.rules.sisters) > 0
        lines = 3 if (made.rules.buffer > 0).any() else 2 if pooled else 1
        memory = begin(network, made.rules, (seed, replication), begins, lines, made.coming_room)
        memory.state.counts[at.EARLY] = made.steps(begins)[1]
        self._set_up(network, memory, log, long_wait, moving_share, begins)
        if begins > 0 and self.sequences:
            raise ValueError(f"begins is {begins}; arrivals one after another are counted from 0, so begin there.")

    def _set_up(
        self,
        network: CareNetwork,
        memory: Kept,
        log: bool,
        long_wait: FloatArray | None,
        moving_share: float,
        begins: float,
    ) -> None:
        """Everything but the state, which lies in `memory`."""
        self.network, self.begins, self._keeps_log, self._log = network, begins, log, list[LogEntry]()
        self.prepared, self._memory = prepared(network), memory
        self.sequences = sequences_of(network, *self.state.key.tolist())
        long = np.empty(0 if long_wait is None else len(network.stations))
        if long_wait is not None:
            write(long, "long_wait", long_wait)
        rules, parts = self.prepared.rules, self.prepared.parts
        self.period = empty_period(rules, parts, long, moving_share, self.prepared.steps(begins)[0])
        if log:
            self.period = with_log(self.period, LOG_ROOM)
        self._occupied = self._places_taken()
        self._hand_over()

    @property
    def state(self) -> State:
        """Everybody inside, and what they are counted in."""
        return self._memory.state

    @property
    def bytes(self) -> int:
        """Memory of the whole state."""
        return self._memory.memory.nbytes

    @property
    def log(self) -> list[LogEntry]:
        """Every event so far; empty unless asked for."""
        return self._log

    @property
    def inside(self) -> int:
        """People in places or waiting now."""
        return int(self.state.counts[at.INSIDE])

    @property
    def events(self) -> int:
        """Arrivals, ends of stays and delays, and people giving up so far."""
        return int(self.state.counts[at.EVENTS])

    def advance(
        self, until: float, conditions: Conditions | None = None, on_the_way: Callable[[], None] = _go_on
    ) -> Flow:
        """Move to `until` under these conditions; events at `until` itself belong to the next period.

        on_the_way   called now and then; what it raises ends the replication where it stands, for good
        """
        start, until = float(self.state.clock[at.NOW]), float(until)
        if until <= start:
            raise ValueError(f"until is {until}; it must be after {start}, where the replication stands.")
        self._open(start, until, conditions or AS_DECLARED)
        while (stopped := run(*self._handed)) != DONE:
            if stopped == PAUSED:
                on_the_way()
                self._pause_later()
            else:
                self._make_way(stopped)
        self.state.counts[at.EARLY] = 0
        if self._keeps_log:
            self._log += self._said()
        return self._flow(start, until)

    def snapshot(self) -> Snapshot:
        """Everything needed to go on from here; what is logged so far stays here."""
        memory = self._memory.memory.copy()
        memory.flags.writeable = False
        positions = tuple((one.number, one.last) for one in self.sequences)
        return Snapshot(memory, self._memory.rooms, self.begins, self.period.moving, positions)

    @classmethod
    def resumed(
        cls, network: CareNetwork, snapshot: Snapshot, *, log: bool = False, long_wait: FloatArray | None = None
    ) -> CompiledEngine:
        """An engine that goes on where another one of the same network stood; both may go on."""
        if snapshot.rooms["levels"].shape[0] != prepared(network).rules.levels:
            raise ValueError(f"the snapshot is of another network than {network.name}.")
        engine = cls.__new__(cls)
        engine._set_up(network, snapshot.writeable(), log, long_wait, snapshot.moving_share, snapshot.begins)
        for one, (number, last) in zip(engine.sequences, snapshot.positions, strict=True):
            one.number, one.last = number, last
        return engine

    # ---- the period ------------------------------------------------------------------------------------------

    def _open(self, start: float, until: float, conditions: Conditions) -> None:
        """Write down what holds in the period."""
        period = self.period
        write(period.multiplier, "arrivals", conditions.arrivals)
        write(period.away, "diverted", conditions.diverted, otherwise=0.0)
        write(period.stays, "stays", conditions.stays)
        write(period.delays, "delays", conditions.delays)
        write(period.places, "places", conditions.places)
        period.progress.fill(0)
        period.progress[NEW_PLACES] = conditions.places is not None
        self._pause_later()
        days = ceil(until - start) + 2
        if self.sequences or days > len(period.heads):
            self._with_room(days, *given_in(self.network, self.sequences, self.period, start, until))
        clock, counts = self.state.clock, self.state.counts
        # SimPy's clock adds the way to go to the present
        clock[at.END], clock[at.UNTIL] = start + (until - start), until
        counts[at.READY], counts[at.UNIT] = 0, floor(start)

    def _pause_later(self) -> None:
        self.period.progress[PAUSE_AT] = self.events + PAUSE_EVERY

    def _places_taken(self) -> IntArray:
        """Who is in places now, S by K."""
        rules = self.prepared.rules
        return self.state.levels[: rules.waiting_at, at.VALUE].astype(np.int64).reshape(-1, rules.kinds)

    def _with_room(self, days: int, given: FloatArray, who: SmallArray) -> None:
        heads = self.period.heads
        if days > len(heads):
            heads = np.empty((days, *heads.shape[1:]), dtype=heads.dtype)
        self.period = self.period._replace(heads=heads, given=given, given_who=who)
        self._hand_over()

    def _hand_over(self) -> None:
        """Tell compiled code where everything lies."""
        made = self.prepared
        crowd = crowd_for(len(self.state.come))
        self._handed = made.kept_rules, made.kept_envelopes, kept(crowd), kept(self.state), kept(self.period)

    def _make_way(self, stopped: int) -> None:
        """Room for what had none; raises ValueError for what cannot be."""
        state, rules = self.state, self.prepared.rules
        people, coming = len(state.people), len(state.come)
        if stopped == FULL:
            self._memory = grown(rules, self._memory, 2 * people, coming)
        elif stopped == NO_ROOM:
            self._memory = grown(rules, self._memory, people, 2 * coming)
        elif stopped == LOG_FULL:
            self.period = with_log(self.period, len(self.period.log) + 8 * people)
        else:
            raise self._fault(stopped)
        self._hand_over()

    def _fault(self, stopped: int) -> ValueError:
        groups, fault = self.network.group_names, int(self.state.counts[at.FAULT])
        if stopped == NO_OTHER_DOOR:
            return nowhere(groups[fault])
        if stopped == TOO_MANY_LAYERS:
            return too_many(self.network.station_names[fault])
        assert stopped == NO_WAY
        group, station = divmod(fault - 1, len(self.network.stations))
        return ValueError(
            f"{groups[group]}: people come to {self.network.station_names[station]!r}, "
            "but the group has no stay or no routes there."
        )

    # ---- what flowed -----------------------------------------------------------------------------------------

    def _flow(self, start: float, until: float) -> Flow:
        period, rules, state = self.period, self.prepared.rules, self.state
        stations, exits = rules.stay.shape[1], len(self.network.exits)
        whole, by_kind = period.whole.copy(), (stations, rules.kinds)
        period.whole.fill(0)
        parts = {name: whole[where].reshape(shape) for name, (where, shape) in self.prepared.parts.items()}
        counted, moved, wait_total = parts["counted"], moves(parts), period.wait_total.copy()
        period.wait_total.fill(0.0)
        areas, values = state.levels[:, at.AREA].copy(), state.levels[:, at.VALUE].astype(np.int64)
        heads = period.heads[: period.progress[NEXT_CENSUS]]
        occupied = values[: rules.waiting_at].reshape(by_kind)
        departed = self._occupied + counted[ADMITTED] - occupied
        self._occupied = occupied
        place_time = areas[rules.place_at :]
        place_time[state.places == inf] = inf
        return Flow(
            start=start,
            end=until,
            arrived=counted[ARRIVED],
            lost=counted[LOST],
            reneged=counted[RENEGED],
            died_waiting=counted[DIED_WAITING],
            admitted=counted[ADMITTED],
            departed=departed,
            readmitted=parts["readmitted"],
            diverted=parts["diverted"],
            exits=moved[:, stations:].sum(axis=0),
            moved=moved,
            place_time=place_time,
            occupied_time=areas[: rules.waiting_at].reshape(by_kind),
            escalation_time=areas[rules.escalation_at : rules.place_at],
            delay_time=areas[rules.delay_at : rules.blocked_at].reshape(stations, stations + exits),
            blocked_time=areas[rules.blocked_at : rules.escalation_at].reshape(stations, stations),
            waiting_time=areas[rules.waiting_at : rules.delay_at].reshape(by_kind),
            waits=parts["waits"],
            wait_total=wait_total,
            census=heads[:, 0].T.copy(),
            waiting_census=heads[:, 1].T.copy(),
            occupied=occupied,
            waiting=values[rules.waiting_at : rules.delay_at].reshape(by_kind),
            blocked=values[rules.blocked_at : rules.escalation_at].reshape(stations, stations),
            waiting_long=parts["waiting_long"],
            inside=self.inside,
        )

    def _said(self) -> list[LogEntry]:
        """The period's log in words."""
        where = (*self.network.station_names, *self.network.exits)
        names, logged, period = self.network.group_names, int(self.period.progress[LOGGED]), self.period
        return [
            LogEntry(time, EVENTS_SAID[event], person, names[group], where[place])
            for time, (event, person, group, place) in zip(
                period.log[:logged].tolist(), period.said[:logged].tolist(), strict=True
            )
        ]
