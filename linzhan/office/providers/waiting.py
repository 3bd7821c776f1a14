"""What of institutions waits on the work bench, besides approvals."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from linzhan.kernel.registers.awaiting import awaiting
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.policy.api import providers as rulebook
from linzhan.providers.api import (
    ANSWER_SANCTIONS,
    EDIT_OWN,
    PROPOSE_SANCTIONS,
    Sanction,
    SanctionStage,
    SanctionStatement,
    TradeNotice,
    TradeNoticeStage,
    unreported,
)


@waiting("providers.annual", EDIT_OWN)
def annual(reader: Reader) -> Waiting | None:
    """Reports of last year that are not in; from New Year until the registrar's last day (INS-07)."""
    try:
        rule = ruling_for(rulebook.ANNUAL_INSPECTION, region=reader.region, on=reader.today).value
    except NoRuling:
        return None
    year = reader.today.year - 1
    last = date(year + 1, rule.registrar_month, rule.registrar_day)
    if reader.today > last:
        return None
    return Waiting(
        unreported(year, rule.exempt_months),
        lambda n: Duty(
            title=_("%(n)d 家机构没有报送 %(year)d 年度工作报告") % {"n": n, "year": year},
            url="/r/annual-inspections/",
            note=_("%(month)d 月 %(day)d 日前报业务主管单位")
            % {"month": rule.supervisor_month, "day": rule.supervisor_day},
            verb=_("登记"),
        ),
        on=last,
    )


@waiting("providers.sanctions.answered", PROPOSE_SANCTIONS)
def answered(reader: Reader) -> Waiting:
    """Announced sanctions whose time to answer is over: somebody hears or decides (FIL-08).

    Those that the reader may decide are told as approvals.
    """
    decided = awaiting(REGISTERS["provider-sanctions"], reader.rights).values("pk")
    rows = Sanction.objects.filter(stage=SanctionStage.NOTIFIED, reply_by__lt=reader.today)
    rows = rows.exclude(pk__in=decided)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 项对机构的处理陈述申辩期已满") % n,
            url="/r/provider-sanctions/",
            note=_("听证或作出决定；决定由没有经手告知的人作出"),
            verb=_("办理"),
        ),
        due="reply_by",
    )


@waiting("providers.sanctions.announced", ANSWER_SANCTIONS)
def announced(reader: Reader) -> Waiting | None:
    """What is intended against one's own institution, while it may still be answered (FIL-08)."""
    if PROPOSE_SANCTIONS in reader.rights:
        return None
    said = SanctionStatement.objects.filter(sanction_id=OuterRef("pk"))
    rows = Sanction.objects.filter(stage=SanctionStage.NOTIFIED, reply_by__gte=reader.today)
    return Waiting(
        rows.filter(~Exists(said)),
        lambda n: Duty(
            title=_("%d 项对本机构的处理已告知，可以陈述申辩") % n,
            url="/r/provider-sanctions/",
            note=_("写明不同意见，也可以要求听证；期满后由主管部门决定"),
            verb=_("陈述"),
        ),
        due="reply_by",
    )


@waiting("providers.notices", ANSWER_SANCTIONS)
def notices(_reader: Reader) -> Waiting:
    """Warnings and mediations of an association that the institution has not answered (RSK-06)."""
    return Waiting(
        TradeNotice.objects.filter(stage=TradeNoticeStage.RAISED),
        lambda n: Duty(
            title=_("%d 项行业预警调处等机构意见") % n,
            url="/r/trade-notices/",
            note=_("写明情况和打算；不是处罚"),
            verb=_("答复"),
        ),
        due="reply_by",
    )
