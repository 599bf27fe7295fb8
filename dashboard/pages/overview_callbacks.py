"""Callbacks of the first screen: the server's are three lines each, the scripts' stand in assets/."""

from __future__ import annotations

from typing import Any

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.answers import Answer
from dashboard.enquiries import Gateway
from dashboard.figures.timeline import timeline
from dashboard.pages.overview import words
from dashboard.state import settings
from dashboard.story import spoken
from dashboard.theme import theme_of
from dashboard.wording import BY_ID, CHARTED

SCRIPTS = "upstream"


def register(app: Dash, gateway: Gateway) -> None:
    """Attach every callback of the page."""
    _register_server(app, gateway)
    _register_scripts(app)


def _register_server(app: Dash, gateway: Gateway) -> None:
    @app.callback(Output(ids.STATE, "data"), Input(ids.SEARCH, "data"), prevent_initial_call=True)
    def read_link(search: object) -> dict[str, Any]:
        return controls(gateway, search)

    @app.callback(
        Output(ids.RUN, "data"),
        Input(ids.ASKED, "data"),
        running=[(Output(ids.IN_FLIGHT, "data"), True, False)],
        prevent_initial_call=True,
    )
    def ask(asked: object) -> dict[str, Any]:
        return outcome(gateway, asked)

    texts = (ids.TITLE, ids.SAMPLE, ids.KPIS, ids.STORY, *map(ids.behind, CHARTED))

    @app.callback(
        [*(Output(each, "children") for each in texts), Output(ids.SPOKEN, "data")],
        Input(ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def show_words(name: object) -> tuple[Any, ...]:
        answer = known(gateway, name)
        return (*words(answer), {"name": answer.name, "text": spoken(answer)})

    @app.callback(
        [Output(ids.graph(measure), "figure") for measure in CHARTED],
        Input(ids.SHOWN, "data"),
        Input(ids.THEME, "data"),
        prevent_initial_call=True,
    )
    def show_charts(name: object, theme: object) -> list[dict[str, Any]]:
        answer = known(gateway, name)
        return [timeline(BY_ID[measure], answer, theme_of(theme)) for measure in CHARTED]


def controls(gateway: Gateway, search: object) -> dict[str, Any]:
    """Where every control stands for a link, in the units shown."""
    state = gateway.state(search)
    standing = settings(state, gateway.catalogue)
    levers = gateway.catalogue.levers
    shown = {p: v if isinstance(v, str) else levers[p].shown(v) for p, v in standing.items()}
    plain = {name: getattr(state, name) for name in ("place", "plan", "seed", "detail")}
    return {**plain, "years": str(state.years), "shown": shown}


def outcome(gateway: Gateway, asked: object) -> dict[str, Any]:
    """What became of a question: its number, its name, and whether the answer is there."""
    question = asked if isinstance(asked, dict) else {}
    result = gateway.ask(question.get("link"))
    return {"n": question.get("n"), "name": result.name, "status": result.status, "done": result.done, "of": result.of}


def known(gateway: Gateway, name: object) -> Answer:
    """The answer by its name; nothing changes on the page when it is no longer remembered."""
    answer = gateway.answer(name)
    if answer is None:
        raise PreventUpdate
    return answer


def _register_scripts(app: Dash) -> None:
    def script(name: str, *parts: Input | Output | State, wait: bool = True) -> None:
        app.clientside_callback(ClientsideFunction(SCRIPTS, name), *parts, prevent_initial_call=wait)

    lever, box = ({"type": kind, "path": MATCH} for kind in ("lever", "box"))
    choice = {"type": "choice", "path": MATCH}
    script("begin", Output(ids.SEARCH, "data"), Input(ids.CATALOGUE, "data"), wait=False)
    script("apply", Output(ids.QUESTION, "data", allow_duplicate=True), Input(ids.STATE, "data"))
    script(
        "lever",
        Output(lever, "value"),
        Output(box, "value"),
        Input(lever, "value"),
        Input(box, "value"),
        Input(box, "n_blur"),
        State(lever, "id"),
    )
    script("choice", Output(choice, "value"), Input(choice, "value"), State(choice, "id"))
    script(
        "control",
        Output(ids.QUESTION, "data"),
        *(Input(each, "value") for each in (ids.PLACE, ids.PLAN, ids.YEARS, ids.DETAIL, ids.SEED)),
    )
    script("settle", Output(ids.SHOWN, "data"), Input(ids.RUN, "data"))
    script("returned", Output(ids.LIVE, "children", allow_duplicate=True), Input(ids.IN_FLIGHT, "data"))
    script("say", Output(ids.LIVE, "children"), Input(ids.SPOKEN, "data"))
