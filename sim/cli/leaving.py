"""How a command ends when something is wrong: one clear message and an exit code, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from sim.cli.screen import tell
from sim.inputs.faults import Faults
from sim.results.store import CannotWriteError, DamagedError

P = ParamSpec("P")

BAD_INPUT = 2
INTERRUPTED = 130
KEPT = "Stopped. What is finished is kept: the same command goes on where this one was."
RUN_AGAIN = "Run it again: what is damaged is worked out anew."
NOTHING_KEPT = "Stopped. Nothing was written."


def ends_well(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what people can get wrong into a message on standard error and an exit code; replications are kept."""
    return _ending(command, KEPT)


def all_or_nothing(command: Callable[P, None]) -> Callable[P, None]:
    """As `ends_well`, for a command that begins anew when it was stopped."""
    return _ending(command, NOTHING_KEPT)


def _ending(command: Callable[P, None], stopped: str) -> Callable[P, None]:
    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (Faults, CannotWriteError) as error:
            raise _leave(str(error), BAD_INPUT) from error
        except DamagedError as error:
            raise _leave(f"{error} {RUN_AGAIN}", BAD_INPUT) from error
        except KeyboardInterrupt as error:
            raise _leave(stopped, INTERRUPTED) from error

    return wrapped


def _leave(message: str, code: int) -> typer.Exit:
    tell(message)
    return typer.Exit(code)
