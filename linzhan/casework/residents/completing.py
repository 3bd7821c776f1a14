"""Rows of a file on their way in: what the law asks of them, and what the platform fills in itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.casework.models import Resident
from linzhan.casework.residents import rules, selectors
from linzhan.kernel.registers.examining import Arriving
from linzhan.policy.api import NoRuling, consulting

NEEDS_REASON = "由“{was}”降为“{now}”，须写明理由"
DIFFERS = "与系统建议的“{suggested}”（{why}）不同，须写明理由"
NEEDS_TEXT = "选了需求类型，请写明需求内容"


def examine_consents(rows: Sequence[Arriving]) -> None:
    """Whose word counts on the day (:func:`rules.consent_faults`), and which wording was agreed to."""
    born = _of(rows, "born_on")
    with consulting(ahead=True):
        for row in rows:
            value = row.values
            faults = rules.consent_faults(
                born_on=born.get(value["resident_id"]),
                on=value["given_on"],
                given_by=value["given_by"],
                child_view=value.get("child_view") or "",
                method=value["method"],
                witness=value.get("witness") or "",
                giver=value.get("giver") or "",
            )
            for column, message in faults:
                row.refuse(column, message)
            if row.is_new and not faults and not value.get("text_version"):
                row.complete("text_version", _version(row))


def _version(row: Arriving) -> str:
    region, purpose = row.where.region_code, row.values["purpose"]
    try:
        text = selectors.consent_text(region, purpose, row.values["given_on"])
    except NoRuling:
        return ""
    return rules.text_version(purpose, text)


def examine_reviews(rows: Sequence[Arriving]) -> None:
    """A lower level, or another than the one suggested, needs a reason; the next review gets its day."""
    new = [row for row in rows if row.is_new]
    residents = {each.pk: each for each in Resident.objects.filter(pk__in=set(_ids(new)))}
    by_day: dict[date, list[Resident]] = {}
    for row in new:
        if (found := residents.get(row.values["resident_id"])) is not None:
            by_day.setdefault(row.values["reviewed_on"], []).append(found)
    suggested = {day: selectors.suggestions(each, day) for day, each in by_day.items()}
    with consulting(ahead=True):
        for row in new:
            resident = residents.get(row.values["resident_id"])
            if resident is not None:
                _review(row, resident, suggested[row.values["reviewed_on"]][resident.pk])


def _review(row: Arriving, resident: Resident, suggestion: rules.Suggestion) -> None:
    level, why = row.values["level"], "；".join(suggestion.reasons)
    if not (row.values.get("reason") or "").strip():
        if rules.is_lower(level, resident.risk):
            row.refuse("reason", NEEDS_REASON.format(was=resident.risk, now=level))
        elif rules.is_lower(level, suggestion.level):
            row.refuse("reason", DIFFERS.format(suggested=suggestion.level, why=why))
    row.derive("suggested", suggestion.level)
    row.derive("suggested_why", why)
    days = selectors.review_days(row.where.region_code, level, row.values["reviewed_on"])
    if days is not None and not row.values.get("review_by"):
        row.complete("review_by", row.values["reviewed_on"] + timedelta(days=days))


def examine_surveys(rows: Sequence[Arriving]) -> None:
    """A need that nobody described cannot be met; nobody surveys tomorrow."""
    today = timezone.localdate()
    for row in rows:
        if row.values.get("need_kinds") and not (row.values.get("need_text") or "").strip():
            row.refuse("need_text", NEEDS_TEXT)
        if row.values["surveyed_on"] > today:
            row.refuse("surveyed_on", "调查日期在今天之后，请核对")


def _ids(rows: Sequence[Arriving]) -> list[UUID]:
    return [row.values["resident_id"] for row in rows]


def _of(rows: Sequence[Arriving], name: str) -> dict[UUID, Any]:
    return dict(Resident.objects.filter(pk__in=set(_ids(rows))).values_list("pk", name))
