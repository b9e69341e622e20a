"""What scope and masking cost: an outlet manager's page beside the same rows by a literal filter, unmasked."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from sqlalchemy import literal_column

from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask
from schema.engine.compiled.document import Compiler
from schema.engine.mapping import Page, TypeMap, Types
from schema.root import COMPILER, TYPES
from schema.view import View, guard
from tests.bench.figures import Figure, at_most
from tests.bench.reading.documents import LIST, WIDE
from tests.bench.reading.in_process import Reader, Rounds, compiled, known, page_of, reading, take_rounds

ACCOUNT = "outlet1"
READS = {"list of 50": LIST, "500 × 12": WIDE}
SCOPED, LITERAL = "scope and masking", "literal, unmasked"
EVERYTHING_IN_FULL = View(ScopeForm.BANK, Mask.FULL_OWN)
"""Nobody's view: the whole bank, masked as a customer manager sees it, who sees all fields of these documents."""


def figures(database_url: str, rounds: int, seconds: float) -> list[Figure]:
    return list(_figures(asyncio.run(_measured(database_url, rounds, seconds))))


def _figures(measured: dict[str, Rounds]) -> Iterator[Figure]:
    for name, found in measured.items():
        yield at_most(
            f"{name}: an outlet's scope and masking / the same rows by a literal, unmasked",
            found.ratio(SCOPED, LITERAL), "×", 1.25,
        )  # fmt: skip
        yield Figure(f"{name}: with scope and masking, in the process", found.processor_ms(SCOPED), "ms")


async def _measured(database_url: str, rounds: int, seconds: float) -> dict[str, Rounds]:
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(reading(database_url)) for _ in range(2)]
        who = await known(one, ACCOUNT)
        assert who.actor is not None
        unscoped = _unscoped(who.view, who.actor.org_unit_id)
        found = {}
        for name, text in READS.items():
            scoped = Reader(one, compiled(text), who.view, who.values)
            scoped = replace(scoped, requests=await scoped.full_pages())
            literal = replace(
                scoped, connection=other, document=compiled(text, unscoped), view=EVERYTHING_IN_FULL
            )
            await _check_same_rows(name, scoped, literal)
            found[name] = await take_rounds(name, {SCOPED: scoped, LITERAL: literal}, rounds, seconds)
    return found


def _unscoped(view: View, org_unit_id: int) -> Compiler:
    """Compiles for the rows of one outlet by a constant in the text, under the guard of the view beside it."""
    query = TYPES["Query"]
    assert isinstance(query, TypeMap)
    customers = query.fields["customers"]
    assert isinstance(customers, Page)

    def of_the_outlet(_root: Any, customer: Any, _arguments: Any) -> Any:
        return customer.c.org_unit_id == literal_column(f"{org_unit_id}::bigint")

    fields = {**query.fields, "customers": replace(customers, on=of_the_outlet)}
    types: Types = {**TYPES, "Query": replace(query, fields=fields)}
    return replace(COMPILER, types=types, guard=lambda _view: guard(view), views=())


async def _check_same_rows(name: str, one: Reader, other: Reader) -> None:
    for left, right in zip(await one.read_all(), await other.read_all(), strict=True):
        if _ids(left) != _ids(right):
            raise SystemExit(f"{name}: scope and literal filter give different rows.")


def _ids(answer: bytes) -> list[str]:
    return [edge["node"]["id"] for edge in page_of(answer)["edges"]]
