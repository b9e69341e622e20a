"""Rules about a past day: what is kept with its days is asked as it was, and nothing else is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from domain.customers.fields import CUSTOMER
from domain.shared.rules.errors import RuleRefused
from domain.shared.rules.explaining import explained, read_explanation
from domain.shared.rules.finding import listed
from domain.shared.rules.past import of_a_past_day
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import rendered
from schema.rules.language import LANGUAGE
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

PAST = of_a_past_day(LANGUAGE)
CHANGED = date(2026, 11, 1)
"""The morning from which the customer was KEY, in the south, of the other manager."""


@pytest.fixture
def customer(bank: SmallBank) -> int:
    key = bank.customer(tier="KEY", grid_id=bank.south, owner_id=bank.manager_south)
    days = (date(2026, 1, 1), CHANGED), (CHANGED, date.max)
    for (from_on, to_on), tier, grid in zip(days, ("GENERAL", "KEY"), (bank.north, bank.south), strict=True):
        kept: dict[str, Any] = {"customer_id": key, "from_on": from_on, "to_on": to_on, "cause": "FILES"}
        insert(bank.connection, "customer_tiers", **kept, tier=tier)
        insert(bank.connection, "placements", **kept, grid_id=grid)
    bank.visit(key, bank.manager_a, "2026-10-10 09:00+08")
    bank.visit(key, bank.manager_a, "2026-11-10 09:00+08")
    bank.visit(key, bank.manager_a, "2026-11-15 09:00+08", outcome="NOT_FOUND")
    former: dict[str, Any] = {"customer_id": key, "recorded_for_id": key, "source": "旧系统"}
    insert(bank.connection, "old_visits", **former, number="1", kind="VISIT", made_on=date(2026, 9, 1))
    insert(bank.connection, "old_visits", **former, number="2", kind="FILE", made_on=date(2026, 9, 9))
    return key


def leaf(field: str, value: Any, operator: str = "eq") -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("rule", "first_holds"),
    [
        # The night of a data date prepares the morning after it.
        (leaf("tier", "KEY"), CHANGED - timedelta(1)),
        ({"not": leaf("tier", "GENERAL")}, CHANGED - timedelta(1)),
        (leaf("lastVisitOn", "2026-09-01"), date(2026, 9, 1)),
        (leaf("lastVisitOn", "2026-10-10"), date(2026, 10, 10)),
        (leaf("visitedHereOn", "2026-10-10"), date(2026, 10, 10)),
        (leaf("lastVisitOn", "2026-11-10"), date(2026, 11, 10)),
        (leaf("monthsSinceVisit", 1, "gte"), date(2026, 11, 9)),
    ],
    ids=str,
)
def test_the_day_from_which_it_held(
    customer: int, found: Callable[..., Any], rule: dict[str, Any], first_holds: date
) -> None:
    read = PAST.read(rule, CUSTOMER)
    assert found(listed(read, AsOf(first_holds), most=9)) == [(customer,)]
    assert found(listed(read, AsOf(first_holds - timedelta(1)), most=9)) == []


def test_a_past_leaf_says_where_it_was_kept(
    bank: SmallBank, customer: int, found: Callable[..., Any]
) -> None:
    rule = PAST.read({"any": [leaf("gridId", bank.north), leaf("tier", "KEY")]}, CUSTOMER)
    as_of = AsOf(date(2026, 6, 30))
    ((answer,),) = found(explained(rule, as_of, customer))
    grid, tier = read_explanation(rule, as_of, answer).leaves
    assert (grid.value, grid.source, grid.known_on, grid.holds) == (
        bank.north, "placements.grid_id", as_of.day, True,
    )  # fmt: skip
    assert (tier.value, tier.source, tier.holds) == ("GENERAL", "customer_tiers.tier", False)


@pytest.mark.parametrize("field", ["depositFen", "loanOverdueDays", "attritionBand", "due"])
def test_what_keeps_no_past_cannot_be_asked_of_it(field: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        PAST.read(leaf(field, True, "known"), CUSTOMER)
    assert refused.value.code == "RULE_UNKNOWN_FIELD"


def test_today_is_asked_of_the_wide_row(customer: int, found: Callable[..., Any]) -> None:
    read = LANGUAGE.read(leaf("tier", "KEY"), CUSTOMER)
    assert found(listed(read, AsOf(DATA_DATE), most=9)) == [(customer,)]
    assert "customer_tiers" not in rendered(listed(read, AsOf(DATA_DATE), most=9)).text
