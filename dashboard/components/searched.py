"""What came of a search: the answer first, then a drawing, the numbers behind it, and how it was run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from dash import html
from dash.development.base_component import Component

from dashboard.components import search_tables as tables
from dashboard.components.html_text import to_html
from dashboard.facts.catalogue import Catalogue
from dashboard.facts.searched import DelayFound, FundFound, MixFound, Searched, TruthFound
from dashboard.figures.searches import frontier, number_line, scatter
from dashboard.link.comparison import Scenario, title
from dashboard.link.takes import Wanted
from dashboard.wording import found as words
from dashboard.wording.language import _, mark
from dashboard.wording.searches import BEARERS, how_run, low_of, to_keep

NOT: dict[type[Searched], str] = {
    TruthFound: mark(
        "Harms of programmes stay as they are, and so does everything else. What is not known is left out: every "
        "number is taken at its value, and the range that is given is chance alone."
    ),
    FundFound: mark(
        "Money paid in just as it is drawn would do the same. What is not known is left out: every number is taken at "
        "its value, and the range that is given is chance alone."
    ),
    DelayFound: mark(
        "Treatment, harm from a long stay, and what a free bed would have earned are left out. Every number is taken "
        "at its value, and the ranges that are given are chance alone."
    ),
    MixFound: mark(
        "A search proves nothing best: more mixes may find better. What is printed of the front is from other people "
        "than those it was found with, since the best of many looks best partly by luck. What is not known is left "
        "out."
    ),
}
MORE = mark("More, and with other terms, can be asked on the command line: upstream optimise --help.")


def searched_shown(found: Searched, wanted: Wanted, catalogue: Catalogue) -> dict[str, Any]:
    """A result for the page."""
    return {"words": _("Worked out."), "html": to_html(result(found, wanted, catalogue))}


def result(found: Searched, wanted: Wanted, catalogue: Catalogue) -> list[Component]:
    """Everything that was found."""
    plan = title(Scenario(wanted.question), catalogue)
    if isinstance(found, TruthFound):
        parts = _truth(found, plan)
    elif isinstance(found, FundFound):
        parts = _fund(found, plan)
    elif isinstance(found, DelayFound):
        parts = _delay(found)
    else:
        parts = _mix(found, wanted, catalogue)
    kept = to_keep(found.kept, found.asked.labels[-1]) if _keeps(found) else ""
    return [
        *parts,
        html.H3(_("How it was run, and what it leaves out")),
        html.P(f"{how_run(found.asked)} {kept}".rstrip(), className="view-note"),
        html.P(f"{_(NOT[type(found)])} {_(MORE)}", className="view-note"),
    ]


def _keeps(found: Searched) -> TypeGuard[TruthFound | FundFound | MixFound]:
    """Whether limits had to be kept."""
    return not isinstance(found, DelayFound) and not (isinstance(found, TruthFound) and found.aim == "break_even")


def _truth(found: TruthFound, plan: str) -> Iterator[Component]:
    more = [words.truth_verdict(found), words.truth_evidence(found)]
    last = [words.net_in_words(found.believed.net, found.asked.labels[-1]), words.not_one_way(found.needed)]
    yield _says(words.truth_answer(found, plan), [*more, *last], is_no=not found.within)
    yield html.H3(_("Beside the evidence"))
    says = _(
        "What is needed, what is believed and what the evidence allows on one line; the table below has the numbers."
    )
    yield _figure(number_line(found, says), _line_key(found))
    yield tables.ends_table(found)
    yield _behind(_("Every step that was tried"), tables.steps_table(found))


def _line_key(found: TruthFound) -> str:
    if found.turned == "effects":
        return _(
            "A diamond is the least that suffices on average, the bar what chance leaves open, an arrow that nothing "
            "tried suffices. One effect far out on its range makes no plan come true: what the evidence allows is all "
            "of them at their hopeful ends, which the table has."
        )
    return _(
        "A diamond is the least that suffices on average, the bar what chance leaves open, an arrow that nothing "
        "tried suffices."
    )


def _fund(found: FundFound, plan: str) -> Iterator[Component]:
    warnings = {words.not_one_way(each.needed) for each in found.spells}
    yield _says(
        words.fund_answer(found, plan), [words.fund_because(found), *sorted(warnings)], is_no=found.best is None
    )
    yield html.H3(_("With and without"))
    yield tables.courses_table(found)
    if found.spells:
        yield html.H3(_("How long it is paid"))
        yield tables.spells_table(found)
    yield html.H3(_("Year by year"))
    yield tables.years_table(found)


def _delay(found: DelayFound) -> Iterator[Component]:
    apart = words.delay_apart(found)
    yield _says(words.delay_answer(found), [apart])
    yield html.Ul([html.Li(each) for each in words.delay_each(found)])
    yield html.H3(_("Cost of places against cost of delay"))
    says = _(
        "Cost by growth of places, for each who bears some of it and for the place; the table below has the numbers."
    )
    yield html.Ul([*_legend(found)], className="takes-legend")
    key = _(
        "A dot marks where each pays least. The shaded stripe holds the points that cannot be told from the least of "
        "the place; the band along its line is the 95% interval."
    )
    yield _figure(frontier(found, says), key)
    yield html.P(tables.prices_in_words(found), className="view-note")
    yield _behind(_("The numbers behind it"), tables.frontier_table(found))


def _legend(found: DelayFound) -> Iterator[html.Li]:
    for order, each in enumerate(found.bearers):
        kind = "is-place" if each is found.bearers[-1] else f"cost-{order}"
        swatch = html.Span(className=f"takes-swatch {kind}", **{"aria-hidden": "true"})
        yield html.Li([swatch, html.Span(_(BEARERS.get(each.name, each.name)))])


def _mix(found: MixFound, wanted: Wanted, catalogue: Catalogue) -> Iterator[Component]:
    yield _says(words.mix_answer(found), words.mix_more(found), is_no=not found.feasible)
    yield html.H3(_("Every mix that was tried"))
    one, other = (low_of(each).label for each in found.lows)
    says = _(
        "Mixes by change of {one} and of {other}; the table below has the numbers of the front.", one=one, other=other
    )
    key = _(
        "Each dot is a mix: filled where it keeps the limits, hollow where it breaks one. Numbered are those of the "
        "front, run anew with other people, with 95% intervals; the ringed ones are on the front no longer. Lower and "
        "further left is better, where the lines cross there is no shift."
    )
    yield _figure(scatter(found, says), key)
    yield html.H3(_("The front") if found.feasible else _("The nearest"))
    yield tables.mixes_table(found, wanted.question, catalogue)
    yield _behind(_("Limits with other people"), tables.mix_levels_table(found))


def _says(answer: str, more: Sequence[str], *, is_no: bool = False) -> html.Div:
    """The answer in strong words, and what belongs to it."""
    rest = [html.P(each) for each in more if each]
    return html.Div([html.P(html.Strong(answer)), *rest], className=f"takes-says{' is-no' * is_no}")


def _figure(drawn: Any, key: str) -> html.Figure:
    frame = html.Div(drawn, className="takes-frame", tabIndex=0, role="region", **{"aria-label": _("The drawing")})
    return html.Figure([frame, html.Figcaption(key, className="view-note")], className="takes-figure")


def _behind(words_: str, table: html.Div) -> html.Details:
    return html.Details([html.Summary(words_), table], className="behind")
