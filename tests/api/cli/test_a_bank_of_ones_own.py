"""`docs/own-bank.md` by the letter: from an empty production installation to today's walk on a phone."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api.local.place import Place
from api.local.state import read_state
from api.local.supervisor import Supervisor
from domain.shared.calendar import bank_day
from geo.coverage import prove_partition
from tests.api.cli.installation import ROOT, here
from tests.api.cli.own_bank import (
    CUSTOMERS,
    SURVEYED,
    Command,
    commands_of,
    files_of,
    page_on,
    write_bank_files,
    write_maps,
)
from tests.servers import redis_url

pytestmark = pytest.mark.slow("install")
PASSWORD = "correct horse battery staple"
OWN = "一句自己记得住、别人猜不到的话"


@dataclass
class Phone:
    """A browser on a phone: documents that the pages ask with, and the cookie of its session."""

    address: str
    cookie: str = ""
    documents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = json.loads((ROOT / "frontend" / "persisted.json").read_text("utf-8"))
        self.documents = {text.split(maxsplit=2)[1].split("(")[0]: key for key, text in kept.items()}

    def ask(self, name: str, **variables: Any) -> Any:
        asked = urllib.request.Request(
            f"{self.address}/graphql",
            data=json.dumps({"documentId": self.documents[name], "variables": variables}).encode(),
            headers={"Content-Type": "application/json", "X-Yunge": "1", "Cookie": self.cookie},
        )
        with urllib.request.urlopen(asked, timeout=20) as answer:
            self.cookie = (answer.headers.get("Set-Cookie") or self.cookie).split(";")[0]
            said = json.load(answer)
        assert "errors" not in said, said
        return said["data"]


@dataclass
class Opened:
    place: Place
    said: dict[str, str]
    """What each command of the page printed."""

    @property
    def database_url(self) -> str:
        return str(read_state(self.place)["database_url"])

    def phone(self) -> Phone:
        noted = read_state(self.place)
        return Phone(f"http://{noted['host']}:{noted['port']}")

    def code_of(self, account: str) -> str:
        found = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", self.said[f"account code {account}"])
        assert found is not None
        return found[0]


@pytest.fixture(scope="module")
def opened(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The page's files written and its commands run, on a database in which there was nothing at all."""
    folder = tmp_path_factory.mktemp("own_bank")
    place, landing = Place(folder / ".local"), folder / "landing"
    landing.mkdir()
    today = bank_day(datetime.now(UTC))
    data_on = today - timedelta(days=1)
    page = page_on(today, data_on)
    for name, content in files_of(page):
        (folder / name).write_text(content, "utf-8")
    write_maps(folder)
    write_bank_files(landing, data_on)
    given = {
        "DATABASE_URL": make_database("template1"),
        "REDIS_URL": redis_url(),
        "YUNGE_LANDING": str(landing),
        "YUNGE_FILES": str(folder / "files"),
        "YUNGE_SECRET": "a secret of the tests, long enough for all",
        # The first night is the page's, at whatever hour the test runs: for a clock that began later it is not due.
        "YUNGE_NIGHT_AT": "00:00",
    }
    try:
        said = {str(command): _run(place, folder, command, given) for command in commands_of(page)}
        yield Opened(place, said)
    finally:
        Supervisor(place).stop()


def _run(place: Place, folder: Path, command: Command, given: dict[str, str]) -> str:
    words = [word.replace("$YUNGE_LANDING", given["YUNGE_LANDING"]) for word in command.words]
    with chdir(folder):
        done = here(place.folder, *words, says=PASSWORD + "\n", **given)
    assert done.returncode == command.exit_code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def test_the_page_is_followed_by_the_letter(opened: Opened) -> None:
    """Every command ended as the page says, or there would be no bank here."""
    assert len(opened.said) >= 25
    last = [said for command, said in opened.said.items() if command == "opening"][-1]
    assert last.count("✓") == 7


def test_the_grids_are_a_partition_and_everybody_has_an_owner(opened: Opened) -> None:
    with psycopg.connect(opened.database_url) as connection:
        proof = prove_partition(connection)
        found = connection.execute(
            """select kind, count(*), count(atom_id), count(owner_id) from customers
                where status = 'ACTIVE' group by kind order by kind"""
        ).fetchall()
    assert (proof.holds, proof.atoms) == (True, 12)
    # The head of a surveyed household is the person whom the core knows, by his certificate.
    assert found == [("HOUSEHOLD", *[SURVEYED] * 3), ("PERSON", *[CUSTOMERS] * 3)]


def test_a_manager_sets_a_password_and_sees_todays_walk(opened: Opened) -> None:
    phone, code = opened.phone(), opened.code_of("101002")
    given = {"account": "101002", "password": code}
    refused = phone.ask("useSignInMutation", input=given)["signIn"]
    assert refused["code"] == "PASSWORD_TO_BE_SET"
    chosen = phone.ask("useFirstPasswordMutation", input={"account": "101002", "code": code, "password": OWN})
    assert chosen["setFirstPassword"]["viewer"] == {"role": "CUSTOMER_MANAGER"}
    walk = phone.ask("TodayRouteQuery")["today"]
    assert walk["date"] == str(bank_day(datetime.now(UTC)))
    assert len(walk["stops"]) >= 5
    assert all("白水镇" in stop["customer"]["address"] for stop in walk["stops"]), "his own grids alone"
    again = opened.phone().ask("useSignInMutation", input={"account": "101002", "password": OWN})
    assert again["signIn"]["viewer"] == {"role": "CUSTOMER_MANAGER"}
