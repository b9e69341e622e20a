"""What an operation may cost, counted after parsing and before validation.

Validation and execution expand fragments; fragments that double cost exponential time there (measured: 748 bytes, 831
ms). This counter spreads them itself under a budget of steps, so that it ends before it can be made to work hard, and
stops at the first limit that is passed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    visit,
)

from schema.engine.errors import BadRequest, Complaint, complaint
from schema.engine.paging import DEFAULT_PAGE


@dataclass(frozen=True)
class Limits:
    """What one document may ask for."""

    depth: int = 10
    aliases: int = 15
    nodes: int = 5_000
    tokens: int = 1_500
    characters: int = 15_000
    root_fields: int = 20
    operations: int = 20
    directives: int = 50
    steps: int = 10_000


LIMITS = Limits()
REGISTERED = Limits(depth=16, aliases=60, tokens=6_000, characters=60_000, root_fields=40)
"""Documents of our own shells were looked at before they were registered; amounts stay limited."""


AMOUNTS = ("first", "last")
NO_WEIGHTS: Mapping[str, int] = {}
MOST_KEPT = 100


class TooExpensive(BadRequest):
    """Passing a limit is a refusal of the whole operation."""

    def __init__(self, what: Complaint, most: int) -> None:
        super().__init__(what, most=most)


def _too_many(what: str) -> Complaint:
    return complaint("QUERY_TOO_EXPENSIVE", f"QUERY_{what}", takes=("most",))


_OPERATIONS = _too_many("OPERATIONS")
_ALIASES = _too_many("ALIASES")
_ROOT_FIELDS = _too_many("ROOT_FIELDS")
_DEPTH = _too_many("DEPTH")
_NODES = _too_many("NODES")
_STEPS = _too_many("STEPS")
_DIRECTIVES = _too_many("DIRECTIVES")


def check(
    document: DocumentNode,
    variables: Mapping[str, Any],
    limits: Limits = LIMITS,
    weights: Mapping[str, int] = NO_WEIGHTS,
) -> int:
    """The cost in objects; raises TooExpensive for a document that asks for more than the limits.

    `weights` tell about how many objects the lists of a name hold (`mapping.weights_of`).
    """
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(operations) > limits.operations:
        raise TooExpensive(_OPERATIONS, limits.operations)
    counter = _Counter(fragments, variables, limits, weights)
    for operation in operations:
        counter.count(operation)
    # Fragments that no operation uses are validated all the same.
    for fragment in fragments.values():
        counter.selections(fragment.selection_set, depth=1, times=0, path=frozenset({fragment.name.value}))
    return counter.nodes


class Meter:
    """The cost of one document. It depends on those variables alone that are amounts, so it is kept by them."""

    def __init__(self, document: DocumentNode, limits: Limits, weights: Mapping[str, int]) -> None:
        self._document, self._limits, self._weights = document, limits, weights
        self._amounts = sorted(_amount_variables(document))
        self._known: dict[tuple[Any, ...], int] = {}

    def check(self, variables: Mapping[str, Any]) -> int:
        """As `check`."""
        amounts = tuple([_amount(variables.get(name)) for name in self._amounts])
        cost = self._known.get(amounts)
        if cost is None:
            cost = check(self._document, variables, self._limits, self._weights)
            if len(self._known) < MOST_KEPT:
                self._known[amounts] = cost
        return cost


def _amount(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _short(literal: IntValueNode) -> int:
    """Its first nine characters, which are beyond every limit already: Python refuses to read thousands of digits."""
    return int(literal.value[:9])


def _amount_variables(document: DocumentNode) -> set[str]:
    found: set[str] = set()

    class Visit(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
            if node.name.value in AMOUNTS and isinstance(node.value, VariableNode):
                found.add(node.value.name.value)

    visit(document, Visit())
    return found


@dataclass
class _Counter:
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    limits: Limits
    weights: Mapping[str, int]
    steps: int = 0
    aliases: int = 0
    directives: int = 0
    nodes: int = 0
    root_fields: int = 0
    defaults: dict[str, Any] = field(default_factory=dict)

    def count(self, operation: OperationDefinitionNode) -> None:
        self.defaults = {
            one.variable.name.value: _short(one.default_value)
            for one in operation.variable_definitions or ()
            if isinstance(one.default_value, IntValueNode)
        }
        self.selections(operation.selection_set, depth=0, times=1, path=frozenset())

    def selections(
        self, selection_set: SelectionSetNode, *, depth: int, times: int, path: frozenset[str]
    ) -> None:
        """`times`: how many objects this selection is made for; `path`: fragments that lead here."""
        for node in selection_set.selections:
            self._step(node)
            if isinstance(node, FieldNode):
                self._field(node, depth=depth, times=times, path=path)
            elif isinstance(node, InlineFragmentNode):
                self.selections(node.selection_set, depth=depth, times=times, path=path)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                fragment = self.fragments.get(name)
                # A cycle or an unknown name is validation's to name; here it only must not run on.
                if fragment is not None and name not in path:
                    self.selections(fragment.selection_set, depth=depth, times=times, path=path | {name})

    def _field(self, node: FieldNode, *, depth: int, times: int, path: frozenset[str]) -> None:
        if node.alias is not None:
            self.aliases += 1
            if self.aliases > self.limits.aliases:
                raise TooExpensive(_ALIASES, self.limits.aliases)
        if depth == 0:
            self.root_fields += 1
            if self.root_fields > self.limits.root_fields:
                raise TooExpensive(_ROOT_FIELDS, self.limits.root_fields)
        if node.selection_set is None:
            return
        if depth + 1 > self.limits.depth:
            raise TooExpensive(_DEPTH, self.limits.depth)
        within = times * self._amount(node)
        if within > times:
            self.nodes += within
            if self.nodes > self.limits.nodes:
                raise TooExpensive(_NODES, self.limits.nodes)
        self.selections(node.selection_set, depth=depth + 1, times=within, path=path)

    def _amount(self, node: FieldNode) -> int:
        """How many objects a field gives: its `first` or `last`, the default page, the weight of a list, else one."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in AMOUNTS:
            value = given.get(name)
            if isinstance(value, IntValueNode):
                return max(1, _short(value))
            if isinstance(value, VariableNode):
                known = self.variables.get(value.name.value, self.defaults.get(value.name.value))
                return max(1, known) if isinstance(known, int) else DEFAULT_PAGE
        is_page = any(
            isinstance(one, FieldNode) and one.name.value == "edges"
            for one in (node.selection_set.selections if node.selection_set else ())
        )
        return DEFAULT_PAGE if is_page else self.weights.get(node.name.value, 1)

    def _step(self, node: Any) -> None:
        self.steps += 1
        if self.steps > self.limits.steps:
            raise TooExpensive(_STEPS, self.limits.steps)
        self.directives += len(node.directives or ())
        if self.directives > self.limits.directives:
            raise TooExpensive(_DIRECTIVES, self.limits.directives)
