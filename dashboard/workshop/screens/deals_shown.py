"""Agreements between organisations: propose, answer, break, keep; each in words that name both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.components.native import Input
from dashboard.facts.levers import trimmed
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import pounds, sentence
from dashboard.wording.workshop import WORDS, role_in_words, short_role
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.facts import facts_of
from dashboard.workshop.screens.levers_shown import DIGITS, PERCENT, percent_of_budget
from sim.workshop import Deal
from sim.workshop.template import GIVER, SHIFT, TAKERS

STANDINGS = {
    "proposed": mark("Proposed"), "agreed": mark("Agreed"), "refused": mark("Refused"), "broken": mark("Broken"),
}  # fmt: skip
PROPOSED = {
    (True, True): mark("You offer {other} {share} of your budget."),
    (True, False): mark("The hospital offers you {share} of its budget."),
    (False, True): mark("{other} asks you for {share} of your budget."),
    (False, False): mark("You ask the hospital for {share} of its budget."),
}
"""By whether the hospital proposed it, and whether the looker is the hospital."""


def deals_shown(scene: Scene) -> html.Section:
    """Agreements of the seat's own roles, with what may be done about each, and a form for one more."""
    roles = scene.roles
    sides = [role for role in roles if role == GIVER or role in TAKERS]
    parts: list[Component] = [html.H2(_("Agreements")), _explained()]
    if scene.view.deals:
        parts.append(html.Ul([_deal(scene, deal, roles) for deal in scene.view.deals], className="deals"))
    else:
        parts.append(html.P(_("Nothing is proposed or agreed yet."), className="room-says"))
    if sides:
        parts += [html.P(_so_far(scene), className="room-soft"), _form(scene, roles)]
    else:
        parts.append(html.P(_("You are not a side of any agreement, but you may bring two sides together.")))
    return html.Section(parts, className="room-deals", **{"data-key": "deals"})


def deals_told(scene: Scene) -> html.Section | None:
    """Agreements when results are shown: what was kept and what was broken; None where there were none."""
    told = [deal for deal in scene.view.deals if deal.made >= 0]
    if not told:
        return None
    items = [html.Li(_outcome(scene, deal), **{"data-key": str(deal.number)}) for deal in told]
    return html.Section([html.H2(_("Agreements of your team")), html.Ul(items, className="deals-told")])


def deals_moved(scene: Scene, deals: Sequence[Deal], number: int) -> list[str]:
    """What was agreed and what was broken in a round, counted from 0: as much a move as that of a lever."""
    told = []
    for deal in deals:
        words = {"share": percent_of_budget(scene, deal.share), "other": short_role(deal.taker)}
        if deal.broken == number:
            told.append(_("Broken: {share} of the hospital budget to {other}", **words))
        elif deal.made == number and deal.holds:
            told.append(_("Agreed: {share} of the hospital budget to {other}", **words))
    return told


def _explained() -> html.Details:
    words = [html.Summary(_("What is an agreement?")), html.P(_(WORDS["agreement"]))]
    return html.Details(words, className="lever-what")


def _deal(scene: Scene, deal: Deal, roles: Sequence[str]) -> html.Li:
    words = html.P(_in_words(scene, deal, roles), className="deal-says")
    doing = html.Div(list(_buttons(scene, deal, roles)), className="deal-buttons")
    state = html.Span(_(STANDINGS[deal.standing]), className=f"deal-state is-{deal.standing}")
    return html.Li([state, words, doing], className=f"deal is-{deal.standing}", **{"data-key": str(deal.number)})


def _in_words(scene: Scene, deal: Deal, roles: Sequence[str]) -> str:
    """Who pays whom what, as the looker's side says it."""
    share, other = percent_of_budget(scene, deal.share), short_role(deal.taker)
    gives, takes = GIVER in roles, deal.taker in roles
    if deal.standing == "proposed" and not (gives and takes):
        return sentence(_(PROPOSED[deal.asker == GIVER, gives], share=share, other=other))
    if deal.standing == "broken" and deal.broken == scene.view.round:
        return _(
            "You have broken this: {share} to {other}. They learn of it when results are shown.", share=share,
            other=other,
        )  # fmt: skip
    return _("The hospital pays {share} of its budget to {other}.", share=share, other=other)


def _buttons(scene: Scene, deal: Deal, roles: Sequence[str]) -> Iterator[Component]:
    answers = deal.taker if deal.asker == GIVER else GIVER
    if deal.standing == "proposed" and answers in roles:
        yield _button(_("Agree"), "is-main", act="Answer", deal=deal.number, agrees=True)
        yield _button(_("Refuse"), "", act="Answer", deal=deal.number, agrees=False)
    elif deal.standing == "proposed":
        yield html.Span(_("Waiting for an answer from {other}.", other=short_role(answers)), className="room-soft")
    elif deal.holds and GIVER in roles:
        sure = _("Press again to break it")
        yield _button(_("Break this agreement"), "is-grave", sure, act="Break", deal=deal.number)
    elif deal.standing == "broken" and deal.broken == scene.view.round and GIVER in roles:
        yield _button(_("Keep it after all"), "", act="Keep", deal=deal.number)
    elif deal.holds:
        yield html.Span(_("It holds until the hospital breaks it."), className="room-soft")


def _button(words: str, kind: str, sure: str = "", **act: object) -> html.Button:
    asks = {"data-sure": sure} if sure else {}
    return html.Button(
        words, type="button", className=f"button {kind}".strip(), **{"data-act": orjson.dumps(act).decode()}, **asks
    )


def _so_far(scene: Scene) -> str:
    one = pounds(facts_of(scene.template).budget / PERCENT)
    most = trimmed(_most(scene), DIGITS)
    return _(
        "1% of the hospital budget is about {money} a year. All agreements together may reach {most}%.", money=one,
        most=most,
    )  # fmt: skip


def _most(scene: Scene) -> float:
    span = scene.template.spans.get(SHIFT)
    return (span.high if span else 1.0) * PERCENT


def _form(scene: Scene, roles: Sequence[str]) -> html.Details:
    """Propose one more: the hospital offers, anybody else asks."""
    gives = GIVER in roles
    takers = [role for role in TAKERS if role in scene.template.roles and (gives or role in roles)]
    title = _("Offer money to somebody") if gives else _("Ask the hospital for money")
    options = [html.Option(role_in_words(role), value=role) for role in takers]
    number = Input(
        type="number", name="share", id="deal-share", min="0.01", max=f"{_most(scene):g}", step="any",
        inputmode="decimal", required=True, className="lever-number", **{"data-scale": str(PERCENT)},
    )  # fmt: skip
    form = html.Form(
        [
            html.Label([_("For"), html.Select(options, name="taker", className="room-select")]),
            html.Label([_("Share of the hospital budget, %"), number]),
            html.Button(_("Offer") if gives else _("Ask"), type="submit", className="button is-main"),
        ],
        className="deal-form", **{"data-act": orjson.dumps({"act": "Propose"}).decode()},
    )  # fmt: skip
    return html.Details([html.Summary(title), form], className="deal-new", **{"data-key": "new"})


def _outcome(scene: Scene, deal: Deal) -> str:
    share, other = percent_of_budget(scene, deal.share), short_role(deal.taker)
    made = deal.made + 1
    if deal.broken >= 0:
        return _(
            "Broken in round {broken}: {share} to {other}, agreed in round {made}.", broken=deal.broken + 1,
            share=share, other=other, made=made,
        )  # fmt: skip
    return _("Kept: {share} to {other}, agreed in round {made}.", share=share, other=other, made=made)
