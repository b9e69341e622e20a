"""`./yunge proposal …`: what waits for a second person, and deciding it as one who signs in."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import psycopg
import typer

from api.cli.roles import MASKS, SCOPES
from api.cli.signed import By, database_url, signed_in
from api.local.words import is_english, t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

proposals = typer.Typer(
    no_args_is_help=True,
    help=t("proposals.proposals_one_proposes"),
)

_OPEN = """
select p.id, p.subject, p.before, p.after, staff.name, p.reason, p.until
  from proposals p join staff on staff.id = p.proposed_by_id
 where p.state = 'OPEN' and p.until > now() order by p.id
"""


@proposals.command(name="list", help=t("proposals.list_what_waits"))
def list_proposals() -> None:
    with psycopg.connect(database_url()) as database:
        found = database.execute(_OPEN).fetchall()
    if not found:
        print(t("proposals.nothing_waits_be"))
    for key, subject, before, after, proposer, reason, until in found:
        print(f"{key}  {subject}  {proposer}  {until:%Y-%m-%d %H:%M}  {reason}")
        for line in differences(before, after):
            print(f"    {line}")


PARTS = {
    "name": t("proposals.part_name"),
    "permissions": t("proposals.part_permissions"),
    "mask": t("proposals.part_mask"),
    "scope": t("proposals.part_scope"),
    "value": t("proposals.part_value"),
    "from_on": t("proposals.part_from"),
    "to_on": t("proposals.part_to"),
    "staff": t("proposals.part_staff"),
    "staff_name": t("proposals.part_staff_name"),
    "of": t("proposals.part_of"),
    "code": t("proposals.part_code"),
    "version": t("proposals.part_version"),
}
OF = {"UNIT": t("grants.unit"), "GRID": t("grants.grid"), "CUSTOMER": t("grants.customer")}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """One line a value that becomes another, in words; of lists what goes and what comes."""
    lines = []
    for name in sorted(after.keys() | before.keys()):
        was, becomes = before.get(name), after.get(name)
        said = PARTS.get(name, name)
        if isinstance(was, list) and isinstance(becomes, list):
            signs = [f"-{_worded(name, one)}" for one in was if one not in becomes]
            signs += [f"+{_worded(name, one)}" for one in becomes if one not in was]
            lines += [f"{said}: {' '.join(signs)}"] if signs else []
        elif was != becomes:
            lines.append(f"{said}: {_worded(name, was)} → {_worded(name, becomes)}")
    return lines


def _worded(part: str, value: Any) -> str:
    """A permission, mask or scope by its word; a permission with its code, which the command line takes."""
    if value is None:
        return "–"
    if part == "permissions":
        from schema.root import CONTRACT

        words = {str(one): one.en if is_english() else one.zh for one in CONTRACT.permissions}
        return f"{words[value]} ({value})" if value in words else str(value)
    if isinstance(value, str):
        return {"mask": MASKS, "scope": SCOPES, "of": OF}.get(part, {}).get(value, value)
    return json.dumps(value, ensure_ascii=False)


Proposal = Annotated[int, typer.Argument(help=t("proposals.proposal_number"), show_default=False)]


@proposals.command(help=t("proposals.agree_which_carries"))
def agree(
    proposal: Proposal,
    by: By,
    reason: Annotated[str, typer.Option(help=t("proposals.why_if_you"))] = "",
) -> None:
    _decide(proposal, by, agrees=True, reason=reason)
    print(t("proposals.proposal_was_agreed", proposal=proposal))


@proposals.command(help=t("proposals.refuse_which_changes"))
def refuse(proposal: Proposal, by: By, reason: Annotated[str, typer.Option(help=t("proposals.why"))]) -> None:
    _decide(proposal, by, agrees=False, reason=reason)
    print(t("proposals.proposal_was_refused", proposal=proposal))


def _decide(proposal: int, by: str, *, agrees: bool, reason: str) -> None:
    from domain.shared.proposals import decide
    from schema.root import KINDS

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await decide(
                uow, actor, KINDS, proposal, key=uuid4(), agrees=agrees, reason=reason, now=now
            )

    signed_in(by, act)
