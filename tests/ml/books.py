"""A small bank written straight into the snapshots: customers, and what their books said on chosen days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

DAY = date(2026, 10, 20)
OPEN = "infinity"
ALWAYS: tuple[date, date | str] = (date(2025, 1, 31), OPEN)

Days = tuple[date, date | str]
Row = dict[str, Any]


def insert(connection: psycopg.Connection[Any], table: str, row: Row) -> None:
    columns = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    connection.execute(f"insert into {table} ({columns}) values ({places})", list(row.values()))


@dataclass
class Books:
    """Writes rows of the snapshots by hand; each call states the interval of days in which the row was true."""

    connection: psycopg.Connection[Any]

    def _snapshot(self, feed: str, days: Days, row: Row) -> None:
        interval = {"row_hash": 1, "batch_id": 1, "from_on": days[0], "to_on": days[1]}
        insert(self.connection, f"src_{feed}", {**row, **interval})

    def record(self, feed: str, key: str, customer_id: int, kind: str = "PERSON") -> None:
        insert(
            self.connection,
            "source_records",
            {
                "feed": feed, "key": key, "kind": kind, "data_date": DAY, "row_hash": 1, "name": "王小明",
                "name_norm": "王小明", "status": "ACTIVE", "evidence": "", "customer_id": customer_id,
            },
        )  # fmt: skip

    def customer(
        self, customer_id: int, *, kind: str = "PERSON", birth_on: date = date(1980, 5, 17), since: date = DAY
    ) -> str:
        """A golden customer with one number of the core system; gives the number."""
        number = f"C{customer_id:08d}"
        insert(
            self.connection,
            "customers",
            {
                "id": customer_id, "kind": kind, "tier": "GENERAL", "status": "ACTIVE", "name": "王小明",
                "deposit_fen": 0, "loan_fen": 0, "line_fen": 0,
            },
        )  # fmt: skip
        self.record("core_customer", number, customer_id, kind)
        self.person(number, days=(since, OPEN), birth_on=birth_on)
        return number

    def person(
        self,
        number: str,
        *,
        days: Days,
        birth_on: date = date(1980, 5, 17),
        phone: str | None = "13800000000",
    ) -> None:
        row = {
            "cust_no": number, "kind": "P", "name": "王小明", "birth_on": birth_on, "phone": phone,
            "org_no": "001", "opened_on": date(2015, 3, 2), "status": "1",
        }  # fmt: skip
        self._snapshot("core_customer", days, row)

    def deposit(
        self,
        account: str,
        number: str,
        yuan: float,
        *,
        days: Days = ALWAYS,
        average_yuan: float | None = None,
        product: str = "活期储蓄",
        opened_on: date = date(2020, 1, 6),
        matures_on: date | None = None,
        status: str = "1",
    ) -> None:
        average = yuan if average_yuan is None else average_yuan
        row = {
            "acct_no": account, "cust_no": number, "product": product, "balance_fen": round(yuan * 100),
            "average_3m_fen": round(average * 100), "opened_on": opened_on, "matures_on": matures_on,
            "status": status,
        }  # fmt: skip
        self._snapshot("core_deposit", days, row)

    def loan(
        self, loan: str, number: str, yuan: float, *, days: Days = ALWAYS, start_on: date, end_on: date
    ) -> None:
        row = {
            "loan_no": loan, "cust_no": number, "product": "农户贷款", "purpose": "B", "amount_fen": 10_000_000,
            "balance_fen": round(yuan * 100), "rate_bps": 435, "start_on": start_on, "end_on": end_on,
            "overdue_days": 0, "status": "1",
        }  # fmt: skip
        self._snapshot("loan", days, row)

    def shop(self, merchant: str, yuan: float, *, days: Days = ALWAYS) -> None:
        row = {
            "merchant_no": merchant, "name": "小卖部", "month_volume_fen": round(yuan * 100), "month_count": 60,
            "status": "1",
        }  # fmt: skip
        self._snapshot("pos_merchant", days, row)

    def line(self, contract: str, number: str, yuan: float, used_yuan: float, *, days: Days) -> None:
        row = {
            "contract_no": contract, "cust_no": number, "line_fen": round(yuan * 100),
            "used_fen": round(used_yuan * 100), "start_on": date(2025, 1, 1), "end_on": date(2027, 12, 31),
            "purpose": "B", "status": "1",
        }  # fmt: skip
        self._snapshot("credit_line", days, row)

    def told(self, feed: str, row: Row, days: Days) -> None:
        """A row of a feed as it stands in its snapshot."""
        self._snapshot(feed, days, row)

    def changed(self, run_id: int, *customer_ids: int) -> None:
        for customer_id in customer_ids:
            insert(self.connection, "night_changes", {"night_run_id": run_id, "customer_id": customer_id})
