"""`./yunge audit …`: whether the chain over the audit holds."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.audit_verification import AuditReport, Fault

audit = typer.Typer(no_args_is_help=True, help=t("audit.audit_chain_verify"))


def sentence_of(fault: "Fault") -> str:
    return t(f"audit.{fault.wrong.name.lower()}", position=fault.position, audit_id=fault.audit_id)


def heads_in(lines: Iterable[str]) -> dict[int, bytes]:
    """Heads of the chain that workers told their log, whatever else stands in it."""
    heads = {}
    for line in lines:
        if '"audit.head"' not in line:
            continue
        try:
            said = json.loads(line)
            heads[int(said["position"])] = bytes.fromhex(said["sha256"])
        except (ValueError, KeyError, TypeError):
            continue
    return heads


def head_given(given: str) -> tuple[int, bytes]:
    """`POSITION:SHA256`, as `verify` prints it."""
    position, _, sha256 = given.partition(":")
    try:
        return int(position), bytes.fromhex(sha256)
    except ValueError:
        raise CannotGoOn(t("audit.not_position_sha256", given=given)) from None


def report_on(database_url: str, key: bytes, known_heads: dict[int, bytes]) -> "AuditReport":
    """One snapshot of the chain, walked from its first row to its last."""
    from domain.shared.audit_verification import verify

    with psycopg.connect(database_url) as database:
        database.execute("set transaction isolation level repeatable read, read only")
        return verify(database, key, known_heads=known_heads)


def lines_of(report: "AuditReport", heads: int) -> list[str]:
    """What `verify` prints."""
    head = f"{report.head.position}:{report.head.sha256.hex()}" if report.head else "—"
    counted = t(
        "audit.rows_sealed_not",
        sealed=f"{report.sealed:,}",
        unsealed=f"{report.unsealed:,}",
        head=head,
        heads=heads,
    )
    if not report.faults:
        return [counted, t("audit.chain_holds")]
    first = t("audit.first_broken_place") + sentence_of(report.faults[0])
    more = len(report.faults) - 1
    return [
        counted,
        first,
        *([t("audit.more_or_more", more=more)] if more else []),
    ]


@audit.command(
    "verify",
    help=t("audit.walk_chain_from"),
)
def verify_chain(
    head: Annotated[
        list[str] | None,
        typer.Option(help=t("audit.head_kept_outside")),
    ] = None,
    heads: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False,
            help=t("audit.logs_workers_default"),
        ),
    ] = None,
) -> None:  # fmt: skip
    from api.local.status import noted_database
    from api.settings import settings
    from api.wiring import audit_key

    place = Place.default()
    url = noted_database(place)
    key = audit_key(settings())
    if key is None:
        raise CannotGoOn(t("audit.there_no_yunge"))
    known: dict[int, bytes] = {}
    for log in heads or sorted(place.logs.glob("worker-*.log*")):
        with log.open(encoding="utf-8", errors="replace") as lines:
            known |= heads_in(lines)
    known |= dict(head_given(given) for given in head or [])
    report = report_on(url, key, known)
    for line in lines_of(report, len(known)):
        Screen().line(line)
    raise typer.Exit(1 if report.faults else 0)
