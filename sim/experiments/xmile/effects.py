"""How effects add up, in equations (those of `sim.dynamics.effects`): benefits overlap, harms count in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.dynamics.programmes import ACTS_ON, Programmes
from sim.experiments.xmile.parts import PURE, Part, auxiliary, called, constant, divided, plus, times
from sim.inputs import AGE_BANDS

EMERGENCY = {"overnight": "emergency_overnight", "same_day": "emergency_same_day"}
"""Effects whose averted admissions are counted by programme, and the stream they are averted from."""


def effect_parts(programmes: Programmes, paid: Sequence[int]) -> Iterator[Part]:
    """Shares averted by age band, all programmes together and each one's part.

    paid   positions of the programmes that the plan pays for
    """
    yield constant("overlap", programmes.overlap, PURE, "Factor on the combined benefit: programmes reach the same.")
    names = {position: programmes.ids[position] for position in paid}
    for row, act in enumerate(ACTS_ON):
        for column, band in enumerate(AGE_BANDS):
            strengths = {name: float(programmes.strength[row, at, column]) for at, name in names.items()}
            yield from _together(act, band, {name: each for name, each in strengths.items() if each != 0})
    for band in AGE_BANDS:
        yield from _displaced(band, [name for at, name in names.items() if _acts(programmes, "overnight", at, band)])
    for at, name in names.items():
        yield from _averted(programmes, at, name)


def _together(act: str, band: str, strengths: Mapping[str, float]) -> Iterator[Part]:
    """The combined share of one effect in one age band, and what it is made of."""
    about = f"{act.replace('_', ' ')}, people aged {band}"
    for name, strength in strengths.items():
        says = f"{name}: share averted if every eligible person were reached ({about})."
        yield constant(called("strength", act, name, band), strength, PURE, says)
        equation = f"{called('strength', act, name, band)} * in_force_{name}"
        yield auxiliary(called("alone", act, name, band), equation, PURE, f"{name}: averted by itself ({about}).")
    alone = [called("alone", act, name, band) for name in strengths]
    here = called(act, band)
    benefit = f"overlap * (1 - {times(f'(1 - MAX(0, {each}))' for each in alone)})"
    yield auxiliary(f"benefit_{here}", benefit, PURE, f"Averted by those that help ({about}).")
    harm = times(f"(1 - MIN(0, {each}))" for each in alone)
    yield auxiliary(f"harm_{here}", harm, PURE, f"Factor by those that harm ({about}).")
    combined = f"1 - (1 - benefit_{here}) * harm_{here}"
    yield auxiliary(f"averted_{here}", combined, PURE, f"Share averted by all together ({about}).")
    if act in EMERGENCY:
        yield from _attributed(act, band, tuple(strengths))


def _attributed(act: str, band: str, names: Sequence[str]) -> Iterator[Part]:
    """Each programme's part, in proportion to what it would do alone."""
    here, about = called(act, band), f"{act.replace('_', ' ')}, people aged {band}"
    alone = {name: called("alone", act, name, band) for name in names}
    good = plus(f"MAX(0, {each})" for each in alone.values())
    yield auxiliary(f"good_{here}", good, PURE, f"Sum of benefits alone ({about}).")
    bad = plus(f"MAX(0, 0 - {each})" for each in alone.values())
    yield auxiliary(f"bad_{here}", bad, PURE, f"Sum of harms alone ({about}).")
    for name, each in alone.items():
        helped = f"{divided(f'MAX(0, {each})', f'good_{here}')} * benefit_{here}"
        harmed = f"{divided(f'MAX(0, 0 - {each})', f'bad_{here}')} * (1 - benefit_{here}) * (harm_{here} - 1)"
        says = f"{name}: its part of the share averted ({about})."
        yield auxiliary(called("part", act, name, band), f"{helped} - {harmed}", PURE, says)


def _displaced(band: str, names: Sequence[str]) -> Iterator[Part]:
    saved = plus(f"displaced_share_{name} * MAX(0, {called('part_overnight', name, band)})" for name in names)
    says = f"Share of overnight emergencies aged {band} that becomes community work."
    yield auxiliary(called("displaced", band), saved, PURE, says)


def _averted(programmes: Programmes, at: int, name: str) -> Iterator[Part]:
    """Admissions of the month that one programme averts."""
    terms = [
        f"{called('part', act, name, band)} * {called('before', stream, band)} * season_{stream} / months_a_year"
        for act, stream in EMERGENCY.items()
        for band in AGE_BANDS
        if _acts(programmes, act, at, band)
    ]
    says = f"{name}: emergency admissions averted in the month."
    yield auxiliary(f"averted_by_{name}", plus(terms), "people", says)


def _acts(programmes: Programmes, act: str, at: int, band: str) -> bool:
    return bool(np.any(programmes.strength[ACTS_ON.index(act), at, AGE_BANDS.index(band)]))
