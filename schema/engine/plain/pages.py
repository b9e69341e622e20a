"""A connection in SQL: a page in index order for every branch of the scope, merged; cursors; a capped count."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    case,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from schema.engine.filtering import condition
from schema.engine.given import Given
from schema.engine.mapping import OneOf, Page, TypeMap, Types, View
from schema.engine.ordering import MOST_SORTED, Order, Part, after_cursor, check_cursor, cursor_sql, order_of
from schema.engine.paging import Paging, paging_of
from schema.engine.plain.json_sql import json_list, json_object
from schema.engine.scope import Each, Only, Row, beside, no_row
from schema.engine.selection import Selected

EXACT_UP_TO = 10_000
REFUSED = "!"
"""The key of an answer that says no: more rows than are sorted for a request. No response key is written like that."""


class Below(Protocol):
    """Whoever writes what lies below a connection: the objects of its rows."""

    @property
    def types(self) -> Types: ...
    @property
    def view(self) -> View: ...
    def given(self, selected: Selected) -> Given: ...
    def children(self, selected: Selected, type_name: str) -> list[Selected]: ...
    def rows(self, target: TypeMap | OneOf) -> Row: ...
    def node(self, target: TypeMap | OneOf, row: Row, selected: Selected) -> ColumnElement[Any]: ...


@dataclass
class PageWriter:
    """Writes one connection. Names of its types follow its node's: CustomerConnection, CustomerEdge."""

    writer: Below
    page: Page
    selected: Selected

    def write(self, parent: Row | None) -> ColumnElement[Any]:
        asked = self._asked(self.selected, "Connection")
        if all(one.name == "totalCount" for one in asked):
            check_cursor(self.order, self.paging.cursor)
            return json_object([(one.key, self._count(one, parent)) for one in asked])
        pairs: list[tuple[str, ColumnElement[Any]]] = []
        page = self._page(parent)
        row = self.writer.rows(self.target)
        for one in asked:
            if one.name == "edges":
                pairs.append((one.key, self._edges(one, page, row)))
            elif one.name == "pageInfo":
                pairs.append((one.key, self._page_info(one, page)))
            else:
                pairs.append((one.key, self._count(one, parent)))
        joined = page.outerjoin(row, row.c[self.target.key] == page.c.key)
        # HAVING makes it one row, also of an empty page and where nothing asked for is an aggregate.
        whole = select(json_object(pairs)).select_from(joined).having(literal_column("true"))
        found = whole.correlate_except(page, row).scalar_subquery()
        if self.order.is_given(self.writer.view):
            return found
        has_many = select(self._counted(parent).c.n > MOST_SORTED).scalar_subquery()
        return case((has_many, json_object([(REFUSED, literal_column("true"))])), else_=found)

    @cached_property
    def target(self) -> Any:
        return self.writer.types[self.page.type_name]

    @cached_property
    def given(self) -> Given:
        return self.writer.given(self.selected)

    @cached_property
    def paging(self) -> Paging:
        return paging_of(self.given)

    @cached_property
    def order(self) -> Order:
        return order_of(self.page, self.target, self.given)

    def _asked(self, selected: Selected, kind: str, *, of_node: bool = True) -> list[Selected]:
        """What is asked of the connection or one of its parts; GraphQL itself answers `__typename`."""
        name = f"{self.page.type_name}{kind}" if of_node else kind
        return [one for one in self.writer.children(selected, name) if one.name != "__typename"]

    def _page(self, parent: Row | None) -> FromClause:
        """One row more than asked for, numbered: key, keys of the order, position from 1 in reading order."""
        branches = self._branches(parent)
        names = ["key", *(f"o{index}" for index in range(len(self.order.keys)))]
        merged: Any = (
            branches[0] if len(branches) == 1 else union_all(*(select(b.subquery()) for b in branches))
        )
        rows = merged.subquery()
        columns = [rows.c[name] for name in names[1:]]
        order = self.order.by(columns, is_backward=self.paging.is_backward)
        numbered = select(
            *(rows.c[name] for name in names),
            cursor_sql(self.order, columns).label("cursor"),
            func.row_number().over(order_by=order).label("position"),
        ).order_by(*order)
        return numbered.limit(self._one_more).subquery()

    @cached_property
    def _one_more(self) -> ColumnElement[int]:
        return literal_column(str(self.paging.window + 1), Integer)

    def _branches(self, parent: Row | None) -> list[Select[Any]]:
        """A page for every branch of the scope and every part behind the cursor, each one index range."""
        scope = self.target.scope(self.writer.view)
        branches = []
        for branch in scope or (Only(lambda _row: false()),):
            row = self.writer.rows(self.target)
            columns = self.order.columns(row, self.writer.view)
            for part in self._after(columns):
                found = self._matching(parent, row, branch, part.predicate)
                found = found.with_only_columns(
                    row.c[self.target.key].label("key"),
                    *(one.label(f"o{index}") for index, one in enumerate(columns)),
                )
                order = self.order.by(columns, is_backward=self.paging.is_backward)
                branches.append(
                    self._for_each(parent, row, branch, found.order_by(*part.by(order)).limit(self._one_more))
                )
        return branches or [select(literal(None).label("key")).where(false())]

    def _after(self, columns: list[ColumnElement[Any]]) -> list[Part]:
        view, cursor = self.writer.view, self.paging.cursor
        if cursor is None:
            return self.order.parts(columns, view)
        return after_cursor(self.order, columns, cursor, view, is_backward=self.paging.is_backward)

    def _matching(
        self, parent: Row | None, row: Row, branch: Only | Each, alternative: ColumnElement[bool]
    ) -> Select[Any]:
        matching: Select[Any] = (
            select(literal_column("1").label("one"))
            .select_from(row)
            .where(self.page.on(no_row(parent), row, self.given))
            .where(condition(self.target.filters, self.given["filter"], row, self.writer.view))
            .where(alternative)
        )
        return matching.where(beside(row, branch))

    def _for_each(self, parent: Row | None, row: Row, branch: Only | Each, found: Select[Any]) -> Select[Any]:
        """For a branch over many values: the page of every value by a lateral join."""
        outer = [] if parent is None else [parent]
        if isinstance(branch, Only):
            return found.correlate(*outer) if outer else found
        values = func.unnest(branch.values).table_valued(column("value")).render_derived()
        found = found.where(row.c[branch.column] == values.c.value).correlate(values, *outer)
        page = found.lateral()
        merged = select(*page.c).select_from(values.join(page, true()))
        return merged.correlate(*outer) if outer else merged

    def _edges(self, selected: Selected, page: FromClause, row: Row) -> ColumnElement[Any]:
        pairs: list[tuple[str, ColumnElement[Any]]] = []
        for one in self._asked(selected, "Edge"):
            is_node = one.name == "node"
            pairs.append((one.key, self.writer.node(self.target, row, one) if is_node else page.c.cursor))
        position = page.c.position.desc() if self.paging.is_backward else page.c.position.asc()
        return json_list(json_object(pairs), [position], where=page.c.position <= self.paging.size)

    def _page_info(self, selected: Selected, page: FromClause) -> ColumnElement[Any]:
        has_more = func.count(page.c.position) > self.paging.size
        has_passed: ColumnElement[bool] = literal_column(
            "true" if self.paging.cursor is not None else "false"
        )
        shown = page.c.position <= self.paging.size
        first = func.max(page.c.cursor).filter(page.c.position == 1, shown)
        last_position = func.least(func.count(page.c.position), self.paging.size)
        cursors = func.array_agg(aggregate_order_by(page.c.cursor, page.c.position.asc())).filter(shown)
        last = cursors[last_position]
        backward = self.paging.is_backward
        made = {
            "hasNextPage": has_passed if backward else has_more,
            "hasPreviousPage": has_more if backward else has_passed,
            "startCursor": last if backward else first,
            "endCursor": first if backward else last,
        }
        return json_object(
            [(one.key, made[one.name]) for one in self._asked(selected, "PageInfo", of_node=False)]
        )

    def _counted(self, parent: Row | None) -> FromClause:
        """How many rows match, to one more than is counted exactly."""
        found = []
        for branch in self.target.scope(self.writer.view) or (Only(lambda _row: false()),):
            row = self.writer.rows(self.target)
            found.append(self._for_each(parent, row, branch, self._matching(parent, row, branch, true())))
        merged: Any = found[0] if len(found) == 1 else union_all(*found)
        rows = select(literal_column("1")).select_from(merged.subquery()).limit(EXACT_UP_TO + 1).subquery()
        return select(func.count().label("n")).select_from(rows).subquery()

    def _count(self, selected: Selected, parent: Row | None) -> ColumnElement[Any]:
        counted = self._counted(parent)
        made = {
            "value": func.least(counted.c.n, EXACT_UP_TO),
            "isExact": counted.c.n <= EXACT_UP_TO,
        }
        pairs = [(one.key, made[one.name]) for one in self._asked(selected, "Count", of_node=False)]
        return select(json_object(pairs)).select_from(counted).scalar_subquery()
