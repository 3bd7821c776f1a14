"""``/money/bank/``: lines of the bank beside what they may be in the books; a person confirms each pair."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from linzhan.kernel.access import needs
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.figures.asked import region_of, sees_an_area
from linzhan.office.requests import at_desk, demand, holds
from linzhan.procurement.api import (
    BANK_LINES,
    EDIT_BANK,
    VIEW_BANK,
    BankLine,
    FundMovement,
    reconciliation,
)


@needs(VIEW_BANK)
def page(request: HttpRequest) -> HttpResponse:
    """Suggested pairs with what speaks for them, and what is left on either side."""
    region = region_of(request) if sees_an_area(request) else "0" * 12
    if request.method == "POST":
        demand(request, EDIT_BANK)
        _confirm(request)
        return HttpResponseRedirect(request.get_full_path())
    found = reconciliation(region)
    context = {
        "head": parts.PageHead(
            name=_("对账"),
            lead=_(
                "同额、同方向，且凭证号相同或日期相差不超过 %d 天的，列为可能的一对；是不是同一笔，由您确认。"
            )
            % found.window,
            actions=[
                parts.Action(label=_("银行流水"), url="/r/bank-lines/"),
                parts.Action(label=_("导入银行对账单"), url="/import/", icon="import"),
            ],
        ),
        "pairs": [
            {
                "line": each.line,
                "movement": each.movement,
                "amount": each.movement.amount,
                "why": _why(each.days, by_voucher=each.by_voucher),
                "sure": each.sure,
            }
            for each in found.suggested
        ],
        "may": holds(request, EDIT_BANK),
        "lines": _lines(found.lines),
        "movements": _movements(found.movements),
        "empty": parts.Empty(
            title=_("没有可以配对的银行流水"),
            body=_("导入银行对账单后，这里列出与资金流水可能相同的每一笔。"),
        ),
    }
    return render(request, "office/money/bank.html", context)


def _why(days: int, *, by_voucher: bool) -> str:
    near = _("同一天") if not days else _("相差 %d 天") % days
    return _("凭证号相同，%s") % near if by_voucher else near


def _confirm(request: HttpRequest) -> None:
    """Match the chosen pairs, each by the step of its line; one that no longer fits is told of."""
    done = 0
    for pair in request.POST.getlist("pair"):
        line, _sign, movement = pair.partition(":")
        try:
            take(
                BANK_LINES, UUID(line), "match", {"movement": UUID(movement)}, rights=at_desk(request).rights
            )
            done += 1
        except (StepRefused, LookupError, ValueError) as refused:
            messages.error(request, str(refused) or _("这条银行流水不在您的范围内"))
    if done:
        messages.success(request, _("已对上 %d 笔") % done)


def _lines(lines: object) -> parts.Table:
    assert isinstance(lines, list)
    rows: list[BankLine] = lines
    return parts.Table(
        caption=_("账上没有的银行流水"),
        id="lines",
        columns=[
            parts.TableColumn(key="code", label=_("银行流水号"), lead=True),
            parts.TableColumn(key="on", label=_("交易日期"), kind="date"),
            parts.TableColumn(key="out", label=_("借方发生额"), kind="money"),
            parts.TableColumn(key="in", label=_("贷方发生额"), kind="money"),
            parts.TableColumn(key="summary", label=_("摘要")),
        ],
        rows=[
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/bank-lines/{each.pk}/",
                cells={
                    "code": each.code, "on": each.happened_on, "out": each.paid_out, "in": each.paid_in,
                    "summary": each.summary,
                },
            )
            for each in rows
        ],
        empty=parts.Empty(title=_("没有")),
    )  # fmt: skip


def _movements(movements: object) -> parts.Table:
    assert isinstance(movements, list)
    rows: list[FundMovement] = movements
    return parts.Table(
        caption=_("银行没有的资金流水"),
        id="movements",
        columns=[
            parts.TableColumn(key="code", label=_("流水号"), lead=True),
            parts.TableColumn(key="on", label=_("日期"), kind="date"),
            parts.TableColumn(key="kind", label=_("类型")),
            parts.TableColumn(key="amount", label=_("金额"), kind="money"),
            parts.TableColumn(key="summary", label=_("摘要")),
        ],
        rows=[
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/funds/{each.pk}/",
                cells={
                    "code": each.code, "on": each.moved_on, "kind": each.kind, "amount": each.amount,
                    "summary": each.summary,
                },
            )
            for each in rows
        ],
        empty=parts.Empty(title=_("没有")),
    )  # fmt: skip
