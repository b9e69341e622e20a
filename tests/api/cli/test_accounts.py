"""`./yunge account` as an operator meets it: the first account of an installation, a new password, the end of one."""

import os
import pty
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from api.auth import passwords
from api.local.place import Place
from api.local.state import note
from tests.api.cli import installation
from tests.api.conftest import CHEAP, Serve, ask, sign_in
from tests.databases import database_of

PASSWORD = "correct horse battery staple"
FIRST = (
    "--role",
    "administrator",
    "--number",
    "8001",
    "--name",
    "张敏",
    "--org",
    "9000",
    "--org-name",
    "云格银行",
)
ADDED = "已新增账号 8001。\n"


class Operator:
    """Runs commands on an installation of its own."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        note(Place(folder), database_url=address, mode="production", host="127.0.0.1", port=1)

    def command(self, *arguments: str) -> list[str]:
        return installation.command(self.folder, "account", *arguments)

    def __call__(
        self, *arguments: str, says: str = PASSWORD + "\n", language: str = "zh_CN.UTF-8"
    ) -> tuple[int, str]:
        done = installation.here(self.folder, "account", *arguments, says=says, language=language)
        return done.returncode, done.stdout + done.stderr

    def rows(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.address) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]


@pytest.fixture
def operator(database_url: str, tmp_path: Path) -> Operator:
    """An empty installation in production."""
    folder = tmp_path / "installation"
    folder.mkdir()
    return Operator(folder, database_url)


@contextmanager
def cheap_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", CHEAP)
        patched.setattr(passwords, "_NOBODYS_HASH", CHEAP.hash("no account has this password"))
        yield


@pytest.fixture(scope="module")
def opened_template(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database whose first account was added; tests clone it."""
    address = make_database()
    with cheap_hashes():
        assert Operator(tmp_path_factory.mktemp("installation"), address)("add", *FIRST) == (0, ADDED)
    return database_of(address)


@pytest.fixture
def opened(lend_database: Callable[..., str], opened_template: str, tmp_path: Path) -> Iterator[Operator]:
    """An installation with its first account. The product's own hashes are paid for where that one signs in."""
    folder = tmp_path / "installation"
    folder.mkdir()
    with cheap_hashes():
        yield Operator(folder, lend_database(opened_template))


@pytest.fixture(scope="module")
def still(
    make_database: Callable[..., str], opened_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Operator:
    """The same for all tests that leave it as it is."""
    return Operator(tmp_path_factory.mktemp("still"), make_database(opened_template))


def test_the_first_account_of_an_installation_signs_in(operator: Operator, serve: Serve) -> None:
    code, said = operator("add", *FIRST)
    assert (code, said) == (0, ADDED)
    assert operator.rows("select code, name, kind from org_units") == [("9000", "云格银行", "HEAD_OFFICE")]
    assert operator.rows("select number, name, role from staff") == [("8001", "张敏", "ADMINISTRATOR")]
    assert operator.rows("select action, subject, detail->>'role' from audit") == [
        ("account.added", "Account:1", "ADMINISTRATOR")
    ]
    client = serve(address=operator.address)
    assert sign_in(client, "8001", PASSWORD)["viewer"]["role"] == "ADMINISTRATOR"


def test_a_new_password_ends_the_sessions_and_lifts_the_lock(opened: Operator, serve: Serve) -> None:
    client = serve(address=opened.address)
    sign_in(client, "8001", PASSWORD)
    opened.rows(
        "update accounts set failed_attempts = 0, locked_until = now() + interval '10 minutes' returning 1"
    )
    code, said = opened("password", "8001", says="another long password\n", language="en_GB.UTF-8")
    assert (code, said) == (0, "Account 8001 has a new password; sessions ended: 1.\n")
    assert ask(client, "viewer")["data"] == {"viewer": None}
    assert sign_in(client, "8001", PASSWORD)["code"] == "SIGN_IN_REFUSED"
    assert sign_in(client, "8001", "another long password")["__typename"] == "SignInSuccess"


def test_a_disabled_account_opens_nothing_until_it_gets_a_password(opened: Operator, serve: Serve) -> None:
    client = serve(address=opened.address)
    sign_in(client, "8001", PASSWORD)
    code, said = opened("disable", "8001")
    assert code == 0
    assert "结束了 1 个会话" in said
    assert ask(client, "viewer")["data"] == {"viewer": None}
    for guess in (PASSWORD, "!", ""):
        assert sign_in(client, "8001", guess)["code"] == "SIGN_IN_REFUSED"
    assert opened("password", "8001")[0] == 0
    assert sign_in(client, "8001", PASSWORD)["__typename"] == "SignInSuccess"
    actions = [action for (action,) in opened.rows("select action from audit where action like 'account.%'")]
    assert sorted(actions) == ["account.added", "account.disabled", "account.password_set"]


def test_a_second_account_of_somebody_who_is_known(opened: Operator) -> None:
    assert opened("add", *FIRST[:-2], "--account", "zhang.min")[0] == 0
    assert opened.rows("select count(*) from staff") == [(1,)]
    assert opened.rows("select account from accounts order by 1") == [("8001",), ("zhang.min",)]


REFUSED = [
    pytest.param(("add", *FIRST), PASSWORD, "已存在", id="an account that exists"),
    pytest.param(
        ("add", *FIRST[:-4], "--org", "7777"), PASSWORD, "没有机构 7777", id="an org unit that does not"
    ),
    pytest.param(
        ("add", *FIRST, "--name", "别人", "--account", "x"), PASSWORD, "与所给不同", id="another name"
    ),
    pytest.param(("add", *FIRST, "--account", "x"), "short", "10 到 200", id="a short password"),
    pytest.param(("add", *FIRST, "--account", "x"), "", "10 到 200", id="no password"),
    pytest.param(("add", *FIRST, "--account", "x"), "x" * 201, "10 到 200", id="a long password"),
    pytest.param(
        ("password", "8001"), "my-8001-password", "不能有账号", id="a password that holds the account"
    ),
    pytest.param(("password", "nobody"), PASSWORD, "没有账号 nobody", id="an account that does not exist"),
    pytest.param(("disable", "nobody"), "", "没有账号 nobody", id="disabling one"),
    pytest.param(("add", *FIRST, "--role", "KING"), PASSWORD, "KING", id="a role that does not exist"),
]


@pytest.mark.parametrize(("arguments", "says", "word"), REFUSED)
def test_what_is_refused_is_a_sentence_and_changes_nothing(
    still: Operator, arguments: tuple[str, ...], says: str, word: str
) -> None:
    everything = """select (select json_agg(a) from accounts a)::text, (select json_agg(s) from staff s)::text,
                           (select count(*) from audit)"""
    before = still.rows(everything)
    code, said = still(*arguments, says=says)
    assert code != 0
    assert word in said
    assert still.rows(everything) == before


def test_without_any_org_unit_the_head_office_is_asked_for(operator: Operator) -> None:
    code, said = operator("add", *FIRST[:-2], language="en_GB.UTF-8")
    assert code == 1
    assert "--org-name" in said


def test_the_password_is_in_no_argument(operator: Operator) -> None:
    code, said = operator("add", *FIRST, "--password", PASSWORD)
    assert code == 2
    assert "--password" in said


@pytest.mark.slow("install")
@pytest.mark.parametrize(("again", "expected"), [(PASSWORD, 0), ("another one altogether", 1)])
def test_a_terminal_is_asked_twice_and_shows_nothing(operator: Operator, again: str, expected: int) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        operator.command("add", *FIRST),
        env=installation.environment("en_GB.UTF-8"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as asked:
        os.close(theirs)
        seen = ""
        for prompt, answer in (("Password: ", PASSWORD), ("Again: ", again)):
            while prompt not in seen:
                seen += os.read(ours, 1000).decode()
            os.write(ours, f"{answer}\n".encode())
        code = asked.wait(30)
        try:
            while data := os.read(ours, 1000):
                seen += data.decode()
        except OSError:  # the terminal is closed on their side
            os.close(ours)
    assert code == expected, seen
    assert PASSWORD not in seen
    assert ("was added" in seen) == (expected == 0)


def test_roles_are_listed_and_a_role_that_there_is_not_is_refused(operator: Operator) -> None:
    operator.rows(
        """insert into roles (code, name, position, permissions, mask, scope)
           values ('AUDITOR', '审计', 9, '{customers.view,everything.do}', 'HEAD', 'NOTHING') returning 1"""
    )
    done = installation.here(operator.folder, "role", "list")
    assert done.returncode == 0, done.stderr
    listed = done.stdout.replace("\n", "").replace(" ", "")
    assert "CUSTOMER_MANAGER客户经理本人网格仅证件脱敏" in listed
    assert "AUDITOR审计" in listed
    assert "不生效" in listed
    code, said = operator("add", *("janitor" if one == "administrator" else one for one in FIRST))
    assert code == 1
    assert "没有角色 JANITOR" in said
    assert "CUSTOMER_MANAGER、AUDITOR" in said


def test_the_operator_hands_out_a_code_and_keeps_the_last_decider(operator: Operator) -> None:
    operator("add", *FIRST)
    status, said = operator("code", "8001")
    assert status == 0
    assert re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", said)
    assert operator.rows("select code_until > now(), code_by_id from accounts") == [(True, None)]
    assert operator("code", "9999")[0] == 1
    second = ("--role", "head_office", "--number", "8002", "--name", "李芳", "--org", "9000")
    assert operator("add", *second)[0] == 0
    status, said = operator("disable", "8001")
    assert (status, "8001" in said) == (1, True)
    assert operator.rows("select count(*) from accounts where disabled_at is not null") == [(0,)]
    third = ("--role", "head_office", "--number", "8003", "--name", "王强", "--org", "9000")
    operator("add", *third)
    assert operator("disable", "8001")[0] == 0
    assert operator.rows("select account from accounts where disabled_at is not null") == [("8001",)]
