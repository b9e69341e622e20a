"""Which atoms share border, kept beside them: what hangs together is asked with every change of a draft."""

import shapely

from domain.shared.imports.keeping import as_json
from domain.shared.rows import Rows
from geo.coverage import pair_overlap_m2, shared_borders
from geo.locator import BOUNDARIES, AtomIndex
from geo.measuring import LocalPlane

_LIKE = """
select coalesce(md5(string_agg(atom_id || ' ' || md5(st_asbinary(boundary_wgs84)), ',' order by atom_id)), '')
  from atom_boundaries
"""
_KEPT = "select value #>> '{}' from settings where name = 'atom_borders_of'"
_PAIRS = """
insert into atom_borders (atom_id, other_id, length_m)
select a, b, m from jsonb_to_recordset(cast(%(pairs)s as jsonb)) as given (a bigint, b bigint, m float8)
union all
select b, a, m from jsonb_to_recordset(cast(%(pairs)s as jsonb)) as given (a bigint, b bigint, m float8)
"""
_KEEP = """
insert into settings (name, value) values ('atom_borders_of', to_jsonb(cast(%(like)s as text))),
                                          ('atom_overlap_m2', to_jsonb(cast(%(overlap)s as float8)))
    on conflict (name) do update set value = excluded.value
"""


def keep_borders(rows: Rows) -> int:
    """Work out which atoms share border, and how many metres, if their boundaries are others than last time; gives the
    number of pairs, 0 where nothing had to be done. How much two atoms overlap, in all, is kept as well.

    Whoever writes boundaries calls it in the same transaction; the night does as well, for whoever forgot.
    """
    found = rows.execute(_LIKE)
    if rows.execute(_KEPT) == found:
        return 0
    index = AtomIndex.of_rows(rows.execute(BOUNDARIES))
    rows.execute("delete from atom_borders")
    is_exact = bool(shapely.coverage_is_valid(index.boundaries))
    overlap = 0.0 if is_exact else pair_overlap_m2(index.boundaries)
    rows.execute(_KEEP, {"like": found[0][0], "overlap": overlap})
    if len(index.ids) == 0:
        return 0
    plane = LocalPlane(*shapely.get_coordinates(shapely.centroid(index.boundaries)).mean(axis=0))
    borders = shared_borders(shapely.transform(index.boundaries, plane.metres))
    pairs = [
        {"a": int(index.ids[one]), "b": int(index.ids[other]), "m": length_m}
        for (one, other), length_m in borders.items()
    ]
    rows.execute(_PAIRS, {"pairs": as_json(pairs)})
    return len(borders)
