"""What the ready workshops let each role move, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sim.workshop import Role, Span, Template, load_template, template_names

FREE = ("policy.discharge_delay", "policy.efficiency_planned", "policy.share_delivered")
"""Levers that cost nothing in the model; their explanations say so (`parameters/levers.yaml`)."""
COSTS_NOTHING = "costs nothing in the model"


@dataclass(frozen=True, slots=True)
class Offered:
    """A lever of one role: how it is called, how far it goes, and which workshops have it."""

    path: str
    label: str
    reach: str
    workshops: tuple[str, ...]


@cache
def workshops() -> Mapping[str, Template]:
    """The ready workshops, the shortest first."""
    ready = [load_template(name) for name in template_names()]
    return {each.name: each for each in sorted(ready, key=lambda each: each.minutes)}


def offered(role: Role) -> tuple[Offered, ...]:
    """Levers of a role in the order in which workshops offer them."""
    found: dict[str, Offered] = {}
    for template in workshops().values():
        for path in template.levers.get(role, ()):
            before = found[path].workshops if path in found else ()
            span = template.spans[path]
            found[path] = Offered(path, span.label, reach(span), (*before, template.name))
    return tuple(found.values())


def reach(span: Span) -> str:
    """From the least to the most, as a screen shows it."""
    return f"{span.low * span.scale:g} to {span.high * span.scale:g} {span.unit}"
