"""The page of the stored fit."""

from __future__ import annotations

from docs.print_reference.parameters import anchor
from docs.print_reference.words import PRINTED, listed, number, page, span, table
from sim.inputs import load_fit, load_plan, load_written
from sim.inputs.fit import FittedValue, Reached
from sim.inputs.folders import default_folder


def calibration_page() -> str:
    """The stored fit of England: every target with its residual, every quantity free or held."""
    written, fit = load_written(), load_fit(default_folder())
    plan = load_plan(written)
    if fit is None:
        return page(["# The stored fit", PRINTED, "No fit is stored."])
    libraries = ", ".join(f"{name} {version}" for name, version in fit.made.versions.items())
    free = {each.parameter: each for each in plan.free}
    return page([
        "# The stored fit",
        PRINTED,
        f"Made by `{fit.made.by}` on {fit.made.on} with seed {fit.made.seed} ({libraries}): {fit.made.method}. What it "
        "means is in [calibration](../explanation/calibration.md).",
        f"**Fit score {number(fit.score)}**: the root mean square of the residuals below, in tolerances. A residual "
        "within ±1 is within tolerance. The last column is a simulation of the fitted place, with chance in it; what "
        "only a simulation measures is not fitted.",
        "## Targets",
        table(
            ("Target", "Wanted", "Range", "By the equations", "Residual", "Simulated"),
            (_target_row(name, each) for name, each in fit.targets.items()),
        ),
        "Beds held because a place is full, simulated, over the approximation of them in the equations: "
        + listed([f"{kind} {number(beds)}" for kind, beds in fit.queue.items()])
        + ".",
        "## Free quantities",
        table(
            ("Parameter", "Factor", "Bounds", "Written", "Fitted", "Moves most", "Why it is free"),
            (
                (f'<a id="{anchor(name)}"></a>`{name}`', f"{value.factor:.4f}",
                 span(free[name].low, free[name].high), *_before_and_after(value), listed(value.serves),
                 free[name].why)
                for name, value in fit.values.items()
            ),
        ),
        "## Held",
        "No source gives these either, and nothing in the base year tells what they are.",
        table(("Parameter", "Why it is held"), ((f"`{each.parameter}`", each.why) for each in plan.held)),
    ])  # fmt: skip


def _target_row(name: str, each: Reached) -> tuple[str, ...]:
    missed = "not fitted" if each.residual is None else f"{round(each.residual, 2) + 0.0:+.2f}"
    flow, simulated = ("" if value is None else f"{value:,.4g}" for value in (each.flow, each.simulated))
    return (f"`{name}`", number(each.target), span(each.low, each.high), flow, missed, simulated)


def _before_and_after(value: FittedValue) -> tuple[str, str]:
    if isinstance(value.written, dict) and isinstance(value.fitted, dict):
        return tuple(
            "<br>".join(f"{key}: {each:,.4g}" for key, each in given.items()) for given in (value.written, value.fitted)
        )
    return f"{value.written:,.4g}", f"{value.fitted:,.4g}"
