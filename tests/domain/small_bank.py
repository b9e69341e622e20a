"""A bank of one head office and two outlets over three atoms, put into a test's own database row by row."""

from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

DATA_DATE = date(2026, 11, 20)
TODAY = date(2026, 11, 21)
DUTIES = {"CUSTOMER_MANAGER": "CUSTOMERS", "OUTLET_MANAGER": "UNIT"}
"""What people of these roles usually answer for."""


def insert(connection: psycopg.Connection, table: str, **values: Any) -> Any:
    """Insert one row and give its id (or its first column)."""
    statement = sql.SQL("insert into {} ({}) values ({}) returning *").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    row = connection.execute(statement, list(values.values())).fetchone()
    assert row is not None
    return row[0]


class SmallBank:
    """Grid `north` (atoms n1, n2) under outlet A with A and B posts, grid `south` (atom s1) under outlet B."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self._customer_id = 0
        self.head_office = self._unit("HEAD", "HEAD_OFFICE")
        self.outlet_a = self._unit("A01", "OUTLET")
        self.outlet_b = self._unit("B01", "OUTLET")
        self.manager_a = self.staff("M1", self.outlet_a, "CUSTOMER_MANAGER")
        self.manager_b = self.staff("M2", self.outlet_a, "CUSTOMER_MANAGER")
        self.manager_south = self.staff("M3", self.outlet_b, "CUSTOMER_MANAGER")
        self.head_of_a = self.staff("O1", self.outlet_a, "OUTLET_MANAGER")
        self.head_of_b = self.staff("O2", self.outlet_b, "OUTLET_MANAGER")
        self.n1, self.n2, self.s1 = (self.atom(code) for code in ("n1", "n2", "s1"))
        self.plan = insert(
            connection, "plans", name="方案", state="IN_FORCE", version=1, from_on=date(2026, 1, 1)
        )
        self.large = self.grid("L1", "LARGE", self.outlet_a, None)
        self.north = self.grid("N", "SMALL", self.outlet_a, self.large)
        self.south = self.grid("S", "SMALL", self.outlet_b, self.large)
        for atom, grid in ((self.n1, self.north), (self.n2, self.north), (self.s1, self.south)):
            insert(connection, "plan_atoms", plan_id=self.plan, atom_id=atom, grid_id=grid)
        self.post(self.north, self.manager_a, "A")
        self.post(self.north, self.manager_b, "B")
        self.post(self.south, self.manager_south, "A")

    def _unit(self, code: str, kind: str) -> int:
        return insert(self.connection, "org_units", code=code, name=code, kind=kind)

    def staff(self, number: str, org_unit_id: int, role: str, *, is_active: bool = True) -> int:
        return insert(
            self.connection,
            "staff",
            number=number,
            name=number,
            role=role,
            org_unit_id=org_unit_id,
            is_active=is_active,
            duty=DUTIES.get(role),
        )

    def atom(self, code: str) -> int:
        return insert(
            self.connection,
            "atoms",
            code=code,
            name=code,
            village_code="v",
            village="村",
            town_code="t",
            town="镇",
            is_urban=False,
            is_stand_in=False,
            lon_deg_wgs84=119.8,
            lat_deg_wgs84=33.8,
            area_m2=1.0,
        )

    def grid(
        self, code: str, level: str, org_unit_id: int, parent_id: int | None, plan: int | None = None
    ) -> int:
        return insert(
            self.connection,
            "grids",
            plan_id=plan or self.plan,
            code=code,
            name=code,
            level=level,
            parent_id=parent_id,
            org_unit_id=org_unit_id,
            town_code="t",
            area_m2=1.0,
        )

    def post(
        self, grid: int, staff: int, role: str, from_on: date = date(2026, 1, 1), to_on: date | None = None
    ) -> int:
        return insert(
            self.connection, "posts", grid_id=grid, staff_id=staff, role=role, from_on=from_on, to_on=to_on
        )

    def credit_file(self, customer_id: int, key: str = "1") -> None:
        """A file of 阳光信贷 that belongs to a customer."""
        insert(
            self.connection,
            "source_records",
            feed="sunshine_credit",
            key=key,
            kind="PERSON",
            data_date=DATA_DATE,
            row_hash=1,
            name="甲",
            name_norm="甲",
            status="ACTIVE",
            evidence="",
            customer_id=customer_id,
        )

    def customer(self, **values: Any) -> int:
        self._customer_id += 1
        usual: dict[str, Any] = {
            "id": self._customer_id,
            "kind": "PERSON",
            "tier": "GENERAL",
            "status": "ACTIVE",
            "name": f"客户{self._customer_id}",
            "deposit_fen": 0,
            "loan_fen": 0,
            "line_fen": 0,
        }
        return insert(self.connection, "customers", **(usual | values))

    def visit(
        self,
        customer_id: int,
        staff_id: int,
        started_at: str,
        outcome: str = "INTERESTED",
        next_on: str | None = None,
    ) -> None:
        insert(
            self.connection,
            "visits",
            id=uuid4(),
            customer_id=customer_id,
            recorded_for_id=customer_id,
            staff_id=staff_id,
            counted_at=started_at,
            started_at=started_at,
            received_at=started_at,
            outcome=outcome,
            next_on=next_on,
        )

    def loan(
        self, customer_id: int, number: str, *, end_on: date, overdue_days: int = 0, balance_fen: int = 100
    ) -> None:
        insert(
            self.connection,
            "loans",
            customer_id=customer_id,
            number=number,
            product="经营贷",
            balance_fen=balance_fen,
            rate_bps=435,
            start_on=date(2025, 1, 1),
            end_on=end_on,
            overdue_days=overdue_days,
            is_business=True,
        )

    def read(self, columns: str, customer_id: int) -> tuple[Any, ...]:
        row = self.connection.execute(
            f"select {columns} from customers where id = %s", [customer_id]
        ).fetchone()
        assert row is not None
        return row
