"""The match keys of all records, by the product's own hash over the values of the copies."""

import psycopg

from domain.customers.identity.keys import key_hash
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
       when 'CUSTOMER_NUMBER' then r.cust_no
       when 'PHONE' then r.phone_norm
       end
  from copies.match_base m cross join generate_series(0, {last}) k
  join source_records r on r.id = m.record_id + {step}::bigint * k
) to stdout
"""


def copy_match_keys(database_url: str, step: int, copies: int) -> int:
    """Reads through one connection and writes through another; raises where a key is not made of what we think."""
    with psycopg.connect(database_url) as reader:
        reader.execute("create unlogged table copies.match_base as table match_keys")
        reader.commit()
        with psycopg.connect(database_url) as writer, emptied(writer, "match_keys") as target:
            values = _VALUES.format(last=copies - 1, step=step).encode()
            rows = 0
            with (
                reader.cursor().copy(values) as source,
                target.cursor().copy("copy match_keys (record_id, rule, key_hash) from stdin") as made,
            ):
                for row in source:
                    record, rule, was, value = bytes(row).decode().rstrip("\n").split("\t")
                    hashed = key_hash(value.replace("\\\\", "\\"))
                    if was not in ("\\N", str(hashed)):
                        raise SystemExit(f"a key of {rule} is made of something else than {value!r}")
                    made.write(f"{record}\t{rule}\t{hashed}\n")
                    rows += 1
    return rows
