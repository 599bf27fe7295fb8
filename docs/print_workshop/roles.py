"""Role briefings: a page each to read, and all of them as one file to print on A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from docs.print_reference.words import table
from docs.print_workshop.filling import filled
from docs.print_workshop.html import inline, listed, minus, whole
from docs.print_workshop.levers import Offered, offered, workshops
from docs.print_workshop.places import FOLDER
from sim.inputs import read_yaml
from sim.workshop import Role

PRINTED = "*Printed by `make docs` from `roles.yaml`, the workshops' files and the parameters. Do not edit.*"
HEADINGS = {
    "wants": "What you want",
    "books": "Your books",
    "knows": "What you know and others may not",
    "talks": "What to talk about",
}


@dataclass(frozen=True, slots=True)
class Briefing:
    """One role. `owns` says in words what each of its levers does, by path."""

    role: Role
    title: str
    who: str
    owns: Mapping[str, str]
    own_way: str
    parts: Mapping[str, Sequence[str]]
    asks: str


def load_roles() -> tuple[Briefing, ...]:
    """Briefings as they are written. KeyError where a part is missing."""
    written = cast("Mapping[Role, dict[str, Any]]", _written()["roles"])
    return tuple(
        Briefing(
            role, each["title"], each["who"], each["owns"], each["own_way"],
            {part: each[part] for part in HEADINGS}, each["asks"],
        )
        for role, each in written.items()
    )  # fmt: skip


def on_every_briefing() -> Sequence[str]:
    """What whoever reads one briefing alone must know: years, prices, and words that all use."""
    said: Sequence[str] = _written()["every"]
    return said


def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(FOLDER / "roles" / "roles.yaml").data
    return found


def role_page(briefing: Briefing) -> str:
    """One briefing in Markdown."""
    parts = [f"# {briefing.title}", PRINTED, filled(briefing.who), "## What you move"]
    rows = (
        (f"**{lever.label}**, {lever.reach}", briefing.owns[lever.path], *_where(lever, "yes"))
        for lever in offered(briefing.role)
    )
    parts += [table(("Lever", "What it does", *_titles()), rows), filled(briefing.own_way)]
    for part, heading in HEADINGS.items():
        parts += [f"## {heading}", "\n".join(f"* {filled(each)}" for each in briefing.parts[part])]
    parts += ["## For all roles", "\n".join(f"* {filled(each)}" for each in on_every_briefing())]
    parts += ["## A question to keep asking", f"> {filled(briefing.asks)}", "[All briefings to print](briefings.html)"]
    return "\n\n".join(parts) + "\n"


def briefings(roles: Sequence[Briefing]) -> str:
    """All briefings as one HTML file, a sheet of A4 each."""
    style = (FOLDER / "roles" / "briefings.css").read_text(encoding="utf-8")
    return whole("Role briefings", style, "\n".join("".join(_sheet(each)) for each in roles))


def _sheet(briefing: Briefing) -> Iterator[str]:
    yield f'<article id="{briefing.role}">\n<header><p>Role briefing</p><h1>{inline(briefing.title)}</h1></header>\n'
    yield f'<p class="who">{inline(briefing.who)}</p>\n<h2>What you move</h2>\n<table><thead><tr><th>Lever</th>'
    yield "<th>What it does</th>" + "".join(f'<th class="where">{each}</th>' for each in _titles())
    yield "</tr></thead><tbody>\n"
    for lever in offered(briefing.role):
        yield f"<tr><td><strong>{lever.label}</strong><br><small>{minus(lever.reach)}</small></td>"
        yield f"<td>{inline(briefing.owns[lever.path])}</td>"
        yield "".join(f'<td class="where">{each}</td>' for each in _where(lever, "\N{CHECK MARK}")) + "</tr>\n"
    yield f'</tbody></table>\n<p class="way">{inline(briefing.own_way)}</p>\n<div class="parts">\n'
    for part, heading in HEADINGS.items():
        yield f"<section><h2>{heading}</h2>{listed(briefing.parts[part])}</section>\n"
    yield f'</div>\n<p class="every">{inline(" ".join(on_every_briefing()))}</p>\n'
    yield f'<p class="asks"><span>Keep asking</span>{inline(briefing.asks)}</p>\n</article>'


def _titles() -> tuple[str, ...]:
    return tuple(each.title for each in workshops().values())


def _where(lever: Offered, sign: str) -> tuple[str, ...]:
    return tuple(sign if name in lever.workshops else "" for name in workshops())
