"""Slides of a workshop: one HTML file with its own style and script, numbers from the pages of expected results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docs.print_workshop.charts import bars
from docs.print_workshop.expected import expected, started
from docs.print_workshop.html import inline, listed, minus, whole
from docs.print_workshop.levers import COSTS_NOTHING, FREE, reach, workshops
from docs.print_workshop.places import FOLDER
from sim.inputs import read_yaml
from sim.results.measures import measure_of
from sim.results.spoken import unit
from sim.workshop import Span, Template

WINS = {
    "flow": "**Flow**: fewest beds held by people ready to leave",
    "people": "**People**: fewest waiting too long for community or social care",
    "money": "**Money**: smallest gap of the place, all rounds together",
    "promises": "**Promises**: most money paid as agreed, less what was kept back",
    "waits": "**Waits**: shortest wait for an emergency bed",
}
ROLES = {
    "acute": "Acute trust",
    "community": "Community provider",
    "social_care": "Council adult social care",
    "public_health": "Public health and prevention",
    "place": "Place lead",
}
WAYS = {"fortress": "Every organisation for itself", "place": "One pot, one plan"}
MANY = 12
"""Levers that need smaller letters."""
Slide = Mapping[str, Any]


def load_decks() -> Mapping[str, Sequence[Slide]]:
    """Slides by workshop; what several decks share stands once."""
    folder = FOLDER / "slides"
    shared = read_yaml(folder / "shared.yaml").data
    return {
        name: [shared[each["shared"]] if "shared" in each else each for each in _written(name)] for name in workshops()
    }


def _written(name: str) -> Sequence[Slide]:
    slides: Sequence[Slide] = read_yaml(FOLDER / "slides" / f"{name.replace('_', '-')}.yaml").data
    return slides


def deck(name: str, slides: Sequence[Slide]) -> str:
    """A whole deck. KeyError for a number there is none of."""
    template, folder = workshops()[name], FOLDER / "slides"
    style, script = ((folder / f"slides.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    body = "\n".join("".join(_slide(template, each, number, len(slides))) for number, each in enumerate(slides, 1))
    keys = '<p id="keys">Arrow keys: on and back. N: notes. P: print.</p>'
    return whole(f"{template.title} Slides", style, f"<main>\n{body}\n</main>\n{keys}", script)


def _slide(template: Template, slide: Slide, number: int, of: int) -> Iterator[str]:
    kind = next((each for each in _BODIES if each in slide), "points")
    yield f'<section class="slide {kind}" id="s{number}" tabindex="-1">\n<div class="face">\n'
    yield from _BODIES[kind](template, slide)
    yield f"\n<footer><span>{template.title}</span><span>{number} / {of}</span></footer>\n</div>\n"
    yield f"<aside><h3>Notes</h3>{listed(slide['notes'])}</aside>\n</section>"


def _title(template: Template, _: Slide) -> Iterator[str]:
    years = sum(each.years for each in template.rounds)
    yield f"<p class='kicker'>A workshop of {template.minutes:g} minutes</p><h1>{template.title}</h1>"
    yield f"<p class='lead'>{inline(template.why)}</p>"
    yield f"<p class='small'>{len(template.rounds)} rounds, {years} simulated years</p>"


def _points(_: Template, slide: Slide) -> Iterator[str]:
    yield f"<h2>{inline(slide['head'])}</h2>"
    if "lead" in slide:
        yield f"<p class='lead'>{inline(slide['lead'])}</p>"
    yield listed(slide.get("points", ()))


def _levers(template: Template, slide: Slide) -> Iterator[str]:
    several, many = len(template.roles) > 1, len(template.spans) > MANY
    size = "few" if not several else "many" if many else ""
    yield f"<h2>{inline(slide['levers'])}</h2>\n<div class='offered {size}'>\n"
    for role, paths in template.levers.items():
        yield f"<div>{f'<h3>{ROLES[role]}</h3>' if several else ''}<ul>"
        yield from (_lever(path, template.spans[path]) for path in paths)
        yield "</ul></div>\n"
    yield "</div>"


def _lever(path: str, span: Span) -> str:
    free = f"<br><em>{COSTS_NOTHING}</em>" if path in FREE else ""
    return f"<li><strong>{span.label}</strong><br><span>{minus(reach(span))}</span>{free}</li>"


def _wins(template: Template, slide: Slide) -> Iterator[str]:
    yield f"<h2>{inline(slide['wins'])}</h2>{listed(WINS[each] for each in template.wins)}"
    yield f"<p class='lead'>{inline(slide['lead'])}</p>"


def _start(template: Template, slide: Slide) -> Iterator[str]:
    """The first year beside the last of the first round, its second, if nobody does anything: the first play."""
    found = expected(template.name)[0]
    yield f"<h2>{inline(slide['start'])}</h2>\n<table><thead><tr><th></th><th>This year</th>"
    yield "<th>The second year</th></tr></thead><tbody>\n"
    for series in slide["series"]:
        measure = measure_of(series)
        yield f'<tr><th>{measure.label} <span class="unit">{unit(measure)}</span></th>'
        for level in (started(template.name, series), found.level(found.plays[0], series)):
            yield f'<td class="level">{minus(level)}</td>'
        yield "</tr>\n"
    yield f"</tbody></table>\n<p class='small'>{inline(slide['says'])}</p>"


def _round(template: Template, slide: Slide) -> Iterator[str]:
    number = slide["round"]
    each = template.rounds[number - 1]
    years = f"{each.years} year{'s' if each.years > 1 else ''}"
    cards = template.before[number - 1] if number <= len(template.before) else ()
    yield f"<p class='kicker'>Round {number} of {len(template.rounds)}</p><h1>{each.title}</h1>"
    yield f"<p class='lead'>{inline(each.says)}</p><dl>"
    yield f"<div><dt>{WAYS[each.way]}</dt><dd>who decides</dd></div><div><dt>{years}</dt><dd>are simulated</dd></div>"
    yield f"<div><dt>{each.minutes:g} minutes</dt><dd>to decide</dd></div></dl>"
    yield "".join(
        f"<p class='card'><strong>{template.cards[card].title}.</strong> {template.cards[card].reads}</p>"
        for card in cards
    )


def _bars(template: Template, slide: Slide) -> Iterator[str]:
    asked = slide["bars"]
    yield f"<h2>{inline(slide['head'])}</h2>\n"
    yield bars(template, asked["round"], asked["series"], asked.get("plays", tuple(template.plays)))
    yield f"<p class='small'>{inline(slide['says'])}</p>"


def _plays(template: Template, slide: Slide) -> Iterator[str]:
    yield f"<h2>{inline(slide['plays'])}</h2>\n<dl class='plays'>"
    for name in slide.get("only", template.plays):
        yield f"<div><dt>{name.replace('_', ' ')}</dt><dd>{template.plays[name].says}</dd></div>"
    yield "</dl>"
    yield f"<p class='small'>{inline(slide['says'])}</p>"


_BODIES: Mapping[str, Callable[[Template, Slide], Iterator[str]]] = {
    "title": _title, "levers": _levers, "wins": _wins, "start": _start, "round": _round, "bars": _bars,
    "plays": _plays, "points": _points,
}  # fmt: skip
"""What a slide may be, by the key that says so."""
