"""What GraphQL promises, answered by the compiled executor as by the ordinary one."""

import pytest

from tests.schema.engine.conftest import Store
from tests.schema.engine.store import CLIENT_COUNT, PEOPLE, SELLERS, SHOPS

ALBUM = """
fragment Whole on Album { __typename id title releasedOn priceCents isLive tags formats extra
  media { __typename ... on Song { title lyrics plays } ... on Video { title width } ... on Titled { title } }
  songs { title seconds } }
"""


async def test_scalars_of_every_kind(store: Store) -> None:
    data = await store.data(
        "owner", '{ a: node(id: "Album:6") { ...Whole } b: node(id: "Album:5") { ...Whole } }' + ALBUM
    )
    assert data["a"]["isLive"] is True
    assert data["a"]["extra"] == {"size": 6, "deep": {"er": [1, None]}}
    assert data["a"]["formats"] == ["LP", None, "CD"]
    assert data["b"]["priceCents"] == 2**40
    assert data["b"]["extra"] is None
    assert data["b"]["releasedOn"] == "1995-06-03"


async def test_text_is_escaped_as_json_has_it(store: Store) -> None:
    data = await store.data("owner", "{ artists { name country foundedOn } }")
    names = {artist["name"] for artist in data["artists"]}
    assert {'Anna "the" Bell', "back\\slash", "tab\there", "line\nbreak", "🎷"} <= names
    assert {artist["country"] for artist in data["artists"]} == {None, "C0", "C1", "C2"}


async def test_aliases_fragments_and_merged_fields(store: Store) -> None:
    data = await store.data(
        "owner",
        """
        query ($with: Boolean!, $without: Boolean = false) {
          first: artist(id: "Artist:1") { ...Named albums(first: 1) { edges { node { title } } } }
          second: artist(id: "Artist:2") {
            label: name
            ... @include(if: $with) { country }
            ... on Artist @skip(if: $with) { foundedOn }
            albums(first: 1) { edges { node { title } } }
            albums(first: 1) { edges { node { id } cursor } totalCount { value } }
            rating @include(if: $without)
          }
        }
        fragment Named on Node { id ... on Artist { name } ... on Album { title } }
        """,
        **{"with": True},
    )
    assert set(data["first"]) == {"id", "name", "albums"}
    assert set(data["second"]) == {"label", "country", "albums"}
    assert set(data["second"]["albums"]["edges"][0]) == {"node", "cursor"}
    assert set(data["second"]["albums"]["edges"][0]["node"]) == {"title", "id"}


async def test_a_union_is_told_apart_by_its_rows(store: Store) -> None:
    data = await store.data(
        "owner",
        """{ media(albumId: "Album:3") { __typename ... on Song { lyrics } ... on Video { width } }
             newest { __typename ... on Titled { title } }
             nothing: media(albumId: "Artist:3") { __typename } }""",
    )
    assert [one["__typename"] for one in data["media"]] == ["Song", "Video", "Song"]
    assert data["media"][1] == {"__typename": "Video", "width": 1080}
    assert data["newest"] is None
    assert data["nothing"] == []


async def test_node_of_every_type_and_of_none(store: Store) -> None:
    purchase = await store.data(
        "owner", "{ clients(first: 4) { edges { node { purchases { edges { node { id } } } } } } }"
    )
    some = next(
        edge["node"]["id"]
        for client in purchase["clients"]["edges"]
        for edge in client["node"]["purchases"]["edges"]
    )
    document = """query ($id: ID!) { node(id: $id) { __typename id
        ... on Client { tier email } ... on Purchase { cents client { id } } ... on Album { artist { name } } } }"""
    for given, kind in (
        ("Artist:1", "Artist"),
        ("Album:1", "Album"),
        ("Client:7", "Client"),
        (some, "Purchase"),
    ):
        assert (await store.data("owner", document, id=given))["node"]["__typename"] == kind
    for nothing in (
        "Artist:777",
        "Nothing:1",
        "Song:10",
        "Artist:x",
        "",
        "Artist:",
        "Purchase:1",
        "Artist:01",
    ):
        assert (await store.data("owner", document, id=nothing))["node"] is None


async def test_lists_without_items_and_parts_without_values(store: Store) -> None:
    data = await store.data(
        "owner",
        """{ album: node(id: "Album:4") { ... on Album { tags media { __typename } } }
             artist(id: "Artist:4") { home { country since } best { title } }
             other: artist(id: "Artist:5") { home { country since } } }""",
    )
    assert data["album"] == {"tags": ["t4"], "media": []}
    assert data["artist"]["home"] is None
    assert data["other"]["home"] == {"country": "C2", "since": None}


def may_see(who: str, client: int) -> bool:
    """The scopes once more, in Python (`store.py` says which shop and seller a client has)."""
    person, shop = PEOPLE[who], None if client % 10 == 0 else 1 + client % SHOPS
    if person.view.scope == "own":
        return shop in person.shops or (shop is None and client % SELLERS == person.seller)
    return person.view.scope == "all" or (person.view.scope == "shop" and shop == person.shops[0])


@pytest.mark.parametrize("who", PEOPLE)
async def test_rows_outside_the_scope_are_absent_on_every_way(store: Store, who: str) -> None:
    data = await store.data(
        who,
        """{ clients(first: 500) { totalCount { value isExact } edges { node { id name email
               purchases { totalCount { value } edges { node { client { id } } } } } } }
             a: node(id: "Client:2") { id } b: node(id: "Client:40") { id }
             clientGroups(by: [SHOP]) { shop clients } all: clientGroups { clients spentCents } }""",
    )
    seen = sum(may_see(who, n) for n in range(1, CLIENT_COUNT + 1))
    assert data["clients"]["totalCount"] == {"value": seen, "isExact": True}
    assert len(data["clients"]["edges"]) == seen
    assert sum(group["clients"] for group in data["clientGroups"]) == seen
    assert data["all"][0]["clients"] == seen
    emails = {edge["node"]["email"] for edge in data["clients"]["edges"]}
    assert (emails <= {None, "***"}) is (PEOPLE[who].view.is_masked or seen == 0)


async def test_one_statement_for_the_whole_document(store: Store) -> None:
    _asked, document = store.document(
        "{ me { id } artists { name } clients(first: 3) { edges { node { purchases { totalCount { value } } } } } }"
    )
    person = PEOPLE["seller"]
    statement = document.statement(person.view, {})
    answer = await store.pool.fetchval(statement.text, *statement.parameters({}, person.values))
    assert answer.startswith(b'{"data":{"me":')
    assert len(document.plans) == 1


NOT_WHOLE = {
    "a row that must be there is not": '{ node(id: "Album:24") { id ... on Album { artist { name } } } }',
    "a root field that must not be null": '{ firmArtist(id: "Artist:4711") { name } }',
    "a number that is none": '{ artist(id: "Artist:7") { name rating } }',
    "an infinite number": '{ artist(id: "Artist:8") { name rating } }',
    "an integer beyond 32 bits": '{ media(albumId: "Album:19") { ... on Song { plays } } }',
    "a null among items that must not be": '{ node(id: "Album:13") { ... on Album { title tags } } }',
    "a cursor of another order": '{ clients(after: "WyJrZXkrIiwxXQ==", orderBy: [{by: NAME}]) { edges { cursor } } }',
    "a page in two directions": "{ clients(first: 1, last: 1) { edges { cursor } } }",
    "a page that is too large": "{ clients(first: 501) { edges { cursor } } }",
    "an order twice": "{ clients(orderBy: [{by: NAME}, {by: NAME}]) { edges { cursor } } }",
    "groups twice": "{ clientGroups(by: [SHOP, SHOP]) { clients } }",
}


@pytest.mark.parametrize("case", NOT_WHOLE)
async def test_errors_of_single_fields_are_left_to_the_ordinary_executor(store: Store, case: str) -> None:
    """And null goes up as far as it has to, because GraphQL itself carries it."""
    found = await store.both("owner", NOT_WHOLE[case])
    assert not found.is_compiled
    assert found.errors


async def test_null_goes_up_to_the_nearest_field_that_may_be_null(store: Store) -> None:
    found = await store.both(
        "owner",
        '{ good: artist(id: "Artist:1") { name } bad: node(id: "Album:24") { ... on Album { artist { name } } } }',
    )
    assert found.data == {"good": {"name": 'Anna "the" Bell'}, "bad": None}
    assert found.errors[0].path == ["bad", "artist"]


async def test_an_album_without_its_artist_is_whole_where_nobody_asks_for_him(store: Store) -> None:
    data = await store.data("owner", '{ node(id: "Album:24") { id ... on Album { title } } }')
    assert data["node"]["id"] == "Album:24"
