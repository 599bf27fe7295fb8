"""Prevention and out-of-hospital programmes as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.inputs.keys import AGE_BANDS, STREAMS
from sim.inputs.parameters import Parameters
from sim.inputs.table import Table

PREFIX = "programme."
_EFFECT_ON = dict(zip(STREAMS, ("emergency_same_day", "emergency_overnight", "elective", "elective"), strict=True))


@dataclass(frozen=True, slots=True)
class Effect:
    """A relative reduction among the people reached, at three readings of the evidence; below 0 is harm."""

    cautious: float
    central: float
    hopeful: float

    def at(self, stance: str) -> float:
        """The effect at an evidence stance: cautious, central or hopeful."""
        return {"cautious": self.cautious, "central": self.central, "hopeful": self.hopeful}[stance]


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme, as the model uses it.

    family                   upstream, lifestyle, primary_community or flow
    eligible_share           by age band, share of people it is meant for
    relative_admission_rate  by age band, how much more often those people are admitted than their band
    effect                   by stream and age band, relative reduction of admissions among the people reached
    length_of_stay           relative reduction of their acute bed days
    social_care_need         relative reduction of their need for social care
    lag_years, fade_years    mean time from spending to effect, and of the effect's fading
    displaced_share          share of averted admissions that becomes community or social-care work
    unit_cost                £ of 2015/16 for one person for one year
    evidence_grade           1 strong to 4 controlled evidence of no effect or harm
    max_reach                largest share of the eligible who can be reached
    """

    id: str
    label: str
    family: str
    eligible_share: Mapping[str, float]
    relative_admission_rate: Mapping[str, float]
    effect: Mapping[str, Mapping[str, Effect]]
    length_of_stay: Effect
    social_care_need: Effect
    lag_years: float
    fade_years: float
    displaced_share: float
    unit_cost: float
    evidence_grade: int
    max_reach: float


def programme_ids(parameters: Parameters) -> tuple[str, ...]:
    """Ids of the programmes, in the order of the table."""
    return tuple(dict.fromkeys(name.split(".")[1] for name in parameters if name.startswith(PREFIX)))


def programmes(parameters: Parameters) -> tuple[Programme, ...]:
    """Every programme, in the order of the table. Raises Faults where a quantity is missing."""
    return tuple(_programme(parameters, each) for each in programme_ids(parameters))


def _programme(parameters: Parameters, name: str) -> Programme:
    def value(quantity: str) -> float:
        return parameters.value(f"{PREFIX}{name}.{quantity}")

    def effect(kind: str) -> Effect:
        return _effect(parameters, f"{PREFIX}{name}.effect_{kind}")

    def by_age(kind: str) -> Table[Effect]:
        return _by_age(parameters, f"{PREFIX}{name}.effect_{kind}")

    return Programme(
        id=name,
        label=parameters.text(f"{PREFIX}{name}.label"),
        family=parameters.text(f"{PREFIX}{name}.family"),
        eligible_share=parameters.by(f"{PREFIX}{name}.eligible_share"),
        relative_admission_rate=parameters.by(f"{PREFIX}{name}.relative_admission_rate"),
        effect=Table({stream: by_age(kind) for stream, kind in _EFFECT_ON.items()}),
        length_of_stay=effect("length_of_stay"),
        social_care_need=effect("social_care_need"),
        evidence_grade=round(value("evidence_grade")),
        **{field: value(field) for field in ("lag_years", "fade_years", "displaced_share", "unit_cost", "max_reach")},
    )


def _by_age(parameters: Parameters, name: str) -> Table[Effect]:
    """An effect in each age band; most are given once for all ages."""
    by = parameters.locate(name)[0].by
    return Table({band: _effect(parameters, f"{name}.{band}" if by else name) for band in AGE_BANDS})


def _effect(parameters: Parameters, path: str) -> Effect:
    """The range never excludes the central value, also after a user moved it."""
    central, (low, high) = parameters.value(path), parameters.range(path)
    return Effect(min(low, central), central, max(high, central))
