"""From links to customers."""

from hypothesis import given
from hypothesis import strategies as st

from domain.customers.identity.components import customer_of_each, cuts_of
from domain.customers.identity.evidence import Link, Rule

LINKS = [
    Link(1, 5, Rule.CERTIFICATE),
    Link(2, 6, Rule.CERTIFICATE),
    Link(5, 6, Rule.PHONE),
]


def test_a_customer_is_named_by_its_lowest_record() -> None:
    assert customer_of_each([6, 5, 2, 1, 9], LINKS, {}) == {1: 1, 2: 1, 5: 1, 6: 1, 9: 9}


def test_a_cut_gives_back_what_there_was_before_the_weakest_link() -> None:
    assert customer_of_each([1, 2, 5, 6], LINKS, cuts_of([(5, 6)])) == {1: 1, 5: 1, 2: 2, 6: 2}
    assert customer_of_each([1, 2, 5, 6], LINKS, cuts_of([(1, 2)])) == {1: 1, 5: 1, 2: 2, 6: 2}


def test_a_cut_holds_against_every_path() -> None:
    links = [*LINKS, Link(1, 2, Rule.CUSTOMER_NUMBER), Link(1, 6, Rule.PHONE)]
    found = customer_of_each([1, 2, 5, 6], links, cuts_of([(1, 2)]))
    assert found[1] != found[2]


records = st.integers(1, 12)
links = st.lists(st.builds(Link, records, records, st.sampled_from(list(Rule))), max_size=25)


@given(
    links,
    st.lists(st.tuples(records, records).filter(lambda pair: pair[0] != pair[1]), max_size=4),
    st.randoms(),
)
def test_the_order_of_links_does_not_matter_and_no_cut_is_undone(links, pairs, random) -> None:
    cuts = cuts_of(pairs)
    found = customer_of_each(range(1, 13), links, cuts)
    shuffled = list(links)
    random.shuffle(shuffled)
    assert customer_of_each(range(1, 13), shuffled, cuts) == found
    assert all(found[a] != found[b] for a, b in pairs)
    for record, customer in found.items():
        assert customer == min(other for other, its in found.items() if its == customer)
        assert found[customer] == customer
        assert customer <= record
