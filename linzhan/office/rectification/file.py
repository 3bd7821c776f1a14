"""The file of an order: how far it is, its items, what presses it, what was said against it; and where orders begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office import parts
from linzhan.office.formats import period
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.registers.listed import short_table
from linzhan.office.sending import ways_to_take
from linzhan.oversight.api import (
    ANSWER_RECTIFICATIONS,
    ORDER_RECTIFICATIONS,
    OVER,
    RULES,
    SETTLED,
    VIEW_RECTIFICATIONS,
    Alert,
    OrderStage,
    Rectification,
    grounds,
)
from linzhan.providers.api import Conclusion
from linzhan.quality.api import PASSED, SubjectKind

LINE: Final = (
    OrderStage.ISSUED,
    OrderStage.PLANNED,
    OrderStage.ACCEPTED,
    OrderStage.WORKING,
    OrderStage.EVIDENCE,
    OrderStage.CHECKING,
    OrderStage.PASSED,
)
NEXT: Final = {
    OrderStage.ISSUED: "被整改单位报整改计划；有异议的陈述申辩",
    OrderStage.PLANNED: "下达单位认可计划，或退回",
    OrderStage.ACCEPTED: "被整改单位按计划整改",
    OrderStage.WORKING: "逐项整改、报完成情况，再报证据",
    OrderStage.EVIDENCE: "由没有报证据的人核查",
    OrderStage.CHECKING: "逐项核查销号；全部销号即通过，做不到的退回或认定未通过",
    OrderStage.RETURNED: "被整改单位补正后再报",
    OrderStage.FAILED: "责令再次整改，或采取督促措施；禁入由“机构处理”告知、听取申辩后决定",
    OrderStage.PASSED: "到期回头看，反弹的重新整改",
    OrderStage.REVOKED: "这份整改令已撤销",
}
TABLES: Final = {
    "rectification-items": ("finding", "severity", "owner", "stage", "due_on", "cleared_on"),
    "rectification-means": ("kind", "stage", "content", "held_on", "reply", "response", "starts_on"),
    "rectification-answers": ("about", "statement", "stated_on", "stage", "response"),
}
FOUND: Final = (Conclusion.FAILED, Conclusion.BARELY_PASSED, Conclusion.FINDINGS)
UPHELD: Final = ("属实", "部分属实")
State = Literal["done", "current", "todo", "problem"]


@file_part("rectifications", template="office/rectification/order.html", order=-20)
def line(asked: FileAsked) -> Mapping[str, object]:
    stage = OrderStage(asked.row["stage"] or OrderStage.ISSUED)
    beside = {OrderStage.RETURNED: OrderStage.WORKING, OrderStage.FAILED: OrderStage.CHECKING}
    here = LINE.index(beside.get(stage, stage)) if stage is not OrderStage.REVOKED else -1
    wrong = stage in (OrderStage.RETURNED, OrderStage.FAILED)

    def state(place: int) -> State:
        if place == here:
            return "problem" if wrong else "current"
        return "done" if place < here else "todo"

    return {
        "line": [parts.Step(name=str(each.label), state=state(place)) for place, each in enumerate(LINE)],
        "next": NEXT[stage],
    }


@file_part(
    "rectifications",
    template="office/providers/tables.html",
    order=-10,
    takes=tuple(f"{key}.order" for key in TABLES),
)
def beside(asked: FileAsked) -> Mapping[str, object]:
    """Items, means and answers: the whole matter on one page, also for whom it is about."""
    tables = []
    for key, names in TABLES.items():
        register = REGISTERS[key]
        rows = register.model._default_manager.filter(order_id=asked.row["id"]).order_by("pk")
        table = short_table(asked.request, register, rows, names)
        if table.rows or key == "rectification-items":
            tables.append({"title": register.name, "table": table, "action": None})
    return {"tables": tables}


@file_head("rectifications")
def verbs(asked: FileAsked) -> HeadMore:
    identity, settled = asked.row["id"], asked.row["stage"] in SETTLED
    actions = ways_to_take(f"/rectifications/{identity}/letter/", _("整改通知书"))
    if asked.holds(ORDER_RECTIFICATIONS) and not settled:
        actions.append(_adding("rectification-items", _("增加整改项"), identity))
        actions.append(_adding("rectification-means", _("拟办督促措施"), identity))
    if asked.holds(ANSWER_RECTIFICATIONS) and asked.row["stage"] != OrderStage.REVOKED:
        actions.append(_adding("rectification-answers", _("陈述申辩"), identity))
    return HeadMore(actions=actions)


def _adding(key: str, label: str, identity: object) -> parts.Action:
    return parts.Action(label=label, url=f"/r/{key}/new/?order={identity}", icon="add")


@file_head("rectification-means")
def paper(asked: FileAsked) -> HeadMore:
    url = f"/rectifications/means/{asked.row['id']}/letter/"
    return HeadMore(actions=ways_to_take(url, _("文书")))


def _ordering(**given: object) -> parts.Action:
    """A new order with what is known already."""
    told = {"issued_on": timezone.localdate().isoformat(), **{k: str(v) for k, v in given.items() if v}}
    return parts.Action(label=_("下达整改"), url=f"/r/rectifications/new/?{urlencode(told)}", icon="add")


@file_head("alerts")
def of_alert(asked: FileAsked) -> HeadMore:
    """The order that an alert led to, or the way to one; it is solved when the order passes."""
    if not asked.holds(VIEW_RECTIFICATIONS):
        return HeadMore()
    orders = Rectification.objects.filter(alert_id=asked.row["id"]).order_by("pk")
    facts = [
        parts.Fact(_("整改令"), f"{each.code} {each.stage}", url=f"/r/rectifications/{each.pk}/")
        for each in orders
    ]
    if facts or not asked.holds(ORDER_RECTIFICATIONS) or asked.row["stage"] in OVER:
        return HeadMore(facts=facts)
    alert: Alert = asked.noted.get("alert") or Alert.objects.get(pk=asked.row["id"])
    given = {"station": alert.station_id} if alert.station_id else {"provider": alert.provider_id}
    if alert.about == "项目":
        given = {"project": alert.subject_id}
    if not any(given.values()):
        return HeadMore(facts=facts)
    action = _ordering(
        alert=alert.pk,
        title=RULES[alert.rule].name,
        severity=alert.severity,
        basis=grounds(alert),
        finding=alert.message,
        **given,
    )
    return HeadMore(facts=facts, actions=[action])


@file_head("evaluations")
def of_result(asked: FileAsked) -> HeadMore:
    """不合格 → 勒令整改 (RSK-08, EVL-12)."""
    if not asked.holds(ORDER_RECTIFICATIONS) or asked.row["grade"] in PASSED:
        return HeadMore()
    subject = getattr(asked.row["subject"], "id", None)
    columns = {
        SubjectKind.PROJECT: "project",
        SubjectKind.STATION: "station",
        SubjectKind.PROVIDER: "provider",
    }
    column = columns.get(asked.row["subject_kind"])
    if column is None or subject is None:
        return HeadMore()
    told = {"period": period(asked.row["period"]), "kind": asked.row["kind"], "grade": asked.row["grade"]}
    finding = _("%(period)s%(kind)s评估“%(grade)s”") % told
    return HeadMore(actions=[_ordering(evaluation=asked.row["id"], finding=finding, **{column: subject})])


@file_head("drawn-institutions")
def of_inspection(asked: FileAsked) -> HeadMore:
    """What a random inspection found is put right in the same way (INS-08)."""
    if not asked.holds(ORDER_RECTIFICATIONS) or asked.row["conclusion"] not in FOUND:
        return HeadMore()
    provider = getattr(asked.row["provider"], "id", None)
    given = {"drawn": asked.row["id"], "provider": provider, "finding": asked.row["findings"]}
    return HeadMore(actions=[_ordering(**given)])


@file_head("provider-complaints")
def of_complaint(asked: FileAsked) -> HeadMore:
    """What was found true is ordered to be put right; nothing of who complained goes along."""
    if not asked.holds(ORDER_RECTIFICATIONS) or asked.row["stage"] not in UPHELD:
        return HeadMore()
    provider = getattr(asked.row["institution"], "id", None)
    return HeadMore(actions=[_ordering(complaint=asked.row["id"], provider=provider)])
