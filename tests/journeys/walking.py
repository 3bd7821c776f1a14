"""Somebody at a browser: what they see, and a watch on everything that goes wrong behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Response, expect

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LOADING = "Failed to load resource"  # the browser's own echo of an answer that the watch sees itself
REPORT_POLICY = (
    "document.addEventListener('securitypolicyviolation',"
    " event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"
)


class Visitor:
    """One browser window of one person. ``troubles`` must be empty when they leave."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.troubles: list[str] = []
        self.refusals: list[int] = []
        self.page.add_init_script(REPORT_POLICY)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(LOADING):
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.refusals.append(response.status)

    def open(self, path: str) -> Response:
        """Go to a page of the platform; what it answered."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer

    def sign_in(self, username: str, password: str) -> None:
        self.open("/sign-in/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.press("登录")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of this name, or follow the link that looks like one."""
        button = self.page.get_by_role("button", name=name)
        (button if button.count() else self.page.get_by_role("link", name=name)).first.click()

    def follow(self, name: str) -> None:
        self.main.get_by_role("link", name=name).first.click()

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.locator("#main, main").first

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.main.get_by_text(text).first).to_be_visible()

    def table(self, within: str = "main") -> list[list[str]]:
        """The cells of a table's rows, as they are read."""
        rows: list[list[str]] = self.page.locator(f"{within} tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        )
        return rows

    def sees_title(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def is_at(self, path: str | re.Pattern[str]) -> None:
        wanted = (
            path if isinstance(path, re.Pattern) else re.compile(re.escape(self.address + path) + r"(\?.*)?$")
        )
        expect(self.page).to_have_url(wanted)

    def downloads(self, name: str, to: Path) -> Path:
        """Press what hands out a file, and keep it."""
        with self.page.expect_download() as handed:
            self.press(name)
        path = to / handed.value.suggested_filename
        handed.value.save_as(path)
        return path

    def picks(self, label: str, text: str, option: str | re.Pattern[str]) -> None:
        """Choose from a list that appears while one types."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(text)
        self.page.get_by_role("option", name=option).first.click()

    def sees_demo_band(self) -> None:
        expect(self.page.get_by_label("演示数据")).to_be_visible()

    def expects(self, *statuses: int) -> None:
        """These refusals belong to the story."""
        self.refusals = [status for status in self.refusals if status not in statuses]


@contextmanager
def visiting(browser: Browser, address: str, size: Any = DESK) -> Iterator[Visitor]:
    """A fresh window, without a session; leaving it checks that nothing went wrong."""
    context = browser.new_context(
        viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    try:
        visitor = Visitor(context, address)
        yield visitor
        assert visitor.troubles == []
        assert visitor.refusals == []
    finally:
        context.close()
