"""Pages of customers: every order, both directions, counts, and what is refused."""

import pytest

from tests.schema.conftest import Ask

PAGE = """
query Page($first: Int, $after: String, $last: Int, $before: String,
           $filter: CustomerFilter, $orderBy: [CustomerOrder!]) {
  customers(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount { value isExact }
  }
}
"""
SCOPES = {"head": 300, "outlet_a": 150, "outlet_b": 72, "a1": 144, "b1": 72, "c1": 78, "bare": 6}
ORDERS = [
    None,
    *(
        [{"by": by, "descending": descending}]
        for by in ("NAME", "ATTRITION_SCORE", "DEPOSIT", "LOAN", "LAST_VISIT")
        for descending in (False, True)
    ),
    [{"by": "LOAN", "descending": True}, {"by": "LAST_VISIT", "descending": False}],
]


async def walk_forward(ask: Ask, who: str, size: int, **asked: object) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = (await ask.data(who, PAGE, first=size, after=after, **asked))["customers"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        found += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        after = page["pageInfo"]["endCursor"]


async def walk_backward(ask: Ask, who: str, size: int, **asked: object) -> list[str]:
    found: list[str] = []
    before = None
    while True:
        page = (await ask.data(who, PAGE, last=size, before=before, **asked))["customers"]
        found = [edge["node"]["id"] for edge in page["edges"]] + found
        if not page["pageInfo"]["hasPreviousPage"]:
            return found
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        before = page["pageInfo"]["startCursor"]


@pytest.mark.parametrize("who", SCOPES)
async def test_pages_of_every_order_hold_each_row_once(ask: Ask, who: str) -> None:
    """Forwards in small pages, backwards in others and in one big page: the same rows in the same order."""
    for order in ORDERS:
        whole = (await ask.data(who, PAGE, first=200, orderBy=order))["customers"]
        expected = [edge["node"]["id"] for edge in whole["edges"]]
        assert whole["totalCount"] == {"value": SCOPES[who], "isExact": True}
        forward = await walk_forward(ask, who, 67, orderBy=order)
        assert len(set(forward)) == len(forward) == SCOPES[who]
        assert forward[:200] == expected
        assert await walk_backward(ask, who, 53, orderBy=order) == forward


@pytest.mark.parametrize("descending", [False, True])
async def test_descending_puts_the_unknown_last_and_ascending_first(ask: Ask, descending: bool) -> None:
    document = """query ($orderBy: [CustomerOrder!]) {
        customers(first: 200, orderBy: $orderBy) { edges { node { attritionScore } } } }"""
    order = [{"by": "ATTRITION_SCORE", "descending": descending}]
    edges = (await ask.data("a1", document, orderBy=order))["customers"]["edges"]
    scores = [edge["node"]["attritionScore"] for edge in edges]
    known = [score for score in scores if score is not None]
    assert len(known) < len(scores)
    assert known == sorted(known, reverse=descending)
    unknown = [None] * (len(scores) - len(known))
    assert scores == ([*known, *unknown] if descending else [*unknown, *known])


async def test_counts_are_exact_to_ten_thousand_and_then_capped(ask_own: Ask) -> None:
    await ask_own.pool.execute(
        """insert into customers (id, kind, tier, status, name, grid_id, org_unit_id, deposit_fen, loan_fen, line_fen)
           select 100000 + n, 'PERSON', 'GENERAL', 'ACTIVE', '众', $1, $2, 0, 0, 0 from generate_series(1, 9928) n""",
        ask_own.bank.grids["g3"],
        ask_own.bank.units["B"],
    )
    count = "{ customers(first: 0) { totalCount { value isExact } edges { cursor } } }"
    for who in ("b1", "outlet_b"):
        counted = (await ask_own.data(who, count))["customers"]
        assert counted == {"totalCount": {"value": 10_000, "isExact": True}, "edges": []}
    await ask_own.pool.execute("update customers set grid_id = $1 where id = 1001", ask_own.bank.grids["g3"])
    counted = (await ask_own.data("b1", count))["customers"]["totalCount"]
    assert counted == {"value": 10_000, "isExact": False}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"first": 501}, "BAD_PAGE"),
        ({"first": -1}, "BAD_PAGE"),
        ({"first": 1, "last": 1}, "BAD_PAGE"),
        ({"after": "nonsense"}, "BAD_CURSOR"),
        ({"after": "WyJrZXkrIiwgMTAwMF0=", "orderBy": [{"by": "NAME"}]}, "BAD_CURSOR"),
        ({"after": "WyJrZXkrIiwgInRleHQiXQ=="}, "BAD_CURSOR"),
        ({"after": "WyJrZXkrIiwgWzFdXQ=="}, "BAD_CURSOR"),
        ({"orderBy": [{"by": "NAME"}, {"by": "NAME"}]}, "BAD_ORDER"),
        ({"orderBy": [{"by": by} for by in ("NAME", "LOAN", "DEPOSIT", "LAST_VISIT")]}, "BAD_ORDER"),
        ({"filter": {"text": "长" * 101}}, "TEXT_TOO_LONG"),
        ({"filter": {"or": [{"hasLoan": True}] * 51}}, "FILTER_TOO_LARGE"),
        (
            {"filter": {"not": {"not": {"not": {"not": {"not": {"not": {"hasLoan": True}}}}}}}},
            "FILTER_TOO_LARGE",
        ),
    ],
)
async def test_a_wrong_page_is_refused_with_a_code(ask: Ask, arguments: dict[str, object], code: str) -> None:
    result = await ask("a1", PAGE, **arguments)
    assert result.errors is not None
    assert [error.extensions for error in result.errors] == [{"code": code}]
    assert ask.statements == []


@pytest.mark.parametrize("who", ["a1", "bare", "head"])
async def test_a_page_can_be_asked_for_any_part_alone(ask: Ask, who: str) -> None:
    """Also where the list is empty, and where nothing of it is asked for but its type."""
    for text in ("", "没有这样的客户"):
        for part in ("totalCount { value }", "pageInfo { __typename }", "edges { __typename }", "__typename"):
            document = f'{{ customers(filter: {{text: "{text}"}}) {{ {part} }} }}'
            assert (await ask.data(who, document))["customers"]
