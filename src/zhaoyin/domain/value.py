"""Values that are made by the hundred thousand: frozen for the type checker, plain at run time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def value(cls: type[T]) -> type[T]: ...
@overload
def value(*, order: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True)
def value(cls: type[T] | None = None, *, order: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """A dataclass with slots, equality and hash, never to be changed.

    `frozen=True` makes every field go through `object.__setattr__`: a value of three fields takes three times as long to make, and the
    reading engine makes some thirty of them for every hundred characters. So mypy refuses a change, the interpreter does not look.
    """
    if cls is None:
        return dataclass(slots=True, unsafe_hash=True, order=order)
    return dataclass(slots=True, unsafe_hash=True)(cls)
