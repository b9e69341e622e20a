"""Documents that nobody wrote, asked both ways; and the faults that this has to find."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from schema.engine.compiled import leaves, pages, writer
from schema.engine.mapping import Types, Value
from tests.schema.both_ways import Different
from tests.schema.documents import World, documents
from tests.schema.engine import store_mapping
from tests.schema.engine.conftest import Store, compiler_of
from tests.schema.engine.store import AWKWARD, PEOPLE

SEED = int(os.environ.get("YUNGE_SEED", random.randrange(2**32)))
DOCUMENTS = 100
IDS = [
    *(f"Artist:{n}" for n in (1, 3, 7, 8, 99)),
    *(f"Album:{n}" for n in (1, 4, 13, 19, 24)),
    *(f"Client:{n}" for n in (1, 2, 7, 40, 120)),
    "Purchase:0e2ab0f0-0000-5000-8000-000000000000",
    "Nothing:1",
    "",
]
CURSORS = [
    "WyJrZXkrIiwgMTBd",
    "WyJrZXkrIiwgMl0=",
    "WyJTUEVOVCsiLCAzNywgMV0=",
    "WyJTQ09SRS0iLCBudWxsLCA3XQ==",
    "x",
]


def world_of(store: Store, roots: tuple[str, ...]) -> World:
    scalars = {"Cents": st.integers(-1, 1000), "Date": st.just("2001-02-03")}
    loud = frozenset({("Artist", "loud")})
    return World(store.compiler.schema, store.compiler.types, IDS, AWKWARD, scalars, CURSORS, loud, roots)


@contextmanager
def opened(address: str, types: Types) -> Iterator[tuple[Store, Callable[[Any], Any]]]:
    """A store on one connection and a way to run its coroutines: hypothesis draws in plain functions."""

    async def open_pool() -> Any:
        return await asyncpg.create_pool(address, min_size=1, max_size=3)

    with asyncio.Runner() as runner:
        pool = runner.run(open_pool())
        try:
            yield Store(pool, compiler_of(types)), runner.run
        finally:
            runner.run(pool.close())


def ask(
    address: str,
    types: Types,
    people: list[str],
    *,
    count: int,
    seeded: int = SEED,
    is_shrunk: bool = True,
    roots: tuple[str, ...] = (),
) -> None:
    """Raises Different for the smallest document on which the executors do not agree."""
    with opened(address, types) as (store, run):

        @seed(seeded)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if is_shrunk else (Phase.generate,),
        )
        @given(documents(world_of(store, roots)), st.sampled_from(people))
        def agree(drawn: tuple[str, dict[str, Any]], who: str) -> None:
            text, variables = drawn
            note(f"YUNGE_SEED={seeded} as {who}")
            run(store.both(who, text, **variables))

        agree()


@pytest.mark.parametrize("who", ["owner", "seller"])
def test_random_documents_are_answered_alike(store_address: str, who: str) -> None:
    print(f"YUNGE_SEED={SEED}")
    ask(store_address, store_mapping.TYPES, [who], count=DOCUMENTS)


@pytest.mark.slow("documents")
def test_many_random_documents_are_answered_alike(store_address: str) -> None:
    print(f"YUNGE_SEED={SEED}")
    ask(store_address, store_mapping.TYPES, list(PEOPLE), count=2_000)


def dropped_predicate(monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import true

    monkeypatch.setattr(writer, "within", lambda _row, _scope: true())


def wrong_null(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "NULL", '""')
    monkeypatch.setattr(writer, "NULL", "{}")


def unmasked_field(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = writer.Source.leaf
    bare = store_mapping.View("all")

    def leaf(self: Any, value: Value, _view: Any) -> Any:
        return seen(self, value, bare)

    monkeypatch.setattr(writer.Source, "leaf", leaf)


def lost_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "aggregate_order_by", lambda separator, *_order: separator)
    by = pages.PageText._by
    monkeypatch.setattr(pages.PageText, "_by", lambda self, row: by(self, row)[-1:])


def page_off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    paged = pages.paging_of

    def one_too_many(arguments: Any) -> Any:
        from dataclasses import replace

        paging = paged(arguments)
        return replace(paging, size=paging.size + 1)

    monkeypatch.setattr(pages, "paging_of", one_too_many)


def lost_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import true

    monkeypatch.setattr(pages, "condition", lambda *_: true())


FAULTS = {
    dropped_predicate: "seller",
    wrong_null: "owner",
    unmasked_field: "auditor",
    lost_order: "owner",
    page_off_by_one: "owner",
    lost_condition: "owner",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_put_in_on_purpose_is_found(
    store_address: str, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """A comparison that cannot fail proves nothing."""
    fault(monkeypatch)
    with pytest.raises(Different):
        ask(
            store_address,
            store_mapping.TYPES,
            [FAULTS[fault]],
            count=1_000,
            seeded=1,
            is_shrunk=False,
            roots=("clients", "artists", "node"),
        )
