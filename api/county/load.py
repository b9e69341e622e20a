"""Loading the demonstration county: organisation, people, accounts, atoms, the plan and every shape.

All in one go and only into a database that does not hold the county yet: a second load finds it and changes nothing,
so what people did to posts or passwords since stays.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import shapely
from argon2 import PasswordHasher
from psycopg import sql
from psycopg.types.json import Jsonb

from api.county.bank import DUTIES, Bank, demonstration_bank
from api.county.geography import Geography, load_geography
from api.county.outside import note_sources
from api.county.plan import CountyPlan, PlannedGrid, demonstration_plan
from api.county.telling import Telling
from api.local.words import t
from domain.grids.plans import put_in_force
from domain.shared.night import Connection
from domain.shared.rows import NightRows
from geo.borders import keep_borders
from geo.importing import as_multipolygon
from geo.measuring import LocalPlane, area_m2, hausdorff_m_of
from geo.place_names import keep_place_names
from geo.writing import web_mercator_ewkb, wgs84_ewkb

Ids = dict[str, int]


def load_county(
    connection: Connection, as_of: date, report: Telling, geography: Geography | None = None
) -> None:
    """Fills the county's tables in one transaction: the caller's, if one is open. Doing it twice changes nothing.

    The plan is in force from New Year's Day two years before `as_of`, so that every day of the history has one.
    Without a geography it is the shipped county.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('yunge county'))")
        geography = geography or load_geography()
        held = connection.execute(
            "select 1 from county_outlines where code = %s", [geography.code]
        ).fetchone()
        if held is not None:
            report(1.0, t("county.already_there", name=geography.name))
            return
        report(0.2, t("county.atoms", name=geography.name, atoms=len(geography.atoms)))
        bank = demonstration_bank(geography)
        plan = demonstration_plan(geography, bank)
        report(0.4, t("county.grids", large=len(plan.large), small=len(plan.small)))
        org_units = _load_organisation(connection, bank)
        staff = _load_staff(connection, bank, org_units)
        report(0.6, t("county.outlets", outlets=len(bank.outlets), staff=len(staff)))
        atoms = _load_atoms(connection, geography)
        connection.execute(
            "insert into settings (name, value) values ('areas_above_towns', %s)",
            [Jsonb(geography.region.areas)],
        )
        _load_plan(connection, geography, plan, as_of, (org_units, staff, atoms))
        keep_borders(NightRows(connection))
        keep_place_names(NightRows(connection))
        note_sources(connection, as_of)
        distance = _load_outline(connection, geography)
        report(1.0, distance)


def _copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _ids(connection: Connection, table: str, column: str, plan_id: int | None = None) -> Ids:
    statement = sql.SQL("select {}, id from {}").format(sql.Identifier(column), sql.Identifier(table))
    if plan_id is not None:
        statement += sql.SQL(" where plan_id = {}").format(plan_id)
    return {str(code): int(number) for code, number in connection.execute(statement)}


def _load_organisation(connection: Connection, bank: Bank) -> Ids:
    columns = ("code", "name", "kind", "parent_id", "town_code", "lon_deg_wgs84", "lat_deg_wgs84")
    head = bank.head_office
    place = (head.town_code, head.lon_deg_wgs84, head.lat_deg_wgs84)
    _copy(connection, "org_units", columns, [(head.code, head.name, "HEAD_OFFICE", None, *place)])
    head_id = _ids(connection, "org_units", "code")[head.code]
    _copy(
        connection,
        "org_units",
        columns,
        (
            (o.code, o.name, "OUTLET", head_id, o.town_code, o.lon_deg_wgs84, o.lat_deg_wgs84)
            for o in bank.outlets
        ),
    )
    return _ids(connection, "org_units", "code")


def _load_staff(connection: Connection, bank: Bank, org_units: Ids) -> Ids:
    columns = ("number", "name", "phone", "role", "org_unit_id", "is_active", "duty")
    rows = (
        (s.number, s.name, s.phone, s.role, org_units[s.org_code], True, DUTIES.get(s.role))
        for s in bank.staff
    )
    _copy(connection, "staff", columns, rows)
    staff = _ids(connection, "staff", "number")
    hasher = PasswordHasher()
    accounts = (
        (member.account, staff[member.number], hasher.hash(member.password), 0)
        for member in bank.staff
        if member.account and member.password
    )
    _copy(connection, "accounts", ("account", "staff_id", "password_hash", "failed_attempts"), accounts)
    return staff


def _load_atoms(connection: Connection, geography: Geography) -> Ids:
    named = ("code", "name", "village_code", "village", "town_code", "town", "is_urban", "is_stand_in")
    columns = (*named, "lon_deg_wgs84", "lat_deg_wgs84", "area_m2")
    _copy(
        connection,
        "atoms",
        columns,
        ([getattr(atom, column) for column in columns] for atom in geography.atoms),
    )
    atoms = _ids(connection, "atoms", "code")
    shapes = ((atoms[atom.code], wgs84_ewkb(atom.boundary)) for atom in geography.atoms)
    _copy(connection, "atom_boundaries", ("atom_id", "boundary_wgs84"), shapes)
    return atoms


def _load_plan(
    connection: Connection, geography: Geography, plan: CountyPlan, as_of: date, ids: tuple[Ids, Ids, Ids]
) -> None:
    org_units, staff, atoms = ids
    from_on = date(as_of.year - 2, 1, 1)
    created = connection.execute(
        "insert into plans (name, state, version, from_on) values (%s, 'APPROVED', 1, %s) returning id",
        [plan.name, from_on],
    ).fetchone()
    assert created is not None
    plan_id = int(created[0])
    for grids in (plan.large, plan.small):
        parents = _ids(connection, "grids", "code", plan_id)
        _load_grids(connection, geography, grids, plan_id, org_units, parents)
    numbers = _ids(connection, "grids", "code", plan_id)
    assignments = (
        (plan_id, atoms[geography.atoms[atom].code], numbers[grid.code])
        for grid in plan.small
        for atom in grid.atoms
    )
    _copy(connection, "plan_atoms", ("plan_id", "atom_id", "grid_id"), assignments)
    put_in_force(connection, as_of)
    posts = ((numbers[p.grid_code], staff[p.staff_number], p.role, from_on) for p in plan.posts)
    _copy(connection, "posts", ("grid_id", "staff_id", "role", "from_on"), posts)


def _load_grids(
    connection: Connection,
    geography: Geography,
    grids: Sequence[PlannedGrid],
    plan_id: int,
    org_units: Ids,
    parents: Ids,
) -> None:
    columns = ("plan_id", "code", "name", "level", "parent_id", "org_unit_id", "town_code", "area_m2")
    _copy(
        connection,
        "grids",
        columns,
        (
            (
                plan_id,
                grid.code,
                grid.name,
                grid.level,
                parents[grid.parent_code] if grid.parent_code else None,
                org_units[grid.org_code],
                grid.town_code,
                sum(geography.atoms[atom].area_m2 for atom in grid.atoms),
            )
            for grid in grids
        ),
    )
    numbers = _ids(connection, "grids", "code", plan_id)
    shapes = ((grid, _union(geography, grid)) for grid in grids)
    _copy(
        connection,
        "grid_boundaries",
        ("grid_id", "boundary_wgs84", "boundary_3857"),
        ((numbers[grid.code], wgs84_ewkb(shape), web_mercator_ewkb(shape)) for grid, shape in shapes),
    )


def _union(geography: Geography, grid: PlannedGrid) -> shapely.MultiPolygon:
    boundaries = np.array([geography.atoms[atom].boundary for atom in grid.atoms])
    return as_multipolygon(shapely.coverage_union_all(boundaries))


def _load_outline(connection: Connection, geography: Geography) -> str:
    """Stores the union of the atoms with its distance from the source, and says the distance in words."""
    plane = LocalPlane(*shapely.get_coordinates(geography.source_outline.centroid)[0])
    stored_m = shapely.transform(geography.outline, plane.metres)
    source_m = shapely.transform(geography.source_outline, plane.metres)
    hausdorff_m = hausdorff_m_of(stored_m.boundary, source_m.boundary)
    difference_m2 = area_m2(shapely.symmetric_difference(geography.outline, geography.source_outline))
    columns = ("code", "name", "area_m2", "source_area_m2", "symmetric_difference_m2", "hausdorff_m")
    row = (
        geography.code,
        geography.name,
        area_m2(geography.outline),
        area_m2(geography.source_outline),
        difference_m2,
        hausdorff_m,
        wgs84_ewkb(geography.outline),
    )
    _copy(connection, "county_outlines", (*columns, "boundary_wgs84"), [row])
    return t("county.outline", area=f"{difference_m2:.0f}", distance=f"{hausdorff_m:.3f}")
