"""Somebody at the desk or with the phone, in a browser of their own."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from tests.conftest import ROOT

PICTURES = ROOT / ".local" / "pictures"
SIGNED_IN: dict[tuple[str, str], Any] = {}
"""Cookies of who signed in before, by product and account: argon2 and a form for each journey are no journey."""
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Person:
    """What people do with a page, in the words of this product."""

    page: Page
    address: str
    is_on_phone: bool

    def open(self, path: str) -> None:
        self.page.goto(self.address + ("/h5" if self.is_on_phone else "") + path)

    def menu(self, name: str) -> None:
        self.page.get_by_role("navigation", name="主菜单").get_by_role("link", name=name).click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    def waits_for_map(self) -> None:
        """Until every tile is drawn; without a graphics card the first time takes a while."""
        expect(self.page.locator(".map-canvas")).to_have_attribute("data-idle", "true", timeout=90_000)

    def picture(self, name: str) -> None:
        """Taken when nothing is being read any more."""
        expect(self.page.locator(".waiting")).to_have_count(0)
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@dataclass
class Visitor:
    """A fresh browser window. Errors on its pages and requests to elsewhere are kept until it leaves."""

    browser: Browser
    address: str
    phone: bool = False
    position: tuple[float, float] | None = None
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        options: dict[str, Any] = {"viewport": PHONE if self.phone else DESK}
        if self.phone:
            options |= {"has_touch": True, "is_mobile": True}
        if self.position is not None:
            lon_deg, lat_deg = self.position
            options |= {
                "geolocation": {"longitude": lon_deg, "latitude": lat_deg, "accuracy": 15},
                "permissions": ["geolocation"],
            }
        # Somebody who asked for less motion: nothing is clicked while it still moves.
        self.context = self.browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **options
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._ask)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def forgive(self, *parts: str) -> None:
        """Errors of the journey's own making, by a part of their words; others stay errors."""
        self.errors = [error for error in self.errors if not any(part in error for part in parts)]

    def door(self) -> Person:
        person = Person(self.page, self.address, self.phone)
        person.open("/")
        return person

    def sign_in(self, account: str) -> Person:
        """Through the door the first time; with the session that it gave from then on, while that lasts."""
        saved = SIGNED_IN.get((self.address, account))
        if saved is not None:
            self.context.add_cookies(saved)
        person = self.door()
        menu = self.page.get_by_role("navigation", name="主菜单")
        if saved is not None:
            expect(menu.or_(self.page.get_by_label("账号"))).to_be_visible()
            if menu.is_visible():
                return person
        self.page.get_by_label("账号").fill(account)
        self.page.get_by_label("密码", exact=True).fill(f"yunge-{account}")
        self.page.locator("button[type=submit]").click()
        expect(menu).to_be_visible()
        SIGNED_IN[self.address, account] = self.context.cookies()
        return person

    def leave(self) -> None:
        self.context.close()
        assert self.errors == []
        assert self.elsewhere == []
