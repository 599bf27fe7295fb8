"""What a user may move, and where its numbers come from.

Lever values are in the unit of their parameter ("stored"); `scale` turns them into the unit shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Setting = float | str
Group = Literal["demand", "prevention", "flow", "money"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a number comes from; `value`, `low` and `high` are words ready to show."""

    name: str
    says: str
    value: str
    range: str
    unit: str
    source: str
    where: str
    confidence: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Programme:
    """What a lever about one programme buys.

    family    of programmes it belongs to
    cost      pounds for one person for one year
    lag       years, on average, until the effect is there
    grade     of the evidence, 1 (strong) to 4 (controlled evidence of no effect)
    """

    family: str
    cost: float
    lag: float
    grade: int


@dataclass(frozen=True, slots=True)
class Lever:
    """Something a user may move.

    low, high, step, baseline   in the unit of the parameter; `baseline` is a word for a choice
    scale                       shown = stored times scale
    choices                     (word, what it means) of a choice, else empty
    follows                     the lever it goes with until it is moved by itself; its range is the same
    folder                      what it is shown under, besides its group
    programme                   what it buys, if it is about one programme
    """

    path: str
    label: str
    unit: str
    group: Group
    baseline: Setting
    low: float = 0
    high: float = 0
    step: float = 0
    scale: float = 1
    digits: int = 0
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    headline: bool = True
    follows: str = ""
    folder: str = ""
    programme: Programme | None = None

    @property
    def is_choice(self) -> bool:
        """Whether it is one of a few words rather than a number."""
        return bool(self.choices)

    def shown(self, stored: float) -> float:
        """A stored value in the unit shown."""
        return float(f"{stored * self.scale:.10g}")

    def clamp(self, value: object) -> Setting | None:
        """The nearest allowed setting, or None when `value` is neither a number nor a known word."""
        if self.is_choice:
            return value if isinstance(value, str) and value in dict(self.choices) else None
        number = as_number(value)
        return None if number is None else min(max(number, self.low), self.high)

    def words(self, setting: Setting) -> str:
        """A setting as a reader would say it."""
        if self.is_choice:
            return f"\u201c{setting}\u201d"
        return with_unit(trimmed(self.shown(float(setting)), self.digits), self.unit)

    def bare(self, setting: Setting) -> str:
        """A setting with no more of its unit than % or £, to stand beside one in full."""
        sign = self.unit[:1] if self.unit.startswith(("\u00a3", "%")) else ""
        return (
            self.words(setting) if self.is_choice else with_unit(trimmed(self.shown(float(setting)), self.digits), sign)
        )


def trimmed(value: float, digits: int) -> str:
    """A number with at most so many decimals and no idle zeros, with a true minus sign."""
    number = f"{abs(value):,.{digits}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"\u2212{number}" if value < 0 and number != "0" else number


def with_unit(number: str, unit: str) -> str:
    """A number with its unit: pounds before it, percent close behind, words after a space."""
    if unit.startswith("\u00a3"):
        return f"\u00a3{number}{unit[1:]}"
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".rstrip()


def as_number(value: object) -> float | None:
    """A finite number to ten significant figures, or None; text is read as a plain decimal number."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return float(f"{number:.10g}") + 0.0 if abs(number) < float("inf") else None
