"""The care networks there are files for, as they stand now, drawn or with what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dashboard.facts.networks import Network, NetworkArrow, NetworkBox
from dashboard.gateway.looked_up import believed
from sim.inputs import Faults
from sim.network import load_network, network_files
from sim.network.diagram import diagram
from sim.network.footprint import TEMPLATE, is_template, typical_locality

AT_HAND = 64


def networks() -> Sequence[str]:
    """Names of all networks, that of a footprint first."""
    names = list(network_files())
    return sorted(names, key=lambda name: (name != TEMPLATE, name))


def network(name: object) -> Network:
    """A network by name; anything unknown is that of a footprint."""
    files = network_files()
    wanted = name if isinstance(name, str) and name in files else TEMPLATE
    path = files[wanted]
    return _drawn(wanted, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=AT_HAND)
def _drawn(name: str, path: Path, _changed: int) -> Network:
    """Read again only when the file has changed, which its time tells."""
    try:
        found = typical_locality(believed(), path) if is_template(path) else load_network(path)
    except Faults as faults:
        return Network(name, name.replace("_", " "), faults=str(faults))
    drawn = diagram(found)
    return Network(
        name,
        found.name,
        " ".join(found.says.split()),
        " ".join(found.source.split()),
        tuple(NetworkBox(each.id, each.label, each.sort, each.words, each.owner) for each in drawn.boxes),
        tuple(NetworkArrow(way.source, way.target, way.sort, way.words, way.holds) for way in drawn.arrows),
        drawn.legend,
    )
