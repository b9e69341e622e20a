"""Aggregates by group: from live rows, or from the rollup where it knows the groups and filters asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, cast, literal_column, null, select, true

from schema.engine.errors import BadRequest
from schema.engine.filtering import condition
from schema.engine.given import Given
from schema.engine.mapping import Expression, Groups, OneOf, Rollup, TypeMap, View
from schema.engine.scope import Row, gathered

MOST_DIMENSIONS = 3
MOST_GROUPS = 2_000


def group_rows(groups: Groups, counted: TypeMap | OneOf, parent: Row, arguments: Given, view: View) -> Row:
    """One row a group, with a column for each dimension and measure; ordered by the dimensions."""
    asked: tuple[str, ...] = arguments["by"].fact(lambda by: tuple(by or ()))
    if len(asked) > MOST_DIMENSIONS or len(set(asked)) < len(asked):
        raise BadRequest("BAD_GROUPS", f"分组维度最多 {MOST_DIMENSIONS} 个，且不能重复。")
    rollup = groups.rollup
    if rollup is not None and rollup.serves(view) and _serves(rollup, asked, arguments["filter"]):
        row, is_seen = gathered(lambda: rollup.rows(view), rollup.scope(view))
        dimensions, measures, filters = rollup.dimensions, rollup.measures, rollup.filters
    else:
        assert counted.rows is not None, f"{counted.name} has no rows"
        rows_of = counted.rows
        row, is_seen = gathered(lambda: rows_of(view), counted.scope(view))
        dimensions, measures, filters = groups.dimensions, groups.measures, groups.filters
    keys = {name: dimensions[name](row, view) for name in asked}
    found = (
        select(
            *(_dimension(name, groups.dimensions, keys, row, view) for name in groups.dimensions),
            *(measure(row, view).label(name) for name, measure in measures.items()),
        )
        .select_from(row)
        .where(groups.on(parent, row, arguments))
        .where(is_seen)
        .where(condition(filters, arguments["filter"], row, view))
        .group_by(*keys.values())
        # Without a dimension it is one group, also of no rows.
        .having(true() if asked else literal_column("true"))
        .order_by(*(key.asc().nulls_last() for key in keys.values()))
        .limit(literal_column(str(MOST_GROUPS)))
    )
    return found.correlate_except(row).lateral()


def _dimension(
    name: str,
    declared: Mapping[str, Expression],
    keys: Mapping[str, ColumnElement[Any]],
    row: Row,
    view: View,
) -> ColumnElement[Any]:
    if name in keys:
        return keys[name].label(name)
    return cast(null(), declared[name](row, view).type).label(name)


def _serves(rollup: Rollup, asked: tuple[str, ...], filter_: Given) -> bool:
    return set(asked) <= set(rollup.dimensions) and set(_fields(filter_)) <= set(rollup.filters)


def _fields(asked: Given) -> Iterator[str]:
    """The names of all fields that a filter uses."""
    if asked.is_null:
        return
    for name, value in asked.items():
        if name in ("and", "or"):
            for one in value.each():
                yield from _fields(one)
        elif name == "not":
            yield from _fields(value)
        else:
            yield name
