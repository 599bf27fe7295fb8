"""What came of a stress test: words first, shares of futures as bars, what breaks a plan, and how it was run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import to_html
from dashboard.components.stress_tables import breaks_table, regret_table, shares_table, shocks_table
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.stress import Kept, Stressed, Tried
from dashboard.wording.language import _, several
from dashboard.wording.stress import (
    ALL,
    LENIENT,
    STRICT,
    amount,
    beside_nothing,
    difference,
    how_run,
    limit_name,
    share_and_span,
    silent,
    workable,
)


def stressed_shown(found: Stressed, catalogue: Catalogue) -> dict[str, Any]:
    """A result for the page."""
    words = several("Worked out from {count} future.", "Worked out from {count} futures.", found.run, count=found.run)
    return {"words": words, "html": to_html(result(found, catalogue))}


def result(found: Stressed, catalogue: Catalogue) -> list[Component]:
    """Everything that was found."""
    names = titles(found, catalogue)
    beside = [html.H3(_("Regret: what another plan would have spared")), *_regrets(found, names)]
    return [
        *sentences(found, names),
        html.H3(_("Futures in which limits are kept")),
        *_bars(found, names),
        html.H3(_("What breaks it")),
        *_breaks(found, names),
        *(beside if len(found.plans) > 1 else []),
        *([html.H3(_("Each shock by itself")), *_shocks(found, names)] if found.shocks else []),
        html.H3(_("How it was run, and what it is not")),
        html.P(how_run(found), className="view-note"),
        html.P(_not(), className="view-note"),
    ]


def titles(found: Stressed, catalogue: Catalogue) -> list[str]:
    """What every plan is called."""
    known = {each.plan: catalogue.plans[each.plan].title for each in found.plans}
    return [_("{plan}, changed", plan=known[each.plan]) if each.own else known[each.plan] for each in found.plans]


def sentences(found: Stressed, names: Sequence[str]) -> list[html.Ul]:
    """A sentence or three for every plan, the most important first."""
    rows = [html.Li(_sentence(found, at, name)) for at, name in enumerate(names)]
    return [html.Ul(rows, className="stress-says")]


def _sentence(found: Stressed, at: int, name: str) -> list[html.Strong | str]:
    tried = found.plans[at]
    if not tried.together.n:
        return [_("{plan}: no place could be made of any future.", plan=name)]
    said = workable(name, tried, found.limits)
    first, colon, rest = said.partition(": ") if said.startswith(f"{name}: ") else ("", "", said)
    return [html.Strong(first), colon, rest, f" {beside_nothing(tried)}" if at else ""]


def _bars(found: Stressed, names: Sequence[str]) -> Iterator[Component]:
    when = (
        _("A limit counts as kept if it is kept in every year.")
        if found.when == "every"
        else _("A limit counts as kept if it is kept in {year}.", year=found.year)
    )
    key = _(
        "Bars are shares of the futures drawn; the line across the end of a bar is its 95% interval (Wilson). Plans "
        "were tried in the same futures, so they may differ by more than the intervals of single bars show."
    )
    yield html.P(f"{when} {key}", className="view-note")
    rows = [(_(ALL), [each.together for each in found.plans])]
    rows += [
        (f"{limit_name(limit)}: {amount(limit.value, limit)}", [each.limits[at] for each in found.plans])
        for at, limit in enumerate(found.limits)
    ]
    rows += [(_(LENIENT), [each.lenient for each in found.plans]), (_(STRICT), [each.strict for each in found.plans])]
    yield html.Div([_group(words, kept, names) for words, kept in rows], className="kept-groups")
    if len(found.plans) > 1:
        yield html.Ul([html.Li(words) for words in missed(found, names)])
    yield _behind(shares_table(rows, names))


def missed(found: Stressed, names: Sequence[str]) -> list[str]:
    """In how many futures another plan would have been workable, and this one is not."""
    if not any(each.missed.count for each in found.plans):
        return [_("There is no future in which one of these plans is workable and another is not.")]
    return [
        _(
            "{plan}: not workable, though another of these plans is, in {share} of futures.",
            plan=name,
            share=share_and_span(each.missed),
        )
        for name, each in zip(names, found.plans, strict=True)
    ]


def _group(words: str, kept: Sequence[Kept], names: Sequence[str]) -> html.Section:
    rows = [_bar(at, name, each) for at, (name, each) in enumerate(zip(names, kept, strict=True))]
    return html.Section([html.H4(words), *rows], className="kept-group")


def _bar(at: int, name: str, kept: Kept) -> html.Div:
    share, low, high = (0.0 if isnan(each) else round(100 * each, 1) for each in (kept.share, kept.low, kept.high))
    style = f"--share:{share}%;--low:{low}%;--high:{high}%"
    return html.Div(
        [
            html.Span(name, className="kept-name"),
            html.Span(className=f"kept-bar plan-{at}", style=style, **{"aria-hidden": "true"}),
            html.Span(share_and_span(kept), className="kept-words"),
        ],
        className="kept-row",
    )


def _breaks(found: Stressed, names: Sequence[str]) -> Iterator[Component]:
    yield html.P(
        _(
            "Futures that keep a limit and futures that break it are set side by side. A number or shock that is "
            "distributed differently in the two is named, if chance would hardly make it so (looking at all of them at "
            "once, 95%). The distance is 0 where both are alike and 1 where they do not overlap. What breaks a plan "
            "only in company is not seen."
        ),
        className="view-note",
    )
    first = main(found)
    for at in (first, *(at for at in range(len(names)) if at != first)):
        inside = [*_broken(found, found.plans[at])]
        yield html.Details([html.Summary(names[at]), *inside], className="stress-plan", open=at == first)


def main(found: Stressed) -> int:
    """Which plan is looked at first: that of the page, or whichever stands beside doing nothing."""
    return min(1, len(found.plans) - 1)


def _broken(found: Stressed, tried: Tried) -> Iterator[Component]:
    if any(each.things for each in tried.breaks):
        yield breaks_table(found, tried)
    else:
        yield html.P(_("Nothing stands out."))
    if told := silent(tried, found.limits):
        yield html.Ul([html.Li(words) for words in told])


def _regrets(found: Stressed, names: Sequence[str]) -> Iterator[Component]:
    yield html.P(
        _(
            "In each future, how far a plan lies above the best of these plans in {year}. Only these plans are known: "
            "a better one that nobody named causes no regret.",
            year=found.year,
        ),
        className="view-note",
    )
    yield html.Ul([html.Li(regret_in_words(found, names, at)) for at in range(len(found.limits))])
    yield _behind(regret_table(found, names))


def regret_in_words(found: Stressed, names: Sequence[str], at: int) -> str:
    """Of one measure, with which plan regret is smallest and with which largest."""
    limit, means = found.limits[at], [each.regrets[at].mean.mean for each in found.plans]
    if max(means) == 0:
        return _("{limit}: no regret with any of them.", limit=limit_name(limit))
    least, most = means.index(min(means)), means.index(max(means))
    return _(
        "{limit}: least with \u201c{best}\u201d, {low} on the mean; most with \u201c{worst}\u201d, {high}.",
        limit=limit_name(limit),
        best=names[least],
        low=difference(means[least], limit),
        worst=names[most],
        high=difference(means[most], limit),
    )


def _shocks(found: Stressed, names: Sequence[str]) -> Iterator[Component]:
    yield html.P(
        _(
            "Each shock at its likeliest size, everything else as believed, beside the same plan without it: the "
            "change in {year}. The last two columns are of the futures, where everything else differs too.",
            year=found.year,
        ),
        className="view-note",
    )
    first = main(found)
    for at in (first, *(at for at in range(len(names)) if at != first)):
        table = shocks_table(found, found.plans[at])
        yield html.Details([html.Summary(names[at]), table], className="stress-plan", open=at == first)


def _behind(table: html.Div) -> html.Details:
    return html.Details([html.Summary(_("The numbers behind it")), table], className="behind")


def _not() -> str:
    return _(
        "A share of futures is no probability: it would be one only if every range and every chance of a shock were "
        "right, and most are judgements. One typical locality stands for the place, and few replications make shares a "
        "little rougher than the intervals say. More futures, and limits of any other size, can be tried on the "
        "command line: upstream stress --help."
    )
