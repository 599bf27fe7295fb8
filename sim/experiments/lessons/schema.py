"""The shape of a lesson file."""

from __future__ import annotations

from math import isnan
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Name = str
"""A name of the file's own: small letters, digits and _."""

NAMED = r"^[a-z][a-z0-9_]*$"
Look = Literal["main", "other", "dashed", "faint", "points", "here"]
Kind = Literal["lines", "points", "layers", "bars", "forest"]


class Part(BaseModel):
    """A part of a lesson file: a key it does not know is a fault, and it never changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SliderSpec(Part):
    """Something a learner moves.

    sets    paths in the network file that take its value; none where the working itself reads it
    """

    name: Name = Field(pattern=NAMED)
    label: str = Field(min_length=1)
    unit: str = ""
    low: float
    high: float
    step: float = Field(gt=0)
    value: float
    sets: list[str] = []

    def nearest(self, wanted: float) -> float:
        """The step nearest to a value, between the ends; what is no number is the value at first."""
        if not self.low <= wanted <= self.high:
            wanted = self.value if isnan(wanted) else min(max(wanted, self.low), self.high)
        steps = round((wanted - self.low) / self.step)
        return float(f"{min(self.low + steps * self.step, self.high):.10g}")


class NumberSpec(Part):
    """A number that is shown, by its name in the working.

    unit   written behind it, its blank included; £ is written before it
    """

    number: Name
    label: str = Field(min_length=1)
    unit: str = ""
    digits: int = Field(default=0, ge=0, le=3)


class SeriesSpec(Part):
    """A series that is drawn, by its name in the working, and how it looks."""

    series: Name
    label: str = Field(min_length=1)
    look: Look = "main"


class ChartSpec(Part):
    """A chart.

    x, y    what the axes count
    ticks   names of things side by side, in order, for bars
    tall    whether it needs the height of many rows
    """

    title: str = Field(min_length=1)
    kind: Kind
    x: str = ""
    y: str = ""
    series: list[SeriesSpec] = Field(min_length=1)
    ticks: list[str] = []
    digits: int = Field(default=0, ge=0, le=3)


class ChoiceSpec(Part):
    """One of several answers: right when the number worked out is at most `up_to`, and above that of the one before."""

    says: str = Field(min_length=1)
    up_to: float | None = None


class CheckSpec(Part):
    """The number by which another way confirms the answer, and how far it may be off, as a share of the answer."""

    number: Name
    within: float = Field(gt=0)


class QuestionSpec(Part):
    """A question; its answer is a number of the working, worked out and never written.

    at         sliders that stand elsewhere than at first
    against    the same for a second setting with which the first is compared, by `how`
    tolerance  how far a typed number may be off, as a share of the answer
    choices    in place of a typed number
    right, wrong   what is said; {answer} is the answer, {found} what the other way of `check` brought
    """

    asks: str = Field(min_length=1)
    at: dict[Name, float] = {}
    against: dict[Name, float] | None = None
    how: Literal["times", "minus"] = "minus"
    number: Name
    unit: str = ""
    digits: int = Field(default=0, ge=0, le=3)
    tolerance: float | None = Field(default=None, ge=0)
    choices: list[ChoiceSpec] = []
    check: CheckSpec | None = None
    right: str = Field(min_length=1)
    wrong: str = Field(min_length=1)


class LessonSpec(Part):
    """A lesson file.

    idea         the one idea, in a sentence
    says         paragraphs before the network
    tries        what to try with the sliders
    remember     what to take away
    working      what is worked out (see `workings`)
    network      a file of the folder of networks of lessons
    given        further numbers of the working, with the reason of each
    replications, seed   of the runs
    """

    title: str = Field(min_length=1)
    idea: str = Field(min_length=1)
    says: list[str] = Field(min_length=1)
    tries: list[str] = Field(min_length=1)
    remember: str = Field(min_length=1)
    working: Name
    network: str
    source: str = Field(min_length=1)
    seed: int = Field(default=1, ge=0)
    replications: int = Field(ge=1, le=100)
    given: dict[Name, float] = {}
    sliders: list[SliderSpec] = Field(min_length=1, max_length=3)
    numbers: list[NumberSpec] = Field(min_length=1)
    charts: list[ChartSpec] = Field(min_length=1, max_length=2)
    question: QuestionSpec
