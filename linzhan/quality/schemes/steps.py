"""The life of a scheme's version: drafted, published, retired. Who drafted it may publish it; nobody changes it then."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.kernel.steps import Steps, step
from linzhan.quality.models import EvaluationScheme
from linzhan.quality.rights import EDIT_SCHEMES
from linzhan.quality.schemes.definition import WrongValue, faults, read
from linzhan.quality.schemes.enums import SchemeStage

SHOWN: Final = 5


def complete(row: Mapping[str, Any]) -> str:
    """What is missing before the scheme can be used."""
    definition = EvaluationScheme.objects.values_list("definition", flat=True).get(pk=row["id"])
    try:
        scheme = read(definition)
    except WrongValue as wrong:
        return _("方案内容还不完整：%s") % wrong
    if scheme.subject != row["subject"]:
        return _("方案内容评的是“%(told)s”，与对象类型“%(row)s”不符") % {
            "told": scheme.subject,
            "row": row["subject"],
        }
    found = list(islice(faults(scheme), SHOWN))
    return _("还不能发布：%s") % "；".join(found) if found else ""


SCHEME_STEPS: Final = Steps(
    lazy("评估方案"),
    states={stage.value: stage.label for stage in SchemeStage},
    initial=[SchemeStage.DRAFT],
    steps=[
        step(
            "publish",
            lazy("发布"),
            SchemeStage.DRAFT,
            SchemeStage.PUBLISHED,
            right=EDIT_SCHEMES,
            guard=complete,
            published_on=lazy("发布日期"),
        ),
        step(
            "retire",
            lazy("停用"),
            (SchemeStage.DRAFT, SchemeStage.PUBLISHED),
            SchemeStage.RETIRED,
            right=EDIT_SCHEMES,
            note=lazy("停用原因"),
        ),
    ],
)
