"""How the model is run: years, how closely to look, and the seed."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from dashboard.answers import Catalogue, Detail
from dashboard.state import LARGEST_SEED
from dashboard.wording import times_in_words


def settings(catalogue: Catalogue) -> html.Section:
    """A group of its own below the levers."""
    return html.Section(
        [
            html.H3("How it is run", className="group-title", id="group-run"),
            _years(catalogue),
            _detail(catalogue),
            _seed(catalogue),
        ],
        className="group group-run",
        **{"aria-labelledby": "group-run"},
    )


def detail_words(detail: Detail) -> str:
    """A detail and what it means, such as "Quick sketch: 100,000 people, twice"."""
    return f"{detail.label}: {detail.people:,} people, {times_in_words(detail.replications)}"


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


def _detail(catalogue: Catalogue) -> dmc.Select:
    return dmc.Select(
        id=ids.DETAIL,
        label="How closely to look",
        data=[{"value": detail.name, "label": detail_words(detail)} for detail in catalogue.details.values()],
        value=catalogue.default_detail,
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
    )
