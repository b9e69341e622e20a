"""Batches and night runs."""

from datetime import date

import strawberry
from strawberry import UNSET

from domain.shared.permissions import VIEW_NIGHTS
from schema.lists import read_by_the_engine
from schema.nights.types import BatchConnection, NightRunConnection
from schema.permissions import read


@strawberry.type
class NightQueries:
    @read(VIEW_NIGHTS, "批次, the latest first.")
    def batches(
        self, first: int | None = UNSET, after: str | None = UNSET, data_date: date | None = UNSET
    ) -> BatchConnection:
        read_by_the_engine(first, after, data_date)

    @read(VIEW_NIGHTS, "留待: batches that wait for a person's word, or have it and wait for a night.")
    def held_batches(self, first: int | None = UNSET, after: str | None = UNSET) -> BatchConnection:
        read_by_the_engine(first, after)

    @read(VIEW_NIGHTS, "Night runs, the latest first.")
    def night_runs(self, first: int | None = UNSET, after: str | None = UNSET) -> NightRunConnection:
        read_by_the_engine(first, after)
