"""A music store: tables, rows and a GraphQL schema that have nothing to do with a bank.

Some rows are wrong on purpose: an album without its artist, a rating that is no number, plays beyond 32 bits, a tag
that is null. GraphQL has something to say about each of them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import psycopg
from graphql import GraphQLScalarType, GraphQLSchema, build_schema
from psycopg.types.json import Jsonb
from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
)
from sqlalchemy.dialects.postgresql import JSONB

METADATA = MetaData()
ARTISTS = Table(
    "artists",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("name", String, nullable=False),
    Column("country", String),
    Column("founded_on", Date),
    Column("rating", Double),
    Column("label_id", BigInteger),
)
ALBUMS = Table(
    "albums",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("artist_id", BigInteger, nullable=False),
    Column("title", String, nullable=False),
    Column("released_on", Date, nullable=False),
    Column("price_cents", BigInteger, nullable=False),
    Column("is_live", Boolean, nullable=False),
    Column("tags", JSONB, nullable=False),
    Column("formats", ARRAY(String)),
    Column("extra", JSON),
)
MEDIA = Table(
    "media",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("album_id", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("seconds", Integer),
    Column("lyrics", String),
    Column("width", Integer),
    Column("plays", BigInteger, nullable=False),
)
CLIENTS = Table(
    "clients",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("shop_id", BigInteger),
    Column("seller_id", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("email", String),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    Column("tier", String, nullable=False),
    Column("spent_cents", BigInteger, nullable=False),
    Column("score", Double),
)
PURCHASES = Table(
    "purchases",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", BigInteger, nullable=False),
    Column("medium_id", BigInteger, nullable=False),
    Column("bought_at", DateTime(timezone=True), nullable=False),
    Column("cents", BigInteger, nullable=False),
)
CLIENT_SUMS = Table(
    "client_sums",
    METADATA,
    Column("shop_id", BigInteger),
    Column("seller_id", BigInteger, nullable=False),
    Column("tier", String, nullable=False),
    Column("clients", BigInteger, nullable=False),
    Column("spent_cents", BigInteger, nullable=False),
)

SDL = """
scalar Date
scalar DateTime
scalar Cents
scalar JSON
"Serialised in Python: the compiled executor leaves it to the ordinary one."
scalar Loud

enum Tier { GOLD PLAIN }
enum ClientOrderField { NAME SCORE SPENT JOINED }
enum ClientDimension { SHOP TIER SELLER }

interface Node { id: ID! }
interface Titled { title: String! }
union Medium = Song | Video

type Query {
  node(id: ID!): Node
  artist(id: ID!): Artist
  firmArtist(id: ID!): Artist!
  albums(live: Boolean, artistId: ID, first: Int, after: String, last: Int, before: String): AlbumConnection!
  artists(country: String): [Artist!]!
  media(albumId: ID!): [Medium!]!
  newest: Medium
  clients(first: Int, after: String, last: Int, before: String, filter: ClientFilter,
          orderBy: [ClientOrder!]): ClientConnection!
  clientGroups(by: [ClientDimension!], filter: ClientFilter): [ClientGroup!]!
  me: Client
  version: String!
}

type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type Count { value: Int! isExact: Boolean! }

type Artist implements Node {
  id: ID! name: String! loud: Loud country: String foundedOn: Date rating: Float
  home: Home
  albums(first: Int, after: String): AlbumConnection!
  best: Album
}
type Home { country: String! since: Date }
type Album implements Node & Titled {
  id: ID! title: String! releasedOn: Date! priceCents: Cents! isLive: Boolean! tags: [String!]! formats: [String]
  extra: JSON artist: Artist! media: [Medium!]! songs: [Song!]!
}
type AlbumConnection { edges: [AlbumEdge!]! pageInfo: PageInfo! totalCount: Count! }
type AlbumEdge { node: Album! cursor: String! }
type Song implements Titled { title: String! seconds: Int lyrics: String plays: Int! }
type Video implements Titled { title: String! seconds: Int width: Int plays: Int! }

type Client implements Node {
  id: ID! name: String! email: String joinedAt: DateTime! tier: Tier! spentCents: Cents! score: Float shop: Int
  purchases(first: Int, after: String, last: Int, before: String): PurchaseConnection!
  groups: [ClientGroup!]!
}
type ClientConnection { edges: [ClientEdge!]! pageInfo: PageInfo! totalCount: Count! }
type ClientEdge { node: Client! cursor: String! }
type Purchase implements Node { id: ID! boughtAt: DateTime! cents: Cents! client: Client medium: Medium }
type PurchaseConnection { edges: [PurchaseEdge!]! pageInfo: PageInfo! totalCount: Count! }
type PurchaseEdge { node: Purchase! cursor: String! }
type ClientGroup { shop: Int tier: Tier seller: Int clients: Int! spentCents: Cents! }

input ClientFilter {
  and: [ClientFilter!] or: [ClientFilter!] not: ClientFilter
  tier: [Tier!] shop: [Int!] name: String spentCents: CentsRange hasScore: Boolean
}
input CentsRange { gte: Cents lt: Cents }
input ClientOrder { by: ClientOrderField! descending: Boolean = false }
"""

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMESPACE = UUID("3f2b8f1e-8a44-4f6e-9d5e-0a8b7c1d2e3f")
AWKWARD = [
    'Anna "the" Bell',
    "back\\slash",
    "tab\there",
    "line\nbreak",
    "王小明",
    "",
    "'; drop table x; --",
    "%_",
    "🎷",
]
SHOPS = 4
SELLERS = 5
CLIENT_COUNT = 120


@dataclass(frozen=True)
class View:
    """Whose rows: all, those of one shop, those of own shops and of nobody's that one sold to; and what is hidden."""

    scope: str
    is_masked: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody who reads."""

    view: View
    shops: tuple[int, ...] = ()
    seller: int = 0

    @property
    def values(self) -> dict[str, Any]:
        shop = self.shops[0] if self.shops else None
        return {"own_shops": list(self.shops), "own_shop": shop, "own_seller": self.seller, "payload": None}


PEOPLE = {
    "owner": Person(View("all")),
    "auditor": Person(View("all", is_masked=True)),
    "shopkeeper": Person(View("shop"), (2,)),
    "seller": Person(View("own"), (1, 3), 2),
    "trainee": Person(View("own", is_masked=True), (), 4),
    "stranger": Person(View("none")),
}


def make_tables(address: str) -> None:
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1))
    METADATA.create_all(engine)
    engine.dispose()
    with psycopg.connect(address) as connection:
        _artists(connection)
        _clients(connection)


def _insert(connection: psycopg.Connection, table: Table, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    places = ", ".join(f"%({name})s" for name in row)
    connection.execute(f"insert into {table.name} ({names}) values ({places})".encode(), row)


def _artists(connection: psycopg.Connection) -> None:
    for n in range(1, 10):
        artist = {
            "id": n,
            "name": AWKWARD[n - 1] or "nameless",
            "country": None if n % 4 == 0 else f"C{n % 3}",
            "founded_on": None if n % 5 == 0 else date(1950 + n, 1, n),
            "rating": float("nan") if n == 7 else float("inf") if n == 8 else None if n == 3 else n / 7,
            "label_id": None,
        }
        _insert(connection, ARTISTS, artist)
    for n in range(1, 25):
        album = {
            "id": n,
            # Nobody has number 10: GraphQL demands an artist that is not there.
            "artist_id": 10 if n == 24 else 1 + n % 9,
            "title": f"{AWKWARD[n % len(AWKWARD)]} vol. {n}",
            "released_on": date(1990 + n % 20, 1 + n % 12, 3),
            "price_cents": 2**40 if n == 5 else 1000 + n,
            "is_live": n % 3 == 0,
            "tags": Jsonb(["a", None] if n == 13 else [f"t{n}", 'quo"ted'][: n % 3]),
            "formats": None if n % 4 == 0 else ["LP", None, "CD"],
            "extra": None if n % 2 else Jsonb({"size": n, "deep": {"er": [1, None]}}),
        }
        _insert(connection, ALBUMS, album)
        for m in range(n % 4):
            number = n * 10 + m
            medium = {
                "id": number,
                "album_id": n,
                "kind": "SONG" if m % 2 == 0 else "VIDEO",
                "title": f"track {m}",
                "seconds": None if m == 2 else 60 * m,
                "lyrics": AWKWARD[m] if m % 2 == 0 else None,
                "width": 1080 if m % 2 else None,
                "plays": 2**31 if number == 190 else number,
            }
            _insert(connection, MEDIA, medium)


def _clients(connection: psycopg.Connection) -> None:
    for n in range(1, CLIENT_COUNT + 1):
        client = {
            "id": n,
            "shop_id": None if n % 10 == 0 else 1 + n % SHOPS,
            "seller_id": n % SELLERS,
            "name": f"{AWKWARD[n % len(AWKWARD)]}{n % 30}",
            "email": None if n % 6 == 0 else f"c{n}@example.test",
            "joined_at": NOW - timedelta(days=n % 40, seconds=n),
            "tier": "GOLD" if n % 5 == 0 else "PLAIN",
            "spent_cents": 2**45 if n == 11 else (n * 37) % 1000,
            "score": None if n % 7 == 0 else (n % 13) / 13,
        }
        _insert(connection, CLIENTS, client)
        for m in range(n % 5):
            purchase = {
                "id": uuid5(NAMESPACE, f"{n}:{m}"),
                "client_id": n,
                "medium_id": 10 + (n * m) % 240,
                "bought_at": NOW - timedelta(hours=n * m),
                "cents": 99 * m,
            }
            _insert(connection, PURCHASES, purchase)
    connection.execute(
        "insert into client_sums select shop_id, seller_id, tier, count(*), sum(spent_cents) from clients"
        " group by shop_id, seller_id, tier"
    )


def make_schema() -> GraphQLSchema:
    schema = build_schema(SDL)
    loud = schema.type_map["Loud"]
    assert isinstance(loud, GraphQLScalarType)
    loud.serialize = lambda value: str(value).upper()  # type: ignore[method-assign]
    return schema
