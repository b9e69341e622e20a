"""Aggregates by group: from live rows, or from the rollup where it knows the groups and filters asked for."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, cast, literal_column, null, select, true

from schema.engine.errors import BadRequest, complaint
from schema.engine.filtering import condition
from schema.engine.given import Given
from schema.engine.mapping import Expression, Groups, Rollup, TypeMap, View, everything
from schema.engine.scope import Row, gathered

MOST_DIMENSIONS = 3
_GROUPS_UNFIT = complaint("BAD_GROUPS", takes=("most",))
MOST_GROUPS = 2_000


def group_rows(
    groups: Groups, counted: TypeMap, wanted: Set[str], parent: Row, arguments: Given, view: View
) -> Row:
    """One row a group, with a column for each dimension and each wanted measure; ordered by the dimensions."""
    asked: tuple[str, ...] = arguments["by"].fact(lambda by: tuple(by or ()))
    if len(asked) > MOST_DIMENSIONS or len(set(asked)) < len(asked):
        raise BadRequest(_GROUPS_UNFIT, most=MOST_DIMENSIONS)
    wanted_measures = [name for name in counted.measures if name in wanted]
    rollup = (
        counted.rollup if groups.on is everything and counted.rollup and counted.rollup.serves(view) else None
    )
    if rollup is not None and _serves(rollup, asked, wanted_measures, arguments["filter"]):
        sums = rollup.rows
        row, is_seen = gathered(lambda: sums(view), rollup.scope(view))
        measures = rollup.measures
    else:
        assert counted.rows is not None, f"{counted.name} has no rows"
        rows = counted.rows
        row, is_seen = gathered(lambda: rows(view), counted.scope(view))
        measures = counted.measures
    keys = {name: counted.dimensions[name](row, view) for name in asked}
    found = (
        select(
            *(
                _dimension(name, declared, keys, counted, view)
                for name, declared in counted.dimensions.items()
            ),
            *(measures[name](row, view).label(name) for name in wanted_measures),
        )
        .select_from(row)
        .where(groups.on(parent, row, arguments))
        .where(is_seen)
        .where(condition(counted.filters, arguments["filter"], row, view))
        .group_by(*keys.values())
        # Without a dimension it is one group, also of no rows.
        .having(true() if asked else literal_column("true"))
        .order_by(*(key.asc().nulls_last() for key in keys.values()))
        .limit(literal_column(str(MOST_GROUPS)))
    )
    return found.correlate_except(row).lateral()


def _dimension(
    name: str, declared: Expression, keys: Mapping[str, ColumnElement[Any]], counted: TypeMap, view: View
) -> ColumnElement[Any]:
    if name in keys:
        return keys[name].label(name)
    assert counted.rows is not None
    # Sums may lack the column; its type is the row's.
    return cast(null(), declared(counted.rows(view), view).type).label(name)


def _serves(rollup: Rollup, asked: Sequence[str], measures: Sequence[str], filter_: Given) -> bool:
    return (
        set(asked) <= rollup.dimensions
        and set(measures) <= set(rollup.measures)
        and set(_fields(filter_)) <= rollup.filters
    )


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
