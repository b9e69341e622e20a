"""Explain a rule for one customer as somebody may see him: within his scope, masked for him."""

from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Select, literal

from domain.customers.fields import CUSTOMER
from domain.customers.scope import customer_scope
from domain.shared.data_date import DATA_DATE
from domain.shared.parameters import VERSIONS_IN_FORCE, defaults_of
from domain.shared.row_scope import within
from domain.shared.rules.errors import RuleRefused
from domain.shared.rules.explaining import explained, read_explanation
from domain.shared.rules.fields import Field
from domain.shared.rules.predicate import AsOf
from schema.context import Context
from schema.customers.masking import seen
from schema.engine.errors import BadRequest, Complaint
from schema.engine.given import Parameters
from schema.engine.rendering import render
from schema.rules.answers import explanation_of
from schema.rules.types import RuleExplanation
from schema.view import values_of, view_of

_IN_FORCE = f"""
select json_build_object('day', {DATA_DATE}, 'decided',
       (select json_object_agg(name, value) from ({VERSIONS_IN_FORCE}) v))
"""  # noqa: S608


async def explain(context: Context, customer_id: int, data: Any) -> RuleExplanation | None:
    """None where there is no such customer within the scope. Raises BadRequest for what is no rule."""
    day, parameters = await _in_force(context)
    as_of = AsOf(day, parameters)
    view = view_of(context.actor)
    permissions = frozenset(map(str, context.who().permissions))
    try:
        rule = context.house.language.read(
            data, CUSTOMER, parameters=as_of.parameters, permissions=permissions
        )
    except RuleRefused as refused:
        raise refusal(refused) from refused

    def as_seen(field: Field, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return value if field.masked_as is None else seen(field.masked_as, value, view)

    asked = explained(
        rule,
        as_of,
        literal(customer_id, BigInteger),
        lambda row: within(row, customer_scope(view.scope)),
        as_seen,
    )
    answer = await _answer(context, asked)
    return None if answer is None else explanation_of(read_explanation(rule, as_of, answer), day)


async def _answer(context: Context, asked: Select[Any]) -> Any | None:
    statement = render(asked, Parameters({}))
    values = values_of(context.actor, context.today)
    answer = await context.fetch(statement.text, statement.parameters({}, values))
    return None if answer is None else orjson.loads(answer)


async def _in_force(context: Context) -> tuple[date, dict[str, Any]]:
    """The data date in force (yesterday before the first night) and the parameters of the rooms on it."""
    answer = await context.fetch(_IN_FORCE, [])
    found = orjson.loads(answer or "{}")
    day = date.fromisoformat(found["day"]) if found["day"] else context.today - timedelta(days=1)
    return day, {**defaults_of(context.house.parameters), **(found["decided"] or {})}


def refusal(refused: RuleRefused) -> BadRequest:
    """The refusal as an error of the request, with the place in the rule."""
    said = refused.statement
    error = BadRequest(Complaint(said.code, said.code, frozenset(said.values)), **said.values)
    assert error.extensions is not None
    error.extensions["rulePath"] = refused.path
    return error
