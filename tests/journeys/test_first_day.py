"""The first day of a county: from an empty instance to a figure opened down to its rows (IMP-01, NFR-06)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook

from tests.journeys.serving import work
from tests.journeys.walking import Visitor, visiting
from tests.sample import EXPECTED, WORKBOOK

SHEETS = json.loads(EXPECTED.read_text(encoding="utf-8"))["import"]["sheets"]
ADMIN, OFFICIAL = "Dengta-2021-shan", "Xiaoqiao-2021-liu"
TOTALS = {
    name: sum(sheet[name] for sheet in SHEETS.values()) for name in ("rows", "created", "updated", "rejected")
}


def found_the_platform(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.is_at("/first/")
    visitor.page.get_by_label("用户名").fill("guanli")
    visitor.page.get_by_label("姓名").fill("林管理")
    visitor.page.get_by_label("新密码", exact=True).fill(ADMIN)
    visitor.page.get_by_label("再输一次新密码").fill(ADMIN)
    visitor.press("开设管理员并登录")
    visitor.is_at("/")
    visitor.sees("管理员账号已开设")


def open_an_account_for_the_county(visitor: Visitor) -> str:
    """The one-time password of the new official of 鹤城区."""
    visitor.open("/accounts/")
    visitor.press("开设账号")
    visitor.page.get_by_label("用户名").fill("hecheng")
    visitor.page.get_by_label("姓名").fill("何科长")
    visitor.page.get_by_label("角色").select_option(label="县级主管部门")
    visitor.picks("辖区", "鹤城", re.compile("鹤城区"))
    visitor.press("开设账号")
    visitor.sees("一次性密码")
    password = visitor.page.locator("dd code").nth(1).inner_text()
    assert len(password) == 12
    return password


def replace_the_one_time_password(visitor: Visitor, given: str) -> None:
    visitor.sign_in("hecheng", given)
    visitor.is_at("/password/")
    visitor.sees("一次性密码")
    visitor.page.get_by_label("现在的密码").fill(given)
    visitor.page.get_by_label("新密码", exact=True).fill(OFFICIAL)
    visitor.page.get_by_label("再输一次新密码").fill(OFFICIAL)
    visitor.press("修改密码")
    visitor.is_at("/")


def drop_the_workbook(visitor: Visitor) -> None:
    visitor.open("/import/")
    visitor.page.locator("input[type=file]").set_input_files(WORKBOOK)
    visitor.sees(WORKBOOK.name)
    visitor.press("上传并识别")
    visitor.sees("识别结果")
    recognised = {cells[1]: cells for cells in visitor.table()}
    for name, sheet in SHEETS.items():
        layout = sheet["layout"]
        wanted = [layout["tab"], name, str(layout["header_row"]), f"{sheet['rows']:,}"]
        assert recognised[name][:4] == wanted


def check_then_import(visitor: Visitor) -> None:
    visitor.press("逐行核对（不写入）")
    visitor.sees(re.compile("可以离开这一页"))
    work()
    writes = TOTALS["created"] + TOTALS["updated"]
    visitor.sees(re.compile(f"还没有写入任何数据。可以写入 {writes} 行，退回 {TOTALS['rejected']} 行"))
    visitor.sees("需要改正的地方")
    told = {cells[0].partition("（")[0]: cells[1:] for cells in visitor.table("#counts")}
    for sheet in SHEETS.values():
        counts = [f"{sheet[name]:,}" for name in ("rows", "created", "updated", "unchanged", "rejected")]
        assert told[sheet["layout"]["tab"]] == counts
    visitor.press(f"写入这 {writes} 行")
    work()
    visitor.sees(re.compile(f"已写入 {writes} 行"))


def look_at_what_came_back(visitor: Visitor, directory: Path) -> None:
    path = visitor.downloads("下载退回的行", directory)
    workbook = CalamineWorkbook.from_path(path)
    rows = {name: len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names}
    for name, sheet in SHEETS.items():
        if sheet["rejected"]:
            assert any(name in tab or sheet["layout"]["tab"] in tab for tab in rows), name


def drill_from_the_county_to_a_station(visitor: Visitor) -> None:
    visitor.open("/overview/?period=2021")
    visitor.sees_title("鹤城区总览")
    visitor.main.locator("table").get_by_role("link").first.click()
    visitor.sees_title(re.compile(".+(街道|镇|乡)总览|.*度假区总览"))
    visitor.main.locator("table").get_by_role("link").first.click()
    visitor.is_at(re.compile(r"/r/stations/[0-9a-f-]{36}/$"))


def open_a_figure_down_to_its_rows(visitor: Visitor) -> None:
    visitor.open("/overview/?period=2021")
    on_post = visitor.main.locator(".key-figure").filter(has_text="在岗社工数")
    on_post.get_by_role("link", name=re.compile("据 .* 行")).click()
    visitor.is_at(re.compile(r"/figures/workforce.on_post/"))
    visitor.sees("口径")
    visitor.sees("计入的记录")
    visitor.page.locator("#rows-sheet tbody").get_by_role("link").first.click()
    visitor.is_at(re.compile(r"/r/(workers|stations)/[0-9a-f-]{36}/$"))


@pytest.mark.slow
def test_a_county_begins_with_its_own_workbook(browser: Browser, empty_instance: str, tmp_path: Path) -> None:
    with visiting(browser, empty_instance) as admin:
        found_the_platform(admin)
        password = open_an_account_for_the_county(admin)
    with visiting(browser, empty_instance) as official:
        replace_the_one_time_password(official, password)
        drop_the_workbook(official)
        check_then_import(official)
        look_at_what_came_back(official, tmp_path)
        drill_from_the_county_to_a_station(official)
        open_a_figure_down_to_its_rows(official)
