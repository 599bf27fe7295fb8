"""The reference case in plain SimPy: resources, processes and a random generator, as its tutorials teach.

Written without knowledge of our engines' tricks. SimPy cannot vary the places of a resource; the usual way is to set
its capacity and let it look at its queue again.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from math import log, log1p, sqrt

import numpy as np
import simpy

from benchmarks.case import FIRST, Case, Patients, Stay
from benchmarks.outcome import Outcome
from benchmarks.peers.counting import Counter

Process = Generator[simpy.Event, None, None]


class Model:
    """One replication."""

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.random, self.count = case, np.random.default_rng(seed), Counter(case)
        self.env = simpy.Environment()
        self.beds = simpy.PriorityResource(self.env, case.places[FIRST][0][1])
        self.later = {name: simpy.Resource(self.env, case.places[name][0][1]) for name in case.later}
        self.groups = {patients.name: patients for patients in case.patients}
        self.inside: dict[int, tuple[str, float]] = {}
        self.held: dict[int, float] = {}
        self.number = count()

    def run(self) -> None:
        """Everything from the first day to the last."""
        for patients in self.case.patients:
            self.env.process(self.arrivals(patients))
        for name, resource in {FIRST: self.beds, **self.later}.items():
            self.env.process(self.changes(name, resource))
        self.env.run(until=self.case.days)

    def outcome(self) -> Outcome:
        """What was counted, with those who are still inside."""
        return self.count.outcome(self.inside.values(), self.held.values())

    def arrivals(self, patients: Patients) -> Process:
        """A Poisson process whose rate changes each day, by thinning."""
        case = self.case
        busiest = max(patients.by_month or (1,)) * max(patients.by_weekday or (1,))
        highest = patients.rate * busiest * (1 + case.growth) ** (case.days / 365.25)
        while True:
            yield self.env.timeout(self.random.exponential(1 / highest))
            now = self.env.now
            rate = patients.rate * case.factor(patients, int(now)) * (1 + case.growth) ** (now / 365.25)
            if self.random.random() < rate / highest:
                self.count.patients += 1
                self.env.process(self.patient(patients, 0))

    def patient(self, patients: Patients, spell: int) -> Process:
        """Acute bed, perhaps a later place while the bed is held, perhaps back again."""
        env, me, asked = self.env, next(self.number), self.env.now
        with self.beds.request(priority=patients.priority) as bed:
            yield bed
            self.count.admission(patients.kind, asked, env.now)
            admitted = env.now
            self.inside[me] = (FIRST, admitted)
            yield env.timeout(self.length(patients.stay))
            way = self.way(patients)
            if way in self.later:
                place = self.later[way].request()
                self.held[me] = env.now
                yield place
                self.count.block(self.held.pop(me), env.now)
            self.count.departure(FIRST, admitted, env.now)
        if way in self.later:
            begun = env.now
            self.inside[me] = (way, begun)
            yield env.timeout(self.length(self.case.later[way]))
            self.later[way].release(place)
            self.count.departure(way, begun, env.now)
        del self.inside[me]
        if way == "home" and spell < self.case.at_most and self.random.random() < patients.readmission:
            yield env.timeout(self.random.exponential(self.case.interval))
            env.process(self.patient(self.groups[patients.returns_as], spell + 1))

    def length(self, stay: Stay) -> float:
        """A length of stay, days."""
        if stay.family == "gamma":
            return self.random.gamma(stay.shape, stay.mean / stay.shape)
        variance = log1p(stay.cv**2)
        return self.random.lognormal(log(stay.mean) - variance / 2, sqrt(variance))

    def way(self, patients: Patients) -> str:
        """Where somebody goes from the acute bed."""
        lot = self.random.random()
        for name, share in patients.ways.items():
            lot -= share
            if lot < 0:
                return name
        return "home"

    def changes(self, name: str, resource: simpy.Resource) -> Process:
        """Places opened and closed at their time; who is inside stays."""
        for day, places in self.case.places[name][1:]:
            yield self.env.timeout(day - self.env.now)
            resource._capacity = places
            waiting = -1
            while len(resource.queue) != waiting:  # SimPy admits one at a time
                waiting = len(resource.queue)
                resource._trigger_put(None)
