"""What the customers' room brings."""

from domain.customers.dated import IN_SCOPE, KINDS, LINKS
from domain.customers.fact_fields import FACT_FIELDS, FACT_LINKS, FIELDS_OF_A_FACT
from domain.customers.facts_of_the_night import move_facts
from domain.customers.fields import FIELDS
from domain.customers.models import FOLLOWERS
from domain.customers.parameters import PARAMETERS
from domain.customers.relations import refresh_relations
from domain.shared.dated import kept_at_a_cut
from domain.shared.followers import afterwards
from domain.shared.rooms import Room

ROOM = Room(
    "customers",
    followers=FOLLOWERS,
    rebuilds=(
        afterwards(refresh_relations),
        afterwards(move_facts),
        kept_at_a_cut(KINDS),
        kept_at_a_cut(LINKS, IN_SCOPE),
    ),
    fields=(*FIELDS, *FACT_FIELDS, *FIELDS_OF_A_FACT),
    links=FACT_LINKS,
    parameters=PARAMETERS,
)
