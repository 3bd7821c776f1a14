"""The phone app as it is opened: without a network, in a new version, small enough for a village."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from linzhan.field import bundle
from tests.journeys.conftest import ARGUMENTS
from tests.journeys.phoning import PASSWORD, PIN, Desk, Line, Phone, measured, reached, unheard

FIRST_LOAD = 300 * 1024  # bytes over the wire


@pytest.fixture
def place(transactional_db: None) -> Iterator[tuple[Desk, str]]:
    desk = Desk()
    with reached(Line(desk)) as address:
        yield desk, address


@pytest.fixture
def phone(browser: Browser, place: tuple[Desk, str], tmp_path: Path) -> Iterator[Phone]:
    made = Phone(browser, tmp_path / "storage", place[1], ARGUMENTS)
    made.switch_on()
    yield made
    made.switch_off()
    assert made.troubles == []


def sign_in(page: Page) -> None:
    page.get_by_label("账号").fill("worker")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("6 位数字").fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好").click()
    expect(page.get_by_role("navigation", name="主要页面")).to_be_visible()


def is_kept(page: Page) -> None:
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


def fetched(address: str) -> tuple[int, str]:
    """Bytes over the wire, and the text."""
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:  # noqa: S310 -- ours
        content: bytes = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return len(content), (gzip.decompress(content) if packed else content).decode(errors="replace")


def test_the_first_load_is_at_most_300_kb(place: tuple[Desk, str]) -> None:
    address = place[1]
    size, page = fetched(f"{address}/field/")
    sizes = {"/field/": size}
    for name in {*re.findall(r'(?:src|href)="([^"]+)"', page), "/field/sw.js"}:
        sizes[name], text = fetched(address + name)
        if name.endswith(".webmanifest"):
            for icon in re.findall(r'"src": "([^"]+)"', text):
                sizes[icon] = fetched(address + icon)[0]
    measured(**sizes, whole=sum(sizes.values()))
    assert len(sizes) >= 7
    assert sum(sizes.values()) <= FIRST_LOAD


def test_the_shell_lets_the_page_listen_and_nothing_else(place: tuple[Desk, str]) -> None:
    with urlopen(f"{place[1]}/field/") as answer:  # noqa: S310 -- ours
        assert "microphone=(self)" in answer.headers["Permissions-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Set-Cookie"] is None


def test_the_app_opens_without_a_network_within_a_second(phone: Phone) -> None:
    sign_in(phone.page)
    is_kept(phone.page)
    phone.switch_off()
    phone.switch_on()
    phone.page.goto("about:blank")
    phone.context.set_offline(True)
    began = time.monotonic()
    phone.look(phone.page)
    expect(phone.page.get_by_label("PIN")).to_be_visible()
    shown = time.monotonic() - began
    phone.page.get_by_label("PIN").fill(PIN)
    expect(phone.page.get_by_role("navigation", name="主要页面")).to_be_visible()
    opened = time.monotonic() - began
    measured(shown=shown, open_after_pin=opened)
    assert shown < 5  # a busy machine; alone it is a quarter of a second
    expect(phone.page.get_by_text(unheard("全部已传"))).to_be_visible()


def test_a_busy_platform_is_asked_again_by_itself_when_one_first_signs_in(
    place: tuple[Desk, str], phone: Phone
) -> None:
    """NFR-08: that it is slow is not that it cannot be reached, and nobody has to press again."""
    page, (desk, _address) = phone.page, place
    desk.crowded = [1]
    page.clock.install()
    page.route("**/api/v1/tokens", lambda _route: None)  # no answer comes
    page.get_by_label("账号").fill("worker")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.clock.run_for(10_000)
    expect(page.get_by_role("alert")).to_have_text("服务器正忙，还在等它回答")
    page.clock.run_for(51_000)
    expect(page.get_by_role("alert")).to_contain_text("秒后自动再试")
    page.unroute("**/api/v1/tokens")
    page.clock.run_for(21_000)
    expect(page.get_by_role("alert")).to_contain_text("服务器正忙")  # said by the platform itself this time
    while desk.crowded:
        page.wait_for_timeout(50)
    page.clock.run_for(3_000)
    expect(page.get_by_label("6 位数字")).to_be_visible()


def test_a_wrong_password_typed_anew_is_not_sent_by_the_clock(place: tuple[Desk, str], phone: Phone) -> None:
    page, (desk, _address) = phone.page, place
    desk.crowded = [5]
    page.clock.install()
    page.get_by_label("账号").fill("worker")
    page.get_by_label("密码").fill("half")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("秒后自动再试")
    page.get_by_label("密码").fill("half of it")
    page.clock.run_for(10_000)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert desk.passwords == {}


def test_what_one_can_record_opens_and_closes_by_keyboard(phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    plus = page.get_by_role("button", name="登记", exact=True)
    plus.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="登记什么")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(plus).to_be_focused()
    assert page.evaluate("document.getElementById('app').inert") is False


def test_a_new_version_waits_until_the_person_takes_it(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    page = phone.page
    sign_in(page)
    is_kept(page)
    page.reload()  # from now on the worker answers
    page.get_by_label("PIN").fill(PIN)
    was = bundle.worker()
    monkeypatch.setattr(bundle, "worker", lambda: was.replace(bundle.version(), "another"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    expect(page.get_by_text("新版本已备好")).to_be_visible()
    page.evaluate("location.hash = '#/form/visit'")
    expect(page.get_by_text("新版本已备好，这张表保存以后更新")).to_be_visible()
    expect(page.get_by_role("button", name="更新", exact=True)).to_have_count(0)
    page.evaluate("location.hash = '#/today'")
    assert page.evaluate("caches.keys().then((names) => names.length)") == 2
    page.get_by_role("button", name="更新", exact=True).click()
    page.wait_for_function(
        "caches.keys().then((names) => names.length === 1 && names[0].endsWith('another'))"
    )
    expect(page.get_by_label("PIN")).to_be_visible()


def test_an_address_without_https_says_why_it_cannot_be_used(phone: Phone) -> None:
    phone.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    phone.look(phone.page)
    expect(phone.page.get_by_role("heading", name="这里还不能使用手机端")).to_be_visible()
    expect(phone.page.get_by_text("请用 https 开头的网址打开")).to_be_visible()
