"""The file of a personnel diagnosis: the numbers that were taken when it was told (EVL-04)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.office import parts
from linzhan.office.formats import number
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.quality.api import VIEW_DIAGNOSES, PersonnelDiagnosis

TOLD: Final = (
    ("on_post", lazy("在岗人数"), ""),
    ("certified", lazy("其中持证"), "certified_share"),
    ("left", lazy("十二个月内离职"), "turnover"),
    ("filings", lazy("应备案"), ""),
    ("filed_on_time", lazy("按期备案"), "filed_share"),
    ("appraised", lazy("已确认定期考核"), ""),
)


@file_part(
    "personnel-diagnoses", template="office/evaluation/diagnosis.html", order=-10, right=VIEW_DIAGNOSES
)
def facts(asked: FileAsked) -> Mapping[str, object]:
    """Numbers of the team as they stood; before it is told there are none."""
    taken: Mapping[str, Any] = PersonnelDiagnosis.objects.get(pk=asked.row["id"]).facts
    if not taken:
        return {"facts": []}
    rows = [
        parts.Fact(str(label), taken[key], kind="number", note=_share(taken.get(share)) if share else "")
        for key, label, share in TOLD
    ]
    said = taken.get("satisfaction")
    heard = parts.Fact(
        _("服务对象满意度"),
        _("%s 分") % number(Decimal(said)) if said is not None else _("没有可显示的调查结果"),
        note=_("答卷 %d 份") % taken["answered"] if taken.get("answered") else "",
    )
    return {"facts": [parts.Fact(_("取数日期"), taken["as_of"]), *rows, heard]}


def _share(value: float | None) -> str:
    return _("没有可比的基数") if value is None else f"{number(value, 1)}%"
