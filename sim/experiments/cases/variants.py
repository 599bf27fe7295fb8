"""The networks of a case: its network file with the changes of each variant laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.experiments.cases.case import BASE
from sim.experiments.cases.check import fault_at, unknown
from sim.experiments.cases.schema import PropertySpec
from sim.experiments.cases.shape import CaseShape
from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault, Faults
from sim.network.findings import Finding
from sim.network.model import CareNetwork
from sim.network.vary import Change, varied


class Variants:
    """Networks by variant, made when they are first asked for; what is wrong with them gathers in `faults`."""

    def __init__(self, shape: CaseShape, network: Document) -> None:
        self.shape, self.document, self.file = shape, shape.document, network
        self.faults: list[Fault] = []
        self._made: dict[str, CareNetwork | None] = dict.fromkeys(shape.wrong)
        self._used: dict[str, None] = {}

    def used(self) -> dict[str, CareNetwork]:
        """The networks that were asked for."""
        return {name: network for name in self._used if (network := self._made[name]) is not None}

    def network(self, name: str, path: Steps) -> CareNetwork | None:
        """The network of a variant that is named at `path`; None when there is no such variant, or it is wrong."""
        if not self._is_known(name, path):
            return None
        self._used[name] = None
        return self._network(name)

    def sweep(self, spec: PropertySpec, path: Steps) -> tuple[str, ...]:
        """Names of the networks in which the values swept stand in turn."""
        under = spec.variant or BASE
        if not self._is_known(under, (*path, "variant")) or self._network(under) is None:
            return ()
        return tuple(self._point(spec, path, under, point) for point in range(spec.points))

    def check_all(self) -> None:
        """Make the variants that nobody asked for, so that their faults are told too."""
        for name in (BASE, *self.shape.variants):
            self._network(name)

    def _point(self, spec: PropertySpec, path: Steps, under: str, point: int) -> str:
        name = f"{'.'.join(map(str, path))}.{point}"
        swept = [
            Change(key, values[point], self.document.name, self.document.line((*path, "sweep", key, point)))
            for key, values in spec.sweep.items()
        ]
        self._made[name] = self._make(name, [*self._changes(under), *swept], path)
        return name

    def _is_known(self, name: str, path: Steps) -> bool:
        known = [BASE, *self._made, *self.shape.variants]
        found = list(unknown(path, name, "is not a variant of this case", known))
        self.faults += [fault_at(each, self.document) for each in found]
        return not found

    def _network(self, name: str) -> CareNetwork | None:
        if name not in self._made:
            self._made[name] = None  # who builds on this one meanwhile builds on something wrong
            parents = self.shape.variants[name].builds_on if name else ()
            known = [self._is_known(each, ("variants", name, "builds_on")) for each in parents]
            needed = (*parents, BASE) if name else ()
            if all(known) and not self._goes_round(name) and all(self._network(each) for each in needed):
                path: Steps = ("variants", name) if name else ("change",)
                self._made[name] = self._make(name, list(self._changes(name)), path)
        return self._made[name]

    def _make(self, name: str, changes: list[Change], path: Steps) -> CareNetwork | None:
        title = f"variant {name}" if name in self.shape.variants else name or "change"
        try:
            return varied(self.file, changes, title, self.document.name, self.document.line(path))
        except Faults as error:
            self.faults += error.faults
            return None

    def _changes(self, name: str) -> Iterator[Change]:
        """Changes of the whole case, then of what a variant builds on, then its own."""
        if name == BASE:
            yield from self._written(self.shape.case.change, ("change",))
            return
        yield from self._changes(BASE)
        for ancestor in self._lineage(name):
            yield from self._written(self.shape.variants[ancestor].change, ("variants", ancestor, "change"))

    def _lineage(self, name: str) -> dict[str, None]:
        """What a variant builds on, each once, and the variant itself last."""
        found: dict[str, None] = {}
        for parent in self.shape.variants[name].builds_on:
            found |= self._lineage(parent)
        return found | {name: None}

    def _goes_round(self, name: str) -> bool:
        """Whether a variant builds on itself, by however many steps; if so, that is a fault."""
        reached, more = set[str](), [name]
        while more:
            spec = self.shape.variants.get(more.pop())
            fresh = set(spec.builds_on) - reached if spec else set()
            reached |= fresh
            more += fresh
        if name in reached:
            finding = Finding(("variants", name, "builds_on"), "it", "leads back to the variant itself")
            self.faults.append(fault_at(finding, self.document))
        return name in reached

    def _written(self, changes: Mapping[str, Any], path: Steps) -> Iterator[Change]:
        for key, value in changes.items():
            yield Change(key, value, self.document.name, self.document.line((*path, key)))
