"""What came out of a round, for each team: measures against doing nothing, books, promises, and who won at what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from sim.inputs import ORGANISATIONS
from sim.results.history import History
from sim.results.measures import measure_of
from sim.results.statistics import Interval, Paired, interval, paired
from sim.results.summarise import yearly_values
from sim.workshop.agreements import Promises
from sim.workshop.template import Win

FloatArray = NDArray[np.float64]

SHOWN = (
    "occupancy:acute", "delayed", "emergency_wait_hours", "elective_over_18w", "unmet",
    "admissions:emergency_overnight", "emergency_bed_days", "gap",
)  # fmt: skip
"""Headline measures of a round."""
JUDGED: Mapping[Win, str] = {"flow": "delayed", "people": "unmet", "money": "gap", "waits": "emergency_wait_hours"}
"""What a win is counted by: the less the better; promises are counted by themselves."""
BOOKS = ("income", "spending", "transfer", "balance", "stranded")


@dataclass(frozen=True, slots=True)
class Headline:
    """One measure in the last year of a round.

    value    of the team, over replications
    change   against doing nothing, with the same people and the same cards
    """

    series: str
    value: Interval
    change: Paired


@dataclass(frozen=True, slots=True)
class TeamRound:
    """One team's round.

    headlines   in the order of SHOWN
    books       pounds over the years of the round, mean over replications, by organisation and then by line
    gap         what the place lacked over all rounds so far, in pounds
    promises    of all rounds so far
    """

    team: str
    headlines: tuple[Headline, ...]
    books: Mapping[str, Mapping[str, float]]
    gap: Interval
    promises: Promises


@dataclass(frozen=True, slots=True)
class Won:
    """Who did best at one thing: several teams where the best cannot be told from the next."""

    win: Win
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundResults:
    """What a round brought.

    number   counted from 0
    years    that were played by its end, and how many of them are the round's own
    """

    number: int
    years: int
    own_years: int
    replications: int
    teams: tuple[TeamRound, ...]
    won: tuple[Won, ...]


def team_round(
    team: str, nothing: Sequence[History], runs: Sequence[History], own_years: int, kept: Promises
) -> TeamRound:
    """One team's round, from replications of it and of doing nothing, in the same order."""
    headlines = tuple(_headline(series, nothing, runs) for series in SHOWN)
    books = {
        name: {line: _over_the_round(runs, f"{line}:{name}", own_years) for line in BOOKS} for name in ORGANISATIONS
    }
    return TeamRound(team, headlines, books, interval(_whole(runs, "gap")), kept)


def winners(
    wins: Sequence[Win], runs: Mapping[str, Sequence[History]], kept: Mapping[str, Promises]
) -> tuple[Won, ...]:
    """Who did best at each thing; who cannot be told from the best has won too."""
    return tuple(Won(win, _most_kept(kept) if win == "promises" else _best(JUDGED[win], runs)) for win in wins)


def _best(series: str, runs: Mapping[str, Sequence[History]]) -> tuple[str, ...]:
    """Teams with the least of a series over the last year (of money: over all years), as far as can be told."""
    values = {team: _judged(series, histories) for team, histories in runs.items()}
    if not values:
        return ()
    best = min(values, key=lambda team: float(values[team].mean()))
    return tuple(team for team in values if paired(values[best], values[team], "lower").verdict != "worse")


def _most_kept(kept: Mapping[str, Promises]) -> tuple[str, ...]:
    """Teams that paid most of what they agreed, less what they kept back; nobody where all kept back as much."""
    most = max((each.net for each in kept.values()), default=0.0)
    return tuple(team for team, each in kept.items() if most > 0 and isclose(each.net, most))


def _judged(series: str, runs: Sequence[History]) -> FloatArray:
    return _whole(runs, series) if series == "gap" else yearly_values(runs, series)[:, -1]


def _whole(runs: Sequence[History], series: str) -> FloatArray:
    total: FloatArray = yearly_values(runs, series).sum(axis=1)
    return total


def _headline(series: str, nothing: Sequence[History], runs: Sequence[History]) -> Headline:
    before, after = (yearly_values(each, series)[:, -1] for each in (nothing, runs))
    return Headline(series, interval(after), paired(before, after, measure_of(series).better))


def _over_the_round(runs: Sequence[History], series: str, years: int) -> float:
    if series not in runs[0].series:
        return 0.0
    return float(np.mean([history[series][-12 * years :].sum() for history in runs]))
