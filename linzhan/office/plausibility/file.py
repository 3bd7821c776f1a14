"""The file of a flag: what was found, by which measure and from which records; of a call: where the number stands."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404
from django.utils.translation import gettext as _

from linzhan.casework.api import RECORDS
from linzhan.office import parts
from linzhan.office.registers import files
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.registers.showing import Showing
from linzhan.office.warning.file import rows_behind
from linzhan.oversight.api import CHECKS, FlagStage, PlausibilityFlag

ASKED_ABOUT = ("started_at", "ended_at", "method", "item", "workers", "outcome")


def _stored(asked: FileAsked) -> PlausibilityFlag:
    if "flag" not in asked.noted:
        asked.noted["flag"] = PlausibilityFlag.objects.get(pk=asked.row["id"])
    found: PlausibilityFlag = asked.noted["flag"]
    return found


@file_head("plausibility-flags")
def head(asked: FileAsked) -> HeadMore:
    """A question, until somebody has settled it."""
    flag = _stored(asked)
    notices = []
    if flag.stage == FlagStage.ASKED:
        text = _("这是一个问题，不是结论。先由社工本人说明，%s 以前不作核实") % flag.answer_by.isoformat()
        notices.append(parts.Notice(text=text, tone="info"))
    if flag.reply:
        notices.append(parts.Notice(text=_("社工说明：%s") % flag.reply, tone="info"))
    if not flag.holds and flag.stage != FlagStage.LAPSED:
        notices.append(parts.Notice(text=_("最近一次核对已不成立"), tone="info"))
    return HeadMore(
        troubles=notices,
        actions=[parts.Action(label=_("核对方法"), url=f"/checks/{flag.rule}/")],
    )


@file_part("plausibility-flags", template="office/warning/behind.html", order=-10)
def behind(asked: FileAsked) -> Mapping[str, object]:
    """The records behind, each with the way to it."""
    flag = _stored(asked)
    check = CHECKS[flag.rule]
    return {
        "title": _("为什么问"),
        "facts": [
            parts.Fact(_("核对"), f"{check.code} {check.name}"),
            parts.Fact(_("判断方法"), check.method(flag.region_code, flag.checked_on), long=True),
            parts.Fact(_("常见的正常原因"), str(check.innocent), long=True),
            parts.Fact(_("所用参数"), flag.clause or _("按方法本身"), long=True),
            parts.Fact(_("最近核对"), flag.checked_on, "date"),
        ],
        **rows_behind(asked.request, flag.rows, flag.rows_count),
    }


@file_part("callbacks", template="office/plausibility/record.html", order=-10, right=RECORDS.view)
def asked_about(asked: FileAsked) -> Mapping[str, object]:
    """What the record says, so that the day and the service can be asked about; nothing of what was written down."""
    record = getattr(asked.row["record"], "id", None)
    try:
        row = files.read(RECORDS, record)
    except Http404:
        return {"facts": []}
    showing = Showing(asked.request, RECORDS, [row])
    return {"facts": [files.fact(showing, row, RECORDS.column(name)) for name in ASKED_ABOUT]}


@file_head("callbacks")
def calling(asked: FileAsked) -> HeadMore:
    """The number is looked at on the person's file, with a purpose, as always."""
    resident = asked.row.get("resident")
    url = f"/r/residents/{getattr(resident, 'id', resident)}/" if resident else ""
    text = _(
        "号码在服务对象的档案里，查看时写明用途“电话回访”。四问：来过吗、日期对吗、事项对吗、满意吗；不诱导、不评价社工"
    )
    return HeadMore(
        troubles=[parts.Notice(text=text, tone="info")],
        actions=[parts.Action(label=_("查看电话"), url=url)] if url else [],
    )
