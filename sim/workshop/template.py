"""What a workshop is made from: place, rounds, who may move what, cards, and what stays hidden until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from sim.inputs import Table
from sim.inputs.shocks import Shock

Role = Literal["acute", "community", "social_care", "public_health", "place"]
ROLES: tuple[Role, ...] = get_args(Role)
OWN_BOOKS: Mapping[Role, tuple[str, ...]] = {
    "acute": ("acute",),
    "community": ("community",),
    "social_care": ("social_care",),
    "public_health": ("public_health",),
    "place": (),
}
"""The organisations whose books a role sees while each defends its own; the place lead sees the sum."""
Way = Literal["fortress", "place"]
WAYS: tuple[Way, ...] = get_args(Way)
Hidden = Literal["plans", "books"]
HIDDEN: tuple[Hidden, ...] = get_args(Hidden)
"""What of other teams may stay hidden until the whole is over: what they decided, and their books."""
Win = Literal["flow", "people", "money", "promises", "waits"]
WINS: tuple[Win, ...] = get_args(Win)

GIVER: Role = "acute"
TAKERS: Mapping[Role, str] = {
    "public_health": "policy.mix_prevention",
    "community": "policy.mix_community",
    "social_care": "policy.mix_social_care",
}
"""Who may be given money in an agreement, and the part of the shift that it makes."""
SHIFT = "policy.shift_share"
OF_SHIFT = (SHIFT, *TAKERS.values())
"""Numbers that say together how much money leaves the hospitals and where it goes: agreements make them too."""


@dataclass(frozen=True, slots=True)
class Span:
    """What one lever may be set to: numbers from low to high, or one of some words.

    moves   paths that take the value
    """

    label: str
    unit: str
    scale: float
    moves: tuple[str, ...]
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    years     that it plays, from where the last one ended
    way       every organisation for itself, or one pot and one plan
    minutes   that people have to decide
    says      what is read out at its beginning
    """

    title: str
    years: int
    way: Way
    minutes: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that happens to everybody, from the round after the one in which it is played.

    shock   of parameters/stress/shocks.yaml, where its size has its source; it happens when the card is played
    years   that it lasts; 0 = to the end
    """

    title: str
    reads: str
    shock: Shock
    years: int = 0


@dataclass(frozen=True, slots=True)
class Play:
    """A way to play the whole workshop, for its expected results.

    settings   new values by path, by round
    deals      share of the hospital budget agreed by taker, by round
    broken     rounds in which the hospital breaks all that it agreed
    cards      played before each round
    """

    says: str
    settings: tuple[Mapping[str, float | str], ...]
    deals: tuple[Mapping[str, float], ...] = ()
    broken: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A ready workshop.

    minutes        the whole takes
    people         how many are simulated: a number, or a word as in a question
    setting        what differs from the base for every team, and for doing nothing
    levers         paths by role; the place lead's are moved in place rounds
    spans          of every path offered
    deals          whether money may be agreed between organisations
    before         cards of the expected results, by round
    plays          by name
    lesson         what the expected results show
    """

    name: str
    title: str
    why: str
    minutes: float
    footprint: str
    people: float | str
    replications: int
    seed: int
    setting: Mapping[str, float | str]
    levers: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, Span]
    rounds: tuple[Round, ...]
    deals: bool
    hidden: tuple[Hidden, ...]
    wins: tuple[Win, ...]
    cards: Mapping[str, Card] = field(default_factory=Table)
    before: tuple[tuple[str, ...], ...] = ()
    plays: Mapping[str, Play] = field(default_factory=Table)
    lesson: str = ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that are played, in their usual order."""
        return tuple(role for role in ROLES if role in self.levers)

    def years_before(self, number: int) -> int:
        """Years that are over when a round begins, counted from 0."""
        return sum(each.years for each in self.rounds[:number])
