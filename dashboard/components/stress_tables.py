"""The numbers behind a stress test, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.components.stress_terms import evidence_of
from dashboard.facts.levers import Evidence
from dashboard.facts.stress import Breaks, Kept, Stressed, Thing, Tried
from dashboard.wording.language import ENGLISH, _
from dashboard.wording.stress import (
    amount,
    change,
    change_unit,
    difference,
    limit_name,
    limit_of,
    share,
    share_and_span,
    shock_name,
)


def shares_table(rows: Sequence[tuple[str, Sequence[Kept]]], names: Sequence[str]) -> html.Div:
    """Futures in which each limit is kept, by plan."""
    body = [[words, *(_counted(each) for each in kept)] for words, kept in rows]
    return _table(_("Futures in which each limit is kept, with 95% intervals"), [_("Limit"), *names], body)


def regret_table(found: Stressed, names: Sequence[str]) -> html.Div:
    """Mean regret with its interval, the most of it, and in how many futures none is better."""
    body = []
    for name, tried in zip(names, found.plans, strict=True):
        cells = [
            _(
                "{mean} ({low} to {high}); at most {most}; none better in {best}",
                mean=difference(each.mean.mean, limit),
                low=f"{each.mean.low:,.{limit.digits}f}",
                high=f"{each.mean.high:,.{limit.digits}f}",
                most=difference(each.most, limit),
                best=share(each.best),
            )
            for each, limit in zip(tried.regrets, found.limits, strict=True)
        ]
        body.append([name, *cells])
    heads = [_("Plan"), *(f"{limit_name(each)}, {change_unit(each)}" for each in found.limits)]
    return _table(_("How far above the best of these plans in the same future, {year}", year=found.year), heads, body)


def shocks_table(found: Stressed, tried: Tried) -> html.Div:
    """What each shock changes by itself, and how often a plan is workable with it and without."""
    believed = [
        amount(value, limit) + ("" if value <= limit.value else f" ({_('broken')})")
        for value, limit in zip(tried.believed, found.limits, strict=True)
    ]
    body: list[list[str]] = [[_("No shock, all as believed"), *believed, "", ""]]
    for shock, alone in zip(found.shocks, tried.alone, strict=True):
        changes = [change(each, limit) for each, limit in zip(alone.changes, found.limits, strict=True)]
        body.append([shock_name(shock), *changes, share_and_span(alone.happens), share_and_span(alone.absent)])
    heads = [
        _("Shock"),
        *(f"{limit_name(each)}, {change_unit(each)}" for each in found.limits),
        _("Workable with it"),
        _("Workable without"),
    ]
    caption = _("Change in {year} with its 95% interval from {count} pairs", year=found.year, count=found.singly)
    return _table(caption, heads, body)


def breaks_table(found: Stressed, tried: Tried) -> html.Div:
    """What stands out, limit by limit."""
    rows = [row for each in tried.breaks for row in _break_rows(found, each)]
    heads = (
        _("Limit"), _("Number or shock"), _("Breaks when it is"), _("Distance"), _("Middle where kept"),
        _("Middle where broken"), _("Evidence"),
    )  # fmt: skip
    head = html.Thead(html.Tr([html.Th(each, scope="col") for each in heads]))
    caption = _(
        "What tells futures that break a limit from the others. Middles of a number are places in its range, from 0 to "
        "1; those of a shock, how far it moves its numbers."
    )
    return _framed(html.Table([html.Caption(caption), head, html.Tbody(rows)], className="figures"), caption)


def _break_rows(found: Stressed, breaks: Breaks) -> Iterator[html.Tr]:
    for each in breaks.things:
        witness = _witness(found, each)
        yield html.Tr(
            [
                html.Th(limit_of(breaks, found.limits), scope="row"),
                html.Td(_called(found, each), **({} if each.is_shock else {"lang": ENGLISH})),
                html.Td(_way(each)),
                html.Td(f"{each.distance:.2f}"),
                html.Td(f"{each.kept:.2f}"),
                html.Td(f"{each.broken:.2f}"),
                html.Td(evidence_of(witness) if witness else ""),
            ]
        )


def _called(found: Stressed, thing: Thing) -> str:
    shock = next((each for each in found.shocks if thing.is_shock and each.name == thing.name), None)
    return shock_name(shock) if shock else thing.says


def _way(thing: Thing) -> str:
    if thing.is_shock:
        return _("there, or larger") if thing.more else _("absent, or smaller")
    return _("high") if thing.more else _("low")


def _witness(found: Stressed, thing: Thing) -> Evidence | None:
    if thing.is_shock:
        return next((each.evidence for each in found.shocks if each.name == thing.name), None)
    return found.evidence.get(thing.name)


def _counted(kept: Kept) -> str:
    return _("{count} of {n}: {share}", count=kept.count, n=kept.n, share=share_and_span(kept))


def _table(caption: str, heads: Sequence[str], body: Sequence[Sequence[str]]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(each, scope="col") for each in heads]))
    rows = [html.Tr([html.Th(first, scope="row"), *(html.Td(each) for each in rest)]) for first, *rest in body]
    return _framed(html.Table([html.Caption(caption), head, html.Tbody(rows)], className="figures"), caption)


def _framed(table: html.Table, label: str) -> html.Div:
    return html.Div(table, className="wide", tabIndex=0, role="region", **{"aria-label": label})
