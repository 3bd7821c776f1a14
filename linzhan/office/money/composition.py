"""``/money/composition/``: what a place's money is made of, by the formula of its place (FND-12).

On the screen and printed from it, as a workbook, set for paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from linzhan.kernel import money
from linzhan.kernel.access import needs
from linzhan.kernel.documents import Document, Manuscript
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office import parts
from linzhan.office.figures.asked import region_of
from linzhan.office.money import showing
from linzhan.office.regions.names import paths_of
from linzhan.office.sending import XLSX, face_asked, sent, sent_as, ways_to_take
from linzhan.procurement.api import (
    STAGES,
    VIEW_OVERVIEW,
    Composed,
    Composition,
    EntryKind,
    Part,
    composed,
    day_of_year,
    in_words,
)

PAPER: Final = Path(__file__).with_name("composition.typ")
USUAL: Final = EntryKind.PAYMENT
BESIDE: Final = lazy("其他来源")
LINES: Final = Sheet(
    name="资金构成",
    columns=(
        Column(name="part", header="构成"),
        Column(name="line", header="来源"),
        Column(name="level", header="级次"),
        Column(name="amount", header="金额", kind=Kind.MONEY),
        Column(name="share", header="占比(%)", kind=Kind.DECIMAL),
        Column(name="words", header="说明"),
    ),
)


def _stage_of(request: HttpRequest) -> EntryKind:
    """The stage of money that is looked at: 拨付 unless the address says another."""
    given = request.GET.get("of", "")
    return EntryKind(given) if given in STAGES else USUAL


def _found(request: HttpRequest) -> tuple[str, int, EntryKind, Composed]:
    region, kind = region_of(request), _stage_of(request)
    year = showing.year_of(request, region)
    return region, year, kind, composed(region, year, day_of_year(year), kind)


@needs(VIEW_OVERVIEW)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The parts with their lines; below a city or a province the units beside each other."""
    region, year, kind, found = _found(request)
    asked = f"region={region}&year={year}&of={kind}"
    base = reverse("office:money-composition-download")
    context = {
        "head": parts.PageHead(
            name=_("资金构成"),
            place=showing.place_name(region),
            lead=_("%(year)d 年，记账的各项按“%(stage)s”净额；没有登记过的写“—”，不当作零。")
            % {"year": year, "stage": showing.NAMES[kind]},
            actions=[
                parts.Action(label=_("下载表格"), url=f"{base}?{asked}&format=xlsx", icon="export"),
                *ways_to_take(f"{base}?{asked}"),
            ],
            troubles=_troubles(found),
        ),
        "years": showing.year_tabs(region, year, more=f"&of={kind}"),
        "filters": parts.Filters(
            fields=[
                parts.Field(
                    name="of", label=_("记账的各项按"), kind="select", value=kind,
                    choices=[(each.value, showing.NAMES[each]) for each in STAGES],
                )
            ],
            action=reverse("office:money-composition"),
            keep={"region": region, "year": str(year)},
        ),
        "lines": _lines(found.whole),
        "beside": _beside(found.whole.beside),
        "units": _units(found, year, kind) if len(found.by_unit) > 1 else None,
        "basis": found.citation,
    }  # fmt: skip
    return render(request, "office/money/composition.html", context)


def _troubles(found: Composed) -> list[parts.Notice]:
    if not found.strange:
        return []
    text = _("规则库里的“%s”平台不知道由哪些账归集，没有列出；请核对资金渠道的写法") % "、".join(
        found.strange
    )
    return [parts.Notice(text=text, tone="warning")]


def _lines(whole: Composition) -> parts.Table:
    """Each part with the lines it is made of."""
    rows = []
    for name, part in whole.parts.items():
        share = whole.share(part)
        rows.append(
            parts.TableRow(
                id=name,
                cells={
                    "part": parts.Cell(value=name, note=_of_part(part)),
                    "amount": part.amount,
                    "share": None if share is None else parts.Meter(value=share, text=f"{share:.1f}%"),
                },
            )
        )
    return parts.Table(
        id="composition",
        caption=_("资金构成"),
        columns=[
            parts.TableColumn(key="part", label=_("构成"), lead=True),
            parts.TableColumn(key="amount", label=_("金额"), kind="money"),
            parts.TableColumn(key="share", label=_("占比")),
        ],
        rows=rows,
        totals={"amount": whole.amount},
        totals_label=_("合计"),
    )


def _beside(part: Part) -> parts.Table | None:
    """Booked sources that the formula does not name."""
    if not part.pieces:
        return None
    return parts.Table(
        id="beside",
        caption=str(BESIDE),
        columns=[
            parts.TableColumn(key="source", label=_("资金来源"), lead=True),
            parts.TableColumn(key="level", label=_("级次")),
            parts.TableColumn(key="amount", label=_("金额"), kind="money"),
        ],
        rows=[
            parts.TableRow(
                cells={"source": each.name, "level": each.level or None, "amount": each.amount},
            )
            for each in part.in_order()
        ],
    )


def _of_part(part: Part) -> str:
    """The lines of a part in one sentence: source, level, amount and how it counts."""
    told = []
    for piece in part.in_order():
        words = in_words(piece)
        name = f"{piece.name}（{piece.level}）" if piece.level else piece.name
        amount = money.ledger(piece.amount)
        told.append(f"{name} {amount}（{words}）" if words else f"{name} {amount}")
    return "；".join(told) or _("没有登记")


def _units(found: Composed, year: int, kind: EntryKind) -> parts.Table:
    """One row for each county (or own books of a city), one column for each part."""
    names = paths_of(found.by_unit)
    parted = list(found.whole.parts)
    beside = any(each.beside.amount is not None for each in found.by_unit.values())
    columns = [parts.TableColumn(key=name, label=name, kind="money") for name in parted]
    if beside:
        columns.append(parts.TableColumn(key="beside", label=str(BESIDE), kind="money"))
    return parts.Table(
        id="units",
        caption=_("按地方"),
        columns=[
            parts.TableColumn(key="place", label=_("地方"), lead=True),
            *columns,
            parts.TableColumn(key="whole", label=_("合计"), kind="money", help=_("不含其他来源")),
        ],
        rows=[
            parts.TableRow(
                id=code,
                url=f"{reverse('office:money-composition')}?region={code}&year={year}&of={kind}",
                cells={
                    "place": names[code].rpartition("/")[2],
                    **{name: part.amount for name, part in each.parts.items()},
                    "beside": each.beside.amount,
                    "whole": each.amount,
                },
            )
            for code, each in sorted(found.by_unit.items())
        ],
        wide=True,
    )


@needs(VIEW_OVERVIEW)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as a workbook (lines, and units beside each other), or set for paper."""
    region, year, kind, found = _found(request)
    name = f"{showing.place_name(region)}{year}年资金构成"
    lines = list(_told(found.whole))
    units = _units(found, year, kind)
    if (face := face_asked(request)) is not None:
        return sent_as(_paper(name, kind, found, lines, units), face)
    by_unit = Sheet(
        name="按地方",
        columns=tuple(
            Column(name=each.key, header=each.label, kind=Kind.MONEY if each.kind == "money" else Kind.TEXT)
            for each in units.columns
        ),
    )
    with TemporaryDirectory() as directory:
        path = Path(directory) / "composition.xlsx"
        write_sheets(path, [(LINES, lines), (by_unit, [dict(row.cells) for row in units.rows])])
        return sent(path.read_bytes(), XLSX, f"{name}.xlsx")


def _told(whole: Composition) -> Iterable[dict[str, object]]:
    """Every line of every part, the part's own sum first; what stands beside the formula last."""
    for part in (*whole.parts.values(), whole.beside):
        beside = part is whole.beside
        if beside and not part.pieces:
            continue
        name, share = str(BESIDE) if beside else part.name, None if beside else whole.share(part)
        share = None if share is None else share.quantize(Decimal("0.1"))
        yield {"part": name, "line": "", "level": "", "amount": part.amount, "share": share, "words": ""}
        for each in part.in_order():
            yield {
                "part": name, "line": each.name, "level": each.level, "amount": each.amount, "share": None,
                "words": in_words(each),
            }  # fmt: skip


def _paper(
    name: str, kind: EntryKind, found: Composed, lines: list[dict[str, object]], units: parts.Table
) -> Document:
    keys = [each.key for each in units.columns]
    at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    about = f"记账的各项按“{showing.NAMES[kind]}”净额；“—”为没有登记。制表时间：{at}"
    data = {
        "title": name,
        "about": [about, *([f"依据：{found.citation}"] if found.citation else [])],
        "heads": ["构成、来源", "金额", "占比", "说明"],
        "lines": [
            [
                ("　" if row["line"] else "")
                + str(row["line"] or row["part"])
                + (f"（{row['level']}）" if row["level"] else ""),
                _amount(row["amount"]),
                "" if row["share"] is None else f"{row['share']}%",
                str(row["words"]),
            ]
            for row in lines
        ]
        + [["合计", _amount(found.whole.amount), "", ""]],
        "places": [str(each.label) for each in units.columns],
        "units": [[_bare(row.cells[key]) for key in keys] for row in units.rows]
        if len(units.rows) > 1
        else [],
    }
    return Document(name=name, data=data, template=PAPER, face=_written, kind="form")


def _written(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``composition.typ``, for Word."""
    paper.title(data["title"])
    for line in data["about"]:
        paper.note(line)
    paper.sheet(data["heads"], data["lines"], (1.6, 1, 0.6, 1.8))
    if data["units"]:
        paper.heading("按地方（元）")
        paper.sheet(data["places"], data["units"])


def _amount(value: object) -> str:
    return money.ledger(value) if value is None or isinstance(value, Decimal) else str(value)


def _bare(value: object) -> str:
    """An amount in a narrow column, whose head says the unit."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else money.MISSING if value is None else str(value)
