"""The match keys of all records, by the product's own hash over the values of the copies."""

import psycopg

from domain.customers.identity.keys import key_hash
from domain.customers.identity.telephones import line
from domain.customers.identity.text import reference
from tests.bench.copies.bulk import emptied

# What each rule's key is made of; the keys of the original are computed as well and held against what it had.
_VALUES = """
copy (
select r.id, m.rule, case when k = 0 then m.key_hash::text end,
       case m.rule
       when 'CERTIFICATE' then r.cert_type || ':' || r.cert_norm
       when 'CREDIT_CODE' then r.uscc_norm
       when 'ORGANISATION_CODE' then coalesce(substr(r.uscc_norm, 9, 9), r.cert_norm)
       when 'REPRESENTATIVE' then '10:' || r.representative_norm
       when 'HEAD' then '10:' || r.representative_norm
       when 'FIRM_NAME' then r.name_norm
       when 'HEAD_NAME' then r.village_code || '/' || r.name_norm
       when 'BIRTH' then r.birth_on || '/' || left(r.name_norm, 1)
       when 'CUSTOMER_NUMBER' then r.cust_no
       when 'PHONE' then case when m.is_other then r.other_phone_norm else r.phone_norm end
       end
  from copies.match_base m cross join generate_series(0, {last}) k
  join source_records r on r.id = m.record_id + {step}::bigint * k
) to stdout
"""


def copy_match_keys(database_url: str, step: int, copies: int) -> int:
    """Reads through one connection and writes through another; raises where a key is not made of what we think."""
    with psycopg.connect(database_url) as reader:
        _note_base(reader)
        with psycopg.connect(database_url) as writer, emptied(writer, "match_keys") as target:
            values = _VALUES.format(last=copies - 1, step=step).encode()
            rows = 0
            with (
                reader.cursor().copy(values) as source,
                target.cursor().copy("copy match_keys (record_id, rule, key_hash) from stdin") as made,
            ):
                for row in source:
                    record, rule, was, value = bytes(row).decode().rstrip("\n").split("\t")
                    value = value.replace("\\\\", "\\")
                    hashed = key_hash(_compared(rule, value))
                    if was not in ("\\N", str(hashed)):
                        raise SystemExit(f"a key of {rule} is made of something else than {value!r}")
                    made.write(f"{record}\t{rule}\t{hashed}\n")
                    rows += 1
    return rows


def _compared(rule: str, value: str) -> str:
    if rule == "PHONE":
        return line(value)
    return reference(value) or value if rule == "CUSTOMER_NUMBER" else value


def _note_base(connection: psycopg.Connection) -> None:
    """The keys of the original, with a mark on those of a record's second telephone."""
    connection.execute(
        "create unlogged table copies.match_base as select *, false as is_other from match_keys"
    )
    others = connection.execute(
        "select id, other_phone_norm from source_records where other_phone_norm is not null"
    ).fetchall()
    connection.cursor().executemany(
        "update copies.match_base set is_other = true where record_id = %s and rule = 'PHONE' and key_hash = %s",
        [(record, key_hash(line(number))) for record, number in others],
    )
    connection.commit()
