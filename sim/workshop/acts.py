"""Everything that can happen in a session: one small record each, and how it becomes text and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from sim.workshop.template import Role

FACILITATOR = "facilitator"
"""Who acts, where it is no seat."""


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody takes a seat; `seat` is a name that whoever keeps the session made for it."""

    seat: str
    name: str
    team: str
    role: Role


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes to another team or role, or takes another name."""

    name: str
    team: str
    role: Role


@dataclass(frozen=True, slots=True)
class Decide:
    """A lever is set for the round."""

    path: str
    value: float | str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A lever goes back to where it stood when the round began."""

    path: str


@dataclass(frozen=True, slots=True)
class Propose:
    """One side offers, or asks for, so much of the hospital budget to go to another organisation, every year."""

    taker: Role
    share: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The other side agrees or does not."""

    deal: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class Break:
    """The hospital stops paying what it agreed; the other side learns of it when the round is revealed."""

    deal: int


@dataclass(frozen=True, slots=True)
class Keep:
    """The hospital thinks better of breaking an agreement, before the round is locked."""

    deal: int


@dataclass(frozen=True, slots=True)
class Commit:
    """Something that somebody will do, typed in at the debrief."""

    text: str


@dataclass(frozen=True, slots=True)
class Begin:
    """The next round begins: from the lobby the first, from a debrief the one after it."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Nobody decides any more."""


@dataclass(frozen=True, slots=True)
class Run:
    """The round is being run."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The round was run; `results` is the content hash of what came out."""

    results: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """Everybody sees what came out."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everybody talks about it, and may type commitments."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over; nothing is hidden any more."""


@dataclass(frozen=True, slots=True)
class PlayCard:
    """Something happens to everybody from the next round on."""

    card: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody but the facilitator acts."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Everybody acts again."""


@dataclass(frozen=True, slots=True)
class Restart:
    """The round is decided again, from where it began."""


@dataclass(frozen=True, slots=True)
class Remove:
    """A seat is taken away."""

    seat: str


@dataclass(frozen=True, slots=True)
class HideNames:
    """People's names are shown on the board, or not."""

    hidden: bool


@dataclass(frozen=True, slots=True)
class Door:
    """Whether anybody may join: open in the lobby, closed by the beginning of a round until it is opened again."""

    open: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """The facilitator's last act is taken back."""


OF_SEATS = (Join, Move, Decide, Withdraw, Propose, Answer, Break, Keep, Commit)
OF_FACILITATOR = (
    Begin, Lock, Run, Ran, Reveal, Debrief, Finish, PlayCard, Pause, Resume, Restart, Remove, HideNames, Door, Undo,
)  # fmt: skip
Act = (
    Join | Move | Decide | Withdraw | Propose | Answer | Break | Keep | Commit | Begin | Lock | Run | Ran | Reveal
    | Debrief | Finish | PlayCard | Pause | Resume | Restart | Remove | HideNames | Door | Undo
)  # fmt: skip
BY_NAME = {kind.__name__: kind for kind in (*OF_SEATS, *OF_FACILITATOR)}


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a session's log.

    by   a seat, or FACILITATOR
    at   seconds since the session was made, as told by whoever keeps it; nothing follows from it
    """

    by: str
    act: Act
    at: float = 0.0

    def plain(self) -> dict[str, Any]:
        """As plain values, for a file or a database."""
        own = {item.name: getattr(self.act, item.name) for item in fields(self.act)}
        return {"act": type(self.act).__name__, "by": self.by, "at": self.at, **own}


def record_from(plain: Mapping[str, Any]) -> Record:
    """A record from plain values; ValueError, in one sentence, when it is none."""
    kind = BY_NAME.get(str(plain.get("act")))
    if kind is None:
        raise ValueError(f'"{plain.get("act")}" is no act; one of {", ".join(BY_NAME)} is.')
    kinds = get_type_hints(kind)
    extra = plain.keys() - kinds.keys() - {"act", "by", "at"}
    if extra:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(extra))}.")
    own = {name: _value(kind.__name__, name, hint, plain) for name, hint in kinds.items()}
    act: Act = kind(**own)
    return Record(
        _value(kind.__name__, "by", str, plain), act, _value(kind.__name__, "at", float, {"at": 0.0, **plain})
    )


def _value(kind: str, name: str, hint: Any, plain: Mapping[str, Any]) -> Any:
    if name not in plain:
        raise ValueError(f"{kind} needs {name}.")
    try:
        return TypeAdapter(hint).validate_python(plain[name], strict=True)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"].replace("Input should", "must")
        raise ValueError(f"{kind}: {name} {said}.") from error
