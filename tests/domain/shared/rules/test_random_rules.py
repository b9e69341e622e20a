"""Random rules: the SQL finds whom a slow plain evaluation finds, and explains what it found."""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from domain.customers.fact_fields import FACT_FIELDS
from domain.customers.fields import CUSTOMER, KINDS, STATUSES
from domain.products.fields import LOAN, TIERS
from domain.shared.rules.explaining import explained, read_explanation
from domain.shared.rules.fields import Field, FieldType, Operator, Subject
from domain.shared.rules.finding import counted, listed
from domain.shared.rules.predicate import AsOf, holds
from domain.shared.rules.rendering import rendered_part
from domain.shared.rules.tree import Rule
from schema.rules.language import LANGUAGE
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

RULES = 250
CUSTOMERS = 60
PARAMETERS: dict[str, Any] = {
    "text": "F", "texts": ["KEY", "F51", "DEAD"], "integer": 3, "integers": [1, 5], "number": 0.5, "fen": 20_000_000,
    "date": "2026-11-01", "flag": True, "key": 1, "keys": [1, 2],
}  # fmt: skip
ONE_IN = 4
MONTH_ENDS = [
    date(2025, 10, 31), date(2025, 11, 30), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30),
    date(2026, 10, 31),
]  # fmt: skip
"""Of the thirteen, those at which somebody has something."""
SINCE = {"deposit_fen": "2025-10-31", "loan_fen": "2026-07-31", "pos_volume_fen": "2025-12-05"}
"""Loans came with August's files, merchants in December."""


UNTOLD = dict.fromkeys(one.name for one in LANGUAGE.askable(LOAN))


def day(dice: random.Random, back: int = 300, ahead: int = 40) -> date:
    return DATA_DATE + timedelta(dice.randrange(-back, ahead))


def some_of(dice: random.Random, make: Callable[[], Any]) -> Any:
    return None if dice.randrange(ONE_IN) == 0 else make()


def fill(bank: SmallBank, dice: random.Random) -> list[dict[str, Any]]:
    """Customers as the rules see them: by the names of fields, with their loans."""
    people = []
    insert(bank.connection, "settings", name="month_ends_since", value=json.dumps(SINCE))
    for _ in range(CUSTOMERS):
        row = {
            "kind": dice.choice(KINDS),
            "tier": dice.choice(TIERS),
            "status": dice.choice(STATUSES),
            "industry": some_of(dice, lambda: dice.choice(["F51", "F52", "A01", "F"])),
            "phone": some_of(dice, lambda: "13800001001"),
            "lon_deg_wgs84": some_of(dice, lambda: 119.8),
            "grid_id": some_of(dice, lambda: dice.choice([1, 2, 3])),
            "org_unit_id": dice.choice([1, 2]),
            "owner_id": some_of(dice, lambda: dice.choice([1, 2])),
            "deposit_fen": dice.choice([0, 19_999_999, 20_000_000, 30_000_000]),
            "loan_fen": dice.choice([0, 0, 20_000_000]),
            "line_fen": dice.choice([0, 20_000_000]),
            "attrition_score": some_of(dice, lambda: dice.choice([0.25, 0.5, 0.75])),
            "attrition_band": some_of(dice, lambda: dice.choice([1, 3, 5])),
            "last_visit_on": some_of(dice, lambda: day(dice)),
            "visited_here_on": some_of(dice, lambda: day(dice)),
            "due_on": some_of(dice, lambda: day(dice)),
        }
        key = bank.customer(**row)
        loans = [loan(dice) for _ in range(dice.choice([0, 0, 1, 2]))]
        for number, one in enumerate(loans):
            insert(bank.connection, "loans", customer_id=key, number=f"{key}-{number}", **one)
        is_due = dice.randrange(2) == 0
        if is_due:
            insert(bank.connection, "due_visits", customer_id=key, reason="CADENCE", due_on=DATA_DATE,
                   priority=1, **due_words(bank))  # fmt: skip
        months = month_ends(bank, dice, key)
        agreed = {"agreedOn": agreed_on(visits(bank, dice, key))}
        people.append(known(key, row, loans, is_due) | of_month_ends(months) | agreed)
    return people


def visits(bank: SmallBank, dice: random.Random, key: int) -> list[tuple[str, date | None]]:
    """Outcome and next date of a customer's visits, one a day."""
    made = []
    for number in range(dice.choice([0, 1, 2, 3])):
        outcome = dice.choice(["NOT_FOUND", "NOT_FOUND", "INTERESTED", "FOLLOW_UP"])
        next_on = some_of(dice, lambda: day(dice)) if dice.randrange(2) else None
        at = f"2026-11-{10 + number} 09:00+08"
        bank.visit(key, bank.manager_a, at, outcome, None if next_on is None else str(next_on))
        made.append((outcome, next_on))
    return made


def agreed_on(made: list[tuple[str, date | None]]) -> date | None:
    agreed = None
    for outcome, next_on in made:
        if outcome != "NOT_FOUND" or next_on is not None:
            agreed = next_on
    return agreed


def month_ends(bank: SmallBank, dice: random.Random, key: int) -> dict[date, dict[str, int]]:
    """What a customer had, with what he never had left out, as the table does."""
    months = {}
    for month_on in MONTH_ENDS:
        amounts = {name: dice.choice([0, 19_999_999, 20_000_000]) for name in SINCE}
        if dice.randrange(3) and any(amounts.values()):
            insert(bank.connection, "month_ends", customer_id=key, month_on=month_on, **amounts)
            months[month_on] = amounts
    return months


def of_month_ends(months: dict[date, dict[str, int]]) -> dict[str, int | None]:
    """By going from month to month; the data date lies within November, so October's end is the last."""

    def back(count: int) -> date:
        day = DATA_DATE
        for _ in range(count + 1):
            day = day.replace(day=1) - timedelta(1)
        return day

    def at(count: int, figure: str) -> int | None:
        is_known = back(count).isoformat() >= SINCE[figure]
        return months.get(back(count), {}).get(figure, 0) if is_known else None

    def changed(count: int, figure: str) -> int | None:
        now, then = at(0, figure), at(count, figure)
        return None if now is None or then is None else now - then

    def added_up(count: int) -> int | None:
        volumes = [at(one, "pos_volume_fen") for one in range(count)]
        return None if None in volumes else sum(one for one in volumes if one is not None)

    found = {"monthEndDepositFen": at(0, "deposit_fen"), "monthEndLoanFen": at(0, "loan_fen")}
    for count in (1, 3, 12):
        found[f"depositChange{count}mFen"] = changed(count, "deposit_fen")
        found[f"loanChange{count}mFen"] = changed(count, "loan_fen")
        found[f"posVolume{count}mFen"] = added_up(count)
    return found


def due_words(bank: SmallBank) -> dict[str, Any]:
    """What a due visit says is not what rules ask; whatever the table demands of it."""
    demanded = bank.connection.execute(
        """select column_name, data_type from information_schema.columns
            where table_name = 'due_visits' and is_nullable = 'NO' and column_default is null
              and column_name not in ('customer_id', 'reason', 'due_on', 'priority')"""
    ).fetchall()
    return {name: json.dumps({}) if kind == "jsonb" else "" for name, kind in demanded}


def loan(dice: random.Random) -> dict[str, Any]:
    return {
        "product": dice.choice(["F", "经营贷"]),
        "balance_fen": dice.choice([0, 20_000_000]),
        "rate_bps": dice.choice([3, 435]),
        "start_on": day(dice),
        "end_on": day(dice),
        "overdue_days": dice.choice([-2, 0, 0, 3, 40]),
        "is_business": dice.randrange(2) == 0,
    }


def known(key: int, row: dict[str, Any], loans: list[dict[str, Any]], is_due: bool) -> dict[str, Any]:
    of_open = [one for one in loans if one["balance_fen"] > 0]
    ends_on = min((one["end_on"] for one in of_open if one["end_on"] > DATA_DATE), default=None)
    return {
        "id": key,
        # What no file tells of these people and loans is unknown.
        **{field.name: None for field in FACT_FIELDS},
        "loans": [UNTOLD | {camel(name): value for name, value in one.items()} for one in loans],
        **{camel(name): value for name, value in row.items()},
        "located": row["lon_deg_wgs84"] is not None,
        "hasLoan": row["loan_fen"] > 0,
        "due": is_due,
        "loanOverdueDays": max((one["overdue_days"] for one in of_open), default=None),
        "loanEndsOn": ends_on,
        "loanEndsInDays": None if ends_on is None else (ends_on - DATA_DATE).days - 1,
        "loanMaturedOn": min(
            (
                one["end_on"]
                for one in of_open
                if one["start_on"] < one["end_on"] <= DATA_DATE and one["overdue_days"] <= 0
            ),
            default=None,
        ),
        "monthsSinceVisit": None if row["last_visit_on"] is None else months_since(row["last_visit_on"]),
    }


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def months_since(visited: date) -> int:
    """By trying: the largest number of months after which the morning is reached."""
    morning = DATA_DATE + timedelta(1)
    return max(months for months in range(-30, 30) if added(visited, months) <= morning)


def added(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    end = date(index // 12, index % 12 + 1, 28)
    while (end + timedelta(1)).month == end.month and end.day < start.day:
        end += timedelta(1)
    return end if end.day <= start.day else end.replace(day=start.day)


def rule(dice: random.Random, subject: Subject, depth: int = 0) -> dict[str, Any]:
    shape = dice.choice(["leaf", "leaf", "all", "any", "not", "some"]) if depth < 3 else "leaf"
    if shape in ("all", "any"):
        return {shape: [rule(dice, subject, depth + 1) for _ in range(dice.choice([0, 1, 2, 2, 3]))]}
    if shape == "not":
        return {"not": rule(dice, subject, depth + 1)}
    if shape == "some" and subject is CUSTOMER:
        link = LANGUAGE.links["customer", "loans"]
        return {"some": "loans", "where": rule(dice, link.to, depth + 1)}
    asked = dice.choice(LANGUAGE.askable(subject))
    operator = dice.choice(sorted(asked.operators))
    return {"field": asked.name, "operator": operator.value, "value": value(dice, asked, operator)}


def value(dice: random.Random, asked: Field, operator: Operator) -> Any:
    if operator is Operator.KNOWN:
        return dice.choice([True, False])
    is_list = operator in (Operator.IN, Operator.BEGINS)
    named = asked.type.value + ("s" if is_list else "")
    if dice.randrange(3) == 0 and named in PARAMETERS and not asked.values:
        return {"parameter": named}
    if asked.type is FieldType.DATE and dice.randrange(2):
        return dice.choice([{"days": dice.randrange(-200, 30)}, {"months": dice.randrange(-12, 2)}])
    if not is_list:
        return single(dice, asked)
    return [single(dice, asked) for _ in range(dice.choice([0, 1, 2]))]


def single(dice: random.Random, asked: Field) -> Any:
    choices: dict[FieldType, list[Any]] = {
        FieldType.TEXT: list(asked.values) or ["F", "F51", "A01", "%", "经营贷"],
        FieldType.INTEGER: [0, 1, 3, 5, 10, 435],
        FieldType.NUMBER: [0.25, 0.5, 0.6, 1],
        FieldType.FEN: [0, 19_999_999, 20_000_000, 20_000_001],
        FieldType.FLAG: [True, False],
        FieldType.KEY: [1, 2, 3],
        FieldType.DATE: [day(dice).isoformat()],
    }
    return dice.choice(choices[asked.type])


def plainly(data: dict[str, Any], person: dict[str, Any]) -> bool:
    """The second evaluation, one subject at a time."""
    if "all" in data:
        return all(plainly(part, person) for part in data["all"])
    if "any" in data:
        return any(plainly(part, person) for part in data["any"])
    if "not" in data:
        return not plainly(data["not"], person)
    if "some" in data:
        return any(plainly(data["where"], one) for one in person[data["some"]])
    return leaf_holds(person[data["field"]], data["operator"], wanted(data["value"]))


def wanted(given: Any) -> Any:
    if isinstance(given, dict) and "parameter" in given:
        return wanted(PARAMETERS[given["parameter"]])
    if isinstance(given, dict):
        return (
            added(DATA_DATE, given["months"]) if "months" in given else DATA_DATE + timedelta(given["days"])
        )
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        return given


def leaf_holds(found: Any, operator: str, given: Any) -> bool:
    if operator == "known":
        return (found is not None) is given
    if found is None:
        return False
    holds: dict[str, Callable[[], bool]] = {
        "eq": lambda: found == given,
        "in": lambda: found in given,
        "begins": lambda: any(found.startswith(one) for one in given),
        "gte": lambda: found >= given,
        "gt": lambda: found > given,
        "lte": lambda: found <= given,
        "lt": lambda: found < given,
    }
    return holds[operator]()


@pytest.fixture
def people(bank: SmallBank) -> list[dict[str, Any]]:
    return fill(bank, random.Random(8))


def inside_a_text(bank: SmallBank, read: Rule, as_of: AsOf) -> list[int]:
    """As the night has it: a part of a statement that somebody wrote."""
    row = CUSTOMER.table.alias("c")
    part = rendered_part(holds(read.root, row, as_of), row)
    statement = f"select c.id from customers c where {part.text} order by 1"
    return [key for (key,) in bank.connection.execute(statement.encode(), part.parameters)]


def test_sql_finds_whom_plain_python_finds(
    bank: SmallBank, people: list[dict[str, Any]], found: Callable[..., Any]
) -> None:
    dice = random.Random(20261120)
    as_of = AsOf(DATA_DATE, PARAMETERS)
    kept = set()
    for number in range(RULES):
        data = rule(dice, CUSTOMER)
        read = LANGUAGE.read(data, CUSTOMER, parameters=PARAMETERS)
        expected = [one["id"] for one in people if plainly(data, one)]
        assert [key for (key,) in found(listed(read, as_of, most=1000))] == expected, (number, data)
        if number % 3 == 0:
            assert inside_a_text(bank, read, as_of) == expected, (number, data)
        if number % 10 == 0:
            assert found(counted(read, as_of)) == [(len(expected),)], (number, data)
            opposite = (
                LANGUAGE.read({"not": data}, CUSTOMER, parameters=PARAMETERS) if depth(data) < 6 else None
            )
            if opposite is not None:
                assert found(counted(opposite, as_of)) == [(CUSTOMERS - len(expected),)], (number, data)
            person = dice.choice(people)
            ((answer,),) = found(explained(read, as_of, person["id"]))
            explanation = read_explanation(read, as_of, answer)
            assert explanation.holds is plainly(data, person), (number, data)
            for part, asked in zip(explanation.leaves, asked_leaves(data), strict=True):
                assert part.holds is plainly(asked, person), (number, asked)
                if "field" in asked:
                    assert part.value == person[asked["field"]], (number, asked)
                    assert part.wanted == wanted(asked["value"]) or asked["value"] == part.wanted, (
                        number,
                        asked,
                    )
        kept.add(len(expected))
    assert len(kept) > 30, "rules that keep all or none prove little"


def depth(data: dict[str, Any]) -> int:
    parts = data.get("all") or data.get("any") or [data[name] for name in ("not", "where") if name in data]
    return 1 + max((depth(part) for part in parts), default=0)


def asked_leaves(data: dict[str, Any]) -> list[dict[str, Any]]:
    if "field" in data or "some" in data:
        return [data]
    parts = data.get("all") or data.get("any") or ([data["not"]] if "not" in data else [])
    return [leaf for part in parts for leaf in asked_leaves(part)]
