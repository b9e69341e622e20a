"""What the products' room brings."""

from functools import partial

from domain.products import month_end_fields
from domain.products.fields import FIELDS, LINKS
from domain.products.holdings import move_holdings
from domain.products.models import FOLLOWERS
from domain.products.month_ends import refresh_month_ends_of
from domain.products.parameters import PARAMETERS
from domain.products.tier_days import TIERS
from domain.shared.dated import kept_at_a_cut
from domain.shared.followers import afterwards
from domain.shared.rooms import InLanguage, Room

ROOM = Room(
    "products",
    followers=FOLLOWERS,
    rebuilds=(
        InLanguage(lambda language: afterwards(partial(move_holdings, language=language))),
        afterwards(refresh_month_ends_of),
        kept_at_a_cut(TIERS),
    ),
    fields=(*FIELDS, *month_end_fields.FIELDS),
    links=LINKS,
    parameters=PARAMETERS,
)
