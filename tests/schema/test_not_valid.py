"""What GraphQL finds wrong is told by a code of ours and a name, never by what was sent."""

from typing import Any

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse, specified_rules

from schema.not_valid import _OF_RULES, MOST_TOLD, NotValid, check_document, unreadable, wrong_variables
from schema.refusals import words_of
from schema.root import CONTRACT
from schema.words.wording import Language

SCHEMA = CONTRACT.graphql
BROKEN = {
    "FIELD_UNKNOWN": "{ viewer { roel } }",
    "ARGUMENT_UNKNOWN": "{ grids(levle: SMALL) { id } }",
    "TYPE_UNKNOWN": "query($a: Tiger) { viewer { role } }",
    "FRAGMENT_UNKNOWN": "{ viewer { ...Roel } }",
    "DIRECTIVE_UNKNOWN": "{ viewer @nowhere { role } }",
    "ARGUMENT_MISSING": "{ node { id } }",
    "VARIABLE_UNKNOWN": "query { node(id: $id) { id } }",
    "VARIABLE_UNUSED": "query($id: ID) { viewer { role } }",
    "FRAGMENT_UNUSED": "{ viewer { role } } fragment Left on Viewer { role }",
    "VARIABLE_OF_ANOTHER_TYPE": "query($id: Int!) { node(id: $id) { id } }",
    "SELECTION_NOT_FITTING": "{ viewer }",
    "VALUE_NOT_FITTING": '{ grids(level: "13800001001") { id } }',
    "FIELDS_IN_CONFLICT": "{ one: node(id: 1) { id } one: node(id: 2) { id } }",
    "DOCUMENT_NOT_VALID": "query A { viewer { role } } query A { viewer { role } }",
}


def wrong(text: str) -> list[Any]:
    with pytest.raises(NotValid) as caught:
        check_document(SCHEMA, parse(text))
    return caught.value.errors


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_broken_rule_has_its_sentence(sentence: str) -> None:
    error = next(one for one in wrong(BROKEN[sentence]) if one.complaint.sentence == sentence)
    assert error.extensions == {"code": "DOCUMENT_NOT_VALID"}
    assert error.formatted["locations"]
    for language in Language:
        assert "{" not in words_of(error, language)
        assert "13800001001" not in words_of(error, language)


def test_every_rule_that_has_a_sentence_is_one_of_graphql() -> None:
    assert set(_OF_RULES) <= {rule.__name__ for rule in specified_rules}
    assert {one.sentence for one in _OF_RULES.values()} == BROKEN.keys() - {"DOCUMENT_NOT_VALID"}


def test_a_few_are_told_and_names_are_cut() -> None:
    many = wrong("{ viewer { " + " ".join(f"no{n}" + "x" * 500 for n in range(50)) + " } }")
    assert len(many) == MOST_TOLD
    assert all(len(words_of(one, Language.ENGLISH)) < 200 for one in many)


def test_what_is_no_graphql_is_told_by_its_place() -> None:
    with pytest.raises(GraphQLError) as caught:
        parse("{ viewer {\n  13800001001")
    (error,) = unreadable(caught.value).errors
    assert error.extensions == {"code": "DOCUMENT_NOT_READABLE"}
    assert error.values["line"] == 2


def test_a_variable_is_told_by_its_place_and_its_type() -> None:
    node = parse("mutation($input: RecordVisitInput!) { recordVisit(input: $input) { __typename } }")
    (operation,) = node.definitions
    assert isinstance(operation, OperationDefinitionNode)
    told = wrong_variables(SCHEMA, operation, {"input": {"startedAt": "yesterday", "tiger": 13800001001}})
    said = [words_of(one, Language.ENGLISH) for one in told]
    assert any("$input.startedAt” should be an instant" in one for one in said)
    assert len(told) <= MOST_TOLD
    assert "13800001001" not in str(said)
    assert wrong_variables(SCHEMA, operation, {}) != []
