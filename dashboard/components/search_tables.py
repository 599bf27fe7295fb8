"""The numbers behind what searches found, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.drivers import Part
from dashboard.facts.levers import trimmed
from dashboard.facts.searched import DelayFound, FundFound, Kept, Mix, MixFound, Seen, Spell, TruthFound
from dashboard.link.state import State
from dashboard.link.takes import SHIFT, mixed
from dashboard.wording.found import shown_step
from dashboard.wording.language import _, along, several
from dashboard.wording.numbers import pounds, signed_pounds
from dashboard.wording.searches import (
    BEARERS,
    KEPT,
    STANCES,
    a_head,
    a_year,
    bracket,
    change,
    level,
    low_of,
    signed_count,
    span,
)
from dashboard.wording.stress import limit_name

Cell: TypeAlias = str | Component
SHARE, START, RAMP, *PARTS = SHIFT
JOIN = "\u2060"
"""A sign without width, at which lines do not break."""


def ends_table(found: TruthFound) -> html.Div:
    """The plan as believed, and at both ends of the evidence."""
    rows = [(_("As believed"), found.believed), *((_(STANCES[name]), seen) for name, seen in found.ends)]
    body = [[words, *_seen(found.kept, seen)] for words, seen in rows]
    return table(_("What comes of it as believed, and at the ends of the evidence, 95%"), _heads(found, ""), body)


def steps_table(found: TruthFound) -> html.Div:
    """What came of every step tried."""
    show = shown_step(found)
    body = [[show(step), *_seen(found.kept, seen)] for step, seen in found.tried]
    turned = _("Of the central effects") if found.turned == "effects" else _("Delivered")
    return table(_("What comes of each step, 95%"), _heads(found, turned), body)


def _heads(found: TruthFound, first: str) -> list[str]:
    saved = _("Saved less spent by the end of {year}", year=found.asked.labels[-1])
    return [first, saved, *map(limit_name, found.kept.limits), _("Enough")]


def _seen(kept: Kept, seen: Seen) -> list[Cell]:
    levels = [level(each, kept, at) for at, each in enumerate(seen.levels)]
    return [span(seen.net, signed_pounds), *levels, _yes(is_so=seen.holds)]


def _yes(*, is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def courses_table(found: FundFound) -> html.Div:
    """Each limit's measure without the shift, with it, and with the largest fund."""
    courses = (
        (_("No shift, no fund"), found.unmoved),
        (_("The plan, no fund"), found.without),
        (_("The plan, \u00a3{most} a head in every year", most=trimmed(found.most, 0)), found.largest),
    )
    body = [[words, *(level(each, found.kept, at) for at, each in enumerate(levels))] for words, levels in courses]
    heads = ["", *map(limit_name, found.kept.limits)]
    return table(_("Each limit's measure where it is worst, 95%"), heads, body)


def spells_table(found: FundFound) -> html.Div:
    """The least fund by how many years it is paid."""
    body = [_spell(each) for each in found.spells]
    heads = [_("Paid for"), _("Least that suffices, \u00a3 a head a year"), _("Paid in, in all"), _("Drawn")]
    caption = _("The least fund for each number of years; where none suffices, what would be drawn of the largest")
    return table(caption, heads, body)


def _spell(each: Spell) -> list[str]:
    years = several("{count} year", "{count} years", each.years, count=each.years)
    paid = pounds(each.paid_in) if each.needed.least is not None else "\u2013"
    return [years, bracket(each.needed, a_head), paid, pounds(each.drawn)]


def years_table(found: FundFound) -> html.Div:
    """Money paid in and drawn, year by year."""
    caption = _("With the least fund") if found.best is not None else _("With the largest fund that was tried")
    body = [
        [label, pounds(paid_in.mean), span(drawn, pounds)]
        for label, (paid_in, drawn) in zip(found.asked.labels, found.course, strict=True)
    ]
    return table(caption, [_("Year"), _("Paid in"), _("Drawn, 95%")], body)


def prices_in_words(found: DelayFound) -> str:
    """What a day costs."""
    return _(
        "A hospital bed held for want of a place costs the hospital \u00a3{bed} a day. A day in which somebody waits "
        "outside hospital for such a place is counted at \u00a3{waiting}, borne by those who wait. Prices of the base "
        "year.",
        bed=trimmed(found.bed_day, 0),
        waiting=trimmed(found.waiting, 0),
    )


def frontier_table(found: DelayFound) -> html.Div:
    """Every point: places, what waits, who pays what, and what the place pays above its least."""
    place = found.bearers[-1]
    heads = [
        _("Growth a year"),
        _("Places"),
        _("Planned, not opened"),
        _("Hospital beds held"),
        *(_(BEARERS.get(each.name, each.name)) for each in found.bearers),
        _("Above the least of the place"),
    ]
    body = [
        [
            a_year(growth),
            *(signed_count(each[at].mean) for each in (found.capacity, found.held_back, found.delay)),
            *(pounds(each.costs[at].mean) for each in found.bearers),
            _above(found.above[at], is_least=at == place.best, is_tied=at in place.ties),
        ]
        for at, growth in enumerate(found.points)
    ]
    return table(_("Cost by capacity in {year}", year=found.asked.labels[-1]), heads, body)


def _above(part: Part, *, is_least: bool, is_tied: bool) -> str:
    if is_least:
        return _("least")
    return _("cannot be told from the least") if is_tied else span(part, pounds)


def mixes_table(found: MixFound, question: State, catalogue: Catalogue) -> html.Div:
    """The front: what each mix is, what it changes, whether it stands, and a way to the levers."""
    heads = [
        _("Mix"),
        _("Money moved"),
        _("Begins after"),
        _("Full size after"),
        _("To programmes, community, social care"),
        *(low_of(each).label for each in found.lows),
        _("On the front still"),
        _("Tied with"),
        _("On the levers"),
    ]
    body = [_mix(found, at, question, catalogue) for at in range(len(found.mixes))]
    caption = several(
        "Change against no shift with other people, run {count} time, 95%",
        "Change against no shift with other people, run {count} times, 95%",
        found.confirmed,
        count=found.confirmed,
    )
    return table(caption, heads, body)


def _mix(found: MixFound, at: int, question: State, catalogue: Catalogue) -> list[Cell]:
    mix = found.mixes[at]
    changes = [change(part, low_of(low)) for part, low in zip(mix.changes, found.lows, strict=True)]
    tied = ", ".join(str(other + 1) for other in mix.tied) or "\u2013"
    link = along(mixed(question, dict(mix.settings), catalogue))
    label = _("Open mix {number} on the levers", number=at + 1)
    way = html.A(_("Open"), href=f"/?{link}", **{"aria-label": label})
    return [str(at + 1), *_settings(dict(mix.settings)), *changes, _yes(is_so=mix.still), tied, way]


def _settings(values: Mapping[str, float]) -> list[str]:
    """A mix in words; parts are taken of their sum, as the model does."""
    if not values[SHARE]:
        return [_("none"), "\u2013", "\u2013", "\u2013"]
    parts = [values[each] for each in PARTS]
    whole = sum(parts)
    shares = " / ".join(f"{100 * each / whole:.0f}%" for each in parts) if whole > 0 else _("nobody")
    return [f"{trimmed(100 * values[SHARE], 2)}%", _years(values[START]), _years(values[RAMP]), shares]


def _years(value: float) -> str:
    return several("{count} year", "{count} years", 1 if value == 1 else max(value, 2), count=trimmed(value, 2))


def mix_levels_table(found: MixFound) -> html.Div:
    """Each limit's measure with other people, and whether all are kept."""
    first = [_("No shift"), *_levels(found.kept, found.unmoved), _(KEPT[found.unmoved_kept])]
    body = [first, *(_mix_levels(found.kept, at, mix) for at, mix in enumerate(found.mixes, 1))]
    heads = [_("Mix"), *map(limit_name, found.kept.limits), _("Kept")]
    return table(_("Each limit's measure where it is worst, 95%"), heads, body)


def _mix_levels(kept: Kept, number: int, mix: Mix) -> list[str]:
    return [str(number), *_levels(kept, mix.levels), _(KEPT[mix.kept])]


def _levels(kept: Kept, levels: Sequence[Part]) -> list[str]:
    return [level(each, kept, at) for at, each in enumerate(levels)]


def table(caption: str, heads: Sequence[str], body: Sequence[Sequence[Cell]]) -> html.Div:
    """A table whose first column names its rows, which scrolls sideways by itself where it must."""
    corner = html.Th(heads[0], scope="col") if heads[0] else html.Td("")
    head = html.Thead(html.Tr([corner, *(html.Th(each, scope="col") for each in heads[1:])]))
    rows = [html.Tr([html.Th(first, scope="row"), *(html.Td(_held(each)) for each in rest)]) for first, *rest in body]
    framed = html.Table([html.Caption(caption), head, html.Tbody(rows)], className="figures")
    return html.Div(framed, className="wide", tabIndex=0, role="region", **{"aria-label": caption})


def _held(cell: Cell) -> Cell:
    """Text that does not break between a sign and its pounds."""
    return cell.replace("\u00a3", f"{JOIN}\u00a3") if isinstance(cell, str) else cell
