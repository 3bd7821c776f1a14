"""文件: photos and signatures of what is about the person; the file itself is shown with the row it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import RECORDS, RESIDENTS, VIEW_RESIDENTS, RecordResident
from linzhan.casework.api.residents import CONSENTS, HOME_SURVEYS
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part

AT_MOST: Final = 100
ABOUT: Final = (CONSENTS, HOME_SURVEYS)


@file_part(
    "residents",
    key="papers",
    label=gettext_lazy("文件"),
    template="office/residents/papers.html",
    order=60,
    right=VIEW_RESIDENTS,
)
def papers(asked: FileAsked) -> Mapping[str, object]:
    found = list(attachments(asked).order_by("-completed_at", "-pk")[:AT_MOST])
    return {
        "table": parts.Table(
            id="papers",
            caption=_("文件"),
            columns=[
                parts.TableColumn(key="name", label=_("名称"), lead=True),
                parts.TableColumn(key="kind", label=_("种类")),
                parts.TableColumn(key="purpose", label=_("用途")),
                parts.TableColumn(key="of", label=_("属于")),
                parts.TableColumn(key="when", label=_("上传时间"), kind="time"),
            ],
            rows=[_line(each) for each in found],
            empty=parts.Empty(
                title=_("还没有文件"),
                body=_("签名、照片在手机上随同意、调查或服务记录拍下后列在这里；照片从不强制。"),
            ),
        )
    }


def attachments(asked: FileAsked) -> QuerySet[Attachment]:
    """The complete ones of the person's row, consents, surveys and services, as far as the reader may see these."""
    identity = asked.row["id"]
    rows = Q(register=RESIDENTS.key, row_id=identity)
    for register in ABOUT:
        if asked.holds(register.view):
            rows |= _of(register, register.model._default_manager.filter(resident_id=identity).values("pk"))
    if asked.holds(RECORDS.view):
        rows |= _of(RECORDS, RecordResident.objects.filter(resident_id=identity).values("record_id"))
    return Attachment.objects.filter(rows, completed_at__isnull=False)


def _of(register: Register, ids: QuerySet[Any, Any]) -> Q:
    return Q(register=register.key, row_id__in=ids)


def _line(found: Attachment) -> parts.TableRow:
    register = REGISTERS[found.register]
    return parts.TableRow(
        id=str(found.pk),
        url=f"/attachments/{found.pk}/",
        cells={
            "name": parts.Cell(value=found.name or _("未命名")),
            "kind": found.get_kind_display(),
            "purpose": found.purpose,
            "of": parts.Cell(value=register.name, url=f"/r/{found.register}/{found.row_id}/"),
            "when": found.completed_at,
        },
    )
