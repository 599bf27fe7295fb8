"""Learn: short lessons, one idea a page, each with a small network that runs while a slider is moved. Plain pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from dash import html
from flask import Flask, Response, abort, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.html_text import to_html
from dashboard.components.learning import (
    ENGLISH,
    chart_frame,
    listed,
    numbers_shown,
    question,
    slider_row,
    table_behind,
    ways,
)
from dashboard.facts.learning import BusyError, Lesson, School
from dashboard.figures.graph import config
from dashboard.figures.learning import lesson_chart
from dashboard.pages.plain import plain_body, plain_page
from dashboard.theme import theme_of
from dashboard.wording.language import _, mark, several
from dashboard.wording.learning import explained, number_typed, verdict

ADDRESS = "/learn"
SCRIPTS = ("learn.js",)
STYLES = ("learn.css",)
"""Of these pages alone."""

INTRO = mark(
    "Short lessons for whoever is new to queues, flow and evidence. Each has one idea, a small network that is "
    "simulated while you move a slider, and a question at the end. Five minutes each, in any order."
)
SMALL = mark(
    "The networks are inventions, made small so that one thing shows. They run on the same engine as the rest of the "
    "model. What you answer stays in this browser."
)


def register(server: Flask, gateway: Gateway, school: Callable[[], School]) -> None:
    """Let the server show the pages, run their networks, and mark answers."""

    def link() -> str:
        return gateway.name(request.query_string.decode("utf-8", "replace"))

    @server.get(ADDRESS)
    def learn() -> str:
        return contents(school(), link())

    @server.get(f"{ADDRESS}/<name>")
    def one_lesson(name: str) -> str:
        return page(school(), _known(school(), name), link())

    @server.get(f"{ADDRESS}/<name>/run")
    def run_lesson(name: str) -> Response:
        return _json_or_busy(lambda: ran(school(), _known(school(), name), request.args))

    @server.get(f"{ADDRESS}/<name>/check")
    def check_answer(name: str) -> Response:
        return _json_or_busy(lambda: checked(school(), _known(school(), name), request.args.get("answer", "")))


def _known(school: School, name: str) -> Lesson:
    return school.lessons().by_id(name) or abort(404)


def _json_or_busy(work: Callable[[], Mapping[str, Any]]) -> Response:
    """What the work brings; 503 where the server has too much of it, and the script asks again."""
    try:
        return Response(orjson.dumps(work()), mimetype="application/json")
    except BusyError:
        return Response(status=503, headers={"Retry-After": "1"})


def ran(school: School, lesson: Lesson, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the network brings with sliders wherever the address has them, as charts, numbers and tables."""
    typed = {each.name: number_typed(asked.get(each.name, "")) for each in lesson.sliders}
    found = school.work(lesson.id, {name: value for name, value in typed.items() if value is not None})
    look = theme_of(asked.get("theme"))
    return {
        "values": found.values,
        "figures": [lesson_chart(chart, found, look) for chart in lesson.charts],
        "html": to_html(numbers_shown(lesson, found)),
        "tables": {"html": to_html([table_behind(chart, found) for chart in lesson.charts])},
        "config": config(),
    }


def checked(school: School, lesson: Lesson, answer: str) -> dict[str, Any]:
    """What becomes of an answer, in words."""
    marked = school.mark(lesson.id, number_typed(answer))
    words = verdict(marked, by_choice=bool(lesson.question.choices))
    because = html.P(explained(marked)) if marked.says else None
    return {"right": marked.is_right, "html": to_html([html.P(html.Strong(words)), because])}


def contents(school: School, link: str) -> str:
    """The page of all lessons."""
    found = school.lessons()
    count = len(found.every)
    parts = [
        html.H2(_("Learn"), className="view-title", id="learn", tabIndex=-1),
        html.P(_(INTRO), className="view-says"),
        html.P(_(SMALL), className="view-note"),
        html.P(several("{count} lesson", "{count} lessons", count, count=count), className="learn-count"),
        html.Pre(found.faults, className="case-faults") if found.faults else listed(found.every, ADDRESS, link),
    ]
    body = plain_body("learn", link, parts, skip=(_("Skip to the lessons"), "learn"))
    return plain_page(_("Learn"), body, styles=STYLES, scripts=SCRIPTS)


def page(school: School, lesson: Lesson, link: str) -> str:
    """The page of one lesson."""
    every = school.lessons().every
    at = every.index(lesson)
    step = _("Lesson {number} of {all}", number=at + 1, all=len(every))
    parts = [
        html.P(step, className="learn-step"),
        html.H2(_(lesson.title), className="view-title", id="learn", tabIndex=-1),
        html.P(_(lesson.idea), className="learn-idea"),
        *(html.P(_(each), className="view-says") for each in lesson.says),
        _live(lesson),
        html.P([html.Strong(_("Remember: ")), _(lesson.remember)], className="learn-remember"),
        question(lesson),
        ways(every, at, ADDRESS, link),
        html.P([_("Source: "), html.Span(lesson.source, **ENGLISH)], className="case-source"),
    ]
    body = plain_body("learn", link, parts, skip=(_("Skip to the lesson"), "learn"))
    return plain_page(_(lesson.title), body, styles=STYLES, scripts=SCRIPTS)


def _live(lesson: Lesson) -> html.Section:
    """Sliders and what to try beside the charts."""
    moved = html.Div([slider_row(each) for each in lesson.sliders], className="learn-sliders")
    tries = [html.H3(_("Try this")), html.Ul([html.Li(_(each)) for each in lesson.tries], className="learn-tries")]
    numbers = html.Div("", id="learn-numbers")
    status = html.P("", id="learn-status", className="job-words", role="status")
    left = html.Div([html.H3(_("Move a slider")), moved, status, numbers, *tries], className="learn-controls")
    charts = html.Div([chart_frame(each, at) for at, each in enumerate(lesson.charts)], className="learn-charts")
    named = {"data-lesson": lesson.id, "aria-label": _("The network")}
    return html.Section([left, charts], className="learn-live", id="learn-live", **named)
