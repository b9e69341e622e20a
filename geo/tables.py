"""Every geometry column of the product. WGS 84 (4326), longitude first; `_3857` columns exist for tiles alone."""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
)
from sqlmodel import Field, SQLModel

from domain.customers.models import CUSTOMERS
from domain.shared.columns import add_columns
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import timestamp

WGS84_SRID = 4326
WEB_MERCATOR_SRID = 3857
WORLD_M = 40075016.685578488
"""How wide web mercator makes the world."""
PLACE_BITS = 30
"""`mercator_column` and `mercator_row` count 2^30 to a side of the world: the 4,096 units of a tile of zoom 18."""


def multipolygon(srid: int) -> Any:
    return Column(Geometry("MULTIPOLYGON", srid=srid, spatial_index=True), nullable=False)


class CountyOutline(SQLModel, table=True):
    """The union of all atoms, and how far it lies from the source it was made from.

    While there are no atoms it is the source itself. `source_wgs84` is what was imported, which later atoms are cut
    from; null for a county that was loaded with its atoms.
    """

    __tablename__ = "county_outlines"
    model_config = {"arbitrary_types_allowed": True}

    code: str = Field(primary_key=True)
    name: str
    area_m2: float
    source_area_m2: float
    symmetric_difference_m2: float
    hausdorff_m: float
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))
    # Kept, because the first transformation on a connection takes as long as several tiles.
    limit_3857: Any = Field(
        sa_column=Column(
            Geometry("MULTILINESTRING", srid=WEB_MERCATOR_SRID, spatial_index=False),
            Computed("st_multi(st_transform(st_boundary(boundary_wgs84), 3857))", persisted=True),
            nullable=False,
        )
    )
    source_wgs84: Any = Field(
        default=None,
        sa_column=Column(Geometry("MULTIPOLYGON", srid=WGS84_SRID, spatial_index=False), nullable=True),
    )


class ImportShape(SQLModel, table=True):
    """A shape that an import speaks of, by its fingerprint (`geo/map_imports/shapes.py`): new ones, and old ones for
    whoever takes it back."""

    __tablename__ = "import_shapes"
    model_config = {"arbitrary_types_allowed": True}

    fingerprint: str = Field(primary_key=True)
    kept_at: datetime = Field(sa_column=timestamp(default_now=True))
    boundary_wgs84: Any = Field(
        sa_column=Column(Geometry("MULTIPOLYGON", srid=WGS84_SRID, spatial_index=False), nullable=False)
    )


class GroundVersion(SQLModel, table=True):
    """One content of a layer of the ground by its fingerprint; what is shown no more is kept for whoever takes an
    import back."""

    __tablename__ = "ground_versions"

    fingerprint: str = Field(primary_key=True)
    kept_at: datetime = Field(sa_column=timestamp(default_now=True))


class GroundFeature(SQLModel, table=True):
    """A river, a lake, a road: drawn beneath the grids and counted nowhere, so in web mercator alone."""

    __tablename__ = "ground_features"
    model_config = {"arbitrary_types_allowed": True}

    fingerprint: str = Field(primary_key=True, foreign_key="ground_versions.fingerprint", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    name: str | None = None
    rank: int = Field(sa_type=SmallInteger)
    """1 is seen from afar, 4 from near alone (`geo/map_imports/ground_ranks.py`)."""
    size_m: float
    """Its length, or the side of a square as large as the area; in metres of web mercator."""
    shape_3857: Any = Field(
        sa_column=Column(Geometry("GEOMETRY", srid=WEB_MERCATOR_SRID, spatial_index=True), nullable=False)
    )


class GroundLayer(SQLModel, table=True):
    """水系 and 道路 as the map draws them: one content each, whose it is and of which day."""

    __tablename__ = "ground_layers"
    __table_args__ = (CheckConstraint("layer in ('WATER', 'ROADS')", name="ground_layers_layer_check"),)

    layer: str = Field(primary_key=True)
    fingerprint: str = Field(foreign_key="ground_versions.fingerprint")
    source: str
    as_of: date
    features: int


class AtomBoundary(SQLModel, table=True):
    """The area of an atom, one row per atom; in web mercator as well, for tiles of drafts."""

    __tablename__ = "atom_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", sa_type=BigInteger)
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))
    boundary_3857: Any = Field(
        sa_column=Column(
            Geometry("MULTIPOLYGON", srid=WEB_MERCATOR_SRID, spatial_index=True),
            Computed("st_transform(boundary_wgs84, 3857)", persisted=True),
            nullable=False,
        )
    )


def _column_of(point_3857: str) -> Any:
    """How far east, in whole steps of the world's width by 2^30 (4 cm): tiles need no arithmetic on geometries."""
    return _steps(f"st_x({point_3857}) / {WORLD_M} + 0.5")


def _row_of(point_3857: str) -> Any:
    """How far south, in the same steps."""
    return _steps(f"0.5 - st_y({point_3857}) / {WORLD_M}")


def _steps(share_of_the_world: str) -> Any:
    whole = f"floor(({share_of_the_world}) * {1 << PLACE_BITS})::integer"
    return Column(Integer, Computed(whole, persisted=True), nullable=False)


class GridBoundary(SQLModel, table=True):
    """The area of a grid: the union of its atoms. The centre is a place inside, made by the database."""

    __tablename__ = "grid_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    # By this key an outline goes with its grid when the plan is over and the grid gets another id.
    grid_id: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("grids.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
        )
    )
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))
    boundary_3857: Any = Field(sa_column=multipolygon(WEB_MERCATOR_SRID))
    centre_column: int = Field(sa_column=_column_of("st_pointonsurface(boundary_3857)"))
    centre_row: int = Field(sa_column=_row_of("st_pointonsurface(boundary_3857)"))


_PLACE = ("mercator_row", "mercator_column")


class CustomerPoint(SQLModel, table=True):
    """The narrow table that tiles read, with what is said of a customer there: looking 2,000 of them up among all
    takes longer than the rest of a tile. The night's last step says it (geo/points.py)."""

    __tablename__ = "customer_points"
    # A tile asks for places within a scope, so that is how they are found; whole numbers, as the cells have them.
    __table_args__ = (
        Index("ix_customer_points_org", "org_unit_id", *_PLACE),
        Index("ix_customer_points_grid", "grid_id", *_PLACE),
        # Room for a new band beside the old one: no index has to hear of it.
        {"postgresql_with": {"fillfactor": 70}},
    )
    model_config = {"arbitrary_types_allowed": True}

    customer_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    org_unit_id: int | None = Field(default=None, sa_type=BigInteger)
    point_3857: Any = Field(
        sa_column=Column(Geometry("POINT", srid=WEB_MERCATOR_SRID, spatial_index=False), nullable=False)
    )
    mercator_column: int = Field(sa_column=_column_of("point_3857"))
    mercator_row: int = Field(sa_column=_row_of("point_3857"))
    kind: str | None = None
    tier: str | None = None
    attrition_band: int | None = Field(default=None, sa_type=SmallInteger)
    visit_class: int = Field(default=4, sa_column=Column(SmallInteger, nullable=False, server_default="4"))
    """盲区: how long ago the last visit that counts was (`VISIT_CLASSES` in geo/points.py); 4 is never."""


class PlaceName(SQLModel, table=True):
    """地名: a town, village or atom that the map can name, and where its name goes.

    Made of the atoms whenever those have changed (`geo/place_names.py`). The centre lies inside of the area, where its
    atoms lie closest together. `within` is what the place belongs to, the largest first.
    """

    __tablename__ = "place_names"
    __table_args__ = (
        CheckConstraint("kind in ('TOWN', 'VILLAGE', 'ATOM')", name="place_names_kind_check"),
        Index("ix_place_names_place", "centre_row", "centre_column"),
    )

    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    within: str
    area_m2: float
    centre_column: int
    centre_row: int
    west_deg_wgs84: float
    south_deg_wgs84: float
    east_deg_wgs84: float
    north_deg_wgs84: float


def _key(type_: Any) -> Any:
    return Column(type_, primary_key=True, autoincrement=False)


class CustomerCells(SQLModel, table=True):
    """客户分布: how many points of one outlet and grid lie in each of a tile's 64 by 64 cells; zooms 6 to 14.

    `cells` are numbered 64 times the row from the north plus the column from the west, and `counts` says how many are
    in each; empty ones are left out. Outlet and grid are 0 where there is none. A row for each grid and tile and not
    for each cell: thousands of rows instead of hundreds of thousands. Who writes points counts anew
    (geo/cells.py).
    """

    __tablename__ = "customer_cells"

    zoom: int = Field(sa_column=_key(SmallInteger))
    tile_x: int = Field(sa_column=_key(Integer))
    tile_y: int = Field(sa_column=_key(Integer))
    org_unit_id: int = Field(sa_column=_key(BigInteger))
    grid_id: int = Field(sa_column=_key(BigInteger))
    customers: int
    cells: list[int] = Field(sa_column=Column(ARRAY(SmallInteger), nullable=False))
    counts: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))


class VisitCells(SQLModel, table=True):
    """盲区: of the same cells, how many had a visit that counts within 90, 180 and 365 days, and ever.

    Apart from `customer_cells`, which every map reads: longer rows there would make each tile dearer for all, and these
    are read by who asks for them. Counted by the same statement (geo/cells.py).
    """

    __tablename__ = "visit_cells"

    zoom: int = Field(sa_column=_key(SmallInteger))
    tile_x: int = Field(sa_column=_key(Integer))
    tile_y: int = Field(sa_column=_key(Integer))
    org_unit_id: int = Field(sa_column=_key(BigInteger))
    grid_id: int = Field(sa_column=_key(BigInteger))
    cells: list[int] = Field(sa_column=Column(ARRAY(SmallInteger), nullable=False))
    counts: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    visited_90d: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    visited_180d: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    visited_365d: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    visited_ever: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))


add_columns(
    CUSTOMERS,
    "geo",
    Column("atom_id", BigInteger),
    indexes=(Index("ix_customers_atom", "atom_id"),),
)
"""The atom in which the customer's place lies, written by `geo/locator.py`."""

FOLLOWERS: Followers = (Follower("customer_points", Follows.REBUILT),)
