"""How sure an answer is: under every card the band of chance beside that of not knowing, and what is leaned on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from dash import html

from dashboard import ids
from dashboard.components.cards import luck, span_in_words
from dashboard.components.evidence import CONFIDENCE, card, dot
from dashboard.components.html_text import to_html
from dashboard.facts.answers import Answer, Year
from dashboard.facts.findings import Doubted, Lean, Unsure
from dashboard.wording.language import ENGLISH, _, mark, several
from dashboard.wording.numbers import BY_ID, CARDED, Measure, listed, lowered, people_in_words
from dashboard.wording.story import change_in_words

ASK = mark("And if the numbers themselves are wrong?")
SAME = mark(
    "No change means that the measure stands at its limit with the plan and without: every bed is in use, or "
    "everybody waits, or nobody does."
)
ASIDE = mark(
    "{count} other draws were set aside: with them hospitals could not have been as full as they were in the first "
    "year."
)
MADE = mark(
    "Each draw was run {count} times for {people} and scaled to the place. What the levers say was taken as given. "
    "Most ranges are judgement, and the form of the model was not varied: a bar is as honest as the ranges are."
)
MOST_NAMED = 8
STRONG = 0.5
"""A lean from which on a number explains a quarter of the differences between draws."""

MORE, LESS = mark("the plan changes {measure} more"), mark("the plan changes {measure} less")
MUCH_MORE, MUCH_LESS = mark("the plan changes {measure} much more"), mark("the plan changes {measure} much less")
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bands:
    """One measure: chance alone, not knowing alone, and the axis both are drawn on; chance is None if not at hand."""

    chance: Span | None
    ignorance: Span
    low: float
    high: float


def panel() -> html.Section:
    """Where the answer comes to stand; empty and hidden until it is asked for."""
    return html.Section(
        [
            html.Div(
                [
                    html.H3(_("If the numbers themselves are wrong"), className="job-title"),
                    html.P("", id=ids.DOUBTS_STATUS, className="job-words", role="status"),
                    html.Div(html.Div(className="job-bar-fill"), id=ids.DOUBTS_BAR, className="job-bar"),
                    html.Button(_("Stop"), id=ids.DOUBTS_STOP, type="button", className="button"),
                    html.Button(_("Work it out again"), id=ids.DOUBTS_AGAIN, type="button", className="button"),
                    html.Button(_("Close"), id=ids.DOUBTS_CLOSE, type="button", className="text-button"),
                ],
                className="job-row",
            ),
            html.Div("", id=ids.DOUBTS_RESULT),
        ],
        id=ids.DOUBTS,
        className="doubts",
        hidden=True,
        **{"aria-label": _(ASK).removesuffix("?")},
    )


def doubts_button() -> html.Button:
    """What opens it."""
    says = {"aria-controls": ids.DOUBTS, "aria-expanded": "false"}
    return html.Button(_(ASK), id=ids.DOUBTS_ASK, type="button", className="button", **says)


def doubts_shown(found: Doubted, answer: Answer | None, most: int) -> dict[str, Any]:
    """A result for the page: what goes into the panel, and evidence by name.

    answer   the same question as it stands on the cards, for its chance
    most     draws that may be asked for at most
    """
    evidence = {name: to_html(card(each.says, "", [each])) for name, each in found.evidence.items()}
    words = _("Worked out from {count} draws.", count=found.run)
    return {"words": words, "html": to_html(result(found, answer, most)), "evidence": evidence}


def result(found: Doubted, answer: Answer | None, most: int) -> list[html.Div | html.P | html.Section]:
    """Explanation, a column for each card, and the numbers leaned on."""
    plain = answer.is_baseline if answer else False
    return [
        html.P(explanation(found, plain=plain), className="doubts-says"),
        html.Div([column(BY_ID[name], found, answer) for name in CARDED], className="doubt-cards"),
        leaned_on(found, most, plain=plain),
        html.P(caution(found), className="doubts-caution"),
    ]


def explanation(found: Doubted, *, plain: bool) -> str:
    """What was done, for somebody who never drew a number."""
    card = mark("Each bar holds nine cases in ten; the upright line marks the number on the card.")
    none = mark("Each bar holds nine cases in ten; the upright line marks no change.")
    done = _(
        "The model rests on {numbers} numbers that nobody knows exactly. All were changed at once, {draws} times over, "
        "each within the range its evidence allows, and the question was asked anew. Chance alone: how far single "
        "futures would lie apart if every number were right. Not knowing alone: how far the expected result moves if "
        "the numbers are other than we think.",
        numbers=found.numbers,
        draws=found.draws,
    )
    return f"{done} {_(card if plain else none)}"


def caution(found: Doubted) -> str:
    """What was left out, and what the bands are not."""
    parts = []
    if any(each.same for each in found.measures.values()):
        parts.append(_(SAME))
    if found.aside:
        parts.append(_(ASIDE, count=found.aside))
    if found.impossible:
        parts.append(
            several(
                "{count} draw was left out, since no place can be made of it.",
                "{count} draws were left out, since no place can be made of it.",
                found.impossible,
                count=found.impossible,
            )
        )
    made = _(MADE, count=found.replications, people=people_in_words(found.people))
    return " ".join((*parts, made))


def column(measure: Measure, found: Doubted, answer: Answer | None) -> html.Div:
    """Under one card: two bars on one axis, each in words, and in how many draws the plan does better."""
    unsure, year = found.measures[measure.id], answer.years[measure.id][-1] if answer else None
    plain = answer.is_baseline if answer else False
    both = bands(measure, unsure, year, plain=plain)
    line = year.plan if year and plain else 0.0
    rows = [("chance", _("Chance alone"), both.chance), ("ignorance", _("Not knowing alone"), both.ignorance)]
    apart = outside(measure, unsure, year, plain=plain) if year else ""
    count = [] if plain else [html.P(better(measure, unsure, found.run), className="doubt-count")]
    return html.Div(
        [
            html.H4(measure.label, className="card-label"),
            *(
                _bar(kind, name, span, both, line, _span_words(measure, span, plain=plain))
                for kind, name, span in rows
                if span
            ),
            *([html.P(apart, className="doubt-apart")] if apart else []),
            *count,
        ],
        className="doubt-card",
    )


def outside(measure: Measure, unsure: Unsure, year: Year, *, plain: bool) -> str:
    """Why the card lies outside the band of not knowing, where it is seen to; else nothing."""
    value = year.plan if plain else year.change
    nearest = min(max(value, unsure.low), unsure.high)
    said = measure.words if plain else measure.change
    if value == nearest or (said(value) == said(nearest) and value * nearest >= 0):
        return ""
    card = measure.words(value) if plain else change_in_words(measure.id, year)
    return _(
        "The card ({card}) lies outside this band: the middle of the draws is not what is believed, because waits and "
        "beds rise more above full than they fall below it.",
        card=card,
    )


def bands(measure: Measure, unsure: Unsure, year: Year | None, *, plain: bool) -> Bands:
    """Both bands and their common axis, which holds zero where changes are shown."""
    ignorance, chance = (unsure.low, unsure.high), None
    if year and not isnan(year.luck):
        away = year.luck_of_change
        chance = luck(measure, year) if plain else (year.change - away, year.change + away)
    ends = [*ignorance, *(chance or ()), year.plan if year and plain else 0.0]
    return Bands(chance, ignorance, min(ends), max(ends))


def better(measure: Measure, unsure: Unsure, draws: int) -> str:
    """In how many draws the plan does better, or changes nothing; fewer, where neither way is better."""
    above = draws - unsure.below - unsure.same
    count = above if measure.better == "higher" else unsure.below
    word = measure.less if measure.better == "neither" else _("better")
    said = _("{word} in {count} of {draws} draws", word=word.capitalize(), count=count, draws=draws)
    return _("{change}, no change in {count}", change=said, count=unsure.same) if unsure.same else said


def leaned_on(found: Doubted, most: int, *, plain: bool) -> html.Section:
    """The numbers that stand out, the strongest first, each with what it does and how good its evidence is."""
    named = by_number(found)
    more = _("Draw {count} times, to see more", count=most)
    ask_more = html.Button(more, type="button", className="button", **{"data-draws": "many"})
    none = mark("No single number stands out in {count} draws; that does not mean that none matters.")
    words = _("What the answer leans on most") if named else _(none, count=found.draws)
    rows = [_lean_row(leans, found, plain=plain) for leans in list(named.values())[:MOST_NAMED]]
    heads = (_("Number"), _("If it is higher than we think"), _("Evidence"))
    table = html.Table(
        [html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])), html.Tbody(rows)], className="leans"
    )
    return html.Section(
        [html.H4([words]), table if rows else "", ask_more if found.draws < most else ""], className="leans-part"
    )


def by_number(found: Doubted) -> dict[str, list[tuple[str, Lean]]]:
    """Leans with their measures, by the number leaned on, the strongest number first."""
    gathered: dict[str, list[tuple[str, Lean]]] = {}
    for name, unsure in found.measures.items():
        for lean in unsure.leans:
            gathered.setdefault(lean.name, []).append((name, lean))
    return dict(sorted(gathered.items(), key=lambda item: -max(abs(lean.strength) for _name, lean in item[1])))


def _lean_row(leans: Sequence[tuple[str, Lean]], found: Doubted, *, plain: bool) -> html.Tr:
    first = leans[0][1]
    grade = f" {_(CONFIDENCE[first.confidence]).partition(':')[0]}"
    does = [_does(BY_ID[name], lean, found.measures[name], plain=plain) for name, lean in leans]
    return html.Tr(
        [
            html.Th(first.says, scope="row", lang=ENGLISH),
            html.Td(f"{listed(does)}."),
            html.Td([dot(first.says, first.name, first.confidence), grade]),
        ]
    )


def _does(measure: Measure, lean: Lean, unsure: Unsure, *, plain: bool) -> str:
    """What a higher number does to a measure, or to the plan's change of it."""
    strong = abs(lean.strength) >= STRONG
    label = lowered(measure.label.partition(",")[0])
    if plain:
        way = measure.direction(lean.strength)
        return f"{label}: {_('much {direction}', direction=way) if strong else way}"
    same, much = lean.strength * unsure.middle > 0, (MUCH_MORE, MUCH_LESS) if strong else (MORE, LESS)
    return _(much[0] if same else much[1], measure=label)


def _bar(kind: str, name: str, span: Span, both: Bands, at: float, words: str) -> html.Div:
    low, high, line = (_place(each, both) for each in (*span, at))
    style = f"--low:{low}%;--high:{high}%;--mark:{line}%"
    return html.Div(
        [
            html.P(name, className="doubt-name"),
            html.Div(className=f"doubt-bar {kind}", style=style, **{"aria-hidden": "true"}),
            html.P(words, className="doubt-span"),
        ],
        className="doubt-row",
    )


def _span_words(measure: Measure, span: Span, *, plain: bool) -> str:
    if plain:
        return _("{low} to {high}", low=measure.words(span[0]), high=measure.words(span[1]))
    return span_in_words(measure, *span)


def _place(value: float, both: Bands) -> float:
    """Where a value lies on the axis, in percent."""
    whole = both.high - both.low
    return round(100 * (value - both.low) / whole, 1) if whole > 0 else 0.0
