"""What of purchases waits on the work bench."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.policy.api import NoRuling, purchasing, ruling_for
from linzhan.procurement.api import (
    EDIT_PLAN,
    EDIT_PURCHASES,
    Milestone,
    ProjectProgress,
    unfiled,
)

A_YEAR = timedelta(days=365)


@waiting("projects.lagging", EDIT_PURCHASES)
def lagging(reader: Reader) -> Waiting | None:
    """Contracts whose progress lags behind time by more than the rulebook's line (TGT-12)."""
    try:
        line = ruling_for(purchasing.LAG_NOTICE, region=reader.region, on=reader.today).value
    except NoRuling:
        return None
    rows = ProjectProgress.objects.filter(lag__lt=Decimal(line) / 100)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 个项目进度落后") % n,
            url="/progress/?show=behind",
            note=_("进度系数低于 %s%%") % line,
            verb=_("查看"),
        ),
    )


@waiting("milestones.late", EDIT_PLAN)
def late(reader: Reader) -> Waiting:
    """Milestones that are due, not reached, and of which nobody says why (PUR-21)."""
    rows = Milestone.objects.filter(
        done_on__isnull=True, due_on__gte=reader.today - A_YEAR, due_on__lt=reader.today, deviation=""
    )
    return Waiting(
        rows,
        lambda n: Duty(title=_("%d 个里程碑逾期，没有写明原因") % n, url="/r/milestones/", verb=_("填写")),
        due="due_on",
    )


@waiting("projects.unfiled", EDIT_PURCHASES)
def without_file(reader: Reader) -> Waiting:
    """Projects of an import that have no purchase file, as far as their contract still runs."""
    return Waiting(
        unfiled().filter(ends_on__gte=reader.today),
        lambda n: Duty(
            title=_("%d 个执行中的项目没有采购档案") % n, url="/purchases/unfiled/", verb=_("补建")
        ),
    )
