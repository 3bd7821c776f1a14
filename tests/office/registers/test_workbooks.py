"""Out as a workbook, in through the wizard (IMP-01, ``contract/workbook.md``)."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from linzhan.kernel.jobs.models import Job
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.registers.runs import ImportRun, uploads
from linzhan.kernel.registers.workbook import import_workbook
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.network.api import Station
from linzhan.office.registers import exporting
from tests.factories import workforce
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.office.registers.conftest import IDENTITY, At, resident

HEADERS = ["站点编号", "站点名称", "层级", "行政区划", "状态", "备注"]
GOOD = ["Z1", "坨院街道社工站", "乡镇街道社工站", TUOYUAN, "运营", "x"]
BAD = ["Z2", "城南街道社工站", "乡镇街道社工站", TUOYUAN, "也许", ""]


def workbook(**sheets: list[list[str]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("台账.xlsx", content.getvalue())


def told(content: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def uploaded(client: Client, file: SimpleUploadedFile) -> str:
    """The address of the import that an upload began."""
    return str(client.post("/import/", {"file": file})["Location"])


def run_the_job(url: str) -> None:
    """What the worker does."""
    run_id = UUID(url.rstrip("/").rpartition("/")[2])
    with opened(EVERYTHING):
        run = ImportRun.objects.get(pk=run_id)
        wanted = run.import_job or run.check_job
        assert wanted is not None
        job = Job.objects.get(pk=wanted)
    assert run_now(job).state == "done"


def stations() -> int:
    with opened(EVERYTHING):
        return Station.objects.count()


def test_the_wizard_recognises_checks_imports_and_gives_back_what_is_wrong(
    county: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD, BAD], 食堂=[["菜名"]]))
    html = county.get(url).content.decode()
    assert "备注" in html
    assert "不认识的工作表（不导入）：食堂" in html
    county.post(f"{url}check/")
    assert "排队中" in county.get(url).content.decode()
    run_the_job(url)
    html = county.get(url).content.decode()
    assert "可以写入 1 行，退回 1 行" in html
    assert "不在可选范围内" in html
    assert stations() == 0
    county.post(f"{url}write/")
    with django_capture_on_commit_callbacks(execute=True):
        run_the_job(url)
    assert "已写入 1 行。退回 1 行" in county.get(url).content.decode()
    assert stations() == 1
    rows = told(body(county.get(f"{url}errors.xlsx")))
    assert rows[1][0] == "Z2"
    assert "状态" in str(rows[1][-1])
    assert [path.name.endswith("-errors.xlsx") for path in uploads().iterdir()] == [True]
    assert (next(uploads().iterdir()).stat().st_mode & 0o777) == 0o600


def test_an_import_can_be_left_and_resumed_and_taken_away(
    county: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    assert f'href="{url}"' in county.get("/import/").content.decode()
    assert county.post(f"{url}write/").status_code == 302
    with opened(EVERYTHING):
        assert not Job.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        county.post(f"{url}discard/")
    assert county.get(url).status_code == 404
    assert list(uploads().iterdir()) == []


def test_starting_twice_orders_one_job(county: Client) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    county.post(f"{url}check/")
    county.post(f"{url}check/")
    with opened(EVERYTHING):
        assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("台账.xlsx", b"PK\x03\x04 no book"), ""),
        (SimpleUploadedFile("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "旧版 Excel"),
        (SimpleUploadedFile("台账.xlsx", b"%PDF-1.7 renamed"), "PDF"),
        (SimpleUploadedFile("台账.csv", "站点编号,站点名称".encode()), "CSV"),
        (
            SimpleUploadedFile("台账.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
            "密码",
        ),
        (None, "请先选择一个 .xlsx 文件"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence_and_not_kept(
    county: Client, upload: SimpleUploadedFile | None, words: str
) -> None:
    answer = county.post("/import/", {"file": upload} if upload else {})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert words in answer.content.decode()
    assert list(uploads().iterdir()) == []
    with opened(EVERYTHING):
        assert not ImportRun.objects.exists()


def test_a_workbook_without_a_known_sheet_is_refused(county: Client) -> None:
    answer = county.post("/import/", {"file": workbook(食堂=[["菜名"], ["白菜"]])})
    assert answer.status_code == 422
    assert "没有认出任何台账" in answer.content.decode()
    assert list(uploads().iterdir()) == []


def test_an_import_is_its_owners_alone(at: At, county: Client) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    for other in (at("county_official", HECHENG), at("county_official", ZHONGFANG), at("system_admin")):
        for way in ("", "errors.xlsx"):
            assert other.get(f"{url}{way}").status_code == 404
        assert other.post(f"{url}check/").status_code == 404
    assert at("finance").get("/import/").status_code == 403


def test_sheets_that_one_may_not_write_are_recognised_and_left_out(at: At, here: Station) -> None:
    lead = at("station_lead", station_id=here.pk)
    url = uploaded(lead, workbook(社工站=[HEADERS, [*GOOD[:1], "改了名", *GOOD[2:]]]))
    html = lead.get(url).content.decode()
    assert "您没有登记这些台账的权限，它们不会导入：社工站" in html
    lead.post(f"{url}check/")
    run_the_job(url)
    lead.post(f"{url}write/")
    run_the_job(url)
    with opened(EVERYTHING):
        assert Station.objects.get().name == here.name


def test_the_template_holds_the_sheets_one_may_write(at: At, county: Client, here: Station) -> None:
    names = openpyxl.load_workbook(io.BytesIO(body(county.get("/import/template.xlsx")))).sheetnames
    assert {"社工站", "服务对象"} <= set(names)
    lead = at("station_lead", station_id=here.pk)
    names = openpyxl.load_workbook(io.BytesIO(body(lead.get("/import/template.xlsx")))).sheetnames
    assert "社工站" not in names
    assert "服务对象" in names


def test_an_export_is_masked_and_comes_back_unchanged(county: Client, here: Station, tmp_path: Path) -> None:
    with opened(EVERYTHING):
        number = workforce.identity_number(9)
        workforce.worker(station=here.code, identity_number=number, phone="19912345678")
    resident(here, worker=number)
    for key in ("stations", "workers", "residents"):
        content = body(county.post(f"/r/{key}/export/"))
        cells = {str(cell) for row in told(content) for cell in row}
        assert not cells & {IDENTITY, number, "19912345678", "欧阳春生"}
        assert "平台编号" in cells
        path = tmp_path / f"{key}.xlsx"
        path.write_bytes(content)
        with opened(Scope(regions=(HECHENG,))):
            [outcome] = import_workbook(path).outcomes
        assert (outcome.rows, outcome.unchanged, outcome.faults) == (1, 1, {})


def test_what_is_corrected_in_a_masked_export_is_corrected(
    county: Client, here: Station, tmp_path: Path
) -> None:
    resident(here)
    book = openpyxl.load_workbook(io.BytesIO(body(county.post("/r/residents/export/"))))
    page = book.worksheets[0]
    headers = [cell.value for cell in page[1]]
    page.cell(2, headers.index("状态") + 1, "迁出")
    book.save(tmp_path / "r.xlsx")
    with opened(Scope(regions=(HECHENG,))):
        [outcome] = import_workbook(tmp_path / "r.xlsx").outcomes
    assert (outcome.updated, outcome.faults) == (1, {})


def test_a_platform_number_out_of_scope_opens_nothing(at: At, elsewhere: Station, tmp_path: Path) -> None:
    with opened(EVERYTHING):
        workforce.worker(station=elsewhere.code)
    content = body(at("county_official", ZHONGFANG).post("/r/workers/export/"))
    (tmp_path / "w.xlsx").write_bytes(content)
    with opened(Scope(regions=(HECHENG,))):
        [outcome] = import_workbook(tmp_path / "w.xlsx").outcomes
    assert outcome.rejected == 1
    assert "平台编号" in outcome.faults[2][0].message


def test_an_export_needs_its_right_and_a_post(at: At, county: Client) -> None:
    assert at("finance").post("/r/stations/export/").status_code == 403
    assert county.get("/r/stations/export/").status_code == 405


def test_an_export_keeps_to_the_filter(county: Client, here: Station) -> None:
    assert len(told(body(county.post("/r/stations/export/?status=暂停")))) == 1
    assert len(told(body(county.post("/r/stations/export/?status=运营")))) == 2


def test_a_long_export_is_a_job_and_its_file_is_its_owners(
    at: At, county: Client, here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    assert county.post("/r/stations/export/")["Location"] == "/jobs/"
    with opened(EVERYTHING):
        job = Job.objects.get()
    assert run_now(job).state == "done"
    html = county.get("/jobs/").content.decode()
    assert f"/jobs/{job.pk}/file/" in html
    assert told(body(county.get(f"/jobs/{job.pk}/file/")))[1][0] == "Z1"
    other = at("county_official", HECHENG)
    for way in ("", "file/"):
        assert other.get(f"/jobs/{job.pk}/{way}").status_code == 404


def test_a_running_job_is_counted_and_a_finished_one_wakes_the_wizard(county: Client) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    county.post(f"{url}check/")
    assert ">1</span>" in county.get("/jobs/count/").content.decode()
    [job] = re.findall(r'hx-get="(/jobs/[0-9a-f-]{36}/)"', county.get(url).content.decode())
    asks = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{url}"}
    assert "HX-Refresh" not in county.get(job, headers=asks).headers
    run_the_job(url)
    assert county.get(job, headers=asks).headers["HX-Refresh"] == "true"
    assert county.get("/jobs/count/").content == b""
    assert "核对 台账.xlsx" in county.get("/jobs/menu/").content.decode()
