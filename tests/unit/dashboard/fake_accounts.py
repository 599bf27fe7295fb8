"""People and pounds of the fake model: streams in which nobody is lost, and books that balance."""

from __future__ import annotations

import numpy as np

ROUTES = {
    "emergency>acute": 4000.0,
    "elective>acute": 1500.0,
    "community>p1": 60.0,
    "community>home_care": 240.0,
    "community>care_home": 90.0,
    "acute>p1": 330.0,
    "acute>p2": 160.0,
    "acute>p3": 80.0,
    "acute>home_care": 60.0,
    "acute>care_home": 40.0,
    "acute>died": 220.0,
    "p1>home_care": 60.0,
    "p1>died": 10.0,
    "p1>ended": 320.0,
    "p2>home_care": 40.0,
    "p2>care_home": 20.0,
    "p2>died": 10.0,
    "p2>ended": 90.0,
    "p3>home_care": 20.0,
    "p3>care_home": 30.0,
    "p3>died": 10.0,
    "p3>ended": 20.0,
    "home_care>care_home": 70.0,
    "home_care>died": 80.0,
    "home_care>ended": 270.0,
    "care_home>died": 250.0,
}
"""People a month and a million people, but for those who go home from hospital: they are the rest."""

KINDS = ("acute", "p1", "p2", "p3", "home_care", "care_home")
BUDGETS = {"acute": 70.0, "community": 8.0, "social_care": 24.0, "public_health": 5.0, "other_nhs": 69.0}
"""Millions of pounds a month and a million people."""


def fake_accounts(scale: float, shift: float, benefit: np.ndarray, noise: np.ndarray) -> dict[str, np.ndarray]:
    """Series of people and of pounds, monthly.

    scale     millions of people
    shift     percent of hospital money moved
    benefit   what prevention does, by month
    """
    return _people(scale, benefit, noise) | _money(scale, shift, benefit, noise)


def _people(scale: float, benefit: np.ndarray, noise: np.ndarray) -> dict[str, np.ndarray]:
    flat = np.ones_like(noise)
    moved = {name: people * scale * flat for name, people in ROUTES.items()}
    moved["emergency>acute"] = scale * (4000 - 14 * benefit + 20 * noise)
    came, left = (sum(moved[n] for n in moved if at in n) for at in (">acute", "acute>"))
    moved["acute>home"] = came - left
    present = {f"occupied:{kind}": 300 * scale * flat for kind in KINDS}
    present |= {f"places:{kind}": 330 * scale * flat for kind in KINDS[1:]}
    held = np.clip(60 - 3 * benefit + noise, 0, None)
    present |= {"held:acute>home_care": held * scale, "held:p1>home_care": 2 * scale * flat}
    waiting = {f"waiting:{kind}": 10 * scale * flat for kind in KINDS}
    lost = {"gave_up:acute": 50 * scale * flat, "gave_up:p1": 3 * scale * flat, "gave_up:p2": 0 * flat}
    return {f"moved:{name}": people for name, people in moved.items()} | present | waiting | lost


def _money(scale: float, shift: float, benefit: np.ndarray, noise: np.ndarray) -> dict[str, np.ndarray]:
    income = {name: millions * scale * 1e6 + 0 * noise for name, millions in BUDGETS.items()}
    given = income["acute"] * shift / 100
    parts = {"acute": -1.0, "community": 0.1, "social_care": 0.1, "public_health": 0.8, "other_nhs": 0.0}
    transfer = {name: part * given for name, part in parts.items()}
    excess = {"acute": 0.06, "community": 0.02, "social_care": -0.01, "public_health": 0.0, "other_nhs": 0.05}
    spending = {name: income[name] * (1 + excess[name]) + transfer[name] for name in BUDGETS}
    spending["acute"] = spending["acute"] + scale * 1e6 * (0.1 * noise - 0.3 * benefit)
    spending["public_health"] = income["public_health"] + transfer["public_health"]
    balance = {name: income[name] + transfer[name] - spending[name] for name in BUDGETS}
    every = {"income": income, "transfer": transfer, "spending": spending, "balance": balance}
    series = {f"{measure}:{name}": each for measure, names in every.items() for name, each in names.items()}
    empty = {f"{measure}:transition_fund": 0 * noise for measure in every}
    apart = {"stranded:acute": 0.02 * given, "programme_spend": transfer["public_health"]}
    return series | empty | apart
