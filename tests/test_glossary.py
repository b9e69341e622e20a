"""One thing has one name: what the contract and the tables call things is in the glossary, with its Chinese word."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)
from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (the three register the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401

ROOT = Path(__file__).parent.parent
PLUMBING = re.compile(r"(Connection|Edge|Success|Result|Input|Info)$")
FORMATS = (ROOT / "docs" / "formats.md").read_text()
OPERATIONS = {"Query", "Mutation"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| English")
]


def words(name: str) -> list[str]:
    """`CustomerOrderField`, `org_units` and `Org unit` alike: lower-case words, singular."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return [singular(word) for word in re.findall(r"[a-z0-9]+", spaced.lower())]


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


TERMS = {tuple(words(term)) for row in ROWS for term in re.split(r"[,(/)]", row[0]) if term.strip()}


def names_of_the_contract() -> list[str]:
    built = build_schema((ROOT / "schema" / "schema.graphql").read_text())
    named = (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType, GraphQLEnumType)
    return sorted(
        name
        for name, kind in built.type_map.items()
        if isinstance(kind, named)
        and not name.startswith("__")
        and name not in OPERATIONS
        and not PLUMBING.search(name)
    )


@pytest.mark.parametrize("name", names_of_the_contract())
def test_every_type_of_the_contract_is_named(name: str) -> None:
    assert tuple(words(name)) in TERMS, f"add {name} to docs/glossary.md"


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_table_is_named(name: str) -> None:
    if name.startswith("src_"):
        assert f"`{name.removeprefix('src_')}`" in FORMATS, f"describe the feed of {name} in docs/formats.md"
    else:
        assert tuple(words(name)) in TERMS, f"add {name} to docs/glossary.md"


def test_every_term_has_a_chinese_word_and_a_meaning() -> None:
    assert len(ROWS) > 80
    for term, chinese, meaning in ROWS:
        assert re.search(r"[\u3400-\u9fff]|WGS84", chinese), term
        assert meaning, term


def test_terms_stand_in_order_and_once() -> None:
    keys = [row[0].lower() for row in ROWS]
    assert keys == sorted(set(keys))
