"""What every result can say of itself: its numbers as a table, and its answer in a sentence or two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape

import polars as pl

from sim.experiments.question import Resolved


class Told(ABC):
    """A result that a notebook shows as its words and its table rather than as all that it holds."""

    __slots__ = ()

    @property
    @abstractmethod
    def words(self) -> str:
        """The answer in a sentence or two."""

    @abstractmethod
    def table(self) -> pl.DataFrame:
        """The numbers of the answer; what each column means is said by the result's own method."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.words}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.words)}</p>{self.table()._repr_html_()}"


def plan_name(asked: Resolved) -> str:
    """A plan by its scenarios, as a command would name them, and how many numbers were changed besides."""
    name = "+".join(asked.question.scenarios) or "the base projection"
    changes = len(asked.question.changes)
    return f"{name}, {changes} changed" if changes else name
