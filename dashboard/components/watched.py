"""What was watched, for the page: the drawing's data, a few sentences about it, and a table of the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from dash import html

from dashboard.components.html_text import to_html
from dashboard.components.terms import term
from dashboard.facts.watched import Day, Watched, World
from dashboard.wording.language import _, mark, several, tag
from dashboard.wording.numbers import people_in_words
from dashboard.wording.places import LABELS, SAID

ACUTE = "acute"
NOTHING, PLAN = mark("Doing nothing"), mark("This plan")
COLUMNS = (
    mark("Waiting for a bed"),
    mark("In hospital beds"),
    mark("Ready, next place full"),
    mark("Ready, other reasons"),
    mark("Came to hospital"),
    mark("Died"),
)


def watched_shown(found: Watched) -> dict[str, Any]:
    """Everything the page puts in place."""
    return {
        "words": _("Ready to play."),
        "watch": _for_scripts(found),
        "html": to_html([html.P(words) for words in sentences(found)]),
        "table": to_html(days_table(found)),
    }


def sentences(found: Watched) -> list[str]:
    """Who is drawn, what the plan spares, and what this is not."""
    return [part for part in (_who(found), _spared(found), _not(found)) if part]


def _who(found: Watched) -> str:
    people = people_in_words(found.residents)
    where = (
        _(
            "One locality of {count}: about {people} with a hospital of their own.",
            count=found.localities,
            people=people,
        )
        if found.localities > 1
        else _("The whole place: about {people}.", people=people)
    )
    drawn = (
        _("Everybody who is in care there, or comes to it, is a dot.")
        if found.one_in == 1
        else _("One person in {share} is drawn, the same ones in both; numbers count everybody.", share=found.one_in)
    )
    pooled = _("Some of them have a bed in another locality.") if found.pooled else ""
    return " ".join(part for part in (where, drawn, pooled) if part)


def _spared(found: Watched) -> str:
    if len(found.worlds) == 1:
        return _("Nothing is changed yet: move a lever or choose a plan, and the plan is drawn beside doing nothing.")
    if not found.spared and not found.besides:
        return _("The same people come to hospital with this plan and without it.")
    spared = several(
        "{count} person who comes to hospital when nothing is done does not come with this plan.",
        "{count} people who come to hospital when nothing is done do not come with this plan.",
        found.spared,
        count=found.spared,
    )
    elsewhere = several(
        "{count} of them needs care at home instead.",
        "{count} of them need care at home instead.",
        found.elsewhere,
        count=found.elsewhere,
    )
    besides = several(
        "{count} person comes only with the plan.",
        "{count} people come only with the plan.",
        found.besides,
        count=found.besides,
    )
    parts = (spared, elsewhere if found.elsewhere else "", besides if found.besides else "")
    return " ".join(part for part in parts if part)


def _not(_found: Watched) -> str:
    return _(
        "This is one course of chance, the first replication of the answer, not its average: it shows how people move, "
        "not how large an effect is."
    )


def _for_scripts(found: Watched) -> dict[str, Any]:
    return {
        "begins": found.begins,
        "dates": [day_in_words(found, number) for number in range(len(found.worlds[0].days))],
        "oneIn": found.one_in,
        "places": list(found.places),
        "labels": {kind: _(words) for kind, words in LABELS.items()},
        "said": {kind: _(words) for kind, words in SAID.items()},
        "worlds": [_world(each) for each in found.worlds],
        "ways": [[each.kind, each.worlds, int(each.spared), *each.steps] for each in found.ways],
        "spared": found.spared,
    }


def _world(world: World) -> dict[str, Any]:
    return {
        "places": {kind: list(places) for kind, places in world.places.items()},
        "days": [
            {"waiting": dict(each.waiting), "occupied": dict(each.occupied), "delayed": dict(each.delayed),
             "blocked": dict(each.blocked), "came": dict(each.came), "left": dict(each.left)}
            for each in world.days
        ],
    }  # fmt: skip


def day_in_words(found: Watched, number: int) -> str:
    """A day of the drawing as a date."""
    day = date.fromisoformat(found.begins) + timedelta(days=number)
    return format_date(day, "EEE d MMM yyyy", locale=tag().replace("-", "_"))


def days_table(found: Watched) -> html.Div:
    """Each midnight in numbers, everybody of the locality counted."""
    titles = [_(NOTHING), _(PLAN)][: len(found.worlds)]
    groups = html.Tr(
        [html.Td(""), *(html.Th(title, scope="colgroup", colSpan=len(COLUMNS)) for title in titles)], className="over"
    )
    heads = html.Tr([html.Th(_("Midnight of"), scope="col"), *(_heads() * len(titles))])
    rows = [_row(found, number) for number in range(len(found.worlds[0].days))]
    caption = html.Caption(
        _("People at each midnight; who came and who died, since the midnight before. Counting begins with the first.")
    )
    frame = {"role": "region", "aria-label": _("The days in numbers")}
    table = html.Table([caption, html.Thead([groups, heads]), html.Tbody(rows)], className="figures days")
    return html.Div(table, className="wide", tabIndex=0, **frame)


def _heads() -> list[html.Th]:
    return [html.Th(_(each), scope="col") for each in COLUMNS]


def _row(found: Watched, number: int) -> html.Tr:
    cells = [html.Td(f"{each:,}") for world in found.worlds for each in _cells(world.days[number])]
    return html.Tr([html.Th(day_in_words(found, number), scope="row"), *cells])


def _cells(day: Day) -> tuple[int, ...]:
    """In the order of COLUMNS."""
    came = sum(count for kind, count in day.came.items() if kind != "community")
    held = (sum(day.blocked.values()), sum(day.delayed.values()))
    return (day.waiting.get(ACUTE, 0), day.occupied.get(ACUTE, 0), *held, came, day.left.get("died", 0))


def key() -> html.Ul:
    """What each mark stands for: shape and colour say the same."""
    marks: Sequence[tuple[str, Any]] = (
        ("stays", _("in a place")),
        ("waits", _("waiting for a place")),
        (
            "blocked",
            [
                _("ready to leave, held because the next place is full"),
                " (",
                term(_("why"), "blocking_after_service"),
                ")",
            ],
        ),
        ("delayed", [_("ready to leave, held for other reasons"), " (", term(_("why"), "non_capacity_delay"), ")"]),
        ("spared", _("does not come with this plan")),
        ("free", _("free place")),
    )
    return html.Ul(
        [
            html.Li([html.Span(className=f"watch-mark {name}", **{"aria-hidden": "true"}), html.Span(words)])
            for name, words in marks
        ],
        className="watch-key",
    )
