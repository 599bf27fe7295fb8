"""Tables as bytes: CSV and Excel. A text never becomes a formula, whatever it begins with."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.downloads.sheets import Cell, Sheet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would work out instead of showing."""

ALWAYS = datetime(2016, 4, 1)
"""When a workbook says it was made, so that the same answer gives the same bytes."""

WIDEST = 60
NARROWEST = 8


def csv_bytes(sheet: Sheet) -> bytes:
    """A table as CSV in UTF-8, with a mark at the start by which Excel knows it; numbers in full.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_harmless, sheet.columns))
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def excel_bytes(sheets: Iterable[Sheet], title: str) -> bytes:
    """Tables as a workbook, one sheet each, the heading frozen; the same tables give the same bytes."""
    payload = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(payload, options) as book:
        book.set_properties({"title": title, "author": "Upstream", "created": ALWAYS})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, head in enumerate(sheet.columns):
                page.write_string(0, column, head, heading)
                page.set_column(column, column, _width(sheet, column))
            for place, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    _write(page, place, column, cell)
    return payload.getvalue()


def _write(page: Worksheet, row: int, column: int, cell: Cell) -> None:
    """A text as text and a number as a number: nothing is guessed."""
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif cell is not None:
        page.write_number(row, column, cell)


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in sheet.rows if isinstance(row[column], str)), default=0)
    return min(max(longest, len(sheet.columns[column]), NARROWEST), WIDEST) + 2
