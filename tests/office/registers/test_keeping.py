"""What was uploaded or written for a moment goes after the stated days, and pages say when (§19.2)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from linzhan.kernel.jobs.cleaning import clean
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.jobs.tasks import clean_every_hour
from linzhan.kernel.registers.runs import ImportRun, uploads
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.office.formats import moment
from linzhan.office.registers import exporting
from tests.factories.places import HECHENG
from tests.office.registers.test_workbooks import BAD, GOOD, HEADERS, run_the_job, uploaded, workbook

pytestmark = pytest.mark.django_db
DAYS = 7


def age(days: float) -> None:
    """Let every kept file have been touched so many days ago."""
    then = (timezone.now() - timedelta(days=days)).timestamp()
    for path in [*uploads().iterdir(), *exporting.exports().iterdir()]:
        os.utime(path, (then, then))


def cleaned(days: float) -> int:
    """Clean when files and rows are so many days old."""
    age(days)
    with opened(EVERYTHING):
        old = timezone.now() - timedelta(days=days)
        ImportRun.objects.update(created_at=old)
        Job.objects.update(ended_at=old)
        return clean()


def run_of(url: str) -> ImportRun | None:
    with opened(EVERYTHING):
        return ImportRun.objects.filter(pk=UUID(url.rstrip("/").rpartition("/")[2])).first()


@pytest.fixture
def finished(
    county: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> tuple[str, str]:
    """An import with a rejected row, done: its page, and the page's text."""
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD, BAD]))
    county.post(f"{url}check/")
    run_the_job(url)
    county.post(f"{url}write/")
    with django_capture_on_commit_callbacks(execute=True):
        run_the_job(url)
    return url, county.get(url).content.decode()


def test_an_upload_that_nobody_imports_goes_with_all_that_is_said_of_it(county: Client) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD, BAD]))
    county.post(f"{url}check/")
    run_the_job(url)
    assert cleaned(DAYS - 0.1) == 0
    assert run_of(url) is not None
    assert cleaned(DAYS + 0.1) == 1
    assert run_of(url) is None
    assert list(uploads().iterdir()) == []
    assert county.get(url).status_code == 404
    with opened(EVERYTHING):
        [job] = Job.objects.all()
    assert (job.result, "重新上传" in job.message) == (None, True)


def test_the_page_of_an_upload_says_until_when_it_is_kept(county: Client, settings: Settings) -> None:
    settings.KEEP_DAYS = 3
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    [path] = uploads().iterdir()
    now = timezone.now()
    os.utime(path, (now.timestamp(), now.timestamp()))
    assert f"上传的文件保留到 {moment(now + timedelta(days=3))}" in county.get(url).content.decode()


def test_a_step_taken_keeps_the_file_for_another_while(county: Client) -> None:
    url = uploaded(county, workbook(社工站=[HEADERS, GOOD]))
    age(DAYS - 0.5)
    county.post(f"{url}check/")
    with opened(EVERYTHING):
        assert clean(timezone.now() + timedelta(days=1)) == 0


def test_rejected_rows_go_and_the_counts_stay(county: Client, finished: tuple[str, str]) -> None:
    url, before = finished
    assert "退回的行保留到" in before
    assert "也许" in before
    assert cleaned(DAYS + 1) == 1
    after = county.get(url).content.decode()
    assert "退回的行已过保留期" in after
    assert "也许" not in after
    assert county.get(f"{url}errors.xlsx").status_code == 404
    run = run_of(url)
    assert run is not None
    assert run.imported is not None
    assert (run.checked, run.imported["errors"]) == (None, [])
    assert [sheet["rejected"] for sheet in run.imported["sheets"]] == [1]


def test_an_export_says_until_when_it_can_be_fetched_and_then_that_it_is_gone(
    county: Client, here: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    county.post("/r/stations/export/")
    with opened(EVERYTHING):
        [job] = Job.objects.all()
    run_now(job)
    address = f"/jobs/{job.pk}/file/"
    page = county.get("/jobs/").content.decode()
    assert address in page
    assert "下载（保留到" in page
    assert cleaned(DAYS + 1) == 1
    page = county.get("/jobs/").content.decode()
    assert address not in page
    assert "已过保留期" in page
    assert county.get(address).status_code == 404


def test_single_rows_in_the_documents_of_the_interface_go_too() -> None:
    errors = [{"row": 3, "key": "D1", "column": "姓名", "message": "“欧阳春生”太长"}]
    with opened(EVERYTHING):
        told = {"file": "a.xlsx", "sheets": [{"sheet": "服务对象", "rejected": 1, "errors": errors}]}
        job = Job.objects.create(
            kind="interface.import", title="导入", region_code=HECHENG, state=JobState.DONE, result=told
        )
    cleaned(DAYS + 1)
    with opened(EVERYTHING):
        job.refresh_from_db()
    assert job.result == {"file": "a.xlsx", "sheets": [{"sheet": "服务对象", "rejected": 1, "errors": []}]}


def test_a_file_that_nobody_remembers_is_removed_all_the_same() -> None:
    orphan: Path = uploads() / "0190aaaa-0000-7000-8000-000000000001.xlsx"
    orphan.write_bytes(b"x")
    age(DAYS + 1)
    clean_every_hour(timestamp=0)
    assert not orphan.exists()
