"""A rule of ownership as a kind of proposal: one person says it, another agrees, and it counts from a day on that no
night has prepared."""

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from domain.grids.ownership_errors import (
    LONGEST_NAME,
    OwnershipDayNotPossible,
    OwnershipDaysNotValid,
    OwnershipNotAllowed,
    OwnershipRuleNotValid,
    OwnershipTargetNotFound,
    OwnershipUnitNotFound,
)
from domain.grids.ownership_models import TARGETS, OwnershipRule
from domain.grids.ownership_rules import RuleInForce, read_condition, rules_on
from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS, VIEW_GRIDS
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.data_date import data_date_in_force
from domain.shared.parameter_changes import first_day
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.rows import Rows, SessionRows
from domain.shared.rules.language import Language
from domain.shared.unit_of_work import UnitOfWork

OWNERSHIP_RULE = "ownership_rule"
"""The name of the kind of proposal."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,19}")
HIGHEST_POSITION = 9_999


def rule_change(
    code: str,
    *,
    name: str,
    position: int,
    unit_code: str | None,
    condition: dict[str, Any],
    to_kind: str,
    to_code: str,
    from_on: date,
    to_on: date | None = None,
) -> Change:
    """What is proposed: a rule as it is to be from a day on. One that ends on its first day is over."""
    after = {
        "name": name.strip(),
        "position": position,
        "unit": unit_code,
        "condition": condition,
        "to_kind": to_kind,
        "to_code": to_code,
        "from_on": from_on.isoformat(),
        "to_on": to_on and to_on.isoformat(),
    }
    return Change(f"OwnershipRule:{code}", after)


def end_change(rows: Rows, code: str, ends_on: date) -> Change | None:
    """The end of a rule that stands on a day; None where there is none of that code."""
    stands = _standing(rows, code, ends_on)
    if stands is None:
        return None
    kept = {name: value for name, value in stands.items() if name not in ("from_on", "to_on")}
    return Change(
        f"OwnershipRule:{code}", {**kept, "from_on": ends_on.isoformat(), "to_on": ends_on.isoformat()}
    )


def tried_rule(rows: Rows, language: Language, change: Change, today: date) -> RuleInForce:
    """A proposed rule as a value, once it is seen to be one; its `id` is 0. Raises what a proposal would be refused
    for, but for its day."""
    code, after = _code(change), change.after
    name = after["name"]
    is_named = 0 < len(name) <= LONGEST_NAME
    if not _CODE.fullmatch(code) or not is_named or not 1 <= after["position"] <= HIGHEST_POSITION:
        raise OwnershipRuleNotValid
    read_condition(language, after["condition"])
    if after["to_kind"] not in TARGETS or not rows.execute(
        _TARGETS[after["to_kind"]], {"code": after["to_code"], "day": today}
    ):
        raise OwnershipTargetNotFound(after["to_code"])
    unit = None
    if after["unit"] is not None:
        found = rows.execute(_UNIT, {"code": after["unit"], "day": today})
        if not found:
            raise OwnershipUnitNotFound(after["unit"])
        unit = int(found[0][0])
    return RuleInForce(
        0, code, name, after["position"], unit, after["condition"], after["to_kind"], after["to_code"]
    )


def check_of_the_bank(actor: Actor) -> None:
    """A rule takes from one what it gives to another, and its trial counts everybody: like a plan, it is of the whole
    bank."""
    if not actor.sees_bank:
        raise OwnershipNotAllowed


def ownership_kind(language: Language) -> ProposalKind:
    """Proposals on rules whose conditions are said in `language`."""

    async def check(uow: UnitOfWork, change: Change, now: datetime) -> None:
        await uow.session.run_sync(
            lambda session: _check(SessionRows(session), language, change, bank_day(now))
        )

    async def apply(uow: UnitOfWork, decided: Decided) -> None:
        await uow.session.run_sync(lambda session: _apply(SessionRows(session), decided, session))
        await record(
            uow,
            by=decided.decided_by.principal,
            action="ownership.rule",
            subject=decided.change.subject,
            proposal=decided.proposal_id,
            from_on=decided.change.after["from_on"],
        )

    return ProposalKind(
        OWNERSHIP_RULE,
        VIEW_GRIDS,
        EDIT_GRIDS,
        APPROVE_GRIDS,
        check,
        _present,
        apply,
        _changes,
        of_the_bank=True,
        seen_by_the_bank=True,
    )


def _check(rows: Rows, language: Language, change: Change, today: date) -> None:
    from_on, to_on = _days(change)
    first = first_day(today, data_date_in_force(rows))
    if from_on < first:
        raise OwnershipDayNotPossible(first)
    if to_on is not None and to_on < from_on:
        raise OwnershipDaysNotValid
    tried = _over(rows, change) if to_on == from_on else None
    if tried is None:
        tried_rule(rows, language, change, today)


def _over(rows: Rows, change: Change) -> Json | None:
    """A rule that ends is looked at no further: that its owner is gone may be why it ends."""
    return _standing(rows, _code(change), _days(change)[0])


async def _present(uow: UnitOfWork, change: Change) -> Json:
    code, day = _code(change), _days(change)[0]
    found = await uow.session.run_sync(lambda session: _standing(SessionRows(session), code, day))
    return found or dict.fromkeys(change.after)


async def _changes(_uow: UnitOfWork, change: Change, present: Json) -> bool:
    """Another day alone is none: it says what is so already."""
    if change.after["from_on"] == change.after["to_on"]:
        return present.get("name") is not None
    return any(change.after[name] != present.get(name) for name in change.after if name != "from_on")


def _standing(rows: Rows, code: str, day: date) -> Json | None:
    """The rule of a code as it stands on a day, in the words of a proposal."""
    rule = next((one for one in rules_on(rows, day) if one.code == code), None)
    if rule is None:
        return None
    unit, from_on, to_on = rows.execute(_DAYS, {"id": rule.id})[0]
    return {
        "name": rule.name,
        "position": rule.position,
        "unit": unit,
        "condition": dict(rule.condition),
        "to_kind": rule.to_kind,
        "to_code": rule.to_code,
        "from_on": from_on.isoformat(),
        "to_on": to_on and to_on.isoformat(),
    }


def _apply(rows: Rows, decided: Decided, session: Any) -> None:
    from_on, to_on = _days(decided.change)
    after = decided.change.after
    unit = after["unit"] and rows.execute(
        "select id from org_units where code = %(code)s", {"code": after["unit"]}
    )
    row = {
        "code": _code(decided.change),
        "name": after["name"],
        "position": after["position"],
        "org_unit_id": unit[0][0] if unit else None,
        "condition": after["condition"],
        "to_kind": after["to_kind"],
        "to_code": after["to_code"],
        "from_on": from_on,
        "to_on": to_on,
        "reason": decided.reason,
        "decided_by_id": decided.decided_by.staff_id,
        "proposal_id": decided.proposal_id,
    }
    session.execute(insert(OwnershipRule).values(row))


_DAYS = """
select u.code, r.from_on, r.to_on from ownership_rules r left join org_units u on u.id = r.org_unit_id
 where r.id = %(id)s
"""
_UNIT = """
select id from org_units
 where code = %(code)s and (from_on is null or from_on <= %(day)s) and (to_on is null or to_on > %(day)s)
"""
_TARGETS = {
    "STAFF": """
select id from staff where number = %(code)s and is_active
   and (from_on is null or from_on <= %(day)s) and (to_on is null or to_on > %(day)s)
""",
    "GRID": """
select g.id from grids g join plan_in_force p on p.id = g.plan_id where g.code = %(code)s and g.level = 'SMALL'
""",
    "LIST": """
select id from list_grids
 where code = %(code)s and kind <> 'PERSON' and from_on <= %(day)s and (to_on is null or to_on > %(day)s)
""",
}


def _code(change: Change) -> str:
    return change.subject.removeprefix("OwnershipRule:")


def _days(change: Change) -> tuple[date, date | None]:
    to_on = change.after["to_on"]
    return date.fromisoformat(change.after["from_on"]), None if to_on is None else date.fromisoformat(to_on)
