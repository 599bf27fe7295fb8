"""Network files that a person names: by path or by name, templates filled in for a typical locality."""

from __future__ import annotations

from pathlib import Path

from sim.inputs import Parameters, load_parameters
from sim.network.footprint import is_template, typical_locality
from sim.network.load import find_network, load_network
from sim.network.model import CareNetwork


def find_file(text: str) -> Path:
    """The network file meant: a path that is there or looks like one, else the name of a shipped network."""
    path = Path(text)
    return path if path.is_file() or path.suffix in (".yaml", ".yml") else find_network(text)


def open_network(path: Path, parameters: Parameters | None = None) -> CareNetwork:
    """The network in a file; a template is filled in for one typical locality of England. Raises Faults."""
    if is_template(path):
        return typical_locality(parameters or load_parameters(), path)
    return load_network(path)
