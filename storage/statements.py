"""One statement on its way to the engine: the only place where SQL text and parameters are translated.

Statements are written with `:name` parameters in a subset that SQLite and PostgreSQL share. A list as a value stands
for as many parameters as it has items, `IN (:ids)`, or for as many rows of one column, `VALUES (:ids)`; an empty one
matches nothing. The engine gets them by position: by name it would look each one up again, a fifth of an INSERT.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storage.values import AS_THEY_ARE, Scalar, stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Statement = tuple[str, "Mapping[str, Any]"]
Prepared = tuple[str, tuple[Scalar, ...]]

_PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")


def prepared(sql: str, params: Mapping[str, Any]) -> Prepared:
    """The statement as the engine takes it. Raises KeyError for a parameter that is not there."""
    text, names = _by_position(sql)
    values = [params[name] for name in names]
    for n, value in enumerate(values):
        if type(value) in AS_THEY_ARE:
            continue
        if isinstance(value, (list, tuple)):
            return _with_lists(sql, params)
        values[n] = stored(value)
    return text, tuple(values)


def _with_lists(sql: str, params: Mapping[str, Any]) -> Prepared:
    values: dict[str, Any] = {}
    for name, value in params.items():
        if isinstance(value, (list, tuple)):
            sql, names = _spread(sql, name, len(value))
            values.update(zip(names, value, strict=True))
        else:
            values[name] = value
    return prepared(sql, values)


def prepared_rows(sql: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[tuple[Scalar, ...]]]:
    """One statement for many rows, none with a list in it."""
    return _by_position(sql)[0], [prepared(sql, row)[1] for row in rows]


@lru_cache(maxsize=2048)  # statements are few, and each has lists of as many lengths as there are departments
def _by_position(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with `?1` for its first parameter, and the names of all in that order."""
    names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
    return _PARAMETER.sub(lambda found: f"?{names.index(found[1]) + 1}", sql), names


@lru_cache(maxsize=1024)
def _spread(sql: str, name: str, length: int) -> tuple[str, tuple[str, ...]]:
    """The statement with a parameter for each item of a list, and their names."""
    names = tuple(f"{name}_{n}" for n in range(length))
    items = [f":{n}" for n in names] or ["NULL"]
    sql = sql.replace(f"IN (:{name})", f"IN ({', '.join(items)})")
    return sql.replace(f"VALUES (:{name})", f"VALUES ({'), ('.join(items)})"), names
