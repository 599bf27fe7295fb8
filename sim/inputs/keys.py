"""The closed lists that numbers are kept by: age bands, months, weekdays, stations, organisations, streams."""

from __future__ import annotations

from collections.abc import Mapping

AGE_BANDS = ("0-17", "18-64", "65-74", "75-84", "85+")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STREAMS = ("emergency_same_day", "emergency_overnight", "elective_overnight", "day_case")
STATIONS = ("acute", "p1", "p2", "p3", "home_care", "care_home")
NEXT_STATIONS = STATIONS[1:]
BUDGET_HOLDERS = ("acute", "community", "social_care", "public_health", "other_nhs")
ORGANISATIONS = (*BUDGET_HOLDERS, "transition_fund")
EMPLOYERS = ("acute", "community", "social_care")
DELAY_OWNERS = ("nhs", "social_care", "both")
STANCES = ("cautious", "central", "hopeful")
FAMILIES = ("upstream", "lifestyle", "primary_community", "flow")

KEY_SETS: Mapping[str, tuple[str, ...]] = {
    "age_band": AGE_BANDS,
    "month": MONTHS,
    "weekday": WEEKDAYS,
    "stream": STREAMS,
    "station": STATIONS,
    "next_station": NEXT_STATIONS,
    "organisation": BUDGET_HOLDERS,
    "passed_through": BUDGET_HOLDERS[1:],
    "employer": EMPLOYERS,
    "delay_owner": DELAY_OWNERS,
}
"""What a parameter may be kept `by`. Programmes and price years are added on loading, from the data."""
