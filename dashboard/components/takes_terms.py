"""The terms of a search as controls: which question, its own few choices, and the limits to be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.native import Input
from dashboard.components.stress_terms import WHENS, box, evidence_of, number_box, select
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import trimmed
from dashboard.facts.sought import ASKS, Mixes
from dashboard.facts.stress import LimitTerm, Terms
from dashboard.link import state
from dashboard.link.takes import MEANS, REGIME, Wanted, needs_a_plan, other, plans_to_take, usually_kept, write
from dashboard.wording.language import _, along, mark, several
from dashboard.wording.searches import KINDS, LOWS, SAYS, TABS
from dashboard.wording.stress import here, limit_name, unit_name

AIMS = {
    "break_even": mark("to have saved what it costs by the end of the run"),
    "limits": mark("to keep the limits below"),
}
TURNS = {
    "effects": mark("how effective programmes are"),
    "delivered": mark("how much of the plan is delivered"),
}
MIXES: dict[Mixes, str] = {
    "few": mark("{count}, for a first look"),
    "usual": mark("{count}, as usual"),
}
STAFFED = {"no": mark("as on the page"), "yes": mark("no limit, as far as their levers reach")}
UNPAID = {"yes": mark("what such a place would"), "no": mark("nothing, as in the books")}
LONG_ENOUGH = 10
"""Years after which most effects have come."""


def tabs(wanted: Wanted, catalogue: Catalogue, terms: Terms, address: str) -> html.Nav:
    """A way to each of the questions, under the same terms."""
    ways = [
        html.A(
            _(TABS[ask]),
            href=_to(other(wanted, ask, terms), catalogue, terms, address),
            className="takes-tab",
            **{"data-set": f"find={ask}"},
            **({"aria-current": "true"} if ask == wanted.sought.ask else {}),
        )
        for ask in ASKS
    ]
    return html.Nav(ways, className="takes-tabs", **{"aria-label": _("Questions")})


def controls(wanted: Wanted, catalogue: Catalogue, terms: Terms, address: str, counts: dict[Mixes, int]) -> html.Div:
    """Everything one may choose."""
    ask = wanted.sought.ask
    parts = [
        html.P(_(SAYS[ask]), className="view-says"),
        *_hints(wanted, catalogue, terms, address),
        html.Div(_choices(wanted, counts), className="takes-choices"),
        *([] if ask == "delay" else [_limits(wanted, catalogue, terms)]),
    ]
    usual = ",".join(usually_kept(ask, terms))
    return html.Div(parts, id="takes-terms", className="stress-terms", **{"data-kept": usual, "data-find": ask})


def _choices(wanted: Wanted, counts: dict[Mixes, int]) -> list[html.Label]:
    now = wanted.sought
    if now.ask == "truth":
        return [
            _choice(_("The aim of the plan"), "aim", AIMS, now.aim),
            _choice(_("What is turned"), "turn", TURNS, now.turned),
            _choice(_("Limits are to be kept"), "when", WHENS, now.when),
        ]
    if now.ask == "delay":
        return [
            _choice(_("Places"), "kind", KINDS, now.kind),
            _choice(_("Staff and capital to open them"), "staffed", STAFFED, "yes" if now.staffed else "no"),
            _choice(_("A day of waiting outside hospital costs"), "unpaid", UNPAID, "yes" if now.unpaid else "no"),
        ]
    if now.ask == "mix":
        lows = {name: each.title for name, each in LOWS.items()}
        many = {word: _(says, count=counts[word]) for word, says in MIXES.items()}
        return [
            _choice(_("To be low"), "low-0", lows, now.lows[0]),
            _choice(_("and also"), "low-1", lows, now.lows[1]),
            html.Label([_("Mixes tried"), select("takes-mixes", many, now.mixes)], className="stress-choice"),
            _choice(_("Limits are to be kept"), "when", WHENS, now.when),
        ]
    return [_choice(_("Limits are to be kept"), "when", WHENS, now.when)]


def _choice(label: str, name: str, words: Mapping[Any, str], now: str) -> html.Label:
    chosen = {word: _(says) for word, says in words.items()}
    return html.Label([label, select(f"takes-{name}", chosen, now)], className="stress-choice")


def _limits(wanted: Wanted, catalogue: Catalogue, terms: Terms) -> html.Details:
    kept = dict(wanted.sought.limits)
    people = catalogue.places[wanted.question.place].people
    told_only = wanted.sought.ask == "truth" and wanted.sought.aim == "break_even"
    note = (
        _("Each measure is told beside the sum; whether a limit is kept counts only where that is the aim.")
        if wanted.sought.ask == "truth"
        else _("Ticked limits are to be kept, all of them. As shipped they are about the worst that England had seen.")
    )
    rows = [_limit(each, wanted.limits[each.name], people, is_kept=each.name in kept) for each in terms.limits]
    inside = [html.P(note, className="view-note"), html.Div(rows, className="stress-rows")]
    return html.Details(
        [html.Summary(_("Limits: the most that may be")), *inside],
        id="takes-limits",
        className="stress-group",
        open=not told_only,
    )


def _limit(limit: LimitTerm, value: float, people: float, *, is_kept: bool) -> html.Div:
    name = f"limit.{limit.name}"
    low, high, usually = (trimmed(each, limit.digits) for each in (limit.low, limit.high, limit.value))
    place = here(limit, people)
    says = _("{low} to {high}; usually {usual}", low=low, high=high, usual=usually)
    number: Input = number_box(name, value, (limit.low, limit.high, limit.value, limit.digits), limit_name(limit))
    return html.Div(
        [
            box("keep", limit.name, limit_name(limit), checked=is_kept),
            html.Span([number, html.Span(unit_name(limit.unit), className="stress-unit")], className="stress-value"),
            html.Span(says + (f" ({place})" if place else ""), id=f"{name}-range", className="stress-range"),
            evidence_of(limit.evidence),
        ],
        className="stress-row",
    )


def _hints(wanted: Wanted, catalogue: Catalogue, terms: Terms, address: str) -> Sequence[html.P]:
    """What should be known before asking: no plan, few years, or places that are held."""

    def way(words: str, name: str, value: str) -> html.A:
        link = _query(wanted, catalogue, terms, {name: value})
        return html.A(words, href=f"{address}?{link}", className="takes-way", **{"data-set": f"{name}={value}"})

    ask, question = wanted.sought.ask, wanted.question
    if needs_a_plan(wanted, catalogue):
        plans = [way(catalogue.plans[name].title, "plan", name) for name in plans_to_take(catalogue)]
        return [html.P([_("The page does nothing, so there is no plan to ask about. Take one:"), *plans])]
    most = min(LONG_ENOUGH, catalogue.most_years)
    if ask == "truth" and question.years < most:
        longer = several("Ask over {count} year", "Ask over {count} years", most, count=most)
        return [html.P([_("Effects come years after the money."), way(longer, "years", str(most))])]
    regime = catalogue.settings_of(question.plan, question.settings).get(REGIME, MEANS)
    if ask == "fund" and regime != MEANS:
        held = _("On the page, places are held whatever the books say, so that no money moves anybody.")
        return [html.P([held, way(_("Ask where places follow money"), REGIME, MEANS)])]
    return []


def _query(wanted: Wanted, catalogue: Catalogue, terms: Terms, changes: dict[str, str]) -> str:
    """The address of the same with parts of the question of the page changed."""
    given = state.pairs(write(wanted, catalogue, terms)) | changes
    return along("&".join(f"{name}={value}" for name, value in given.items()))


def _to(wanted: Wanted, catalogue: Catalogue, terms: Terms, address: str) -> str:
    query = along(write(wanted, catalogue, terms))
    return f"{address}?{query}" if query else address
