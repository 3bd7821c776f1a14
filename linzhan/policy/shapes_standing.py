"""Composite values about the standing of institutions: the calendar of the year, ratings, lists (``domain.md`` §4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linzhan.policy.valuetypes import COUNT, TEXT, Codes, Text, Whole, maybe, part

MONTH = Whole(minimum=1, maximum=12)
MONTH_DAY = Whole(minimum=1, maximum=31)
GRADES = Text(choices=("1A", "2A", "3A", "4A", "5A"))


@dataclass(frozen=True, kw_only=True)
class AnnualInspectionRule:
    """When the report of a year is due in the next one, who is exempt, and what a bad result leads to."""

    supervisor_month: int = part(_("报业务主管单位月份"), MONTH, unit="月")
    supervisor_day: int = part(_("报业务主管单位日"), MONTH_DAY, unit="日")
    registrar_month: int = part(_("报登记机关月份"), MONTH, unit="月")
    registrar_day: int = part(_("报登记机关日"), MONTH_DAY, unit="日")
    exempt_months: int = part(_("当年登记未满可免检"), COUNT, unit="个月")
    rectification_months: int = part(_("整改期限"), COUNT, unit="个月")
    revoked_after: int = part(_("连续未参加或不合格即撤销登记"), COUNT, unit="年")


@dataclass(frozen=True, kw_only=True)
class RatingRule:
    """How long a rating holds, and who may apply for one when."""

    valid_years: int = part(_("有效期"), COUNT, unit="年")
    again_years: int = part(_("期满前可申请"), COUNT, unit="年")
    first_years: int = part(_("登记满几年可首次申请"), COUNT, unit="年")
    downgraded_years: int = part(_("降级后不得申请"), COUNT, unit="年")
    withdrawn_years: int = part(_("取消后不得申请"), COUNT, unit="年")
    return_days: int = part(_("证书交回期限"), COUNT, unit="日")
    preferred_from: str = part(_("购买服务优先等级"), GRADES)
    simplified_from: str = part(_("简化年检等级"), GRADES)


@dataclass(frozen=True, kw_only=True)
class ListingRule:
    """From the list of abnormal operation to that of serious dishonesty, and what the latter costs."""

    dishonest_after: int = part(_("列入异常名录满几年转入失信名单"), COUNT, unit="年")
    entered_within: int = part(_("信息录入期限"), COUNT, unit="个工作日")
    consequences: tuple[str, ...] = part(_("失信名单的后果"), Codes())


@dataclass(frozen=True, kw_only=True)
class TwinningRule:
    """How much help from a twin a worker gets, and in what (INS-26, INS-27)."""

    days_per_worker: int = part(_("每名社工每年帮扶须超过"), COUNT, unit="个工作日")
    workers: int | None = maybe(_("受助社工人数"), COUNT, unit="人")
    topics: tuple[str, ...] = part(_("帮扶内容"), Codes(), default=())
    form: str | None = maybe(_("方式"), TEXT)


@dataclass(frozen=True, kw_only=True)
class SupervisionRule:
    """How often a worker is supervised in a month, and a new one (SPV-03; ``domain.md`` §11)."""

    times: int = part(_("每名社工每月"), COUNT, unit="次")
    hours: int = part(_("每名社工每月"), COUNT, unit="小时")
    new_times: int = part(_("新入职社工每月"), COUNT, unit="次")
    new_months: int = part(_("新入职按几个月内计"), COUNT, unit="个月")
