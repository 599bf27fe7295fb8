"""Callbacks of the first screen: the server's reads a link, the scripts' stand in assets/."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from dashboard import ids
from dashboard.answering.enquiries import Gateway
from dashboard.link.notices import notices
from dashboard.link.state import settings

SCRIPTS = "upstream"


def register(app: Dash, gateway: Gateway) -> None:
    """Attach every callback of the page."""

    @app.callback(Output(ids.STATE, "data"), Input(ids.SEARCH, "data"), prevent_initial_call=True)
    def read_link(search: object) -> dict[str, Any]:
        return controls(gateway, search)

    _register_scripts(app)


def controls(gateway: Gateway, search: object) -> dict[str, Any]:
    """Where every control stands for a link, in the units shown, and what of the link was not taken as written."""
    state = gateway.state(search)
    standing = settings(state, gateway.catalogue)
    levers = gateway.catalogue.levers
    shown = {p: v if isinstance(v, str) else levers[p].shown(v) for p, v in standing.items()}
    plain = {name: getattr(state, name) for name in ("place", "plan", "seed", "replications")}
    told = notices(search if isinstance(search, str) else "", gateway.catalogue)
    return {**plain, "years": str(state.years), "shown": shown, "notices": list(told)}


def _register_scripts(app: Dash) -> None:
    def script(name: str, *parts: Input | Output, wait: bool = True) -> None:
        app.clientside_callback(ClientsideFunction(SCRIPTS, name), *parts, prevent_initial_call=wait)

    script("begin", Output(ids.SEARCH, "data"), Input(ids.CATALOGUE, "data"), wait=False)
    script("apply", Output(ids.QUESTION, "data", allow_duplicate=True), Input(ids.STATE, "data"))
    script("control", Output(ids.QUESTION, "data"), Input(ids.PLACE, "value"), Input(ids.PLAN, "value"))
