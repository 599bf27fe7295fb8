"""Faults in what people wrote: where, what was found, which rule, and the nearest right answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from re import findall
from typing import TYPE_CHECKING, Any

from sim.inputs.wording import rule_of, written

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from sim.inputs.document import Document


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place.

    file         the file as a reader would name it; empty when the fault is not in a file
    line         counted from 1; 0 when the whole file is meant
    name         the parameter, station, scenario or key in question; may be empty
    found        what stands there
    rule         what should hold
    suggestion   the nearest right answer; None when there is none
    """

    file: str
    line: int
    name: str
    found: str
    rule: str
    suggestion: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        head = ": ".join(part for part in (place, self.name) if part)
        said = " ".join(part for part in (self.found, self.rule) if part)
        hint = f' Did you mean "{self.suggestion}"?' if self.suggestion else ""
        return f"{head}\n  {said}.{hint}"


class Faults(Exception):
    """Everything that is wrong, in one go; `faults` holds each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=lambda each: (each.file, each.line)))
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        return "\n".join([*map(str, self.faults), f"{count}. Nothing was run."])


def raise_any(faults: Sequence[Fault]) -> None:
    """Raise what has been collected, if anything."""
    if faults:
        raise Faults(faults)


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None when nothing is close."""
    folded = {each.casefold(): each for each in known}
    text = str(word).casefold()
    close = get_close_matches(text, folded, n=1) or [each for each in folded if each.endswith(f".{text}")]
    return folded[close[0]] if close else None


def keys_of(*models: type[BaseModel]) -> tuple[str, ...]:
    """The keys these models accept, as written in a file; for suggestions."""
    found: dict[str, None] = {}
    for model in models:
        for name, field in model.model_fields.items():
            found[field.alias or name] = None
    return tuple(found)


def faults_from_validation(
    error: ValidationError,
    document: Document,
    known_keys: Collection[str],
    *,
    under: tuple[str | int, ...] = (),
    name: str = "",
) -> list[Fault]:
    """Turn what pydantic found into faults with file, line and nearest key.

    known_keys   every key that may appear, for suggestions
    under        where in the document the validated data stands
    name         what to call the thing; default: the path to it
    """
    return [_fault(each, document, known_keys, under, name) for each in error.errors(include_url=False)]


def _fault(detail: Any, document: Document, known: Collection[str], under: tuple[str | int, ...], name: str) -> Fault:
    whole = (*under, *detail["loc"])
    path = document.known_part(whole)
    title = name or ".".join(map(str, path))
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    place = (document.name, document.line(path), title)
    if detail["type"] == "extra_forbidden":
        return Fault(*place, f'key "{last}"', _unknown_key(detail, document.data, whole), nearest(last, known))
    if detail["type"] == "missing":
        return Fault(*place, f'"{last}"', "is missing")
    return Fault(*place, _found(whole, detail), rule_of(detail), _nearest_word(detail))


def _found(path: tuple[str | int, ...], detail: Any) -> str:
    """What stands there; entries of a list are counted from 1."""
    if not detail["loc"]:
        return f"{written(detail['input'])}:" if path else "the file:"
    what = f"entry {path[-1] + 1}" if isinstance(path[-1], int) else f'"{path[-1]}"'
    return f"{what} is {written(detail['input'])}:"


def _unknown_key(detail: Any, data: Any, path: tuple[str | int, ...]) -> str:
    """What is wrong with a key we do not know; one of digits alone is often what follows a decimal comma."""
    key, rule = str(path[-1]), "is not one we know"
    if not key.isdigit() or detail["input"] is not None:
        return rule
    for step in path[:-1]:
        data = data[step] if isinstance(data, Mapping) and step in data else None
    keys = list(data) if isinstance(data, Mapping) else []
    before = data[keys[keys.index(key) - 1]] if key in keys[1:] else None
    number = f"{before}.{key}" if isinstance(before, int) else f"1.{key}"
    return f"{rule}. Write decimals after a point, not a comma: {number}"


def _nearest_word(detail: Any) -> str | None:
    """The nearest of the words that would have been right, where only some words are."""
    if detail["type"] != "literal_error":
        return None
    return nearest(detail["input"], findall("'([^']*)'", detail["ctx"]["expected"]))
