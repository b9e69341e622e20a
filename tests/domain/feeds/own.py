"""Files of a bank's own form that tests write, and the descriptions of them."""

from datetime import date
from pathlib import Path

import psycopg

from tests.domain.feeds.files import DAY
from tests.domain.small_bank import insert

DEPOSIT_COLUMNS = """
[columns]
acct_no = "账号"
cust_no = "客户号"
product = { from = "产品", codes = { "01" = "活期储蓄", "02" = "定期储蓄" } }
balance = "余额"
opened_on = { from = "开户日", date = "DD/MM/YYYY" }
matures_on = { from = "到期日", open = ["0"] }
status = { from = "状态", codes = { "正常" = "1", "销户" = "0" } }
"""


def described(
    connection: psycopg.Connection,
    text: str,
    *,
    feed: str = "core_deposit",
    source: str = "core",
    from_on: date = date(2026, 1, 1),
) -> int:
    """Keeps a description, whatever it says."""
    if (
        connection.execute("select from staff limit 1").fetchone() is None
    ):  # rows of staff outlive the tests of this database
        unit = insert(connection, "org_units", code="HEAD", name="总行", kind="HEAD_OFFICE")
        insert(
            connection,
            "staff",
            number="A1",
            name="甲",
            role="ADMINISTRATOR",
            org_unit_id=unit,
            is_active=True,
        )
    row = connection.execute(
        "insert into feed_adapters (feed, source, from_on, text, reason, added_by_id)"
        " select %s, %s, %s, %s, '', min(id) from staff returning id",
        [feed, source, from_on, text],
    ).fetchone()
    assert row is not None
    connection.commit()
    return int(row[0])


def deposits(file: str, *, control: str = "", columns: str = DEPOSIT_COLUMNS, source: str = "core") -> str:
    return f"""# 存款
feed = "core_deposit"
source = "{source}"
from = 2026-01-01

[file]
{file}

{control}
{columns}
"""


def write(landing: Path, name: str, content: str | bytes, encoding: str = "gbk") -> Path:
    path = landing / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def day_in(name: str, day: date = DAY) -> str:
    return name.replace("{}", f"{day:%Y%m%d}")
