"""Parameters: what may stand, and what holds on which day."""

from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.shared.parameters import (
    Parameter,
    ParameterNotFound,
    ParameterNotValid,
    ParameterType,
    defaults_of,
    named,
    parameters_in_force,
    parameters_on,
)
from ml.parameters import ATTRITION_BAND_SHARES_BPS
from schema.parameters.declared import PARAMETERS
from tests.domain.small_bank import SmallBank, insert

STOPS = Parameter("tests.stops", ParameterType.INTEGER, 12, "CUSTOMERS", ("walks",), lowest=1, highest=40)
KINDS = Parameter("tests.kinds", ParameterType.LIST, ["A"], "", (), allowed=("A", "B"))
NOTE = Parameter("tests.note", ParameterType.TEXT, "无", "", ())
ANY_RULE = Parameter("tests.rule", ParameterType.RULE, {"all": []}, "", ())


@pytest.mark.parametrize(
    ("parameter", "value", "is_valid"),
    [
        (STOPS, 1, True),
        (STOPS, 40, True),
        (STOPS, 0, False),
        (STOPS, 41, False),
        (STOPS, True, False),
        (STOPS, 3.0, False),
        (STOPS, "3", False),
        (STOPS, None, False),
        (KINDS, ["B", "A"], True),
        (KINDS, [], False),
        (KINDS, ["C"], False),
        (KINDS, "A", False),
        (NOTE, "有", True),
        (NOTE, "", False),
        (NOTE, "长" * 501, False),
        (ANY_RULE, {"any": []}, True),
        (ANY_RULE, [], False),
        (ATTRITION_BAND_SHARES_BPS, [4_000, 7_500, 9_000, 9_700], True),
        (ATTRITION_BAND_SHARES_BPS, [4_000, 7_500, 9_000], False),
        (ATTRITION_BAND_SHARES_BPS, [4_000, 4_000, 9_000, 9_700], False),
        (ATTRITION_BAND_SHARES_BPS, [4_005, 7_500, 9_000, 9_700], False),
        (ATTRITION_BAND_SHARES_BPS, [0, 7_500, 9_000, 9_700], False),
    ],
)
def test_what_may_stand(parameter: Parameter[Any], value: Any, is_valid: bool) -> None:
    if is_valid:
        parameter.check(value)
    else:
        with pytest.raises(ParameterNotValid):
            parameter.check(value)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.name)
def test_every_default_may_stand_and_every_parameter_says_who_reads_it(parameter: Parameter[Any]) -> None:
    parameter.check(parameter.default)
    assert parameter.readers
    assert parameter.name.count(".") == 1


def test_a_name_is_declared_once() -> None:
    assert len(defaults_of(PARAMETERS)) == len(PARAMETERS) > 0
    with pytest.raises(ValueError, match=r"tests\.stops"):
        defaults_of((STOPS, STOPS))
    assert named(PARAMETERS, "tasks.walk_stops").default == 12
    with pytest.raises(ParameterNotFound):
        named(PARAMETERS, "tasks.walk_stop")


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def decided(bank: SmallBank, name: str, value: Any, from_on: str, to_on: str | None = None) -> None:
    """A version as two persons left it behind."""
    proposal = insert(
        bank.connection,
        "proposals",
        kind="parameter",
        subject=f"Parameter:{name}",
        before=Jsonb({}),
        after=Jsonb({}),
        reason="试",
        proposed_by_id=bank.head_of_a,
        until="2027-01-01",
        state="APPLIED",
        decided_by_id=bank.head_of_b,
    )
    insert(
        bank.connection,
        "parameter_versions",
        name=name,
        value=Jsonb(value),
        from_on=from_on,
        to_on=to_on,
        reason="试",
        decided_by_id=bank.head_of_b,
        proposal_id=proposal,
    )


def test_the_value_of_a_day_is_that_of_the_version_which_began_last(bank: SmallBank) -> None:
    decided(bank, STOPS.name, 10, "2026-03-01")
    decided(bank, STOPS.name, 20, "2026-05-01", "2026-06-01")
    decided(bank, STOPS.name, 15, "2026-04-01")
    decided(bank, STOPS.name, 30, "2026-07-01")
    decided(bank, STOPS.name, 31, "2026-07-01")
    decided(bank, STOPS.name, 40, "2026-08-01")
    decided(bank, STOPS.name, 39, "2026-08-01", "2026-08-02")
    expected = {
        date(2026, 2, 28): 12,
        date(2026, 3, 1): 10,
        date(2026, 4, 1): 15,
        date(2026, 5, 31): 20,
        date(2026, 6, 1): 15,
        date(2026, 7, 1): 31,
        date(2026, 8, 1): 39,
        date(2026, 8, 2): 31,
    }
    for day, value in expected.items():
        values = parameters_on(bank.connection, day, [STOPS, KINDS])
        assert (day, STOPS.of(values), KINDS.of(values)) == (day, value, ["A"])


def test_between_two_nights_the_data_date_in_force_decides(bank: SmallBank) -> None:
    decided(bank, STOPS.name, 10, "2026-11-21")
    assert STOPS.of(parameters_in_force(bank.connection, [STOPS])) == 12, "before the first night"
    for day, stops in (("2026-11-20", 12), ("2026-11-21", 10)):
        bank.connection.execute("delete from settings where name = 'data_date'")
        insert(bank.connection, "settings", name="data_date", value=Jsonb(day))
        assert STOPS.of(parameters_in_force(bank.connection, [STOPS])) == stops


def test_a_version_is_never_changed(bank: SmallBank) -> None:
    decided(bank, STOPS.name, 10, "2026-03-01")
    for statement in ("update parameter_versions set value = '11'", "delete from parameter_versions"):
        with pytest.raises(psycopg.errors.RaiseException), bank.connection.transaction():
            bank.connection.execute(statement)


def test_no_row_of_a_proposal_has_one_person_on_both_sides(bank: SmallBank) -> None:
    decided(bank, STOPS.name, 10, "2026-03-01")
    for wrong in (
        "update proposals set decided_by_id = proposed_by_id",
        "update proposals set decided_by_id = null",
        "update proposals set state = 'OPEN'",
    ):
        with pytest.raises(psycopg.errors.CheckViolation), bank.connection.transaction():
            bank.connection.execute(wrong)
