"""A small bank: three outlets, seven managers, four small grids with square outlines, customers in each.

Grid 1 and 2 belong to outlet A, 3 to outlet B, 4 to outlet C. Manager a1 is A on grid 1 and B on grid 2, a2 the other
way round, b1 and b2 work grid 3, c1 and c2 grid 4, bare has no grid and owns customers without one.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import psycopg
from psycopg.types.json import Jsonb

from domain.feeds.statements import ROW_EMPTY, ROW_TWIN
from domain.performance.sums import sum_customers
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from domain.shared.rows import NightRows
from domain.shared.statements import jsonb, jsonb_list
from domain.tasks.statements import CADENCE, DEPOSIT, OVERDUE
from geo.cells import count_cells
from geo.points import mark_points
from geo.statements import WALKS_DONE
from ml.statements import DEMAND, NO_LOANS, NO_TERM
from tests.people import actor_in

DATA_DATE = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
CUSTOMERS_A_GRID = 72
BARE_CUSTOMERS = 12
SCORED_BY = 1
"""The night run whose scores are in force."""
LEFT = {50: "CLOSED", 55: "MOVED", 62: "DEAD"}
"""The state of a grid's customers by number; all others are active."""
NAMESPACE = UUID("6f1f7a3e-51a5-4b0e-9a35-2b6f8f0a2c11")


@dataclass
class Bank:
    """Keys by name."""

    units: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    grids: dict[str, int] = field(default_factory=dict)
    customers: dict[str, list[int]] = field(default_factory=dict)
    """By grid; 'bare' are those without a grid."""
    visits: dict[str, UUID] = field(default_factory=dict)

    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """As he was when the bank was made."""
        return self.actors[name]


STAFF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "head": ("head", "HEAD_OFFICE", ()),
    "admin": ("head", "ADMINISTRATOR", ()),
    "outlet_a": ("A", "OUTLET_MANAGER", ()),
    "outlet_b": ("B", "OUTLET_MANAGER", ()),
    "a1": ("A", "CUSTOMER_MANAGER", ("g1", "g2")),
    "a2": ("A", "CUSTOMER_MANAGER", ("g1", "g2")),
    "b1": ("B", "CUSTOMER_MANAGER", ("g3",)),
    "b2": ("B", "CUSTOMER_MANAGER", ("g3",)),
    "c1": ("C", "CUSTOMER_MANAGER", ("g4",)),
    "c2": ("C", "CUSTOMER_MANAGER", ("g4",)),
    "bare": ("A", "CUSTOMER_MANAGER", ()),
}
GRIDS = {"g1": ("A", "a1", "a2"), "g2": ("A", "a2", "a1"), "g3": ("B", "b1", "b2"), "g4": ("C", "c1", "c2")}
WEST_DEG, SOUTH_DEG, SIDE_DEG = 119.50, 33.60, 0.02


def fill(connection: psycopg.Connection, *, password_hash: str = "$unusable") -> Bank:
    bank = Bank()
    _organisation(connection, bank, password_hash)
    _grids(connection, bank)
    for index, name in enumerate(GRIDS):
        bank.customers[name] = [_customer(connection, bank, name, index, n) for n in range(CUSTOMERS_A_GRID)]
    bank.customers["bare"] = [_bare_customer(connection, bank, n) for n in range(BARE_CUSTOMERS)]
    _holdings(connection, bank)
    _placements(connection)
    _visits_and_walks(connection, bank)
    _nights(connection, bank)
    sum_customers(connection, DATA_DATE, 6)
    mark_points(connection, DATA_DATE)
    count_cells(NightRows(connection))
    today = bank_day(NOW)
    bank.actors = {name: actor_in(connection, bank.accounts[name], today) for name in STAFF}
    connection.commit()
    return bank


def _one(connection: psycopg.Connection, sql: str, *values: Any) -> Any:
    row = connection.execute(sql, values).fetchone()
    assert row is not None
    return row[0]


def _organisation(connection: psycopg.Connection, bank: Bank, password_hash: str) -> None:
    unit = "insert into org_units (code, name, kind, parent_id, town_code) values (%s, %s, %s, %s, %s) returning id"
    bank.units["head"] = _one(connection, unit, "0000", "总行", "HEAD_OFFICE", None, None)
    for number, name in enumerate("ABC", start=1):
        bank.units[name] = _one(
            connection, unit, f"000{number}", f"{name}支行", "OUTLET", bank.units["head"], f"32092310{number}"
        )
    for number, (name, (where, role, _)) in enumerate(STAFF.items(), start=1):
        bank.staff[name] = _one(
            connection,
            "insert into staff (number, name, role, org_unit_id, is_active) values (%s, %s, %s, %s, true) returning id",
            f"1{number:05d}",
            f"员工{name}",
            role,
            bank.units[where],
        )
        bank.accounts[name] = _one(
            connection,
            """insert into accounts (account, staff_id, password_hash, failed_attempts)
               values (%s, %s, %s, 0) returning id""",
            name,
            bank.staff[name],
            password_hash,
        )


def _square(index: int) -> str:
    west = WEST_DEG + index * SIDE_DEG
    east, north = west + SIDE_DEG, SOUTH_DEG + SIDE_DEG
    ring = f"{west} {SOUTH_DEG}, {east} {SOUTH_DEG}, {east} {north}, {west} {north}, {west} {SOUTH_DEG}"
    return f"MULTIPOLYGON((({ring})))"


def _grids(connection: psycopg.Connection, bank: Bank) -> None:
    plan = _one(
        connection,
        """insert into plans (name, state, version, from_on) values ('方案', 'IN_FORCE', 1, '2026-01-01')
           returning id""",
    )
    retired = _one(
        connection,
        """insert into plans (name, state, version, from_on, to_on)
           values ('旧方案', 'RETIRED', 1, '2025-01-01', '2026-01-01') returning id""",
    )
    grid = """insert into grids (plan_id, code, name, level, parent_id, org_unit_id, town_code, area_m2)
              values (%s, %s, %s, %s, %s, %s, '320923101', 1000000) returning id"""
    bank.grids["old"] = _one(connection, grid, retired, "旧-1", "旧网格", "SMALL", None, bank.units["A"])
    bank.grids["large_a"] = _one(connection, grid, plan, "L-A", "大网格甲", "LARGE", None, bank.units["A"])
    bank.grids["large_bc"] = _one(connection, grid, plan, "L-BC", "大网格乙", "LARGE", None, bank.units["B"])
    for index, (name, (unit, a, b)) in enumerate(GRIDS.items()):
        parent = bank.grids["large_a" if unit == "A" else "large_bc"]
        key = _one(connection, grid, plan, f"S-{index + 1}", f"网格{name}", "SMALL", parent, bank.units[unit])
        bank.grids[name] = key
        for role, who in (("A", a), ("B", b)):
            connection.execute(
                "insert into posts (grid_id, staff_id, role, from_on) values (%s, %s, %s, '2026-01-01')",
                [key, bank.staff[who], role],
            )
        connection.execute(
            """insert into grid_boundaries (grid_id, boundary_wgs84, boundary_3857)
               select %s, g, st_transform(g, 3857) from (select st_geomfromtext(%s, 4326) as g) as made""",
            [key, _square(index)],
        )
        connection.execute(
            """insert into grid_statistics (grid_id, customers, located, visited_90d, key_customers, deposit_fen,
                                            loan_fen, due_visits, at_risk, visited_180d, visited_365d,
                                            visited_ever, median_days_unvisited, visited_here_90d)
               values (%s, %s, %s, 7, 8, 5000000000, 300, 5, 2, 9, 11, 12, 140, 6)""",
            [key, CUSTOMERS_A_GRID, CUSTOMERS_A_GRID],
        )


_CUSTOMER = """
insert into customers (id, kind, tier, status, name, phone, certificate_type, certificate, address, industry,
                       lon_deg_wgs84, lat_deg_wgs84, source_datum, accuracy_m, location_method, grid_id, org_unit_id,
                       owner_id, deposit_fen, loan_fen, line_fen, attrition_score, attrition_band, last_visit_on,
                       visited_here_on, due_on)
values (%(id)s, %(kind)s, %(tier)s, %(status)s, %(name)s, %(phone)s, '10', %(certificate)s, %(address)s, %(industry)s,
        %(lon)s, %(lat)s, %(datum)s, %(accuracy)s, %(method)s, %(grid)s, %(unit)s,
        %(owner)s, %(deposit)s, %(loan)s, %(line)s, %(score)s, %(band)s, %(visited)s,
        %(visited)s, %(due)s)
"""


def _values(key: int, n: int) -> dict[str, Any]:
    kind = ("PERSON", "PERSON", "SOLE_TRADER", "ENTERPRISE")[n % 4]
    name = f"阜宁{n}号贸易有限公司" if kind == "ENTERPRISE" else f"{'王李张刘'[n % 4]}客户{n}"
    return {
        "id": key,
        "kind": kind,
        "tier": "KEY" if n % 5 == 0 else "GENERAL",
        "status": LEFT.get(n, "ACTIVE"),
        "name": name,
        "phone": f"138{key:08d}" if n % 6 else None,
        "certificate": f"3209231980010{key:05d}",
        "address": f"江苏省盐城市阜宁县阜城街道新桥村{n % 7}组",
        "industry": ("A0111", "F5211", None)[n % 3],
        "deposit": (n % 9) * 100_000_00,
        "loan": 0 if n % 3 else 50_000_00,
        "line": 0 if n % 2 else 80_000_00,
        "score": None if n % 8 == 0 else (n % 10) / 10,
        "band": None if n % 8 == 0 else n % 5 + 1,
        "visited": None if n % 4 == 0 else date(2026, 11, 1) - timedelta(days=n),
        "due": DATA_DATE + timedelta(days=n % 9) if n % 2 else None,
    }


def _customer(connection: psycopg.Connection, bank: Bank, grid: str, index: int, n: int) -> int:
    unit, a, _ = GRIDS[grid]
    key = (index + 1) * 1000 + n
    lon = WEST_DEG + (index + 0.1 + 0.8 * (n % 9) / 9) * SIDE_DEG
    lat = SOUTH_DEG + (0.1 + 0.8 * (n // 9) / 9) * SIDE_DEG
    place = {"lon": lon, "lat": lat, "datum": "GCJ02", "accuracy": 20.0, "method": "SURVEY"}
    belongs = {"grid": bank.grids[grid], "unit": bank.units[unit], "owner": bank.staff[a]}
    connection.execute(_CUSTOMER, {**_values(key, n), **place, **belongs})
    connection.execute(
        """insert into customer_points (customer_id, grid_id, org_unit_id, point_3857)
           values (%s, %s, %s, st_transform(st_setsrid(st_makepoint(%s, %s), 4326), 3857))""",
        [key, bank.grids[grid], bank.units[unit], lon, lat],
    )
    return key


def _bare_customer(connection: psycopg.Connection, bank: Bank, n: int) -> int:
    """Without a point; half of them are looked after by 'bare', half by c1."""
    owner, unit = ("bare", "A") if n % 2 == 0 else ("c1", "C")
    place = {"lon": None, "lat": None, "datum": None, "accuracy": None, "method": None}
    belongs = {"grid": None, "unit": bank.units[unit], "owner": bank.staff[owner]}
    connection.execute(_CUSTOMER, {**_values(9000 + n, n), **place, **belongs})
    return 9000 + n


def _holdings(connection: psycopg.Connection, bank: Bank) -> None:
    version = _one(
        connection,
        """insert into model_versions (name, version, trained_at, in_force, auc, baseline_auc, data_from, data_to,
                                       parameters, metrics, artefact)
           values ('attrition', '2026-11-01.1', '2026-11-01T00:00:00Z', true, 0.81, 0.78, '2025-11-30', '2026-08-31',
                   '{}', '{}', '') returning id""",
    )
    connection.execute(
        "insert into score_runs (model, night_run_id, model_version_id, data_date) values ('attrition', %s, %s, %s)",
        [SCORED_BY, version, DATA_DATE],
    )
    for keys in bank.customers.values():
        for key in keys:
            _holdings_of(connection, key)
    # Shop 1001 and its owner 1002 in one grid; 1003 is related to a customer of another outlet.
    for one, other in ((1001, 1002), (1003, 3003)):
        for customer, related, kind in ((one, other, "OPERATOR"), (other, one, "SHOP")):
            connection.execute("insert into relations values (%s, %s, %s)", [customer, related, kind])


def _holdings_of(connection: psycopg.Connection, key: int) -> None:
    for n in range(2):
        connection.execute(
            """insert into deposits (customer_id, account_no, product, balance_fen, average_3m_fen, opened_on)
               values (%s, %s, '活期储蓄', %s, %s, '2020-01-02')""",
            [key, f"D{key}-{n}", 5_000_000_000 + key + n, 4_000_000],
        )
    connection.execute(
        """insert into foreign_deposits (customer_id, account_no, product, currency, balance_hundredths)
           values (%s, %s, '外币活期', 'USD', 500000000000)""",
        [key, f"F{key}"],
    )
    connection.execute(
        """insert into customer_facts (customer_id, name, feed, fen, number, said, day_on, as_of)
           values (%(key)s, 'registryCapitalFen', 'registry', 5000000000, null, null, null, '2026-06-01'),
                  (%(key)s, 'firmStaff', 'firm_year', null, 12, null, null, '2025-12-31'),
                  (%(key)s, 'registryRepresentative', 'registry', null, null, '王磊', null, '2026-06-01'),
                  (%(key)s, '农业局/联系人', 'facts', null, null, '李秀兰', null, '2026-06-01'),
                  (%(key)s, 'registeredOn', 'registry', null, null, null, '2010-01-01', '2026-06-01')""",
        {"key": key},
    )
    connection.execute(
        """insert into loans_apart (customer_id, number, product, standing, currency, balance_hundredths, start_on,
                                    end_on, overdue_days)
           values (%s, %s, '委托贷款', 'ENTRUSTED', 'CNY', 70000, '2026-01-01', '2027-01-01', 0)""",
        [key, f"E{key}"],
    )
    connection.execute(
        """insert into foreign_credit_lines (customer_id, contract_no, currency, line_hundredths, used_hundredths,
                                             end_on)
           values (%s, %s, 'USD', 500000, 0, '2027-01-01')""",
        [key, f"X{key}"],
    )
    connection.execute(
        """insert into loans (customer_id, number, product, balance_fen, rate_bps, start_on, end_on, overdue_days,
                              is_business)
           values (%s, %s, '经营贷', 5000000, 435, '2026-01-02', '2027-01-02', 0, true)""",
        [key, f"L2026{key:06d}"],
    )
    connection.execute(
        """insert into loan_guarantees (customer_id, guarantee_no, loan_number, kind, amount_fen, guarantor_name,
                                        collateral)
           values (%s, %s, %s, '1', 5000000, '李秀兰', '阜宁县阜城街道新桥村3组12号房产')""",
        [key, f"G{key}", f"L2026{key:06d}"],
    )
    connection.execute(
        """insert into month_ends (customer_id, month_on, deposit_fen, loan_fen, pos_volume_fen)
           values (%(key)s, '2026-08-31', 3000000000, 0, 0),
                  (%(key)s, '2026-09-30', 4000000000 + %(key)s %% 3 * 1000000000, 5100000, 0),
                  (%(key)s, '2026-10-31', 5000000000, 5000000, 70)""",
        {"key": key},
    )
    connection.execute(
        "insert into scores (customer_id, value, band, model) values (%s, 0.25, 4, 'attrition')", [key]
    )
    if key % 2:
        connection.execute(
            "insert into score_reasons (model, customer_id, night_run_id, reasons) values ('attrition', %s, %s, %s)",
            [
                key,
                SCORED_BY,
                jsonb_list([NO_TERM(), NO_LOANS(), DEMAND(demand_fen=5_000_050, demand_share=0.625)]),
            ],
        )
    connection.execute(
        """insert into source_records (feed, key, kind, data_date, row_hash, name, name_norm, status, customer_id,
                                       evidence)
           values ('core_customer', %s, 'PERSON', %s, 1, '客户', '客户', 'ACTIVE', %s, 'CERTIFICATE,PHONE')""",
        [f"C{key:010d}", DATA_DATE, key],
    )
    connection.execute(
        "insert into disagreements (customer_id, field, values, kept) values (%s, 'phone', %s, '13812345678')",
        [
            key,
            Jsonb(
                [
                    {"feed": "core_customer", "value": "13812345678"},
                    {"feed": "crm_legacy", "value": "13987654321"},
                ]
            ),
        ],
    )


def _placements(connection: psycopg.Connection) -> None:
    """Everybody was placed by the books until October, and where he is now from then on."""
    connection.execute(
        """insert into placements (customer_id, from_on, to_on, grid_id, org_unit_id, owner_id, cause)
           select id, date '2026-02-01', date '2026-10-01', null, org_unit_id, owner_id, 'FIRST' from customers
           union all
           select c.id, date '2026-10-01', 'infinity', c.grid_id, c.org_unit_id, c.owner_id, 'PLACE'
             from customers c"""
    )


def _visits_and_walks(connection: psycopg.Connection, bank: Bank) -> None:
    for name, (_, a, _) in GRIDS.items():
        for n, key in enumerate(bank.customers[name][:5]):
            for turn in range(3):
                visit = uuid5(NAMESPACE, f"{key}-{turn}")
                bank.visits.setdefault(name, visit)
                connection.execute(
                    """insert into visits (id, customer_id, recorded_for_id, staff_id, grid_id, counted_at, started_at,
                                           received_at, outcome, note, lon_deg_wgs84, lat_deg_wgs84, source_datum,
                                           accuracy_m, distance_m)
                       values (%s, %s, %s, %s, %s, %s, %s, %s, 'INTERESTED', '想贷款', 119.5, 33.6, 'GCJ02', 10,
                               12.5)""",
                    [
                        visit,
                        key,
                        key,
                        bank.staff[a],
                        bank.grids[name],
                        *[NOW - timedelta(days=turn * 10, minutes=n)] * 3,
                    ],
                )
        walk_on = DATA_DATE + timedelta(days=1)
        connection.execute(
            "insert into walks (staff_id, walk_on, length_m) values (%s, %s, 1234.5)",
            [bank.staff[a], walk_on],
        )
        # The last stop lies in a grid of another outlet: it was planned before a change of posts.
        foreign = bank.customers["g3" if name != "g3" else "g1"][0]
        for position, key in enumerate([*bank.customers[name][:3], foreign], start=1):
            connection.execute(
                """insert into walk_stops
                          (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement, figures, due_on)
                   values (%s, %s, %s, %s, %s, 'CADENCE', %s, %s, %s)""",
                [
                    bank.staff[a],
                    walk_on,
                    position,
                    key,
                    key,
                    jsonb(CADENCE(tier="KEY", last_visit_on=DATA_DATE - timedelta(days=200))),
                    jsonb_list([DEPOSIT(deposit_fen=5_000_000), OVERDUE(days=3)]),
                    walk_on,
                ],
            )


def _nights(connection: psycopg.Connection, bank: Bank) -> None:
    run = _one(
        connection,
        """insert into night_runs (data_date, state, is_full, retrain, started_at, ended_at, failure)
           values (%s, 'DONE', false, false, %s, %s, '{"code": "DISK_FULL", "values": {}}') returning id""",
        DATA_DATE,
        NOW - timedelta(hours=2),
        NOW - timedelta(hours=1),
    )
    for position, name in enumerate(("find", "identity", "rollup")):
        connection.execute(
            """insert into night_steps (night_run_id, name, position, state, rows, seconds, progress, message)
               values (%s, %s, %s, 'DONE', 10, 1.5, 1, %s)""",
            [
                run,
                name,
                position,
                jsonb(WALKS_DONE(walk_on=DATA_DATE, walks=3, stops=36) if position else None),
            ],
        )
    for day in range(3):
        connection.execute(
            """insert into batches (feed, data_date, sequence, file_name, sha256, state, rows, loaded, refused,
                                    quarantined, changed, night_run_id, reasons)
               values ('loan', %s, 1, 'loan.dat', 'x', 'LOADED', 10, 9, 0, 1, 2, %s, %s)""",
            [
                DATA_DATE - timedelta(days=day),
                run,
                jsonb_list(
                    [
                        ROW_EMPTY(column='"列"', lines=1, first_lines="7"),
                        ROW_TWIN(lines=2, first_lines="8, 9"),
                    ][:day]
                ),
            ],
        )
    since = {"deposit_fen": "2026-07-31", "loan_fen": "2026-09-30", "pos_volume_fen": "2026-07-31"}
    for name, value in (
        ("data_date", DATA_DATE.isoformat()),
        ("tile_version", "20261120-1"),
        ("month_ends_since", since),
    ):
        connection.execute("insert into settings (name, value) values (%s, %s)", [name, Jsonb(value)])
