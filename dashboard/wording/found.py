"""What searches found, in sentences: the answer first, then what stands behind it."""

from __future__ import annotations

from dashboard.facts.drivers import Part
from dashboard.facts.searched import Bearer, DelayFound, FundFound, MixFound, Needed, Spell, TruthFound
from dashboard.wording.language import _, several
from dashboard.wording.numbers import listed, lowered, pounds
from dashboard.wording.searches import (
    BEARERS,
    KINDS,
    Show,
    a_head,
    a_year,
    percent,
    signed_count,
    span,
    times,
)


def shown_step(found: TruthFound) -> Show:
    """How a step of what is turned is written."""
    return times if found.turned == "effects" else percent


def truth_answer(found: TruthFound, plan: str) -> str:
    """What must be true."""
    show, needed, turned = shown_step(found), found.needed, found.turned == "effects"
    aim = (
        _("for it to have saved by the end of {year} what it costs", year=found.asked.labels[-1])
        if found.aim == "break_even"
        else _("for it to keep the limits")
    )
    if needed.least is None:
        never = (
            _(
                "{plan}: even {most} the central effects are not enough {aim}.",
                plan=plan,
                most=show(needed.most),
                aim=aim,
            )
            if turned
            else _(
                "{plan}: even with {most} delivered it is not enough {aim}.", plan=plan, most=show(needed.most), aim=aim
            )
        )
        return f"{never} {left_open(needed, show)}".rstrip()
    if needed.from_start:
        return _("{plan}: it takes nothing of this {aim}. What it aims at does not lean on it.", plan=plan, aim=aim)
    least = show(needed.least)
    takes = (
        _("{plan}: it takes {least} the central effects {aim}.", plan=plan, aim=aim, least=least)
        if turned
        else _("{plan}: it takes {least} delivered {aim}.", plan=plan, aim=aim, least=least)
    )
    return f"{takes} {left_open(needed, show)}".rstrip()


def left_open(needed: Needed, show: Show) -> str:
    """What chance leaves open beside the least."""
    if needed.least is None:
        return _("Chance leaves {least} and more open.", least=show(needed.maybe)) if needed.maybe is not None else ""
    low = show(needed.least if needed.maybe is None else needed.maybe)
    high = _("more than {most}", most=show(needed.most)) if needed.surely is None else show(needed.surely)
    return _("Chance leaves {low} to {high} open.", low=low, high=high) if low != high else ""


def truth_verdict(found: TruthFound) -> str:
    """Where that lies beside the evidence."""
    if found.needed.from_start:
        return ""
    if found.turned == "delivered" and found.needed.least is None:
        return _("No share that could be delivered does it.")
    if found.within:
        return _("That is within the range of the evidence.")
    return _("What would have to be true is not within the range of the evidence.")


def truth_evidence(found: TruthFound) -> str:
    """What the evidence allows."""
    if found.turned == "delivered":
        low, high = (percent(each) for each in found.allowed or (0.0, 1.0))
        return _(
            "The evidence on plans like this: {low} to {high} delivered. The plan counts on {believed}.",
            low=low,
            high=high,
            believed=percent(found.believed_at),
        )
    seen = dict(found.ends)["hopeful"]
    said = _("With every programme at the hopeful end of its range at once it would be enough.")
    if not seen.holds:
        said = _("Even with every programme at the hopeful end of its range at once it would not be enough.")
    if found.needed.least is None or found.needed.from_start:
        return said
    beyond = several(
        "At that multiple {outside} of {count} effect would lie beyond its own range.",
        "At that multiple {outside} of {count} effects would lie beyond their own range.",
        len(found.hopeful),
        outside=found.outside,
        count=len(found.hopeful),
    )
    return f"{said} {beyond}"


def net_in_words(net: Part, last: str) -> str:
    """What a plan saves or costs by the end of the run, against doing nothing."""
    words = _("As believed it saves {amount} more than it costs by the end of {year}.")
    if net.mean < 0:
        words = _("As believed it costs {amount} more than it saves by the end of {year}.")
    low, high = sorted((abs(net.low), abs(net.high)))
    sure = net.is_sure
    size = (
        _("{mean} ({low} to {high})", mean=pounds(abs(net.mean)), low=pounds(low), high=pounds(high))
        if sure
        else _("{mean}, though chance alone could turn that round,", mean=pounds(abs(net.mean)))
    )
    return words.format(amount=size, year=last)


def not_one_way(needed: Needed) -> str:
    """A warning where more did not always help."""
    if needed.one_way:
        return ""
    return _(
        "Among what was tried, a further step once stopped being enough: more does not always help here, and the least "
        "may lie elsewhere. Look at the table."
    )


def fund_answer(found: FundFound, plan: str) -> str:
    """The least money, or that none suffices."""
    if not found.moves:
        kept = (
            _("{plan}: the limits are kept without a fund.", plan=plan)
            if found.suffices
            else _("{plan}: the limits are not kept, and no sum suffices.", plan=plan)
        )
        return f"{kept} {_('The largest fund tried changes no measure that is limited.')}"
    if found.best is None:
        idle = (
            _("It is never drawn empty, so no larger one would do more: no sum suffices.")
            if found.idle
            else _("It is drawn empty, so a larger one might do more.")
        )
        return f"{_('{plan}: no fund that was tried suffices.', plan=plan)} {idle}"
    best = found.spells[found.best]
    if best.needed.from_start:
        return _("{plan}: the limits are kept on average without a fund.", plan=plan)
    said = _(
        "{plan}: the least money is {least} a head a year for {years}. That is {total} in all, of which {drawn} is "
        "drawn.",
        plan=plan,
        least=a_head(best.needed.least or 0.0),
        years=several("{count} year", "{count} years", best.years, count=best.years),
        total=pounds(best.paid_in),
        drawn=pounds(best.drawn),
    )
    return f"{said} {left_open(best.needed, a_head)}".rstrip()


def fund_because(found: FundFound) -> str:
    """Why a fund does nothing, or how sure the answer is."""
    if not found.moves:
        if found.held:
            return _(
                "Places are held whatever the books say, so money moves nobody: what would be drawn lowers the gap of "
                "the books and changes nothing at the bedside. Ask where places follow money to see the dip."
            )
        return _("The cut is as deep as it may be with a fund and without it, or nothing is cut.")
    best = found.spells[found.best] if found.best is not None else None
    return _fund_surely(best) if best else ""


def _fund_surely(best: Spell) -> str:
    surely = best.needed.surely
    if surely is None:
        return _("No fund that was tried makes it sure: chance alone breaks a limit now and then.")
    return _(
        "With {amount} a head for {years} the limits are kept by more than chance.",
        amount=a_head(surely),
        years=several("{count} year", "{count} years", best.years, count=best.years),
    )


def delay_answer(found: DelayFound) -> str:
    """Where the place as a whole pays least, and how many then wait."""
    place = found.bearers[-1]
    best, year = place.best, found.asked.labels[-1]
    said = _(
        "{kind}: the place as a whole pays least with growth of {growth} a year, {capacity} places in {year}. Then "
        "{delay} hospital beds are still held for want of one.",
        kind=_(KINDS[found.kind]),
        growth=a_year(found.points[best]),
        capacity=signed_count(found.capacity[best].mean),
        year=year,
        delay=span(found.delay[best], signed_count),
    )
    return f"{said} {_end(place)}".rstrip()


def delay_each(found: DelayFound) -> list[str]:
    """Where each one pays least, the place last."""
    return [_least(found, each) for each in found.bearers]


def _least(found: DelayFound, bearer: Bearer) -> str:
    name = _(BEARERS.get(bearer.name, bearer.name))
    least = a_year(found.points[bearer.best])
    if len(bearer.ties) > 1:
        low, high = (a_year(found.points[bearer.ties[place]]) for place in (0, -1))
        said = _(
            "{who}: least at {least}; from {low} to {high} it cannot be told apart.",
            who=name,
            least=least,
            low=low,
            high=high,
        )
    else:
        said = _("{who}: least at {least}.", who=name, least=least)
    return f"{said} {_end(bearer)}".rstrip()


def _end(bearer: Bearer) -> str:
    return _("That is an end of what was tried: the least may lie beyond.") if bearer.at_end else ""


def delay_apart(found: DelayFound) -> str:
    """Whether what suits the place suits each of those who pay."""
    place = found.bearers[-1]
    away = [_(BEARERS.get(each.name, each.name)) for each in found.bearers[:-1] if place.best not in each.ties]
    if not away:
        return ""
    return _(
        "It is not what suits each by itself: {who} would choose otherwise.",
        who=listed([away[0], *map(lowered, away[1:])]),
    )


def mix_answer(found: MixFound) -> str:
    """How many mixes keep the limits, and how many nothing beats."""
    tried = several("{count} mix was tried", "{count} mixes were tried", len(found.dots), count=len(found.dots))
    if not found.feasible:
        return _(
            "{tried}, and none keeps the limits. Shown is the one that breaks them least; it is not a best one.",
            tried=tried,
        )
    keep = several("{count} keeps the limits", "{count} keep the limits", found.feasible, count=found.feasible)
    held = sum(each.still for each in found.mixes)
    return _(
        "{tried}; {keep}. On the front, where nothing tried beats them: {front}; with other people {held} of these "
        "still are.",
        tried=tried,
        keep=keep,
        front=len(found.mixes),
        held=held,
    )


def mix_more(found: MixFound) -> list[str]:
    """What else must be known of a front."""
    said = []
    if found.feasible and not all(each.still for each in found.mixes):
        said.append(_("Those that no longer are looked good partly by chance."))
    if found.worthless:
        said.append(_("No mix is told to be better than no shift in either aim."))
    tied = sum(bool(each.tied) for each in found.mixes)
    if tied:
        said.append(
            several(
                "{count} of them cannot be told from another in any aim: take the one that is easiest to do.",
                "{count} of them cannot be told from another in any aim: take the one that is easiest to do.",
                tied,
                count=tied,
            )
        )
    return said
