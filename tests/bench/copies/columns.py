"""What becomes of a column in the k-th copy of a customer: read from the catalogue, by the columns' names.

A table is copied when it has a column that names a customer, a source record or an account. A new table of the product
is therefore copied as soon as it is there; only a new *kind* of key needs a line here.
"""

from dataclasses import dataclass

import psycopg

CUSTOMER_IDS = {"customer_id", "other_id", "recorded_for_id", "record_id", "record_a_id", "record_b_id"}
NUMBERS = {
    "cust_no", "acct_no", "account_no", "settle_acct_no", "loan_no", "contract_no", "crm_id", "file_no", "hukou_no",
    "merchant_no",
}  # fmt: skip
NAMES = {"name", "name_norm", "head_name", "operator_name", "legal_rep_name"}
CITIZENS = {"head_cert_no", "operator_cert_no", "legal_rep_cert_no", "representative_norm"}
CODES = {"uscc", "uscc_norm"}
PHONES = {"phone", "phone_norm", "other_phone_norm"}
CERTIFICATES = {"cert_no": "cert_type", "cert_norm": "cert_type", "certificate": "certificate_type"}
NOT_COPIED = {
    "night_changes": "what the nights of the original worked on",
    "walks": "a manager's day, planned by the next night",
    "walk_stops": "a manager's day, planned by the next night",
    "quarantined_rows": "lines as the bank's systems wrote them",
    "customer_sums": "counted anew",
    "customer_cells": "counted anew",
    "visit_cells": "counted anew",
}


@dataclass(frozen=True)
class Table:
    """A table that holds rows (a partition counts for itself), with its columns that can be written."""

    name: str
    columns: tuple[str, ...]
    types: dict[str, str]
    parent: str | None
    bound: str | None

    @property
    def family(self) -> str:
        return self.parent or self.name


_TABLES = """
select c.relname, p.relname, pg_get_expr(c.relpartbound, c.oid),
       array_agg(a.attname::text order by a.attnum), array_agg(format_type(a.atttypid, null) order by a.attnum)
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  left join pg_inherits i on i.inhrelid = c.oid
  left join pg_class p on p.oid = i.inhparent
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
 group by c.oid, c.relname, p.relname order by pg_relation_size(c.oid) desc
"""


def copied_tables(connection: psycopg.Connection) -> list[Table]:
    """Every table of customers' rows, the largest first."""
    tables = [
        Table(name, tuple(columns), dict(zip(columns, types, strict=True)), parent, bound)
        for name, parent, bound, columns, types in connection.execute(_TABLES).fetchall()
    ]
    return [table for table in tables if _is_of_customers(table) and table.family not in NOT_COPIED]


def _is_of_customers(table: Table) -> bool:
    return table.name == "customers" or bool((CUSTOMER_IDS | NUMBERS) & set(table.columns))


def shifted(table: Table, column: str, step: int, own_step: int) -> str:
    """The column's value in copy `k` of row `b`, as SQL.

    `step` is the distance between a customer and his copies, for ids of customers and records alike (a customer is
    called by the lowest id of his records); `own_step` the distance for rows that are numbered by themselves.
    """
    value = f'b."{column}"'
    if column in CUSTOMER_IDS or (column == "id" and table.name in ("customers", "source_records")):
        return f"{value} + {step}::bigint * k"
    if column == "id" and table.types[column] == "bigint":
        return f"{value} + {own_step}::bigint * k"
    if column == "id" and table.types[column] == "uuid":
        return f"case when k = 0 then {value} else md5({value}::text || k)::uuid end"
    if column in NUMBERS or (table.name, column) == ("loans", "number"):
        return f"copies.number({value}, k)"
    if (table.name, column) == ("source_records", "key"):
        return f"copies.record_key({value}, k)"
    return _of_party(table, column, value)


def _of_party(table: Table, column: str, value: str) -> str:
    if not (table.family.startswith("src_") or table.name in ("customers", "source_records")):
        return value
    if column in NAMES:
        return f"copies.name({value}, k)"
    if column in PHONES:
        return f"copies.phone({value}, k)"
    if column in CODES:
        return f"copies.credit_code({value}, k)"
    if column in CITIZENS:
        return f"copies.citizen({value}, k)"
    if column in CERTIFICATES:
        type_ = CERTIFICATES[column]
        return f"copies.certificate({value}, {f'b.{type_}' if type_ in table.columns else 'null'}, k)"
    return value
