"""Links of comparisons, and what they mean with the fake model."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.link import comparison as links
from tests.unit.dashboard.fake_model import fake_catalogue

PLAN = "plan=prevention_shift"
QUICK = "years=2&replications=10"


def link(*scenarios: str, also: str = QUICK, **more: str) -> str:
    return "&".join(
        part for part in (also, urlencode([("with", each) for each in scenarios] + [*more.items()])) if part
    )


def wanted(*scenarios: str, **more: str):
    return links.read(link(*scenarios, **more), fake_catalogue())
