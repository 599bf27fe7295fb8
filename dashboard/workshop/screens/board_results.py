"""Panels of what rounds brought: team against team, who did best, why, money against flow, over time, and plans."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.workshop import NAMES, Panel, forest
from dashboard.figures.workshop_charts import Axis, Spot, courses, plane
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import listed
from dashboard.wording.workshop import FAMILIES, HEADLINES, WINS, WINS_SAY
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.board_plans import agreements, plans
from dashboard.workshop.screens.compared import (
    FLOW,
    MONEY,
    OVER_ROUNDS,
    SPLIT,
    courses_of,
    headline,
    measure_panel,
    of_nothing,
    split_panels,
    spots,
    team_of,
    why_undivided,
)
from dashboard.workshop.screens.results_shown import promised_money
from dashboard.workshop.screens.told import measure_name, tick, value
from dashboard.workshop.screens.wall import Show, team_label
from sim.workshop import RoundResults, TeamRound, Won
from sim.workshop.results import JUDGED, SHOWN

FEW_TEAMS = 6
"""Up to how many teams four measures have room on one panel; of more, two have."""

MOST_LARGE, MOST_ROWS = 3, 12
"""Winners at one thing that have room in large letters, and in one column."""

WIDE, TALL = 1240.0, 545.0
"""Units of what a panel has room for, below its title."""

HOW_TO_READ = mark(
    "Last year of the round. Bars: 95% interval of the difference from doing nothing (dashed). Hollow: cannot be told "
    "from it. Less is better everywhere."
)
TITLES = {FLOW: mark("Why: delays"), MONEY: mark("Why: money")}


def results(scene: Scene) -> list[Show]:
    """Every panel there is something for; none before the first reveal."""
    if not scene.rounds:
        return []
    found = scene.rounds[-1]
    shows = [*_measures(scene, found), _won(scene, found), *_splits(scene, found), _plane(scene, found)]
    return [*shows, _courses(scene), *plans(scene), *agreements(scene)]


def _measures(scene: Scene, found: RoundResults) -> list[Show]:
    """All headline measures, so many on a panel."""
    many = 4 if len(found.teams) <= FEW_TEAMS else 2
    groups = [SHOWN[at : at + many] for at in range(0, len(SHOWN), many)]
    size = (WIDE / 2 - 10, (TALL - 85) / 2 if many == 4 else TALL - 62)
    shows = []
    for number, group in enumerate(groups, 1):
        title = _("Team against team, {number} of {all}", number=number, all=len(groups))
        drawn = [_measure(scene, found, series, size) for series in group]
        grid = html.Div(drawn, className=f"measures is-{many}")
        shows.append(
            Show(
                f"measures-{number}",
                title,
                _("Teams {number}", number=number),
                [grid, html.P(_(HOW_TO_READ), className="show-note")],
            )
        )
    return shows


def _measure(scene: Scene, found: RoundResults, series: str, size: tuple[float, float]) -> html.Figure:
    drawn = forest(measure_panel(scene, found, series), *size)
    return html.Figure(
        [html.Figcaption(measure_name(series)), drawn, _heard(scene, found, series)], className="measure"
    )


def _heard(scene: Scene, found: RoundResults, series: str) -> html.Ul:
    """The same for those who do not see the drawing."""
    rows = [f"{team.team}: {value(series, headline(team, series).value.mean)}" for team in found.teams]
    return html.Ul([html.Li(each) for each in rows], className="only-heard")


def _won(scene: Scene, found: RoundResults) -> Show:
    note = _("Teams that cannot be told from the best have won too. One can do best in several ways.")
    cards = html.Div([_win(scene, found, each) for each in found.won], className="prizes")
    return Show("won", _("Who did best"), _("Best"), [cards, html.P(note, className="show-note")])


def _win(scene: Scene, found: RoundResults, won: Won) -> html.Div:
    name, by = WINS[won.win], WINS_SAY[won.win]
    teams = [html.Li([team_label(scene, team), _by_how_much(scene, found, won, team)]) for team in won.teams]
    promised = _("Nothing was agreed, or as much was kept back as was paid.")
    none = promised if won.win == "promises" else _("No team was run.")
    size = "is-most" if len(teams) > MOST_ROWS else "is-many" if len(teams) > MOST_LARGE else ""
    best = html.Ul(teams, className=f"prize-teams {size}".strip())
    return html.Div(
        [html.H3(_(name)), html.P(_(by), className="prize-by"), best if teams else html.P(none)], className="prize"
    )


def _by_how_much(scene: Scene, found: RoundResults, won: Won, name: str) -> html.Span | None:
    """The number by which a team won."""
    team = team_of(found, name)
    if team is None:
        return None
    return html.Span(_won_by(scene, team, won), className="prize-number")


def _won_by(scene: Scene, team: TeamRound, won: Won) -> str:
    if won.win == "promises":
        return promised_money(scene.template, team.promises)
    series = JUDGED[won.win]
    return value(series, team.gap.mean if series == MONEY else headline(team, series).value.mean)


def _splits(scene: Scene, found: RoundResults) -> list[Show]:
    without = _without(scene, found)
    note = _("Change of the last year against doing nothing, with 95% intervals. Hollow: cannot be told from nothing.")
    shows = []
    for series in SPLIT:
        drawn = [_split(name, panel) for name, panel in split_panels(scene, series)] if scene.splits else []
        said = (
            [html.P(measure_name(series), className="split-of"), html.Div(drawn, className="splits")] if drawn else []
        )
        notes = [html.P(f"{note if drawn else ''} {without}".strip(), className="show-note")]
        shows.append(Show(f"why-{series}", _(TITLES[series]), _(TITLES[series]), [*said, *notes]))
    return shows


def _without(scene: Scene, found: RoundResults) -> str:
    """Teams whose change is not divided, by why it is not."""
    reasons: dict[str, list[str]] = {}
    for team in found.teams:
        if why := why_undivided(scene, team.team):
            reasons.setdefault(why, []).append(team.team)
    return " ".join(f"{why}: {listed(teams)}." for why, teams in reasons.items())


def _split(name: str, panel: Panel) -> html.Figure:
    title = _(FAMILIES[name]) if name in FAMILIES else _("All together")
    wide = (WIDE - 30 - NAMES) / 4 + (NAMES if panel.is_named else 0)
    return html.Figure([html.Figcaption(title), forest(panel, wide, TALL - 130)], className="split")


def _plane(scene: Scene, found: RoundResults) -> Show:
    title, points = _("Money against flow"), spots(scene, found)
    axes = _axis(MONEY, _("Money gap of all rounds")), _axis(FLOW, measure_name(FLOW))
    nothing = of_nothing(found, FLOW)
    drawn = plane(points, axes, nothing, _frontier_words(points), (860.0, TALL))
    best = [html.Li(team_label(scene, each.name)) for each in points if each.is_best]
    beside = [
        html.H3(_("Nobody is better at both")),
        html.Ul(best, className=f"best {'is-many' if len(best) > FEW_TEAMS else ''}".strip()),
        html.P(
            _("Ringed, by their means. Bars are each team alone; who did best is judged with the same people."),
            className="plane-says",
        ),
        html.P(
            _("The lower and the farther left, the better. Dashed: delays with doing nothing."), className="plane-says"
        ),
    ]
    return Show(
        "plane", title, title, [html.Div([drawn, html.Div(beside, className="plane-words")], className="plane")]
    )


def _frontier_words(points: Sequence[Spot]) -> str:
    names = listed([each.name for each in points if each.is_best])
    return _("Money gap of all rounds against delays, by team. No team is better at both than: {teams}.", teams=names)


def _courses(scene: Scene) -> Show:
    drawn = [_course(scene, series) for series in OVER_ROUNDS]
    key = html.P([team_label(scene, team) for team in scene.view.teams], className="key-teams")
    note = _("Last year of each round. Dashed: doing nothing. Bars: 95% interval of the difference from it.")
    body: list[Component] = [key, html.Div(drawn, className="courses"), html.P(note, className="show-note")]
    return Show("rounds", _("Round by round"), _("Rounds"), body)


def _course(scene: Scene, series: str) -> html.Figure:
    nothing = [of_nothing(found, series) for found in scene.rounds]
    says = _("{measure} over the rounds, by team", measure=measure_name(series))
    drawn = courses(courses_of(scene, series), _axis(series), nothing, says, (WIDE / 3 - 12, TALL - 100))
    return html.Figure([html.Figcaption(measure_name(series)), drawn], className="course-figure")


def _axis(series: str, title: str = "") -> Axis:
    return Axis(title, lambda at: tick(series, at), whole=HEADLINES[series].counts)
