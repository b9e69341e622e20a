"""Random valid documents over the mapped part of a schema, with variables: what hypothesis draws and shrinks."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from schema.engine.mapping import TypeMap, Types

T = TypeVar("T")
DEEPEST = 6
MOST_FIELDS = 30
DEEPEST_INPUT = 2
PAGING = ("first", "after", "last", "before")


@dataclass(frozen=True)
class World:
    """What documents are made of: a schema, its mapping, and values worth asking with."""

    schema: GraphQLSchema
    types: Types
    ids: Sequence[str]
    texts: Sequence[str]
    scalars: Mapping[str, st.SearchStrategy[Any]]
    cursors: Sequence[str] = ()
    left_out: frozenset[tuple[str, str]] = frozenset()
    """(type, field) that cannot be compiled."""
    roots: tuple[str, ...] = ()
    """Root fields to choose from; all when empty."""

    def mapped(self, kind: GraphQLObjectType) -> list[str]:
        """Fields that are read from tables; all of a connection's."""
        declared = self.types.get(kind.name)
        if declared is None:
            return list(kind.fields)
        assert isinstance(declared, TypeMap)
        if declared.name == "Query" and self.roots:
            return list(self.roots)
        return [
            name for name in kind.fields if name in declared.fields and (kind.name, name) not in self.left_out
        ]


@st.composite
def documents(draw: Callable[..., Any], world: World) -> tuple[str, dict[str, Any]]:
    """(text, variables) of one query."""
    return _Author(draw, world).document()


@st.composite
def variables_of(draw: Callable[..., Any], world: World, definitions: Sequence[Any]) -> dict[str, Any]:
    """Variables for a document that is there already."""
    from graphql import type_from_ast

    author, variables = _Author(draw, world), {}
    for one in definitions:
        kind = type_from_ast(world.schema, one.type)
        if isinstance(kind, GraphQLNonNull) or draw(st.booleans()):
            name = one.variable.name.value
            variables[name] = author.amount(name) if name in PAGING else author.value(kind)
    if "last" in variables or "before" in variables:
        variables.pop("first", None)
        variables.pop("after", None)
    return variables


@dataclass
class _Author:
    draw: Callable[..., Any]
    world: World
    variables: dict[str, Any] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    aliases: int = 0
    fields: int = 0

    def document(self) -> tuple[str, dict[str, Any]]:
        query = self.world.schema.query_type
        assert query is not None
        body = self._selection(query, 0)
        head = f"query ({', '.join(self.definitions)}) " if self.definitions else "query "
        return "\n".join([head + body, *self.fragments]), self.variables

    def _one_of(self, values: Sequence[T]) -> T:
        found: T = self.draw(st.sampled_from(values))
        return found

    def _seldom(self, one_in: int) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == 1)

    def _selection(self, kind: Any, depth: int) -> str:
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            return self._abstract(kind, depth)
        names = [name for name in self.world.mapped(kind) if self._fits(kind, name, depth)]
        chosen = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4)) if names else []
        parts = [self._around(kind, self._field(kind, name, depth)) for name in chosen]
        if not parts or self._seldom(6):
            parts.append(f"{self._alias()}__typename")
        if self._seldom(8):
            # The same once more is merged into one.
            parts.append(parts[0])
        return "{ " + " ".join(parts) + " }"

    def _abstract(self, kind: GraphQLInterfaceType | GraphQLUnionType, depth: int) -> str:
        parts = ["__typename"]
        if isinstance(kind, GraphQLInterfaceType):
            parts += [name for name, one in kind.fields.items() if is_leaf_type(get_named_type(one.type))]
        for one in self.world.schema.get_possible_types(kind):
            if one.name in self.world.types and self.draw(st.booleans()):
                parts.append(f"... on {one.name} {self._selection(one, depth)}")
        return "{ " + " ".join(parts) + " }"

    def _fits(self, kind: GraphQLObjectType, name: str, depth: int) -> bool:
        is_leaf = is_leaf_type(get_named_type(kind.fields[name].type))
        return is_leaf or (depth < DEEPEST and self.fields < MOST_FIELDS)

    def _field(self, kind: GraphQLObjectType, name: str, depth: int) -> str:
        self.fields += 1
        declared = kind.fields[name]
        below = get_named_type(declared.type)
        # A name of its own wherever another selection might mean something else by the same one.
        text = f"{self._alias()}{name}{self._arguments(declared.args)}{self._directive()}"
        return text if is_leaf_type(below) else f"{text} {self._selection(below, depth + 1)}"

    def _alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}: "

    def _around(self, kind: GraphQLObjectType, text: str) -> str:
        """The field as it is, in an inline fragment, or in a named one."""
        way = self.draw(st.integers(0, 9))
        if way == 0:
            return f"... on {kind.name}{self._directive()} {{ {text} }}"
        if way == 1:
            return f"...{self._directive()} {{ {text} }}"
        if way == 2:
            name = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {kind.name} {{ {text} }}")
            return f"...{name}{self._directive()}"
        return text

    def _directive(self) -> str:
        if not self._seldom(12):
            return ""
        name, holds = self._one_of(["include", "skip"]), bool(self.draw(st.booleans()))
        if self.draw(st.booleans()):
            return f" @{name}(if: {str(holds).lower()})"
        return f" @{name}(if: {self._variable('Boolean!', holds)})"

    def _arguments(self, declared: Mapping[str, GraphQLArgument]) -> str:
        given = self._paging(declared)
        for name, one in declared.items():
            if name not in PAGING and (isinstance(one.type, GraphQLNonNull) or self.draw(st.booleans())):
                given.append(f"{name}: {self._argument(one.type, self.value(one.type))}")
        return f"({', '.join(given)})" if given else ""

    def _paging(self, declared: Mapping[str, GraphQLArgument]) -> list[str]:
        ways = [pair for pair in (PAGING[:2], PAGING[2:]) if pair[0] in declared]
        if not ways or self._seldom(4):
            return []
        amount, place = self._one_of(ways)
        given = [f"{amount}: {self._argument(declared[amount].type, self.amount(amount))}"]
        if self.world.cursors and self._seldom(5):
            given.append(f"{place}: {self._argument(declared[place].type, self.amount(place))}")
        return given

    def amount(self, name: str) -> Any:
        """A page's size, or a cursor."""
        if name in ("first", "last"):
            return self.draw(st.integers(0, 7))
        return self._one_of(self.world.cursors) if self.world.cursors else "no cursor"

    def _argument(self, kind: Any, value: Any) -> str:
        """The value as a literal or a variable."""
        if self.draw(st.booleans()):
            return _literal(kind, value)
        return self._variable(str(kind), value)

    def _variable(self, kind: str, value: Any) -> str:
        name = f"v{len(self.definitions)}"
        self.definitions.append(f"${name}: {kind}")
        if value is not None or self.draw(st.booleans()):
            self.variables[name] = value
        return f"${name}"

    def value(self, kind: Any, depth: int = 0) -> Any:
        """A value of an input type, as a client sends it."""
        if isinstance(kind, GraphQLNonNull):
            return self._certain(kind.of_type, depth)
        return None if self._seldom(8) else self._certain(kind, depth)

    def _certain(self, kind: Any, depth: int) -> Any:
        if isinstance(kind, GraphQLList):
            count = self.draw(st.integers(0, 3))
            return [self.value(kind.of_type, depth) for _ in range(count)]
        if isinstance(kind, GraphQLEnumType):
            return self._one_of(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(kind, depth)
        return {
            "ID": lambda: self._one_of(self.world.ids),
            "String": lambda: self._one_of(self.world.texts),
            "Int": lambda: self.draw(st.integers(0, 7)),
            "Float": lambda: self.draw(st.floats(0, 1)),
            "Boolean": lambda: bool(self.draw(st.booleans())),
        }.get(kind.name, lambda: self.draw(self.world.scalars[kind.name]))()

    def _object(self, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        given = {}
        for name, one in kind.fields.items():
            is_deep = get_named_type(one.type) is kind
            is_wanted = self._seldom(6) and not (is_deep and depth >= DEEPEST_INPUT)
            if isinstance(one.type, GraphQLNonNull) or is_wanted:
                given[name] = self.value(one.type, depth + 1)
        return given


def _literal(kind: Any, value: Any) -> str:
    if isinstance(kind, GraphQLNonNull):
        return _literal(kind.of_type, value)
    if value is None:
        return "null"
    if isinstance(kind, GraphQLList):
        return "[" + ", ".join(_literal(kind.of_type, one) for one in value) + "]"
    if isinstance(kind, GraphQLEnumType):
        return str(value)
    if isinstance(kind, GraphQLInputObjectType):
        fields = (f"{name}: {_literal(kind.fields[name].type, one)}" for name, one in value.items())
        return "{" + ", ".join(fields) + "}"
    return _as_graphql(value)


def _as_graphql(value: Any) -> str:
    """A scalar that is an object, such as an area, has its names without quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_as_graphql(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_as_graphql(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
