"""The network of a footprint: a template filled in from parameters, once for each locality."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import raise_any
from sim.inputs.footprints import ENGLAND, find_footprint
from sim.inputs.parameters import Parameters
from sim.inputs.years import first_year
from sim.network.findings import Finding, fault_from
from sim.network.load import FOR_EACH, find_network, network_from_document
from sim.network.localities import in_localities
from sim.network.model import CareNetwork, Group
from sim.network.references import References
from sim.network.template import fill
from sim.network.traffic import expected_load

TEMPLATE = "footprint"


def build_footprint(
    parameters: Parameters,
    people: Mapping[str, float],
    localities: int,
    footprint_name: str,
    *,
    template: Path | None = None,
) -> CareNetwork:
    """The care network of a footprint, every locality with the same share of its people.

    people     by age band: the people to be represented, in all localities together
    template   another file than the shipped footprint.yaml
    Raises Faults for a template that cannot be filled in.
    """
    document = _document(template or find_network(TEMPLATE))
    local = {band: number / localities for band, number in people.items()}
    filled = fill(document, References(parameters, local))
    network = network_from_document(document, filled.data)
    network = replace(
        network,
        name=footprint_name,
        begins=network.begins and network.begins.replace(year=first_year(parameters)),
        groups=tuple(_with_origin(group, *filled.origins[group.name]) for group in network.groups),
    )
    return in_localities(_less_readmissions(network, filled.totals, document), localities)


def typical_locality(parameters: Parameters, template: Path) -> CareNetwork:
    """A template filled in for one locality of England, of the usual size and with England's ages. Raises Faults."""
    england = find_footprint(ENGLAND)
    part = parameters.value("capacity.locality_people") / england.total
    people = {band: number * part for band, number in england.people.items()}
    return build_footprint(parameters, people, 1, "A typical locality of England", template=template)


def is_template(path: Path) -> bool:
    """Whether a network file is to be filled in, rather than read as it is. Raises Faults."""
    data = read_yaml(path).data
    return isinstance(data, dict) and FOR_EACH in data


def _document(path: Path) -> Document:
    found = path.stat()
    return _read_once(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read_once(path: Path, changed: int, size: int) -> Document:
    """The template; read again only when the file has changed, which its time and size tell."""
    return read_yaml(path)


def _with_origin(group: Group, template: str, band: str | None) -> Group:
    return replace(group, template=template, age_band=band)


def _less_readmissions(network: CareNetwork, totals: Collection[str], document: Document) -> CareNetwork:
    """Fewer arrivals from outside in groups whose rate counts readmissions, so that both sum to the rate.

    Readmissions are linear in arrivals, so multipliers of the outside arrivals of those groups follow from as
    many linear equations. Raises Faults where other groups' readmissions alone exceed the rate.
    """
    usual = expected_load(network).arrivals
    chosen = [index for index, name in enumerate(network.group_names) if name in totals and usual[index]]
    if not chosen:
        return network
    columns = [_coming(network, _only(network, [index]), chosen) for index in chosen]
    others = [index for index in range(len(network.groups)) if index not in chosen]
    rest = usual[chosen] - _coming(network, _only(network, others), chosen)
    multipliers = dict(zip(chosen, np.linalg.solve(np.column_stack(columns), rest), strict=True))
    raise_any(
        [
            fault_from(_too_many(network.groups[index]), document)
            for index, multiplier in multipliers.items()
            if multiplier < 0
        ]
    )
    groups = enumerate(network.groups)
    return replace(network, groups=tuple(_slowed(group, multipliers.get(index)) for index, group in groups))


def _only(network: CareNetwork, chosen: Collection[int]) -> np.ndarray:
    """Multipliers that let only some groups arrive."""
    return np.array([float(index in chosen) for index in range(len(network.groups))])


def _coming(network: CareNetwork, multipliers: np.ndarray, chosen: list[int]) -> np.ndarray:
    """Arrivals and readmissions of the chosen groups together."""
    traffic = expected_load(network, multipliers)
    return (traffic.arrivals + traffic.readmitted)[chosen]


def _too_many(group: Group) -> Finding:
    path = ("groups", group.name, "arrivals", "rate")
    return Finding(path, "the rate", "is less than the readmissions that it is said to include")


def _slowed(group: Group, multiplier: float | None) -> Group:
    if multiplier is None or group.arrivals is None:
        return group
    return replace(group, arrivals=replace(group.arrivals, rate=group.arrivals.rate * float(multiplier)))
