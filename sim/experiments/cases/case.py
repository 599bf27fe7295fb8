"""A published case: networks to run, and what is expected of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.experiments.cases.schema import FigureSpec, PropertySpec, QuantitySpec
from sim.network.model import CareNetwork

BASE = ""
"""The name of the network as the case has it, without a variant."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An expected figure, with all that the case says for all its figures filled in."""

    variant: str
    spec: FigureSpec


@dataclass(frozen=True, slots=True)
class Property:
    """How a quantity goes over some networks.

    variants   names of the networks, in order
    shown      what each is called in the answer
    values     what was swept, where that was numbers; else the positions
    """

    variants: tuple[str, ...]
    shown: tuple[str, ...]
    values: tuple[float, ...]
    spec: PropertySpec


@dataclass(frozen=True, slots=True)
class Case:
    """A case, checked and ready to run.

    id         the name of its file
    networks   by variant; those that no figure asks for are not among them
    """

    id: str
    title: str
    says: str
    source: str
    file: str
    seed: int
    networks: Mapping[str, CareNetwork]
    figures: tuple[Figure, ...]
    properties: tuple[Property, ...]

    def quantities(self, variant: str) -> tuple[QuantitySpec, ...]:
        """What is asked of one network, each once."""
        asked = [quantity_of(each.spec) for each in self.figures if each.variant == variant]
        for each in self.properties:
            if variant in each.variants:
                asked += [quantity_of(spec) for spec in (each.spec, each.spec.there) if spec]
        return tuple(asked[place] for place in range(len(asked)) if asked[place] not in asked[:place])

    @property
    def replications(self) -> int:
        """Replications of all networks together."""
        return sum(network.settings.replications for network in self.networks.values())


def quantity_of(spec: QuantitySpec) -> QuantitySpec:
    """The quantity alone, of whatever is expected of it."""
    return QuantitySpec.model_construct(**{name: getattr(spec, name) for name in QuantitySpec.model_fields})
