"""To whom delay is laid: the accounts that the returns of delayed transfers kept, by where people wait to go.

A matter of counting, not of care: who is blamed moves nobody.
Source of the rules: NHS England, Monthly Delayed Transfer of Care Situation Reports, definitions and guidance (2015).
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.inputs import DELAY_OWNERS, NEXT_STATIONS, Parameters


def delay_owners(parameters: Parameters) -> Mapping[str, Mapping[str, float]]:
    """Share of delay laid to each owner (nhs, social_care, both), by the kind of station that people wait for.

    The shares of one kind of station add to 1; where the two that are given exceed 1, both give way alike.
    """
    social_care = parameters.by("flow.delay_laid_to_social_care")
    both = parameters.by("flow.delay_laid_to_both")
    laid = {kind: _of_three(social_care[kind], both[kind]) for kind in NEXT_STATIONS}
    return {owner: {kind: laid[kind][owner] for kind in NEXT_STATIONS} for owner in DELAY_OWNERS}


def _of_three(social_care: float, both: float) -> dict[str, float]:
    together = max(1.0, social_care + both)
    shares = (1.0 - (social_care + both) / together, social_care / together, both / together)
    return dict(zip(DELAY_OWNERS, shares, strict=True))
