"""The pages of the money desk, and the way from a contract's file to its books."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.office import parts
from linzhan.office.navigation import page
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head
from linzhan.procurement.api import VIEW_BANK, VIEW_LEDGER, VIEW_OVERVIEW

page("money", "资金", lazy("资金总览"), "money", VIEW_OVERVIEW, 1)
page("money-ratios", "资金", lazy("资金比例"), "money-ratios", VIEW_OVERVIEW, 2)
page("money-composition", "资金", lazy("资金构成"), "money-composition", VIEW_OVERVIEW, 3, beside=True)
page("money-accounts", "资金", lazy("月度和年度账"), "money-accounts", VIEW_OVERVIEW, 3)
page("money-books", "资金", lazy("项目账"), "money-books", VIEW_LEDGER, 4, beside=True)
page("money-bank", "资金", lazy("对账"), "money-bank", VIEW_BANK, 5)


@file_head("projects")
def to_the_books(asked: FileAsked) -> HeadMore:
    """From a contract to its own account."""
    if not asked.holds(VIEW_LEDGER):
        return HeadMore()
    return HeadMore(actions=[parts.Action(label=_("项目账"), url=f"/money/books/{asked.row['id']}/")])
