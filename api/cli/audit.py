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

audit = typer.Typer(no_args_is_help=True, help=t("审计链：验证", "The audit's chain: verify it"))

_WRONG = {
    "ROW_ALTERED": ("第 {position} 号：审计行 {audit_id} 与封印不符，内容或顺序被改动，或密钥不同",
                        "position {position}: row {audit_id} and its seal do not belong together: altered, moved,"
                        " put in, or sealed by another key"),
    "ROW_GONE": ("第 {position} 号：审计行 {audit_id} 已被删除，封印仍在",
                     "position {position}: row {audit_id} is gone, its seal is there"),
    "SEALS_GONE": ("第 {position} 号：它之前的封印缺失，其审计行已被删除",
                       "position {position}: seals before it are gone"),
    "HEAD_GONE": ("第 {position} 号：库外留存的链尾不在链中，尾部被截断或整链被重写",
                      "position {position}: the head kept outside is not in the chain: its tail was cut off, or all"
                      " of it was written anew"),
    "UNSEALED_ROW_GONE": ("审计行 {audit_id} 在封印之前已被删除",
                              "row {audit_id} was taken away before it had a seal"),
    "ROW_PAST_THE_LIST": ("审计行 {audit_id} 绕过触发器写入，没有封印",
                              "row {audit_id} came in past the trigger and has no seal"),
}  # fmt: skip


def sentence_of(fault: "Fault") -> str:
    chinese, english = _WRONG[fault.wrong.name]
    return t(chinese, english).format(position=fault.position, audit_id=fault.audit_id)


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
        raise CannotGoOn(
            t(
                f"{given} 不是 位置:SHA256，没有验证。",
                f"{given} is not POSITION:SHA256; nothing was verified.",
            )
        ) from None


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
        f"已封印 {report.sealed:,} 行，待封印 {report.unsealed:,} 行；链尾 {head}；核对了库外链尾 {heads} 个",
        f"{report.sealed:,} rows sealed, {report.unsealed:,} not yet; head {head}; outside heads compared: {heads}",
    )
    if not report.faults:
        return [counted, t("审计链完整。", "The chain holds.")]
    first = t("首个断点：", "First broken place: ") + sentence_of(report.faults[0])
    more = len(report.faults) - 1
    return [
        counted,
        first,
        *([t(f"此外还有 {more} 处或更多。", f"And {more} more, or more than that.")] if more else []),
    ]


@audit.command(
    "verify",
    help=t(
        "从头到尾验证审计链；完整返回 0，有断点返回 1",
        "Walk the chain from its first row to its last; ends with 0 when it holds, with 1 when it does not",
    ),
)
def verify_chain(
    head: Annotated[
        list[str] | None,
        typer.Option(help=t("库外留存的链尾，位置:SHA256，可多次", "a head kept outside, POSITION:SHA256, repeatable")),
    ] = None,
    heads: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False,
            help=t("工作进程的日志（默认是这里的）", "logs of workers (by default those of this place)"),
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
        raise CannotGoOn(t("没有 YUNGE_SECRET，无法验证。", "There is no YUNGE_SECRET to verify with."))
    known: dict[int, bytes] = {}
    for log in heads or sorted(place.logs.glob("worker-*.log*")):
        with log.open(encoding="utf-8", errors="replace") as lines:
            known |= heads_in(lines)
    known |= dict(head_given(given) for given in head or [])
    report = report_on(url, key, known)
    for line in lines_of(report, len(known)):
        Screen().line(line)
    raise typer.Exit(1 if report.faults else 0)
