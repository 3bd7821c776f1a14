"""The look at a page can fail: each barrier, put into an otherwise good page, is found."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import faults, overflow

GOOD = (
    '<!doctype html><html lang="zh"><head><title>好页</title></head><body><main><h1>标题</h1>'
    '<label for="a">姓名</label><input id="a"><a href="/">回去</a>{}</main></body></html>'
)


def test_a_good_page_has_no_faults(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(GOOD.format(""))
    assert faults(page) + overflow(page) == []
    page.close()


@pytest.mark.parametrize(
    ("barrier", "told"),
    [
        ("<input>", "no label"),
        ("<button></button>", "no name"),
        ("<h3>跳级</h3>", "skips a level"),
        ("<h1>又一个</h1>", "exactly one"),
        ('<p id="a">重名</p>', "occurs twice"),
        ('<p style="color: #bbb; background: #fff">太淡</p>', "contrast"),
        ('<p aria-describedby="nothing">指空</p>', "points at nothing"),
        ('<form hx-get="/" hx-target="#nothing"></form>', "swapped into nothing"),
        ("<img src=data:,>", "no words"),
        ("<table><tr><td>1</td></tr></table>", "no heads"),
    ],
)
def test_a_barrier_is_found(browser: Browser, barrier: str, told: str) -> None:
    page = browser.new_page()
    page.set_content(GOOD.format(barrier))
    assert [fault for fault in faults(page) if told in fault]
    page.close()


def test_a_page_that_is_too_wide_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(GOOD.format('<div style="width: 700px">宽</div>'))
    assert [fault for fault in overflow(page) if "390" in fault]
    page.close()
