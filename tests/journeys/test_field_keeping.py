"""What a form keeps and gives away: found as it was left, saved once, its address silent about people (PRV-01)."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.caseload import identity, phone, to
from tests.journeys.phoning import PASSWORD, PIN, Desk
from tests.journeys.thumb import Thumb, arrived, child, person

pytestmark = pytest.mark.usefixtures("transactional_db")
LOCK = """async () => {
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((good) => {
            const opening = indexedDB.open(name); opening.onsuccess = () => good(opening.result); });
        const all = database.transaction("vaults").objectStore("vaults").getAll();
        await new Promise((good) => { all.onsuccess = good; });
        for (const { owner } of all.result) new BroadcastChannel("linzhan-field-session").postMessage(owner);
        database.close();
    }
}"""  # as if the person had locked the app in another tab
FULL = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === "drafts") throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, given);
    };
    window.room = () => { IDBObjectStore.prototype.put = put; };
}"""


def begun(page: Page) -> None:
    """A visit of which one question is answered."""
    page.locator(f'[data-duty="{person}"]').tap()
    page.locator('[data-field="outcome"] [data-code="见到家属"]').tap()
    expect(page.locator(".kept")).to_contain_text("已存草稿")


def reaches(page: Page, desk: Desk, number: int) -> None:
    """So many pieces of work arrive at the server."""
    ends = time.monotonic() + 30
    while len(desk.commands) < number and time.monotonic() < ends:
        page.wait_for_timeout(50)
    assert len(desk.commands) == number


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_form_is_found_as_it_was_left_after_unlocking(browser: Browser) -> None:
    with phone(browser) as (page, _desk):
        begun(page)
        page.evaluate(LOCK)
        page.get_by_label("PIN").fill(PIN)
        heading(page, "探访")
        expect(page.locator('[data-field="outcome"] [data-code="见到家属"]')).to_have_attribute(
            "aria-pressed", "true"
        )


def test_whoever_comes_next_to_the_phone_begins_at_today(browser: Browser) -> None:
    with phone(browser) as (page, _desk):
        begun(page)
        page.evaluate(LOCK)
        page.get_by_role("button", name="用密码登录，或换一个人").tap()
        page.get_by_label("账号").fill("another")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").tap()
        page.get_by_label("6 位数字").fill(PIN)
        page.get_by_label("再输一次").fill(PIN)
        page.get_by_role("button", name="设好，开始使用").tap()
        heading(page, "今日")
        assert page.evaluate("location.hash") == "#/today"


def test_finishing_twice_makes_one_record(browser: Browser) -> None:
    with phone(browser) as (page, desk):
        page.locator(f'[data-duty="{person}"]').tap()
        thumb = Thumb(page)
        thumb.chip("outcome", "无人")
        thumb.chip("when-minutes", "10")
        page.evaluate(
            "() => { const done = document.querySelector('.bar .done'); done.click(); done.click();"
            " setTimeout(() => done.click(), 30); setTimeout(() => done.click(), 120); }"
        )
        reaches(page, desk, 1)
        heading(page, "今日")
        page.wait_for_timeout(500)
        expect(page.get_by_role("button", name="在线 · 全部已传")).to_be_visible()
    assert len(desk.commands) == 1


def test_the_red_form_opens_with_what_was_seen_and_its_address_names_nobody(browser: Browser) -> None:
    with phone(browser) as (page, desk):
        page.locator(f'[data-duty="{child}"]').tap()
        page.get_by_role("button", name="紧急上报").tap()
        heading(page, "紧急上报")
        assert child not in page.evaluate("location.href")
        page.get_by_role("button", name="返回").tap()
        page.locator('[data-field="outcome"] [data-code="见到本人"]').tap()
        page.locator('[data-check="care-紧急"]').tap()
        heading(page, "紧急上报")
        address = page.evaluate("decodeURIComponent(location.href)")
        assert child not in address
        assert "照料" not in address
        page.evaluate(LOCK)  # nothing was typed yet: it is there all the same
        page.get_by_label("PIN").fill(PIN)
        page.get_by_role("button", name="发出上报").tap()
        arrived(page)
    (report,) = [command["body"]["rows"][0]["values"] for command in desk.commands.values()]
    assert report["resident"] == child
    assert "照料陪伴" in report["facts"]


def test_a_draft_remembers_the_refused_work_that_it_puts_right(browser: Browser) -> None:
    with phone(browser) as (page, desk):
        desk.instead = {"state": "refused", "detail": "请写明原因"}
        page.locator(f'[data-duty="{person}"]').tap()
        thumb = Thumb(page)
        thumb.chip("outcome", "无人")
        thumb.chip("when-minutes", "10")
        thumb.done()
        page.get_by_role("button", name="1 条要处理").tap()
        page.locator("[data-work]").first.tap()
        page.get_by_role("button", name="改正后重新提交").tap()
        thumb.chip("outcome", "住院")
        expect(page.locator(".kept")).to_contain_text("已存草稿")
        to(page, "/records")
        desk.instead = {}
        page.locator("[data-draft]").first.tap()
        thumb.done()
        reaches(page, desk, 1)
        expect(page.locator("[data-work] .red")).to_have_count(0)


def test_a_phone_without_room_says_that_the_draft_is_not_kept(browser: Browser) -> None:
    with phone(browser) as (page, _desk):
        page.evaluate(FULL)
        page.locator(f'[data-duty="{person}"]').tap()
        page.locator('[data-field="outcome"] [data-code="见到家属"]').tap()
        expect(page.locator(".kept")).to_contain_text("手机存储空间已满，草稿没有存下")
        page.evaluate("room()")
        expect(page.locator(".kept")).to_contain_text("已存草稿")


def test_what_waits_for_another_can_be_set_aside(browser: Browser) -> None:
    with phone(browser) as (page, desk):
        desk.instead = {"state": "waiting"}
        page.locator(f'[data-duty="{person}"]').tap()
        thumb = Thumb(page)
        thumb.chip("outcome", "无人")
        thumb.chip("when-minutes", "10")
        thumb.done()
        to(page, "/records")
        page.locator("[data-work]").first.tap()
        expect(page.get_by_text("要等同一位对象的前一条先到。")).to_be_visible()
        page.get_by_role("button", name="先放着，不要上传").tap()
        expect(page.get_by_role("button", name="原样再传一次")).to_be_visible()


def test_a_case_of_somebody_whom_a_colleague_visits_is_called_by_name(browser: Browser) -> None:
    theirs = {
        "id": identity(410),
        "code": "GA-02",
        "resident": identity(990),
        "name": "段成玉",
        "stage": "预估",
    }
    with phone(browser, cases=[theirs]) as (page, _desk):
        to(page, "/form/case")
        choice = page.locator(f'[data-code="{identity(410)}"]')
        expect(choice).to_have_text("段成玉GA-02 · 预估")
        choice.tap()
        expect(page.locator(".about")).to_have_text("段成玉 · 预估")
        to(page, "/scales")
        expect(page.locator(".summary")).to_have_text("测评只是筛查，不是诊断；先说明用途，对方可以不做。")
