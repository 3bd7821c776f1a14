"""The commands of the register engine: what they print, and with which status they end (``contract/commands.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from linzhan.kernel.jobs import running
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import JobFault, Progress, job, order, order_again, run_now
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.workbook import import_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.writing import write_sheets
from tests.kernel.registers.rows import resource
from tests.sample import run

pytestmark = pytest.mark.django_db(transaction=True)


def book(path: Path, *rows: Mapping[str, Any]) -> Path:
    write_sheets(path, [(REGISTERS["resources"].sheet, rows)])
    return path


def test_a_good_file_ends_with_nought_and_prints_one_document(tmp_path: Path) -> None:
    status, printed = run("import", book(tmp_path / "a.xlsx", resource()), "--json")
    assert status == 0
    [sheet] = json.loads(printed)["sheets"]
    assert (sheet["rows"], sheet["created"], sheet["errors"]) == (1, 1, [])


def test_a_file_with_a_bad_row_ends_with_one_and_the_row_comes_back(tmp_path: Path) -> None:
    errors = tmp_path / "errors.xlsx"
    path = book(tmp_path / "a.xlsx", resource(), resource("R2", quantity="-1"))
    assert run("import", path, "--errors", errors)[0] == 1
    book_back = tmp_path / "again.xlsx"
    errors.rename(book_back)
    status, printed = run("import", book_back, "--json")
    [sheet] = json.loads(printed)["sheets"]
    assert (status, sheet["rows"], sheet["rejected"]) == (1, 1, 1)
    assert sheet["errors"][0]["column"] == "数量"


def test_a_file_without_bad_rows_leaves_no_errors_behind(tmp_path: Path) -> None:
    errors = tmp_path / "errors.xlsx"
    assert run("import", book(tmp_path / "a.xlsx", resource()), "--errors", errors)[0] == 0
    assert not errors.exists()


def test_a_file_that_cannot_be_read_ends_with_two_and_prints_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK nothing")
    assert run("import", path, "--json") == (2, "")


def test_the_template_and_the_export_are_workbooks(tmp_path: Path) -> None:
    run("import", book(tmp_path / "a.xlsx", resource()))
    for words in (("template", tmp_path / "t.xlsx"), ("export", tmp_path / "e.xlsx")):
        assert run(*words)[0] == 0
        with opened(EVERYTHING):
            imported = import_workbook(words[1])
        assert imported.rejected == 0
        assert not any(outcome.created or outcome.updated for outcome in imported.outcomes)


def test_an_export_of_an_unknown_place_says_so(tmp_path: Path) -> None:
    with pytest.raises((CommandError, ValueError)):
        call_command("export", str(tmp_path / "e.xlsx"), "--region", "没有这个地方")


@pytest.fixture
def failed() -> Iterator[Job]:
    before = dict(running.KINDS._entries)
    tries: list[int] = []

    @job("works-the-second-time")
    def work(payload: Mapping[str, Any], progress: Progress) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise JobFault("这次不行")
        return "好了"

    with opened(EVERYTHING, Actor(label="管理员")):
        ordered = order("works-the-second-time", "试一试", {})
    yield run_now(ordered)
    running.KINDS._entries.clear()
    running.KINDS._entries.update(before)


def test_jobs_are_listed_newest_first_as_text_and_json(failed: Job) -> None:
    status, printed = run("jobs", "list", "--json")
    [told] = json.loads(printed)
    assert status == 0
    assert (told["id"], told["state"], told["message"]) == (str(failed.pk), "failed", "这次不行")
    assert "失败" in run("jobs", "list", "--state", "failed")[1]
    assert "没有任务" in run("jobs", "list", "--state", "done")[1]


def test_a_failed_job_is_done_again_on_demand(failed: Job) -> None:
    assert run("jobs", "retry", failed.pk)[0] == 0
    with opened(EVERYTHING):
        waiting = Job.objects.get(pk=failed.pk)
    assert (waiting.state, waiting.attempts, waiting.message) == (JobState.WAITING, 0, "")
    assert run_now(waiting).result == "好了"


def test_only_what_has_failed_is_done_again(failed: Job) -> None:
    run("jobs", "retry")
    with opened(EVERYTHING), pytest.raises(JobFault):
        order_again(Job.objects.get(pk=failed.pk))
    with pytest.raises(CommandError):
        call_command("jobs", "retry", str(failed.pk))
