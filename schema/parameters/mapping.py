"""How parameters and proposals are read. Which there are is given: the declared ones are rows of a JSON constant."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import JSONB

from domain.shared.actor import ScopeForm
from domain.shared.calendar import instant_of
from domain.shared.parameter_models import ParameterVersion, Proposal
from domain.shared.parameters import VERSIONS_IN_FORCE, Parameter
from domain.shared.permissions import VIEW_PARAMETERS
from domain.shared.proposals import ProposalKind
from domain.shared.row_scope import ACTOR_STAFF
from schema.engine.given import Given, known_text
from schema.engine.keys import bigint_key
from schema.engine.mapping import Field, Many, One, OrderKey, Page, TypeMap, Value, column, global_id
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.organisation.mapping import data_date
from schema.view import View, may, payload, rows_of, signed_in, with_permission

_COLUMNS = (
    ("position", Integer()),
    ("name", String()),
    ("type", String()),
    ("unit", String()),
    ("default_value", JSONB()),
    ("lowest", JSONB()),
    ("highest", JSONB()),
    ("allowed", ARRAY(String())),
    ("readers", ARRAY(String())),
)


def _declared_rows(declared: Sequence[Parameter[Any]]) -> Any:
    rows = [
        {
            "position": position,
            "name": one.name,
            "type": one.type.value,
            "unit": one.unit,
            "default_value": one.default,
            "lowest": one.lowest,
            "highest": one.highest,
            "allowed": list(one.allowed),
            "readers": list(one.readers),
        }
        for position, one in enumerate(declared)
    ]
    constant = literal_column(
        "'" + json.dumps(rows, ensure_ascii=False).replace("'", "''") + "'::jsonb", JSONB
    )

    def rows_of_view(_view: View) -> Row:
        table = func.jsonb_to_recordset(constant).table_valued(
            *(sql_column(name, type_) for name, type_ in _COLUMNS)
        )
        return select(table.render_derived(with_types=True)).subquery()

    return rows_of_view


def versions_in_force() -> Row:
    """Of each parameter of which something was decided the version that holds on the data date in force."""
    held = text(VERSIONS_IN_FORCE).columns(
        sql_column("name", String()),
        sql_column("value", JSONB()),
        sql_column("id", BigInteger()),
        sql_column("from_on", Date()),
    )
    return held.subquery()


def _version_in_force(name: ColumnElement[Any], wanted: str) -> ColumnElement[Any]:
    version = versions_in_force()
    return select(version.c[wanted]).where(version.c.name == name).scalar_subquery()


def _next(parameter: Row, version: Row, _arguments: Given) -> ColumnElement[bool]:
    """The nearest version that begins after the data date in force; of a day's versions the last."""
    other = ParameterVersion.__table__.alias()  # type: ignore[attr-defined]
    after = func.coalesce(data_date(), literal_column("date '-infinity'"))
    nearer = or_(
        other.c.from_on < version.c.from_on,
        and_(other.c.from_on == version.c.from_on, other.c.id > version.c.id),
    )
    is_nearest = ~(
        select(other.c.id)
        .where(other.c.name == version.c.name, other.c.from_on > after, nearer)
        .correlate(version)
        .exists()
    )
    return and_(version.c.name == parameter.c.name, version.c.from_on > after, is_nearest)


def _value(row: Row, _view: View) -> ColumnElement[Any]:
    return func.coalesce(_version_in_force(row.c.name, "value"), row.c.default_value, type_=JSONB())


def parameter_map(declared: Sequence[Parameter[Any]]) -> TypeMap:
    return TypeMap(
        "Parameter",
        {
            "name": column("name"),
            "type": column("type"),
            "unit": column("unit"),
            "defaultValue": column("default_value"),
            "value": Value(_value),
            "heldFrom": Value(lambda row, _view: _version_in_force(row.c.name, "from_on")),
            "lowest": column("lowest"),
            "highest": column("highest"),
            "allowed": column("allowed"),
            "readers": column("readers"),
            "next": One("ParameterVersion", _next),
            "history": Many(
                "ParameterVersion",
                lambda parameter, version, _: version.c.name == parameter.c.name,
                order=lambda version: [version.c.from_on.desc(), version.c.id.desc()],
            ),
        },
        rows=_declared_rows(declared),
        key="name",
        scope=with_permission(VIEW_PARAMETERS),
    )


PARAMETER_VERSION = TypeMap(
    "ParameterVersion",
    {
        "value": column("value"),
        "fromOn": column("from_on"),
        "toOn": column("to_on"),
        "recordedAt": column("recorded_at"),
        "proposal": One("Proposal", lambda version, proposal, _: proposal.c.id == version.c.proposal_id),
    },
    rows=rows_of(ParameterVersion),
    scope=with_permission(VIEW_PARAMETERS),
)


def _seen(view: View, kinds: Sequence[ProposalKind]) -> Scope:
    def is_seen(row: Row) -> ColumnElement[bool]:
        seen = [one for one in kinds if view.scope is ScopeForm.BANK or not one.seen_by_the_bank]
        return or_(*(and_(row.c.kind == literal(one.name, String), may(one.view)) for one in seen))

    return NOTHING if signed_in(view) == NOTHING else (Only(is_seen),)


def _decidable(kinds: Sequence[ProposalKind]) -> Value:
    def sql(row: Row, view: View) -> ColumnElement[Any]:
        decided = [one for one in kinds if view.scope is ScopeForm.BANK or not one.of_the_bank]
        kind = or_(*(and_(row.c.kind == literal(one.name, String), may(one.decide)) for one in decided))
        is_open = and_(row.c.state == literal_column("'OPEN'", String), row.c.until > func.now())
        return and_(is_open, row.c.proposed_by_id != ACTOR_STAFF, kind)

    return Value(sql)


def proposal_map(kinds: Sequence[ProposalKind]) -> TypeMap:
    return TypeMap(
        "Proposal",
        {
            "id": global_id("Proposal"),
            "kind": column("kind"),
            "subject": column("subject"),
            "before": column("before"),
            "after": column("after"),
            "reason": column("reason"),
            "proposedBy": One("Staff", lambda proposal, staff, _: staff.c.id == proposal.c.proposed_by_id),
            "proposedAt": column("proposed_at"),
            "until": column("until"),
            "state": column("state"),
            "decidedBy": One("Staff", lambda proposal, staff, _: staff.c.id == proposal.c.decided_by_id),
            "decidedAt": column("decided_at"),
            "decisionReason": column("decision_reason"),
            "mine": Value(lambda row, _view: row.c.proposed_by_id == ACTOR_STAFF),
            "decidable": _decidable(kinds),
        },
        rows=rows_of(Proposal),
        scope=lambda view: _seen(view, kinds),
        read_key=bigint_key,
    )


def _in_state(_root: Row, proposal: Row, arguments: Given) -> ColumnElement[bool]:
    if "state" not in arguments:
        return true()
    return proposal.c.state == known_text(arguments["state"].known())


ROOT: dict[str, Field] = {
    "parameters": Many(
        "Parameter", lambda _root, _parameter, _: true(), order=lambda row: [row.c.position], weight=40
    ),
    "proposals": Page(
        "Proposal",
        _in_state,
        newest_first=OrderKey(lambda row, _: row.c.proposed_at, read=instant_of),
    ),
}
PAYLOAD = TypeMap(
    "ProposalSuccess",
    {"proposal": One("Proposal", lambda _payload, proposal, _: proposal.c.id == payload(BigInteger()))},
    is_root=True,
)


def types_of(declared: Sequence[Parameter[Any]], kinds: Iterable[ProposalKind]) -> tuple[TypeMap, ...]:
    return (parameter_map(declared), PARAMETER_VERSION, proposal_map(tuple(kinds)), PAYLOAD)
