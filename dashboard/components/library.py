"""Every number with its witness, as sections that open; programmes with their studies; what answers lean on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from dash import html

from dashboard.components.html_text import Ready, to_html
from dashboard.components.terms import quoted, term
from dashboard.facts.library import WITNESSES, Finding, Leaning, Library, Number, ProgrammeFound, Witness
from dashboard.wording.language import _, mark, several, spoken

WITNESS: Mapping[Witness, str] = {
    "source": mark("a source that was seen"),
    "fitted": mark("a fit to the base year"),
    "recalled": mark("a source recalled, and not seen again"),
    "guess": mark("a guess, which says so"),
    "made": mark("a definition, or other numbers"),
}
GROUPS = {
    "capacity": mark("Places of care"),
    "demand": mark("Demand"),
    "finance": mark("Money"),
    "flow": mark("Ways through care"),
    "policy": mark("Choices of a plan"),
    "run": mark("The run itself"),
    "stays": mark("Length of stay"),
    "targets": mark("What the base year was fitted to"),
    "workforce": mark("Workforce"),
    "programmes": mark("Programmes"),
}
"""Files of numbers in words; a file that is not here goes by its own name."""

SURE = {"high": mark("high confidence"), "medium": mark("medium confidence"), "low": mark("low confidence")}
GRADES = {1: mark("strong"), 2: mark("mixed"), 3: mark("weak"), 4: mark("controlled evidence of no effect, or of harm")}
KINDS = {"result": mark("found an effect"), "null": mark("found no effect"), "adverse": mark("found harm")}
COUNTRY = mark("England")
"""The one place that has a name of its own in another language."""

SHORT = 60
"""Letters of a value or a range in a line; the whole of it stands where the number opens."""

DATA = {"lang": "en-GB"}
"""Numbers and studies are described in English, whatever language the page speaks."""


def opening(library: Library) -> list[html.P | html.Ul]:
    """How many numbers there are, and what stands behind them."""
    counts = [html.Li([html.Strong(f"{library.count(each):,}"), f" {_(WITNESS[each])}"]) for each in WITNESSES]
    words = _("{count} numbers stand behind every answer. Behind them stand:", count=f"{len(library.numbers):,}")
    unseen = library.count("guess") + library.count("recalled")
    honest = _(
        "{unseen} of {count} rest on nothing that a stranger could look up today, and say so. They are the first to "
        "replace with what your place knows. A number kept by age or by place of care counts once.",
        unseen=f"{unseen:,}",
        count=f"{len(library.numbers):,}",
    )
    return [
        html.P(words, className="view-says"),
        html.Ul(counts, className="witnesses"),
        html.P(honest, className="view-says"),
    ]


def leaning_section(library: Library, named: Sequence[str], way_to_doubts: str) -> list[html.P | html.Ul]:
    """What answers lean on most: of the question of the page, if that was worked out; else as stored.

    named   names of the numbers that the page's own answer leans on, the strongest first; empty if not worked out
    """
    known = {each.evidence.name: each for each in library.numbers}
    own = [known[name] for name in named if name in known]
    parts: list[html.P | html.Ul] = []
    if own:
        parts += [html.P(_("The answer to your question leans most on these:"), className="view-says"), _list(own)]
    else:
        words = _("For your own question this has not been worked out. Ask for it on the overview: ")
        way = html.A(_("And if the numbers themselves are wrong?"), href=way_to_doubts)
        parts.append(html.P([words, way], className="view-says"))
    stored = library.leaning
    if stored and stored.large:
        parts += [html.P(_stored(stored), className="view-says"), _list([known[each] for each in stored.large])]
    return parts


def _stored(stored: Leaning) -> str:
    return _(
        "Measured once for {place}, {years} years, doing nothing and \u201c{plan}\u201d: each of {moved} doubtful "
        "numbers was moved alone to either end of its range. These {large} mattered much:",
        place=_(stored.place),
        years=stored.years,
        plan=_(stored.plan),
        moved=stored.moved,
        large=len(stored.large),
    )


def _list(numbers: Sequence[Number]) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    html.Span([html.A(each.evidence.says, href=f"#{each.evidence.name}"), _value(each)], **DATA),
                    f", {_(SURE[each.evidence.confidence])}",
                ]
            )
            for each in numbers
        ],
        className="leaning-list",
    )


def _value(number: Number) -> str:
    found = number.evidence
    span = f" ({found.range})" if 0 < len(found.range) <= SHORT else ""
    return f": {_shortly(found.value, found.unit)}{span}"


# ---- every number ----------------------------------------------------------------------------------------------


def numbers_sections(library: Library) -> list[html.Details]:
    """Numbers by group, each group and each number to be opened; the script searches and filters them."""
    titles = {each.id: each.label for each in library.programmes}
    ordered = sorted(library.numbers, key=lambda each: (each.group == "programmes", each.group))
    return [_group(file, titles.get(programme, ""), list(each)) for (file, programme), each in groupby(ordered, _under)]


def _under(number: Number) -> tuple[str, str]:
    """What a number is listed under: its file, and the programme if it is of one."""
    return number.group, number.evidence.name.split(".")[1] if number.group == "programmes" else ""


def _group(file: str, programme: str, numbers: Sequence[Number]) -> html.Details:
    title = _(GROUPS[file]) if file in GROUPS else file
    name = [title, *([": ", html.Span(_(programme), **quoted(_(programme), programme))] if programme else [])]
    count = several("{count} number", "{count} numbers", len(numbers), count=len(numbers))
    moved = sum(bool(each.moved) for each in numbers)
    words = f"{count}, {_('{count} moved by your question', count=moved)}" if moved else count
    return html.Details(
        [
            html.Summary([html.Span(name, className="group-name"), html.Span(words, className="group-count")]),
            *(_written(each, spoken()) for each in numbers),
        ],
        className="numbers-group",
        **{"data-group": file},
    )


@lru_cache(maxsize=4096)
def _written(part: Number | ProgrammeFound, _language: str) -> Ready:
    """One number or programme as HTML in the language spoken: some hundreds of them are on the page."""
    made = _number(part) if isinstance(part, Number) else _programme(part)
    return Ready(to_html(made, whole_page=True))


def _number(number: Number) -> html.Details:
    found = number.evidence
    line = [
        html.Span(found.says, className="number-says", **DATA),
        html.Span(_shortly(found.value, found.unit), className="number-value", **DATA),
        html.Span(className=f"dot {found.confidence}", **{"aria-hidden": "true"}),
        html.Span(_(SURE[found.confidence]), className="number-sure"),
    ]
    if number.moved:
        line.append(html.Span(_("moved: {value}", value=_shortly(number.moved)), className="number-moved"))
    facts = {
        "data-sure": found.confidence,
        "data-witness": number.witness,
        "data-moved": "yes" if number.moved else "no",
    }
    return html.Details(
        [html.Summary(line), html.Dl([part for row in _rows(number) for part in row])],
        className="number",
        id=found.name,
        **facts,
    )


def _shortly(value: str, unit: str = "", most: int = SHORT) -> str:
    """A value in a line; of a list by key as much as there is room for."""
    text = f"{value} {unit}".strip()
    return text if len(text) <= most else f"{value[:most].rpartition(';')[0] or value[:most]}\u2026 {unit}".strip()


def _rows(number: Number) -> Iterator[tuple[html.Dt, html.Dd]]:
    found = number.evidence
    source = (
        html.A(found.source, href=number.link, rel="noopener noreferrer") if _is_address(number.link) else found.source
    )
    rows = (
        (_("Name"), html.Code(found.name)),
        (_("Value"), f"{found.value} {found.unit}".strip() if len(found.value) > 40 or number.moved else ""),
        (_("Your question"), number.moved),
        (_("Range"), found.range),
        (_("Place"), found.place),
        (_("What stands behind it"), _(WITNESS[number.witness])),
        (_("Source"), source),
        (_("Where"), found.where),
        (_("Fitted"), number.fitted),
        (_("Note"), found.note),
        (_("Answers lean on it"), _leans(number)),
    )
    for name, words in rows:
        if words:
            yield html.Dt(name), html.Dd(words, **DATA)


def _leans(number: Number) -> str:
    nothing, plan = number.leans
    if not nothing:
        return ""
    return _("doing nothing: {nothing}; the plan's effect: {plan}", nothing=nothing, plan=plan)


def _is_address(link: str) -> bool:
    return link.partition("://")[0] in ("http", "https")


# ---- programmes ------------------------------------------------------------------------------------------------


def programmes_section(library: Library) -> list[Ready]:
    """Each programme with its grade, the effect used, and every study found, also those that found nothing or harm."""
    return [_written(each, spoken()) for each in library.programmes]


def _programme(found: ProgrammeFound) -> html.Details:
    counts = [
        _("{count} {kind}", count=count, kind=_(words))
        for kind, words in KINDS.items()
        if (count := sum(study.kind == kind for study in found.studies))
    ]
    grade = _("evidence {grade}: {words}", grade=found.grade, words=_(GRADES[found.grade]))
    used = _(
        "Used: {effect}. Takes {lag} years on average to work; \u00a3{cost} for one person for one year.",
        effect=found.effect or _("no effect"),
        lag=found.lag,
        cost=found.cost,
    )
    return html.Details(
        [
            html.Summary(
                [
                    html.Span(_(found.label), className="group-name", **quoted(_(found.label), found.label)),
                    html.Span(grade, className="group-count"),
                    html.Span(", ".join(counts) or _("no study of its own"), className="group-count"),
                ]
            ),
            html.P([used, " ", term(_("What the grades mean"), "evidence_grade")], className="programme-used"),
            html.Ul([_study(each) for each in found.studies], className="studies", **DATA),
        ],
        className="numbers-group programme",
        id=f"programme-{found.id}",
    )


def _study(found: Finding) -> html.Li:
    kind = _(KINDS[found.kind]) if found.kind in KINDS else found.kind
    number = " ".join(part for part in (found.value, f"({found.range})" if found.range else "") if part)
    source = (
        html.A(found.source, href=found.link, rel="noopener noreferrer") if _is_address(found.link) else found.source
    )
    tail = ". ".join(part for part in (found.where, found.note) if part)
    return html.Li(
        [
            html.Strong(kind, className=f"study-kind {found.kind.split()[0]}"),
            f" {number} {found.measures}. ",
            source,
            f". {tail}",
        ],
    )
