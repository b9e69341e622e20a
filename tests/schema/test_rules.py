"""What may be asked in rules, and one rule explained for one customer: in scope, masked, refused with a place."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import ColumnElement, FromClause

from domain.customers.fields import CUSTOMER
from domain.customers.scope import customer_scope
from domain.shared.row_scope import scope_values, within
from domain.shared.rules.fields import FieldType, Operator
from domain.shared.rules.finding import counted, listed
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import rendered
from schema.rules.language import LANGUAGE, SUBJECTS
from schema.rules.types import RuleFieldType, RuleOperator, RuleSubject
from tests.schema.bank import DATA_DATE, Bank
from tests.schema.conftest import Ask

EXPLAIN = """
query ($customer: ID!, $rule: Rule!) {
  explainRule(customerId: $customer, rule: $rule) {
    dataDate holds
    leaves { path field operator wanted { text number fen date flag } parameter value { text number fen date flag }
             source knownOn holds }
  }
}
"""
RULE = {
    "all": [
        {"field": "depositFen", "operator": "gte", "value": {"parameter": "products.key_deposit_fen"}},
        {"not": {"field": "lastVisitOn", "operator": "gte", "value": {"months": -1}}},
        {"some": "loans", "where": {"field": "balanceFen", "operator": "gt", "value": 0}},
    ]
}


def only(**given: Any) -> dict[str, Any]:
    return {"text": None, "number": None, "fen": None, "date": None, "flag": None, **given}


def test_the_contracts_enums_are_the_languages() -> None:
    assert [one.value for one in RuleOperator] == [one.value for one in Operator]
    assert [one.value for one in RuleFieldType] == [one.value for one in FieldType]
    assert [one.value for one in RuleSubject] == [one.name for one in SUBJECTS]


async def test_what_may_be_asked(ask: Ask) -> None:
    document = (
        "query ($of: RuleSubject!) { ruleFields(subject: $of) { name code type operators values level } }"
    )
    fields = {one["name"]: one for one in (await ask.data("a1", document, of="CUSTOMER"))["ruleFields"]}
    assert fields["tier"] == {
        "name": "tier",
        "code": "customer.tier",
        "type": "TEXT",
        "operators": ["eq", "in", "known"],
        "values": ["KEY", "GENERAL"],
        "level": "C1",
    }
    assert fields["depositFen"]["level"] == "C2"
    assert fields["phone"]["operators"] == ["known"]
    loans = [one["name"] for one in (await ask.data("a1", document, of="LOAN"))["ruleFields"]]
    assert "overdueDays" in loans
    assert "tier" not in loans


async def test_a_rule_is_explained_in_one_statement_besides_the_day(ask: Ask) -> None:
    rich = (await ask.data("a1", "{ customers(first: 1, orderBy: {by: DEPOSIT, descending: true}) { edges { node {"
                           " id depositFen lastVisitOn loans { balanceFen } } } } }"))  # fmt: skip
    customer = rich["customers"]["edges"][0]["node"]
    ask.statements.clear()
    found = (await ask.data("a1", EXPLAIN, customer=customer["id"], rule=RULE))["explainRule"]
    assert len(ask.statements) == 2
    deposit, visit, loans = found["leaves"]
    assert found["dataDate"] == "2026-11-20"
    assert (deposit["path"], deposit["field"], deposit["operator"]) == ("all.0", "depositFen", "gte")
    assert deposit["wanted"] == [only(fen=20_000_000)]
    assert deposit["parameter"] == "products.key_deposit_fen"
    assert deposit["value"] == only(fen=customer["depositFen"])
    assert (deposit["source"], deposit["knownOn"]) == ("customers.deposit_fen", "2026-11-20")
    assert deposit["holds"] is (customer["depositFen"] >= 20_000_000)
    assert (visit["path"], visit["wanted"]) == ("all.1.not", [only(date="2026-10-20")])
    assert visit["value"] == (customer["lastVisitOn"] and only(date=customer["lastVisitOn"]))
    owing = sum(one["balanceFen"] > 0 for one in customer["loans"])
    assert (loans["field"], loans["operator"], loans["value"]) == ("loans", None, only(number=owing))
    assert found["holds"] is (deposit["holds"] and not visit["holds"] and loans["holds"])


async def test_a_masked_value_stays_masked(ask: Ask) -> None:
    rule = {"field": "phone", "operator": "known", "value": True}
    customer = f"Customer:{ask.bank.customers['g1'][1]}"
    (manager,) = (await ask.data("a1", EXPLAIN, customer=customer, rule=rule))["explainRule"]["leaves"]
    (head,) = (await ask.data("head", EXPLAIN, customer=customer, rule=rule))["explainRule"]["leaves"]
    assert manager["holds"]
    assert head["holds"]
    assert "*" not in manager["value"]["text"]
    assert head["value"]["text"][3:7] == "****"


@pytest.mark.parametrize("who", ["a1", "outlet_a", "head"])
async def test_a_rule_is_counted_and_listed_within_a_scope(
    ask: Ask, small_bank: tuple[str, Bank], who: str
) -> None:
    """In a session of the API and over a worker's connection alike, as many as the list has with the same filter."""
    actor = ask.bank.actor(who)
    rule = LANGUAGE.read({"field": "depositFen", "operator": "gte", "value": 20_000_000}, CUSTOMER)
    as_of = AsOf(DATA_DATE)
    document = "{ customers(filter: {depositFen: {gte: 20000000}}) { totalCount { value } } }"
    expected = (await ask.data(who, document))["customers"]["totalCount"]["value"]

    def seen(row: FromClause) -> ColumnElement[bool]:
        return within(row, customer_scope(actor.scope.form))

    async with ask.engine.connect() as session:
        assert await session.scalar(counted(rule, as_of, seen), scope_values(actor)) == expected > 0
        first = (await session.scalars(listed(rule, as_of, seen, most=3), scope_values(actor))).all()
        rest = listed(rule, as_of, seen, most=1000, after=first[-1])
        others = (await session.scalars(rest, scope_values(actor))).all()
    assert [*first, *others] == sorted({*first, *others})
    assert len(first) + len(others) == expected
    part = rendered(counted(rule, as_of, seen), scope_values(actor))
    with psycopg.connect(small_bank[0]) as worker:
        assert worker.execute(part.text.encode(), part.parameters).fetchone() == (expected,)


@pytest.mark.parametrize("customer", ["Customer:999999", "Grid:1", "nonsense"])
async def test_outside_the_scope_there_is_nothing(ask: Ask, customer: str) -> None:
    assert (await ask.data("a1", EXPLAIN, customer=customer, rule=RULE))["explainRule"] is None
    others = f"Customer:{ask.bank.customers['g3'][0]}"
    assert (await ask.data("a1", EXPLAIN, customer=others, rule=RULE))["explainRule"] is None


async def test_what_is_no_rule_is_refused_with_its_place(ask: Ask) -> None:
    customer = f"Customer:{ask.bank.customers['g1'][0]}"
    wrong = {"not": {"field": "certificate", "operator": "eq", "value": "1"}}
    result = await ask("a1", EXPLAIN, customer=customer, rule=wrong)
    assert result.errors is not None
    assert result.errors[0].extensions == {"code": "RULE_UNKNOWN_FIELD", "rulePath": "not"}
