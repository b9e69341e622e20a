"""地名: where the map names towns, villages and atoms, kept beside the atoms that they are made of."""

from domain.shared.rows import Rows
from domain.shared.tile_version import NEXT_TILE_VERSION
from geo.tables import PLACE_BITS, WORLD_M

_LIKE = """
select md5(coalesce(string_agg(concat_ws('/', a.code, a.name, a.village_code, a.village, a.town_code, a.town), ','
                               order by a.id), ''))
       || coalesce((select value #>> '{}' from settings where name = 'atom_borders_of'), '')
  from atoms a
"""
_KEPT = "select value #>> '{}' from settings where name = 'place_names_of'"
_KEEP = """
insert into settings (name, value) values ('place_names_of', to_jsonb(cast(%(like)s as text)))
    on conflict (name) do update set value = excluded.value
"""

_SHOWN = (
    "name, within, area_m2, centre_column, centre_row,"
    " west_deg_wgs84, south_deg_wgs84, east_deg_wgs84, north_deg_wgs84"
)
# People live where atoms are small and close together, so the middle of the atoms is nearer to them than the middle of
# the area; and the atom next to it lies inside, whatever the shape.
_NAME = f"""
with placed as (
    select a.*, st_pointonsurface(b.boundary_3857) as centre, cast(b.boundary_wgs84 as box2d) as box
      from atoms a join atom_boundaries b on b.atom_id = a.id),
members as (
    select place.*, centre, st_x(centre) as x, st_y(centre) as y, placed.id,
           avg(st_x(centre)) over of_place as middle_x, avg(st_y(centre)) over of_place as middle_y,
           sum(placed.area_m2) over of_place as area_m2,
           min(st_xmin(box)) over of_place as west_deg_wgs84, min(st_ymin(box)) over of_place as south_deg_wgs84,
           max(st_xmax(box)) over of_place as east_deg_wgs84, max(st_ymax(box)) over of_place as north_deg_wgs84
      from placed
     cross join lateral (values ('ATOM', placed.code, placed.name, concat_ws(' ', town, village)),
                                ('VILLAGE', village_code, village, town),
                                ('TOWN', town_code, town, '')) as place (kind, code, name, within)
    window of_place as (partition by place.kind, place.code)),
named as (
    select distinct on (kind, code) kind, code, name, within, area_m2,
           cast(floor((x / {WORLD_M} + 0.5) * {1 << PLACE_BITS}) as int) as centre_column,
           cast(floor((0.5 - y / {WORLD_M}) * {1 << PLACE_BITS}) as int) as centre_row,
           west_deg_wgs84, south_deg_wgs84, east_deg_wgs84, north_deg_wgs84
      from members
     order by kind, code, (x - middle_x) ^ 2 + (y - middle_y) ^ 2, id),
gone as (
    delete from place_names kept
     where not exists (select from named n where (n.kind, n.code) = (kept.kind, kept.code))
    returning 1),
written as (
    insert into place_names as kept (kind, code, {_SHOWN})
    select kind, code, {_SHOWN} from named
        on conflict (kind, code) do update
       set ({_SHOWN}) = (select {", ".join(f"excluded.{one.strip()}" for one in _SHOWN.split(","))})
    returning 1)
select (select count(*) from gone) + (select count(*) from written)
"""  # noqa: S608


def keep_place_names(rows: Rows) -> int:
    """Name towns, villages and atoms anew if atoms or their boundaries are others than last time; gives the number of
    names, those that went included, 0 where nothing had to be done.

    Whoever writes atoms calls it in the same transaction, after `keep_borders`, which says whether boundaries are
    others; the night does as well, for whoever forgot. Browsers keep tiles, so those get another version.
    """
    found = rows.execute(_LIKE)
    if rows.execute(_KEPT) == found:
        return 0
    rows.execute(_KEEP, {"like": found[0][0]})
    named = int(rows.execute(_NAME)[0][0])
    rows.execute(NEXT_TILE_VERSION)
    return named
