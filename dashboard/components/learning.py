"""A lesson as plain HTML: sliders, numbers, frames of charts with a table each, the question, ways to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.native import Input
from dashboard.components.tables import table
from dashboard.facts.learning import Chart, Lesson, Slider, Worked
from dashboard.figures.learning import rows_of
from dashboard.wording.language import _, along
from dashboard.wording.learning import in_words

MOST_ROWS = 13
"""Of a table behind a chart; what is drawn more finely is told at so many places."""

ENGLISH = {"lang": "en-GB"}


def slider_row(slider: Slider) -> html.Div:
    """A slider and a number box for the same value."""
    ends = {
        "min": f"{slider.low:g}",
        "max": f"{slider.high:g}",
        "step": f"{slider.step:g}",
        "value": f"{slider.value:g}",
    }
    name = ", ".join(_(each) for each in (slider.label, slider.unit) if each)
    words = [_(slider.label), html.Span(f" {_(slider.unit)}", className="lever-unit")]
    shared = {"autocomplete": "off", "data-slider": slider.name, **ends}
    box = Input(type="number", className="learn-box", **shared, **{"aria-label": _("{lever}, as a number", lever=name)})
    track = Input(type="range", className="learn-range", id=f"slider-{slider.name}", **shared)
    label = html.Label(words, htmlFor=f"slider-{slider.name}", className="learn-label")
    return html.Div([label, html.Div([track, box], className="learn-set")], className="learn-slider")


def numbers_shown(lesson: Lesson, found: Worked) -> html.Dl:
    """What the network brought in numbers."""
    pairs = [
        (each.label.strip(), in_words(found.numbers[each.number], each.unit, each.digits)) for each in lesson.numbers
    ]
    return html.Dl([html.Div([html.Dt(_(label)), html.Dd(words)]) for label, words in pairs], className="learn-numbers")


def chart_frame(chart: Chart, place: int) -> html.Figure:
    """Title, key, the frame that the script draws in, and room for the table behind it."""
    unit = html.Span(f" {_(chart.y)}", className="chart-unit") if chart.y else ""
    key = [html.Span([html.I("", className=f"is-{each.look} of-{chart.kind}"), _(each.label)]) for each in chart.series]
    title = html.Figcaption([html.H3([_(chart.title), unit]), html.P(key, className="learn-key")])
    frame = html.Div(
        "", className="learn-frame", role="img", **{"data-chart": str(place), "aria-label": _(chart.title)}
    )
    behind = html.Details(
        [
            html.Summary(_("The numbers behind this chart")),
            html.Div("", **{"data-table": str(place)}),
        ],
        className="behind",
    )
    return html.Figure([title, frame, behind], className="chart-card learn-chart")


def table_behind(chart: Chart, found: Worked) -> html.Div:
    """The values of a chart, at a few places where there are many."""
    heads = [_(chart.x) if chart.kind not in ("bars", "forest") or chart.ticks == () else "", *map(_, _labels(chart))]
    return table(_(chart.title), heads, list(_rows(chart, found)), "streams")


def _labels(chart: Chart) -> list[str]:
    return [each.label for each in chart.series]


def _rows(chart: Chart, found: Worked) -> Iterator[html.Tr]:
    lines = [found.lines[each.series] for each in chart.series]
    values = [
        dict(zip(line.x, zip(line.y, line.low or line.y, line.high or line.y, strict=True), strict=True))
        for line in lines
    ]
    named = rows_of(chart, found) if chart.kind == "forest" else dict(enumerate(map(_, chart.ticks)))
    for at in _places(sorted({x for line in lines for x in line.x}), all_of_them=bool(named)):
        cells = [html.Td(_cell(each.get(at), chart)) for each in values]
        yield html.Tr([html.Th(named.get(int(at), f"{at:g}") if named else _place(at), scope="row"), *cells])


def _place(at: float) -> str:
    return in_words(at, "", 0 if at.is_integer() else 1)


def _places(every: Sequence[float], *, all_of_them: bool) -> Sequence[float]:
    if all_of_them or len(every) <= MOST_ROWS:
        return every
    return [every[round(at * (len(every) - 1) / (MOST_ROWS - 1))] for at in range(MOST_ROWS)]


def _cell(value: tuple[float, float, float] | None, chart: Chart) -> str:
    if value is None:
        return ""
    middle, low, high = (
        in_words(each, "£" if chart.y.startswith("£") else "", 0 if chart.y.startswith("£") else 1) for each in value
    )
    return middle if value[1] == value[2] else _("{value}, {low} to {high}", value=middle, low=low, high=high)


def question(lesson: Lesson) -> html.Section:
    """The question with its choices or a number box, a button, and where the verdict comes."""
    asked = lesson.question
    answers = _choices(asked.choices, asked.asks) if asked.choices else _box(asked.asks, asked.unit)
    button = html.Button(_("Check my answer"), id="learn-check", type="button", className="button is-main")
    verdict = html.Div("", id="learn-verdict", className="learn-verdict", role="status")
    return html.Section(
        [html.H3(_("A question"), id="learn-question"), answers, button, verdict],
        className="learn-question", **{"aria-labelledby": "learn-question"},
    )  # fmt: skip


def _choices(choices: Sequence[str], asks: str) -> html.Fieldset:
    rows = [
        html.Label([Input(type="radio", name="answer", value=str(at), autocomplete="off"), html.Span(_(each))])
        for at, each in enumerate(choices)
    ]
    return html.Fieldset([html.Legend(_(asks)), *rows], className="learn-choices")


def _box(asks: str, unit: str) -> html.P:
    box = Input(
        type="text", id="learn-answer", inputmode="decimal", autocomplete="off", maxlength="24", className="learn-box"
    )
    label = html.Label(_(asks), htmlFor="learn-answer")
    sides = [html.Span(unit), box] if unit == "£" else [box, html.Span(_(unit))]
    return html.P([label, html.Span(sides, className="learn-typed")], className="learn-asks")


def ways(every: Sequence[Lesson], at: int, address: str, link: str) -> html.Nav:
    """Back, all lessons, and the next."""
    parts: list[Component] = []
    if at > 0:
        parts.append(_way(every[at - 1], _("Back: {title}", title=_(every[at - 1].title)), address, link, "learn-back"))
    parts.append(html.A(_("All lessons"), href=_to(address, link), className="learn-all"))
    if at + 1 < len(every):
        parts.append(_way(every[at + 1], _("Next: {title}", title=_(every[at + 1].title)), address, link, "learn-next"))
    return html.Nav(parts, className="learn-ways", **{"aria-label": _("Lessons")})


def _way(lesson: Lesson, words: str, address: str, link: str, name: str) -> html.A:
    return html.A(words, href=_to(f"{address}/{lesson.id}", link), className=f"button {name}")


def _to(address: str, link: str) -> str:
    question = along(link)
    return f"{address}?{question}" if question else address


def listed(every: Sequence[Lesson], address: str, link: str) -> html.Ol:
    """Every lesson with its idea; a script says which are done."""
    return html.Ol(
        [
            html.Li(
                [
                    html.A(_(each.title), href=_to(f"{address}/{each.id}", link)),
                    html.P(_(each.idea)),
                    html.Span("", className="learn-done", **{"data-done": each.id}),
                ]
            )
            for each in every
        ],
        className="learn-list",
    )
