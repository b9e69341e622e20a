"""What a text depends on: the view, the shape of the variables, and facts that declarations ask for."""

import pytest
from graphql import OperationDefinitionNode, parse
from sqlalchemy import String, column, select

from schema.engine.compiled.leaves import NotCompilable
from schema.engine.given import Given, Parameters
from schema.engine.plans import MOST_STATEMENTS, Plans
from schema.engine.shape import VariableTypes
from tests.schema.engine.conftest import Store, compiler_of, with_field
from tests.schema.engine.store import PEOPLE, make_schema

FILTERED = """query ($filter: ClientFilter, $orderBy: [ClientOrder!], $with: Boolean = true) {
  clients(first: 2, filter: $filter, orderBy: $orderBy) { edges { node { id name @include(if: $with) } } } }"""


def plans_of(text: str) -> Plans:
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return Plans.of(make_schema(), operation)


def types_of_variables(text: str) -> VariableTypes:
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return VariableTypes.of(make_schema(), operation)


SAME = [
    ({"filter": {"name": "a"}}, {"filter": {"name": "b"}}),
    ({"filter": {"tier": ["GOLD"]}}, {"filter": {"tier": ["PLAIN", "GOLD"]}}),
    ({"filter": {"spentCents": {"gte": 1}}}, {"filter": {"spentCents": {"gte": 900}}}),
]
OTHER = [
    ({"filter": {"name": "a"}}, {"filter": {"name": None}}),
    ({"filter": {"name": "a"}}, {}),
    ({"with": True}, {"with": False}),
    ({"filter": {"hasScore": True}}, {"filter": {"hasScore": False}}),
    ({"filter": {"or": [{"name": "a"}]}}, {"filter": {"or": [{"name": "a"}, {"name": "a"}]}}),
    ({"orderBy": [{"by": "NAME"}]}, {"orderBy": [{"by": "SCORE"}]}),
    ({"orderBy": [{"by": "NAME"}]}, {"orderBy": [{"by": "NAME", "descending": True}]}),
    ({"filter": {"spentCents": {"gte": 1}}}, {"filter": {"spentCents": {"lt": 1}}}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_values_do_not_change_the_shape(one: dict, other: dict) -> None:
    types = types_of_variables(FILTERED)
    assert types.shape(one) == types.shape(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_decides_the_text_changes_the_shape(one: dict, other: dict) -> None:
    types = types_of_variables(FILTERED)
    assert types.shape(one) != types.shape(other)


def test_leaves_are_marked_with_the_way_to_them() -> None:
    types = types_of_variables(FILTERED)
    given = {"filter": {"or": [{"name": "x", "hasScore": True}], "tier": ["GOLD"]}}
    marked = types.marked(given)
    assert marked["filter"]["or"][0]["hasScore"] is True
    assert marked["filter"]["or"][0]["name"].read(given) == "x"
    assert marked["filter"]["tier"].read(given) == ["GOLD"]


def test_a_text_is_written_once_for_each_answer_of_a_fact() -> None:
    plans, written = plans_of("query ($name: String) { clients { edges { cursor } } }"), []

    def write(parameters: Parameters, marked: dict) -> object:
        name = Given(marked["name"], parameters)
        written.append(parameters.variables["name"])
        if name.fact(len) > 3 and name.fact(str.isdigit):
            return select(column("a") == name.bind(String()))
        return select(column("a"))

    for value in ("ab", "cd", "abcd", "efgh", "1234", "9876", "zz"):
        statement = plans.find("t", "view", {"name": value}, write)
        assert statement is not None
        assert statement.parameters({"name": value}, {}) == ([value] if value.isdigit() else [])
    assert written == ["ab", "abcd", "1234"]
    assert len(plans) == 3


def test_another_view_has_its_own_text() -> None:
    plans = plans_of("{ version }")
    for view in ("one", "other", "one"):
        plans.find("t", view, {}, lambda *_: select(column("a")))
    assert len(plans) == 2


def test_texts_do_not_grow_without_end() -> None:
    plans = plans_of("query ($with: Boolean) { version @include(if: $with) }")
    for n in range(MOST_STATEMENTS + 10):
        plans.find(n, "view", {}, lambda *_: select(column("a")))
    assert len(plans) <= MOST_STATEMENTS


NOT_COMPILED = {
    '{ artist(id: "Artist:1") { loud } }': "Artist.loud: the scalar Loud is serialised in Python",
    "{ version }": "Query.version is not read from tables",
    "{ __schema { queryType { name } } }": "Query.__schema is not read from tables",
}


@pytest.mark.parametrize("text", NOT_COMPILED)
def test_a_document_that_cannot_be_compiled_says_why(store: Store, text: str) -> None:
    _asked, document = store.document(text)
    with pytest.raises(NotCompilable) as reason:
        document.statement(PEOPLE["owner"].view, {})
    assert str(reason.value) == NOT_COMPILED[text]


def test_a_pair_of_types_that_does_not_fit_says_so(store: Store) -> None:
    from schema.engine.mapping import column as field

    compiler = compiler_of(with_field("Album", "isLive", field("title")))
    store = Store(store.pool, compiler)
    _asked, document = store.document('{ node(id: "Album:1") { ... on Album { isLive } } }')
    with pytest.raises(NotCompilable, match=r"Album\.isLive: Boolean made of SQL's String"):
        document.statement(PEOPLE["owner"].view, {})


def test_documents_are_compiled_for_the_views_that_are_known(store: Store) -> None:
    from dataclasses import replace

    views = tuple({person.view for person in PEOPLE.values()})
    compiler = replace(store.compiler, views=views)
    node = parse(
        """query ($id: ID!, $n: Int) {
             node(id: $id) { ... on Purchase { cents } } clients(first: $n) { edges { cursor } } }"""
    )
    operation = node.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    document = compiler.document(node, operation)
    assert len(document.plans) == len(views)
    assert all("purchases" in statement.text for _key, statement in document.plans.statements())
