"""Teams side by side: what a screen draws, found in the results that it may show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import count
from math import isnan, nan

from dashboard.figures.workshop import Panel, Row
from dashboard.figures.workshop_charts import Course, Reach, Spot
from dashboard.wording.language import _
from dashboard.wording.numbers import rounded
from dashboard.wording.workshop import HEADLINES, UNDIVIDED
from dashboard.workshop.divided import Divided
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.table_shown import TEAMS
from dashboard.workshop.screens.told import change, is_sure, measure_name, tick, value
from sim.experiments.attribute import FAMILY_NAMES
from sim.results.statistics import Interval, Paired
from sim.workshop import Headline, RoundResults, TeamRound

FLOW, MONEY = "delayed", "gap"
SPLIT = (FLOW, MONEY)
"""Measures of which the division among demand, flow and money is shown."""

OVER_ROUNDS = ("delayed", "unmet", "gap")
TOGETHER = "together"


def headline(team: TeamRound, series: str) -> Headline:
    """One measure of a team."""
    return next(each for each in team.headlines if each.series == series)


def of_nothing(found: RoundResults, series: str) -> float:
    """What doing nothing brought: the same for every team."""
    if not found.teams:
        return nan
    first = headline(found.teams[0], series)
    return first.value.mean - first.change.mean


def order_of(scene: Scene, team: str) -> int:
    """The place of a team among all, by which it has colour and shape: one that is called by a colour has that one."""
    return _orders(scene.view.teams, tuple(_(each) for each in TEAMS))[team]


@lru_cache(maxsize=256)
def _orders(teams: tuple[str, ...], colours: tuple[str, ...]) -> Mapping[str, int]:
    """By team, the number of its colour; those that are called by none take what is left, in the order they came."""
    named = {team: colours.index(team) for team in teams if team in colours}
    free = (number for number in count() if number not in named.values())
    return {team: named[team] if team in named else next(free) for team in teams}


def measure_panel(scene: Scene, found: RoundResults, series: str) -> Panel:
    """One measure of all teams. Intervals are of the difference from doing nothing, laid on the team's number, so
    that one that crosses the line cannot be told from it."""
    nothing = of_nothing(found, series)
    rows = []
    for team in found.teams:
        each = headline(team, series)
        change_ = each.change
        ends = (_possible(series, nothing + change_.low), _possible(series, nothing + change_.high))
        rows.append(_row(scene, team.team, each.value.mean, ends, value(series, each.value.mean), is_sure(change_)))
    line = _("Doing nothing: {value}", value=value(series, nothing))
    says = _("{measure}, by team; {line}", measure=measure_name(series), line=line)
    return Panel(says, rows, lambda at: tick(series, at), nothing, line, whole=HEADLINES[series].counts)


def _row(scene: Scene, team: str, at: float, ends: tuple[float, float], words: str, sure: bool) -> Row:
    return Row(team, order_of(scene, team), at, *ends, words, sure)


def split_panels(scene: Scene, series: str) -> list[tuple[str, Panel]]:
    """What demand, flow and money each did to a measure, and all of them together, on one scale."""
    names = (*FAMILY_NAMES, TOGETHER)
    parts = {name: {team: split_part(each, name, series) for team, each in scene.splits.items()} for name in names}
    words = partial(_whole_change, series)
    reach = [end for teams in parts.values() for part in teams.values() for end in (part.low, part.high, part.mean)]
    found = []
    for place, name in enumerate(names):
        rows = [
            _row(scene, team, part.mean, (part.low, part.high), change(series, part.mean), is_sure(part))
            for team, part in parts[name].items()
        ]
        found.append((name, Panel(name, rows, words, 0.0, "", [*reach, 0.0], is_named=place == 0)))
    return found


def _whole_change(series: str, at: float) -> str:
    return change(series, at).replace(".0", "")


def split_part(found: Divided, name: str, series: str) -> Paired:
    """What one of demand, flow and money did in the last year; what a plan has nothing of did nothing."""
    if name == TOGETHER:
        return found.whole[series]
    return found.parts[series].get(name, Paired(0.0, 0.0, 0.0, 0, "no difference"))


def why_undivided(scene: Scene, team: str) -> str:
    """Why a team's change is not divided, in words without a full stop; empty where it is."""
    if team in scene.splits:
        return ""
    why = scene.undivided.get(team)
    return _(UNDIVIDED[why.value if why else ""])


def spots(scene: Scene, found: RoundResults) -> list[Spot]:
    """Every team by money over all rounds and by flow in the last year."""
    pairs = [(team, team.gap, headline(team, FLOW).value) for team in found.teams]
    points = [(_written(MONEY, money.mean), _written(FLOW, flow.mean)) for _team, money, flow in pairs]
    return [
        Spot(team.team, order_of(scene, team.team), _reach(money), _reach(flow), not _beaten(points, place))
        for place, (team, money, flow) in enumerate(pairs)
    ]


def _written(series: str, number: float) -> float:
    """A number as exact as it is written: a lead that nobody can read is none."""
    return rounded(number * HEADLINES[series].scale)


def _beaten(points: Sequence[tuple[float, float]], at: int) -> bool:
    """Whether another is no worse at both and better at one."""
    own = points[at]
    return any(other[0] <= own[0] and other[1] <= own[1] and other != own for other in points)


def _reach(found: Interval) -> Reach:
    return Reach(found.mean, found.low, found.high)


def courses_of(scene: Scene, series: str) -> list[Course]:
    """A measure of every team over the rounds, with intervals of the difference from doing nothing."""
    return [
        Course(name, order_of(scene, name), [_at_end(found, name, series) for found in scene.rounds])
        for name in scene.view.teams
        if any(team.team == name for found in scene.rounds for team in found.teams)
    ]


def _at_end(found: RoundResults, name: str, series: str) -> Reach:
    team = team_of(found, name)
    if team is None:
        return Reach(nan, nan, nan)
    each, nothing = headline(team, series), of_nothing(found, series)
    low, high = (_possible(series, nothing + end) for end in (each.change.low, each.change.high))
    return Reach(each.value.mean, low, high)


def _possible(series: str, end: float) -> float:
    """An end of an interval; of what cannot be less than nothing, at least that. Money alone can."""
    return end if series == MONEY or isnan(end) else max(end, 0.0)


def team_of(found: RoundResults, name: str) -> TeamRound | None:
    """One team's results of a round."""
    return next((team for team in found.teams if team.team == name), None)


def broken_by_round(scene: Scene, name: str) -> tuple[int, ...]:
    """How many agreements a team broke in each round that is revealed."""
    totals = [team.promises.broken for found in scene.rounds if (team := team_of(found, name))]
    return tuple(total - before for total, before in zip(totals, (0, *totals), strict=False))
