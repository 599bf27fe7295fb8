"""The bar across the top: which place, which plan, share, theme."""

from __future__ import annotations

from itertools import groupby

import dash_mantine_components as dmc
from dash import html

from dashboard import ids
from dashboard.components.languages import languages
from dashboard.facts.catalogue import Catalogue
from dashboard.wording.language import _


def bar(catalogue: Catalogue) -> html.Header:
    """Name, the two choices that matter most, and small tools."""
    return html.Header(
        [
            html.H1("Upstream", className="brand"),
            _place(catalogue),
            _plan(catalogue),
            _opens(ids.SCENARIOS, _("Scenarios")),
            _opens(ids.SHARE, _("Share")),
            html.Button(_("Help"), id=ids.HELP, type="button", className="bar-button"),
            *languages(),
            html.Button(_("Dark"), id=ids.THEME_BUTTON, type="button", className="bar-button"),
        ],
        className="bar",
    )


def _opens(identity: str, words: str) -> html.Button:
    """A button that opens a dialog, which scripts make."""
    return html.Button(words, id=identity, type="button", className="bar-button", **{"aria-haspopup": "dialog"})


def _place(catalogue: Catalogue) -> dmc.Select:
    places = sorted(catalogue.places.values(), key=lambda place: (place.region != "", place.region, place.name))
    groups = [
        {"group": region or _("All"), "items": [{"value": each.slug, "label": each.name} for each in group]}
        for region, group in groupby(places, key=lambda place: place.region)
    ]
    return dmc.Select(
        id=ids.PLACE,
        data=groups,
        value=catalogue.default_place,
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=_("No place of that name"),
        maxDropdownHeight=420,
        size="sm",
        className="bar-place",
        **{"aria-label": _("Place")},
    )


def _plan(catalogue: Catalogue) -> dmc.Select:
    return dmc.Select(
        id=ids.PLAN,
        data=[
            *({"value": plan.name, "label": plan.title} for plan in catalogue.plans.values()),
            *(
                {
                    "value": plan.name,
                    "label": _("{plan} (not here: {why})", plan=plan.title, why=plan.refused),
                    "disabled": True,
                }
                for plan in catalogue.refused.values()
            ),
        ],
        value=catalogue.default_plan,
        allowDeselect=False,
        size="sm",
        className="bar-plan",
        **{"aria-label": _("Plan to start from")},
    )
