"""A connection as JSON text: a page in index order for every branch of the scope, merged; cursors; a capped count."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    and_,
    case,
    column,
    false,
    func,
    literal_column,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy import Text as TextType
from sqlalchemy.sql.selectable import Alias

from schema.engine.compiled.sources import Source
from schema.engine.compiled.text import MISSING, Text, constant, list_text, object_text, together
from schema.engine.filtering import condition
from schema.engine.given import Given
from schema.engine.mapping import OneOf, Page, TypeMap, Types, View
from schema.engine.ordering import MOST_SORTED, Order, Part, after_cursor, check_cursor, cursor_sql, order_of
from schema.engine.paging import Paging, paging_of
from schema.engine.scope import Each, Only, Row, beside, no_row
from schema.engine.selection import Selected

EXACT_UP_TO = 10_000
_ONE: ColumnElement[int] = literal_column("1", Integer)
_MOST: ColumnElement[int] = literal_column(str(EXACT_UP_TO), Integer)
_MOST_SORTED: ColumnElement[int] = literal_column(str(MOST_SORTED), Integer)
_ONE_MORE: ColumnElement[int] = literal_column(str(EXACT_UP_TO + 1), Integer)


class Below(Protocol):
    """Whoever writes what lies below a connection: the objects of its rows."""

    @property
    def types(self) -> Types: ...
    @property
    def view(self) -> View: ...
    def given(self, selected: Selected) -> Given: ...
    def children(self, selected: Selected, type_name: str) -> list[Selected]: ...
    def source(self, target: TypeMap | OneOf) -> Source: ...
    def node(self, target: TypeMap | OneOf, source: Source, selected: Selected) -> Text: ...


@dataclass
class PageText:
    """Writes one connection. Names of its types follow its node's: AlbumConnection, AlbumEdge."""

    writer: Below
    page: Page
    selected: Selected

    def write(self, parent: Row | None) -> Text:
        asked = self.writer.children(self.selected, f"{self.page.type_name}Connection")
        if not any(one.name in ("edges", "pageInfo") for one in asked):
            check_cursor(self.order, self.paging.cursor)
            return object_text((one.key, self._aside(one, parent)) for one in asked)
        whole = self._whole(asked, parent)
        if self.order.is_given(self.writer.view):
            return (whole,)
        # The ordinary executor says why.
        has_many = select(self._counted(parent).c.n > _MOST_SORTED).scalar_subquery()
        return (case((has_many, constant(MISSING)), else_=whole),)

    def _whole(self, asked: list[Selected], parent: Row | None) -> ColumnElement[str]:
        rows = self._numbered(parent)
        made = object_text(
            (
                one.key,
                self._of_page(one, rows) if one.name in ("edges", "pageInfo") else self._aside(one, parent),
            )
            for one in asked
        )
        # HAVING makes it one row, also where nothing asked for is an aggregate.
        whole = select(together(made)).select_from(rows).having(literal_column("true"))
        return whole.correlate_except(rows).scalar_subquery()

    @cached_property
    def target(self) -> TypeMap | OneOf:
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

    @cached_property
    def _one_more(self) -> ColumnElement[int]:
        return literal_column(str(self.paging.window + 1), Integer)

    def _numbered(self, parent: Row | None) -> FromClause:
        """The rows of the page and one more, with `position` from 1, in the order of reading."""
        numbered = self._by_key(parent) if self._is_merged else self._of_one_range(parent)
        position = numbered.c.position
        order = position.desc() if self.paging.is_backward else position
        if not self._is_merged and not self.paging.is_backward:
            return numbered
        return select(numbered).order_by(order).subquery()

    @cached_property
    def _is_merged(self) -> bool:
        """Whether the page is put together from several index ranges of a table whose rows its key names one by one."""
        row = self.writer.source(self.target).row
        scope = self.target.scope(self.writer.view)
        if not isinstance(row, Alias) or not isinstance(row.element, Table):
            return False
        if row.element.primary_key.columns.keys() != [self.target.key]:
            return False
        has_ranges = len(scope) > 1 or any(isinstance(branch, Each) for branch in scope)
        return has_ranges or len(self._after(row)) > 1

    def _of_one_range(self, parent: Row | None) -> FromClause:
        rows = self._merged(self._branches(parent, lambda row: list(row.c)))
        order = self._by(rows)
        numbered = select(rows, func.row_number().over(order_by=order).label("position"))
        return numbered.order_by(*order).limit(self._one_more).subquery()

    def _by_key(self, parent: Row | None) -> FromClause:
        """Each range gives its page, of which few rows remain: so keys are merged, and only what remains is fetched."""
        rows = self._merged(self._branches(parent, self._keys))
        columns = [rows.c[f"o{index}"] for index in range(len(self.order.keys))]
        order = self.order.by(columns, is_backward=self.paging.is_backward)
        found = select(rows.c.key, func.row_number().over(order_by=order).label("position"))
        numbered = found.order_by(*order).limit(self._one_more).subquery()
        row = self.writer.source(self.target).row
        whole = numbered.join(row, row.c[self.target.key] == numbered.c.key)
        return select(*row.c, numbered.c.position).select_from(whole).subquery()

    def _keys(self, row: Row) -> list[ColumnElement[Any]]:
        columns = self.order.columns(row, self.writer.view)
        return [row.c[self.target.key].label("key"), *(one.label(f"o{i}") for i, one in enumerate(columns))]

    def _merged(self, branches: list[Select[Any]]) -> FromClause:
        if len(branches) == 1:
            return branches[0].subquery()
        return union_all(*(select(one.subquery()) for one in branches)).subquery()

    def _by(self, row: Row) -> list[ColumnElement[Any]]:
        columns = self.order.columns(row, self.writer.view)
        return self.order.by(columns, is_backward=self.paging.is_backward)

    def _branches(
        self, parent: Row | None, columns_of: Callable[[Row], list[ColumnElement[Any]]]
    ) -> list[Select[Any]]:
        """A page for every branch of the scope and every part behind the cursor, each one index range."""
        branches = []
        for branch in self.target.scope(self.writer.view) or (Only(lambda _row: false()),):
            row = self.writer.source(self.target).row
            for part in self._after(row):
                found = self._matching(parent, row, branch, part.predicate, columns_of(row))
                found = found.order_by(*part.by(self._by(row))).limit(self._one_more)
                branches.append(self._of_each_value(parent, row, branch, found))
        return branches or [select(*columns_of(self.writer.source(self.target).row)).where(false())]

    def _after(self, row: Row) -> list[Part]:
        columns = self.order.columns(row, self.writer.view)
        if self.paging.cursor is None:
            return self.order.parts(columns, self.writer.view)
        return after_cursor(
            self.order, columns, self.paging.cursor, self.writer.view, is_backward=self.paging.is_backward
        )

    def _matching(
        self,
        parent: Row | None,
        row: Row,
        branch: Only | Each,
        alternative: ColumnElement[bool],
        columns: Any,
    ) -> Select[Any]:
        matching: Select[Any] = (
            select(*columns)
            .select_from(row)
            .where(self.page.on(no_row(parent), row, self.given))
            .where(condition(self.target.filters, self.given["filter"], row, self.writer.view))
            .where(alternative)
        )
        return matching.where(beside(row, branch))

    def _of_each_value(
        self, parent: Row | None, row: Row, branch: Only | Each, found: Select[Any]
    ) -> Select[Any]:
        """For a branch over many values: the page of every value by a lateral join."""
        outer = [] if parent is None else [parent]
        if isinstance(branch, Only):
            return found.correlate(*outer) if outer else found
        values = func.unnest(branch.values).table_valued(column("value")).render_derived()
        found = found.where(row.c[branch.column] == values.c.value).correlate(values, *outer)
        page = found.lateral()
        merged = select(*page.c).select_from(values.join(page, true()))
        return merged.correlate(*outer) if outer else merged

    def _of_page(self, one: Selected, rows: FromClause) -> Text:
        return self._edges(one, rows) if one.name == "edges" else self._page_info(one, rows)

    def _aside(self, one: Selected, parent: Row | None) -> Text:
        """What does not come from the page's rows."""
        if one.name == "__typename":
            return (f'"{self.page.type_name}Connection"',)
        return self._count(one, parent)

    def _cursor(self, rows: FromClause) -> ColumnElement[str]:
        return cursor_sql(self.order, self.order.columns(rows, self.writer.view))

    def _edges(self, selected: Selected, rows: FromClause) -> Text:
        edge = object_text(
            (one.key, self._of_edge(one, rows))
            for one in self.writer.children(selected, f"{self.page.type_name}Edge")
        )
        shown = case((rows.c.position <= self.paging.size, together(edge)))
        return list_text(func.string_agg(shown, constant(",")))

    def _of_edge(self, one: Selected, rows: FromClause) -> Text:
        if one.name == "node":
            source = self.writer.source(self.target).behind(rows)
            return self.writer.node(self.target, source, one)
        if one.name == "cursor":
            return ('"', self._cursor(rows), '"')
        return (f'"{self.page.type_name}Edge"',)

    def _page_info(self, selected: Selected, rows: FromClause) -> Text:
        has_more = _truth(func.count() > self.paging.size)
        has_passed: Text = ("true" if self.paging.cursor is not None else "false",)
        first = self._cursor_at(rows, _ONE)
        last = self._cursor_at(rows, func.least(func.count(), self.paging.size))
        is_backward = self.paging.is_backward
        made: dict[str, Text] = {
            "hasNextPage": has_passed if is_backward else has_more,
            "hasPreviousPage": has_more if is_backward else has_passed,
            "startCursor": last if is_backward else first,
            "endCursor": first if is_backward else last,
            "__typename": ('"PageInfo"',),
        }
        return object_text((one.key, made[one.name]) for one in self.writer.children(selected, "PageInfo"))

    def _cursor_at(self, rows: FromClause, position: ColumnElement[Any]) -> Text:
        """The cursor of the row at a position. Only its place is collected of every row (a window that looks how many
        there are keeps all of them, which took a tenth of a long page)."""
        # A page read from its end comes turned round.
        index = func.count() + 1 - position if self.paging.is_backward else position
        place: list[ColumnElement[Any]] = [
            type_coerce(func.array_agg(one), ARRAY(one.type))[index]
            for one in self.order.columns(rows, self.writer.view)
        ]
        quoted = constant('"') + cursor_sql(self.order, place) + constant('"')
        has_rows = and_(func.count() > 0, self.paging.size > 0)
        return (case((has_rows, quoted), else_=constant("null")),)

    def _counted(self, parent: Row | None) -> FromClause:
        """How many rows match, to one more than is counted exactly."""
        found = []
        for branch in self.target.scope(self.writer.view) or (Only(lambda _row: false()),):
            row = self.writer.source(self.target).row
            matching = self._matching(parent, row, branch, true(), [_ONE.label("one")])
            found.append(self._of_each_value(parent, row, branch, matching))
        merged: Any = found[0] if len(found) == 1 else union_all(*(select(one.subquery()) for one in found))
        rows = select(_ONE).select_from(merged.subquery()).limit(_ONE_MORE).subquery()
        return select(func.count().label("n")).select_from(rows).subquery()

    def _count(self, selected: Selected, parent: Row | None) -> Text:
        counted = self._counted(parent)
        made: dict[str, Text] = {
            "value": (func.least(counted.c.n, _MOST),),
            "isExact": _truth(counted.c.n <= _MOST),
            "__typename": ('"Count"',),
        }
        pairs = [(one.key, made[one.name]) for one in self.writer.children(selected, "Count")]
        return (select(together(object_text(pairs))).select_from(counted).scalar_subquery(),)


def _truth(condition_: ColumnElement[bool]) -> Text:
    return (condition_.cast(TextType),)
