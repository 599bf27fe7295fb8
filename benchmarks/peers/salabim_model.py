"""The constant case in salabim: components that request resources.

salabim's monitors are off, as its manual advises for speed; what is compared is counted as in the other models.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log, log1p, sqrt
from random import Random

import salabim

from benchmarks.case import FIRST, Case, Patients, Stay
from benchmarks.outcome import Outcome
from benchmarks.peers.counting import Counter

salabim.yieldless(False)


class Model:
    """One replication, and what its components share."""

    def __init__(self, case: Case, seed: int) -> None:
        if any(len(steps) > 1 for steps in case.places.values()):
            raise ValueError("this model has constant places")
        self.case, self.random, self.count = case, Random(seed), Counter(case)
        self.env = salabim.Environment(random_seed=seed, trace=False)
        self.wards = {
            name: salabim.Resource(name, capacity=steps[0][1], env=self.env, monitor=False)
            for name, steps in case.places.items()
        }
        self.groups = {patients.name: patients for patients in case.patients}
        self.inside: dict[int, tuple[str, float]] = {}
        self.held: dict[int, float] = {}

    def run(self) -> None:
        """Everything from the first day to the last."""
        for patients in self.case.patients:
            Door(model=self, patients=patients, env=self.env)
        self.env.run(till=self.case.days)

    def outcome(self) -> Outcome:
        """What was counted, with those who are still inside."""
        return self.count.outcome(self.inside.values(), self.held.values())

    def length(self, stay: Stay) -> float:
        """A length of stay, days."""
        if stay.family == "gamma":
            return self.random.gammavariate(stay.shape, stay.mean / stay.shape)
        variance = log1p(stay.cv**2)
        return self.random.lognormvariate(log(stay.mean) - variance / 2, sqrt(variance))


class Door(salabim.Component):
    """Poisson arrivals of one group."""

    def setup(self, model: Model, patients: Patients) -> None:
        self.model, self.patients = model, patients

    def process(self) -> Iterator[object]:
        while True:
            yield self.hold(self.model.random.expovariate(self.patients.rate))
            self.model.count.patients += 1
            Patient(model=self.model, patients=self.patients, spell=0, wait=0.0, env=self.env)


class Patient(salabim.Component):
    """Acute bed, perhaps a later place while the bed is held, perhaps back again."""

    def setup(self, model: Model, patients: Patients, spell: int, wait: float) -> None:
        self.model, self.patients, self.spell, self.away = model, patients, spell, wait

    def process(self) -> Iterator[object]:
        model, patients, case = self.model, self.patients, self.model.case
        if self.away:
            yield self.hold(self.away)
        beds, asked = model.wards[FIRST], self.env.now()
        yield self.request((beds, 1, patients.priority))
        admitted = self.env.now()
        model.count.admission(patients.kind, asked, admitted)
        model.inside[id(self)] = (FIRST, admitted)
        yield self.hold(model.length(patients.stay))
        way = model.random.choices(list(patients.ways), list(patients.ways.values()))[0]
        if way in case.later:
            model.held[id(self)] = self.env.now()
            yield self.request(model.wards[way])
            model.count.block(model.held.pop(id(self)), self.env.now())
        self.release(beds)
        model.count.departure(FIRST, admitted, self.env.now())
        if way in case.later:
            begun = self.env.now()
            model.inside[id(self)] = (way, begun)
            yield self.hold(model.length(case.later[way]))
            self.release(model.wards[way])
            model.count.departure(way, begun, self.env.now())
        del model.inside[id(self)]
        if way == "home" and self.spell < case.at_most and model.random.random() < patients.readmission:
            again, away = model.groups[patients.returns_as], model.random.expovariate(1 / case.interval)
            Patient(model=model, patients=again, spell=self.spell + 1, wait=away, env=self.env)
