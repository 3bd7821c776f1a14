"""Pay at the desk: the scale as a matrix, and the lines and the list of a payment (PAY-01, PAY-09…13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel import masking
from linzhan.kernel.access import needs
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office import parts
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.requests import holds
from linzhan.workforce.api import (
    EDIT_PAY_SCALE,
    PAY_ALLOWANCES,
    PREPARE_ALLOWANCES,
    VIEW_PAY,
    AllowanceBatch,
    PayScaleLine,
    lines_of,
    payment_list,
)

READY = ("已批准", "已发放")
FIRST = 200


@needs(VIEW_PAY)
@require_safe
def scale(request: HttpRequest) -> HttpResponse:
    """``/pay-scale/``: every scale in force today, posts beside each other, grades below; a cell opens its line."""
    today = timezone.localdate()
    by_place: dict[str, dict[tuple[int, str], PayScaleLine]] = {}
    for line in PayScaleLine.objects.filter(starts_on__lte=today).order_by("region_code", "starts_on"):
        by_place.setdefault(line.region_code, {})[line.grade, line.post] = line
    paths = paths_of(list(by_place))
    actions = []
    if holds(request, EDIT_PAY_SCALE):
        actions = [
            parts.Action(label=_("登记一级"), url="/r/pay-scale/new/", icon="add", style="primary"),
            parts.Action(label=_("导入"), url="/import/", icon="import"),
        ]
    context = {
        "head": parts.PageHead(
            name=_("薪级矩阵"),
            lead=_("岗位和等级由各地自定，金额为每月；点开一格修改，改动按施行日期另立一版。"),
            actions=actions,
        ),
        "tables": [_matrix(paths.get(code, code), lines) for code, lines in by_place.items()],
        "nothing": parts.Empty(
            title=_("还没有薪级表"), body=_("按岗位、等级逐格登记，或从工作簿导入“薪级表”。"), icon="inbox"
        ),
    }
    return render(request, "office/people/scale.html", context)


def _matrix(place: str, lines: Mapping[tuple[int, str], PayScaleLine]) -> parts.Table:
    posts = list(dict.fromkeys(post for _grade, post in lines))
    since: date = max(line.starts_on for line in lines.values())
    return parts.Table(
        id=f"scale-{next(iter(lines.values())).region_code}",
        caption=_("%(place)s · %(day)s 起") % {"place": place.replace("/", " / "), "day": since},
        columns=[
            parts.TableColumn(key="grade", label=_("等级"), lead=True),
            *(parts.TableColumn(key=post, label=post, unit=_("元")) for post in posts),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "grade": _("%d 级") % grade,
                    **{post: _cell(lines.get((grade, post))) for post in posts},
                }
            )
            for grade in sorted({grade for grade, _post in lines})
        ],
    )


def _cell(line: PayScaleLine | None) -> object:
    if line is None:
        return "—"
    stated = [f"{each:,.0f}" for each in (line.minimum, line.maximum) if each is not None]
    return parts.Cell(value="—".join(dict.fromkeys(stated)) or _("未公布"), url=f"/r/pay-scale/{line.pk}/")


@file_head("allowance-batches")
def head(asked: FileAsked) -> HeadMore:
    may = asked.holds(PREPARE_ALLOWANCES) or asked.holds(PAY_ALLOWANCES)
    if not may or asked.row["stage"] not in READY:
        return HeadMore()
    url = f"/allowance-batches/{asked.row['id']}/list/"
    return HeadMore(actions=[parts.Action(label=_("发放名单"), url=url, icon="export")])


@file_part("allowance-batches", template="office/people/lines.html", right=VIEW_PAY)
def lines(asked: FileAsked) -> Mapping[str, object]:
    """Who gets what and why, as it was computed; names masked, amounts as the reader may see them."""
    found = lines_of(asked.row["id"])
    return {
        "table": parts.Table(
            id="lines",
            caption=_("发放明细"),
            columns=[
                parts.TableColumn(key="name", label=_("姓名"), lead=True),
                parts.TableColumn(key="grade", label=_("职业资格")),
                parts.TableColumn(key="why", label=_("依据")),
                parts.TableColumn(key="amount", label=_("金额"), kind="amount", unit=_("元")),
            ],
            rows=[
                parts.TableRow(
                    cells={
                        "name": masking.mask_name(each.worker.name),
                        "grade": each.grade or "—",
                        "why": each.why,
                        "amount": each.amount,
                    }
                )
                for each in found[:FIRST]
            ],
            pager=parts.Pager(text=_("前 %(n)d 条，共 %(all)d 条") % {"n": FIRST, "all": len(found)})
            if len(found) > FIRST
            else None,
            empty=parts.Empty(
                title=_("还没有名单"), body=_("办理“计算名单并提交”时，按津贴标准逐人算出，不用手填。")
            ),
        )
    }


@needs(VIEW_PAY)
@require_safe
@never_cache
def payment(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """``/allowance-batches/<id>/list/``: the list for whoever pays, once it is approved, with names in clear."""
    if not (holds(request, PREPARE_ALLOWANCES) or holds(request, PAY_ALLOWANCES)):
        raise PermissionDenied
    batch = AllowanceBatch.objects.filter(pk=batch_id, stage__in=READY).first()
    if batch is None:
        raise Http404
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "list.xlsx"
        write_sheets(path, payment_list(batch_id))
        name = f"{batch.rule}-{batch.starts_on:%Y%m%d}-{batch.ends_on:%Y%m%d}-发放名单.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
