"""Where a month of a run lies on the calendar. A run begins on 1 April, with the financial year."""

from __future__ import annotations

from datetime import date

BEGINS = date(2016, 4, 1)
"""The first day of a run unless it says otherwise: the day after the base year, 2015/16."""

MONTHS = 12


def month_start(month: int, first: int = BEGINS.year) -> date:
    """First day of a month of the run; month 0 is April of the first year."""
    years, index = divmod(BEGINS.month - 1 + month, MONTHS)
    return date(first + years, index + 1, 1)


def month_name(month: int) -> str:
    """A month of the run in words, such as "May 2017"."""
    return f"{month_start(month):%B %Y}"


def financial_year(year: int, first: int = BEGINS.year) -> str:
    """A year of the run as its financial year, such as "2016/17"; year 0 is the first."""
    begins = first + year
    return f"{begins}/{(begins + 1) % 100:02d}"
