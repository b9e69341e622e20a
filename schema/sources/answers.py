"""Feeds, descriptions and trials in the contract's types."""

import json
from collections.abc import Iterable
from typing import Any

import strawberry

from domain.feeds.adapters.parsing import read
from domain.feeds.list_states import ListRead
from domain.feeds.overview import AdapterRead, BasisRead, FeedRead, FileRead
from domain.feeds.states import BatchState, TrialState
from domain.shared.statements import Statement, statement_of
from schema.imports.types import ImportState
from schema.sources.types import (
    AdapterCheck,
    AdapterProblem,
    FeedAdapter,
    FeedBasis,
    FeedFile,
    FeedImport,
    FeedOverview,
    FeedTrial,
    SourceBasis,
    TrialAside,
    TrialCode,
    TrialFound,
    TrialRow,
)
from schema.words.wording import Language, word


def feed_of(found: FeedRead, language: Language) -> FeedOverview:
    return FeedOverview(
        feed=found.feed.name,
        is_optional=found.feed.is_optional,
        is_outside=found.feed.is_outside,
        is_held=found.is_held,
        is_by_party=found.feed.told_by is not None,
        state=found.arrival,
        data_date=found.data_date,
        due_at=found.due_at,
        files=[_file(one, language) for one in found.files],
        adapters=[adapter_of(one) for one in found.adapters],
        bases=[_basis(one) for one in found.bases],
        last_import=None if found.list_read is None else _import(found.list_read),
    )


def _import(found: ListRead) -> FeedImport:
    return FeedImport(
        id=strawberry.ID(f"Import:{found.id}"),
        state=ImportState(found.state.value),
        new_rows=found.new,
        changed_rows=found.changed,
        ended_rows=found.ended,
        refused_rows=found.refused,
        brought_at=found.brought_at,
    )


def _file(found: FileRead, language: Language) -> FeedFile:
    plain = {name: value for name, value in vars(found).items() if name not in ("id", "state", "reasons")}
    return FeedFile(
        **plain, state=BatchState(found.state), reasons=[word(one, language) for one in found.reasons]
    )


def adapter_of(found: AdapterRead) -> FeedAdapter:
    return FeedAdapter(**{**vars(found), "id": strawberry.ID(f"FeedAdapter:{found.id}")})


def _basis(found: BasisRead) -> FeedBasis:
    return FeedBasis(
        **{**vars(found), "id": strawberry.ID(f"Source:{found.id}"), "basis": SourceBasis(found.basis)}
    )


def check_of(text: str, language: Language) -> AdapterCheck:
    found = read(text)
    if isinstance(found, list):
        problems = [AdapterProblem(line=_line(one), message=word(one, language)) for one in found]
        return AdapterCheck(feed=None, source=None, from_on=None, columns=[], left_out=[], problems=problems)
    filled = {source.column for source in found.sources}
    names = [column.name for column in found.feed.columns]
    return AdapterCheck(
        feed=found.feed_name,
        source=found.source,
        from_on=found.from_on,
        columns=[name for name in names if name in filled],
        left_out=[name for name in names if name not in filled],
        problems=[],
    )


def _line(problem: Statement) -> int:
    line = problem.values.get("line", 0)
    return line if isinstance(line, int) else 0


def trial_of(row: tuple[Any, ...], language: Language) -> FeedTrial:
    """Of id, state, name of the file, what was found and a refusal, as the row keeps them."""
    trial_id, state, file_name, found, refusal = row
    said = statement_of(_json(refusal))
    return FeedTrial(
        id=strawberry.ID(f"FeedTrial:{trial_id}"),
        state=TrialState(state),
        file_name=file_name,
        found=None if found is None else _found(_json(found), language),
        refusal=None if said is None else word(said, language),
    )


def _json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept


def _found(kept: dict[str, Any], language: Language) -> TrialFound:
    def words(statements: Iterable[dict[str, Any]]) -> list[str]:
        return [word(said, language) for one in statements if (said := statement_of(one)) is not None]

    figures = ("rows", "loaded", "quarantined", "skipped", "amount_fen", "columns")
    return TrialFound(
        **{name: kept[name] for name in figures},
        first=[TrialRow(**one) for one in kept["first"]],
        aside=[
            TrialAside(line=one["line"], raw=one["raw"], reasons=words(one["reasons"]))
            for one in kept["aside"]
        ],
        unknown=[TrialCode(**one) for one in kept["unknown"]],
        notes=words(kept["notes"]),
        reasons=words(kept["reasons"]),
        refused=words(kept["refused"]),
    )
