"""The demonstration's files and their truth, as the ceiling of the evidence reads them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from api.county.generator import placeholders
from api.county.generator.bad import is_bad
from api.county.generator.write import WRITTEN
from domain.feeds.contracts import CORE_DEPOSIT, DELIMITER, FEEDS, Feed
from tests.bench.linking.evidence import Said, chains, phones, read, reads_as_citizen
from tests.bench.linking.quality import Parties, Record

Row = dict[str, str]


class Party(NamedTuple):
    kind: str
    certificate: str
    birth: str


class Truth:
    """The truth's folder, as far as identity needs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.party = {
            int(row["party_id"]): Party(row["kind"], row["certificate"], row["birth_on"].replace("-", ""))
            for row in self.rows("parties")
        }
        self.person = {p.certificate: id_ for id_, p in self.party.items() if p.kind == "PERSON"}
        self.of_fifteen = {number[:6] + number[8:17]: number for number in self.person if len(number) == 18}
        self.links: dict[Record, int] = {
            (row["feed"], row["key"]): int(row["party_id"]) for row in self.rows("links")
        }
        self.households = {row["hukou_no"]: int(row["party_id"]) for row in self.rows("households")}
        self.operators = {
            int(row["party_id"]): int(row["other_id"])
            for row in self.rows("relations")
            if row["kind"] in ("OPERATOR", "REPRESENTATIVE")
        }

    def rows(self, name: str) -> Iterator[Row]:
        with (self._folder / f"{name}.csv").open(encoding="utf-8") as file:
            yield from csv.DictReader(file)

    def touched(self) -> dict[str, set[Record]]:
        found: defaultdict[str, set[Record]] = defaultdict(set)
        for row in self.rows("touched"):
            found[row["kind"]].add((row["feed"], row["key"]))
        return dict(found)


def rows_of(landing: Path, feed: str, on: date) -> Iterator[Row]:
    """The lines that can be taken, by column; another one is set aside for a person."""
    names = [column.name for column in FEEDS[feed].columns]
    for line in _lines(landing, feed, on):
        cells = columns_of(FEEDS[feed], line)
        if cells is not None:
            yield dict(zip(names, cells, strict=True))


def lines_that_nobody_can_take(landing: Path, on: date) -> dict[str, int]:
    """How many lines of each feed's file have to be set aside."""
    return {
        feed: sum(columns_of(FEEDS[feed], line) is None for line in _lines(landing, feed, on))
        for feed in WRITTEN
    }


def _lines(landing: Path, feed: str, on: date) -> Iterator[bytes]:
    """Without what stands behind the last line."""
    with (landing / f"{feed}_{on:%Y%m%d}_1.dat").open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))


def columns_of(contract: Feed, line: bytes) -> list[str] | None:
    """None for one of the generator's bad rows, for too few or many columns, for a value that the contract lacks."""
    cells = line.rstrip(b"\r\n").decode(contract.encoding, "replace").split(DELIMITER)
    if is_bad(contract, line) or len(cells) != len(contract.columns):
        return None
    are_known = (
        not c.allowed or not cell or cell in c.allowed
        for c, cell in zip(contract.columns, cells, strict=True)
    )
    return cells if all(are_known) else None


class Evidence:
    """What each record says of its party, with what the rows know of a second one (operator, head) as steps between."""

    def __init__(self, landing: Path, truth: Truth, on: date, staff_phones: frozenset[str]) -> None:
        self._truth = truth
        self._nobodys = staff_phones | frozenset(placeholders.PHONES)
        accounts = rows_of(landing, CORE_DEPOSIT.name, on)
        self._holder = {read(row["acct_no"]): read(row["cust_no"]) for row in accounts}
        self.said: defaultdict[int, list[tuple[Record | None, Said]]] = defaultdict(list)
        for feed in ("core_customer", "crm_legacy", "sunshine_credit", "household", "pos_merchant"):
            for row in rows_of(landing, feed, on):
                key = "/".join(read(row[column]) for column in FEEDS[feed].key)
                party = truth.links.get((feed, key))
                if party is not None:
                    getattr(self, f"_{feed}")((feed, key), party, row)

    def ceiling(self) -> Parties:
        """Record → a number that records have in common when a chain of evidence leads from one to the other."""
        found: dict[Record, int] = {}
        offset = 0
        for said in self.said.values():
            for (record, _), place in zip(said, chains([words for _, words in said]), strict=True):
                if record is not None:
                    found[record] = offset + place
            offset += len(said)
        return found

    def _core_customer(self, record: Record, party: int, row: Row) -> None:
        numbers = self._own_numbers(party, row["cert_no"], row["uscc"]) | self._customer(
            party, row["cust_no"]
        )
        birth = self._birth(party, row)
        self._say(record, party, row["name"], numbers, row["phone"], row["legal_rep_cert_no"], birth)

    def _crm_legacy(self, record: Record, party: int, row: Row) -> None:
        self._say(record, party, row["name"], self._customer(party, row["cust_no"]), row["phone"])

    def _sunshine_credit(self, record: Record, party: int, row: Row) -> None:
        """The household by its head's certificate; the head is a step between the person's other records."""
        head = self._citizen(row["head_cert_no"])
        numbers = frozenset({f"head {head}"} if head else ())
        self._say(record, party, row["head_name"], numbers, row["phone"])
        if head in self._truth.person:
            self._say(
                None, self._truth.person[head], row["head_name"], frozenset({f"own {head}"}), row["phone"]
            )

    def _household(self, record: Record, party: int, row: Row) -> None:
        numbers, birth = self._own_numbers(party, row["cert_no"]), self._birth(party, row)
        self._say(record, party, row["name"], numbers, "", birth=birth)
        home = self._truth.households.get(read(row["hukou_no"]))
        if home is not None and row["relation"] == "户主":
            head = self._citizen(row["cert_no"])
            numbers = frozenset({f"head {head}"} if head else ())
            self._say(("household.household", read(row["hukou_no"])), home, row["name"], numbers, "")

    def _pos_merchant(self, record: Record, party: int, row: Row) -> None:
        holder = self._holder.get(read(row["settle_acct_no"]), "")
        numbers = self._own_numbers(party, row["uscc"]) | self._customer(party, holder)
        self._say(record, party, row["name"], numbers, row["phone"], row["operator_cert_no"])
        operator = self._truth.operators.get(party)
        if operator is None:
            return
        own = self._own_numbers(operator, row["operator_cert_no"]) | self._customer(operator, holder)
        self._say(None, operator, row["operator_name"], own, row["phone"])

    def _say(
        self,
        record: Record | None,
        party: int,
        name: str,
        numbers: frozenset[str],
        phone: str,
        behind: str = "",
        birth: str = "",
    ) -> None:
        said = Said(name, numbers, phones(phone, self._nobodys), self._citizen(behind), birth)
        self.said[party].append((record, said))

    def _birth(self, party: int, row: Row) -> str:
        """The party's day of birth and gender, from the row's column or from the certificate that it names."""
        own = self._truth.party[party]
        is_named = row["birth_on"] == own.birth or bool(self._own_numbers(party, row["cert_no"]))
        return f"{own.birth} {row['gender']}" if own.birth and is_named else ""

    def _own_numbers(self, party: int, *fields: str) -> frozenset[str]:
        """The party's own certificate or code, where a field names it."""
        kind, number, _ = self._truth.party[party]
        if kind == "PERSON":
            is_named = any(reads_as_citizen(text, number) for text in fields)
        else:
            is_named = any(read(text) and read(text) in (number, number[8:17]) for text in fields)
        return frozenset({f"own {number}"} if is_named else ())

    def _customer(self, party: int, number: str) -> frozenset[str]:
        plain = read(number)
        is_ours = self._truth.links.get(("core_customer", plain)) == party
        return frozenset({f"customer {plain}"} if is_ours else ())

    def _citizen(self, text: str) -> str:
        """The citizen whom a field names; one whom the bank has no other record of is one as well."""
        plain = self._truth.of_fifteen.get(read(text), read(text))
        return plain if len(plain) == 18 and plain not in placeholders.CERTIFICATES else ""
