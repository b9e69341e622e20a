"""Which value is kept, and where the sources contradict each other."""

from datetime import date

import pytest

from domain.customers.identity.survivorship import Known, survive

CORE = Known(
    3,
    "core_customer",
    "PERSON",
    "王 磊",
    "王磊",
    phone_norm="13900000001",
    address="沟墩镇新桥村一组",
    org_code="01",
)
REGISTER = Known(
    5, "household", "PERSON", "王磊", "王磊", cert_type="10", cert_norm="320923196305152407",
    address="沟墩镇新桥村二组", birth_on=date(1963, 5, 15),
)  # fmt: skip
CRM = Known(9, "crm_legacy", "PERSON", "王雷", "王雷", phone_norm="13900000002", manager_number="M7")


def test_each_field_is_kept_from_the_most_trusted_feed_that_says_anything() -> None:
    golden = survive([CRM, REGISTER, CORE], staff_lines=frozenset())
    assert golden.id == 3
    assert golden.values["name"] == "王磊"
    assert golden.values["address"] == "沟墩镇新桥村一组"
    assert golden.values["phone"] == "13900000001"
    assert (golden.values["certificate_type"], golden.values["certificate"]) == ("10", "320923196305152407")
    assert golden.kept_from == {
        "name": "household", "kind": "core_customer", "certificate": "household", "phone": "core_customer",
        "address": "core_customer", "birth_on": "household", "open_org_code": "core_customer",
        "manager_number": "crm_legacy",
    }  # fmt: skip


def test_contradictions_are_kept_with_who_says_what() -> None:
    golden = survive([CORE, REGISTER, CRM], staff_lines=frozenset())
    assert golden.disagreements["name"] == (
        [{"feed": "household", "value": "王磊"}, {"feed": "crm_legacy", "value": "王雷"}],
        "王磊",
    )
    assert set(golden.disagreements) == {"name", "phone"}


def test_a_managers_own_telephone_is_nobodys() -> None:
    golden = survive([CORE, CRM], staff_lines=frozenset({"13900000001"}))
    assert golden.values["phone"] == "13900000002"


def test_who_moved_away_does_not_live_where_he_is_registered() -> None:
    moved = Known(5, "household", "PERSON", "王磊", "王磊", address="旧址", status="MOVED")
    crm = Known(9, "crm_legacy", "PERSON", "王磊", "王磊", address="新址")
    golden = survive([moved, crm], staff_lines=frozenset())
    assert (golden.values["address"], golden.values["status"]) == ("新址", "MOVED")


def test_the_dead_are_dead_and_the_closed_closed() -> None:
    dead = Known(5, "household", "PERSON", "王磊", "王磊", status="DEAD")
    closed = Known(3, "core_customer", "PERSON", "王磊", "王磊", status="CLOSED")
    assert survive([CORE, dead], staff_lines=frozenset()).values["status"] == "DEAD"
    assert survive([closed], staff_lines=frozenset()).values["status"] == "CLOSED"
    assert survive([closed, CRM], staff_lines=frozenset()).values["status"] == "ACTIVE"


def test_a_record_whose_row_is_gone_speaks_only_when_nobody_else_does() -> None:
    gone = Known(1, "core_customer", "PERSON", "旧名", "旧名", status="GONE")
    golden = survive([gone, CRM], staff_lines=frozenset())
    assert (golden.id, golden.values["name"]) == (1, "王雷")
    assert survive([gone], staff_lines=frozenset()).values["status"] == "CLOSED"


def test_an_address_is_shown_half_width() -> None:
    core = Known(3, "core_customer", "PERSON", "王磊", "王磊", address="新桥村２组１２３号")
    assert survive([core], staff_lines=frozenset()).values["address"] == "新桥村2组123号"


def test_a_name_is_kept_from_whoever_could_write_it() -> None:
    lost = Known(1, "household", "PERSON", "王\ue000", "王\ue000")
    whole = Known(2, "crm_legacy", "PERSON", "王䶮", "王䶮")
    golden = survive([lost, whole], staff_lines=frozenset())
    assert golden.values["name"] == "王䶮"
    assert "name" not in golden.disagreements
    assert survive([lost], staff_lines=frozenset()).values["name"] == "王\ue000"


def test_a_sign_is_kept_from_whoever_could_write_it() -> None:
    lost = Known(1, "core_customer", "SOLE_TRADER", "王?面馆", "王?面馆")
    whole = Known(2, "pos_merchant", "SOLE_TRADER", "王䶮面馆KTV", "王䶮面馆KTV")
    assert survive([lost, whole], staff_lines=frozenset()).values["name"] == "王䶮面馆KTV"


def test_a_household_is_called_by_its_head_as_he_is_written() -> None:
    household = Known(1, "household.household", "HOUSEHOLD", "买买提·艾力", "买买提艾力")
    assert survive([household], staff_lines=frozenset()).values["name"] == "买买提·艾力户"


def test_of_two_telephones_the_one_that_is_no_managers_is_shown_and_neither_contradicts() -> None:
    both = Known(
        1, "core_customer", "PERSON", "王磊", "王磊", phone_norm="13900000001", other_phone_norm="13900000002"
    )
    one = Known(2, "crm_legacy", "PERSON", "王磊", "王磊", phone_norm="13900000002")
    assert survive([both], staff_lines=frozenset({"13900000001"})).values["phone"] == "13900000002"
    assert survive([both, one], staff_lines=frozenset()).disagreements.keys() == {"phone"}
    assert survive([one, both], staff_lines=frozenset({"13900000001"})).disagreements == {}


@pytest.mark.parametrize("nothing", ["不详", "无", "地址不详", "-", "***", "同上"])
def test_an_address_that_a_form_was_filled_with_gives_way(nothing: str) -> None:
    core = Known(1, "core_customer", "PERSON", "王磊", "王磊", address=nothing)
    assert survive([core], staff_lines=frozenset()).values["address"] is None
    assert survive([core, REGISTER], staff_lines=frozenset()).values["address"] == REGISTER.address
