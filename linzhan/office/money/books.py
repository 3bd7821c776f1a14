"""``/money/books/``: the account of each contract by itself (专款专用, 分账核算; ``domain.md`` §5.4)."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.scope import current_scope
from linzhan.office import parts
from linzhan.office.figures.asked import own_region, sees_an_area
from linzhan.office.money import showing
from linzhan.office.registers.showing import TONES
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.procurement.api import (
    STAGES,
    VIEW_LEDGER,
    EntryKind,
    ServiceProject,
    book_of,
    composition,
    projects_with_books,
)

SHOWN = 100
REASONS = {
    EntryKind.LESS_BUDGET: "bad",
    EntryKind.RELEASE: "off",
    EntryKind.REFUND: "bad",
    EntryKind.LESS_EXPENDITURE: "bad",
}


@needs(VIEW_LEDGER)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Contracts with something booked in a year; an institution sees its own."""
    wanted = request.GET.get("region", "") or own_region(request)
    if sees_an_area(request) and not current_scope().covers_region(wanted):
        raise Http404
    region = wanted if sees_an_area(request) else "0" * 12
    year = showing.year_of(request, region)
    found = list(projects_with_books(region, year, SHOWN))
    context = {
        "head": parts.PageHead(
            name=_("项目账"), lead=_("每个项目一本账，新登记的在前；点开看每一笔和费用构成。")
        ),
        "years": showing.year_tabs(wanted, year),
        "table": parts.Table(
            caption=_("项目账"),
            columns=[
                parts.TableColumn(key="name", label=_("项目"), lead=True),
                parts.TableColumn(key="amount", label=_("合同金额"), kind="money"),
                parts.TableColumn(key="starts", label=_("合同开始"), kind="date"),
                parts.TableColumn(key="ends", label=_("合同结束"), kind="date"),
                parts.TableColumn(key="status", label=_("状态")),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url=f"/money/books/{each.pk}/",
                    cells={
                        "name": parts.Cell(value=each.name, note=each.code),
                        "amount": each.contract_amount,
                        "starts": each.starts_on,
                        "ends": each.ends_on,
                        "status": each.status,
                    },
                )
                for each in found
            ],
            empty=parts.Empty(
                title=_("这一年没有记到项目上的账"), body=_("资金流水填了项目编号，就记到该项目的账上。")
            ),
        ),
    }
    return render(request, "office/money/ratios.html", context)


@needs(VIEW_LEDGER)
@require_safe
def one(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The book of one contract: every entry, sums, and what the money went into."""
    project = ServiceProject.objects.filter(pk=project_id).first()
    if project is None:
        raise Http404
    book = book_of(project_id)
    heads = composition(dict(book.spent), _usual(project.region_code))
    unusual = [each for each in heads if each.unusual]
    context = {
        "head": parts.PageHead(
            name=project.name,
            place=_("项目账"),
            place_url="/money/books/",
            status=parts.Status(project.status, TONES.get(project.status, "")),
            facts=[parts.Fact(_("合同金额"), project.contract_amount, "money")],
            actions=[parts.Action(label=_("项目档案"), url=f"/r/projects/{project.pk}/")],
            troubles=[
                parts.Notice(
                    text=_("费用构成与常见比例不同：%s；只作提醒") % "、".join(each.head for each in unusual),
                    tone="info",
                )
            ]
            if unusual
            else [],
        ),
        "facts": [
            *(parts.Fact(showing.NAMES[kind], book.sums.net(kind), "money") for kind in STAGES),
            parts.Fact(
                _("合同未付"), project.contract_amount - (book.sums.net(EntryKind.PAYMENT) or 0), "money"
            ),
        ],
        "heads": parts.Table(
            caption=_("费用构成"),
            id="heads",
            columns=[
                parts.TableColumn(key="head", label=_("支出科目"), lead=True),
                parts.TableColumn(key="amount", label=_("支出"), kind="money"),
                parts.TableColumn(key="share", label=_("占比"), kind="percent"),
                parts.TableColumn(key="usual", label=_("常见比例")),
            ],
            rows=[
                parts.TableRow(
                    id=each.head,
                    tone="late" if each.unusual else "",
                    cells={
                        "head": each.head,
                        "amount": each.amount,
                        "share": each.share,
                        "usual": each.usual or None,
                    },
                )
                for each in heads
            ],
        ),
        "entries": parts.Table(
            caption=_("账目"),
            id="entries",
            columns=[
                parts.TableColumn(key="on", label=_("记账日期"), kind="date"),
                parts.TableColumn(key="kind", label=_("类型"), lead=True),
                parts.TableColumn(key="way", label=_("转出 → 转入")),
                parts.TableColumn(key="source", label=_("资金来源")),
                parts.TableColumn(key="head", label=_("支出科目")),
                parts.TableColumn(key="amount", label=_("金额"), kind="money"),
                parts.TableColumn(key="note", label=_("说明")),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    cells={
                        "on": each.booked_on,
                        "kind": each.kind,
                        "way": f"{each.out_of_pot} → {each.into_pot}",
                        "source": each.source,
                        "head": each.head or None,
                        "amount": each.amount,
                        "note": _("更正前的冲回") if each.reverses_id else None,
                    },
                )
                for each in book.entries
            ],
            empty=parts.Empty(title=_("这个项目还没有账"), body=_("资金流水填了项目编号，就记到这里。")),
        ),
    }
    return render(request, "office/money/book.html", context)


def _usual(region: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    try:
        ruling = ruling_for(procurement.COST_SHARES, region=region, on=timezone.localdate())
    except NoRuling:
        return []
    return [(each.head, each.at_least, each.at_most) for each in ruling.value]
