"""Terms of registration, credits and sanctions on plain values (FIL-05, FIL-08; ``domain.md`` §3.2, §3.3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from linzhan.kernel.checks import Outcome
from linzhan.workforce.assigning.rules import Verdict
from linzhan.workforce.filing.rules import months_after


def first_in_time(passed_on: date | None, submitted_on: date, months: int) -> Verdict:
    """The first registration follows within some months of the certificate."""
    if passed_on is None:
        return Outcome.UNKNOWN, "没有填写证书通过日期，无法核对首次登记期限"
    latest = months_after(passed_on, months)
    if submitted_on > latest:
        return (
            Outcome.WARN,
            f"{passed_on} 通过，应在 {latest} 前首次登记（{months} 个月内），现为 {submitted_on}",
        )
    return Outcome.PASS, f"{passed_on} 通过，{latest} 前首次登记"


def again_in_time(until: date | None, submitted_on: date, days: int) -> Verdict:
    """Registration is renewed in the last days of its term."""
    if until is None:
        return Outcome.UNKNOWN, "没有填写原登记有效期，无法核对办理期"
    opens = until - timedelta(days=days)
    if submitted_on > until:
        return Outcome.WARN, f"原登记已于 {until} 到期"
    if submitted_on < opens:
        return Outcome.WARN, f"原登记 {until} 到期，{opens} 起方可再次登记"
    return Outcome.PASS, f"在办理期内（{opens} 至 {until}）"


def degree_within(hours: Decimal, limit: int) -> Verdict:
    if hours > limit:
        return Outcome.WARN, f"学历教育一次折算 {limit} 学时，现填 {hours.normalize():f} 学时"
    return Outcome.PASS, f"{hours.normalize():f} 学时，不超过 {limit} 学时"


def heard(objection_until: date | None, on: date, *, objected: bool) -> str:
    """Why a decision has to wait; empty where it need not: the person spoke, or the time for it is over."""
    if objection_until is None:
        return "还没有告知当事人"
    if not objected and on <= objection_until:
        return f"申辩期到 {objection_until}，当事人还可以陈述申辩，期满后再决定"
    return ""


def barred_until(decided_on: date, years: int) -> date:
    """The first day on which a bar of some years no longer holds."""
    return months_after(decided_on, years * 12)
