"""What was made of a given county: the partition proof, and one line for people."""

import shapely

from api.county.geography import Geography
from api.local.refusal import CannotGoOn
from api.local.words import t
from domain.shared.night import Connection
from geo.coverage import prove_partition
from geo.measuring import area_m2


def prove(connection: Connection) -> None:
    """Raises CannotGoOn where the stored shapes are no partition; the caller's transaction then leaves nothing."""
    proof = prove_partition(connection)
    if not proof.holds:
        raise CannotGoOn(
            t(
                "given_county.partition_fails",
                overlap=f"{proof.pair_overlap_m2:,.1f}",
                differs=f"{proof.union_differs_m2:,.1f}",
            )
        )


def tell(connection: Connection, geography: Geography) -> str:
    counted = connection.execute(
        """select (select count(*) from org_units where kind = 'OUTLET'),
                  (select count(*) from grids where level = 'SMALL')"""
    ).fetchone()
    assert counted is not None
    parts = shapely.get_parts(geography.outline)
    made = t(
        "given_county.made",
        county=geography.name,
        km2=f"{area_m2(geography.outline) / 1e6:,.1f}",
        parts=len(parts),
        holes=int(shapely.get_num_interior_rings(parts).sum()),
        towns=len(geography.towns),
        villages=len({atom.village_code for atom in geography.atoms}),
        atoms=f"{len(geography.atoms):,}",
        outlets=counted[0],
        small=counted[1],
    )
    return f"{made} {t('given_county.partition')}"
