"""The query counter: what is refused before validation, and that refusing is cheap."""

from time import perf_counter
from typing import Any

import pytest
from graphql import parse

from schema.engine.limits import LIMITS, TooExpensive, check


def nested(depth: int) -> str:
    return "{ customer(id: 1) " + "{ grid { parent " * (depth // 2) + "{ id }" + " } }" * (depth // 2) + " }"


def doubling(levels: int) -> str:
    fragments = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels))
    return f"{{ ...F0 }} {fragments} fragment F{levels} on Query {{ viewer {{ role }} }}"


REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "depth": (nested(12), {}),
    "depth by fragments": (
        "{ ...A } fragment A on Query { a { b { c { d { ...B } } } } }"
        " fragment B on X { e { f { g { h { i { j { k } } } } } } }",
        {},
    ),
    "aliases": ("{ " + " ".join(f"a{n}: viewer {{ role }}" for n in range(16)) + " }", {}),
    "root fields": ("{ " + " ".join("viewer { role }" for _ in range(21)) + " }", {}),
    "doubling fragments": (doubling(20), {}),
    "doubling in an unused fragment": (doubling(20).replace("{ ...F0 }", "{ viewer { role } }", 1), {}),
    "nodes by literals": (
        "{ customers(first: 200) { edges { node { visits(first: 200) { edges { cursor } } } } } }",
        {},
    ),
    "nodes by variables": (
        "query ($n: Int) { customers(first: $n) { edges { node { visits(first: $n) { edges { cursor } } } } } }",
        {"n": 100},
    ),
    "nodes by defaults": (
        "query ($n: Int = 100) { customers(first: $n) { edges { node { visits(first: $n) { edges { cursor } } } } } }",
        {},
    ),
    "nodes by default pages": (
        "{ customers(first: 200) { edges { node { visits { edges { cursor } } } } } }",
        {},
    ),
    "nodes by a huge literal": ("{ customers(first: 99999999999999999999) { edges { cursor } } }", {}),
    "directives": ("{ viewer " + "@include(if: true) " * 51 + "{ role } }", {}),
    "operations": (" ".join(f"query Q{n} {{ viewer {{ role }} }}" for n in range(21)), {}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_too_much_is_refused(name: str) -> None:
    text, variables = REFUSED[name]
    document = parse(text)
    began = perf_counter()
    with pytest.raises(TooExpensive) as refusal:
        check(document, variables)
    assert refusal.value.extensions == {"code": "QUERY_TOO_EXPENSIVE"}
    # The attack grows with 2 to the twentieth; the counter must not.
    assert perf_counter() - began < 2


def test_a_cycle_of_fragments_ends() -> None:
    check(parse("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A viewer { role } }"), {})


@pytest.mark.parametrize(
    "text",
    [
        nested(8),
        "{ customers(first: 200) { edges { node { id grid { parent { name } } } } } }",
        "{ customers(first: 20) { edges { node { visits(first: 50) { edges { node { id } } } } } } }",
        doubling(4),
        "{ " + " ".join(f"a{n}: viewer {{ role }}" for n in range(LIMITS.aliases)) + " }",
    ],
)
def test_what_a_page_needs_passes(text: str) -> None:
    check(parse(text), {})
