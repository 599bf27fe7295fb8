"""Files that a person names: networks by path or by name, templates filled in for a typical locality."""

from __future__ import annotations

from pathlib import Path

from sim.inputs import Parameters, find_footprint, load_parameters, read_yaml
from sim.inputs.footprints import ENGLAND
from sim.network import CareNetwork, find_network, load_network
from sim.network.footprint import build_footprint
from sim.network.load import FOR_EACH


def find_file(text: str) -> Path:
    """The network file meant: a path that is there or looks like one, else the name of a shipped network."""
    path = Path(text)
    return path if path.is_file() or path.suffix in (".yaml", ".yml") else find_network(text)


def open_network(path: Path, parameters: Parameters | None = None) -> CareNetwork:
    """The network in a file; a template is filled in for one typical locality of England. Raises Faults."""
    data = read_yaml(path).data
    if not (isinstance(data, dict) and FOR_EACH in data):
        return load_network(path)
    parameters = parameters or load_parameters()
    england = find_footprint(ENGLAND)
    part = parameters.value("capacity.locality_people") / england.total
    people = {band: number * part for band, number in england.people.items()}
    return build_footprint(parameters, people, 1, "A typical locality of England", template=path)
