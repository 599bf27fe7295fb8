"""Controls of the views of people and pounds: a year, and the plan, doing nothing or the difference."""

from __future__ import annotations

from dash import html

from dashboard import ids
from dashboard.facts.accounts import Show
from dashboard.link.looks import SHOWS
from dashboard.wording.language import _, mark

NAMES: dict[Show, str] = {"plan": mark("This plan"), "baseline": mark("Do nothing"), "difference": mark("Difference")}
KEY = mark(
    "Difference: blue is more than doing nothing, orange is less (not better or worse), grey is no more than chance "
    "may bring; the width is the size of the change."
)


def look_controls() -> html.Div:
    """One row above the chart; the scripts fill the years and mark what is shown."""
    return html.Div(
        [
            html.Label(_("Year"), htmlFor=ids.LOOK_YEAR),
            _step("\u25c0", _("Year before"), "-1"),
            html.Select([], id=ids.LOOK_YEAR, className="look-year"),
            _step("\u25b6", _("Year after"), "1"),
            html.Div(
                [_show(name) for name in SHOWS],
                className="look-shows",
                role="group",
                **{"aria-label": _("What is shown")},
            ),
            html.P(_(KEY), className="key look-key"),
        ],
        id=ids.LOOK,
        className="look",
    )


def _step(sign: str, says: str, by: str) -> html.Button:
    return html.Button(
        sign, type="button", className="icon-button look-step", title=says, **{"aria-label": says, "data-step": by}
    )


def _show(name: Show) -> html.Button:
    return html.Button(
        _(NAMES[name]), type="button", className="look-show", **{"data-show": name, "aria-pressed": "false"}
    )
