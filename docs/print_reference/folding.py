"""Many variables of one shape as one line: ages, programmes, streams and organisations become subscripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.experiments.xmile.parts import Part

BEFORE, AFTER = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
"""A value in a name or a sentence stands by itself, or between underscores."""

Subscripts = Mapping[str, Sequence[str]]
"""Values as they stand in names, by the word that takes their place."""


@dataclass(slots=True)
class Line:
    """Variables of one shape; what they are is said as of the first."""

    kind: str
    name: str
    equation: str
    units: str
    says: str
    parts: list[Part] = field(default_factory=list)


def folded(parts: Sequence[Part], subscripts: Subscripts) -> list[Line]:
    """Lines in the order in which their first variable stands."""
    lines: dict[tuple[str, ...], Line] = {}
    for part in parts:
        *key, says = _shape(part, subscripts)
        lines.setdefault(tuple(key), Line(*key, says)).parts.append(part)
    return list(lines.values())


def subscripted(name: str, of: str, subscripts: Subscripts) -> str:
    """A name with the values that stand in another name replaced, as of the flows of a stock."""
    for word, values in subscripts.items():
        value = next((each for each in _longest_first(values) if _token(each).search(of)), None)
        name = _token(value).sub(f"[{word}]", name) if value else name
    return name


def is_number(part: Part) -> bool:
    """Whether an equation is a number and no more."""
    return bool(re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", part.equation))


def _shape(part: Part, subscripts: Subscripts) -> tuple[str, str, str, str, str]:
    name, equation, says = part.name, "number" if is_number(part) else part.equation, part.says
    for word, values in subscripts.items():
        value = next((each for each in _longest_first(values) if _token(each).search(name)), None)
        if value:
            name, equation = (_token(value).sub(f"[{word}]", text) for text in (name, equation))
            says = re.sub(f"{BEFORE}{_spoken(value)}{AFTER}", f"[{word}]", says, flags=re.IGNORECASE)
    return part.kind, name, _folded_sums(equation, subscripts), part.units, says


def _longest_first(values: Sequence[str]) -> list[str]:
    return sorted(values, key=len, reverse=True)


def _token(value: str) -> re.Pattern[str]:
    return re.compile(f"{BEFORE}{re.escape(value)}{AFTER}")


def _spoken(value: str) -> str:
    """How a value is written in sentences: ages with a dash or a plus, the others with blanks."""
    return re.escape(value).replace("_plus", r"\+").replace("_", "[-– _]")


def _folded_sums(equation: str, subscripts: Subscripts) -> str:
    """Sums and products of terms that are alike but for a subscript, written once; innermost brackets first."""
    held: list[str] = []
    text = equation
    while match := re.search(r"\(([^()]*)\)", text):
        held.append(_one_level(match[1], subscripts, held))
        text = f"{text[: match.start()]}<{len(held) - 1}>{text[match.end() :]}"
    return _filled(_one_level(text, subscripts, held), held)


def _one_level(text: str, subscripts: Subscripts, held: list[str]) -> str:
    """Products first, then sums; what is taken away is no part of a sum."""
    first, *taken = (
        [" * ".join(_alike(term.split(" * "), "PRODUCT", subscripts, held)) for term in chunk.split(" + ")]
        for chunk in text.split(" - ")
    )
    whole = [" + ".join(_alike(first, "SUM", subscripts, held)), *(" + ".join(terms) for terms in taken)]
    return " - ".join(whole)


def _alike(terms: list[str], word: str, subscripts: Subscripts, held: list[str]) -> Iterator[str]:
    """Terms, with a run of at least three that differ by a subscript alone as one."""
    for name, values in subscripts.items():
        shapes = {_any_of(_filled(term, held), values, name) for term in terms}
        if len(terms) > 2 and len(shapes) == 1 and f"[{name}]" in (shape := next(iter(shapes))):
            yield f"{word} over {name} of ({shape})"
            return
    yield from terms


def _any_of(text: str, values: Sequence[str], name: str) -> str:
    for value in _longest_first(values):
        text = _token(value).sub(f"[{name}]", text)
    return text


def _filled(text: str, held: list[str]) -> str:
    while match := re.search(r"<(\d+)>", text):
        text = f"{text[: match.start()]}({held[int(match[1])]}){text[match.end() :]}"
    return text
