"""Which atoms share border, kept beside them: what hangs together is asked with every change of a draft."""

import shapely

from domain.shared.night import Connection
from geo.coverage import pair_overlap_m2, shared_borders
from geo.locator import AtomIndex
from geo.measuring import LocalPlane

_LIKE = """
select coalesce(md5(string_agg(atom_id || ' ' || md5(st_asbinary(boundary_wgs84)), ',' order by atom_id)), '')
  from atom_boundaries
"""
_KEPT = "select value #>> '{}' from settings where name = 'atom_borders_of'"
_KEEP = """
insert into settings (name, value) values ('atom_borders_of', to_jsonb(cast(%s as text))),
                                          ('atom_overlap_m2', to_jsonb(cast(%s as float8)))
    on conflict (name) do update set value = excluded.value
"""


def keep_borders(connection: Connection) -> int:
    """Work out which atoms share border, and how many metres, if their boundaries are others than last time; gives the
    number of pairs, 0 where nothing had to be done. How much two atoms overlap, in all, is kept as well.

    Whoever writes boundaries calls it in the same transaction; the night does as well, for whoever forgot.
    """
    found = connection.execute(_LIKE).fetchone()
    assert found is not None
    if connection.execute(_KEPT).fetchone() == found:
        return 0
    index = AtomIndex.read(connection)
    connection.execute("delete from atom_borders")
    is_exact = bool(shapely.coverage_is_valid(index.boundaries))
    connection.execute(_KEEP, [*found, 0.0 if is_exact else pair_overlap_m2(index.boundaries)])
    if len(index.ids) == 0:
        return 0
    plane = LocalPlane(*shapely.get_coordinates(shapely.centroid(index.boundaries)).mean(axis=0))
    borders = shared_borders(shapely.transform(index.boundaries, plane.metres))
    with connection.cursor() as cursor, cursor.copy("copy atom_borders from stdin") as copy:
        for (one, other), length_m in borders.items():
            a, b = int(index.ids[one]), int(index.ids[other])
            copy.write_row((a, b, length_m))
            copy.write_row((b, a, length_m))
    return len(borders)
