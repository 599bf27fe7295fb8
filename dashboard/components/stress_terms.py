"""The terms of a stress test as controls: plans, limits and shocks, each with its default and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.evidence import CONFIDENCE, witness
from dashboard.components.native import Input
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Evidence, trimmed
from dashboard.facts.stress import Futures, LimitTerm, ShockTerm, Terms
from dashboard.link.comparison import Scenario, title
from dashboard.link.stress import MOST, SIZE_DIGITS, Wanted, is_asked, is_bare, plainly, usual
from dashboard.wording.language import ENGLISH, _, mark
from dashboard.wording.stress import here, limit_name, shock_name, unit_name

FUTURES: dict[Futures, str] = {
    "few": mark("{count}, for a first look"),
    "usual": mark("{count}, as usual"),
    "many": mark("{count}, for narrower ranges"),
}
WHENS = {"every": mark("in every year of the run"), "final": mark("in the last year alone")}
SHARP = {"step": "any", "autocomplete": "off"}
"""A number box takes what is typed; the script and the server bring it into its range."""


def controls(wanted: Wanted, catalogue: Catalogue, terms: Terms) -> html.Div:
    """Everything one may choose."""
    people = catalogue.places[wanted.question.place].people
    return html.Div(
        [
            _group(_("Plans tried in the same futures"), _plans(wanted, catalogue), "stress-plans"),
            _folded(_("Limits: the most that may be"), _limits(wanted, terms, people), "stress-limits"),
            _folded(
                _("Shocks: what may go wrong"),
                _shocks(wanted, terms),
                "stress-shocks",
                is_open=wanted.trial.shocks != usual(terms).shocks,
            ),
        ],
        id="stress-terms",
        className="stress-terms",
        **{"data-most": str(MOST)},
    )


def choices(wanted: Wanted, terms: Terms) -> list[html.Label]:
    """How many futures, and when a limit must be kept."""
    futures = {word: _(says, count=terms.counts[word]) for word, says in FUTURES.items()}
    whens = {word: _(says) for word, says in WHENS.items()}
    return [
        html.Label(
            [_("Futures"), select("stress-futures", futures, wanted.trial.futures)],
            className="stress-choice",
        ),
        html.Label(
            [_("Limits are to be kept"), select("stress-when", whens, wanted.trial.when)], className="stress-choice"
        ),
    ]


def evidence_of(evidence: Evidence) -> html.Details:
    """A dot and how sure it is, which open to what stands behind a number."""
    grade = _(CONFIDENCE[evidence.confidence]).partition(":")[0]
    dot = html.Span(className=f"dot {evidence.confidence}", **{"aria-hidden": "true"})
    about = html.Span(f": {evidence.says}", className="only-heard", lang=ENGLISH)
    return html.Details(
        [html.Summary([dot, html.Span(grade), about]), witness(evidence)],
        className="stress-evidence",
    )


def _group(heading: str, content: Sequence[Component], where: str) -> html.Section:
    name = f"{where}-heading"
    return html.Section(
        [html.H3(heading, id=name), *content], id=where, className="stress-group", **{"aria-labelledby": name}
    )


def _folded(heading: str, content: Sequence[Component], where: str, *, is_open: bool = True) -> html.Details:
    return html.Details([html.Summary(heading), *content], id=where, className="stress-group", open=is_open)


def _plans(wanted: Wanted, catalogue: Catalogue) -> list[html.P | html.Div]:
    """What is tried in any case, and a box for each shipped plan."""
    there = [catalogue.plans[catalogue.default_plan].title]
    if is_asked(wanted.question, catalogue):
        there.append(title(Scenario(wanted.question, here=True), catalogue))
    always = _("In any case: {plans}. Beside them, {count} at most:", plans="; ".join(there), count=MOST)
    own = wanted.question.plan if is_bare(wanted.question) else ""
    boxes = [
        box("with", name, plan.title, checked=name in wanted.beside)
        for name, plan in catalogue.plans.items()
        if name not in (catalogue.default_plan, own)
    ]
    return [html.P(always, className="view-note"), html.Div(boxes, className="stress-boxes")]


def _limits(wanted: Wanted, terms: Terms, people: float) -> list[html.P | html.Div]:
    now = dict(wanted.trial.limits)
    note = _(
        "As shipped, about the worst that England had lived through when the plans were written, and for the money gap "
        "what plans were asked to close: to keep inside them is bearable, not good."
    )
    rows = [_limit(each, now[each.name], people) for each in terms.limits]
    return [html.P(note, className="view-note"), html.Div(rows, className="stress-rows")]


def _limit(limit: LimitTerm, value: float, people: float) -> html.Div:
    name = f"limit.{limit.name}"
    low, high, usually = (trimmed(each, limit.digits) for each in (limit.low, limit.high, limit.value))
    place = here(limit, people)
    says = _("{low} to {high}; usually {usual}", low=low, high=high, usual=usually)
    number = number_box(name, value, (limit.low, limit.high, limit.value, limit.digits), limit_name(limit))
    return html.Div(
        [
            html.Label(limit_name(limit), htmlFor=name, className="stress-name"),
            html.Span([number, html.Span(unit_name(limit.unit), className="stress-unit")], className="stress-value"),
            html.Span(says + (f" ({place})" if place else ""), id=f"{name}-range", className="stress-range"),
            evidence_of(limit.evidence),
        ],
        className="stress-row",
    )


def _shocks(wanted: Wanted, terms: Terms) -> list[html.P | html.Div]:
    now = {name: (size, chance) for name, size, chance in wanted.trial.shocks}
    note = _(
        "In each future a ticked shock happens with its chance, and then with a size drawn from its range, likeliest "
        "as given. Chances and most sizes are judgements: change them and see."
    )
    rows = [_shock(each, now.get(each.name)) for each in terms.shocks]
    return [html.P(note, className="view-note"), html.Div(rows, className="stress-rows")]


def _shock(shock: ShockTerm, now: tuple[float, float] | None) -> html.Div:
    """A row with a box to tick; a shock that is left out keeps its usual size and chance."""
    size, chance = now or (shock.value, shock.chance)
    name, unit = shock_name(shock), unit_name(shock.unit)
    sizes = (shock.low, shock.high, shock.value, SIZE_DIGITS)
    low, high = (trimmed(each, SIZE_DIGITS) for each in (shock.low, shock.high))
    boxes = [
        html.Span(_("size"), className="stress-unit"),
        number_box(f"size.{shock.name}", size, sizes, _("{name}, its size", name=name)),
        html.Span(unit, className="stress-unit"),
        html.Span(_("chance"), className="stress-unit"),
        number_box(f"chance.{shock.name}", chance, (0.0, 100.0, shock.chance, 0), _("{name}, its chance", name=name)),
        html.Span("%", className="stress-unit"),
    ]
    span = _("size {low} to {high}", low=low, high=high)
    return html.Div(
        [
            html.Div([box("shock", shock.name, name, checked=now is not None), html.P(_(shock.says))]),
            html.Span(boxes, className="stress-value"),
            html.Span(span, className="stress-range"),
            evidence_of(shock.evidence),
        ],
        className="stress-row is-shock",
    )


def box(kind: str, name: str, words: str, *, checked: bool) -> html.Label:
    """A box to tick, which the script finds by its kind."""
    box = Input(type="checkbox", checked=checked, **{f"data-{kind}": name})
    return html.Label([box, html.Span(words)], className="stress-box")


def number_box(name: str, value: float, about: tuple[float, float, float, int], label: str) -> Input:
    """A box for a number.

    about   least, most, usual, and how many decimals
    """
    low, high, value_of_file, digits = about
    more = {"aria-label": label, "data-number": name, "data-usual": plainly(value_of_file), "data-digits": str(digits)}
    return Input(type="number", id=name, value=plainly(value), min=plainly(low), max=plainly(high), **SHARP, **more)


def select(name: str, options: Mapping[Any, str], now: str) -> html.Select:
    """A choice of a few words."""
    return html.Select(
        [html.Option(words, value=value, selected=value == now) for value, words in options.items()], id=name
    )
