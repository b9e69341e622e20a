"""`./yunge batch …`: files that wait for a person's word, and giving it as one who signs in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer

from api.cli.signed import By, Reason, database_url, signed_in
from api.local.place import Place
from api.local.status import noted_or_refuse
from api.local.words import say_kept, t

if TYPE_CHECKING:
    from datetime import datetime

    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

batches = typer.Typer(
    no_args_is_help=True,
    help=t("batches.held_files"),
)

_HELD = """
select b.id, b.file_name, b.rows, b.state, b.reasons, staff.name, b.decision_reason
  from batches b left join staff on staff.id = b.decided_by_id
 where b.state in ('HELD', 'READY') order by b.data_date desc, b.id desc
"""


@batches.command(name="list", help=t("batches.list_what_waits"))
def list_batches() -> None:
    with psycopg.connect(database_url()) as database:
        found = database.execute(_HELD).fetchall()
    if not found:
        print(t("batches.nothing_is_held"))
    for key, file_name, rows, state, reasons, who, why in found:
        print(f"{key}  {file_name}  {t('batches.rows', rows=f'{rows:,}')}")
        for reason in reasons:
            print(f"    {say_kept(reason)}")
        if state == "READY":
            print(f"    {t('batches.was_let_through', who=who, why=why)}")
    if any(state == "HELD" for _, _, _, state, *_ in found):
        print(t("batches.what_to_do"))


Batch = Annotated[int, typer.Argument(help=t("batches.batch_number"), show_default=False)]


@batches.command(help=t("batches.accept_next_night"))
def accept(batch: Batch, by: By, reason: Reason) -> None:
    _decide(batch, by, accepts=True, reason=reason)
    print(t("batches.accepted", batch=batch))


@batches.command(help=t("batches.refuse_not_taken"))
def refuse(batch: Batch, by: By, reason: Reason) -> None:
    _decide(batch, by, accepts=False, reason=reason)
    print(t("batches.refused", batch=batch))


def _decide(batch: int, by: str, *, accepts: bool, reason: str) -> None:
    from domain.feeds.deciding import decide_batch

    landing = noted_or_refuse(Place.default()).get("landing")

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: "datetime") -> int:
        async with open_unit_of_work() as uow:
            return await decide_batch(
                uow,
                actor,
                batch,
                key=uuid4(),
                accepts=accepts,
                reason=reason,
                landing=Path(landing) if landing else None,
                now=now,
            )

    signed_in(by, act)
