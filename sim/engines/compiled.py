"""The compiled engine: the reference engine's events, in machine code.

It must agree with the reference event for event; where the two differ, this one is wrong.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from math import ceil, floor, frexp, inf

import numpy as np
from numpy.typing import NDArray

from sim.engines import records as at
from sim.engines.arrays import Rules, SmallArray, rules_of
from sim.engines.arrivals import Envelope, Sequence, doors
from sim.engines.coming import COLUMNS, Coming, envelopes_of
from sim.engines.compiled_wards import count_long
from sim.engines.contract import WAIT_BINS, Conditions, FloatArray, Flow, IntArray, LogEntry
from sim.engines.kernel import DONE, FULL, LOG_FULL, run, set_places
from sim.engines.records import Period, State
from sim.network.model import CareNetwork
from sim.network.reach import blocking_ways
from sim.network.traffic import mean_rate
from sim.randomness.streams import Streams

AS_DECLARED = Conditions()
EVENTS_A_BUCKET = 8
EVENTS_A_PERSON = 3
TURN = 1024
"""Buckets in the ring: at eight events each, more than most stays are long."""
LOG_ROOM = 4096
_KEPT: list[tuple[CareNetwork, Rules]] = []
_MOST_KEPT = 8


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
        self.network, self.rules = network, _rules(network)
        self.long_wait, self.moving_share = long_wait, moving_share
        self._keeps_log, self._log = log, list[LogEntry]()
        self.state = _empty_state(network, self.rules, (seed, replication), begins, moving_share)
        ways_in = doors(network, Streams(seed, replication))
        self.sequences = [way for way in ways_in if isinstance(way, Sequence)]
        envelopes = [way for way in ways_in if isinstance(way, Envelope)]
        self.coming = Coming(network, envelopes, envelopes_of(network, envelopes), self.state.key)
        if begins > 0 and self.sequences:
            raise ValueError(f"begins is {begins}; arrivals one after another are counted from 0, so begin there.")
        self.steps, self.step_station, self.step_places, self.early = _steps(network, self.rules, begins)
        self._late: tuple[FloatArray, SmallArray] = (np.empty(0), np.empty((0, 6), dtype=np.int32))
        _begin(self.rules, self.state)

    @property
    def log(self) -> list[LogEntry]:
        """Every event so far; empty unless asked for."""
        return self._log

    @property
    def inside(self) -> int:
        """People in places or waiting now."""
        return int(self.state.count[at.INSIDE])

    @property
    def events(self) -> int:
        """Arrivals, ends of stays and delays, and people giving up so far."""
        return int(self.state.count[at.EVENTS])

    def advance(self, until: float, conditions: Conditions | None = None) -> Flow:
        """Move to `until` under these conditions; events at `until` itself belong to the next period."""
        start = float(self.state.clock[at.NOW])
        if until <= start:
            raise ValueError(f"until is {until}; it must be after {start}, where the replication stands.")
        period = self._period(start, float(until), conditions or AS_DECLARED)
        set_places(self.rules, self.state, period)
        while (stopped := run(self.rules, self.state, period)) != DONE:
            if stopped == FULL:
                self.state = _grown(self.rules, self.state)
            elif stopped == LOG_FULL:
                period = _with_more_log(period, self.state)
            else:
                raise ValueError(self._fault())
        self.early = 0
        came = int(period.progress[at.NEXT_ARRIVAL])
        self._late = period.come[came:], period.who[came:]
        if self._keeps_log:
            self._log += self._said(period)
        return self._flow(start, float(until), period)

    # ---- the period ------------------------------------------------------------------------------------------

    def _period(self, start: float, until: float, conditions: Conditions) -> Period:
        groups, stations, kinds = len(self.network.groups), len(self.network.stations), len(self.network.kinds)
        come, who = self._arrivals(start, until, conditions)
        days = ceil(until - start) + 2
        logged = LOG_ROOM + 8 * len(self.state.people) if self._keeps_log else 0
        return Period(
            # as SimPy's clock has it, which adds the way to go to the present
            until=start + (until - start),
            moving=self.moving_share,
            come=come,
            who=who,
            stays=_floats(conditions.stays, (groups, stations)),
            delays=_floats(conditions.delays, (stations,)),
            places=np.empty(0) if conditions.places is None else np.asarray(conditions.places, dtype=np.float64),
            steps=self.steps,
            step_station=self.step_station,
            step_places=self.step_places,
            early=self.early,
            counted=np.zeros((6, stations, kinds), dtype=np.int64),
            readmitted=np.zeros(kinds, dtype=np.int64),
            diverted=np.zeros(kinds, dtype=np.int64),
            exits=np.zeros(len(self.network.exits), dtype=np.int64),
            waits=np.zeros((stations, kinds, WAIT_BINS), dtype=np.int64),
            wait_total=np.zeros((stations, kinds)),
            heads=np.empty((days, stations), dtype=np.int64),
            waiting_heads=np.empty((days, stations), dtype=np.int64),
            log=np.empty(logged),
            said=np.empty((logged, 4), dtype=np.int64),
            progress=np.zeros(3, dtype=np.int64),
        )

    def _arrivals(self, start: float, until: float, conditions: Conditions) -> tuple[FloatArray, SmallArray]:
        """Everyone who comes in the period, in order of time and number; also who came a rounding error too late."""
        groups, names = self.network.groups, self.network.station_names
        multiplier = _floats(conditions.arrivals, (len(groups),))
        away = np.zeros(len(groups)) if conditions.diverted is None else np.asarray(conditions.diverted, np.float64)
        found = [self._late, self.coming.people(start, until, multiplier, away)]
        for one in self.sequences:
            usual, other = groups[one.group].arrivals.at, groups[one.group].diverts_to
            for batch in one.coming(start, until, float(multiplier[one.group]), float(away[one.group])):
                who = np.empty((len(batch.times), COLUMNS), dtype=np.int32)
                who[:, 0], who[:, 1], who[:, 2], who[:, 3] = batch.stream, batch.blocks, batch.indices, one.group
                who[:, 4], who[:, 5] = names.index(usual), batch.diverted
                if batch.diverted.any():
                    if other is None:
                        raise ValueError(f"{groups[one.group].name}: people are diverted, but diverts_to is not given.")
                    who[batch.diverted, 4] = names.index(other)
                found.append((batch.times, who))
        if not self.sequences and not len(self._late[0]):
            return found[1]
        come, everyone = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        order = np.lexsort((_numbers(everyone), come))
        return come[order], everyone[order]

    # ---- what flowed -----------------------------------------------------------------------------------------

    def _flow(self, start: float, until: float, period: Period) -> Flow:
        stations, kinds, exits = len(self.network.stations), len(self.network.kinds), len(self.network.exits)
        rules, levels, counted = self.rules, self.state.levels, period.counted
        waiting_long = np.zeros((stations, kinds), dtype=np.int64)
        if self.long_wait is not None:
            count_long(rules, self.state, self.state.clock[at.NOW] - self.long_wait, waiting_long)
        areas = levels[:, 1] + levels[:, 0] * (until - levels[:, 2])
        levels[:, 1], levels[:, 2] = 0.0, until
        values = levels[:, 0].astype(np.int64)
        by_kind, heads = (stations, kinds), int(period.progress[at.NEXT_CENSUS])
        return Flow(
            start=start,
            end=until,
            arrived=counted[at.ARRIVED],
            lost=counted[at.LOST],
            reneged=counted[at.RENEGED],
            died_waiting=counted[at.DIED_WAITING],
            admitted=counted[at.ADMITTED],
            departed=counted[at.DEPARTED],
            readmitted=period.readmitted,
            diverted=period.diverted,
            exits=period.exits,
            place_time=np.where(self.state.places == inf, np.inf, areas[rules.place_at :]),
            occupied_time=areas[: rules.waiting_at].reshape(by_kind),
            escalation_time=areas[rules.escalation_at : rules.place_at],
            delay_time=areas[rules.delay_at : rules.blocked_at].reshape(stations, stations + exits),
            blocked_time=areas[rules.blocked_at : rules.escalation_at].reshape(stations, stations),
            waiting_time=areas[rules.waiting_at : rules.delay_at].reshape(by_kind),
            waits=period.waits,
            wait_total=period.wait_total,
            census=period.heads[:heads].T,
            waiting_census=period.waiting_heads[:heads].T,
            occupied=values[: rules.waiting_at].reshape(by_kind),
            waiting=values[rules.waiting_at : rules.delay_at].reshape(by_kind),
            blocked=values[rules.blocked_at : rules.escalation_at].reshape(stations, stations),
            waiting_long=waiting_long,
            inside=self.inside,
        )

    def _said(self, period: Period) -> list[LogEntry]:
        """The period's log in words."""
        where = (*self.network.station_names, *self.network.exits)
        names, logged = self.network.group_names, int(period.progress[at.LOGGED])
        return [
            LogEntry(time, at.EVENTS_SAID[event], person, names[group], where[place])
            for time, (event, person, group, place) in zip(
                period.log[:logged].tolist(), period.said[:logged].tolist(), strict=True
            )
        ]

    def _fault(self) -> str:
        group, station = divmod(int(self.state.count[at.FAULT]) - 1, len(self.network.stations))
        return f"{self.network.group_names[group]}: people come to {self.network.station_names[station]!r}, " + (
            "but the group has no stay or no routes there."
        )


# ---- arrays --------------------------------------------------------------------------------------------------


def _rules(network: CareNetwork) -> Rules:
    """The network as arrays; the last few are kept, for replications come in rows."""
    for known, rules in _KEPT:
        if known is network:
            return rules
    rules = rules_of(network, _downstream_first(network))
    _KEPT.append((network, rules))
    del _KEPT[:-_MOST_KEPT]
    return rules


def _downstream_first(network: CareNetwork) -> list[int]:
    order = TopologicalSorter(blocking_ways(network)).static_order()
    return [network.station_names.index(name) for name in order]


def _steps(network: CareNetwork, rules: Rules, begins: float) -> tuple[FloatArray, NDArray[np.int32], FloatArray, int]:
    """Changes of places in order of time, then downstream first; and how many of them hold from the beginning."""
    turn = rules.downstream.tolist()
    early, later = [], []
    for s, station in enumerate(network.stations):
        for time, places in station.places[1:]:
            (later if time > begins else early).append((time, turn.index(s), s, places))
    later.sort(key=lambda step: step[:2])
    steps = early + later
    times, _, stations, places = zip(*steps, strict=True) if steps else ((), (), (), ())
    return (
        np.array(times, dtype=np.float64),
        np.array(stations, dtype=np.int32),
        np.array(places, dtype=np.float64),
        len(early),
    )


def _empty_state(network: CareNetwork, rules: Rules, key: tuple[int, int], begins: float, moving_share: float) -> State:
    stations, room = len(network.stations), 64 + len(rules.starts) + len(rules.starts) // 4
    pooled = moving_share > 0 and len(rules.sisters) > 0
    lines = 3 if (rules.buffer > 0).any() else 2 if pooled else 1
    levels = np.zeros((rules.levels, 3))
    levels[:, 2] = begins
    count = np.zeros(13, dtype=np.int64)
    width = _bucket_width(network)
    count[at.FREE], count[at.CURRENT] = -1, floor(begins / width)
    return State(
        key=np.array(key, dtype=np.int64),
        people=np.zeros((room, 12), dtype=np.int32),
        times=np.zeros((room, 2)),
        links=np.zeros((lines, room, 2), dtype=np.int32),
        lines=np.full((stations, lines, 2 * rules.orders, 2), -1, dtype=np.int32),
        wards=np.zeros((stations, 4), dtype=np.int64),
        places=np.array([station.places[0][1] for station in network.stations], dtype=np.float64),
        levels=levels,
        unsettled=np.empty(_most_unsettled(stations, room), dtype=np.int32),
        ring=np.full(TURN, -1, dtype=np.int32),
        opened=np.zeros(room, dtype=np.int32),
        due=np.zeros(room),
        count=count,
        clock=np.array([begins, np.ceil(begins), width, 1.0 / width]),
    )


def _begin(rules: Rules, state: State) -> None:
    """Count the people who are inside before anything happens."""
    state.count[at.INSIDE] = len(rules.starts)
    held = rules.starts[rules.starts[:, 5] == 0]
    kinds = rules.waiting_at // len(state.places)
    np.add.at(state.wards[:, at.TAKEN], held[:, 4], 1)
    np.add.at(state.levels[:, 0], held[:, 4] * kinds + rules.kind[held[:, 3]], 1.0)
    limited = np.where(state.places == inf, 0.0, state.places)
    state.levels[rules.place_at :, 0] = np.floor(limited)
    used_above = np.ceil(state.wards[:, at.TAKEN] - rules.opens_at * limited)
    is_open = np.minimum(np.maximum(rules.extra, 0), np.maximum(used_above, 0.0))
    state.levels[rules.escalation_at : rules.place_at, 0] = np.where(state.places == inf, 0.0, is_open)


def _most_unsettled(stations: int, people: int) -> int:
    # while free places are given out, each person comes into a buffer and is admitted at most once, which unsettles
    # three stations; a coupling step unsettles all of them
    return 3 * people + 2 * stations + 8


def _bucket_width(network: CareNetwork) -> float:
    """A power of two in which a handful of events are expected."""
    events = EVENTS_A_PERSON * sum(mean_rate(group.arrivals) for group in network.groups)
    return 2.0 ** (frexp(EVENTS_A_BUCKET / events)[1] - 1) if events > 0 else 1.0


def _grown(rules: Rules, state: State) -> State:
    """The same state with room for twice as many people."""
    room = 2 * len(state.people)

    def more(array: np.ndarray, axis: int = 0) -> np.ndarray:
        return np.concatenate([array, np.zeros_like(array)], axis=axis)

    return state._replace(
        people=more(state.people),
        times=more(state.times),
        links=more(state.links, axis=1),
        unsettled=np.empty(_most_unsettled(len(state.places), room), dtype=np.int32),
        opened=more(state.opened),
        due=more(state.due),
    )


def _with_more_log(period: Period, state: State) -> Period:
    more = len(period.log) + 8 * len(state.people)
    return period._replace(
        log=np.concatenate([period.log, np.empty(more)]),
        said=np.concatenate([period.said, np.empty((more, 4), dtype=np.int64)]),
    )


def _numbers(who: SmallArray) -> IntArray:
    """Persons' numbers, as in sim.engines.people."""
    stream, block, index = (who[:, column].astype(np.int64) for column in range(3))
    return stream << 40 | (block & 0xFFFFFF) << 16 | index


def _floats(factors: FloatArray | None, shape: tuple[int, ...]) -> FloatArray:
    return np.ones(shape) if factors is None else np.ascontiguousarray(factors, dtype=np.float64)
