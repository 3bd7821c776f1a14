"""What may be written when: an order says what was found; what follows is written by its steps (RSK-07)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.oversight.models import (
    ProviderComplaint,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
from linzhan.oversight.rectification import parameters as named
from linzhan.oversight.rectification import rules
from linzhan.oversight.rectification.enums import SETTLED, OrderStage, Origin
from linzhan.policy.api import consulting, working_days_later
from linzhan.procurement.api import ServiceProject

BY_STEPS: Final = "由办理步骤产生，不能直接填写"
ORIGINS: Final = (
    ("alert_id", Origin.ALERT),
    ("evaluation_id", Origin.EVALUATION),
    ("drawn_id", Origin.INSPECTION),
    ("complaint_id", Origin.COMPLAINT),
)
FOUND: Final = ("finding", "basis", "severity", "provider_id", "station_id", "project_id", "purchaser")
"""What an order says; it stands from its first step on."""
OF_STEPS: Final = ("plan", "evidence", "check_way", "checked_on", "check_finding", "look_back_on",
                   "look_back_finding")  # fmt: skip
ITEM_STEPS_FILL: Final = ("measure", "evidence", "check_finding")
MEANS_STEPS_FILL: Final = ("reply", "response", "notified_on", "reply_by", "starts_on", "lifted_on")
COLUMN_OF: Final = {"provider_id": "provider", "station_id": "station", "project_id": "project"}


@consulting(of=named.TERMS)
def keep_orders(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 整改: where it began, its terms, and what stands once the addressee has begun."""
    stored = _stored(Rectification, rows)
    projects = _projects(row.values.get("project_id") for row in rows if row.is_new)
    for row in rows:
        if is_stepping(row.id):
            continue
        was = stored.get(row.id)
        _refuse_stage(row, was.stage if was else OrderStage.ISSUED.value, OrderStage.ISSUED.value)
        if was is not None:
            _refuse_changes(row, was, OF_STEPS, _(BY_STEPS))
        if was is not None and was.stage != OrderStage.ISSUED:
            _refuse_changes(row, was, FOUND, _("已经报了计划，不能再改；下达有误的请办理“撤销”，另行下达"))
        row.derive("origin", _origin(row.values))
        project = projects.get(row.values.get("project_id"))
        if project is not None:
            row.complete("purchaser", project.purchaser)
        _terms(row)


def _origin(values: Mapping[str, Any]) -> str:
    return next((word.value for name, word in ORIGINS if values.get(name)), Origin.HAND.value)


def _terms(row: Arriving) -> None:
    """Until when the plan, and until when all is put right, as the place decides by severity."""
    issued, region = row.values.get("issued_on"), places.county_of(row.where.region_code)
    if not isinstance(issued, date):
        return
    days = named.number(named.PLAN_DAYS, region, issued)
    if days is not None:
        row.derive("plan_due", working_days_later(issued, days, region=region))
    if row.is_new and (until := due_by_severity(str(row.values.get("severity")), region, issued)) is not None:
        row.complete("due_on", until)


def due_by_severity(severity: str, region: str, on: date) -> date | None:
    ruling = named.decided(named.DEADLINES, region, on)
    if ruling is None:
        return None
    return rules.due(on, severity, ruling.value, partial(working_days_later, region=region))


@consulting(of=named.TERMS)
def keep_items(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 整改项: the terms of its severity; nothing is added to what is settled."""
    stored = _stored(RectificationItem, rows)
    orders = Rectification.objects.in_bulk(
        [row.values["order_id"] for row in rows if row.values.get("order_id")]
    )
    today = timezone.localdate()
    for row in rows:
        if is_stepping(row.id):
            continue
        was, order = stored.get(row.id), orders.get(row.values.get("order_id"))
        _refuse_stage(row, was.stage if was else "待整改", "待整改")
        if was is not None:
            _refuse_changes(row, was, ITEM_STEPS_FILL, _(BY_STEPS))
            continue
        if order is None:
            continue
        if order.stage == OrderStage.REVOKED or (order.stage in SETTLED and not row.values.get("repeats_id")):
            row.refuse("order", _("整改令现为“%s”，不能再增加整改项；有新的问题请另行下达") % order.stage)
        begins = row.values.get("opened_on") or (
            order.issued_on if order.stage == OrderStage.ISSUED else today
        )
        row.complete("opened_on", begins)
        region = places.county_of(row.where.region_code)
        until = due_by_severity(str(row.values.get("severity")), region, begins)
        row.complete("due_on", until or max(order.due_on or begins, begins))
        stated = row.values.get("due_on")
        if isinstance(stated, date) and stated < order.issued_on:
            row.refuse("due_on", _("整改期限不能早于下达日期 %s") % order.issued_on)


def keep_means(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 督促措施: what was told to the addressee stands."""
    stored = _stored(RectificationMeans, rows)
    for row in rows:
        if is_stepping(row.id):
            continue
        was = stored.get(row.id)
        _refuse_stage(row, was.stage if was else "拟办", "拟办")
        if was is not None:
            _refuse_changes(row, was, MEANS_STEPS_FILL, _(BY_STEPS))
        if was is not None and was.stage != "拟办":
            _refuse_changes(row, was, ("kind", "content"), _("已经告知或实施，不能再改"))


def keep_answers(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 整改申辩: kept as it was said."""
    stored = _stored(RectificationAnswer, rows)
    for row in rows:
        if is_stepping(row.id):
            continue
        was = stored.get(row.id)
        _refuse_stage(row, was.stage if was else "已提出", "已提出")
        if was is not None:
            _refuse_changes(row, was, ("response",), _(BY_STEPS))
        if was is not None and was.stage != "已提出":
            _refuse_changes(row, was, ("statement", "about"), _("已经答复，不能再改；要补充的请另提一件"))
        row.complete("stated_on", timezone.localdate())


def keep_complaints(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 机构投诉举报: whoever wants to stay unknown is not written down."""
    stored = _stored(ProviderComplaint, rows)
    for row in rows:
        received_on = row.values.get("received_on")
        if isinstance(received_on, date) and received_on > timezone.localdate():
            row.refuse("received_on", _("收到日期不能晚于今天"))
        if row.values.get("anonymous") and (row.values.get("complainant") or row.values.get("contact")):
            row.refuse("anonymous", _("匿名投诉不登记姓名和联系方式"))
        if is_stepping(row.id):
            continue
        was = stored.get(row.id)
        _refuse_stage(row, was.stage if was else "已收到", "已收到")


def _stored(model: type[Model], rows: Sequence[Arriving]) -> dict[UUID, Any]:
    ids = [row.id for row in rows if not row.is_new]
    return dict(model._default_manager.in_bulk(ids)) if ids else {}


def _refuse_stage(row: Arriving, was: str, first: str) -> None:
    if (row.values.get("stage") or first) != was:
        row.refuse("stage", _(BY_STEPS))


def _refuse_changes(row: Arriving, was: Any, fixed: Iterable[str], why: str) -> None:
    for name in fixed:
        if name in row.values and (row.values[name] or None) != (getattr(was, name) or None):
            row.refuse(COLUMN_OF.get(name, name), why)


def _projects(ids: Iterable[Any]) -> dict[Any, ServiceProject]:
    return dict(ServiceProject.objects.in_bulk([each for each in set(ids) if each]))
