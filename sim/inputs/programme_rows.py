"""Turn the table of programmes into parameters, and keep the studies behind them as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.inputs.entries import Known, check
from sim.inputs.faults import Fault, nearest
from sim.inputs.parameter import Parameter
from sim.inputs.rows import Row, read_rows
from sim.inputs.table import Table

COLUMNS = (
    "programme", "quantity", "key", "value", "low", "high", "unit",
    "prices", "place", "source", "where", "confidence", "note",
)  # fmt: skip
SAYS: Mapping[str, str] = {
    "label": "Name of the programme, as shown",
    "family": "Family the programme belongs to",
    "eligible_share": "Share of the age band that the programme is meant for",
    "relative_admission_rate": "How much more often the people reached are admitted than their age band",
    "effect_emergency_overnight": "Overnight emergency admissions averted, of those of the people reached",
    "effect_emergency_same_day": "Same-day emergency admissions averted, of those of the people reached",
    "effect_elective": "Elective admissions averted, of those of the people reached",
    "effect_length_of_stay": "Acute bed days saved, of those of the people reached who are admitted",
    "effect_social_care_need": "Need for social care averted, of that of the people reached",
    "lag_years": "Mean time from spending to effect, a third-order delay",
    "fade_years": "Mean time for the effect to go once spending stops",
    "displaced_share": "Share of averted admissions that becomes community or social-care work",
    "unit_cost": "Cost of one person reached for one year of effect",
    "evidence_grade": "Grade of the evidence: 1 strong, 2 mixed, 3 weak, 4 controlled evidence of no effect or harm",
    "max_reach": "Largest share of the eligible who can be reached",
}
"""Quantities that the model uses, and what each means."""
EVIDENCE = (
    "study_result", "study_result_null", "study_result_adverse", "ceiling_expert", "published_cost",
    "other_published_cost", "baseline_overnight_rate", "bed_days_averted_per_gbp_million", "current_uptake",
    "admissions_averted_per_referral", "capacity_ambition",
)  # fmt: skip
"""Quantities kept as evidence only: what a study measured, in its own words."""
SURENESS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Study:
    """A finding about a programme that the model does not use itself; `measures` says what the number is."""

    programme: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    measures: str
    prices: str
    source: str
    where: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class ProgrammeTable:
    """The table read: ids in order, the rows that are parameters, and the studies."""

    ids: tuple[str, ...]
    rows: Mapping[tuple[str, str], tuple[Row, ...]]
    studies: tuple[Study, ...]


def read_programmes(path: Path, faults: list[Fault]) -> ProgrammeTable:
    """Read the table of programmes; faults of single rows are added, faults of its form raised."""
    groups: dict[tuple[str, str], list[Row]] = {}
    studies: list[Study] = []
    rows = read_rows(path, COLUMNS)
    for row in rows:
        if row["quantity"] in SAYS:
            groups.setdefault((row["programme"], row["quantity"]), []).append(row)
        elif row["quantity"] in EVIDENCE:
            studies.append(_study(row, faults))
        else:
            close = nearest(row["quantity"], (*SAYS, *EVIDENCE))
            faults.append(row.fault(row["programme"], f'quantity "{row["quantity"]}"', "is not one we know", close))
    ids = tuple(dict.fromkeys(row["programme"] for row in rows))
    return ProgrammeTable(ids, {key: tuple(each) for key, each in groups.items()}, tuple(studies))


def programme_parameters(table: ProgrammeTable, known: Known, faults: list[Fault]) -> list[Parameter]:
    """`programme.<id>.<quantity>` for every programme and quantity; missing ones are faults."""
    found = []
    for programme in table.ids:
        for quantity in SAYS:
            rows = table.rows.get((programme, quantity), ())
            if not rows:
                faults.append(_missing(table, programme, quantity))
                continue
            parameter = _parameter(f"programme.{programme}.{quantity}", SAYS[quantity], rows, faults)
            wrong = _check_rows(rows, parameter.name, known) or list(check(parameter, known))
            faults += wrong
            found += [] if wrong else [parameter]
    return found


def _missing(table: ProgrammeTable, programme: str, quantity: str) -> Fault:
    first = next((rows[0] for key, rows in table.rows.items() if key[0] == programme), None)
    place = (first.file, first.line) if first else ("programmes.csv", 0)
    return Fault(*place, f"programme.{programme}", f"{quantity}", "is missing")


def _parameter(name: str, says: str, rows: Sequence[Row], faults: list[Fault]) -> Parameter:
    """One parameter from its rows, one for each age band or one for all.

    Its witness is the surest row, its confidence that of the least sure; rows without a range, outside the target
    group, say nothing about either.
    """
    first = rows[0]
    telling = [row for row in rows if not row["value"] == row["low"] == row["high"]] or rows
    witness, least_sure = max(telling, key=_sureness), min(telling, key=_sureness)
    words = first["unit"] == "text"
    columns = {column: _cells(rows, column, name, faults) for column in ("value", "low", "high") if not words}
    by_age = not words and any(row["key"] for row in rows)
    # whether there is a value, and whether that is a confidence, is checked when all rows are read
    value: Any = first["value"] if words else columns["value"]
    confidence: Any = least_sure["confidence"]
    return Parameter(
        name=name, says=says, unit=first["unit"], by="age_band" if by_age else None,
        value=value, low=columns.get("low"), high=columns.get("high"),
        place=first["place"], source=witness["source"],
        where=f"{witness['key']}: {witness['where']}" if by_age else witness["where"],
        confidence=confidence, note=" ".join(dict.fromkeys(row["note"] for row in rows if row["note"])),
        prices=first["prices"] or None, file=first.file, line=first.line,
    )  # fmt: skip


def _sureness(row: Row) -> int:
    return SURENESS.index(row["confidence"]) if row["confidence"] in SURENESS else 0


def _check_rows(rows: tuple[Row, ...], name: str, known: Known) -> list[Fault]:
    """Each row has a known source and a confidence, whichever of them is the witness."""
    faults = []
    for row in rows:
        for column, words in (("source", known.sources), ("confidence", SURENESS)):
            if words is not None and row[column] not in words:
                close = nearest(row[column], words)
                faults.append(row.fault(name, f'{column} "{row[column]}"', "is not one we know", close))
    return faults


def _cells(rows: Sequence[Row], column: str, name: str, faults: list[Fault]) -> float | Table[float] | None:
    numbers = {row["key"]: row.number(column, name, faults) for row in rows}
    if len(numbers) < len(rows):
        faults.append(rows[-1].fault(name, f'key "{rows[-1]["key"]}"', "stands twice"))
    given = {key: number for key, number in numbers.items() if number is not None}
    if "" in numbers and len(numbers) == 1:
        return numbers[""]
    return Table(given) if given else None


def _study(row: Row, faults: list[Fault]) -> Study:
    value, low, high = (row.number(column, row["programme"], faults) for column in ("value", "low", "high"))
    return Study(
        row["programme"], row["quantity"], value, low, high, row["unit"], row["prices"],
        row["source"], row["where"], row["confidence"], row["note"],
    )  # fmt: skip
