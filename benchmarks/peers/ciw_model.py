"""The constant case in Ciw: a network of nodes with blocking after service.

Ciw keeps a record of every service, which is its way of giving results; they are summed up in `outcome`, outside of
the time that is measured. Patients who come back are other classes, since a class may change only at a node. Among
people blocked, Ciw serves whoever was blocked first, whatever their priority; the means compared do not hang on it.
"""

from __future__ import annotations

from math import inf, log, log1p, sqrt

import ciw

from benchmarks.case import FIRST, Case, Patients, Stay
from benchmarks.outcome import Outcome
from benchmarks.peers.counting import Counter

AT_HOME = "at home"
"""A node without limit, where those wait who will be readmitted."""


class Node(ciw.Node):
    """A node that takes in people whose priority changed elsewhere, whom Ciw 3.2.7 would look for in the wrong line."""

    def accept(self, next_individual: ciw.Individual, completed: bool = False) -> None:
        next_individual.prev_priority_class = next_individual.priority_class
        super().accept(next_individual, completed)


class Model:
    """One replication, to be run and then asked."""

    def __init__(self, case: Case, seed: int) -> None:
        if any(len(steps) > 1 for steps in case.places.values()):
            raise ValueError("Ciw cannot vary the number of places")
        self.case = case
        self.nodes = (*case.stations, AT_HOME)
        ciw.seed(seed)
        self.simulation = ciw.Simulation(self._network(), node_class=Node)

    def run(self) -> None:
        """From the first day to the last."""
        self.simulation.simulate_until_max_time(self.case.days)

    def outcome(self) -> Outcome:
        """Records of services ended, and of individuals who are still inside."""
        counter, days = Counter(self.case), self.case.days
        kinds = {patients.name: patients.kind for patients in self.case.patients}
        counter.patients = sum(1 for record in self.simulation.get_all_records() if self._is_first(record))
        for record in self.simulation.get_all_records():
            self._count(counter, kinds, record)
        for node in self.simulation.nodes[1:-1]:
            name = self.nodes[node.id_number - 1]
            for person in node.all_individuals:
                began = person.service_start_date
                if name != AT_HOME and began is not False and began is not None:
                    self._still_here(counter, kinds, name, person, days)
        return counter.outcome()

    def _is_first(self, record: ciw.data_record.DataRecord) -> bool:
        return record.node == 1 and record.original_customer_class.endswith("/0") and record.record_type == "service"

    def _count(self, counter: Counter, kinds: dict[str, str], record: ciw.data_record.DataRecord) -> None:
        name = self.nodes[record.node - 1]
        if name == AT_HOME:
            return
        counter.departure(name, record.service_start_date, record.exit_date)
        if name == FIRST:
            kind = kinds[record.original_customer_class.partition("/")[0]]
            counter.admission(kind, record.arrival_date, record.service_start_date)
            counter.block(record.service_end_date, record.exit_date)

    def _still_here(self, counter: Counter, kinds: dict[str, str], name: str, person: object, days: float) -> None:
        counter.person_days[name] += counter.counted(person.service_start_date, days)
        if name == FIRST:
            kind = kinds[str(person.customer_class).partition("/")[0]]
            counter.admission(kind, person.arrival_date, person.service_start_date)
            counter.patients += str(person.customer_class).endswith("/0")
            if person.is_blocked:
                counter.block(person.service_end_date, days)

    # ---- the network ---------------------------------------------------------------------------------------------

    def _network(self) -> ciw.network.Network:
        case, classes = self.case, self._classes()
        later, home = list(case.later.values()), ciw.dists.Exponential(1 / case.interval)
        return ciw.create_network(
            arrival_distributions={
                name: [self._arrivals(patients, name), *([None] * (len(self.nodes) - 1))]
                for name, (patients, _) in classes.items()
            },
            service_distributions={
                name: [_length(patients.stay), *(_length(stay) for stay in later), home]
                for name, (patients, _) in classes.items()
            },
            routing={name: self._routing(patients, spell) for name, (patients, spell) in classes.items()},
            number_of_servers=[*(steps[0][1] for steps in case.places.values()), inf],
            queue_capacities=[inf, *([0] * len(later)), inf],
            priority_classes={name: patients.priority for name, (patients, _) in classes.items()},
            class_change_matrices=[*([{}] * len(case.stations)), self._coming_back(list(classes))],
        )

    def _classes(self) -> dict[str, tuple[Patients, int]]:
        """A class for every group and number of readmissions so far."""
        spells = range(self.case.at_most + 1)
        return {f"{patients.name}/{spell}": (patients, spell) for patients in self.case.patients for spell in spells}

    def _arrivals(self, patients: Patients, name: str) -> ciw.dists.Distribution | None:
        return ciw.dists.Exponential(patients.rate) if name.endswith("/0") else None

    def _routing(self, patients: Patients, spell: int) -> list[list[float]]:
        again = patients.readmission if spell < self.case.at_most else 0.0
        onward = [patients.ways[name] for name in self.case.later]
        nowhere = [0.0] * len(self.nodes)
        rows = [[0.0, *onward, patients.ways["home"] * again], *([nowhere] * len(self.case.later))]
        return [*rows, [1.0, *nowhere[1:]]]

    def _coming_back(self, classes: list[str]) -> dict[str, dict[str, float]]:
        """Who comes back is an emergency patient with one readmission more."""
        back = {patients.name: patients.returns_as for patients in self.case.patients}
        matrix = {}
        for name in classes:
            group, _, spell = name.partition("/")
            then = f"{back[group]}/{min(int(spell) + 1, self.case.at_most)}"
            matrix[name] = {other: float(other == then) for other in classes}
        return matrix


def _length(stay: Stay) -> ciw.dists.Distribution:
    if stay.family == "gamma":
        return ciw.dists.Gamma(stay.shape, stay.mean / stay.shape)
    variance = log1p(stay.cv**2)
    return ciw.dists.Lognormal(log(stay.mean) - variance / 2, sqrt(variance))
