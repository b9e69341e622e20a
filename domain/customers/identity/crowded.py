"""Points under which one feed knows many parties: a default of a system (the county's centre), or a whole market.

They are found among all records, and kept for cuts, which look at a few. Whose point becomes one tonight, or is none
any more, is judged anew, so that working on what changed ends as working on everything does.
"""

from domain.shared.rows import Rows

PARTIES_PER_POINT = 10
"""Names that may share a point, to the last decimal, before it needs an address to be believed."""

CrowdedPoints = frozenset[tuple[str, float, float]]
"""(feed, longitude, latitude in WGS 84)."""

_FIND = f"""
create temp table crowded_now on commit drop as
select r.feed, r.lon_deg_wgs84, r.lat_deg_wgs84
  from source_records r
  join (select feed, lon_deg_wgs84, lat_deg_wgs84 from source_records
         where lon_deg_wgs84 is not null and status <> 'GONE'
         group by feed, lon_deg_wgs84, lat_deg_wgs84 having count(*) > {PARTIES_PER_POINT}) many
    using (feed, lon_deg_wgs84, lat_deg_wgs84)
 where r.status <> 'GONE'
 group by r.feed, r.lon_deg_wgs84, r.lat_deg_wgs84 having count(distinct r.name_norm) > {PARTIES_PER_POINT}
"""  # noqa: S608
_KEEP = """
with gone as (
    delete from crowded_points k
     where not exists (select from crowded_now n where (n.feed, n.lon_deg_wgs84, n.lat_deg_wgs84)
                                                     = (k.feed, k.lon_deg_wgs84, k.lat_deg_wgs84))
    returning feed, lon_deg_wgs84, lat_deg_wgs84),
come as (
    insert into crowded_points (feed, lon_deg_wgs84, lat_deg_wgs84)
    select feed, lon_deg_wgs84, lat_deg_wgs84 from crowded_now on conflict do nothing
    returning feed, lon_deg_wgs84, lat_deg_wgs84)
select feed, lon_deg_wgs84, lat_deg_wgs84 from gone
union all
select feed, lon_deg_wgs84, lat_deg_wgs84 from come
"""
_WHOSE = """
select distinct r.customer_id
  from source_records r
  join unnest(cast(%(feeds)s as text[]), cast(%(lon)s as float8[]), cast(%(lat)s as float8[])) p (feed, lon, lat)
    on (p.feed, p.lon, p.lat) = (r.feed, r.lon_deg_wgs84, r.lat_deg_wgs84)
 where r.customer_id is not null
"""


def find_crowded_points(rows: Rows) -> set[int]:
    """For the night: brings the table to what the records say; gives the customers at points that came or went."""
    rows.execute(_FIND)
    changed = rows.execute(_KEEP)
    rows.execute("drop table crowded_now")
    if not changed:
        return set()
    feeds, lon, lat = (list(column) for column in zip(*changed, strict=True))
    return {customer for (customer,) in rows.execute(_WHOSE, {"feeds": feeds, "lon": lon, "lat": lat})}


def crowded_points(rows: Rows) -> CrowdedPoints:
    found = rows.execute("select feed, lon_deg_wgs84, lat_deg_wgs84 from crowded_points")
    return frozenset((feed, lon, lat) for feed, lon, lat in found)
