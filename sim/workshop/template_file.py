"""Reading a workshop's file, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs import (
    Document,
    Fault,
    Faults,
    Parameters,
    Table,
    as_of,
    faults_from_validation,
    find_footprint,
    first_month,
    keys_of,
    load_footprints,
    load_parameters,
    nearest,
    raise_any,
    read_yaml,
)
from sim.inputs.folders import default_folder
from sim.inputs.phases import GIVEN_IN_PHASES
from sim.inputs.shocks import Shock, load_shocks
from sim.workshop.offered import spans_of
from sim.workshop.template import TAKERS, Card, Hidden, Play, Role, Round, Span, Template, Way, Win

FOLDER = "workshops"
MOST_YEARS = 20
"""Of a run."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Round(_Strict):
    title: str = Field(min_length=1)
    years: int = Field(ge=1, le=MOST_YEARS)
    way: Way
    minutes: float = Field(gt=0)
    says: str = ""


class _Card(_Strict):
    title: str = Field(min_length=1)
    reads: str = Field(min_length=1)
    shock: str
    years: int = Field(default=0, ge=0, le=MOST_YEARS)


class _Play(_Strict):
    says: str = Field(min_length=1)
    settings: list[dict[str, Any]]
    deals: list[dict[str, float]] = []
    broken: list[int] = []


class _Entry(_Strict):
    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    lesson: str = ""
    minutes: float = Field(gt=0)
    footprint: str
    people: float | str = "usual"
    replications: int = Field(ge=2, le=1000)
    seed: int = Field(ge=0)
    setting: dict[str, Any] = {}
    levers: dict[Role, list[str]] = Field(min_length=1)
    limits: dict[str, list[float]] = {}
    rounds: list[_Round] = Field(min_length=1)
    deals: bool = False
    hidden: list[Hidden] = []
    wins: list[Win] = Field(min_length=1)
    cards: dict[str, _Card] = {}
    before: list[list[str]] = []
    plays: dict[str, _Play] = {}


def template_names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the ready workshops."""
    return tuple(sorted(path.stem for path in _home(folder).glob("*.yaml")))


def load_template(name: str, folder: Path | None = None) -> Template:
    """A workshop by its name, or by the path of a .yaml file. Raises Faults: all that is wrong with it, at once."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else _home(folder) / f"{name}.yaml"
    known = template_names(folder)
    if path.parent == _home(folder) and path.stem not in known:
        raise Faults([Fault("", 0, "workshop", f'"{name}"', "is not one we know", nearest(name, known))])
    return read_template(read_yaml(path), path.stem)


def read_template(document: Document, name: str) -> Template:
    """A workshop from a file that was read. Raises Faults."""
    try:
        entry = _Entry.model_validate(document.data)
    except ValidationError as error:
        known = keys_of(_Entry, _Round, _Card, _Play)
        raise Faults(faults_from_validation(error, document, known)) from error
    parameters = load_parameters()
    spans, faults = spans_of(document, entry.levers, entry.limits, parameters)
    shocks = {each.name: each for each in load_shocks(parameters)}
    faults += [*_wrong(document, entry, parameters, shocks), *_wrong_plays(document, entry, spans)]
    raise_any(faults)
    return Template(
        name=name, title=entry.title, why=entry.why, lesson=entry.lesson, minutes=entry.minutes,
        footprint=entry.footprint, people=entry.people, replications=entry.replications, seed=entry.seed,
        setting=Table(entry.setting), levers=Table((role, tuple(paths)) for role, paths in entry.levers.items()),
        spans=Table(spans), rounds=tuple(Round(**each.model_dump()) for each in entry.rounds), deals=entry.deals,
        hidden=tuple(entry.hidden), wins=tuple(entry.wins),
        cards=Table({key: _card(each, shocks[each.shock]) for key, each in entry.cards.items()}),
        before=tuple(map(tuple, entry.before)), plays=Table({key: _play(each) for key, each in entry.plays.items()}),
    )  # fmt: skip


def _home(folder: Path | None) -> Path:
    return (folder or default_folder()) / FOLDER


def _card(entry: _Card, shock: Shock) -> Card:
    acts = tuple(replace(act, year=None) for act in shock.acts)
    return Card(entry.title, entry.reads, replace(shock, acts=acts), entry.years)


def _play(entry: _Play) -> Play:
    settings, deals = (tuple(map(Table, each)) for each in (entry.settings, entry.deals))
    return Play(entry.says, settings, deals, tuple(entry.broken))


def _wrong(document: Document, entry: _Entry, parameters: Parameters, shocks: Mapping[str, Shock]) -> Iterator[Fault]:
    """What the file names and is not there, and what is more than a run can hold."""
    try:
        find_footprint(entry.footprint, load_footprints())
    except Faults as error:
        yield from (_fault(document, ("footprint",), e.found, e.rule, e.suggestion) for e in error.faults)
    yield from _wrong_setting(document, entry.setting, parameters)
    years = sum(each.years for each in entry.rounds)
    if years > MOST_YEARS:
        yield _fault(document, ("rounds",), f"{years} years", f"are more than a run can have, which is {MOST_YEARS}")
    for name, card in entry.cards.items():
        if card.shock not in shocks:
            close = nearest(card.shock, shocks)
            yield _fault(document, ("cards", name, "shock"), f'"{card.shock}"', "is not a shock", close)
            continue
        rule = "acts on what cannot change in mid-run"
        acts = [path for act in shocks[card.shock].acts for path in act.paths]
        if not all(parameters.locate(path)[0].name in GIVEN_IN_PHASES for path in acts):
            yield _fault(document, ("cards", name, "shock"), f'"{card.shock}"', rule)
    for number, names in enumerate(entry.before):
        for name in names:
            if name not in entry.cards:
                yield _fault(document, ("before", number), f'"{name}"', "is not a card", nearest(name, entry.cards))


def _wrong_setting(document: Document, setting: Mapping[str, Any], parameters: Parameters) -> Iterator[Fault]:
    try:
        as_of(parameters.with_changes(setting), first_month(parameters))
    except Faults as error:
        for each in error.faults:
            yield Fault(document.name, document.line(("setting", each.name)), each.name, *_said(each))


def _said(fault: Fault) -> tuple[str, str, str | None]:
    return fault.found, fault.rule, fault.suggestion


def _wrong_plays(document: Document, entry: _Entry, spans: Mapping[str, Span]) -> Iterator[Fault]:
    for name, play in entry.plays.items():
        at = ("plays", name)
        for key, given in (("settings", play.settings), ("deals", play.deals)):
            if len(given) > len(entry.rounds):
                yield _fault(document, (*at, key), f"{len(given)} rounds", f"are more than the {len(entry.rounds)}")
        for number, settings in enumerate(play.settings):
            for path, value in settings.items():
                rule, close = wrong_value(spans, path, value)
                if rule:
                    yield _fault(document, (*at, "settings", number, path), f"{path} {value!r}", rule, close)
        for number, deals in enumerate(play.deals):
            for taker in deals:
                if not entry.deals or taker not in TAKERS:
                    rule = "is nobody whom the hospitals can agree to give money to"
                    yield _fault(document, (*at, "deals", number), f'"{taker}"', rule, nearest(taker, TAKERS))


def wrong_value(spans: Mapping[str, Span], path: str, value: object) -> tuple[str, str | None]:
    """Why a lever cannot be set to this, and the nearest right answer; empty when it can."""
    if path not in spans:
        return "is not offered", nearest(path, spans)
    span = spans[path]
    if span.choices:
        return ("", None) if value in span.choices else ("is not a choice", nearest(value, span.choices))
    if isinstance(value, bool) or not isinstance(value, int | float) or not span.low <= value <= span.high:
        return f"must be a number from {span.low:g} to {span.high:g}", None
    return "", None


def _fault(document: Document, path: tuple[str | int, ...], found: str, rule: str, close: str | None = None) -> Fault:
    return Fault(document.name, document.line(path), ".".join(map(str, path[:2])), found, rule, close)
