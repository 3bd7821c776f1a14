"""What is looked at when a team is filed and when somebody leaves (FIL-01…03, FIL-07)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.sheets.days import day_of
from linzhan.workforce.assigning.checks import Rulebook, staffing_checks
from linzhan.workforce.assigning.rules import Verdict
from linzhan.workforce.filing import rules
from linzhan.workforce.filing.enums import FilingOccasion, LeavingCause
from linzhan.workforce.filing.rights import OVERRULE_STAFFING
from linzhan.workforce.models import SocialWorker
from linzhan.workforce.parameters import (
    FILING_DAYS,
    LEAVE_AFTER_REPLACEMENT,
    LEAVE_NOTICE_MONTHS,
    LEAVE_SPAN_MONTHS,
)

Row = Mapping[str, Any]
OF_TEAMS: Final = ("employed", "employed.unknown", "sanction", "pledge", "certificate")


def named_id(value: Any) -> UUID | None:
    """The id that a reference names, however it was given; None where it is not resolved yet."""
    if isinstance(value, UUID):
        return value
    identity = getattr(value, "id", None)
    return identity if isinstance(identity, UUID) else None


def filing_checks(row: Row) -> list[Checked]:
    """The limit of the place, and of those who come or are on the team whether anything bars them."""
    region, happened_on = str(row["region_code"]), day_of(row["happened_on"]) or timezone.localdate()
    found = []
    if (ruling := Rulebook(region, happened_on).get(FILING_DAYS)) is not None:
        submitted_on = day_of(row.get("submitted_on")) or timezone.localdate()
        verdict = rules.within_limit(happened_on, submitted_on, ruling.value)
        found.append(_checked("limit", "备案期限", verdict, ruling.citation))
    if row["occasion"] == FilingOccasion.LEAVING:
        return found
    team = [each.id for each in row["workers"] or ()]
    told = staffing_checks(team, region=region, on=happened_on, minimums=False)
    return found + [each for each in told if each.key in OF_TEAMS]


def asking_checks(row: Row) -> list[Checked]:
    """Notice and span of somebody who leaves of their own will (FIL-02)."""
    if row["cause"] != LeavingCause.OWN:
        return []
    requested_on, leaves_on = day_of(row["requested_on"]), day_of(row["left_on"]) or day_of(row["leaves_on"])
    if requested_on is None or leaves_on is None:
        return []
    book, found = Rulebook(str(row["region_code"]), requested_on), []
    if (ruling := book.get(LEAVE_NOTICE_MONTHS)) is not None:
        verdict = rules.notice_given(requested_on, leaves_on, ruling.value)
        found.append(_checked("notice", "提前申请", verdict, ruling.citation, OVERRULE_STAFFING))
    if (ruling := book.get(LEAVE_SPAN_MONTHS)) is not None:
        verdict = rules.within_span(requested_on, leaves_on, ruling.value)
        found.append(_checked("span", "前后期限", verdict, ruling.citation, OVERRULE_STAFFING))
    return found


def leaving_checks(row: Row) -> list[Checked]:
    """At the last day: notice and span as they came out, and the post filled where the place wants it."""
    found = asking_checks(row)
    if row["cause"] != LeavingCause.OWN:
        return found
    on = day_of(row["left_on"]) or timezone.localdate()
    ruling = Rulebook(str(row["region_code"]), on).get(LEAVE_AFTER_REPLACEMENT)
    if ruling is not None and ruling.value:
        verdict = _replacement(row, on)
        found.append(_checked("replacement", "岗位补员", verdict, ruling.citation, OVERRULE_STAFFING))
    return found


def _replacement(row: Row, on: date) -> Verdict:
    identity = named_id(row["replacement"])
    told = (
        SocialWorker.objects.filter(pk=identity).values_list("hired_on", "left_on").first()
        if identity
        else None
    )
    hired_on, left_on = told or (None, None)
    return rules.replaced(hired_on, left_on, on)


def _checked(key: str, title: str, verdict: Verdict, clause: str, overrule: str = "") -> Checked:
    outcome, words = verdict
    overrule = overrule if outcome is Outcome.STOP else ""
    return Checked(key=key, title=title, outcome=outcome, words=words, clause=clause, overrule=overrule)
