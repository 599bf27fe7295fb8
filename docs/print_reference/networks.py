"""The page of care networks: each shipped file as a diagram and in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docs.print_reference.words import PRINTED, page
from sim.network import describe, network_files
from sim.network.diagram import diagram
from sim.network.diagram_mermaid import mermaid
from sim.network.opening import open_network

FOOTPRINT = "footprint"


def networks_page() -> str:
    """The footprint first, then the others by name."""
    files = network_files()
    ordered = [FOOTPRINT, *(name for name in files if name != FOOTPRINT)]
    return page([
        "# Care networks",
        PRINTED,
        "Every shipped network, drawn from its file in `parameters/networks`. `upstream network NAME --diagram` prints "
        "the same drawing, of a file of your own too, as [Mermaid](https://mermaid.js.org) text, which many sites and "
        "editors draw by themselves. What a key of a file means is on [the network file](network-file.md). Rates "
        "and loads are those of the start, if nobody had to wait.",
        *(part for name in ordered for part in _network(name, files[name])),
    ])  # fmt: skip


def _network(name: str, path: Path) -> Iterator[str]:
    loaded = open_network(path)
    drawn = diagram(loaded)
    yield f'<a id="{name}"></a>\n\n## {loaded.name}'
    yield f"`parameters/networks/{path.name}`"
    yield f"```mermaid\n{mermaid(drawn)}```"
    yield "\n".join(f"* {line}" for line in drawn.legend)
    yield f"```text\n{describe(loaded).text}\n```"
