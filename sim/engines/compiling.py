"""The door to numba: functions as machine code, and arguments that are handed on by their address.

With UPSTREAM_NO_COMPILE=1 everything here hands back what it was given, so that the same lines run as plain Python
and can be stepped through.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., Any])
Whole = TypeVar("Whole")

COMPILES = os.environ.get("UPSTREAM_NO_COMPILE", "") in ("", "0")

# Nothing compiled allocates memory or can fail: without reference counts and checks of divisors the code is
# three times as fast.
_OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


def _sources() -> str:
    """A fingerprint of all lines that may be compiled: numba itself looks at one file only."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compiled(function: Function) -> Function:
    """The function as machine code that holds no lock, kept on disk between processes."""
    if not COMPILES:
        return function
    try:
        return numba.njit(cache=True, **_OPTIONS)(function)
    except RuntimeError as error:
        warnings.warn(f"compiled code cannot be kept on disk ({error}); every start compiles anew.", stacklevel=2)
        return numba.njit(**_OPTIONS)(function)


def inlined(function: Function) -> Function:
    """A part of a compiled function, not called by itself."""
    return numba.njit(**_OPTIONS)(function) if COMPILES else function


if not COMPILES:

    def by_reference(whole: Whole) -> Whole:
        """The tuple itself."""
        return whole

else:
    import numba
    from numba.core import cgutils, types
    from numba.core.typing.templates import AttributeTemplate
    from numba.extending import (
        infer_getattr,
        intrinsic,
        lower_getattr_generic,
        models,
        register_model,
    )

    if not numba.config.CACHE_DIR:
        numba.config.CACHE_DIR = str(user_cache_path("upstream") / f"compiled-{_sources()}")

    class Reference(types.Type):
        """The address of a named tuple. Compiled functions get tuples by value: hundreds of words for each call."""

        def __init__(self, whole: types.Type) -> None:
            self.whole = whole
            super().__init__(name=f"Reference({whole})")

    register_model(Reference)(models.OpaqueModel)

    @intrinsic
    def by_reference(typing: Any, whole: Any) -> Any:
        """The tuple's address, valid until the calling function returns; its fields are read as the tuple's own."""

        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(cgutils.alloca_once_value(builder, arguments[0]), cgutils.voidptr_t)

        return Reference(whole)(whole), code

    @infer_getattr
    class _Fields(AttributeTemplate):
        key = Reference

        def generic_resolve(self, reference: Any, name: str) -> Any:
            return reference.whole[reference.whole.fields.index(name)]

    @lower_getattr_generic(Reference)
    def _load(context: Any, builder: Any, reference: Any, address: Any, name: str) -> Any:
        pointer = builder.bitcast(address, context.get_value_type(reference.whole).as_pointer())
        field = reference.whole.fields.index(name)
        return builder.load(cgutils.gep_inbounds(builder, pointer, 0, field))
