"""Counting what flows: levels that are integrated over time, events that are counted, all by period."""

from __future__ import annotations

import numpy as np

from sim.engines.contract import WAIT_BINS, Flow
from sim.network.model import CareNetwork
from sim.results.waits import wait_bin


class Level:
    """A number that goes up and down; `area` is its integral over the period so far."""

    __slots__ = ("area", "since", "value")

    def __init__(self, since: float) -> None:
        self.value, self.area, self.since = 0, 0.0, since

    def change(self, now: float, by: int) -> None:
        """Add `by` at time `now`."""
        self.area += self.value * (now - self.since)
        self.since = now
        self.value += by

    def take(self, now: float) -> float:
        """The integral up to `now`; the next period begins from nothing."""
        self.change(now, 0)
        area, self.area = self.area, 0.0
        return area


def _levels(rows: int, columns: int, since: float) -> list[list[Level]]:
    return [[Level(since) for _ in range(columns)] for _ in range(rows)]


class Tally:
    """The counters and levels of one engine, in the order of the network's tuples."""

    def __init__(self, network: CareNetwork, begins: float) -> None:
        self.stations, self.kinds = len(network.stations), len(network.kinds)
        self.exits = len(network.exits)
        self.occupied = _levels(self.stations, self.kinds, begins)
        self.waiting = _levels(self.stations, self.kinds, begins)
        self.delay = _levels(self.stations, self.stations + self.exits, begins)
        self.blocked = _levels(self.stations, self.stations, begins)
        self.escalation = _levels(self.stations, 1, begins)
        self.place = _levels(self.stations, 1, begins)
        self.inside = 0
        self.census: list[list[int]] = []
        self.waiting_census: list[list[int]] = []
        self._fresh()

    def _fresh(self) -> None:
        shape = (self.stations, self.kinds)
        self.arrived, self.lost, self.reneged, self.died_waiting, self.admitted, self.departed = (
            np.zeros(shape, dtype=np.int64) for _ in range(6)
        )
        self.readmitted, self.diverted = (np.zeros(self.kinds, dtype=np.int64) for _ in range(2))
        self.left_by = np.zeros(self.exits, dtype=np.int64)
        self.moved = np.zeros((self.stations + self.kinds, self.stations + self.exits), dtype=np.int64)
        self.waits = np.zeros((*shape, WAIT_BINS), dtype=np.int64)
        self.wait_total = np.zeros(shape)

    def waited(self, station: int, kind: int, wait: float) -> None:
        """Somebody from outside was admitted after this wait."""
        self.waits[station, kind, wait_bin(wait, WAIT_BINS)] += 1
        self.wait_total[station, kind] += wait

    def count_heads(self) -> None:
        """The daily census: people in places and people waiting, by station."""
        self.census.append([sum(level.value for level in row) for row in self.occupied])
        self.waiting_census.append([sum(level.value for level in row) for row in self.waiting])

    def close(self, start: float, now: float, unlimited: np.ndarray, waiting_long: np.ndarray) -> Flow:
        """The flow of the period that ends now; counting starts again."""
        place_time = _take(self.place, now)[:, 0]
        flow = Flow(
            start=start,
            end=now,
            arrived=self.arrived,
            lost=self.lost,
            reneged=self.reneged,
            died_waiting=self.died_waiting,
            admitted=self.admitted,
            departed=self.departed,
            readmitted=self.readmitted,
            diverted=self.diverted,
            exits=self.left_by,
            moved=self.moved,
            place_time=np.where(unlimited, np.inf, place_time),
            occupied_time=_take(self.occupied, now),
            escalation_time=_take(self.escalation, now)[:, 0],
            delay_time=_take(self.delay, now),
            blocked_time=_take(self.blocked, now),
            waiting_time=_take(self.waiting, now),
            waits=self.waits,
            wait_total=self.wait_total,
            census=_heads(self.census, self.stations),
            waiting_census=_heads(self.waiting_census, self.stations),
            occupied=_values(self.occupied),
            waiting=_values(self.waiting),
            blocked=_values(self.blocked),
            waiting_long=waiting_long,
            inside=self.inside,
        )
        self.census, self.waiting_census = [], []
        self._fresh()
        return flow


def _take(levels: list[list[Level]], now: float) -> np.ndarray:
    return np.array([[level.take(now) for level in row] for row in levels])


def _values(levels: list[list[Level]]) -> np.ndarray:
    return np.array([[level.value for level in row] for row in levels], dtype=np.int64)


def _heads(rows: list[list[int]], stations: int) -> np.ndarray:
    return np.array(rows, dtype=np.int64).reshape(-1, stations).T
