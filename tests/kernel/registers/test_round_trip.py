"""What was exported can be imported again: every sheet of the starter workbook, whole and masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from linzhan.casework.models import ServiceRecord
from linzhan.kernel import masking
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.exporting import Exported, export_workbook, starter_sheets
from linzhan.kernel.registers.reading import Referred, cell, records
from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import EVERYTHING, Scope, opened, scope
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets, write_template
from linzhan.linkage.models import Volunteer
from tests.factories.places import HECHENG, LITOUYUAN, TUOYUAN, ZHONGFANG
from tests.factories.providers import credit_code
from tests.factories.workforce import identity_number

USCC, WORKER = credit_code(), identity_number()
EXAMPLES: dict[Kind, Any] = {
    Kind.TEXT: "=1+1 张三;李四",
    Kind.CODE: "000123",
    Kind.INTEGER: "7",
    Kind.DECIMAL: "3.25",
    Kind.MONEY: "1234567.89",
    Kind.YEAR: "2021",
    Kind.MONTH: "2021-06",
    Kind.PERIOD: "2021Q3",
    Kind.DATE: "2021-06-05",
    Kind.TIME: "2021-06-05 14:30:15",
    Kind.YES_NO: "是",
    Kind.IDENTITY: "990101199001010019",
    Kind.DOCUMENT: "990101199001010019",
    Kind.USCC: USCC,
    Kind.PHONE: "0745-2230001",
    Kind.REGION: HECHENG,
}
KEYS = {"承接机构": USCC, "社工": WORKER}
SPECIAL: dict[tuple[str, str], Any] = {
    ("workers", "identity_number"): WORKER,
    ("workers", "left_on"): "2021-06-30",
    ("stations", "parent"): "K1",
    ("stations", "region"): TUOYUAN,
    ("residents", "home_region"): LITOUYUAN,
    ("service-records", "ended_at"): "2021-06-05 15:30:00",
    ("needs", "urgency"): "2",
    ("service-records", "satisfaction"): "5",
    ("evaluations", "subject_kind"): "站点",
    ("projects", "target_satisfaction"): "90",
}
pytestmark = pytest.mark.usefixtures("everywhere")


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed lists of one code each: the rulebook is not loaded here."""
    known = {"categories": {"B02": "B02"}, "service-items": {"B01": "B01"}}
    monkeypatch.setattr(
        "linzhan.kernel.registers.declare._code_lists", {k: (lambda v=v: v) for k, v in known.items()}
    )


def example(register: Register, column: Column) -> Any:
    """A value of every column, so that nothing is left out of the trip."""
    if (register.key, column.name) in SPECIAL:
        return SPECIAL[register.key, column.name]
    if column.refers_to.startswith("@"):
        return "B02" if column.refers_to == "@categories" else "B01"
    if column.kind is Kind.REFERENCE:
        return KEYS.get(column.refers_to, "K1")
    if column.key and column.kind is Kind.CODE:
        return "K1"
    return column.choices[0] if column.choices else EXAMPLES[column.kind]


def starter() -> list[Register]:
    return [entry for entry in REGISTERS if entry.starter]


@pytest.fixture
def full(everywhere: None) -> None:
    """One row in every sheet, with a value in every column."""
    rows = [
        (entry, {column.name: example(entry, column) for column in entry.sheet.columns})
        for entry in starter()
    ]
    outcomes = save([Incoming.of(entry, [row]) for entry, row in rows])
    wrong = {outcome.register.key: outcome.faults for outcome in outcomes if outcome.faults}
    assert wrong == {}


def told(imported: Imported) -> dict[str, tuple[int, int, int, int]]:
    return {o.register.name: (o.created, o.updated, o.unchanged, o.rejected) for o in imported.outcomes}


def test_there_are_the_seventeen_sheets_of_the_contract() -> None:
    assert len(starter_sheets()) == 17


def test_an_export_of_every_sheet_imports_without_a_change(full: None, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert export_workbook(path) == Exported(17, 0)
    imported = import_workbook(path)
    assert told(imported) == {sheet.name: (0, 0, 1, 0) for sheet in starter_sheets()}
    assert imported.unknown_sheets == []


def test_an_export_for_one_place_holds_the_rows_of_that_place(full: None, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with scope(Scope(regions=(ZHONGFANG,))):
        assert export_workbook(path) == Exported(0, 0)


def test_the_template_is_a_good_file_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, starter_sheets())
    imported = import_workbook(path)
    assert told(imported) == {sheet.name: (0, 0, 0, 0) for sheet in starter_sheets()}
    assert imported.unknown_sheets == []


def headers(path: Path, tab: str) -> set[str]:
    return {str(cell.value).rstrip("*") for cell in load_workbook(path)[tab][1]}


FURTHER = {column.header for column in REGISTERS["service-records"].sheet.columns if not column.starter}


def test_the_template_has_only_the_columns_of_the_starter_workbook(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, starter_sheets())
    assert len(FURTHER) == 8
    assert not headers(path, "服务记录") & FURTHER


def test_an_export_has_a_further_column_only_where_some_row_says_something_in_it(
    full: None, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    ServiceRecord.objects.update(
        tasks=[], travel_minutes=None, paperwork_minutes=None, made_at=None, status="已通过"
    )
    export_workbook(path)
    assert headers(path, "服务记录") & FURTHER == {"补录原因", "退回原因"}
    ServiceRecord.objects.update(status="已作废", tasks=["危机干预"])
    export_workbook(path)
    assert headers(path, "服务记录") & FURTHER == {"补录原因", "退回原因", "审核状态", "职业任务"}
    assert told(import_workbook(path))["服务记录"] == (0, 0, 1, 0)


def test_what_the_platform_derives_is_recognised_in_a_file_and_not_taken_from_it(
    full: None, tmp_path: Path
) -> None:
    path, record = tmp_path / "more.xlsx", REGISTERS["service-records"]
    columns = (*record.sheet.keys, *record.sheet.required, record.column("entry_mode"))
    row = {c.name: example(record, c) for c in columns} | {"entry_mode": "批量导入", "workers": (WORKER,)}
    write_sheets(path, [(Sheet(name="服务记录", columns=tuple(dict.fromkeys(columns))), [row])])
    imported = import_workbook(path)
    assert told(imported) == {"服务记录": (0, 0, 1, 0)}
    assert list(imported.outcomes[0].unknown_columns) == []
    assert ServiceRecord.objects.get().entry_mode == "现场"


def masked_rows(entry: Register) -> Iterator[Mapping[str, Any]]:
    for record in records(entry, entry.model._default_manager.all()):
        yield {name: _masked(cell_of) for name, cell_of in record.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_masked(each) for each in value)
    if isinstance(value, Referred):
        secret = REGISTERS[value.register].sheet.keys[0].kind in SECRET_KINDS
        return masking.mask_identity(value.key) if secret else value.key
    return cell(value) if not hasattr(value, "hex") or isinstance(value, (bytes, float)) else str(value)


def masked_export(path: Path, **changes: Any) -> None:
    """As a browser exports: personal values masked, each row with its 平台编号."""
    sheets = []
    for entry in starter():
        sheet = Sheet(name=entry.sheet.name, columns=(*entry.sheet.columns, replace(PLATFORM_ID)))
        more = changes if entry.key == "volunteers" else {}
        sheets.append((sheet, [{**row, **more} for row in masked_rows(entry)]))
    write_sheets(path, sheets)


def test_a_masked_export_imports_without_a_change(full: None, tmp_path: Path) -> None:
    path = tmp_path / "masked.xlsx"
    masked_export(path)
    assert told(import_workbook(path)) == {sheet.name: (0, 0, 1, 0) for sheet in starter_sheets()}


def test_a_correction_in_a_masked_export_changes_that_and_nothing_else(full: None, tmp_path: Path) -> None:
    path = tmp_path / "masked.xlsx"
    before = Volunteer.objects.get()
    masked_export(path, skills="理发")
    found = told(import_workbook(path))
    assert found.pop("志愿者") == (0, 1, 0, 0)
    assert set(found.values()) == {(0, 0, 1, 0)}
    after = Volunteer.objects.get()
    assert (after.skills, after.name, after.phone) == ("理发", before.name, before.phone)
    assert after.identity_number_index == before.identity_number_index


def test_a_masked_row_of_somebody_elses_is_not_recognised(full: None, tmp_path: Path) -> None:
    path = tmp_path / "masked.xlsx"
    masked_export(path)
    with opened(Scope(regions=(ZHONGFANG,))):
        found = told(import_workbook(path))
    assert found["社工"] == (0, 0, 0, 1)


def test_rejected_rows_of_a_masked_export_do_not_spell_out_what_was_masked(
    full: None, tmp_path: Path
) -> None:
    path = tmp_path / "masked.xlsx"
    with opened(EVERYTHING):
        sheet = REGISTERS["workers"].sheet
        wide = Sheet(name=sheet.name, columns=(*sheet.columns, replace(PLATFORM_ID)))
        rows = [{**row, "post": "无此岗位"} for row in masked_rows(REGISTERS["workers"])]
        write_sheets(path, [(wide, rows)])
        answer = str(import_workbook(path).as_json())
    assert "无此岗位" in answer
    assert WORKER not in answer
