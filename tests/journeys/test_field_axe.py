"""Every screen of the phone app, at the widths of a small and of a usual phone: axe finds nothing, nothing is
wider than the phone, and whatever can be tapped is at least 44 px."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.caseload import MOBILE_320, MOBILE_390, identity, phone, to

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll('button, a[href], input:not([type=file]), textarea, select')]
  .filter(each => each.checkVisibility()).map(each => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([each, box]) => `${each.outerHTML.slice(0, 120)}: ${Math.round(box.width)} × ${Math.round(box.height)}`)"""
WORDS = """() => [...document.body.querySelectorAll('*')].filter(each => each.checkVisibility()
  && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .filter(each => parseFloat(getComputedStyle(each).fontSize) < 12)
  .map(each => each.outerHTML.slice(0, 120))"""
STILL = """async () => {
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  await frame(); await frame(); await frame();
  const moving = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(moving.map((each) => each.finished.catch(() => {})));
}"""

person, child = identity(1), identity(3)
SCREENS = {
    "今日": "/today",
    "对象": "/people",
    "对象档案": f"/people/{child}",
    "记录": "/records",
    "退回的记录": f"/records/{identity(102)}",
    "我的": "/me",
    "待办": f"/todo/{identity(750)}",
    "退回的记录打开的表": f"/form/visit?record={identity(102)}",
    "测评目录": f"/scales?resident={person}",
    "测评": f"/scale/{quote('PHQ-9@1')}?resident={person}",
    "探访": f"/form/visit?resident={person}",
    "探访（先选人）": "/form/visit",
    "个案过程": f"/form/case?case={identity(400)}",
    "小组": f"/form/group?group={identity(500)}",
    "活动": f"/form/activity?programme={identity(700)}",
    "计划的活动": f"/form/activity?activity={identity(600)}",
    "咨询": "/form/consult",
    "新对象": "/form/resident",
    "入户调查": f"/form/survey?resident={child}",
    "调查没建档的人": "/form/survey",
    "紧急上报": f"/form/incident?resident={child}",
    "转介": f"/form/referral?resident={person}",
    "资源链接": "/form/resource",
    "改资料": f"/form/amend?resident={child}",
    "评风险": f"/form/risk?resident={person}",
    "要评的各项": f"/scoring/{identity(960)}/{identity(961)}",
    "评一项": f"/scoring/{identity(960)}/{identity(961)}/V3",
}
pytestmark = pytest.mark.usefixtures("transactional_db")


def chip(page: Page, field: str, code: str) -> None:
    page.locator(f'[data-field="{field}"] [data-code="{code}"]').tap()


def met(page: Page) -> None:
    to(page, f"/form/visit?resident={child}")
    chip(page, "outcome", "见到本人")
    page.locator('[data-check="mood-变化"]').tap()


def not_met(page: Page) -> None:
    to(page, f"/form/visit?resident={person}")
    chip(page, "outcome", "无人")


def lacking(page: Page) -> None:
    to(page, "/form/resident")
    page.get_by_role("button", name="完成").tap()
    expect(page.get_by_role("alert").first).to_be_visible()


def everything_to_record(page: Page) -> None:
    to(page, "/today")
    page.get_by_role("button", name="登记", exact=True).tap()
    expect(page.locator("[data-entry=visit]")).to_be_visible()


def danger(page: Page) -> None:
    to(page, f"/scale/{quote('PHQ-9@1')}?resident={person}")
    for answer in ("完全不会", "完全不会", "好几天"):
        page.get_by_role("button", name=answer).tap()
    expect(page.get_by_role("button", name="马上上报")).to_be_visible()


def drafts(page: Page) -> None:
    to(page, "/records")
    expect(page.locator("[data-draft]").first).to_be_visible()


def leaving(page: Page) -> None:
    to(page, "/me")
    page.get_by_role("button", name="改 PIN").tap()
    page.get_by_role("button", name="退出登录").tap()
    expect(page.get_by_role("dialog")).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "见到本人且有变化": met, "没有见到": not_met, "缺了必填": lacking, "加号": everything_to_record,
    "测评提示危险": danger, "有草稿的记录": drafts, "要退出": leaving,
}  # fmt: skip


def faults(page: Page, name: str, width: int) -> list[str]:
    page.evaluate(STILL)  # a dialog has come in wholly: half-transparent words have no contrast
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES
    )
    seen = [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        seen.append(f"{wide} px wide")
    seen += page.evaluate(SMALL) + [f"too small to read: {each}" for each in page.evaluate(WORDS)]
    return [f"{name} at {width} px: {fault}" for fault in seen]


@pytest.mark.parametrize("size", [MOBILE_320, MOBILE_390], ids=["320", "390"])
def test_axe_finds_nothing_on_any_screen(browser: Browser, size: ViewportSize) -> None:
    found: list[str] = []
    with phone(browser, size) as (page, _desk):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for name, path in SCREENS.items():
            to(page, path)
            for fold in page.locator(".unfold").all():
                fold.tap()
            found += faults(page, name, size["width"])
        for name, bring in STATES.items():
            bring(page)
            found += faults(page, name, size["width"])
    assert found == []


def test_the_largest_text_fits_the_smallest_phone(browser: Browser) -> None:
    with phone(browser, MOBILE_320) as (page, _desk):
        to(page, "/me")
        chip(page, "size", "21")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "21px"
        wide = {}
        for name, path in SCREENS.items():
            to(page, path)
            wide[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in wide.items() if width > MOBILE_320["width"]} == {}
