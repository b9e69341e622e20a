"""A production installation with nothing in it but its first accounts, and what its people do at the desk."""

import re
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from api.local.place import Place
from api.local.state import read_state
from api.local.supervisor import Supervisor
from domain.shared.calendar import bank_day
from tests.api.cli.installation import here
from tests.api.cli.own_bank import commands_of, files_of, page_on, write_bank_files, write_maps

from .people import Person, Visitor

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Installation:
    """Its address, and the folder with the files that the bank's people have."""

    address: str
    folder: Path

    def landed(self, beginning: str) -> Path:
        """A file that the bank's systems left."""
        return next((self.folder / "landing").glob(f"{beginning}*.[tD]*"))


@contextmanager
def installed(database_url: str, redis_url: str, folder: Path) -> Iterator[Installation]:
    """The commands of `docs/own-bank.md` that come before any desk: `up --production` and the first accounts."""
    place, landing = Place(folder / ".local"), folder / "landing"
    landing.mkdir()
    today = bank_day(datetime.now(UTC))
    page = page_on(today, today - timedelta(days=1))
    for name, content in files_of(page):
        (folder / name).write_text(content, "utf-8")
    write_maps(folder)
    write_bank_files(landing, today - timedelta(days=1))
    given = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "YUNGE_LANDING": str(landing),
        "YUNGE_FILES": str(folder / "files"),
        "YUNGE_SECRET": "a secret of the tests, long enough for all",
        "YUNGE_NIGHT_AT": "00:00",
    }
    try:
        for command in takewhile(lambda one: one.words[0] in ("up", "account"), commands_of(page)):
            with chdir(folder):
                done = here(place.folder, *command.words, says=PASSWORD + "\n", **given)
            assert done.returncode == command.exit_code, done.stdout + done.stderr
        noted = read_state(place)
        yield Installation(f"http://{noted['host']}:{noted['port']}", folder)
    finally:
        Supervisor(place).stop()


@dataclass
class People:
    """Who is at the desk or holds a phone; each in a browser of his own."""

    browser: Browser
    bank: Installation
    visitors: list[Visitor]

    def at_desk(self, account: str, password: str = PASSWORD) -> Person:
        person = self._come()
        self._sign_in(person, account, password)
        expect(person.page.get_by_role("navigation", name="主菜单")).to_be_visible()
        return person

    def with_phone(self, account: str, code: str, *, at: tuple[float, float]) -> Person:
        """At the door, with the one-time code typed: a password is wanted next."""
        person = self._come(phone=True, position=at)
        self._sign_in(person, account, code)
        expect(person.page.get_by_role("heading", name="设置自己的密码")).to_be_visible()
        return person

    def _come(self, *, phone: bool = False, position: tuple[float, float] | None = None) -> Person:
        visitor = Visitor(self.browser, self.bank.address, phone=phone, position=position)
        self.visitors.append(visitor)
        return visitor.door()

    @staticmethod
    def _sign_in(person: Person, account: str, password: str) -> None:
        expect(person.page.get_by_text("演示环境")).to_have_count(0)
        person.page.get_by_label("账号").fill(account)
        person.page.get_by_label("密码", exact=True).fill(password)
        person.page.locator("button[type=submit]").click()


def bring(person: Person, step: str, path: Path, *, datum: str | None = None, part: int = 0) -> Locator:
    """A file goes through the door of a step; gives what the page says of it once it was tried."""
    person.open(f"/opening?step={step}")
    door = person.page.locator(".opening-open > section").nth(part + 1)
    expect(door.locator("article.import, .empty").first).to_be_visible()
    before = door.locator("article.import").count()
    if datum is not None:
        door.get_by_role("radio", name=re.compile(datum)).check()
    door.locator("input[type=file]").set_input_files(path)
    expect(door.locator("article.import")).to_have_count(before + 1)
    found = door.locator("article.import").first
    expect(found).to_contain_text(path.name)
    expect(found).not_to_contain_text("正在试运行")
    return found


def carry_out(person: Person, step: str) -> Locator:
    """Somebody else looks at what the newest list of a step would change, and has it done."""
    person.open(f"/opening?step={step}")
    found = person.page.locator("article.import").first
    found.get_by_role("button", name="查看").click()
    expect(found.get_by_role("table").first).to_be_visible()
    found.get_by_role("button", name="执行导入").click()
    expect(found).to_contain_text("已执行")
    return found


def agree(person: Person, card: Locator, reason: str) -> None:
    card.get_by_role("button", name=re.compile("^同 ?意$")).click()
    answer(person, reason, "同意")


def answer(person: Person, text: str, word: str) -> None:
    """A dialog gets its sentence, and is gone."""
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_role("textbox").last.fill(text)
    dialog.get_by_role("button", name=re.compile(f"^{' ?'.join(word)}$")).click()
    expect(dialog).to_have_count(0)
