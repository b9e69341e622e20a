"""Every geometry column of the product. WGS 84 (4326), longitude first; `_3857` columns exist for tiles alone."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column, Computed, Index, Integer, SmallInteger, Table, text
from sqlmodel import Field, SQLModel

WGS84_SRID = 4326
WEB_MERCATOR_SRID = 3857


def multipolygon(srid: int) -> Any:
    return Column(Geometry("MULTIPOLYGON", srid=srid, spatial_index=True), nullable=False)


class CountyOutline(SQLModel, table=True):
    """The union of all atoms, and how far it lies from the source it was made from."""

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


class AtomBoundary(SQLModel, table=True):
    """The area of an atom, one row per atom."""

    __tablename__ = "atom_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", sa_type=BigInteger)
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))


class GridBoundary(SQLModel, table=True):
    """The area of a grid: the union of its atoms. The centre is a point inside, made by the database."""

    __tablename__ = "grid_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    grid_id: int = Field(primary_key=True, foreign_key="grids.id", sa_type=BigInteger)
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))
    boundary_3857: Any = Field(sa_column=multipolygon(WEB_MERCATOR_SRID))
    centre_3857: Any = Field(
        sa_column=Column(
            Geometry("POINT", srid=WEB_MERCATOR_SRID, spatial_index=False),
            Computed("st_pointonsurface(boundary_3857)", persisted=True),
            nullable=False,
        )
    )


_PLACE = (text("mercator_row(point_3857)"), text("mercator_column(point_3857)"))


class CustomerPoint(SQLModel, table=True):
    """The narrow table that tiles read, with what is said of a customer there: looking 2,000 of them up among all
    takes longer than the rest of a tile. The night's last step says it (domain/performance/points.py)."""

    __tablename__ = "customer_points"
    # A tile asks for places within a scope, so that is how they are found; whole numbers, as the cells have them.
    __table_args__ = (
        Index("ix_customer_points_org", "org_unit_id", *_PLACE),
        Index("ix_customer_points_grid", "grid_id", *_PLACE),
    )
    model_config = {"arbitrary_types_allowed": True}

    customer_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    org_unit_id: int | None = Field(default=None, sa_type=BigInteger)
    point_3857: Any = Field(
        sa_column=Column(Geometry("POINT", srid=WEB_MERCATOR_SRID, spatial_index=False), nullable=False)
    )
    kind: str | None = None
    tier: str | None = None
    attrition_band: int | None = Field(default=None, sa_type=SmallInteger)


CUSTOMER_CELLS = Table(
    "customer_cells",
    SQLModel.metadata,
    Column("zoom", SmallInteger, nullable=False),
    Column("tile_x", Integer, nullable=False),
    Column("tile_y", Integer, nullable=False),
    Column("cell", SmallInteger, nullable=False),
    Column("org_unit_id", BigInteger),
    Column("grid_id", BigInteger),
    Column("customers", Integer, nullable=False),
    Index(
        "ix_customer_cells_place",
        *("zoom", "tile_x", "tile_y", "cell", "org_unit_id", "grid_id"),
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    Index("ix_customer_cells_empty", "zoom", postgresql_where=text("customers = 0")),
)
"""客户分布: how many customer points lie in each of a tile's 64 by 64 cells, by outlet and grid.

`cell` is 64 times the row from the north plus the column from the west; zooms 6 to 14. Triggers of `customer_points`
keep the counts equal to the points in whatever transaction writes these, so nobody writes here
(docs/decisions/tiles.md).
"""
