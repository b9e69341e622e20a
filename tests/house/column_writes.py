"""Which columns a file writes: read from its SQL, its SQLAlchemy statements and its assignments to mapped objects.

Nothing is run. Names are followed to the file's own assignments and to what its module holds; a write whose columns
cannot be read that way is told as the column `?`, which nobody owns.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.sql.selectable import Alias

TABLES = ("customers", "customer_points")
UNREADABLE = "?"
Write = tuple[str, str]
"""(table, column)"""

_NAMES = "|".join(TABLES)
_UPDATE = re.compile(
    rf"\bupdate\s+({_NAMES})\b(?:\s+(?:as\s+)?(\w+))?\s+set\s+(.*?)"
    r"(?=\bfrom\b|\bwhere\b|\breturning\b|$)",
    re.S | re.I,
)
_INSERT = re.compile(rf"\binsert\s+into\s+({_NAMES})\b(?:\s+as\s+\w+)?\s*\(([^)]*)\)", re.S | re.I)
_UPSERT = re.compile(r"\bdo\s+update\s+set\s+(.*?)(?=\bwhere\b|\breturning\b|$)", re.S | re.I)


def writes_of(source: str, module: Mapping[str, Any]) -> Iterator[Write]:
    """Every write of a file; `module` is what its names hold after its import."""
    tree = ast.parse(source)
    for text in _texts(tree, module):
        yield from _written(text)
    yield from _Reader(tree, module).writes()


def assigned(text: str) -> set[str]:
    """Columns on the left of a SET: `a = …, (b, c) = …`."""
    flat = re.sub(r"\((?=[^()]*\)\s*=)|\)(?=\s*=)", "", text)
    depth, start, parts = 0, 0, []
    for place, sign in enumerate(flat):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(flat[start:place])
            start = place + 1
    names = [part.partition("=")[0].strip() for part in [*parts, flat[start:]]]
    return {name for name in names if re.fullmatch(r"[a-z_0-9]+", name)}


def _texts(tree: ast.AST, module: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a file: constants of the module as they come out, and literals inside functions."""
    yield from (value for value in module.values() if isinstance(value, str))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def _written(text: str) -> Iterator[Write]:
    for table, _, columns in _UPDATE.findall(text):
        yield from ((table, column) for column in assigned(columns))
    for table, columns in _INSERT.findall(text):
        yield from ((table, column.strip()) for column in columns.split(","))
        for upserted in _UPSERT.findall(text):
            yield from ((table, column) for column in assigned(upserted))


def _table_held(value: Any) -> str | None:
    """The table that a value is, or is an alias of, or that a class is mapped to."""
    value = getattr(value, "__table__", value)
    while isinstance(value, Alias):
        value = value.element
    return value.name if isinstance(value, Table) and value.name in TABLES else None


class _Reader:
    """`update()`, `insert()`, and mapped objects that are made or assigned to."""

    def __init__(self, tree: ast.AST, module: Mapping[str, Any]) -> None:
        self._tree, self._module = tree, module
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self._bound: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            for name, value in _bindings(node):
                self._bound.setdefault(name, []).append(value)

    def writes(self) -> Iterator[Write]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call):
                yield from self._of_statement(node)
                yield from self._of_object(node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                table = self._table(node.value)
                if table is not None:
                    yield table, node.attr

    def _of_statement(self, call: ast.Call) -> Iterator[Write]:
        """`update(T)…` and `insert(T)…`, also as methods of the table, with all that is chained to it."""
        table = self._written_table(call)
        if table is None:
            return
        columns = [column for part in self._chained(call) for column in self._columns(part)]
        yield from ((table, column) for column in columns or [UNREADABLE])

    def _written_table(self, call: ast.Call) -> str | None:
        match call.func:
            case ast.Name(id="update" | "insert") if call.args:
                return self._table(call.args[0])
            case ast.Attribute(attr="update" | "insert", value=value):
                return (
                    self._table(call.args[0]) if call.args and self._is_module(value) else self._table(value)
                )
        return None

    def _is_module(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and hasattr(self._module.get(node.id), "__path__")

    def _chained(self, call: ast.Call) -> Iterator[ast.Call]:
        node: ast.AST = call
        while isinstance(method := self._parents.get(node), ast.Attribute):
            node = self._parents[method]
            if not isinstance(node, ast.Call):
                return
            if method.attr in ("values", "ordered_values", "from_select", "on_conflict_do_update"):
                yield node

    def _columns(self, call: ast.Call) -> Iterator[str]:
        """The columns that the arguments of `values`, `from_select` or `on_conflict_do_update` name."""
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr == "on_conflict_do_update":
            for keyword in call.keywords:
                if keyword.arg == "set_":
                    yield from self._keys(keyword.value)
            return
        given = call.args[:1] if call.func.attr == "from_select" else call.args
        for argument in given:
            yield from self._keys(argument)
        for keyword in call.keywords:
            yield from [keyword.arg] if keyword.arg is not None else self._keys(keyword.value)

    def _keys(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(name)) | ast.Attribute(attr=name):
                yield name
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    yield from self._keys(value if key is None else key)
            case ast.Tuple(elts=[ast.Constant() | ast.Attribute() as key, _]):  # of `ordered_values`
                yield from self._keys(key)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                for part in parts:
                    yield from self._keys(part)
            case ast.Starred(value=value):
                yield from self._keys(value)
            case ast.Name(id=name) if name in self._bound:
                for value in self._bound[name]:
                    yield from self._keys(value)
            case ast.Call(args=[ast.Attribute() as column]):  # `col(Customer.tier)`
                yield column.attr
            case _:
                yield UNREADABLE

    def _of_object(self, call: ast.Call) -> Iterator[Write]:
        """`Customer(tier=…)` and `setattr(customer, "tier", …)`."""
        if isinstance(call.func, ast.Name) and call.func.id == "setattr":
            table = self._table(call.args[0])
            name = call.args[1]
            if table is not None:
                yield table, str(name.value) if isinstance(name, ast.Constant) else UNREADABLE
        elif isinstance(made := self._held(call.func), type) and (table := _table_held(made)) is not None:
            yield from ((table, keyword.arg or UNREADABLE) for keyword in call.keywords)

    def _held(self, node: ast.expr) -> Any:
        """What a name of the module holds, or a name of a module within it."""
        match node:
            case ast.Name(id=name):
                return self._module.get(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                return getattr(self._module.get(name), attr, None)
        return None

    def _table(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> str | None:
        """The table of what an expression gives: the table itself, its class, or an object or row of it."""
        match node:
            case ast.Name(id=name) if name in self._bound and name not in seen:
                found = (self._table(value, seen | {name}) for value in self._bound[name])
                return next(filter(None, found), None) or _table_held(self._held(node))
            case ast.Name():
                return _table_held(self._held(node))
            case ast.Constant(value=str(name)):  # an annotation in quotes
                return _table_held(self._module.get(name))
            case ast.Attribute(value=value, attr=attr):
                same = self._table(value, seen) if attr in _SAME_TABLE else None
                return _table_held(self._held(node)) or same
            case ast.Await(value=value) | ast.Subscript(value=value) | ast.Starred(value=value):
                return self._table(value, seen)
            case ast.BinOp(left=value):  # `Customer | None`
                return self._table(value, seen)
            case ast.Call(func=function, args=arguments):
                inner = function.value if isinstance(function, ast.Attribute) else function
                found = (self._table(part, seen) for part in (*arguments, inner))
                return next(filter(None, found), None)
        return None


_SAME_TABLE = frozenset({"__table__", "alias"})


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names that a node gives a value, and the value, or the annotation that says what it is."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case (
            ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
            | ast.For(target=ast.Name(id=name), iter=value)
            | ast.AsyncFor(target=ast.Name(id=name), iter=value)
            | ast.arg(arg=name, annotation=ast.expr() as value)
        ):
            yield name, value
