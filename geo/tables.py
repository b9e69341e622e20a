"""Every geometry column of the product. WGS 84 (4326), longitude first; `_3857` columns exist for tiles alone."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Column
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


class AtomBoundary(SQLModel, table=True):
    """The area of an atom, one row per atom."""

    __tablename__ = "atom_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", sa_type=BigInteger)
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))


class GridBoundary(SQLModel, table=True):
    """The area of a grid: the union of its atoms. The label point lies inside."""

    __tablename__ = "grid_boundaries"
    model_config = {"arbitrary_types_allowed": True}

    grid_id: int = Field(primary_key=True, foreign_key="grids.id", sa_type=BigInteger)
    boundary_wgs84: Any = Field(sa_column=multipolygon(WGS84_SRID))
    boundary_3857: Any = Field(sa_column=multipolygon(WEB_MERCATOR_SRID))


class CustomerPoint(SQLModel, table=True):
    """The narrow table that tiles read."""

    __tablename__ = "customer_points"
    model_config = {"arbitrary_types_allowed": True}

    customer_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    grid_id: int | None = Field(default=None, index=True, sa_type=BigInteger)
    org_unit_id: int | None = Field(default=None, index=True, sa_type=BigInteger)
    point_3857: Any = Field(
        sa_column=Column(Geometry("POINT", srid=WEB_MERCATOR_SRID, spatial_index=True), nullable=False)
    )
