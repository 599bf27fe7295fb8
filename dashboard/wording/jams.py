"""What holds up the rest, in two or three plain sentences made from who waits for whom."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.facts.answers import Answer
from dashboard.facts.stations import HOSPITAL, KINDS, Hold, Jam, Rules
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import listed, sentence, whole
from dashboard.wording.places import SAID, Standing, of_course, percent, pressure_in_words, standing

HOW = {"plan": mark("with this plan"), "baseline": mark("doing nothing")}
NOT_COUNTED = mark("This model does not count places.")


def map_in_words(answer: Answer, year: int, show: str) -> str:
    """The sentence above the map: what holds up the rest in a year, or what of it the plan changes."""
    rules = answer.stations.rules
    if rules is None:
        return _(NOT_COUNTED)
    if show == "difference":
        return _difference(answer, year)
    course = answer.stations.course(show)
    begin = _("In {year}", year=answer.accounts.years[year])
    how = "" if answer.is_baseline else f", {_(HOW[show])}"
    of_year = answer.years["delayed"][year]
    delayed = of_year.plan if show == "plan" else of_year.baseline
    stands = {kind: standing(answer.accounts, kind, year, show) for kind in KINDS}
    return f"{begin}{how}, {_course(rules, course.jams[year], stands, delayed)}"


def _course(rules: Rules, jam: Jam, stands: dict[str, Standing], delayed: float) -> str:
    """One year of one way of going on."""
    if not jam.binding:
        return f"{_nothing(jam, stands)} {_fullest(rules, stands)}"
    own = [_short(rules, stands[HOSPITAL])] if jam.binding[0].kind == HOSPITAL else []
    others = [hold for hold in jam.binding if hold.kind != HOSPITAL]
    held = [_held(rules, others, jam, stands, delayed)] if others else []
    return " ".join([_names(jam), *own, *held, *([] if own else [_hospital(stands[HOSPITAL])])])


def names_of(jam: Jam) -> str:
    """What holds up the rest, such as "home care and care homes"; empty when nothing does."""
    return listed([_(SAID[hold.kind]) for hold in jam.binding])


def _names(jam: Jam) -> str:
    names = names_of(jam)
    if len(jam.binding) > 1:
        return _("{count} kinds of place hold up the rest: {names}.", count=len(jam.binding), names=names)
    if jam.binding[0].kind == HOSPITAL:
        return _("hospital beds are short by themselves.")
    return (
        _("{names} holds up the rest.", names=names)
        if _is_one(jam.binding[0])
        else _("{names} hold up the rest.", names=names)
    )


def _is_one(hold: Hold) -> bool:
    """Whether its name is a singular in English."""
    return hold.kind in ("p1", "home_care")


def _short(rules: Rules, stand: Standing) -> str:
    """Hospital beds that are short by themselves."""
    return several(
        "Hospital beds are {used} in use on average ({word}), mostly by people who do not wait to go on; {count} "
        "person waits to come in.",
        "Hospital beds are {used} in use on average ({word}), mostly by people who do not wait to go on; {count} "
        "people wait to come in.",
        stand.outside,
        count=whole(stand.outside),
        used=percent(stand.used),
        word=pressure_in_words(rules, stand.used),
    )


def _held(rules: Rules, holds: Sequence[Hold], jam: Jam, stands: dict[str, Standing], delayed: float) -> str:
    """Who waits in hospital, and because of what."""
    parts = [
        _(
            "{beds} because of {name} ({used} in use on average, {word})",
            beds=whole(hold.beds),
            name=_(SAID[hold.kind]),
            used=percent(stands[hold.kind].used),
            word=pressure_in_words(rules, stands[hold.kind].used),
        )
        for hold in holds
    ]
    return _(
        "Of {delayed} patients who are ready to leave on an average day, {total} wait in hospital beds for a next "
        "place: {parts}.",
        delayed=whole(delayed),
        total=whole(jam.total),
        parts=listed(parts),
    )


def _hospital(acute: Standing) -> str:
    """What that does to the hospital, where it is not short by itself."""
    without = (acute.occupied - acute.stuck) / acute.places if acute.places else 0.0
    return _(
        "Hospital beds are {used} in use; without the people who wait in them to go on it would be {without}.",
        used=percent(acute.used),
        without=percent(without),
    )


def _nothing(jam: Jam, stands: dict[str, Standing]) -> str:
    return several(
        "no kind of place holds up the others to speak of: {count} person a day waits in a hospital bed for room "
        "elsewhere, of {beds} beds.",
        "no kind of place holds up the others to speak of: {count} people a day wait in hospital beds for room "
        "elsewhere, of {beds} beds.",
        jam.total,
        count=whole(jam.total),
        beds=whole(stands[HOSPITAL].places),
    )


def _fullest(rules: Rules, stands: dict[str, Standing]) -> str:
    most = max(stands.values(), key=lambda each: each.used)
    words = _(
        "{name}: {used} in use on average, {word}",
        name=_(SAID[most.kind]),
        used=percent(most.used),
        word=pressure_in_words(rules, most.used),
    )
    return _("Fullest: {words}.", words=words)


def _difference(answer: Answer, year: int) -> str:
    """What the plan does to the hospital, to those who wait in it, and to what holds up the rest."""
    label, accounts = answer.accounts.years[year], answer.accounts
    both = {name: standing(accounts, HOSPITAL, year, name) for name in HOW}
    jams = {"plan": answer.stations.plan.jams[year], "baseline": answer.stations.baseline.jams[year]}
    beds = _(
        "hospital beds are {plan} in use instead of {nothing}",
        plan=percent(both["plan"].used),
        nothing=percent(both["baseline"].used),
    )
    waits = _(
        "{plan} people a day wait in them for room elsewhere instead of {nothing}",
        plan=whole(jams["plan"].total),
        nothing=whole(jams["baseline"].total),
    )
    begin = _("In {year}, with this plan, {beds}, and {waits}.", year=label, beds=beds, waits=waits)
    return f"{begin} {_what_holds(jams)}{_unsure(answer, year)}"


def _what_holds(jams: dict[str, Jam]) -> str:
    plan, nothing = (names_of(jams[name]) or _("nothing to speak of") for name in ("plan", "baseline"))
    if plan == nothing:
        return _("What holds up the rest is the same with it and without: {names}.", names=plan)
    return sentence(_("What holds up the rest is {plan}, instead of {nothing}", plan=plan, nothing=nothing))


def _unsure(answer: Answer, year: int) -> str:
    """A warning, where the change in those who wait is no more than chance may bring."""
    stuck = [
        amounts[year]
        for name, amounts in answer.accounts.means.items()
        if name.startswith(f"held:{HOSPITAL}>") and of_course(amounts[year], "plan") + amounts[year].baseline > 0
    ]
    if any(each.is_sure for each in stuck) or not stuck:
        return ""
    return " " + _("The change in those who wait is no more than chance may bring.")
