"""Which picture a result gets, and what is wished for in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import singledispatch

from dashboard.notebook.chart import Chart
from dashboard.theme import THEMES, Theme
from sim.inputs import nearest


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever plots asks for.

    series   a measure; empty for the usual one
    year     0 is the first, -1 the last
    theme    its name
    """

    series: str
    year: int
    theme: str

    @property
    def colours(self) -> Theme:
        """The colours of the theme."""
        return THEMES[self.theme]

    def about(self, known: Collection[str], usual: str) -> str:
        """The series asked for, or the usual one, or the first that is known. Raises ValueError with the nearest."""
        wanted = self.series or (usual if usual in known else next(iter(known)))
        if wanted in known:
            return wanted
        close = nearest(wanted, known)
        hint = f" Did you mean {close}?" if close else f" There are {', '.join(known)}."
        raise ValueError(f'The result holds no series "{wanted}".{hint}')

    def in_years(self, years: int) -> int:
        """The year asked for, counted from the first. Raises ValueError when there is none."""
        if not -years <= self.year < years:
            raise ValueError(
                f"There is no year {self.year}; a run of {years} has 0 to {years - 1}, and -1 for the last."
            )
        return self.year % years

    def of_all(self, result: object) -> None:
        """Nothing is to be chosen. Raises ValueError when a series was."""
        if self.series:
            raise ValueError(f'A {type(result).__name__} is drawn whole; it has no series "{self.series}" to choose.')


@singledispatch
def drawn(result: object, wish: Wish) -> Chart:
    """The picture of a result. Raises TypeError with what can be drawn."""
    known = ", ".join(sorted(each.__name__ for each in drawn.registry if each is not object))
    raise TypeError(f"A {type(result).__name__} cannot be drawn. What can: {known}.")
