"""Runs of several scenarios into a comparison: values, paired differences from a reference, and which does best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.answering import reading
from dashboard.answering.assembling import Reader, Series
from dashboard.answering.reading import MONTHS
from dashboard.facts.answers import Change, Year
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.comparison import LETTERS, Column, Comparison, Standing
from dashboard.link import comparison as links
from dashboard.link import state
from dashboard.link.comparison import Scenario, Wanted
from dashboard.wording.numbers import CHARTED, MEASURES, NOTHING_TO_SEE, Measure

FloatArray = NDArray[np.float64]
Runs = Sequence[Sequence[Series]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The scenarios of a comparison with the one they are held against, and the names of their questions."""

    wanted: Wanted
    scenarios: tuple[Scenario, ...]
    reference: int
    names: tuple[str, ...]


def compared(wanted: Wanted, catalogue: Catalogue) -> Compared:
    """Scenarios in the order of their columns, doing nothing first where it is held against and was not chosen."""
    scenarios, reference = wanted.scenarios, wanted.against
    if reference is None:
        doing_nothing = links.nothing(wanted, catalogue)
        states = [each.state for each in scenarios]
        if doing_nothing.state in states:
            reference = states.index(doing_nothing.state)
        else:
            scenarios, reference = (doing_nothing, *scenarios), 0
    names = tuple(state.write(each.state, catalogue) for each in scenarios)
    return Compared(wanted, scenarios, reference, names)


def comparison(asked: Compared, runs: Runs, reader: Reader, catalogue: Catalogue) -> Comparison:
    """The comparison from exactly these replications, as many of each scenario, in pairs.

    runs   by scenario, by replication
    """
    now = asked.wanted.question
    labels = tuple(reader.year(year) for year in range(now.years))
    values = {each.id: [reader.yearly(own, each.series) * each.scale for own in runs] for each in MEASURES}
    place = catalogue.places[now.place]
    return Comparison(
        place=place,
        columns=columns_of(asked, catalogue),
        reference=asked.reference,
        years={each.id: _against(each, labels, values[each.id], asked.reference) for each in MEASURES},
        standings={each.id: standings(each, labels, values[each.id]) for each in MEASURES},
        lines={each.id: [_line(each, own) for own in runs] for each in MEASURES if each.id in CHARTED},
        labels=labels,
        months=tuple(reader.month(month) for month in range(now.years * MONTHS)),
        people=catalogue.simulated(place),
        seed=now.seed,
        done=len(runs[0]),
        asked=catalogue.replications[asked.scenarios[0].state.replications].most,
    )


def columns_of(asked: Compared, catalogue: Catalogue) -> tuple[Column, ...]:
    """What is compared, before anything is known of it."""
    return tuple(_column(*each, catalogue) for each in zip(LETTERS, asked.scenarios, strict=False))


def _column(letter: str, scenario: Scenario, catalogue: Catalogue) -> Column:
    plan, standing = catalogue.plans[scenario.state.plan], state.settings(scenario.state, catalogue)
    before = catalogue.settings_of(catalogue.default_plan)
    return Column(
        letter=letter,
        name=links.title(scenario, catalogue),
        plan=plan.title,
        moved=tuple(
            Change(catalogue.levers[path], standing[path], before[path])
            for path in state.moved(scenario.state, catalogue)
        ),
        also=plan.also,
        link=state.full(scenario.state),
    )


def _against(
    measure: Measure, labels: Sequence[str], values: Sequence[FloatArray], reference: int
) -> list[tuple[Year, ...]]:
    return [reading.years(measure, labels, own, values[reference]) for own in values]


def standings(
    measure: Measure, labels: Sequence[str], values: Sequence[FloatArray]
) -> tuple[tuple[Standing, ...], ...]:
    """Which scenario does best in each year, and which cannot be told from it; shape (scenarios, years).

    values   by scenario, shape (replications, years), in pairs

    Nothing is best where neither way is better, or where all that is compared is level.
    """
    by_year = [_standing(measure, [own[:, year : year + 1] for own in values]) for year in range(len(labels))]
    return tuple(zip(*by_year, strict=True))


def _standing(measure: Measure, values: Sequence[FloatArray]) -> tuple[Standing, ...]:
    none: tuple[Standing, ...] = tuple("" for _ in values)
    if measure.better == "neither" or len(values) < 2:
        return none
    means = np.array([own.mean() for own in values])
    best = int(np.argmin(means) if measure.better == "lower" else np.argmax(means))
    words = [reading.years(measure, [""], own, values[best])[0].verdict for own in values]
    if all(word in NOTHING_TO_SEE for word in words):
        return none
    return tuple(map(_word, (np.array_equal(own, values[best]) for own in values), words))


def _word(is_best: bool, verdict: str) -> Standing:
    return "best" if is_best else "level" if verdict in NOTHING_TO_SEE else ""


def _line(measure: Measure, runs: Sequence[Mapping[str, FloatArray]]) -> list[float]:
    """The mean by month, in the unit shown."""
    factor = measure.scale * (MONTHS if measure.a_year else 1)
    mean = np.stack([run[measure.series] for run in runs]).mean(axis=0) * factor
    return [round(float(value), measure.digits + 2) for value in mean]
