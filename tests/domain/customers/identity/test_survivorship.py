"""Which value is kept, and where the sources contradict each other."""

from datetime import date

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
    golden = survive([CRM, REGISTER, CORE], staff_phones=frozenset())
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
    golden = survive([CORE, REGISTER, CRM], staff_phones=frozenset())
    assert golden.disagreements["name"] == (
        [{"feed": "household", "value": "王磊"}, {"feed": "crm_legacy", "value": "王雷"}],
        "王磊",
    )
    assert set(golden.disagreements) == {"name", "phone"}


def test_a_managers_own_telephone_is_nobodys() -> None:
    golden = survive([CORE, CRM], staff_phones=frozenset({"13900000001"}))
    assert golden.values["phone"] == "13900000002"


def test_who_moved_away_does_not_live_where_he_is_registered() -> None:
    moved = Known(5, "household", "PERSON", "王磊", "王磊", address="旧址", status="MOVED")
    crm = Known(9, "crm_legacy", "PERSON", "王磊", "王磊", address="新址")
    golden = survive([moved, crm], staff_phones=frozenset())
    assert (golden.values["address"], golden.values["status"]) == ("新址", "MOVED")


def test_the_dead_are_dead_and_the_closed_closed() -> None:
    dead = Known(5, "household", "PERSON", "王磊", "王磊", status="DEAD")
    closed = Known(3, "core_customer", "PERSON", "王磊", "王磊", status="CLOSED")
    assert survive([CORE, dead], staff_phones=frozenset()).values["status"] == "DEAD"
    assert survive([closed], staff_phones=frozenset()).values["status"] == "CLOSED"
    assert survive([closed, CRM], staff_phones=frozenset()).values["status"] == "ACTIVE"


def test_a_record_whose_row_is_gone_speaks_only_when_nobody_else_does() -> None:
    gone = Known(1, "core_customer", "PERSON", "旧名", "旧名", status="GONE")
    golden = survive([gone, CRM], staff_phones=frozenset())
    assert (golden.id, golden.values["name"]) == (1, "王雷")
    assert survive([gone], staff_phones=frozenset()).values["status"] == "CLOSED"


def test_an_address_is_shown_half_width() -> None:
    core = Known(3, "core_customer", "PERSON", "王磊", "王磊", address="新桥村２组１２３号")
    assert survive([core], staff_phones=frozenset()).values["address"] == "新桥村2组123号"
