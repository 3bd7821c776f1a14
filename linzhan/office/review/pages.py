from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import REVIEW_RECORDS, VIEW_RECORDS, RecordStatus, ServiceRecord
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.navigation import page
from linzhan.office.parts import Duty
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.review.queue import details_of

page("station-today", "服务", gettext_lazy("本站今天"), "station-today", REVIEW_RECORDS, 10)
page("review", "服务", gettext_lazy("记录审核"), "review", REVIEW_RECORDS, 70, beside=True)


@file_part(
    "service-records",
    template="office/review/details.html",
    right=VIEW_RECORDS,
    takes=("visit-details.record",),
)
def details(asked: FileAsked) -> Mapping[str, object]:
    """What was seen at the visit, on the record's own page."""
    return {"visit_details": details_of(asked.request, asked.row["id"])}


@waiting("records.waiting", REVIEW_RECORDS)
def waiting_records(reader: Reader) -> Waiting:
    del reader
    return Waiting(
        ServiceRecord.objects.filter(status=RecordStatus.WAITING),
        lambda n: Duty(title=_("%d 条服务记录待审核") % n, url="/review/", verb=_("审核")),
    )


@waiting("records.returned", "casework.records.edit")
def returned_records(reader: Reader) -> Waiting:
    del reader
    return Waiting(
        ServiceRecord.objects.filter(status=RecordStatus.RETURNED),
        lambda n: Duty(
            title=_("%d 条服务记录被退回") % n,
            url="/r/service-records/?status=已退回",
            note=_("看退回原因，改好再报"),
            verb=_("修改"),
        ),
    )
