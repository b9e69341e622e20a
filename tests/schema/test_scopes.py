"""Scopes of every form beside a slow plain predicate: pages, counts, groups, dashboards, grids and walks, both ways.

An outlet becomes a sub-branch's: head office, east with A and B, A1 below A. People have what their role gives, and
units, grids and single customers beside it, overlapping where that could count somebody twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import psycopg
import pytest
from graphql import parse

from domain.performance.sums import sum_customers
from domain.shared.actor import Actor, ScopeForm
from domain.shared.calendar import bank_day
from domain.shared.masks import Mask
from schema.engine.plans import Plans
from schema.root import COMPILER
from schema.view import View
from tests.databases import database_of
from tests.people import actor_in
from tests.schema.bank import DATA_DATE, NOW, Bank
from tests.schema.both_ways import Asked
from tests.schema.test_equality import UNGUARDED, BothWays, WideBank, both_ways

TODAY = bank_day(NOW)


@dataclass(frozen=True)
class Row:
    """What the plain predicate looks at."""

    id: int
    unit: int | None
    grid: int | None
    owner: int | None
    is_active: bool


Sees = Callable[[Row], bool]


@dataclass(frozen=True)
class Person:
    """Who asks, which form his scope has, and whom he sees in plain Python."""

    form: ScopeForm
    sees: Sees


def people(bank: Bank) -> dict[str, tuple[str, str, list[tuple[str, int]], Person]]:
    """By name: role, unit, grants (column, key), and what is expected."""
    units, grids, staff = bank.units, bank.grids, bank.staff
    one, other = bank.customers["g1"][0], bank.customers["g3"][5]
    far, bare = bank.customers["g4"][7], bank.customers["bare"][1]

    def of_grids(*names: str) -> Sees:
        keys = {grids[name] for name in names}
        return lambda row: row.grid in keys

    def gridless(name: str) -> Sees:
        return lambda row: row.grid is None and row.owner == staff[name]

    def any_of(*parts: Sees) -> Sees:
        return lambda row: any(part(row) for part in parts)

    def of_units(*names: str) -> Sees:
        return lambda row: row.unit in {units[name] for name in names}

    def named(*ids: int) -> Sees:
        return lambda row: row.id in ids

    form = ScopeForm
    return {
        "east_boss": ("OUTLET_MANAGER", "east", [], Person(form.UNITS, of_units("east", "A", "A1", "B"))),
        "a_boss": ("OUTLET_MANAGER", "A", [], Person(form.UNITS, of_units("A", "A1"))),
        "b_boss": ("OUTLET_MANAGER", "B", [], Person(form.UNIT, of_units("B"))),
        "root_boss": (
            "OUTLET_MANAGER", "head", [], Person(form.UNITS, of_units("head", "east", "A", "A1", "B", "C")),
        ),
        "closed_boss": ("OUTLET_MANAGER", "closed", [], Person(form.UNITS, lambda _row: False)),
        "b_and_c": ("OUTLET_MANAGER", "B", [("unit_id", units["C"])], Person(form.UNITS, of_units("B", "C"))),
        "b_and_more": (
            "OUTLET_MANAGER", "B",
            [("grid_id", grids["g4"]), ("grid_id", grids["g3"]),
             *(("customer_id", key) for key in (one, other, far, bare))],
            Person(form.MIXED, any_of(of_units("B"), of_grids("g3", "g4"), named(one, other, far, bare))),
        ),
        "large_grid": (
            "OUTLET_MANAGER", "B", [("grid_id", grids["large_a"])],
            Person(form.MIXED, any_of(of_units("B"), of_grids("g1", "g2"))),
        ),
        "c1": (
            "CUSTOMER_MANAGER", "C", [("unit_id", units["A1"]), ("customer_id", one), ("customer_id", far),
                                      ("customer_id", bare)],
            Person(form.MIXED, any_of(of_units("A1"), of_grids("g4"), gridless("c1"), named(one, far, bare))),
        ),
        "b1": ("CUSTOMER_MANAGER", "B", [("grid_id", grids["g4"])], Person(form.GRIDS, of_grids("g3", "g4"))),
        "bare": (
            "CUSTOMER_MANAGER", "A", [("customer_id", key) for key in bank.customers["bare"][:4]],
            Person(form.MIXED, any_of(gridless("bare"), named(*bank.customers["bare"][:4]))),
        ),
        "auditor": ("AUDITOR", "head", [("unit_id", units["B"])], Person(form.UNIT, of_units("B"))),
        "auditor_of_two": (
            "AUDITOR", "head", [("customer_id", one), ("customer_id", far)],
            Person(form.MIXED, named(one, far)),
        ),
        "auditor_of_none": ("AUDITOR", "head", [], Person(form.NOTHING, lambda _row: False)),
        "late": ("AUDITOR", "head", [("late", units["B"])], Person(form.NOTHING, lambda _row: False)),
    }  # fmt: skip


@dataclass(frozen=True)
class Scopes:
    """The bank with its tree and grants, who asks, and all customers."""

    both: BothWays
    people: dict[str, Person]
    rows: list[Row]

    def expected(self, who: str) -> set[int]:
        return {row.id for row in self.rows if self.people[who].sees(row)}

    def data(self, who: str, text: str, **variables: Any) -> Any:
        """The answer that both executors give."""
        asked = Asked.of(UNGUARDED, text, variables)
        compared = self.both.compare(asked, UNGUARDED.document(asked.node, asked.operation), who)
        assert compared.is_compiled, compared.errors
        return compared.data


PEOPLE = (
    "east_boss", "a_boss", "b_boss", "root_boss", "closed_boss", "b_and_c", "b_and_more", "large_grid", "c1", "b1",
    "bare", "auditor", "auditor_of_two", "auditor_of_none", "late",
)  # fmt: skip


@pytest.fixture(scope="module")
def scopes(small_bank: tuple[str, Bank], make_database: Callable[..., str]) -> Iterator[Scopes]:
    address = make_database(database_of(small_bank[0]))
    kept = small_bank[1]
    bank = replace(kept, units=dict(kept.units), staff=dict(kept.staff), accounts=dict(kept.accounts))
    with psycopg.connect(address) as connection:
        _grow(connection, bank)
        found = people(bank)
        actors = {name: _enter(connection, bank, name, *what[:3]) for name, what in found.items()}
        sum_customers(connection, DATA_DATE, 6)
        rows = [
            Row(*row)
            for row in connection.execute(
                "select id, org_unit_id, grid_id, owner_id, status = 'ACTIVE' from customers"
            )
        ]
    assert set(found) == set(PEOPLE)
    actors["head"] = bank.actor("head")
    with both_ways(WideBank(address, bank, actors, [])) as both:
        yield Scopes(both, {name: what[3] for name, what in found.items()}, rows)


def _grow(connection: psycopg.Connection, bank: Bank) -> None:
    """A tree of four levels; some customers of grid 1 belong to the unit below A, one to no unit."""
    unit = """insert into org_units (code, name, kind, parent_id, from_on, to_on)
              values (%s, %s, %s, %s, %s, %s) returning id"""
    for name, kind, above, from_on, to_on in (
        ("east", "BRANCH", "head", date(2020, 1, 1), None),
        ("A1", "OUTLET", "A", None, date(2027, 1, 1)),
        ("closed", "OUTLET", "east", None, date(2026, 11, 1)),
        ("below_closed", "OUTLET", "closed", None, None),
        ("future", "OUTLET", "east", date(2026, 12, 1), None),
    ):
        row = connection.execute(unit, [name, name, kind, bank.units[above], from_on, to_on]).fetchone()
        assert row is not None
        bank.units[name] = row[0]
    connection.execute(
        "update org_units set parent_id = %s where id = any(%s)",
        [bank.units["east"], [bank.units["A"], bank.units["B"]]],
    )
    for name, keys in (
        ("A1", range(1000, 1020)),
        ("closed", (1030,)),
        ("below_closed", (1031,)),
        ("future", (1032,)),
    ):
        connection.execute(
            "update customers set org_unit_id = %s where id = any(%s)", [bank.units[name], list(keys)]
        )
    connection.execute("update customers set org_unit_id = null where id = %s", [bank.customers["g4"][9]])
    # One who is granted to somebody and has all that figures count.
    connection.execute(
        """update customers set line_fen = 500, loan_fen = 100, visited_here_on = '2026-11-01'
            where id = any(%s)""",
        [[bank.customers["g1"][0], bank.customers["g4"][7]]],
    )
    connection.execute(
        """insert into source_records (feed, key, kind, data_date, row_hash, name, name_norm, status, customer_id,
                                       evidence)
           values ('sunshine_credit', 'S1', 'PERSON', %s, 1, '客户', '客户', 'ACTIVE', %s, 'ORIGIN')""",
        [DATA_DATE, bank.customers["g1"][0]],
    )
    connection.execute(
        """insert into due_visits (customer_id, reason, statement, due_on, priority)
           select unnest(%s::bigint[]), 'CADENCE', '{}', %s, 1""",
        [[bank.customers["g1"][0], bank.customers["g4"][7]], TODAY],
    )
    connection.execute(
        """insert into roles (code, name, position, permissions, mask, scope)
           values ('AUDITOR', '审计', 9, '{customers.view,grids.view,performance.view,tasks.view_walk}', 'HEAD',
                   'NOTHING')"""
    )


def _enter(
    connection: psycopg.Connection, bank: Bank, name: str, role: str, unit: str, grants: list[tuple[str, int]]
) -> Actor:
    staff = bank.staff.get(name)
    if staff is None:
        row = connection.execute(
            "insert into staff (number, name, role, org_unit_id, is_active) values (%s, %s, %s, %s, true) returning id",
            [name, name, role, bank.units[unit]],
        ).fetchone()
        assert row is not None
        staff = row[0]
    for column, key in grants:
        from_on, to_on = (date(2026, 1, 1), TODAY) if column == "late" else (TODAY, None)
        what = {"late": "unit_id", "grid_id": "grid_code"}.get(column, column)
        named = "(select code from grids where id = %s)" if what == "grid_code" else "%s"
        connection.execute(
            f"insert into scope_grants (staff_id, {what}, from_on, to_on) values (%s, {named}, %s, %s)".encode(),
            [staff, key, from_on, to_on],
        )
    account = connection.execute(
        """insert into accounts (account, staff_id, password_hash, failed_attempts) values (%s, %s, '', 0)
           on conflict (account) do update set staff_id = excluded.staff_id returning id""",
        [name, staff],
    ).fetchone()
    assert account is not None
    return actor_in(connection, account[0], TODAY)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_form_that_was_meant(scopes: Scopes, who: str) -> None:
    assert scopes.both.wide.actors[who].form is scopes.people[who].form


PAGE = """query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: [CustomerOrder!]) {
  customers(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    totalCount { value } edges { node { id depositFen } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.parametrize(
    "order", [[], [{"by": "DEPOSIT", "descending": True}]], ids=["by key", "by deposits"]
)
@pytest.mark.parametrize("who", PEOPLE)
def test_pages_and_counts_are_those_of_the_plain_predicate(
    scopes: Scopes, who: str, order: list[dict[str, Any]]
) -> None:
    expected = scopes.expected(who)
    forward = _walk(scopes, who, order, "first", "after", "hasNextPage", "endCursor")
    assert len(forward) == len(expected)
    assert {key for key, _ in forward} == expected
    backward = _walk(scopes, who, order, "last", "before", "hasPreviousPage", "startCursor")
    assert backward == list(reversed(forward))
    if order:
        assert [fen for _, fen in forward] == sorted((fen for _, fen in forward), reverse=True)


def _walk(
    scopes: Scopes, who: str, order: list[dict[str, Any]], size: str, cursor: str, more: str, end: str
) -> list[tuple[int, int]]:
    """All rows, page by page, in the order of walking."""
    found: list[tuple[int, int]] = []
    at = None
    while True:
        data = scopes.data(who, PAGE, **{size: 50, cursor: at, "orderBy": order})["customers"]
        assert data["totalCount"]["value"] == len(scopes.expected(who))
        page = [
            (int(edge["node"]["id"].partition(":")[2]), edge["node"]["depositFen"]) for edge in data["edges"]
        ]
        found += page if size == "first" else reversed(page)
        at = data["pageInfo"][end]
        if not data["pageInfo"][more]:
            return found


@pytest.mark.parametrize("who", PEOPLE)
def test_a_row_is_reached_by_its_id_where_the_plain_predicate_holds(scopes: Scopes, who: str) -> None:
    expected = scopes.expected(who)
    some = {row.id for row in scopes.rows[::37]} | set(sorted(expected)[:3])
    for key in some:
        found = scopes.data(who, "query ($id: ID!) { customer(id: $id) { id } }", id=f"Customer:{key}")
        assert (found["customer"] is not None) == (key in expected), key


@pytest.mark.parametrize("filter_", [None, {"located": True}], ids=["from sums", "from rows"])
@pytest.mark.parametrize("who", PEOPLE)
def test_groups_count_each_customer_once(scopes: Scopes, who: str, filter_: Any) -> None:
    data = scopes.data(
        who,
        """query ($filter: CustomerFilter) { customerGroups(by: [ORG_UNIT], filter: $filter) {
             customers located orgUnit { id } } }""",
        filter=filter_,
    )
    seen = [row for row in scopes.rows if scopes.people[who].sees(row)]
    located = sum(row.grid is not None for row in seen)
    groups = data["customerGroups"]
    assert sum(group["customers"] for group in groups) == (len(seen) if filter_ is None else located)
    assert sum(group["located"] for group in groups) == located


FIGURES = """query ($unit: ID) { dashboard(orgUnitId: $unit) {
  customers gridCoverage visitsDue funnel { step count } } }"""


@pytest.mark.parametrize("who", PEOPLE)
def test_his_own_dashboard_counts_what_he_sees(scopes: Scopes, who: str) -> None:
    data = scopes.data(who, FIGURES)["dashboard"]
    seen = [row for row in scopes.rows if scopes.people[who].sees(row) and row.is_active]
    assert data["customers"] == len(seen)
    share = sum(row.grid is not None for row in seen) / len(seen) if seen else 0
    assert data["gridCoverage"] == pytest.approx(share, abs=1e-4)


def test_the_dashboard_of_a_unit_counts_all_below_it(scopes: Scopes) -> None:
    units = scopes.both.wide.bank.units

    def customers(who: str, unit: str) -> int:
        data = scopes.data(who, FIGURES, unit=f"OrgUnit:{units[unit]}")
        value: int = data["dashboard"]["customers"]
        return value

    def active(*names: str) -> int:
        keys = {units[name] for name in names}
        return sum(row.is_active and row.unit in keys for row in scopes.rows)

    east = ("east", "A", "A1", "B")
    assert customers("east_boss", "east") == active(*east)
    assert customers("east_boss", "A") == active("A", "A1")
    assert customers("east_boss", "A1") == active("A1")
    assert customers("head", "east") == active(*east)
    assert customers("head", "B") == active("B")
    assert customers("head", "head") == sum(row.is_active for row in scopes.rows)
    assert customers("b_and_more", "B") == sum(
        row.is_active for row in scopes.rows if scopes.people["b_and_more"].sees(row)
    )


def test_single_customers_have_the_figures_that_their_sums_would_have(scopes: Scopes) -> None:
    """Whoever is granted all customers of a grid one by one reads what the owner of the grid reads."""
    wide = scopes.both.wide
    with psycopg.connect(wide.address) as connection:
        keys = [row.id for row in scopes.rows if row.grid == wide.bank.grids["g1"]]
        one_by_one = _enter(
            connection, wide.bank, "one_by_one", "AUDITOR", "head", [("customer_id", key) for key in keys]
        )
        whole = _enter(
            connection, wide.bank, "whole", "AUDITOR", "head", [("grid_id", wide.bank.grids["g1"])]
        )
    wide.actors.update(one_by_one=one_by_one, whole=whole)
    single, summed = scopes.data("one_by_one", FIGURES), scopes.data("whole", FIGURES)
    assert single == summed
    assert single["dashboard"]["visitsDue"] == 1
    assert all(step["count"] > 0 for step in single["dashboard"]["funnel"])


GRIDS = {
    "east_boss": {"g1", "g2", "g3", "large_a"},
    "a_boss": {"g1", "g2", "large_a"},
    "b_boss": {"g3"},
    "root_boss": {"g1", "g2", "g3", "g4", "large_a", "large_bc"},
    "closed_boss": set(),
    "b_and_c": {"g3", "g4", "large_bc"},
    "b_and_more": {"g3", "g4"},
    "large_grid": {"g3", "g1", "g2", "large_a"},
    "c1": {"g4"},
    "b1": {"g3", "g4"},
    "bare": set(),
    "auditor": {"g3"},
    "auditor_of_two": set(),
}


@pytest.mark.parametrize("who", GRIDS)
def test_which_grids_are_seen(scopes: Scopes, who: str) -> None:
    bank = scopes.both.wide.bank
    data = scopes.data(who, "{ grids { id } }")
    assert [grid["id"] for grid in data["grids"]].count(f"Grid:{bank.grids['g3']}") <= 1
    assert {grid["id"] for grid in data["grids"]} == {f"Grid:{bank.grids[name]}" for name in GRIDS[who]}


WALKS = {
    "east_boss": {"a1", "a2", "b1"},
    "b_boss": {"b1"},
    "b_and_c": {"b1", "c1"},
    "c1": {"c1"},
    "b1": {"b1"},
}


@pytest.mark.parametrize("who", WALKS)
def test_whose_walks_are_seen(scopes: Scopes, who: str) -> None:
    staff = scopes.both.wide.bank.staff
    for walker in ("a1", "a2", "b1", "c1"):
        data = scopes.data(
            who,
            "query ($id: ID!) { today(staffId: $id) { staff { id } } }",
            id=f"Staff:{staff[walker]}",
        )
        assert (data["today"] is not None) == (walker in WALKS[who]), walker


def test_the_text_of_a_statement_knows_forms_and_masks_alone() -> None:
    """Two people of one form and mask share a text, whoever they are and whatever they may do."""
    document = parse(PAGE).definitions[0]
    compiled = COMPILER.document(parse(PAGE), document)  # type: ignore[arg-type]
    plans: Plans = compiled.plans
    known = len(plans)
    for form in ScopeForm:
        for mask in Mask:
            if form is not ScopeForm.NOBODY:
                compiled.statement(View(form, mask), {})
    assert len(plans) <= known + (len(ScopeForm) - 1) * len(Mask)
    text = compiled.statement(View(ScopeForm.UNIT, Mask.OUTLET), {}).text
    assert "MANAGER" not in text
    assert "customers.view" in text, "the permission is looked up in what is bound"
