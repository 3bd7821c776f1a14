"""What follows from orders and their steps: items, the alert behind it, the bar that is proposed (RSK-07…09).

A bar is only proposed here. It is told to the institution with its reasons, answered, and decided by somebody
else in the register of sanctions, as every other one (FIL-08); until then nothing binds.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.registers.stepping import Taken, enter, stepped, take
from linzhan.oversight.enums import OVER, Ending, Stage
from linzhan.oversight.models import (
    Alert,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
from linzhan.oversight.rectification import parameters as named
from linzhan.oversight.rectification.enums import STANDING, ItemStage, OrderStage, Origin
from linzhan.oversight.rectification.keeping import due_by_severity

ORDERS: Final = "rectifications"
ITEMS: Final = "rectification-items"
MEANS: Final = "rectification-means"
ANSWERS: Final = "rectification-answers"
SANCTIONS: Final = "provider-sanctions"
BAR: Final = "禁入本单位项目"
FAILED_TWICE: Final = "评估不合格且整改后仍不合格"
OTHER: Final = "其他"
CODE_LENGTH: Final = 60


def begin_items(written: Written) -> None:
    """A new order has its main finding as the first item; the alert behind it is worked on."""
    orders = Rectification.objects.filter(pk__in=written.created).order_by("pk")
    rows = [
        {
            "code": f"{each.code[:CODE_LENGTH]}-1",
            "order": each.pk,
            "finding": each.finding,
            "basis": each.basis,
            "severity": each.severity,
            "opened_on": each.issued_on,
            "due_on": each.due_on or each.issued_on,
        }
        for each in orders
    ]
    if rows:
        enter(ITEMS, rows)
    for each in orders:
        if each.alert_id is not None:
            _work_on_alert(each)


def follow_items(written: Written) -> None:
    """An order is due when the last of its items is."""
    for order in {values["order"].id for _id, values in written.rows if "order" in values}:
        settle_due(order)


def settle_due(order_id: UUID) -> None:
    days = RectificationItem.objects.filter(order=order_id, stage__in=STANDING).values_list(
        "due_on", flat=True
    )
    if latest := max(days, default=None):
        Rectification.objects.filter(pk=order_id).exclude(due_on=latest).update(due_on=latest)


@stepped(ORDERS)
def follow_order(taken: Taken) -> None:
    """Counts and days follow from the step, and what hangs on its outcome."""
    if taken.again:
        return
    order = Rectification.objects.get(pk=taken.row_id)
    today = timezone.localdate(taken.at)
    if taken.step.name == "return":
        Rectification.objects.filter(pk=order.pk).update(returned=F("returned") + 1)
    elif taken.step.name == "pass":
        _passed(order, today)
    elif taken.step.name == "fail":
        _failed(order, today)
    elif taken.step.name == "again":
        standing = RectificationItem.objects.filter(order=order, stage__in=STANDING)
        standing.update(due_on=order.due_on, stage=ItemStage.OPEN)
        Rectification.objects.filter(pk=order.pk).update(returned=0)
    elif taken.step.name == "reopen":
        Rectification.objects.filter(pk=order.pk).update(
            passed_on=None, look_back_from=None, look_back_by=None, look_back_on=None
        )
        settle_due(order.pk)
    elif taken.step.name == "revoke":
        RectificationItem.objects.filter(order=order, stage__in=STANDING).update(stage=ItemStage.DROPPED)


def _passed(order: Rectification, today: date) -> None:
    begins = named.number(named.LOOK_BACK_FROM, order.region_code, today)
    ends = named.number(named.LOOK_BACK_BY, order.region_code, today)
    Rectification.objects.filter(pk=order.pk).update(
        passed_on=today,
        look_back_from=None if begins is None else today + timedelta(days=begins),
        look_back_by=None if ends is None else today + timedelta(days=ends),
        look_back_on=None,
        look_back_finding="",
    )
    _solve_alert(order)


def _failed(order: Rectification, today: date) -> None:
    order.failures += 1
    order.sanction_id = order.sanction_id or _propose_bar(order, today)
    Rectification.objects.filter(pk=order.pk).update(failures=order.failures, sanction_id=order.sanction_id)


def failed_times(order: Rectification) -> int:
    """How often it was found wanting: the failed evaluation that it began from counts as the first."""
    return order.failures + (order.origin == Origin.EVALUATION)


def _propose_bar(order: Rectification, today: date) -> UUID | None:
    """From this purchaser's projects, as long as the place's rule says; nothing where it has no rule (RSK-09)."""
    limit = named.number(named.FAILURES, order.region_code, today)
    ruling = named.decided(named.INSTITUTION_BAR, order.region_code, today)
    if ruling is None or limit is None or failed_times(order) < limit:
        return None
    if order.provider_id is None or not order.purchaser:
        return None
    told = {"code": order.code, "title": order.title, "times": order.failures, "found": order.check_finding}
    county = places.county_of(order.region_code)
    [identity] = enter(
        SANCTIONS,
        [
            {
                "region": county if places.level_of(order.region_code) > 3 else order.region_code,
                "provider": order.provider_id,
                "kind": BAR,
                "authority": order.authority,
                "purchaser": order.purchaser,
                "grounds": (FAILED_TWICE if order.origin == Origin.EVALUATION else OTHER,),
                "facts": _("整改令 %(code)s“%(title)s”核查第 %(times)d 次未通过：%(found)s") % told,
                "document": str(ruling.document or ruling.citation)[:200],
                "clause": ruling.clause[:200],
            }
        ],
    )
    return identity


@stepped(ITEMS)
def follow_item(taken: Taken) -> None:
    """The last item cleared closes the order; one that came back opens it again (逐一清零, 回头看)."""
    if taken.again:
        return
    today = timezone.localdate(taken.at)
    order_id = identity_of(taken.row["order"])
    own = RectificationItem.objects.filter(pk=taken.row_id)
    if taken.step.name == "report":
        own.update(reported_on=today)
    elif taken.step.name == "relapse":
        _relapsed(own.get(), today, taken.note)
    elif taken.step.name in ("clear", "drop"):
        own.update(cleared_on=today if taken.step.name == "clear" else None)
        _close_if_cleared(order_id)
    settle_due(order_id)


@stepped(MEANS)
def note_reply(taken: Taken) -> None:
    if taken.step.name == "answer" and not taken.again:
        rows = RectificationMeans.objects.filter(pk=taken.row_id)
        rows.update(replied_on=timezone.localdate(taken.at))


@stepped(ANSWERS)
def note_answer(taken: Taken) -> None:
    if taken.step.name == "respond" and not taken.again:
        rows = RectificationAnswer.objects.filter(pk=taken.row_id)
        rows.update(answered_on=timezone.localdate(taken.at))


def _close_if_cleared(order_id: UUID) -> None:
    items = list(RectificationItem.objects.filter(order=order_id).values_list("stage", flat=True))
    if ItemStage.CLEARED in items and not set(items) & set(STANDING):
        take(REGISTERS[ORDERS], order_id, "pass")


def _relapsed(item: RectificationItem, today: date, note: str) -> None:
    county = places.county_of(item.region_code)
    enter(
        ITEMS,
        [
            {
                "code": f"{item.code[:CODE_LENGTH]}-R",
                "order": item.order_id,
                "finding": _("反弹：%(finding)s(%(note)s)") % {"finding": item.finding, "note": note},
                "basis": item.basis,
                "severity": item.severity,
                "risk": item.risk,
                "owner": item.owner,
                "opened_on": today,
                "due_on": due_by_severity(item.severity, county, today) or today,
                "repeats": item.pk,
            }
        ],
    )
    if item.order.stage == OrderStage.PASSED:
        take(REGISTERS[ORDERS], item.order_id, "reopen", {"note": note})


def _stage_of_alert(order: Rectification) -> str | None:
    """None where the alert is out of sight: then its own desk sees to it."""
    if order.alert_id is None:
        return None
    return Alert.objects.filter(pk=order.alert_id).values_list("stage", flat=True).first()


def _work_on_alert(order: Rectification) -> None:
    if order.alert_id is not None and _stage_of_alert(order) in (Stage.NEW, Stage.SEEN, Stage.SNOOZED):
        take(REGISTERS["alerts"], order.alert_id, "work", {"note": _("已下达整改令 %s") % order.code})


def _solve_alert(order: Rectification) -> None:
    if order.alert_id is None or (stage := _stage_of_alert(order)) is None or stage in OVER:
        return
    _work_on_alert(order)
    told = {"ending": Ending.SOLVED.value, "note": _("整改令 %s 已通过") % order.code}
    take(REGISTERS["alerts"], order.alert_id, "close", told)
