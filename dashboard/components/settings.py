"""How the model is run: years, how many replications, and the seed."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from dashboard.answering.precision import NARROW
from dashboard.facts.catalogue import Catalogue
from dashboard.link.state import LARGEST_SEED

HINT = (
    "A replication is one run of the place, with its own luck in who falls ill and for how long. "
    f"More of them take longer and make ranges narrower. {NARROW}"
)


def settings(catalogue: Catalogue) -> html.Section:
    """A group of its own below the levers."""
    return html.Section(
        [
            html.H3("How it is run", className="group-title", id="group-run"),
            _years(catalogue),
            _replications(catalogue),
            _seed(catalogue),
        ],
        className="group group-run",
        **{"aria-labelledby": "group-run"},
    )


def _years(catalogue: Catalogue) -> dmc.Select:
    return dmc.Select(
        id=ids.YEARS,
        label=f"Years, from April {catalogue.begins}",
        data=[
            {"value": str(n), "label": f"{n} year{'s' if n > 1 else ''}, to March {catalogue.begins + n}"}
            for n in range(1, catalogue.most_years + 1)
        ],
        value=str(catalogue.default_years),
        allowDeselect=False,
        size="xs",
    )


def _replications(catalogue: Catalogue) -> dmc.Select:
    return dmc.Select(
        id=ids.REPLICATIONS,
        label="Replications",
        description=HINT,
        data=[{"value": each.name, "label": each.label} for each in catalogue.replications.values()],
        value=catalogue.default_replications,
        allowDeselect=False,
        size="xs",
    )


def _seed(catalogue: Catalogue) -> dmc.NumberInput:
    return dmc.NumberInput(
        id=ids.SEED,
        label="Seed: another number, other chances",
        value=catalogue.default_seed,
        min=0,
        max=LARGEST_SEED,
        allowDecimal=False,
        clampBehavior="blur",
        hideControls=True,
        debounce=600,
        size="xs",
        className="seed-box",
    )
