"""The month as a tool steps through it: so many steps of building up, and a last one that closes the books.

In the model everything is monthly but the build-up of programmes, which takes several Runge-Kutta steps a month. Here
each of these is a step of Euler's method, with the Runge-Kutta rule written out in its flow, and one step more closes
the month: what was in force by the end of the month decides its demand, and its demand what is paid. At whole months
the stocks are those of the model.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.dynamics.policy import MONTHS_A_YEAR
from sim.experiments.xmile.parts import PURE, YEARS, Part, auxiliary, constant


def steps_a_month(building: int) -> int:
    """Steps of a month: those in which effects build up, and the one that closes its books."""
    return building + 1


def clock(building: int) -> Iterator[Part]:
    """Time, as all other parts use it.

    building   steps of a month in which effects build up
    """
    yield auxiliary("step_length", f"1 / {steps_a_month(building)}", "months", "The time step; it must be the same as "
                    "in the settings of the simulation, and the method must be Euler's.")  # fmt: skip
    yield constant("months_a_year", MONTHS_A_YEAR, "months/year", "Months of equal length.")
    yield auxiliary("month", "INT(TIME + step_length / 2)", "months", "The month under way; 0 is April 2016.")
    yield auxiliary("years", "month / months_a_year", YEARS, "Time from 1 April 2016 to the beginning of the month.")
    yield auxiliary("closing", "IF TIME + step_length + step_length / 2 >= month + 1 THEN 1 ELSE 0", PURE,
                    "1 in the last step of a month, which closes its books; else 0.")  # fmt: skip
    yield auxiliary("building_step", f"1 / months_a_year / {building}", YEARS,
                    "Time that passes for the build-up of effects in each other step.")  # fmt: skip


def booked(amount: str) -> str:
    """The flow by which an amount is booked once a month."""
    return f"closing * ({amount}) / step_length"
