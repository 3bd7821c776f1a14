"""Limits of filings and leavings on plain values (FIL-02, FIL-03)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from linzhan.kernel.checks import Outcome
from linzhan.workforce.assigning.rules import Verdict

MONTHS = 12


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def late_by(happened_on: date, submitted_on: date, limit: int) -> int:
    """Days after the last day on which filing would have been in time."""
    return max(0, (submitted_on - happened_on - timedelta(days=limit)).days)


def within_limit(happened_on: date, submitted_on: date, limit: int) -> Verdict:
    due, late = happened_on + timedelta(days=limit), late_by(happened_on, submitted_on, limit)
    if late:
        return (
            Outcome.WARN,
            f"应在 {due} 前备案（{limit} 日内），逾期 {late} 日；仍请提交，逾期情况会如实记录",
        )
    return Outcome.PASS, f"{due} 前备案（{limit} 日内）"


def notice_given(requested_on: date, leaves_on: date, months: int) -> Verdict:
    """Somebody who leaves of their own will says so some months ahead."""
    earliest = months_after(requested_on, months)
    if leaves_on < earliest:
        told = f"{requested_on} 申请，应提前 {months} 个月，最早 {earliest} 离职，现为 {leaves_on}"
        return Outcome.STOP, told
    return Outcome.PASS, f"{requested_on} 申请，{leaves_on} 离职，已提前 {months} 个月"


def within_span(requested_on: date, leaves_on: date, months: int) -> Verdict:
    """From the request to the last day; the post is to be filled within it."""
    latest = months_after(requested_on, months)
    if leaves_on > latest:
        told = f"{requested_on} 申请，前后最长 {months} 个月，应在 {latest} 前离职，现为 {leaves_on}"
        return Outcome.STOP, told
    return Outcome.PASS, f"前后不超过 {months} 个月（{latest} 前）"


def replaced(replacement_hired_on: date | None, replacement_left_on: date | None, on: date) -> Verdict:
    if replacement_hired_on is None:
        return Outcome.STOP, "岗位还没有补员，补员完成后方可离职"
    if replacement_hired_on > on:
        return Outcome.STOP, f"接替的人 {replacement_hired_on} 才到岗"
    if replacement_left_on is not None and replacement_left_on <= on:
        return Outcome.STOP, f"接替的人已于 {replacement_left_on} 离职"
    return Outcome.PASS, f"接替的人 {replacement_hired_on} 到岗"
