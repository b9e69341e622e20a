"""A row of a feed as source records: one party each, normalised. One row may know two parties."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.customers.identity.certificates import (
    CITIZEN,
    HOUSEHOLD_REGISTER,
    ORGANISATION,
    birth_of,
    certificate,
    citizen_id,
    credit_code,
    gender_of,
    has_right_check,
    known_birth,
    known_gender,
    organisation_code,
)
from domain.customers.identity.degrees import read_point
from domain.customers.identity.evidence import Party
from domain.customers.identity.keys import match_keys
from domain.customers.identity.names import firm_name, person_name, shown
from domain.customers.identity.signs import is_firm_name, kind_of_firm
from domain.customers.identity.telephones import telephones
from domain.customers.identity.text import reference

Row = Mapping[str, Any]

DOUBTED = "DOUBTED"
"""Type of a citizen id whose date of birth is not the row's own: somebody else's id was typed. It is no evidence."""

REGISTERED = {"1": "ACTIVE", "2": "MOVED", "3": "DEAD"}
"""What the register's states are of a person."""


@dataclass(slots=True)
class Record:
    """The content of a row of `source_records`; units and datum as there. The point is still in `source_datum`."""

    feed: str
    key: str
    kind: str
    name: str
    name_norm: str
    certificate: tuple[str, str] | None = None
    credit_code: str | None = None
    representative: str | None = None
    phone: str | None = None
    other_phone: str | None = None
    birth_on: date | None = None
    gender: str | None = None
    cust_no: str | None = None
    village_code: str | None = None
    address: str | None = None
    industry: str | None = None
    org_code: str | None = None
    manager_number: str | None = None
    point: tuple[float, float] | None = None
    source_datum: str | None = None
    location_method: str | None = None
    status: str = "ACTIVE"
    keys: list[tuple[str, int]] = field(default_factory=list)

    def find_keys(self, staff_lines: frozenset[str]) -> None:
        party = Party(
            0,
            self.feed,
            self.kind,
            self.name_norm,
            None if self.certificate and self.certificate[0] == DOUBTED else self.certificate,
            self.representative,
            self.credit_code,
            self.phone,
            self.other_phone,
            self.birth_on,
            self.gender,
            self.village_code,
            self.cust_no,
        )
        stated = self.certificate[1] if self.certificate and self.certificate[0] == ORGANISATION else None
        self.keys = sorted(set(match_keys(party, staff_lines, stated)))


def records_of(feed: str, row: Row) -> Iterator[Record]:
    """The records of one feed's row. `feed` is the name under which records are kept."""
    yield from _READERS[feed](row)


def _person(feed: str, row: Row, name: str, **known: Any) -> Record:
    return _with_phones(Record(feed, row["key"], "PERSON", shown(name), person_name(name), **known), row)


def _household_of(feed: str, row: Row, head_name: str, head_cert_no: str | None) -> Record:
    return Record(
        feed,
        row["key"],
        "HOUSEHOLD",
        shown(head_name),
        person_name(head_name),
        representative=citizen_id(head_cert_no),
        village_code=known_code(row["village_code"]),
        address=row["address"],
    )


def _with_phones(record: Record, row: Row) -> Record:
    """The first two numbers of the field, where the feed has one."""
    given = row.get("phone")
    if given:
        record.phone, record.other_phone = (*telephones(given), None, None)[:2]
    return record


def known_code(text: str | None) -> str | None:
    """A code of a village, unless it is one digit throughout."""
    return text if text and len(set(text)) > 1 else None


_KINDS = {"P": "PERSON", "S": "SOLE_TRADER", "E": "ENTERPRISE", "O": "ORGANISATION"}


def _core_customer(row: Row) -> Iterator[Record]:
    kind = _KINDS[row["kind"]]
    record = Record(
        "core_customer",
        row["key"],
        kind,
        shown(row["name"]),
        person_name(row["name"]) if kind == "PERSON" else firm_name(row["name"]),
        cust_no=row["cust_no"],
        village_code=known_code(row["village_code"]),
        address=row["address"],
        industry=row["industry"],
        org_code=row["org_no"],
        status="ACTIVE" if row["status"] == "1" else "CLOSED",
    )
    if kind == "PERSON":
        _fill_person(record, row, row["cert_type"], row["cert_no"])
    else:
        _fill_firm(record, row)
    yield _with_phones(record, row)


def _fill_firm(record: Record, row: Row) -> None:
    """Its codes, and who runs it. A personal document on a firm's row is that of the person who runs it."""
    is_personal = row["cert_type"] in _PERSONAL
    record.credit_code = credit_code(row["uscc"])
    if record.credit_code is None:
        stated = credit_code(row["cert_no"])
        record.credit_code = stated if stated and (not is_personal or has_right_check(stated)) else None
    record.representative = (
        citizen_id(row["legal_rep_cert_no"]) or citizen_id(row["cert_no"]) or citizen_id(row["uscc"])
    )
    if record.credit_code is None and not is_personal:
        code = organisation_code(row["cert_no"])
        record.certificate = None if code is None else (ORGANISATION, code)


_PERSONAL = frozenset({CITIZEN, HOUSEHOLD_REGISTER, "12"})


def _fill_person(record: Record, row: Row, type_: str | None, number: str | None) -> None:
    """Certificate, birth and gender, and what a citizen id says of the latter."""
    record.birth_on, record.gender = known_birth(row.get("birth_on")), known_gender(row.get("gender"))
    record.certificate = certificate(type_, number)
    if record.certificate is None or record.certificate[0] != CITIZEN:
        return
    citizen = record.certificate[1]
    if record.birth_on is not None and record.birth_on != birth_of(citizen):
        record.certificate = (DOUBTED, citizen)
        return
    record.birth_on = record.birth_on or birth_of(citizen)
    record.gender = record.gender or gender_of(citizen)


def _household(row: Row) -> Iterator[Record]:
    record = _person(
        "household",
        row,
        row["name"],
        # Who has moved away lives elsewhere, which tells him from nobody.
        village_code=known_code(row["village_code"]) if row["status"] != "2" else None,
        address=row["address"],
        status=REGISTERED[row["status"]],
    )
    _fill_person(record, row, CITIZEN, row["cert_no"])
    yield record


def _household_party(row: Row) -> Iterator[Record]:
    """The household itself: compared by its registered head, shown and found by one who lives there."""
    record = _household_of("household.household", row, row["head_name"], row["head_cert_no"])
    record.name, record.status = shown(row["name"]), REGISTERED[row["status"]]
    if record.status != "ACTIVE":
        record.name = shown(row["head_name"])  # nobody lives there to give it another name
    yield record


def _sunshine_credit(row: Row) -> Iterator[Record]:
    record = _household_of("sunshine_credit", row, row["head_name"], row["head_cert_no"])
    _place(record, row, "SURVEY")
    yield _with_phones(record, row)


def _sunshine_head(row: Row) -> Iterator[Record]:
    record = _person(
        "sunshine_credit.head",
        row,
        row["head_name"],
        village_code=known_code(row["village_code"]),
        address=row["address"],
    )
    _fill_person(record, row, CITIZEN, row["head_cert_no"])
    _place(record, row, "SURVEY")
    yield record


def _pos_merchant(row: Row) -> Iterator[Record]:
    code = credit_code(row["uscc"])
    record = Record(
        "pos_merchant",
        row["key"],
        kind_of_firm(code, row["name"]),
        shown(row["name"]),
        firm_name(row["name"]),
        credit_code=code,
        representative=citizen_id(row["operator_cert_no"]) or citizen_id(row["uscc"]),
        cust_no=row["settled_by"],
        address=row["address"],
    )
    _place(record, row, "POS")
    yield _with_phones(record, row)


def _pos_operator(row: Row) -> Iterator[Record]:
    if not row["operator_name"]:
        return
    record = _person("pos_merchant.operator", row, row["operator_name"], cust_no=row["settled_by"])
    # Where a personal number stands for the credit code, it is the operator's.
    _fill_person(record, row, CITIZEN, citizen_id(row["operator_cert_no"]) or row["uscc"])
    yield record


def _crm_legacy(row: Row) -> Iterator[Record]:
    is_firm = is_firm_name(row["name"], row["kind_of_number"])
    record = Record(
        "crm_legacy",
        row["key"],
        kind_of_firm(None, row["name"]) if is_firm else "PERSON",
        shown(row["name"]),
        firm_name(row["name"]) if is_firm else person_name(row["name"]),
        cust_no=reference(row["cust_no"]),
        address=row["address"],
        manager_number=row["manager_no"],
    )
    yield _with_phones(record, row)


def _place(record: Record, row: Row, method: str) -> None:
    """A point counts only with its datum, and where it can be one (`degrees.py`)."""
    point = read_point(row["lon_deg"], row["lat_deg"])
    if point is None or row["datum"] is None:
        return
    record.point, record.source_datum, record.location_method = point, row["datum"], method


_READERS: dict[str, Callable[[Row], Iterator[Record]]] = {
    "core_customer": _core_customer,
    "household": _household,
    "sunshine_credit": _sunshine_credit,
    "sunshine_credit.head": _sunshine_head,
    "household.household": _household_party,
    "pos_merchant": _pos_merchant,
    "pos_merchant.operator": _pos_operator,
    "crm_legacy": _crm_legacy,
}

# Rows of each kind of record as of a data date: `key`, `row_hash`, `from_on` and what the reader asks for.
_AS_OF = "from_on <= %(on)s and %(on)s < to_on"
_POS = f"""
    select p.merchant_no as key, hashtextextended(coalesce(d.cust_no, ''), p.row_hash) as row_hash, p.from_on,
           p.name, p.uscc, p.operator_name, p.operator_cert_no, p.phone, d.cust_no as settled_by, p.address,
           p.lon_deg, p.lat_deg, p.datum
      from (select * from src_pos_merchant where {_AS_OF}) p
      left join (select acct_no, cust_no from src_core_deposit where {_AS_OF}) d on d.acct_no = p.settle_acct_no"""  # noqa: S608
# The register takes out of its files whom it has written off (迁出, 死亡): that does not bring him back. So his last
# row goes on speaking while no later one says otherwise.
_REGISTER = f"""
    select * from src_household where {_AS_OF}
    union all
    select h.* from src_household h
     where h.status <> '1' and h.to_on <= %(on)s and h.from_on < h.to_on
       and not exists (select from src_household later
                        where later.hukou_no = h.hukou_no and later.person_no = h.person_no
                          and later.from_on >= h.to_on and later.from_on <= %(on)s and later.from_on < later.to_on)"""  # noqa: S608
# Born less than 18 years before the data date, as the register says it or the citizen id.
_IS_CHILD = """coalesce(to_char(r.birth_on, 'YYYYMMDD'),
                        substring(r.cert_no from '^[0-9]{6}([0-9]{8})[0-9]{3}[0-9Xx]$'), '')
               > to_char(cast(%(on)s as date) - interval '18 years', 'YYYYMMDD')"""
# A household is named by its head while he lives there and is grown up; else by its eldest, the spouse first. Where
# nobody lives any more, whoever speaks says why: moved away, if anybody has, else dead. It is compared by its head, by
# one who died as well, whose survey is the household's, though another may be head since; so it is by one who moved
# away, unless he is the head of another household now.
_IS_SURVEYED = f"""(r.status = '3' and r.relation = '户主'
                     and r.cert_no in (select head_cert_no from src_sunshine_credit where {_AS_OF}))"""  # noqa: S608
_IS_LEFT = (
    """(h.status = '2' and s.status = '1' and coalesce(h.cert_no in (select cert_no from leaders), true))"""
)
_HOUSEHOLDS = f"""
    with register as materialized ({_REGISTER}),
    heads as materialized (
        select distinct on (r.hukou_no) r.*, r.status = '1' and not {_IS_CHILD} as leads from register r
         order by r.hukou_no, (r.relation = '户主') desc, {_IS_SURVEYED} desc, r.status, r.person_no),
    leaders as (
        select cert_no from register where relation = '户主' and status = '1' and cert_no is not null),
    speakers as (
        select distinct on (r.hukou_no) r.*
          from heads h join register r using (hukou_no) where not h.leads
         order by r.hukou_no, r.status, {_IS_CHILD}, (r.relation = '配偶') desc, r.birth_on, r.person_no)
    select h.hukou_no as key,
           case when h.leads then h.row_hash
                else hashtextextended(s.row_hash || cast({_IS_LEFT} as text), h.row_hash) end as row_hash,
           greatest(h.from_on, s.from_on) as from_on,
           case when {_IS_LEFT} then s.name else h.name end as head_name,
           case when {_IS_LEFT} then s.cert_no else h.cert_no end as head_cert_no,
           coalesce(s.name, h.name) as name, coalesce(s.status, h.status) as status,
           coalesce(s.village_code, h.village_code) as village_code, coalesce(s.address, h.address) as address
      from heads h left join speakers s using (hukou_no)"""  # noqa: S608
_SUNSHINE = f"""
    select file_no as key, row_hash, from_on, head_name, head_cert_no, phone, village_code, address, lon_deg, lat_deg,
           datum
      from src_sunshine_credit where {_AS_OF}"""  # noqa: S608

SOURCES: dict[str, str] = {
    "core_customer": f"""
    select cust_no as key, row_hash, from_on, cust_no, kind, name, cert_type, cert_no, uscc, birth_on, gender, phone,
           address, village_code, industry, legal_rep_cert_no, org_no, status
      from src_core_customer where {_AS_OF}""",  # noqa: S608
    "household": f"""
    select hukou_no || '/' || person_no as key, row_hash, from_on, name, cert_no, gender, birth_on, village_code,
           address, status
      from ({_REGISTER}) registered""",  # noqa: S608
    "sunshine_credit": _SUNSHINE,
    "sunshine_credit.head": _SUNSHINE,
    "household.household": _HOUSEHOLDS,
    "pos_merchant": _POS,
    "pos_merchant.operator": _POS,
    "crm_legacy": f"""
    select r.crm_id as key, hashtextextended(coalesce(c.kind, ''), r.row_hash) as row_hash, r.from_on, r.name, r.phone,
           r.cust_no, r.address, r.manager_no, c.kind as kind_of_number
      from (select * from src_crm_legacy where {_AS_OF}) r
      left join (select cust_no, kind from src_core_customer where {_AS_OF}) c on c.cust_no = r.cust_no""",  # noqa: S608
}
"""In the order in which new records get their ids: a customer's id comes from the most trusted feed that was there."""
