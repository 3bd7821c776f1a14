"""``/money/accounts/``: the account of a year by month and by head; on the screen, as a workbook, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import money
from linzhan.kernel.access import needs
from linzhan.kernel.documents import Document, Manuscript
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office import parts
from linzhan.office.figures.asked import region_of
from linzhan.office.money import showing
from linzhan.office.sending import XLSX, face_asked, sent, sent_as, ways_to_take
from linzhan.procurement.api import STAGES, VIEW_OVERVIEW, Sums, account_of

PAPER: Final = Path(__file__).with_name("account.typ")
MONEY: Final = tuple(Column(name=kind.value, header=showing.NAMES[kind], kind=Kind.MONEY) for kind in STAGES)
BY_MONTH: Final = Sheet(name="按月", columns=(Column(name="month", header="月份"), *MONEY))
BY_HEAD: Final = Sheet(
    name="按来源和科目",
    columns=(Column(name="source", header="资金来源"), Column(name="head", header="支出科目"), *MONEY),
)


@needs(VIEW_OVERVIEW)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """A place's own books of one year; the months are those of the booking."""
    region = region_of(request)
    year = showing.year_of(request, region)
    months, heads = account_of(region, year)
    base = f"/money/accounts/download/?region={region}&year={year}"
    context = {
        "head": parts.PageHead(
            name=_("月度和年度账"),
            place=showing.place_name(region),
            lead=_("%d 年，按记账日期；县（市、区）含乡镇，市和省只含本级。已结账的月份不能再补记。") % year,
            actions=[
                parts.Action(label=_("下载表格"), url=f"{base}&format=xlsx", icon="export"),
                *ways_to_take(base),
                parts.Action(label=_("月结"), url="/r/money-months/"),
            ],
        ),
        "years": showing.year_tabs(region, year),
        "months": parts.Table(
            caption=_("按月"),
            id="months",
            columns=showing.columns_of_sums(
                parts.TableColumn(key="month", label=_("月份"), lead=True), remaining=False
            ),
            rows=[
                parts.TableRow(
                    id=f"{each.first:%Y-%m}",
                    cells={"month": f"{each.first:%Y-%m}", **showing.cells_of(each.sums)},
                )
                for each in months
            ],
        ),
        "heads": parts.Table(
            caption=_("按来源和科目"),
            id="heads",
            columns=showing.columns_of_sums(
                parts.TableColumn(key="source", label=_("资金来源"), lead=True),
                parts.TableColumn(key="head", label=_("支出科目")),
                remaining=False,
            ),
            rows=[
                parts.TableRow(
                    id=f"{source}-{head}",
                    cells={"source": source, "head": head or None, **showing.cells_of(sums)},
                )
                for (source, head), sums in sorted(heads.items())
            ],
            empty=parts.Empty(title=_("这一年没有账")),
        ),
    }
    return render(request, "office/money/account.html", context)


@needs(VIEW_OVERVIEW)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, to print, or to edit."""
    region = region_of(request)
    year = showing.year_of(request, region)
    months, heads = account_of(region, year)
    by_month = [{"month": f"{each.first:%Y-%m}", **_amounts(each.sums)} for each in months]
    by_head = [
        {"source": source, "head": head, **_amounts(sums)} for (source, head), sums in sorted(heads.items())
    ]
    name = f"{showing.place_name(region)}{year}年资金账"
    if (face := face_asked(request)) is not None:
        return sent_as(_paper(name, by_month, by_head), face)
    with TemporaryDirectory() as directory:
        path = Path(directory) / "account.xlsx"
        write_sheets(path, [(BY_MONTH, by_month), (BY_HEAD, by_head)])
        return sent(path.read_bytes(), XLSX, f"{name}.xlsx")


def _paper(
    name: str, by_month: Sequence[Mapping[str, object]], by_head: Sequence[Mapping[str, object]]
) -> Document:
    stages = [str(showing.NAMES[kind]) for kind in STAGES]
    data = {
        "title": name,
        "about": f"制表时间：{timezone.localtime():%Y-%m-%d %H:%M}",
        "tables": [
            {
                "title": "按月",
                "heads": ["月份", *stages],
                "rows": [_line(row, "month") for row in by_month],
            },
            {
                "title": "按来源和科目",
                "heads": ["来源、科目", *stages],
                "rows": [_line(row, "source", "head") for row in by_head],
            },
        ],
    }
    return Document(name=name, data=data, template=PAPER, face=_written, kind="form")


def _written(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``account.typ``, for Word."""
    paper.title(data["title"])
    paper.note(data["about"])
    for each in data["tables"]:
        paper.heading(each["title"])
        paper.sheet(each["heads"], each["rows"], [1.2, *[1] * (len(each["heads"]) - 1)])


def _amounts(sums: Sums) -> dict[str, object]:
    return {kind.value: sums.net(kind) for kind in STAGES}


def _line(row: Mapping[str, object], *names: str) -> list[str]:
    words = " ".join(str(row[name]) for name in names if row[name])
    return [words, *(money.ledger(row[kind.value]) for kind in STAGES)]  # type: ignore[arg-type]  # sums are Decimal or None
