"""Read a CSV file into rows of text, and remember the line of each."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from math import isfinite
from pathlib import Path

from sim.inputs.document import read_text, shown
from sim.inputs.faults import Fault, Faults, nearest, raise_any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: file and line, and the text of each cell by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, name: str, found: str, rule: str, suggestion: str | None = None) -> Fault:
        """A fault in this row."""
        return Fault(self.file, self.line, name, found, rule, suggestion)

    def number(self, column: str, name: str, faults: list[Fault]) -> float | None:
        """The number in a cell; None where it is empty or, with a fault added, where it is no number."""
        text = self.cells[column]
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            faults.append(self.fault(name, f'{column} "{text}"', "is not a number"))
            return None
        if not isfinite(number):
            faults.append(self.fault(name, f'{column} "{text}"', "is not a finite number"))
            return None
        return number


def read_rows(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Rows of a table that has exactly these columns, in any order. Raises Faults."""
    name, lines = shown(path), _lines(path)
    if not lines:
        raise Faults([Fault(name, 1, "", "the file", "is empty")])
    head = lines[0][1]
    raise_any([*_head_faults(name, head, columns), *_width_faults(name, lines, len(head))])
    return tuple(Row(name, line, dict(zip(head, cells, strict=True))) for line, cells in lines[1:])


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(read_text(path), newline=""), strict=True)
    found, start = [], 1
    try:
        for cells in reader:
            if cells:
                found.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Faults([Fault(shown(path), start, "", "this", f"is not a line of a table: {error}")]) from error
    return found


def _head_faults(name: str, head: list[str], columns: Sequence[str]) -> list[Fault]:
    unknown = [each for each in head if each not in columns]
    missing = [each for each in columns if each not in head]
    twice = {each for each in head if head.count(each) > 1}
    return [
        *(Fault(name, 1, "", f'column "{each}"', "is not one we know", nearest(each, columns)) for each in unknown),
        *(Fault(name, 1, "", f'column "{each}"', "is missing") for each in missing),
        *(Fault(name, 1, "", f'column "{each}"', "stands twice") for each in sorted(twice)),
    ]


def _width_faults(name: str, lines: list[tuple[int, list[str]]], width: int) -> list[Fault]:
    rule = f"does not fit the head of the table, which has {width}"
    return [Fault(name, line, "", f"{len(row)} cells", rule) for line, row in lines[1:] if len(row) != width]
