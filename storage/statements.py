"""One statement on its way to the engine: the only place where SQL text and parameters are translated.

Statements are written with `:name` parameters in a subset that SQLite and PostgreSQL share. A list as a value stands for
as many parameters as it has items, `IN (:ids)`, or for as many rows, `VALUES (:ids)`, whose items may be tuples; an
empty one matches nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.values import Scalar, stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Statement = tuple[str, "Mapping[str, Any]"]
Prepared = tuple[str, dict[str, Scalar]]


def prepared(sql: str, params: Mapping[str, Any]) -> Prepared:
    """The statement as the engine takes it."""
    values: dict[str, Scalar] = {}
    for name, value in params.items():
        if isinstance(value, (list, tuple)):
            rows = _expanded(name, value, values)
            sql = sql.replace(f"VALUES (:{name})", f"VALUES ({'), ('.join(rows)})").replace(
                f"IN (:{name})", f"IN ({', '.join(rows)})"
            )
        else:
            values[name] = stored(value)
    return sql, values


def _expanded(name: str, items: Sequence[Any], values: dict[str, Scalar]) -> list[str]:
    """Put the items among the values; return the parameters of each row."""
    rows = []
    for n, item in enumerate(items):
        fields = item if isinstance(item, tuple) else (item,)
        names = [f"{name}_{n}_{k}" for k in range(len(fields))]
        values.update(zip(names, map(stored, fields), strict=True))
        rows.append(", ".join(f":{field}" for field in names))
    return rows or ["NULL"]
