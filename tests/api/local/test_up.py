"""The whole of `./yunge up` on servers of its own: interrupted twice, ended well, done again in seconds, stopped."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest

from api.cli.export import Export, write_export
from api.local.place import Place
from api.local.ports import free_port
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import stop_servers
from api.local.state import read_state
from api.local.status import describe
from api.local.supervisor import Supervisor
from api.local.tokens import make_token
from api.local.up import Wanted, bring_up
from api.settings import BadSettings, Mode

pytestmark = pytest.mark.slow("install")

ROOT = Path(__file__).resolve().parent.parent.parent.parent
AS_OF = date(2026, 10, 31)
WANTED = Wanted(customers=1000, as_of=AS_OF)
PROGRAM = """
import signal, sys
from datetime import date
from pathlib import Path
from api.local.place import Place
from api.local.ports import free_port
from api.local.screen import Screen
from api.local.up import Wanted, bring_up
# Whoever started the tests in the background may have had Ctrl-C ignored for all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
bring_up(Place(Path(sys.argv[1])), Wanted(customers=1000, as_of=date(2026, 10, 31)), Screen())
"""


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def interrupt_when_it_says(place: Place, word: str) -> None:
    """Run `up` in a process of its own and press Ctrl-C as soon as it has printed a line with the word."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(place.folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_GB.UTF-8"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stderr is not None
        said = []
        for line in child.stderr:
            said.append(line)
            if word in line:
                os.killpg(child.pid, signal.SIGINT)
                break
        else:
            pytest.fail(f"it never said {word}: {''.join(said)}")
        child.stderr.read()
        assert child.wait(timeout=60) != 0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Brought up after being interrupted while it loaded the county and while the night went on."""
    made = Place(tmp_path_factory.mktemp("up") / ".local")
    try:
        interrupt_when_it_says(made, "› the demonstration county")
        interrupt_when_it_says(made, "intake.core_customer")
        # A port that no installation beside this one would choose: both choose long before they listen.
        bring_up(made, replace(WANTED, port=free_port(None)), Screen())
        yield made
    finally:
        Supervisor(made).stop()
        stop_servers(made)
        shutil.rmtree(made.servers)


def ask(place: Place, account: str, query: str) -> dict[str, object]:
    noted = read_state(place)
    request = urllib.request.Request(
        f"http://{noted['host']}:{noted['port']}/graphql",
        data=json.dumps({"query": query}).encode(),
        headers={"Authorization": f"Bearer {make_token(place, account)}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        body: dict[str, dict[str, object]] = json.load(answer)
    assert "errors" not in body
    return body["data"]


def test_it_answers_and_says_where(place: Place) -> None:
    found = describe(place)
    assert found["is_running"]
    assert found["data_date"] == AS_OF.isoformat()
    assert answers(found["desk"])
    assert answers(found["phone"])
    roles = [account["role"] for account in found["accounts"]]
    assert {role: roles.count(role) for role in set(roles)} == {
        "HEAD_OFFICE": 1,
        "ADMINISTRATOR": 1,
        "OUTLET_MANAGER": 4,
        "CUSTOMER_MANAGER": 7,
    }


def test_a_token_opens_the_rows_of_its_account(place: Place) -> None:
    query = "{ customers(first: 1) { totalCount { value isExact } } today { stops { customer { id } } } }"
    totals = {}
    for account in ("head", "manager1", "manager7"):
        answer = ask(place, account, query)
        totals[account] = answer["customers"]["totalCount"]["value"]  # type: ignore[index]
    assert totals["head"] > totals["manager1"] > totals["manager7"] == 0


def test_both_nights_ended_and_the_visits_lie_between(place: Place) -> None:
    with psycopg.connect(read_state(place)["database_url"]) as database:
        runs = database.execute(
            "select data_date, state from night_runs where state = 'DONE' order by id"
        ).fetchall()
        visits = database.execute("select count(*) from visits").fetchone()
    assert [run[0] for run in runs] == [date(2026, 10, 30), AS_OF]
    assert visits is not None
    assert visits[0] > 0


def test_a_second_time_takes_seconds_and_starts_nothing(place: Place) -> None:
    pid = Supervisor(place).ask("getPID")
    began = time.monotonic()
    bring_up(place, Wanted(), Screen())
    assert time.monotonic() - began < 30
    assert Supervisor(place).ask("getPID") == pid


def test_another_demonstration_is_not_loaded_over_this_one(place: Place) -> None:
    with pytest.raises(CannotGoOn, match="demo --customers 2000"):
        bring_up(place, Wanted(customers=2000), Screen())


def test_production_refuses_the_demonstration(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(CannotGoOn, match="YUNGE_LANDING"):
        bring_up(place, Wanted(Mode.PRODUCTION), Screen())
    monkeypatch.setenv("YUNGE_LANDING", str(tmp_path))
    with pytest.raises(CannotGoOn, match="YUNGE_FILES"):
        bring_up(place, Wanted(Mode.PRODUCTION), Screen())
    monkeypatch.setenv("YUNGE_FILES", str(tmp_path / "files"))
    with pytest.raises(BadSettings, match="YUNGE_SECRET"):
        bring_up(place, Wanted(Mode.PRODUCTION), Screen())
    monkeypatch.setenv("YUNGE_SECRET", "s" * 40)
    with pytest.raises(CannotGoOn, match="DATABASE_URL"):
        bring_up(place, Wanted(Mode.PRODUCTION), Screen())
    assert describe(place)["mode"] == Mode.DEMONSTRATION


def test_a_killed_api_comes_back(place: Place) -> None:
    supervisor = Supervisor(place)
    killed = supervisor.ask("getProcessInfo", "api")["pid"]
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if supervisor.ask("getProcessInfo", "api")["pid"] not in (0, killed) and answers(
            describe(place)["desk"]
        ):
            return
        time.sleep(0.2)
    pytest.fail("the API did not come back within two minutes")


def test_links_can_be_checked_against_the_truth_from_outside(place: Place, tmp_path: Path) -> None:
    """With the export and the truth folder alone: hardly any customer is made of two parties."""
    out = tmp_path / "links.csv"
    write_export(read_state(place)["database_url"], Export.LINKS, out)
    with (place.truth / "links.csv").open(newline="") as file:
        truth = {(row["feed"], row["key"]): row["party_id"] for row in csv.DictReader(file)}
    with out.open(newline="") as file:
        found = [(row["customer_id"], truth.get((row["feed"], row["key"]))) for row in csv.DictReader(file)]
    parties: dict[str, set[str]] = {}
    for customer, party in found:
        if party is not None:
            parties.setdefault(customer, set()).add(party)
    assert len(found) > 1000
    assert sum(len(several) > 1 for several in parties.values()) < 0.01 * len(parties)
