"""Every table that carries a customer says what a merge and a cut do to its rows."""

import re

import pytest
from sqlmodel import SQLModel

import ml.tables  # noqa: F401
from domain.shared.followers import Follower, Follows
from domain.shared.rooms import Room, followers_of
from schema.house import ROOMS


def carries(table: str) -> set[str]:
    """Columns that hold a customer, by their names: the one way we name them. The other one of a pair is a customer
    where the one is."""
    columns = SQLModel.metadata.tables[table].columns.keys()
    named = {name for name in columns if re.search(r"(^|_)customer_id$|_for_id$", name)}
    named |= {"other_id"} & set(columns) if "customer_id" in named else set()
    return named | ({"id"} if table == "customers" else set())


def test_every_table_with_a_customer_is_named_once() -> None:
    carrying = {table: carries(table) for table in SQLModel.metadata.tables if carries(table)}
    said = {
        follower.table: {*follower.columns, *([follower.record] if follower.record else [])}
        for follower in followers_of(ROOMS)
    }
    assert said == carrying


def test_records_are_named_by_columns_that_exist() -> None:
    for follower in followers_of(ROOMS):
        if follower.record is not None:
            assert follower.record in SQLModel.metadata.tables[follower.table].columns


def test_a_table_of_two_rooms_is_refused() -> None:
    again = Room("again", followers=(Follower("visits", Follows.GONE),))
    with pytest.raises(ValueError, match="visits"):
        followers_of((*ROOMS, again))


def test_who_follows_a_record_names_it() -> None:
    with pytest.raises(ValueError, match="record"):
        Follower("visits", Follows.RECORD)
