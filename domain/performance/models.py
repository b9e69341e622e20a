"""What the dashboards read: rolled up by the night, so that opening one costs a lookup."""

from datetime import date

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class FunnelCount(SQLModel, table=True):
    """漏斗: one row an org unit (the head office holds the bank's total) and step."""

    __tablename__ = "funnel_counts"

    org_unit_id: int = Field(primary_key=True, foreign_key="org_units.id", sa_type=BigInteger)
    step: str = Field(primary_key=True)
    position: int
    count: int
    denominator: str
    denominator_count: int | None = None
    data_date: date
