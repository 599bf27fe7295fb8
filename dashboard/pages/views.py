"""The views that share the levers and the cards: what each shows of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc

from dashboard import ids
from dashboard.components.look import look_controls
from dashboard.components.pounds import pounds_in_words
from dashboard.facts.answers import Answer
from dashboard.facts.catalogue import Catalogue
from dashboard.figures.timeline import timeline
from dashboard.link.looks import DRIVERS, FLOW, MAP, MONEY, OVERVIEW, Look
from dashboard.pages import drivers, flow, money, overview
from dashboard.pages import map as places
from dashboard.theme import Theme
from dashboard.wording.numbers import BY_ID, CHARTED
from dashboard.wording.story import spoken

Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """What a view shows of an answer.

    texts     words and tables, by the id of their part
    figures   charts, by their id
    spoken    what a screen reader says when a result has settled
    """

    texts: Callable[[Answer, Look], Parts]
    figures: Callable[[Answer, Look, Theme], Parts]
    spoken: Callable[[Answer, Look], str]


def _timelines(answer: Answer, _look: Look, theme: Theme) -> Parts:
    return {ids.graph(name): timeline(BY_ID[name], answer, theme) for name in CHARTED}


VIEWS: Mapping[str, View] = {
    OVERVIEW: View(lambda answer, _: overview.texts(answer), _timelines, lambda answer, _: spoken(answer)),
    FLOW: View(flow.texts, flow.figures, flow.spoken),
    MONEY: View(money.texts, money.figures, pounds_in_words),
    MAP: View(places.texts, places.figures, places.spoken),
    DRIVERS: View(drivers.texts, lambda *_: {}, drivers.spoken),
}
"""Every view by its name."""


def layout(catalogue: Catalogue) -> dmc.MantineProvider:
    """The whole page with every view, of which the scripts show one."""
    return overview.layout(
        catalogue, (look_controls(), flow.flow(), money.money(), places.map_view(), drivers.drivers())
    )


def shared(answer: Answer) -> Parts:
    """What every view shows: whose answer it is, and the cards."""
    return {part: words for part, words in overview.texts(answer).items() if part in (ids.TITLE, ids.SAMPLE, ids.KPIS)}
