"""Duplicates: the page on the desk, the line on the work bench, the word on the file that was merged."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import Resident
from linzhan.casework.api.merging import MERGE, DuplicatePair, Merging, PairState
from linzhan.office import parts
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.navigation import page
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head

page("duplicates", "服务", gettext_lazy("重复档案"), "duplicates", MERGE, 80, beside=True)


@waiting("residents.duplicates", MERGE)
def duplicates(reader: Reader) -> Waiting:
    """Pairs of files that may be of one person."""
    del reader
    return Waiting(
        DuplicatePair.objects.filter(state=PairState.OPEN),
        lambda n: parts.Duty(
            title=_("%d 对服务对象档案疑似重复") % n,
            url="/residents/duplicates/",
            note=_("核对后合并，或标明不是同一人"),
            verb=_("核对"),
        ),
    )


@file_head("residents")
def merged(asked: FileAsked) -> HeadMore:
    """A file that has become another one says so first; one that took others in says from where."""
    identity: UUID = asked.row["id"]
    kept = Resident.objects.filter(pk=identity).values_list("merged_into", flat=True).first()
    if kept is not None:
        return HeadMore(troubles=[_points_to(kept, identity)])
    taken = Merging.objects.filter(kept=identity, undone_at__isnull=True).order_by("-merged_at")
    return HeadMore(
        facts=[
            parts.Fact(_("合并"), _("并入过另一份档案"), url=f"/residents/mergings/{each.pk}/")
            for each in (taken[:1] if asked.holds(MERGE) else ())
        ]
    )


def _points_to(kept: UUID, gone: UUID) -> parts.Notice:
    code = Resident.objects.filter(pk=kept).values_list("code", flat=True).first()
    if code is None:
        return parts.Notice(text=_("已并入另一份档案，那一份由别的站点管理。本页只供查看。"), tone="warning")
    last = (
        Merging.objects.filter(gone=gone, undone_at__isnull=True).values_list("merged_at", flat=True).first()
    )
    day = f"{last:%Y-%m-%d}" if last else ""
    return parts.Notice(
        text=_("%(day)s 已并入 %(code)s，服务记录等都在那一份上。本页只供查看。")
        % {"day": day, "code": code},
        tone="warning",
        action=parts.Action(label=_("打开保留的档案"), url=f"/r/residents/{kept}/"),
    )
