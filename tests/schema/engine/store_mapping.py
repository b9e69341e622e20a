"""How the store's types are read: what an application declares, and all that it declares."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from schema.engine.given import Given
from schema.engine.keys import bigint_key, key_of
from schema.engine.mapping import (
    ByGlobalId,
    Groups,
    Many,
    One,
    OneOf,
    OrderKey,
    Page,
    Part,
    Rollup,
    TypeMap,
    Value,
    column,
    columns,
    global_id,
    plain_column,
    types_of,
)
from schema.engine.ordering import number, whole, words
from schema.engine.scope import EVERYTHING, NOTHING, Each, Only, Row, Scope, within
from tests.schema.engine.store import ALBUMS, ARTISTS, CLIENT_SUMS, CLIENTS, MEDIA, PURCHASES, View

OWN_SHOPS: ColumnElement[Any] = bindparam("own_shops", type_=ARRAY(BigInteger))
OWN_SHOP: ColumnElement[Any] = bindparam("own_shop", type_=BigInteger)
OWN_SELLER: ColumnElement[Any] = bindparam("own_seller", type_=BigInteger)


def of_clients(view: View) -> Scope:
    return {
        "all": EVERYTHING,
        "shop": (Only(lambda row: row.c.shop_id == OWN_SHOP),),
        "own": (
            Each("shop_id", OWN_SHOPS),
            Only(lambda row: and_(row.c.shop_id.is_(None), row.c.seller_id == OWN_SELLER)),
        ),
        "none": NOTHING,
    }[view.scope]


def of_purchases(view: View) -> Scope:
    def has_client(row: Row) -> ColumnElement[bool]:
        client = CLIENTS.alias()
        seen = select(client.c.id).where(client.c.id == row.c.client_id, within(client, of_clients(view)))
        return seen.correlate_except(client).exists()

    return (Only(has_client),)


def _email(row: Row, view: View) -> ColumnElement[Any]:
    if not view.is_masked:
        return row.c.email
    return case((row.c.email.is_not(None), literal_column("'***'", String)))


def _name(row: Row, view: View) -> ColumnElement[Any]:
    return func.left(row.c.name, 1, type_=String) if view.is_masked else row.c.name


def _range(row: Row, given: Given, _view: View) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if "gte" in given:
        parts.append(row.c.spent_cents >= given["gte"].bind(BigInteger()))
    if "lt" in given:
        parts.append(row.c.spent_cents < given["lt"].bind(BigInteger()))
    return and_(*parts)


def _has_score(row: Row, given: Given, _view: View) -> ColumnElement[bool]:
    return row.c.score.is_not(None) if given.known() else row.c.score.is_(None)


def _begins(row: Row, given: Given, view: View) -> ColumnElement[bool]:
    if given.fact(lambda text: not text):
        return true()
    return _name(row, view).startswith(given.bind(String()), autoescape=False)


FILTERS = {
    "tier": lambda row, given, _view: row.c.tier == any_(given.bind(ARRAY(String))),
    "shop": lambda row, given, _view: row.c.shop_id == any_(given.bind(ARRAY(BigInteger))),
    "name": _begins,
    "spentCents": _range,
    "hasScore": _has_score,
}
DIMENSIONS = {
    "SHOP": lambda row, _view: row.c.shop_id.cast(Integer),
    "TIER": lambda row, _view: row.c.tier,
    "SELLER": lambda row, _view: row.c.seller_id.cast(Integer),
}
ROLLUP = Rollup(
    rows=lambda _view: CLIENT_SUMS.alias(),
    scope=of_clients,
    dimensions={"SHOP", "TIER"},
    measures={
        "clients": lambda row, _view: func.coalesce(func.sum(row.c.clients), 0, type_=BigInteger),
        "spentCents": lambda row, _view: func.coalesce(func.sum(row.c.spent_cents), 0, type_=BigInteger),
    },
    filters={"tier", "shop"},
)


def _of_album(_root: Row, row: Row, arguments: Given) -> ColumnElement[bool]:
    album: ColumnElement[bool] = row.c.album_id == arguments["albumId"].bind(
        BigInteger(), lambda one: key_of(one, "Album", bigint_key)
    )
    return album


def _asked(_root: Row, album: Row, arguments: Given) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if "live" in arguments:
        parts.append(album.c.is_live if arguments["live"].known() else ~album.c.is_live)
    if "artistId" in arguments:
        artist = arguments["artistId"].bind(BigInteger(), lambda one: key_of(one, "Artist", bigint_key))
        parts.append(album.c.artist_id == artist)
    return and_(*parts)


def _by_country(_root: Row, artist: Row, arguments: Given) -> ColumnElement[bool]:
    return artist.c.country == arguments["country"].bind(String()) if "country" in arguments else true()


QUERY = TypeMap(
    "Query",
    {
        "node": ByGlobalId(),
        "artist": ByGlobalId("Artist"),
        "firmArtist": ByGlobalId("Artist"),
        "albums": Page("Album", _asked),
        "artists": Many("Artist", _by_country, order=lambda artist: [artist.c.name.desc(), artist.c.id]),
        "media": Many("Medium", _of_album, order=lambda medium: [medium.c.id]),
        "newest": One("Medium", lambda _root, medium, _: medium.c.id == 120),
        "clients": Page("Client"),
        "clientGroups": Groups("ClientGroup", of="Client"),
        "me": One("Client", lambda _root, client, _: client.c.id == OWN_SELLER),
    },
    is_root=True,
)
ARTIST = TypeMap(
    "Artist",
    {
        "id": global_id("Artist"),
        "name": column("name"),
        "loud": column("name"),
        "country": column("country"),
        "foundedOn": column("founded_on"),
        "rating": column("rating"),
        "home": Part("Home", when=lambda row, _view: row.c.country.is_not(None)),
        "albums": Page(
            "Album",
            lambda artist, album, _: album.c.artist_id == artist.c.id,
            newest_first=OrderKey(lambda row, _: row.c.released_on, read=date.fromisoformat),
        ),
        "best": One(
            "Album", lambda artist, album, _: and_(album.c.artist_id == artist.c.id, album.c.id > 20)
        ),
    },
    rows=lambda _view: ARTISTS.alias(),
    read_key=bigint_key,
)
HOME = TypeMap("Home", {"country": column("country"), "since": column("founded_on")})
ALBUM = TypeMap(
    "Album",
    {
        "id": global_id("Album"),
        "title": column("title"),
        "releasedOn": column("released_on"),
        "priceCents": column("price_cents"),
        "isLive": column("is_live"),
        "tags": column("tags"),
        "formats": column("formats"),
        "extra": column("extra"),
        "artist": One("Artist", lambda album, artist, _: artist.c.id == album.c.artist_id),
        "media": Many(
            "Medium",
            lambda album, medium, _: medium.c.album_id == album.c.id,
            order=lambda medium: [medium.c.id],
        ),
        "songs": Many(
            "Song",
            lambda album, song, _: and_(song.c.album_id == album.c.id, song.c.kind == "SONG"),
            order=lambda song: [song.c.id.desc()],
        ),
    },
    rows=lambda _view: ALBUMS.alias(),
    read_key=bigint_key,
)
MEDIUM = OneOf(
    "Medium",
    kind=lambda row: row.c.kind,
    types={"SONG": "Song", "VIDEO": "Video"},
    rows=lambda _view: MEDIA.alias(),
)
SONG = TypeMap(
    "Song",
    {
        "title": column("title"),
        "seconds": column("seconds"),
        "lyrics": column("lyrics"),
        "plays": column("plays"),
    },
    rows=lambda _view: MEDIA.alias(),
)
VIDEO = TypeMap(
    "Video",
    {
        "title": column("title"),
        "seconds": column("seconds"),
        "width": column("width"),
        "plays": column("plays"),
    },
    rows=lambda _view: MEDIA.alias(),
)
CLIENT = TypeMap(
    "Client",
    {
        "id": global_id("Client"),
        "name": Value(_name),
        "email": Value(_email),
        "joinedAt": column("joined_at"),
        "tier": plain_column("tier"),
        "spentCents": column("spent_cents"),
        "score": column("score"),
        "shop": Value(lambda row, _view: row.c.shop_id.cast(Integer)),
        "purchases": Page(
            "Purchase",
            lambda client, purchase, _: purchase.c.client_id == client.c.id,
            newest_first=OrderKey(lambda row, _: row.c.bought_at, read=datetime.fromisoformat),
        ),
        "groups": Groups(
            "ClientGroup",
            of="Client",
            on=lambda client, other, _: other.c.shop_id == client.c.shop_id,
        ),
    },
    rows=lambda _view: CLIENTS.alias(),
    scope=of_clients,
    read_key=bigint_key,
    filters=FILTERS,
    orders={
        "NAME": OrderKey(_name, read=words),
        "SCORE": OrderKey(lambda row, _: row.c.score, read=number, is_nullable=True),
        "SPENT": OrderKey(lambda row, _: row.c.spent_cents, read=whole),
        "JOINED": OrderKey(lambda row, _: row.c.joined_at, read=datetime.fromisoformat),
    },
    dimensions=DIMENSIONS,
    measures={
        "clients": lambda row, _view: func.count(row.c.id, type_=BigInteger),
        "spentCents": lambda row, _view: func.coalesce(func.sum(row.c.spent_cents), 0, type_=BigInteger),
    },
    rollup=ROLLUP,
)
PURCHASE = TypeMap(
    "Purchase",
    {
        "id": global_id("Purchase"),
        "boughtAt": column("bought_at"),
        "cents": column("cents"),
        "client": One("Client", lambda purchase, client, _: client.c.id == purchase.c.client_id),
        "medium": One("Medium", lambda purchase, medium, _: medium.c.id == purchase.c.medium_id),
    },
    rows=lambda _view: PURCHASES.alias(),
    scope=of_purchases,
    read_key=UUID,
)
GROUP = TypeMap(
    "ClientGroup",
    {
        "shop": column("SHOP"),
        "tier": plain_column("TIER"),
        "seller": column("SELLER"),
        **columns("clients", "spentCents"),
    },
)
TYPES = types_of(QUERY, ARTIST, HOME, ALBUM, MEDIUM, SONG, VIDEO, CLIENT, PURCHASE, GROUP)
PASSING = frozenset({"Date", "DateTime", "Cents", "JSON"})
