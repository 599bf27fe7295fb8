"""The words of the field and of this project, read from the glossary of the repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.wording.language import _

SHIPPED = Path(__file__).with_name("glossary.md")
FILE = SHIPPED if SHIPPED.is_file() else Path(__file__).parents[2] / "GLOSSARY.md"
"""The glossary of the repository; an installed package has it beside this file."""

ENTRY = re.compile(r"\*\*(?P<term>[^*]+)\.\*\* (?P<says>.+)", re.DOTALL)
SHORT = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its meaning, both in English as the file has them.

    name   by which the interface asks for it
    """

    name: str
    title: str
    meaning: str

    @property
    def term(self) -> str:
        """The word in the language spoken."""
        return _(self.title)

    @property
    def says(self) -> str:
        """Its meaning in the language spoken."""
        return _(self.meaning)


@cache
def glossary() -> Mapping[str, Word]:
    """Every word by its name, in the order of the file."""
    found = (ENTRY.fullmatch(" ".join(part.split())) for part in FILE.read_text(encoding="utf-8").split("\n\n"))
    words = [(each["term"], each["says"].replace("*", "")) for each in found if each]
    return {name_of(term): Word(name_of(term), term, says) for term, says in words}


def name_of(term: str) -> str:
    """A name from a word: "Delayed transfer of care (DTOC)" is delayed_transfer_of_care."""
    return re.sub(r"[^a-z0-9]+", "_", SHORT.sub("", term).lower()).strip("_")
