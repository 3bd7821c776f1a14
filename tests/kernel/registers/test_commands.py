"""The commands of the register engine: what they print, and with which status they end (``contract/commands.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from linzhan.kernel.jobs import running
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import JobFault, Progress, job, order, order_again, run_now
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.workbook import import_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.writing import write_sheets
from tests.factories.places import HECHENG
from tests.factories.workforce import identity_number
from tests.kernel.registers.rows import resource, station
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


def session(**values: Any) -> dict[str, Any]:
    told = {"code": "S1", "held_on": "2021-06-05", "supervisor": "郭督导", "mode": "线下", "hours": "2"}
    return told | {"stations": "Z1", **values}


def test_no_message_spells_out_an_identity_number(tmp_path: Path) -> None:
    """Neither on the console, nor in the JSON, nor in the rejected workbook's last column (§19.2)."""
    number, errors = identity_number(5), tmp_path / "errors.xlsx"
    path = tmp_path / "a.xlsx"
    stations, sessions = REGISTERS["stations"].sheet, REGISTERS["supervisions"].sheet
    wrong = [session(workers=number), session(code="S2", held_on=number)]
    write_sheets(path, [(stations, [station()]), (sessions, wrong)])
    status, told = run("import", path, "--errors", errors)
    assert status == 1
    assert "找不到" in told
    assert "不是日期" in told
    assert number not in told + run("import", path, "--json")[1]
    rows = list(load_workbook(errors)[sessions.name].iter_rows(values_only=True))
    assert [number in str(row[-1]) for row in rows] == [False] * 3
    assert number in rows[1]  # the row itself comes back as it was


def test_the_key_of_a_rejected_row_is_whole_for_the_administrator(tmp_path: Path) -> None:
    """``key`` of the JSON is what tells the row apart (``contract/commands.md``)."""
    number, path = identity_number(6), tmp_path / "a.xlsx"
    row = {"identity_number": number, "name": "欧阳春生", "post": "一线社工", "employment": "全职"}
    write_sheets(path, [(REGISTERS["workers"].sheet, [row | {"hired_on": "昨天"}])])
    [sheet] = json.loads(run("import", path, "--json")[1])["sheets"]
    assert {error["key"] for error in sheet["errors"]} == {number}


def test_what_was_not_understood_is_said_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("食堂采购").write_row(0, 0, ["品名", "斤"])
        made.add_worksheet("资源").write_row(0, 0, ["随便", "什么"])
    status, told = run("import", path)
    assert status == 0
    assert "不认识的工作表，没有导入：食堂采购、资源" in told
    assert "工作表“资源”里没有找到表头" in told
    assert "没有认出任何台账" in told


def test_a_row_wrong_in_its_whole_key_is_one_line(tmp_path: Path) -> None:
    path, base = tmp_path / "a.xlsx", {"region": HECHENG, "year": "2021", "name": "社会救助专项经费"}
    rows = [base | {"amount": "1"}, base | {"amount": "2"}]
    write_sheets(path, [(REGISTERS["fund-bases"].sheet, rows)])
    told = run("import", path)[1]
    assert "第 3 行【行政区划、年度、基数名称】编号重复且内容不同" in told
    assert told.count("编号重复") == 1


def test_the_counts_are_summed_up_and_what_to_do_next_is_said(tmp_path: Path) -> None:
    path, errors = book(tmp_path / "a.xlsx", resource(), resource("R2", quantity="-1")), tmp_path / "e.xlsx"
    assert "没有写入任何数据" in run("import", path, "--dry-run")[1]
    assert "加 --errors" in run("import", path)[1]
    told = run("import", path, "--errors", errors)[1]
    assert "合计：2 行，新增 0，更新 0，未变 1，退回 1" in told
    assert f"已另存为 {errors}" in told


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_imported(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", resource(), resource("R2", quantity="-1"))
    for errors in (path, tmp_path, tmp_path / "no" / "e.xlsx"):
        with pytest.raises(CommandError):
            call_command("import", str(path), "--errors", str(errors))
    with opened(EVERYTHING):
        assert not REGISTERS["resources"].model._default_manager.exists()
    for name in ("template", "export"):
        with pytest.raises(CommandError, match="不存在"):
            call_command(name, str(tmp_path / "no" / "e.xlsx"))


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
    assert run("jobs", "retry", str(failed.pk))[0] == 0
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
