#!/usr/bin/env python3
"""Verify the chain over the audit without the product: standard library alone, of an export (docs/formats.md).

    ./yunge export audit --out audit.csv
    YUNGE_SECRET=... python3 docs/verify_audit.py audit.csv [POSITION:SHA256 ...]

Heads (position and seal) come from where they were kept outside the database: `audit.head` in the workers' logs.
Prints what it read and the first place that is wrong; ends with 0 when the chain holds, with 1 when it does not.
"""

import csv
import hashlib
import hmac
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def text(cell: str) -> str:
    """The export puts an apostrophe before what a spreadsheet would calculate."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def sealed_bytes(row: dict[str, str]) -> bytes:
    """The row as it is sealed: a JSON array; the kind only where an id alone would not tell it."""
    actor_id = int(row["actor_id"]) if row["actor_id"] else None
    at = datetime.fromisoformat(row["at"]).astimezone(UTC).isoformat()
    values = [int(row["audit_id"]), at, actor_id, text(row["action"]), text(row["subject"])]
    values.append(json.loads(row["detail"]))
    if row["actor_kind"] != ("SYSTEM" if actor_id is None else "STAFF"):
        values.append(row["actor_kind"])
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode()


def walk(rows: Iterator[dict[str, str]], key: bytes, seals: dict[int, str]) -> Iterator[str]:
    """What is wrong, in the order of the chain; `seals` is filled with what stands where heads may be."""
    position, previous = 0, bytes(32)
    for row in rows:
        if not row["position"]:
            seals[0] = str(int(seals.get(0, "0")) + 1)  # rows that wait for their seal
            continue
        found, seal = int(row["position"]), bytes.fromhex(row["sha256"])
        if not row["at"]:
            yield f"{found}: the sealed row {row['audit_id']} is gone"
        elif found != position + 1:
            yield f"{found}: the seals before it, from {position + 1} on, are gone"
        elif not hmac.compare_digest(
            hmac.new(key, previous + sealed_bytes(row), hashlib.sha256).digest(), seal
        ):
            yield f"{found}: row {row['audit_id']} and its seal do not belong together (altered, moved or put in)"
        position, previous = found, seal
        seals[position] = row["sha256"]


def main() -> int:
    path, heads = sys.argv[1], dict(head.split(":") for head in sys.argv[2:])
    key = hmac.new(os.environ["YUNGE_SECRET"].encode(), b"audit seal", hashlib.sha256).digest()
    seals: dict[int, str] = {}
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as file:
        faults = list(walk(csv.DictReader(file), key, seals))
    faults += [
        f"{position}: the head that was kept outside is not in the chain (its tail was cut, or it was written anew)"
        for position, sha256 in heads.items()
        if seals.get(int(position)) != sha256
    ]
    unsealed = seals.pop(0, "0")
    head = max(seals, default=0)
    print(f"{len(seals)} sealed, {unsealed} not sealed yet, head {head}:{seals.get(head, '')}")
    print(f"first broken position: {faults[0]}" if faults else "the chain holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
