"""What goes out on paper: the order itself, letters, records of talks, circulars (DOC-06, RSK-07; GB/T 9704).

A circular names institutions and stations, never persons. Every letter says by when and how to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.documents import Document, Manuscript, chinese_day, chinese_number
from linzhan.network.api import Station
from linzhan.oversight.models import Rectification, RectificationItem, RectificationMeans
from linzhan.oversight.rectification import parameters as named
from linzhan.oversight.rectification.enums import STANDING, ItemStage, Means, Origin
from linzhan.providers.api import Provider

TEMPLATE: Final = Path(__file__).with_name("letter.typ")
TITLES: Final = {
    Means.LETTER.value: "关于督促整改的函",
    Means.TALK.value: "约谈记录",
    Means.VISIT.value: "实地督查记录",
    Means.CIRCULAR.value: "关于整改情况的通报",
    Means.SUSPENSION.value: "暂停拨付通知书",
    Means.TERMINATION.value: "解除合同通知书",
}
RECORDS: Final = (Means.TALK.value, Means.VISIT.value)
REPLY: Final = "对以上内容有异议的，可以陈述申辩，我们收到后书面答复；陈述申辩不会加重处理。"


def order_letter(order_id: UUID, *, at: datetime | None = None) -> Document:
    """整改通知书, for paper and for Word; ``LookupError`` where the reader sees no such order."""
    order = Rectification.objects.filter(pk=order_id).first()
    if order is None:
        raise LookupError(order_id)
    found = (
        "核查" if order.origin in (Origin.COMPLAINT, Origin.HAND) else order.origin
    )  # who complained is protected
    opening = [f"经{found}发现，你单位存在以下需要整改的问题（级别：{order.severity}）。现通知如下："]
    closing = [REPLY]
    if order.plan_due is not None:
        closing.insert(0, f"请于{chinese_day(order.plan_due)}前报送整改计划。")
    items = RectificationItem.objects.filter(order=order).exclude(stage=ItemStage.DROPPED).order_by("code")
    return _made(
        order,
        title="整改通知书",
        number=order.document_number or order.code,
        opening=opening,
        items=[_item(number, each) for number, each in enumerate(items, 1)],
        closing=closing,
        day=order.issued_on,
        at=at,
    )


def means_letter(means_id: UUID, *, at: datetime | None = None) -> Document:
    """函, 约谈记录, 通报 and the like; ``LookupError`` where the reader sees no such measure."""
    means = RectificationMeans.objects.select_related("order").filter(pk=means_id).first()
    if means is None:
        raise LookupError(means_id)
    order = means.order
    record = means.kind in RECORDS
    facts = [
        ("整改令", f"{order.code} {order.title}"),
        ("整改期限", chinese_day(order.due_on)),
        *([("日期", chinese_day(means.held_on)), ("地点", means.place), ("参加人员", means.attendees)] if record else []),
        *([("被督促单位意见", means.reply), ("答复", means.response)] if means.reply else []),
    ]  # fmt: skip
    closing = [] if means.kind == Means.CIRCULAR else [REPLY]
    if means.reply_by is not None:
        closing.append(f"陈述申辩请于{chinese_day(means.reply_by)}前提出。")
    items = RectificationItem.objects.filter(order=order, stage__in=STANDING).order_by("code")
    return _made(
        order,
        title=TITLES[means.kind],
        number=means.document_number,
        opening=means.content.splitlines(),
        facts=facts,
        items=[_item(number, each) for number, each in enumerate(items, 1)],
        closing=closing,
        day=means.starts_on or means.held_on or means.notified_on,
        signatures=["主持人", "记录人", "被督促单位"] if record else [],
        to_all=means.kind == Means.CIRCULAR,
        at=at,
    )


def _made(
    order: Rectification,
    *,
    title: str,
    day: date | None,
    at: datetime | None,
    to_all: bool = False,
    **said: Any,
) -> Document:
    moment = at or timezone.now()
    ruling = named.decided(named.MEANS, order.region_code, timezone.localdate(moment))
    data: Mapping[str, Any] = {
        "title": title,
        "number": "",
        "addressee": "各有关单位" if to_all else addressee(order),
        "facts": [],
        "signatures": [],
        "authority": order.authority,
        "day": chinese_day(day or timezone.localdate(moment)),
        "grounds": f"依据：{ruling.citation}" if ruling is not None else "",
        **said,
    }
    return Document(
        name=f"{title}-{order.code}", data=data, template=TEMPLATE, face=write_letter, made_at=moment
    )


def write_letter(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``letter.typ``, for Word."""
    paper.title(data["title"])
    if data["number"]:
        paper.number(data["number"])
    if data["addressee"]:
        paper.addressee(f"{data['addressee']}：")
    for line in data["opening"]:
        paper.par(line)
    paper.facts(data["facts"])
    for item in data["items"]:
        paper.heading(item["heading"])
        for line in item["lines"]:
            paper.par(line)
    for line in data["closing"]:
        paper.par(line)
    paper.signed(data["authority"], data["day"])
    if data["signatures"]:
        paper.signatures(data["signatures"])
    if data["grounds"]:
        paper.note(data["grounds"])


def _item(number: int, each: RectificationItem) -> dict[str, Any]:
    term = f"期限：{chinese_day(each.due_on)}"
    return {
        "heading": f"{chinese_number(number)}、{each.finding}",
        "lines": [f"依据：{each.basis}", f"{term}；责任人：{each.owner}" if each.owner else term],
    }


def addressee(order: Rectification) -> str:
    """The institution, else the station, by name."""
    found = None
    if order.provider_id is not None:
        found = Provider.objects.filter(pk=order.provider_id).values_list("name", flat=True).first()
    if found is None and order.station_id is not None:
        found = Station.objects.filter(pk=order.station_id).values_list("name", flat=True).first()
    return found or "被整改单位"
