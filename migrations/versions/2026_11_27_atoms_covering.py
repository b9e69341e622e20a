"""the atoms that cover a point, whatever their shape; what addresses begin with is a setting"""

from alembic import op

revision = "a70a5c04e127"
down_revision = "a119475115a5"
branch_labels = None
depends_on = None

# Written to be taken up into the statement that asks it (one `select`, `stable`, read from), so that its index serves.
_COVERING = """
create function atoms_covering(lon_deg_wgs84 double precision, lat_deg_wgs84 double precision)
returns setof bigint language sql stable parallel safe as $$
    select b.atom_id from atom_boundaries b
     where st_covers(b.boundary_wgs84, st_setsrid(st_makepoint(lon_deg_wgs84, lat_deg_wgs84), 4326))
$$
"""

# The program knew the names of one county; a database that was loaded with it keeps them.
_NAMES = """
insert into settings (name, value)
select 'areas_above_towns', '["江苏省", "盐城市", "阜宁县"]'
 where exists (select from county_outlines where name = '阜宁县')
on conflict do nothing
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_COVERING)
    op.execute(_NAMES)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from settings where name = 'areas_above_towns'")
    op.execute("drop function atoms_covering(double precision, double precision)")
