"""Kinds of dirt through a real night, all on one database: who is one, what is shown, and that any way leads there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from domain.customers.identity.certificates import citizen_check
from tests.domain.customers.identity.county import County, core, customers, drop, everything, night
from tests.domain.feeds.files import DAY

NEXT_DAY = DAY + timedelta(days=1)


def citizen(serial: int, birth: str = "19800101") -> str:
    body = f"320923{birth}{serial:03d}"
    return body + citizen_check(body)


def pos(merchant_no: str, name: str, **values: str) -> dict[str, str]:
    return {"merchant_no": merchant_no, "name": name, "month_volume": "1.00"} | values


def crm(crm_id: str, name: str, **values: str) -> dict[str, str]:
    return {"crm_id": crm_id, "name": name} | values


def registered(hukou_no: str, name: str, cert_no: str, **values: str) -> dict[str, str]:
    known = {"hukou_no": hukou_no, "person_no": "01", "name": name, "cert_no": cert_no, "relation": "户主"}
    return known | {"status": "1"} | values


def shop(cust_no: str, name: str, **values: str) -> dict[str, str]:
    return core(cust_no, name, kind="S", **values)


OPERATOR, DOTTED, CHILD = citizen(1), citizen(3), citizen(4, "20190606")
LOST, QUESTIONED, SPELT = citizen(11), citizen(12, "19851212"), citizen(13, "19700305")
DEFAULT = citizen(21)
MANY = ["张伟", "王兰", "李军", "赵红", "钱明", "孙丽", "周强", "吴刚"]


def dirty_county() -> County:
    return {
        "core_customer": [
            # a sole trader with the operator's identity card, in the certificate, as a credit code, on a firm
            shop("S1", "王记面馆", cert_no=OPERATOR),
            shop("S2", "磊磊五金店", cert_no=OPERATOR),
            shop("S3", "东风药房", cert_type="20", cert_no="", uscc=OPERATOR),
            core("P1", "王磊", cert_no=OPERATOR),
            # names of minorities and foreigners
            core("C2", "JOHN SMITH", cert_type="12", cert_no="E12345678", birth_on="19800101"),
            core("C1", "买买提·艾力", cert_no=DOTTED, phone="19900000101"),
            core("C3", "ＳＭＩＴＨ　John", cert_type="12", cert_no=" e12345678\u200b", birth_on="19800101"),
            # the citizen's number under other documents
            core("C4", "钱小满", cert_type="11", cert_no=CHILD, birth_on="20190606"),
            core("C5", "钱小满", cert_type="17", cert_no=CHILD),
            # characters that the core cannot write
            core("C6", "王\ue000", cert_no=LOST),
            core("C7", "李?", cert_no=QUESTIONED),
            core("C8", "赵YAN", cert_no=SPELT),
            # births and sexes that say nothing
            core("C9", "孙红", cert_no=citizen(15), birth_on="19000101", gender="0", phone="13900000201"),
            # two telephones, one of which the CRM knows, and a fixed line
            core("C10", "周明", cert_no=citizen(16), phone="0515-87231234 转 12、13900000301"),
            # no legible certificate in the register; the head's id borrowed in the core
            core("C11", "吴建国", cert_no=citizen(17, "19630515"), birth_on="19630515", gender="M"),
            core("C12", "吴小燕", cert_no=citizen(17, "19630515"), birth_on="19911225", gender="F"),
            *(core(f"D{n}", name, cert_no=DEFAULT, phone="13900000401") for n, name in enumerate(MANY * 2)),
            # one passport, names as documents print them and in two scripts: some come on the second night
            *(
                core(f"F{n}", name, cert_type="12", cert_no="E87654321", birth_on="19800101")
                for n, name in enumerate(["JOHN SMITH", "SMITH, JOHN", "SMITH/JOHN"])
            ),
            *(
                core(f"J{n}", name, cert_type="12", cert_no="TR1234567", birth_on="19800101")
                for n, name in enumerate(["TANAKA YUKO", "田中裕子 TANAKA YUKO", "田中裕子"])
            ),
        ],
        "household": [
            registered("H1", "王䶮", LOST, birth_on="19800101"),
            registered("H2", "李㛃", QUESTIONED, birth_on="19851212"),
            registered("H3", "赵䶮", SPELT, birth_on="19700305"),
            registered("H4", "钱小满", CHILD, birth_on="20190606", relation="子", person_no="03"),
            registered("H5", "孙红", citizen(15), birth_on=f"{1980}0101", gender="F"),
            registered("H6", "买买提艾力", DOTTED),
            registered("H7", "吴建国", "不详", birth_on="19630515", gender="M"),
            # heads who moved away, the second one to a household of his own
            registered("H9", "郑建明", citizen(31), status="2"),
            registered("H9", "冯秀英", citizen(32), relation="配偶", person_no="02"),
            registered("H10", "褚建军", citizen(33), status="2"),
            registered("H10", "卫秀兰", citizen(34), relation="配偶", person_no="02"),
            registered("H11", "褚建军", citizen(33)),
            registered("H8", "吴小燕", citizen(18, "19911225"), birth_on="19911225", gender="F"),
        ],
        "sunshine_credit": [
            {"file_no": "Y9", "head_name": "郑建明", "head_cert_no": citizen(31), "pre_line": "1.00"},
            {"file_no": "Y10", "head_name": "褚建军", "head_cert_no": citizen(33), "pre_line": "1.00"},
        ],
        "crm_legacy": [
            crm("K1", "买买提·艾力", cust_no="C1", phone="19900000101", manager_no="M07"),
            crm("K2", "买买提艾力", cust_no="C1"),
            crm("K3", "买买提•艾力", phone="１９９ ００００ ０１０１"),
            crm("K4", "周 明", phone="13900000301"),
            crm("K5", "周明\u200b", phone="8723 1234"),
            crm("K6", "益民生鲜", cust_no="S4", phone="13900000501"),
            crm("K7", "陈静", phone="13800000000"),
            crm("K8", "陈静", phone="13800000000"),
        ],
        "pos_merchant": [
            *(
                pos(f"M{n}", name, uscc="91320923XXXXXXXXXX", phone=f"1990000000{n}")
                for n, name in enumerate(("王记烧烤", "李氏五金", "张姐超市"))
            ),
            pos("M3", "东风饭店", uscc="92320923MA00000000", phone="19900000003"),
            pos("M4", "林海面馆", uscc="92320923MA00000000", phone="19900000004"),
            # a register's own fault: one shop twice, and a stranger
            pos("M5", "长江饭店", uscc="91350211M0000XUF46"),
            pos("M6", "长江饭店", uscc="91350211M0000XUF46\u3000"),
            pos("M7", "黄海商行", uscc="91350211M0000XUF46"),
            *(pos(f"Q{n}", "小卖部", phone="13900000601") for n in range(20)),
        ],
    }


LATER = {"core_customer": [shop("S4", "益民生鲜", cert_type="20", phone="13900000501")]}


@pytest.fixture(scope="module")
def dirty(make_database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection]:
    """Two nights: some rows come on the second one."""
    folder: Path = tmp_path_factory.mktemp("dirt")
    content = dirty_county()
    whole = {feed: [*rows, *LATER.get(feed, [])] for feed, rows in content.items()}
    early = {feed: rows[::2] for feed, rows in content.items()}
    drop(folder, early)
    drop(folder, whole, NEXT_DAY)
    with psycopg.connect(make_database()) as connection:
        night(connection, folder)
        night(connection, folder, NEXT_DAY)
        yield connection
        # Last, because it writes: working on everything ends where working on what changed did.
        found = everything(connection)
        night(connection, folder, NEXT_DAY, is_full=True)
        assert everything(connection) == found


def together(connection: psycopg.Connection, record: str) -> set[str]:
    who = customers(connection)
    return {other for other, customer in who.items() if customer == who[record]}


def shown(connection: psycopg.Connection, record: str) -> tuple[str, str, str | None, str | None, str]:
    """Name, kind, certificate, telephone and birth of whose record it is."""
    found = connection.execute(
        "select name, kind, certificate, phone, birth_on::text from customers where id = %s",
        [customers(connection)[record]],
    ).fetchone()
    assert found is not None
    return found


def test_a_shop_with_its_operators_card_is_a_shop_and_he_its_operator(dirty: psycopg.Connection) -> None:
    for number, name in (("S1", "王记面馆"), ("S2", "磊磊五金店"), ("S3", "东风药房")):
        assert together(dirty, f"core_customer/{number}") == {f"core_customer/{number}"}
        assert shown(dirty, f"core_customer/{number}")[:3] == (name, "SOLE_TRADER", None)
    operated = dirty.execute(
        "select c.name from relations r join customers c on c.id = r.other_id"
        " where r.customer_id = %s and r.kind = 'SHOP' order by c.name",
        [customers(dirty)["core_customer/P1"]],
    ).fetchall()
    assert {name for (name,) in operated} == {"王记面馆", "磊磊五金店", "东风药房"}
    assert shown(dirty, "core_customer/P1")[:3] == ("王磊", "PERSON", OPERATOR)


def test_codes_that_forms_are_filled_with_join_no_strangers(dirty: psycopg.Connection) -> None:
    for n in range(5):
        assert together(dirty, f"pos_merchant/M{n}") == {f"pos_merchant/M{n}"}
    assert together(dirty, "pos_merchant/M5") == {"pos_merchant/M5", "pos_merchant/M6"}
    assert together(dirty, "pos_merchant/M7") == {"pos_merchant/M7"}


def test_a_name_with_its_dot_is_shown_as_the_core_has_it(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C1") == {
        "core_customer/C1", "household/H6/01", "crm_legacy/K1", "crm_legacy/K2", "crm_legacy/K3",
    }  # fmt: skip
    assert {shown(dirty, f"crm_legacy/K{n}")[1] for n in (1, 2, 3)} == {"PERSON"}
    manager = dirty.execute(
        "select manager_number from customers where id = %s", [customers(dirty)["core_customer/C1"]]
    ).fetchone()
    assert manager == ("M07",)


def test_a_foreigner_is_one_whichever_name_comes_first(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C2") == {"core_customer/C2", "core_customer/C3"}
    assert shown(dirty, "core_customer/C2")[:3] == ("JOHN SMITH", "PERSON", "E12345678")


@pytest.mark.parametrize("letter", ["F", "J"])
def test_a_foreigner_is_one_however_the_name_is_written(dirty: psycopg.Connection, letter: str) -> None:
    assert together(dirty, f"core_customer/{letter}0") == {f"core_customer/{letter}{n}" for n in range(3)}
    reviews = dirty.execute(
        "select count(*) from match_reviews m join source_records r on r.id in (m.record_a_id, m.record_b_id)"
        " where r.key like %s and r.feed = 'core_customer'",
        [f"{letter}_"],
    ).fetchone()
    assert reviews == (0,)


def test_a_citizens_number_is_one_under_any_document(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C4") == {"core_customer/C4", "core_customer/C5", "household/H4/03"}
    assert shown(dirty, "core_customer/C4") == ("钱小满", "PERSON", CHILD, None, "2019-06-06")


@pytest.mark.parametrize(
    ("number", "household", "name"), [("C6", "H1", "王䶮"), ("C7", "H2", "李㛃"), ("C8", "H3", "赵䶮")]
)
def test_who_cannot_be_written_is_one_and_shown_as_he_can_be_read(
    dirty: psycopg.Connection, number: str, household: str, name: str
) -> None:
    assert together(dirty, f"core_customer/{number}") == {
        f"core_customer/{number}",
        f"household/{household}/01",
    }
    assert shown(dirty, f"core_customer/{number}")[0] == name


def test_a_default_birth_and_sex_contradict_nothing_and_are_not_shown(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C9") == {"core_customer/C9", "household/H5/01"}
    assert shown(dirty, "core_customer/C9")[4] == "1980-01-01"


def test_who_has_no_legible_certificate_is_known_by_name_and_birth(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C11") == {"core_customer/C11", "household/H7/01"}
    assert together(dirty, "core_customer/C12") == {"core_customer/C12", "household/H8/01"}
    assert shown(dirty, "core_customer/C12")[2] == citizen(18, "19911225")


def test_a_survey_stays_with_its_household_when_its_head_moved_away(dirty: psycopg.Connection) -> None:
    assert together(dirty, "sunshine_credit/Y9") == {"sunshine_credit/Y9", "household.household/H9"}
    assert together(dirty, "sunshine_credit/Y10") == {"sunshine_credit/Y10", "household.household/H11"}
    assert shown(dirty, "household.household/H9")[0] == "冯秀英户"
    assert shown(dirty, "household.household/H10")[0] == "卫秀兰户"


def test_both_telephones_of_a_field_are_evidence(dirty: psycopg.Connection) -> None:
    assert together(dirty, "core_customer/C10") == {"core_customer/C10", "crm_legacy/K4", "crm_legacy/K5"}
    assert shown(dirty, "core_customer/C10")[3] == "13900000301"


def test_a_default_telephone_is_neither_evidence_nor_shown(dirty: psycopg.Connection) -> None:
    assert together(dirty, "crm_legacy/K7") == {"crm_legacy/K7"}
    assert shown(dirty, "crm_legacy/K7")[3] is None


def test_what_many_share_joins_nobody_and_asks_little(dirty: psycopg.Connection) -> None:
    for record in (*(f"core_customer/D{n}" for n in range(16)), *(f"pos_merchant/Q{n}" for n in range(20))):
        assert together(dirty, record) == {record}
    reviews = dirty.execute("select count(*) from match_reviews where reason = 'SHARED_BY_MANY'").fetchone()
    assert reviews is not None
    assert 0 < reviews[0] <= 20


def test_a_name_that_does_not_say_its_kind_has_that_of_the_number_it_quotes(
    dirty: psycopg.Connection,
) -> None:
    assert together(dirty, "crm_legacy/K6") == {"crm_legacy/K6", "core_customer/S4"}
    assert shown(dirty, "crm_legacy/K6")[1] == "SOLE_TRADER"
