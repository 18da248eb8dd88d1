"""One statement on its way to the engine: the only place where SQL text and parameters are translated.

Statements are written with `:name` parameters in a subset that SQLite and PostgreSQL share. A list as a value stands
for as many parameters as it has items, `IN (:ids)`, or for as many rows of one column, `VALUES (:ids)`; an empty one
matches nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storage.values import AS_THEY_ARE, Scalar, stored

if TYPE_CHECKING:
    from collections.abc import Mapping

Statement = tuple[str, "Mapping[str, Any]"]
Prepared = tuple[str, dict[str, Scalar]]


def prepared(sql: str, params: Mapping[str, Any]) -> Prepared:
    """The statement as the engine takes it."""
    values: dict[str, Scalar] = {}
    for name, value in params.items():
        if type(value) in AS_THEY_ARE:
            values[name] = value
        elif isinstance(value, (list, tuple)):
            sql, names = _spread(sql, name, len(value))
            values.update(zip(names, map(stored, value), strict=True))
        else:
            values[name] = stored(value)
    return sql, values


@lru_cache(maxsize=1024)  # statements are few, and each has lists of as many lengths as there are departments
def _spread(sql: str, name: str, length: int) -> tuple[str, tuple[str, ...]]:
    """The statement with a parameter for each item of a list, and their names."""
    names = tuple(f"{name}_{n}" for n in range(length))
    items = [f":{n}" for n in names] or ["NULL"]
    sql = sql.replace(f"IN (:{name})", f"IN ({', '.join(items)})")
    return sql.replace(f"VALUES (:{name})", f"VALUES ({'), ('.join(items)})"), names
