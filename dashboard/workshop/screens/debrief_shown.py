"""To talk about: demand, flow or money; what stands out; what people will do; and at the end everybody's plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
from dash import html

from dashboard.wording.language import _
from dashboard.wording.numbers import NO_DIFFERENCE, listed, lowered, size_of
from dashboard.wording.workshop import FAMILIES, FAMILIES_SAY, HEADLINES
from dashboard.workshop.divided import Divided
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.compared import why_undivided
from dashboard.workshop.screens.deals_shown import deals_moved
from dashboard.workshop.screens.facts import facts_of
from dashboard.workshop.screens.levers_shown import Settings, changes_in_words, setting_in_words
from dashboard.workshop.screens.results_shown import change_in_words, own_results, range_in_words, shown
from sim.results.statistics import Paired
from sim.workshop import Headline
from sim.workshop.rules import LONGEST_TEXT

DIVIDED = ("delayed", "unmet", "gap")
"""Measures whose change is told by what it comes from."""


def split_shown(scene: Scene) -> html.Section | None:
    """The own team's change divided among demand, flow and money, in words."""
    if scene.seat is None or own_results(scene) is None:
        return None
    found = scene.splits.get(scene.seat.team)
    says = html.Ul(
        [html.Li([html.Strong(_(FAMILIES[name])), f": {_(FAMILIES_SAY[name])}"]) for name in FAMILIES],
        className="split-words",
    )
    why = f"{why_undivided(scene, scene.seat.team)}."
    rows = list(_divided(found)) if found else [html.P(why, className="room-says")]
    return html.Section([html.H2(_("Demand, flow or money?")), says, *rows], **{"data-key": "split"})


def stands_out(scene: Scene) -> html.Section | None:
    """The largest change, and the lever that was moved furthest."""
    own = own_results(scene)
    if own is None:
        return None
    told = [html.P(each) for each in (_largest(own.headlines), *_moved(scene))]
    asks = html.P(_("Did you expect that? What would you have said before the round?"), className="room-soft")
    return html.Section([html.H2(_("What stands out")), *told, asks], **{"data-key": "stands"})


def commitments_shown(scene: Scene, *, open_: bool) -> html.Section:
    """What the own team said it will do, and a place to type one more while there is time for it."""
    said = [html.Li(each.text) for each in scene.view.commitments]
    title = html.H2(_("What we will do"))
    listed_ = html.Ul(said, className="said") if said else html.P(_("Nobody at your table has typed anything yet."))
    form = [_commit_form()] if open_ else []
    return html.Section([title, listed_, *form], **{"data-key": "commitments"})


def plans_shown(scene: Scene) -> html.Section | None:
    """What every team that may be seen decided, round by round."""
    plans = {team: each for team, each in scene.view.plans.items() if each}
    if not plans:
        return None
    teams = [
        html.Details(
            [html.Summary(team), html.Ol([html.Li(_decided(scene, team, at)) for at in range(len(rounds))])],
            className="lever-what", **{"data-key": team},
        )
        for team, rounds in plans.items()
    ]  # fmt: skip
    return html.Section([html.H2(_("What was decided")), *teams], **{"data-key": "plans"})


def _decided(scene: Scene, team: str, at: int) -> str:
    rounds, deals = scene.view.plans[team], scene.deals[team]
    changed = changes_in_words(scene, rounds[at - 1] if at else {}, rounds[at])
    return "; ".join([*changed, *deals_moved(scene, deals[at], at)]) or _("No lever was moved.")


def _divided(found: Divided) -> Iterator[html.Div]:
    for series in (each for each in DIVIDED if each in found.whole):
        measure, whole = HEADLINES[series], found.whole[series]
        parts = list(found.parts[series].items())
        title = html.H3([measure.label, html.Span(f": {change_in_words(measure, whole)}", className="split-whole")])
        most = max((abs(part.mean) for _name, part in parts), default=0.0)
        rows = [_part(series, name, part, most) for name, part in parts]
        yield html.Div([title, html.Dl(rows, className="split-parts")], className="split", **{"data-key": series})


def _part(series: str, name: str, part: Paired, most: float) -> html.Div:
    measure = HEADLINES[series]
    share = abs(part.mean) / most if most and part.verdict != NO_DIFFERENCE else 0.0
    bar = html.Span("", className=f"split-bar is-{part.verdict.split()[0]}", style=f"--share:{share:.3f}")
    span = range_in_words(measure, part)
    words = [change_in_words(measure, part), html.Span(f" ({span})", className="room-soft") if span else ""]
    return html.Div([html.Dt(_(FAMILIES.get(name, name))), html.Dd([bar, *words])])


def _largest(headlines: Sequence[Headline]) -> str:
    """The change that is largest beside what doing nothing has, of those that can be told from chance."""
    sure = [each for each in headlines if each.change.verdict in ("better", "worse") and each.series in HEADLINES]
    if not sure:
        return _("No headline measure differs from doing nothing by more than luck may bring.")
    most = max(sure, key=_relative)
    measure = HEADLINES[most.series]
    words = {"size": size_of(measure, shown(measure, most.change.mean)), "way": measure.direction(most.change.mean)}
    return _(
        "The largest change beside what doing nothing brings: {measure}, {size} {way} ({verdict}).",
        measure=lowered(measure.label), verdict=_(most.change.verdict), **words,
    )  # fmt: skip


def _relative(headline: Headline) -> float:
    nothing = abs(headline.value.mean - headline.change.mean)
    return abs(headline.change.mean) / nothing if nothing else float("inf")


def _moved(scene: Scene) -> list[str]:
    """What was moved in the round: the lever furthest on its own scale, and agreements."""
    lever, deals = _lever_moved(scene), deals_moved(scene, scene.view.deals, scene.view.round)
    if not lever and not deals:
        return [_("Your team moved nothing in this round.")]
    said = [_("The lever moved furthest in this round: {levers}.", levers=lever)] if lever else []
    return [*said, *(f"{each}." for each in deals)]


def _lever_moved(scene: Scene) -> str:
    """The lever moved furthest, or several; empty where none was. What agreements became is no move of a lever."""
    plans = scene.view.plans.get(scene.seat.team, ()) if scene.seat else ()
    plan: Settings = plans[-1] if plans else {}
    before = scene.begun if scene.view.way == "place" else next(iter(plans[-2:-1]), {})
    moved = {path: _distance(scene, path, before, value) for path, value in plan.items() if _is_number(scene, path)}
    most = max(moved.values(), default=0.0)
    spans = {path: scene.template.spans[path] for path, far in moved.items() if far == most > 0}
    return listed([f"{lowered(_(span.label))}, {setting_in_words(span, plan[path])}" for path, span in spans.items()])


def _is_number(scene: Scene, path: str) -> bool:
    span = scene.template.spans.get(path)
    return span is not None and not span.choices


def _distance(scene: Scene, path: str, before: Settings, value: float | str) -> float:
    """How far a lever was moved, as a share of its scale."""
    span, base = scene.template.spans[path], facts_of(scene.template).levers[path].base
    return abs(float(value) - float(before.get(path, base))) / (span.high - span.low)


def _commit_form() -> html.Form:
    box = html.Textarea(
        "", name="text", id="commit-text", rows=3, maxLength=LONGEST_TEXT, required=True, className="room-text"
    )
    return html.Form(
        [
            html.Label(_("One thing you will do, in your own words"), htmlFor="commit-text"),
            box,
            html.P(_("Your table and the facilitator see it, and it stands on the sheet you may take home."),
                   className="room-soft"),
            html.Button(_("Add it"), type="submit", className="button is-main"),
        ],
        className="commit-form", **{"data-act": orjson.dumps({"act": "Commit"}).decode(), "data-key": "form"},
    )  # fmt: skip
