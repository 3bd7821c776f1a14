"""Ordinary days at the desk in the imported county: changing a row, finding it, not finding others' rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.instances import ELSEWHERE, People
from tests.journeys.walking import Visitor

Visit = Callable[[str], Visitor]


def test_an_official_changes_a_station_and_the_history_says_so(visit: Visit, people: People) -> None:
    official = visit("county")
    official.open(f"/r/stations/{people.station}/")
    official.sees_title(people.station_name)
    official.press("修改")
    official.page.get_by_label("地址").first.fill("迎丰中路 99 号")
    official.press("保存")
    official.is_at(f"/r/stations/{people.station}/")
    official.sees("迎丰中路 99 号")
    official.main.get_by_role("link", name="历史").click()
    official.sees("每一次登记和修改")
    change = official.main.locator("table.diff").first
    expect(change).to_contain_text("测试县级主管部门")
    expect(change).to_contain_text("迎丰中路 99 号")


def test_a_form_says_what_is_wrong_and_keeps_the_rest(visit: Visit, people: People) -> None:
    official = visit("county")
    official.open(f"/r/stations/{people.station}/edit/")
    official.page.get_by_label("地址").first.fill("新地址")
    official.page.get_by_label("名称").first.fill("")
    official.press("保存")
    official.sees("必填，请填写。")
    expect(official.page.get_by_label("地址").first).to_have_value("新地址")
    official.page.get_by_label("名称").first.press_sequentially("坨")
    expect(official.main.get_by_text("必填，请填写。")).to_be_hidden()  # before the button is aimed at
    official.page.evaluate("document.querySelector('form[data-changed]')?.removeAttribute('data-changed')")


def test_a_worker_of_another_county_finds_no_trace_of_the_station(visit: Visit, people: People) -> None:
    stranger = visit("stranger")
    for path in ("", "history/"):
        assert stranger.open(f"/r/stations/{people.station}/{path}").status == 404
    stranger.sees("没有这一页")
    assert stranger.open("/r/stations/01900000-0000-7000-8000-000000000000/").status == 404
    assert stranger.open(f"/overview/{people.township}/").status == 404
    stranger.open(f"/search/?q={people.station_name}")
    stranger.sees(f"没有找到“{people.station_name}”")
    expect(stranger.main.get_by_role("link", name=people.station_name)).to_have_count(0)
    stranger.open("/r/stations/")
    stranger.sees(ELSEWHERE)
    expect(stranger.main.get_by_role("link", name=people.station_name)).to_have_count(0)
    stranger.expects(404)


def test_search_answers_while_one_types(visit: Visit, people: People) -> None:
    official = visit("county")
    official.page.wait_for_load_state("networkidle")  # the keys answer once the script has run
    official.page.locator("body").press("/")
    box = official.page.locator("#search-input")
    expect(box).to_be_focused()
    box.press_sequentially(people.station_name[:6])
    found = official.page.locator("#search-results").get_by_role("link", name=people.station_name).first
    found.click()
    official.is_at(f"/r/stations/{people.station}/")


def test_the_keyboard_goes_everywhere(visit: Visit) -> None:
    official = visit("county")
    official.page.keyboard.press("?")
    help_ = official.page.locator("#help-dialog")
    expect(help_).to_be_visible()
    official.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    for letter, path in (("o", re.compile("/overview/")), ("w", re.compile("/r/stations/")), ("h", "/")):
        official.page.keyboard.press("g")
        official.page.keyboard.press(letter)
        official.is_at(path)
        official.page.wait_for_load_state()  # before its script listens, a key is nobody's


def test_typing_into_a_field_is_no_shortcut(visit: Visit) -> None:
    official = visit("county")
    official.open("/search/")
    official.main.get_by_role("searchbox").press_sequentially("gw/?")
    official.is_at("/search/")
    expect(official.main.get_by_role("searchbox")).to_have_value("gw/?")


def test_a_list_is_filtered_and_its_address_holds_the_filter(visit: Visit) -> None:
    official = visit("county")
    official.open("/r/stations/")
    official.page.locator("form.filters").get_by_label("层级").select_option(label="县级社工总站")
    expect(official.page.locator("#list tbody tr")).to_have_count(1)
    official.is_at(re.compile(r"/r/stations/\?.*tier="))
    official.page.reload()
    expect(official.page.locator("#list tbody tr")).to_have_count(1)
    official.page.go_back()
    expect(official.page.locator("#list tbody tr").nth(2)).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("台账.xlsx", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "PDF"),
        ("台账.xlsx", b"", "空"),
        ("台账.csv", "编号,名称\n1,甲".encode(), "xlsx"),
    ],
)
def test_a_file_that_is_no_workbook_gets_a_clear_sentence(
    visit: Visit, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    official = visit("county")
    official.open("/import/")
    path = tmp_path / name
    path.write_bytes(content)
    official.page.locator("input[type=file]").set_input_files(path)
    official.press("上传并识别")
    alert = official.main.get_by_role("alert")
    expect(alert).to_contain_text(told)
    official.expects(422)


def test_an_empty_template_can_be_taken_away(visit: Visit, tmp_path: Path) -> None:
    official = visit("county")
    official.open("/import/")
    path = official.downloads("下载空白模板", tmp_path)
    assert path.suffix == ".xlsx"
    assert path.read_bytes()[:2] == b"PK"
