"""Workbooks over HTTP: the same import as on the command line, as the caller and no more."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter

from linzhan.interface import imports
from linzhan.kernel.jobs.models import Job
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.registers.runs import uploads
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.linkage.models import Resource
from linzhan.network.api import Station
from tests.factories.places import HECHENG, ZHONGFANG
from tests.interface.conftest import BASE, Caller, Calling

pytestmark = pytest.mark.django_db
RESOURCES = ("资源编号", "资源名称", "提供方", "资源类型", "覆盖行政区划", "数量", "单位", "有效期起")


@pytest.fixture(autouse=True)
def nothing_left() -> Any:
    for path in uploads().glob("*.xlsx"):
        path.unlink()
    yield
    assert list(uploads().glob("*.xlsx")) == []


def workbook(**sheets: list[tuple[Any, ...]]) -> io.BytesIO:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    file.seek(0)
    file.name = "book.xlsx"
    return file


def good(code: str = "R1", region: str = HECHENG) -> tuple[Any, ...]:
    return (code, "轮椅", "慈善会", "物资", region, 3, "辆", "2021-01-01")


def send(caller: Caller, file: Any, **form: str) -> Any:
    return caller.client.post(
        f"{BASE}/imports", {"file": file, **form}, HTTP_AUTHORIZATION=f"Bearer {caller.token}"
    )


def test_a_small_workbook_is_imported_while_one_waits(county: Caller) -> None:
    answer = send(county, workbook(资源=[RESOURCES, good(), good("R2", ZHONGFANG)]))
    assert answer.status_code == 201, answer.content.decode()
    [sheet] = answer.json()["result"]["sheets"]
    assert (sheet["rows"], sheet["created"], sheet["rejected"]) == (2, 1, 1)
    assert sheet["errors"][0]["column"] == "覆盖行政区划"
    assert county.get(f"/imports/{answer.json()['id']}").json() == answer.json()
    assert answer["Location"].endswith(answer.json()["id"])


def test_a_dry_run_writes_nothing(county: Caller) -> None:
    answer = send(county, workbook(资源=[RESOURCES, good()]), dry_run="true")
    assert answer.json()["result"]["dry_run"] is True
    assert answer.json()["result"]["sheets"][0]["created"] == 1
    with opened(EVERYTHING):
        assert not Resource.objects.exists()


def test_sheets_that_the_caller_may_not_write_are_left_out(calling: Calling, here: Station) -> None:
    lead = calling("station_lead", station_id=here.pk)
    bases = [("行政区划", "年度", "基数名称", "金额"), (HECHENG, 2021, "社会救助专项经费", 1)]
    disclosed = [("公开编号", "站点编号", "月份", "公开日期"), ("G1", "Z1", "2021-06", "2021-07-01")]
    result = send(lead, workbook(资金基数=bases, 公开=disclosed)).json()["result"]
    assert [(sheet["sheet"], sheet["created"]) for sheet in result["sheets"]] == [("公开", 1)]
    assert "资金基数" in result["left_out"]


def test_a_file_that_is_no_workbook_says_so(county: Caller) -> None:
    file = io.BytesIO(b"not a workbook")
    file.name = "x.xlsx"
    answer = send(county, file)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unreadable-file")
    assert county.get("/imports").json()["items"] == []


def test_a_file_that_is_missing_is_named(county: Caller) -> None:
    answer = county.client.post(f"{BASE}/imports", {}, HTTP_AUTHORIZATION=f"Bearer {county.token}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_a_big_workbook_is_queued_and_done_by_the_worker(
    county: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 0)
    answer = send(county, workbook(资源=[RESOURCES, good()]))
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    with opened(EVERYTHING):
        ordered = Job.objects.get(pk=answer.json()["id"])
    run_now(ordered)
    for path in uploads().glob("*.xlsx"):  # the test's own transaction never commits
        path.unlink()
    done = county.get(f"/imports/{answer.json()['id']}").json()
    assert (done["state"], done["result"]["sheets"][0]["created"]) == ("done", 1)


def test_nobody_reads_the_import_of_somebody_else(county: Caller, calling: Calling) -> None:
    made = send(county, workbook(资源=[RESOURCES, good()])).json()["id"]
    other = calling("county_official", HECHENG)
    assert other.get(f"/imports/{made}").status_code == 404
    assert other.get(f"/imports/{uuid4()}").status_code == 404
    assert other.get("/imports").json()["items"] == []


def test_identity_numbers_do_not_stay_in_the_kept_result(county: Caller) -> None:
    headers = ("证件号码", "姓名", "岗位", "用工形式", "入职日期", "站点编号")
    answer = send(
        county,
        workbook(社工=[headers, ("990101199001010019", "宋浩", "一线社工", "全职", "2021-01-01", "没有")]),
    )
    assert answer.json()["result"]["sheets"][0]["rejected"] == 1
    assert "990101199001010019" not in answer.content.decode()
    with opened(EVERYTHING):
        assert "990101199001010019" not in str(Job.objects.get().result)


def test_the_upload_is_readable_for_the_service_alone(tmp_path: Path) -> None:
    assert uploads().stat().st_mode & 0o077 == 0
