"""What `bench identity` counts: pairs by kind of dirt, and the ceiling of the evidence."""

import pytest

from tests.api.county.generator.conftest import AS_OF, Written
from tests.bench.identity import missed_by_feed, missed_pairs, true_party_of
from tests.bench.linking.evidence import Said, agree, chains, names_alike, phones, reads_as_citizen
from tests.bench.linking.files import Evidence, Truth, lines_that_nobody_can_take
from tests.bench.linking.quality import Quality, by_kind, quality

TRUTH = {
    ("core", "1"): 1,
    ("core", "2"): 1,
    ("crm", "1"): 1,
    ("core", "3"): 2,
    ("crm", "3"): 2,
    ("pos", "9"): 3,
}
# 1: two of three joined; 2: apart, and one of them joined to 3.
FOUND = {
    ("core", "1"): 7,
    ("core", "2"): 7,
    ("crm", "1"): 8,
    ("core", "3"): 9,
    ("crm", "3"): 10,
    ("pos", "9"): 10,
}


def test_pairs_are_right_wrong_or_missed() -> None:
    assert quality(FOUND, TRUTH) == Quality(right=1, wrong=1, missed=3, records=6)


def test_a_kind_counts_the_pairs_that_it_touches() -> None:
    touched = {
        "padded": {("core", "2")},
        "placeholder": {("crm", "3"), ("pos", "9")},
        "clean": set(),
        "quarantined": {("crm", "not in the truth")},
    }
    of = by_kind(FOUND, TRUTH, touched)
    assert of["padded"] == Quality(right=1, wrong=0, missed=1, records=1)
    assert of["placeholder"] == Quality(right=0, wrong=1, missed=1, records=2)
    assert of["clean"] == of["quarantined"] == Quality(0, 0, 0, 0)


def test_all_records_touched_are_all_pairs() -> None:
    assert by_kind(FOUND, TRUTH, {"all": set(TRUTH)})["all"] == quality(FOUND, TRUTH)


def test_missed_pairs_are_told_by_feed_with_what_the_evidence_allows() -> None:
    reachable = {("core", "1"): 0, ("core", "2"): 0, ("crm", "1"): 0, ("core", "3"): 1, ("crm", "3"): 2}
    assert list(missed_pairs(FOUND, TRUTH)) == [
        (("core", "1"), ("crm", "1")),
        (("core", "2"), ("crm", "1")),
        (("core", "3"), ("crm", "3")),
    ]
    assert missed_by_feed(FOUND, TRUTH, reachable) == ["    漏合 core – crm: 3，其中证据足够的 2"]


def test_a_record_that_is_not_found_is_missed() -> None:
    found = {record: customer for record, customer in FOUND.items() if record != ("core", "1")}
    assert quality(found, TRUTH).missed == 4


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("王磊", "王　磊", True),
        ("王磊", "王蕾", False),
        ("买买提·艾力", "买买提艾力", True),
        ("买买提·艾力", "买买提.艾力\u200b", True),
        ("JOHN SMITH", "Smith John", True),
        ("赵䶮", "赵YAN", True),
        ("赵䶮", "赵\ue000", True),
        ("李㛃", "李?", True),
        ("王䶮", "赵YAN", False),
        ("王", "李", False),
    ],
)
def test_names_that_a_judge_takes_for_one(one: str, other: str, is_alike: bool) -> None:
    assert names_alike(one, other) is is_alike


def test_numbers_are_read_as_they_were_meant() -> None:
    assert reads_as_citizen("320923 19800101 001Ｘ\u200b", "32092319800101001X")
    assert reads_as_citizen("320923800101001", "32092319800101001X")
    assert not reads_as_citizen("", "32092319800101001X")
    assert not reads_as_citizen("000000000000000000", "32092319800101001X")
    assert phones("0515-61234567、+86 139-1234-5678", frozenset()) == {"051561234567", "13912345678"}
    assert phones("（0515）81234567转12", frozenset()) == {"051581234567"}
    assert phones("13800000000", frozenset({"13800000000"})) == frozenset()


def test_evidence_is_a_number_or_a_name_with_something_beside_it() -> None:
    mobile = frozenset({"13912345678"})
    assert agree(Said("王磊", frozenset({"own 1"})), Said("别人", frozenset({"own 1"})))
    assert agree(Said("王磊", phones=mobile), Said("王　磊", phones=mobile))
    assert not agree(Said("王磊", phones=mobile), Said("李梅", phones=mobile))
    assert not agree(Said("王磊"), Said("王磊"))
    assert agree(Said("王磊", birth="19800101 M"), Said("王磊", birth="19800101 M"))
    assert not agree(Said("王磊", birth="19800101 M"), Said("王磊"))
    assert not agree(Said("王磊", birth="19800101 M"), Said("王梅", birth="19800101 M"))
    assert agree(Said("王记面馆", representative="3"), Said("王记面馆", representative="3"))
    assert not agree(Said("王记面馆", representative="3"), Said("老王五金店", representative="3"))


def test_a_chain_leads_over_records_that_do_not_agree_themselves() -> None:
    mobile = frozenset({"13912345678"})
    of = chains([Said("王磊", frozenset({"own 1"})), Said("王磊"), Said("王磊", frozenset({"own 1"}), mobile),
                 Said("王磊", phones=mobile)])  # fmt: skip
    assert of == [0, 1, 0, 0]


def test_the_demonstrations_evidence_reaches_nearly_everybody_and_nobody_else(county: Written) -> None:
    """Components never hold two parties, placeholders bring nobody together, and what has no evidence is rare."""
    truth = Truth(county.truth)
    reachable = Evidence(county.landing, truth, AS_OF, frozenset()).ceiling()
    parties = true_party_of(county.truth, dict.fromkeys(reachable, 0))
    touched = truth.touched()
    unread = touched["delimiter_in_name"] | touched.get("unknown_datum", set())
    assert parties.keys() - reachable.keys() == unread
    of = quality(reachable, parties)
    assert of.wrong == 0
    assert 0.97 < of.recall < 1.0
    of_kinds = by_kind(reachable, parties, touched)
    assert of_kinds["lower_case_x"].missed == 0
    assert of_kinds["hukou_book"].missed == 0
    assert of_kinds["crm_without_number"].recall < of_kinds["empty_birth"].recall


def test_lines_that_nobody_can_take_are_told_from_those_that_only_look_odd(county: Written) -> None:
    """Marks, padding, currencies and amounts are read; a single STX, a divided name and the bad rows are not."""
    aside = lines_that_nobody_can_take(county.landing, AS_OF)
    for feed, count in aside.items():
        bad = sum(line.startswith((b"BAD", b"|@|")) for line in county.raw(feed))
        assert count == bad + (feed == "crm_legacy") + len(county.unsplittable(feed))
    assert aside["crm_legacy"] > 0
    assert aside["pos_merchant"] > 0
