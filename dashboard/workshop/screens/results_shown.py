"""What came out of a round, for one seat: headline measures against doing nothing and against other teams, and wins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import isnan

from dash import html
from dash.development.base_component import Component

from dashboard.components.cards import DOWN, SAME, UP, span_in_words
from dashboard.components.html_text import Ready, to_html
from dashboard.wording.language import _, spoken
from dashboard.wording.numbers import NO_DIFFERENCE, NOTHING_TO_SEE, Measure, is_tiny, listed, pounds, size_of
from dashboard.wording.workshop import HEADLINES, WINS, WINS_SAY, WORDS, years_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.compared import headline as of_team
from dashboard.workshop.screens.compared import team_of
from dashboard.workshop.screens.facts import facts_of
from sim.results.statistics import Paired
from sim.workshop import Headline, Promises, RoundResults, TeamRound, Template, Won

WHOLE = 100
"""Width of a drawing, in percent."""
MOST_CARDS = 1024
"""Cards that are kept at hand."""


def own_results(scene: Scene) -> TeamRound | None:
    """The own team's part of the newest round that may be seen."""
    if not scene.rounds or scene.seat is None:
        return None
    return team_of(scene.rounds[-1], scene.seat.team)


def results_shown(scene: Scene) -> list[Component]:
    """Headline measures of the own team, each beside every other team, and who did best at what."""
    own = own_results(scene)
    if own is None:
        return [html.P(_("There are no results of your team yet."), className="room-says")]
    found = scene.rounds[-1]
    return [wins_shown(scene, found), html.Section(_of_team(own, found), **{"data-key": "results"})]


def _of_team(own: TeamRound, found: RoundResults) -> list[Component]:
    """Every headline measure of a team."""
    when = _("In the last year of the round, against doing nothing.")
    cards = [measure_card(each, own.team, found) for each in own.headlines if each.series in HEADLINES]
    return [
        html.H2(_("Your team: {team}", team=own.team)),
        html.P([_played(found), " ", when], className="room-soft"),
        _explained(),
        html.Div(cards, className="result-cards"),
    ]


def _explained() -> html.Details:
    rows = ((_("Doing nothing: "), "nothing"), (_("Ranges: "), "interval"), (_("Drawings: "), "bars"))
    said = [html.P([html.Strong(title), _(WORDS[word])]) for title, word in rows]
    return html.Details([html.Summary(_("How to read this")), *said], className="lever-what")


def wins_shown(scene: Scene, found: RoundResults) -> html.Section:
    """Who did best at each thing; several where they cannot be told apart."""
    team = scene.seat.team if scene.seat else ""
    rows = [_win(won, team, found) for won in found.won]
    return html.Section(
        [html.H2(_("Who did best at what")), html.Ul(rows, className="wins")], **{"data-key": "wins"}
    )  # fmt: skip


def change_in_words(measure: Measure, change: Paired) -> str:
    """A change against doing nothing, such as "45 fewer" or "no detectable difference"."""
    if change.verdict in NOTHING_TO_SEE:
        return _(change.verdict)
    return f"{size_of(measure, shown(measure, change.mean))} {measure.direction(change.mean)}"


def range_in_words(measure: Measure, change: Paired) -> str:
    """The 95 % interval of a change; nothing where there is no difference at all."""
    if change.verdict == NO_DIFFERENCE:
        return ""
    if isnan(change.low):
        return _("range not known")
    low, high = shown(measure, change.low), shown(measure, change.high)
    if is_tiny(measure, low) and is_tiny(measure, high) and low < 0 < high:
        return _("{size} either way", size=size_of(measure, high))
    return span_in_words(measure, low, high)


def shown(measure: Measure, value: float) -> float:
    """A value of the model in the unit shown."""
    return value * measure.scale


def promises_in_words(template: Template, kept: Promises) -> str:
    """How agreements fared, by their money."""
    if kept.share is None:
        return _("Nothing was promised.")
    return _("Of the money agreed: {money}.", money=promised_money(template, kept))


def promised_money(template: Template, kept: Promises) -> str:
    """What was paid as agreed and what was kept back, in pounds of the first round's budget."""
    budget = facts_of(template).budget
    return _("{paid} paid, {unpaid} kept back", paid=pounds(budget * kept.paid), unpaid=pounds(budget * kept.unpaid))


def measure_card(headline: Headline, team: str, found: RoundResults) -> Ready:
    """One measure: the own team's value and change in words, then every team on one scale.

    A table sees the same cards, all at once, so they are made once for it.
    """
    changes = tuple((each.team, of_team(each, headline.series).change) for each in found.teams)
    return _card_once(headline, team, changes, spoken())


Changes = tuple[tuple[str, Paired], ...]
"""Every team's change."""


@lru_cache(maxsize=MOST_CARDS)
def _card_once(headline: Headline, team: str, changes: Changes, _language: str) -> Ready:
    return Ready(to_html(_card(headline, team, changes), whole_page=True))


def _card(headline: Headline, team: str, changes: Changes) -> html.Article:
    measure, change = HEADLINES[headline.series], headline.change
    value = measure.words(shown(measure, headline.value.mean))
    nothing = measure.words(shown(measure, headline.value.mean - change.mean))
    mood = change.verdict if change.verdict in ("better", "worse") else "plain"
    return html.Article(
        [
            html.Details([html.Summary(html.H3(measure.label)), html.P(measure.says)], className="result-name"),
            html.P([html.Span(value, className="result-value"), html.Span(_says(measure, change))]),
            html.P(
                [_("Doing nothing: {value}.", value=nothing), " ", _in_brackets(measure, change)], className="room-soft"
            ),
            _bars(measure, team, changes),
        ],
        className=f"result-card {mood}",
        **{"data-key": headline.series},
    )


def _says(measure: Measure, change: Paired) -> list[object]:
    arrow = SAME if change.verdict in NOTHING_TO_SEE else UP if change.mean > 0 else DOWN
    word = [html.Span(_(change.verdict), className="card-word")] if change.verdict in ("better", "worse") else []
    sign = html.Span(arrow, className="card-arrow", **{"aria-hidden": "true"})
    return [html.Span([sign, f" {change_in_words(measure, change)} "], className="result-change"), *word]


def _in_brackets(measure: Measure, change: Paired) -> str:
    words = range_in_words(measure, change)
    return _("Range of the change: {range}.", range=words) if words else ""


def _bars(measure: Measure, own: str, changes: Changes) -> html.Div:
    """Every team's change with its interval, on one scale that holds 0."""
    scale = _scale([change for _team, change in changes])
    rows = [_row(measure, team, change, scale, is_own=team == own) for team, change in changes]
    return html.Div(rows, className="team-bars", role="list", **{"aria-label": _("Change by team")})


def _row(measure: Measure, team: str, change: Paired, scale: tuple[float, float], *, is_own: bool) -> html.Div:
    low, high = scale
    least, most = (change.mean, change.mean) if isnan(change.low) else (change.low, change.high)
    at = {"low": least, "high": most, "mean": change.mean, "zero": 0.0}
    style = ";".join(f"--{name}:{WHOLE * (value - low) / (high - low):.1f}%" for name, value in at.items())
    words = change_in_words(measure, change)
    full = ", ".join(part for part in (words, range_in_words(measure, change)) if part)
    named = _("{team} (you)", team=team) if is_own else team
    return html.Div(
        [
            html.Span(named, className="bar-team"),
            html.Span(words, className="bar-says", title=full),
            html.Span("", className=f"bar-track is-{_sure(change)}", style=style, **{"aria-hidden": "true"}),
        ],
        className="team-bar is-own" if is_own else "team-bar",
        role="listitem",
        **{"data-key": team},
    )


def _sure(change: Paired) -> str:
    return change.verdict if change.verdict in ("better", "worse") else "unsure"


def _scale(changes: Sequence[Paired]) -> tuple[float, float]:
    """Ends of the common scale: everything, 0 included, with a little air."""
    points = [0.0, *(value for each in changes for value in (each.low, each.mean, each.high) if not isnan(value))]
    low, high = min(points), max(points)
    air = (high - low) / 20 or 1.0
    return low - air, high + air


def _played(found: RoundResults) -> str:
    return _(
        "This round played {own}; {all} are played by now.", own=years_in_words(found.own_years),
        all=years_in_words(found.years),
    )  # fmt: skip


def _win(won: Won, team: str, found: RoundResults) -> html.Li:
    if not won.teams:
        names = _("nobody: nothing was agreed, or as much was kept back as was paid")
    elif len(won.teams) == len(found.teams) > 1:
        names = _("all teams: they cannot be told apart")
    else:
        names = listed([_("{team} (you)", team=each) if each == team else each for each in won.teams])
    what = [html.Strong(_(WINS[won.win])), html.Span(_(WINS_SAY[won.win]), className="win-what")]
    return html.Li(
        [html.Div(what), html.Div(names, className="win-who")],
        className="win is-own" if team in won.teams else "win", **{"data-key": won.win},
    )  # fmt: skip
