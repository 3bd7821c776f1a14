"""The handbook's pictures, taken of the demo city; collected only when asked for:

    make run                                                     # in one window
    LINZHAN_SCREENSHOTS=1 .venv/bin/python -m pytest tests/journeys/test_pictures.py    # in another

``LINZHAN_SCREENSHOTS`` may also be the address of another instance with the demo city.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.journeys.picturing import picture, single
from tests.journeys.walking import Visitor, visiting
from tests.sample import WORKBOOK

ASKED = os.environ.get("LINZHAN_SCREENSHOTS", "")
ADDRESS = ASKED if ASKED.startswith("http") else "http://127.0.0.1:8000"
PAGES = {
    "admin": {
        "accounts": "/accounts/",
        "account-new": "/accounts/new/",
        "audit": "/audit/",
        "reveals": "/audit/reveals/",
    },
    "province": {"overview-province": "/overview/?period=2021"},
    "city": {"overview-city": "/overview/?period=2021", "targets": "/r/targets/"},
    "county": {
        "home-county": "/",
        "overview-county": "/overview/?period=2021&figure=services.person_times",
        "stations": "/r/stations/",
        "import-start": "/import/",
        "figures": "/figures/?period=2021",
        "figure": "/figures/workforce.certified_rate/?period=2021",
        "rulebook": "/rulebook/",
        "search": "/search/?q=社工站",
    },
    "purchaser": {"projects": "/r/projects/"},
    "finance": {"funds": "/r/funds/"},
    "township": {"home-township": "/"},
    "provider": {"workers": "/r/workers/"},
    "lead": {"overview-station": "/overview/?period=2021"},
    "worker": {"home-worker": "/", "record-new": "/r/service-records/new/", "residents": "/r/residents/"},
    "supervisor": {"supervisions": "/r/supervisions/"},
    "evaluator": {"evaluations": "/r/evaluations/"},
    "volunteer": {"home-volunteer": "/"},
    "resident": {"home-resident": "/"},
}
AT_THE_DESK = {
    "purchaser": {"purchase-files": "/r/purchase-files/", "purchase-progress": "/progress/"},
    "finance": {"money": "/money/?year=2021", "money-ratios": "/money/ratios/?year=2021"},
    "county": {
        "alerts": "/r/alerts/",
        "alert-rules": "/alerts/rules/",
        "checks": "/checks/",
        "clearing": "/rectifications/clearing/",
        "supervision": "/supervision/",
    },
    "evaluator": {"seats": "/evaluation/seats/"},
}
"""Pages with wide tables: one picture each, at the width of a desk."""


@pytest.fixture
def demo(browser: Browser) -> Iterator[Callable[[str], Visitor]]:
    """Sign a demo account in."""
    with visiting(browser, ADDRESS) as visitor:

        def signed_in(username: str) -> Visitor:
            visitor.sign_in(username, settings.DEMO_PASSWORD)
            visitor.is_at("/")
            visitor.sees_demo_band()
            return visitor

        yield signed_in


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_a_role(demo: Callable[[str], Visitor], username: str) -> None:
    visitor = demo(username)
    for name, path in PAGES[username].items():
        assert visitor.open(path).ok
        picture(visitor.page, name)
        if name == "overview-county":
            single(visitor.page, "overview")


@pytest.mark.parametrize("username", AT_THE_DESK)
def test_wide_pages_of_a_role(demo: Callable[[str], Visitor], username: str) -> None:
    visitor = demo(username)
    for name, path in AT_THE_DESK[username].items():
        assert visitor.open(path).ok
        single(visitor.page, name)


def test_the_door(browser: Browser) -> None:
    with visiting(browser, ADDRESS) as visitor:
        visitor.open("/sign-in/")
        picture(visitor.page, "sign-in")


def test_a_station_its_form_and_its_history(demo: Callable[[str], Visitor]) -> None:
    visitor = demo("county")
    visitor.open("/r/stations/?tier=乡镇街道社工站")
    visitor.page.locator("#list tbody").get_by_role("link").first.click()
    visitor.is_at(re.compile(r"/r/stations/[0-9a-f-]{36}/$"))
    at = visitor.page.url
    for name, part in (("station", ""), ("station-edit", "edit/"), ("station-history", "history/")):
        visitor.page.goto(at + part)
        picture(visitor.page, name)


def test_a_workbook_as_checked(demo: Callable[[str], Visitor]) -> None:
    """Checked and taken away again: nothing is written into the demo city."""
    visitor = demo("county")
    visitor.open("/import/")
    visitor.page.locator("input[type=file]").set_input_files(WORKBOOK)
    visitor.press("上传并识别")
    visitor.sees("识别结果")
    picture(visitor.page, "import-recognised")
    visitor.press("逐行核对（不写入）")
    expect(visitor.main.get_by_text("核对完成")).to_be_visible(timeout=120_000)
    picture(visitor.page, "import-checked")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.press("移除这次导入")
    visitor.is_at("/import/")
