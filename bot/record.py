"""A value that is never changed once it is made: what facts, decisions and rows are.

mypy refuses to assign to a field of one, in every file of the project. At run time nothing watches: `frozen=True` would
set each field by a call of its own, five times the cost of the plain assignment, and a reply makes dozens of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Class = TypeVar("Class", bound=type[Any])


@overload
def record(cls: Class, /) -> Class: ...
@overload
def record(
    *, repr: bool = ..., kw_only: bool = ..., order: bool = ..., slots: bool = ...
) -> Callable[[Class], Class]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Any] | None = None, /, *, slots: bool = True, **options: bool) -> Any:
    """`@record`, or with what a dataclass takes: `@record(repr=False)`. Equal by fields, hashable, without a dict."""
    made = dataclass(slots=slots, unsafe_hash=True, **options)  # hashable is safe: nobody changes one
    return made if cls is None else made(cls)
