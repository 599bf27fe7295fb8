"""Arrays for compiled code without the cost of general ones: a named tuple handed on as an address.

Compiled functions get a tuple of arrays by value, hundreds of words for each call, count from the end where an index
is negative, and must expect that any two arrays overlap. A tuple's own fields never do; told so, the compiler keeps
what it has read. Indices here are never negative, and nothing checks them.
"""

from __future__ import annotations

import operator
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.pythonapi import NativeValue
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)

_WORD = ir.IntType(64)
_KNOWN: dict[tuple[object, ...], Reference] = {}


class Reference(types.Type):
    """The address of a tuple's fields, one 64-bit word for a number, and 1 + dimensions for an array."""

    def __init__(self, title: str, fields: tuple[tuple[str, types.Type, int], ...]) -> None:
        self.title, self.fields = title, fields
        self.places = {field: (kind, at) for field, kind, at in fields}
        super().__init__(name=f"Reference({title}: {', '.join(f'{n} {k}' for n, k, _ in fields)})")


class Bare(types.Type):
    """An array of one field: `owner` is a name that only it has."""

    def __init__(self, owner: str, dtype: types.Type, ndim: int) -> None:
        self.owner, self.dtype, self.ndim = owner, dtype, ndim
        super().__init__(name=f"Bare({owner}, {dtype}, {ndim})")


register_model(Reference)(models.OpaqueModel)


@register_model(Bare)
class _BareModel(models.StructModel):
    def __init__(self, manager: Any, bare: Bare) -> None:
        members = [("data", types.CPointer(bare.dtype)), *((f"n{axis}", types.int64) for axis in range(bare.ndim))]
        super().__init__(manager, bare, members)


class Kept:
    """A tuple written down for compiled code, for as long as this is kept."""

    __slots__ = ("_numba_type_", "address", "memory", "whole")

    def __init__(self, whole: Any) -> None:
        self.whole = whole
        self.memory = np.array([word for value in whole for word in _words(value)], dtype=np.int64)
        self.address = self.memory.ctypes.data
        key = (type(whole), *map(_type_in_short, whole))
        if key not in _KNOWN:
            _KNOWN[key] = _reference(whole)
        self._numba_type_ = _KNOWN[key]


def _type_in_short(value: object) -> object:
    return (value.dtype.char, value.ndim) if isinstance(value, np.ndarray) else type(value)


def _reference(whole: Any) -> Reference:
    title, at, fields = type(whole).__name__, 0, list[tuple[str, types.Type, int]]()
    for name, value in zip(whole._fields, whole, strict=True):
        fields.append((name, _kind(f"{title}.{name}", value), at))
        at += len(_words(value))
    return Reference(title, tuple(fields))


def _kind(owner: str, value: object) -> types.Type:
    if isinstance(value, np.ndarray):
        return Bare(owner, numba.from_dtype(value.dtype), value.ndim)
    return types.float64 if isinstance(value, float) else types.int64


def _words(value: Any) -> tuple[int, ...]:
    """What is written down of a field, in whole numbers."""
    if isinstance(value, np.ndarray):
        if not value.flags.c_contiguous:
            raise ValueError("compiled code reads arrays that lie in one piece only.")
        return (value.__array_interface__["data"][0], *value.shape)
    return (int(np.float64(value).view(np.int64)) if isinstance(value, float) else int(value),)


@typeof_impl.register(Kept)
def _type_of(kept: Kept, _: Any) -> Reference:
    return kept._numba_type_


@unbox(Reference)
def _unbox(_: types.Type, kept: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(kept, "address")
    word = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(c.builder.inttoptr(word, cgutils.voidptr_t))


@infer_getattr
class _Fields(AttributeTemplate):
    key = Reference

    def generic_resolve(self, reference: Reference, name: str) -> Any:
        return reference.places[name][0] if name in reference.places else None


@lower_getattr_generic(Reference)
def _field(context: Any, builder: Any, reference: Reference, address: Any, name: str) -> Any:
    kind, at = reference.places[name]
    words = builder.bitcast(address, _WORD.as_pointer())

    def word(number: int) -> Any:
        loaded = builder.load(builder.gep(words, [ir.Constant(_WORD, at + number)], inbounds=True))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    if not isinstance(kind, Bare):
        return builder.bitcast(word(0), context.get_value_type(kind))
    bare = cgutils.create_struct_proxy(kind)(context, builder)
    bare.data = builder.inttoptr(word(0), context.get_data_type(kind.dtype).as_pointer())
    for axis in range(kind.ndim):
        setattr(bare, f"n{axis}", word(1 + axis))
    return bare._getvalue()


# ---- what may be done with an array ---------------------------------------------------------------------------


def _fitting(bare: Bare, index: types.Type) -> tuple[types.Type, types.Type] | None:
    """The index as whole numbers, and what is found there: a number, or a row."""
    given = tuple(index) if isinstance(index, types.BaseTuple) else (index,)
    if not all(isinstance(each, types.Integer) for each in given) or len(given) > bare.ndim:
        return None
    left = bare.ndim - len(given)
    found = Bare(bare.owner, bare.dtype, left) if left else bare.dtype
    whole = types.UniTuple(types.int64, len(given)) if isinstance(index, types.BaseTuple) else types.int64
    return whole, found


@infer_global(operator.getitem)
class _Get(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        fitting = _fitting(*args) if isinstance(args[0], Bare) else None
        return signature(fitting[1], args[0], fitting[0]) if fitting else None


@infer_global(operator.setitem)
class _Set(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        fitting = _fitting(*args[:2]) if isinstance(args[0], Bare) else None
        return signature(types.none, args[0], fitting[0], args[0].dtype) if fitting else None


@infer_global(len)
class _Length(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(types.intp, *args) if isinstance(args[0], Bare) else None


@infer_getattr
class _Shape(AttributeTemplate):
    key = Bare

    def resolve_shape(self, bare: Bare) -> types.Type:
        return types.UniTuple(types.int64, bare.ndim)


def _place(context: Any, builder: Any, bare: Any, value: Any, index: Any, given: Any) -> tuple[Any, Any]:
    """The array as its parts, and the address of an element or the first element of a row."""
    parts = cgutils.create_struct_proxy(bare)(context, builder, value)
    indices = cgutils.unpack_tuple(builder, index) if isinstance(given, types.BaseTuple) else [index]
    at = indices[0]
    for axis in range(1, bare.ndim):
        at = builder.mul(at, getattr(parts, f"n{axis}"), flags=["nsw"])
        if axis < len(indices):
            at = builder.add(at, indices[axis], flags=["nsw"])
    return parts, builder.gep(parts.data, [at], inbounds=True)


def _belongs(builder: Any, instruction: Any, bare: Bare) -> None:
    """Tell the compiler whose memory is read or written."""
    module, zero = builder.module, ir.Constant(_WORD, 0)
    root = module.add_metadata(["fields"])
    kind = module.add_metadata([bare.owner, root, zero])
    instruction.set_metadata("tbaa", module.add_metadata([kind, kind, zero]))


@lower_builtin(operator.getitem, Bare, types.Any)
def _get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    bare, found = sig.args[0], sig.return_type
    parts, place = _place(context, builder, bare, args[0], args[1], sig.args[1])
    if isinstance(found, Bare):
        row = cgutils.create_struct_proxy(found)(context, builder)
        row.data = place
        for axis in range(found.ndim):
            setattr(row, f"n{axis}", getattr(parts, f"n{bare.ndim - found.ndim + axis}"))
        return row._getvalue()
    loaded = builder.load(place)
    _belongs(builder, loaded, bare)
    return context.data_model_manager[found].from_data(builder, loaded)


@lower_builtin(operator.setitem, Bare, types.Any, types.Any)
def _set(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    bare = sig.args[0]
    _, place = _place(context, builder, bare, args[0], args[1], sig.args[1])
    stored = builder.store(context.data_model_manager[bare.dtype].as_data(builder, args[2]), place)
    _belongs(builder, stored, bare)
    return context.get_dummy_value()


@intrinsic
def fetch(typing: Any, array: Any, row: Any) -> Any:
    """Have the processor bring a row near while other work is done."""

    def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        _, place = _place(context, builder, sig.args[0], args[0], args[1], types.int64)
        pointer = builder.bitcast(place, cgutils.voidptr_t)
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, flag, flag, flag])
        prefetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        # to be written to, and to be kept near: the code's numbers of LLVM
        builder.call(prefetch, [pointer, flag(1), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.none(array, types.int64), code


@lower_builtin(len, Bare)
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, args[0]).n0


@lower_getattr_generic(Bare)
def _shape(context: Any, builder: Any, bare: Bare, value: Any, _: str) -> Any:
    parts = cgutils.create_struct_proxy(bare)(context, builder, value)
    return cgutils.pack_array(builder, [getattr(parts, f"n{axis}") for axis in range(bare.ndim)])
