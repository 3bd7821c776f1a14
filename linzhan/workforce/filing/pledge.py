"""The pledge of public service as a document to sign, with the terms of the place (FIL-01, DOC-02).

The source names the pledge and when it is signed, not its words: these are the platform's, and a place that has
its own form signs that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.documents import Document, Manuscript, chinese_day, chinese_number
from linzhan.network.api import Station
from linzhan.providers.api import Provider
from linzhan.workforce.assigning.checks import Rulebook
from linzhan.workforce.models import SocialWorker
from linzhan.workforce.parameters import (
    LEAVE_AFTER_REPLACEMENT,
    LEAVE_NOTICE_MONTHS,
    LEAVE_SPAN_MONTHS,
    PERSON_BAR,
    PLEDGE_BEFORE_ENTRY,
)

TEMPLATE: Final = Path(__file__).with_name("pledge.typ")
TITLE: Final = "公益服务承诺书"
DATED: Final = "日期：　　　年　　月　　日"
ALWAYS: Final = (
    "遵守法律法规和社会工作者职业道德，尊重服务对象，维护服务对象的合法权益。",
    "为服务对象保守秘密；发现有人身危险或者法律要求报告的情形，立即报告。",
    "如实记录服务，不虚报、不代填；不收受服务对象的财物，不借服务谋取私利。",
    "在岗期间按约定履行岗位职责，服从项目安排，参加督导和继续教育。",
)


def pledge_of(worker_id: UUID, *, at: datetime | None = None) -> Document:
    """The pledge, for paper and for Word; LookupError where the reader sees no such worker."""
    worker = SocialWorker.objects.filter(pk=worker_id).first()
    if worker is None:
        raise LookupError(worker_id)
    moment = at or timezone.now()
    book = Rulebook(worker.region_code, timezone.localdate(moment))
    rulings = (book.get(PLEDGE_BEFORE_ENTRY), book.get(LEAVE_NOTICE_MONTHS), book.get(PERSON_BAR))
    clauses = [ruling.citation for ruling in rulings if ruling is not None]
    hired, place = chinese_day(worker.hired_on), _place(worker)
    data = {
        "title": TITLE,
        "name": worker.name,
        "opening": f"本人{worker.name}，自{hired}起在{place}担任{worker.post}。现郑重承诺：",
        "promises": [
            f"{chinese_number(each)}、{line}" for each, line in enumerate([*ALWAYS, *_leaving(book)], 1)
        ],
        "consequence": _consequence(book),
        "lines": [["承诺人：", DATED], ["所在机构（盖章）：", DATED]],
        "grounds": f"依据：{'；'.join(dict.fromkeys(clauses))}" if clauses else "",
    }
    name = f"{TITLE}-{worker.name}"
    return Document(name=name, data=data, template=TEMPLATE, face=_written, made_at=moment)


def _written(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``pledge.typ``, for Word."""
    paper.title(data["title"])
    for line in (data["opening"], *data["promises"], data["consequence"]):
        if line:
            paper.par(line)
    for line in data["lines"]:
        paper.room()
        paper.pair(*line)
    if data["grounds"]:
        paper.note(data["grounds"])


def _place(worker: SocialWorker) -> str:
    names = Station.objects.filter(pk=worker.station_id) if worker.station_id else Station.objects.none()
    if (station := names.values_list("name", flat=True).first()) is not None:
        return str(station)
    firms = Provider.objects.filter(pk=worker.provider_id) if worker.provider_id else Provider.objects.none()
    return str(firms.values_list("name", flat=True).first() or "本机构")


def _leaving(book: Rulebook) -> Iterator[str]:
    notice, span = book.get(LEAVE_NOTICE_MONTHS), book.get(LEAVE_SPAN_MONTHS)
    replaced = book.get(LEAVE_AFTER_REPLACEMENT)
    if notice is None:
        return
    words = f"项目周期内因个人原因离职的，提前{notice.value}个月提出申请"
    if replaced is not None and replaced.value:
        words += "，岗位补员完成后再离职"
    yield words + (f"，前后期限不超过{span.value}个月。" if span is not None else "。")


def _consequence(book: Rulebook) -> str:
    ruling = book.get(PERSON_BAR)
    if ruling is None:
        return ""
    years, scope = ruling.value.years, ruling.value.scope
    return f"本人知悉：违反承诺的，经告知、听取申辩和决定，{years}年内不得从事{scope}；本人有权陈述申辩。"
