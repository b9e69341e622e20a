"""A change of a parameter as a kind of proposal: from a day on that no figure has been made of yet."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Date, bindparam, insert, literal_column, select, text
from sqlalchemy.dialects.postgresql import JSONB

from domain.shared.calendar import bank_day
from domain.shared.data_date import DATA_DATE
from domain.shared.errors import DomainError
from domain.shared.parameter_models import ParameterVersion
from domain.shared.parameters import CHANGES, VERSIONS_ON, Parameter, named
from domain.shared.permissions import DECIDE_PARAMETERS, PROPOSE_PARAMETERS, VIEW_PARAMETERS
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.statements import DATE
from domain.shared.unit_of_work import UnitOfWork

PARAMETER = "parameter"
"""The name of the kind."""


class ParameterDayPast(DomainError):
    code = "PARAMETER_DAY_PAST"
    takes: ClassVar = {"first_on": DATE}

    def __init__(self, first: date) -> None:
        super().__init__(first_on=first)


class ParameterDaysNotValid(DomainError):
    code = "PARAMETER_DAYS_NOT_VALID"


def change_of(name: str, value: Any, from_on: date, to_on: date | None = None) -> Change:
    """What is proposed: a value from a day on, until a day where it ends."""
    after = {"value": value, "from_on": from_on.isoformat(), "to_on": to_on and to_on.isoformat()}
    return Change(f"Parameter:{name}", after)


def parameter_kind(declared: tuple[Parameter[Any], ...]) -> ProposalKind:
    """Proposals on the parameters of a list."""

    async def check(uow: UnitOfWork, change: Change, now: datetime) -> None:
        named(declared, _name(change)).check(change.after["value"])
        from_on, to_on = _days(change)
        first = first_day(bank_day(now), await uow.session.scalar(select(literal_column(DATA_DATE, Date))))
        if from_on < first:
            raise ParameterDayPast(first)
        if to_on is not None and to_on <= from_on:
            raise ParameterDaysNotValid

    async def present(uow: UnitOfWork, change: Change) -> Json:
        name = _name(change)
        day = _days(change)[0]
        found = await uow.session.execute(text(_HELD_ON), {"day": day, "name": name})
        row = found.first()
        if row is None:
            return {"value": named(declared, name).default, "from_on": None, "to_on": None}
        return {"value": row[0], "from_on": row[1].isoformat(), "to_on": row[2] and row[2].isoformat()}

    async def changes(uow: UnitOfWork, change: Change, _present: Json) -> bool:
        """A value that holds already, on all the days proposed and after them, is no change; other days are one."""
        from_on, to_on = _days(change)
        given = {
            "name": _name(change),
            "from_on": from_on,
            "to_on": to_on,
            "value": change.after["value"],
            "otherwise": named(declared, _name(change)).default,
        }
        return bool(await uow.session.scalar(_CHANGES, given))

    return ProposalKind(
        PARAMETER,
        VIEW_PARAMETERS,
        PROPOSE_PARAMETERS,
        DECIDE_PARAMETERS,
        check,
        present,
        _apply,
        changes,
    )


def first_day(today: date, data_date: date | None) -> date:
    """The first day from which a change may hold: no night has run for it, and none is running."""
    latest = today if data_date is None else max(today, data_date)
    return latest + timedelta(days=1)


_HELD_ON = f"""
select v.value, v.from_on, v.to_on
  from ({VERSIONS_ON.format(day="cast(:day as date)")}) as held join parameter_versions v on v.id = held.id
 where held.name = :name
"""  # noqa: S608
_CHANGES = text(CHANGES).bindparams(bindparam("value", type_=JSONB), bindparam("otherwise", type_=JSONB))


async def _apply(uow: UnitOfWork, decided: Decided) -> None:
    from_on, to_on = _days(decided.change)
    row = {
        "name": _name(decided.change),
        "value": decided.change.after["value"],
        "from_on": from_on,
        "to_on": to_on,
        "reason": decided.reason,
        "decided_by_id": decided.decided_by.staff_id,
        "proposal_id": decided.proposal_id,
    }
    await uow.session.execute(insert(ParameterVersion).values(row))


def _name(change: Change) -> str:
    return change.subject.removeprefix("Parameter:")


def _days(change: Change) -> tuple[date, date | None]:
    to_on = change.after["to_on"]
    return date.fromisoformat(change.after["from_on"]), None if to_on is None else date.fromisoformat(to_on)
