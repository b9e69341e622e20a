"""保存期限: what is kept how long, and why. The night's last step carries it out (`domain.shared.tidying`).

How long is a parameter. What a rule means by over is said here, in SQL over the rows `kept` of its table: an instant
before `%(before)s`, which lies the days of the parameter before the end of the data date.
"""

from dataclasses import dataclass

from domain.shared.parameters import Parameter, ParameterType

_READERS = ("tidy",)


@dataclass(frozen=True)
class Kept:
    """Rows of a table that go when they are over; without `days` they are kept for good."""

    table: str
    why: str
    days: Parameter[int] | None = None
    is_over: str = "false"
    partition: str | None = None
    """Where the rows lie that may be over, of a table that is split."""


def _days(what: str, default: int, lowest: int) -> Parameter[int]:
    name = f"retention.{what}_days"
    return Parameter(name, ParameterType.DAYS, default, "DAYS", _READERS, lowest=lowest, highest=3_650)


QUARANTINED = _days("quarantined_rows", 90, 7)
SESSIONS = _days("sessions", 30, 1)

AFTER_BASIS = _days("after_basis", 30, 1)


BY_PARTY = "facts"
"""The outside feed of which each third party has a basis of its own."""


def _without_basis(feed: str) -> Kept:
    """Rows of an outside feed whose last basis is over; those in force were closed by the night that found it so."""
    last = f"select max(least(until_on, coalesce(ended_on, until_on))) from sources s where s.feed = '{feed}'"  # noqa: S608
    if feed == BY_PARTY:
        last += " and s.told_by = kept.told_by"
    return Kept(
        f"src_{feed}",
        "依据终止后只为核对封存；期满删除原始行",
        AFTER_BASIS,
        f"({last}) < cast(%(before)s at time zone 'Asia/Shanghai' as date)",
        partition=f"src_{feed}_past",
    )


OUTSIDE = ("household", "firm_year", "registry", "tax_power", "social_security", "property", "facts")
"""Feeds that tell what others know (`domain/feeds/contracts/`, which lies above; a test holds the two together)."""

IMPORT_CHANGES = _days("import_changes", 1_000, 30)
_IMPORT_IS_OVER = """exists (select from imports i where i.id = kept.import_id
 and greatest(i.tried_at, i.applied_at, i.undone_at) < %(before)s)"""
# A list is read once, when it is tried; what it changes is kept in rows. As long as there are rows that say what is
# wrong with it, whoever mends it needs it.
_LIST_IS_OVER = """kept.asked_at < %(before)s and exists (
    select from imports i
     where i.id = cast(substring(kept.used_by from '^Import:([0-9]+)$') as bigint) and i.state <> 'WAITING'
       and greatest(i.tried_at, i.applied_at, i.undone_at) < %(before)s
       and not exists (select from import_problems p where p.import_id = i.id))"""

RETENTION = (
    *(_without_basis(feed) for feed in OUTSIDE),
    Kept(
        "quarantined_rows",
        "隔离行含原文，更正下发后不再需要；批次上的行数与原因分类长期保留",
        QUARANTINED,
        "exists (select from batches b where b.id = kept.batch_id and b.taken_at < %(before)s)",
    ),
    Kept(
        "sessions",
        "会话失效后只用于排查登录问题",
        SESSIONS,
        "least(kept.expires_at, kept.revoked_at) < %(before)s",
    ),
    Kept(
        "sign_in_failures",
        "来源地址的失败次数一刻钟后即不再计入",
        _days("sign_in_failures", 1, 1),
        "kept.since < %(before)s",
    ),
    Kept(
        "idempotency_keys",
        "手机可能隔数周才重发；键清理后，走访仍凭自身的编号只记一次",
        _days("idempotency_keys", 90, 45),
        "kept.created_at < %(before)s",
    ),
    Kept(
        "outbox",
        "已完成的任务只用于排查；未完成与失败的任务不清理",
        _days("outbox", 30, 3),
        "kept.state = 'DONE' and kept.ended_at < %(before)s",
    ),
    Kept(
        "night_changes",
        "当晚变动名单只供本夜各步骤使用",
        _days("night_changes", 7, 2),
        "exists (select from night_runs n where n.id = kept.night_run_id and n.ended_at < %(before)s)",
    ),
    Kept(
        "night_steps",
        "步骤用时用于比较快慢；批处理本身长期保留",
        _days("night_steps", 400, 30),
        "exists (select from night_runs n where n.id = kept.night_run_id and n.ended_at < %(before)s)",
    ),
    Kept(
        "feed_trials",
        "试读结果只供修改适配说明时对照，不作他用",
        _days("feed_trials", 1, 1),
        "kept.asked_at < %(before)s",
    ),
    Kept(
        "files",
        "没有业务引用的文件不再需要；导入的清单在最后一次操作期满、问题行清理之后即清理；其他引用它的记录在，文件就在；"
        "试读用的文件次日清理",
        _days("files", 14, 2),
        f"""(kept.used_by is null and (kept.asked_at < %(before)s
 or kept.purpose = 'feed_trial' and kept.asked_at < now() - interval '1 day') or {_LIST_IS_OVER})""",
    ),
    Kept(
        "atom_sums",
        "每日的原子汇总用于按任一方案重算网格指标；月末的长期保留",
        _days("atom_sums", 400, 35),
        "kept.data_date < cast(%(before)s at time zone 'Asia/Shanghai' as date)"
        " and kept.data_date <> date_trunc('month', kept.data_date) + interval '1 month' - interval '1 day'",
    ),
    Kept(
        "import_changes",
        "逐行内容可查近三年；之后只留是谁、何时、多少",
        IMPORT_CHANGES,
        _IMPORT_IS_OVER,
    ),
    Kept("import_shapes", "导入前后的界线，与逐行内容同存", IMPORT_CHANGES, "kept.kept_at < %(before)s"),
    Kept(
        "ground_versions",
        "不再显示的水系、道路供撤销导入时恢复，与逐行内容同存",
        IMPORT_CHANGES,
        "kept.kept_at < %(before)s and not exists"
        " (select from ground_layers l where l.fingerprint = kept.fingerprint)",
    ),
    Kept(
        "import_problems",
        "有问题的行含原文，清单更正后不再需要；数量留在导入上",
        _days("import_problems", 90, 7),
        _IMPORT_IS_OVER,
    ),
    Kept(
        "old_visits",
        "旧系统的走访与档案只供接续服务；按发生日计，期满删除",
        _days("old_visits", 1_825, 365),
        "kept.made_on < cast(%(before)s at time zone 'Asia/Shanghai' as date)",
    ),
    Kept("plan_changes", "谁在哪一版改了网格方案，与方案同存"),
    Kept("audit", "审计记录长期保存，任何期限都不清理"),
    Kept("audit_seals", "封印与审计记录同存"),
    Kept("proposals", "谁提出、谁决定，与参数版本同存"),
    Kept("parameter_versions", "任何一天的数字都要能按当日参数重算"),
)

PARAMETERS = tuple(dict.fromkeys(kept.days for kept in RETENTION if kept.days is not None))
