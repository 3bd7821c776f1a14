"""A county's real workbook in, figures out: exactly what the contract's expected answers say.

``tests/data/hecheng-2021.expected.json`` was made beside the workbook by its generator, without this
house: counts, rejected cells and their keys, 698 figures (IMP-01, FIG-01).
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from linzhan.kernel import places, secrecy
from linzhan.kernel.figures.asking import FigureRequest, compute
from linzhan.kernel.figures.definitions import figure_named
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes, compared, key_attribute, stored_key
from linzhan.kernel.registers.declare import by_sheet
from linzhan.kernel.scope import EVERYTHING, opened
from tests.sample import WORKBOOK, Document, expected, run

EXPECTED = expected()
SHEETS: dict[str, Any] = EXPECTED["import"]["sheets"]
COUNTS = ("rows", "created", "updated", "unchanged", "rejected")
TOLERANCE = Decimal("0.000001")


def sheets(document: Document) -> dict[str, Document]:
    """The answer's sheets by name; the sample has one tab of each."""
    found = {each["sheet"]: each for each in document["sheets"]}
    assert len(found) == len(document["sheets"])
    return found


def counts(sheet: Document) -> dict[str, int]:
    return {name: sheet[name] for name in COUNTS}


def rejected_cells(sheet: Document) -> set[tuple[int, str]]:
    return {(error["row"], error["column"]) for error in sheet["errors"]}


def keys_of_rejected(sheet: Document) -> dict[int, str]:
    return {error["row"]: error["key"] for error in sheet["errors"]}


@pytest.fixture(scope="module")
def second(county: Document) -> Document:
    """The answer to importing the same file again, with the number of changes that history saw."""
    before = changes()
    status, printed = run("import", WORKBOOK, "--json")
    return {"status": status, "document": json.loads(printed), "changes": changes() - before}


def changes() -> int:
    with opened(EVERYTHING), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_auditentry")
        return int(cursor.fetchone()[0])


def test_the_import_recognises_the_sheets_that_are_there(county: Document) -> None:
    assert set(sheets(county["document"])) == set(SHEETS)
    assert county["document"]["unknown_sheets"] == EXPECTED["import"]["unknown_sheets"]
    assert county["document"]["file"] == WORKBOOK.name
    assert county["document"]["dry_run"] is False


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_sheet_has_the_expected_counts(county: Document, name: str) -> None:
    want = SHEETS[name]
    assert counts(sheets(county["document"])[name]) == counts(want)
    assert sheets(county["document"])[name]["tab"] == want["layout"]["tab"]


@pytest.mark.parametrize("name", list(SHEETS))
def test_every_rejected_cell_is_named_and_no_other(county: Document, name: str) -> None:
    wanted = {(each["row"], column) for each in SHEETS[name]["rejects"] for column in each["columns"]}
    assert rejected_cells(sheets(county["document"])[name]) == wanted


@pytest.mark.parametrize("name", list(SHEETS))
def test_a_rejected_row_is_named_by_its_key(county: Document, name: str) -> None:
    wanted = {each["row"]: str(each["key"] or "") for each in SHEETS[name]["rejects"]}
    assert keys_of_rejected(sheets(county["document"])[name]) == wanted


@pytest.mark.parametrize("name", list(SHEETS))
def test_unknown_columns_are_reported(county: Document, name: str) -> None:
    found = sheets(county["document"])[name]["unknown_columns"]
    assert sorted(found) == sorted(SHEETS[name]["layout"]["unknown_columns"])


def test_every_error_says_what_is_wrong(county: Document) -> None:
    for sheet in county["document"]["sheets"]:
        assert all(len(error["message"]) > 5 for error in sheet["errors"])


def test_a_workbook_with_rejected_rows_ends_with_status_one(county: Document) -> None:
    assert county["status"] == EXPECTED["import"]["exit_status"] == 1


def test_a_second_import_changes_nothing(second: Document) -> None:
    assert second["status"] == 1
    assert second["changes"] == 0
    assert {name: counts(each) for name, each in sheets(second["document"]).items()} == EXPECTED["import"][
        "second"
    ]


def test_a_second_import_rejects_the_same_cells(county: Document, second: Document) -> None:
    first, again = sheets(county["document"]), sheets(second["document"])
    assert {name: each["errors"] for name, each in first.items()} == {
        name: each["errors"] for name, each in again.items()
    }


@pytest.mark.parametrize("case", EXPECTED["text_cells"], ids=lambda case: f"{case['sheet']} {case['key']}")
def test_text_that_looks_like_a_formula_stays_text(county: Document, case: Document) -> None:
    assert stored(case) == case["text"]


def stored(case: Document) -> Any:
    """The one cell as the register keeps it."""
    register = by_sheet(case["sheet"])
    column = next(each for each in register.sheet.columns if each.header == case["column"])
    assert column.kind not in SECRET_KINDS
    with opened(EVERYTHING):
        row = register.model._default_manager.filter(
            **{key_attribute(register): stored_key(register, case["key"])}
        )
        return row.values_list(attributes(column)[0], flat=True).get()


def test_identity_numbers_are_kept_sealed(county: Document) -> None:
    """No table holds an identity number in the clear (SEC: L4)."""
    workers = by_sheet("社工")
    column = workers.sheet.keys[0]
    with opened(EVERYTHING):
        kept = list(workers.model._default_manager.values_list(*attributes(column)))
    assert kept
    for sealed, index in kept:
        number = secrecy.open_sealed(sealed)
        assert index == secrecy.blind_index(number)
        assert number.encode() not in bytes(sealed)
    assert compared(column) == ("identity_number_index",)


def test_the_file_that_cannot_be_read_ends_with_status_two(county: Document, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(WORKBOOK.read_bytes()[:5000])
    assert run("import", broken, "--json") == (2, "")


def test_a_dry_run_answers_the_same_and_writes_nothing(county: Document, second: Document) -> None:
    before = changes()
    status, printed = run("import", WORKBOOK, "--json", "--dry-run")
    document = json.loads(printed)
    assert (status, document["dry_run"], changes()) == (1, True, before)
    assert document["sheets"] == second["document"]["sheets"]


def grouped() -> dict[tuple[Any, ...], list[Document]]:
    """Expected figures by the question that answers them: one question for all parts of a split."""
    found: dict[tuple[Any, ...], list[Document]] = defaultdict(list)
    for each in EXPECTED["figures"]:
        found[
            each["figure"],
            each["region"],
            each["period"],
            each["as_of"],
            each.get("by"),
            tuple(sorted(each["dims"])),
        ].append(each)
    return found


def question(key: tuple[Any, ...]) -> FigureRequest:
    figure, region, period, as_of, by, dims = key
    always = set(figure_named(figure).always)
    return FigureRequest(
        figure=figure,
        region=places.pad(region),
        period=parse_period(period) if period else None,
        as_of=date.fromisoformat(as_of) if as_of else None,
        by=by or "",
        split=tuple(dim for dim in dims if dim not in always),
    )


Question = tuple[str, str, str, date | None, str, frozenset[str]]


def asked(request: FigureRequest) -> Question:
    """What tells the answers to ``request`` from those to other questions."""
    dims = frozenset(request.split) | frozenset(figure_named(request.figure).always)
    as_of = request.as_of or (request.period.end if request.period else None)
    period = request.period.text if request.period else ""
    return request.figure, request.region, period, as_of, request.by, dims


def answered(value: FigureValue) -> Question:
    """The question that ``value`` answers (the sample asks by station and project, not by region)."""
    by = value.member[0] if value.member else ""
    return value.figure, value.region, value.period or "", value.as_of, by, frozenset(value.dims)


def answers(wanted: Document, values: list[FigureValue]) -> list[FigureValue]:
    """Those of the values answering one question that ``wanted`` speaks of."""
    by = wanted.get("by")
    return [
        value
        for value in values
        if all(str(value.dims[name]) == str(text) for name, text in wanted["dims"].items())
        and (not by or value.as_json().get(by) == wanted[by])
    ]


def same(found: Any, wanted: Any) -> bool:
    if found is None or wanted is None:
        return found is None and wanted is None
    gap = abs(Decimal(str(found)) - Decimal(str(wanted)))
    return bool(gap <= TOLERANCE * max(1, abs(Decimal(str(wanted)))))


def differs(wanted: Document, values: list[FigureValue]) -> str:
    """What is wrong with the answer to one expected figure; empty when nothing is."""
    found = answers(wanted, values)
    if not found:
        return "" if wanted["value"] in (0, None) else "no answer"
    got = {name: getattr(found[0], name) for name in ("value", "numerator", "denominator")}
    wrong = [name for name in got if name in wanted and not same(got[name], wanted[name])]
    return ", ".join(f"{name} {got[name]} instead of {wanted[name]}" for name in wrong)


def test_every_expected_figure_is_counted_exactly(county: Document) -> None:
    """Value, numerator and denominator of all 698 (``contract/figures.md``)."""
    assert len(EXPECTED["figures"]) == 698
    groups = grouped()
    questions = {key: question(key) for key in groups}
    found: dict[Question, list[FigureValue]] = defaultdict(list)
    with opened(EVERYTHING):
        for value in compute(questions.values()):
            found[answered(value)].append(value)
    wrong = [
        f"{each['id']} {each['figure']} {each['dims']}: {fault}"
        for key, wanted in groups.items()
        for each in wanted
        if (fault := differs(each, found[asked(questions[key])]))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def exported(county: Document, second: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything stored, as ``linzhan export`` writes it."""
    path = tmp_path_factory.mktemp("export") / "out.xlsx"
    assert run("export", path)[0] == 0
    return path


def test_what_was_exported_comes_back_unchanged(exported: Path) -> None:
    """Every stored row is in the export, and importing it rejects, creates and changes nothing."""
    before = changes()
    status, printed = run("import", exported, "--json")
    found = sheets(json.loads(printed))
    moved = {name: counts(each) for name, each in found.items() if each["rows"] != each["unchanged"]}
    assert (status, moved, changes() - before) == (0, {}, 0)
    kept = {name: each["rows"] - each["rejected"] for name, each in SHEETS.items()}
    twins = {name: each["unchanged"] for name, each in SHEETS.items()}  # repeats within the file are one row
    assert {name: found[name]["rows"] for name in kept if kept[name]} == {
        name: kept[name] - twins[name] for name in kept if kept[name]
    }


@pytest.mark.parametrize("case", EXPECTED["text_cells"], ids=lambda case: f"{case['sheet']} {case['key']}")
def test_text_that_looks_like_a_formula_is_exported_as_text(exported: Path, case: Document) -> None:
    """A spreadsheet must not compute it: the cell is a string, with no formula behind it."""
    cells = [cell for row in tab(exported, case["sheet"]) for cell in row if cell.value == case["text"]]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


@cache
def tab(path: Path, name: str) -> list[tuple[Any, ...]]:
    book = load_workbook(path, read_only=True)
    return [tuple(row) for row in book[name].iter_rows()]
