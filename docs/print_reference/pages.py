"""Every printed page by file name."""

from __future__ import annotations

from pathlib import Path

from docs.print_reference.calibration import calibration_page
from docs.print_reference.equations import equations_page
from docs.print_reference.impact import impact_cells, impact_page
from docs.print_reference.networks import networks_page
from docs.print_reference.parameters import assumptions_page, parameters_page
from docs.print_reference.programmes import programmes_page
from docs.print_reference.sources import measures_page, sources_page
from sim.experiments.impact import load_impacts
from sim.inputs import load_parameters, load_sources, load_studies

FOLDER = Path(__file__).parents[1] / "reference"


def pages() -> dict[str, str]:
    """Every printed page by file name."""
    known, sources, studies = load_parameters(), load_sources(), load_studies()
    stored = load_impacts()
    impacts = impact_cells(stored, known)
    return {
        "parameters.md": parameters_page(known, impacts),
        "programmes.md": programmes_page(known, studies, impacts),
        "sources.md": sources_page(known, sources, studies),
        "measures.md": measures_page(),
        "assumptions.md": assumptions_page(known, impacts),
        "calibration.md": calibration_page(),
        "networks.md": networks_page(),
        "equations.md": equations_page(),
        "impact.md": impact_page(stored, known),
    }
