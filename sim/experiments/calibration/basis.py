"""The place that is fitted: its people, and the network that stands for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sim.inputs import AGE_BANDS, STATIONS, Footprint, Parameters, find_footprint, load_footprints
from sim.inputs.footprints import ENGLAND
from sim.network.footprint import build_footprint
from sim.network.model import CareNetwork
from sim.network.traffic import expected_load
from sim.system import prepare

MILLION = 1_000_000.0


@dataclass(frozen=True)
class Basis:
    """People of a place by age band, for each million of whom the base year is worked out.

    footprint   None for England, whose places are as counted; else the place, whose places follow its need
    """

    name: str
    people: Mapping[str, float]
    footprint: Footprint | None = None

    def network(self, parameters: Parameters, people: float, localities: int) -> CareNetwork:
        """The care network of so many of its people, in so many localities of the usual size."""
        if self.footprint is None:
            return build_footprint(parameters, self._scaled(people), localities, self.name)
        return prepare(parameters, self.footprint, 1, people).network

    def places(self, parameters: Parameters, load: Mapping[str, float]) -> dict[str, float]:
        """Places of each kind of station for a million people: England's, shared out by need as far as they follow it.

        load   by kind of station, places that a million of its people use, if nobody has to wait
        """
        counted = {kind: parameters.value(_capacity(kind), unit="ratio") * MILLION for kind in STATIONS}
        if self.footprint is None:
            return counted
        follows, england_load = parameters.value("capacity.follows_need"), _england_load(parameters)
        return {
            kind: number * (1.0 + follows * (load[kind] / england_load[kind] - 1.0)) for kind, number in counted.items()
        }

    def _scaled(self, people: float) -> dict[str, float]:
        whole = sum(self.people.values())
        return {band: self.people[band] * people / whole for band in AGE_BANDS}

    def million(self, parameters: Parameters) -> CareNetwork:
        """A million of its people as one locality; only for flows and loads, since its places are England's."""
        return build_footprint(parameters, self._scaled(MILLION), 1, self.name)


def england() -> Basis:
    """England by the people counted in the year that the published rates are taken over."""
    return Basis(_england().name, _england().counted)


def of_footprint(footprint: Footprint) -> Basis:
    """A footprint by its people at the start of the model; England as above."""
    return england() if footprint.slug == ENGLAND else Basis(footprint.name, footprint.people, footprint)


@cache
def _england() -> Footprint:
    return find_footprint(ENGLAND, load_footprints())


def _england_load(parameters: Parameters) -> dict[str, float]:
    """Places that a million of England's people use at the start of the model: the measure of a place's need."""
    return load_by_kind(Basis(ENGLAND, _england().people).million(parameters))


def load_by_kind(network: CareNetwork) -> dict[str, float]:
    """People in places by kind of station, if nobody has to wait."""
    load = expected_load(network).load.sum(axis=0)
    kinds = [station.kind for station in network.stations]
    return {kind: sum(float(load[place]) for place, each in enumerate(kinds) if each == kind) for kind in STATIONS}


def _capacity(kind: str) -> str:
    return "capacity.acute_beds" if kind == "acute" else f"capacity.{kind}"
