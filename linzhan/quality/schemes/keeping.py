"""What is published stands: neither a form nor a file changes a scheme that rounds were held by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.quality.models import EvaluationScheme
from linzhan.quality.schemes.enums import SchemeStage

FIXED: Final = ("name", "subject", "region_code", "version")


def keep_schemes(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估方案."""
    known = {
        row["pk"]: row
        for row in EvaluationScheme.objects.filter(pk__in=[each.id for each in rows]).values(
            "pk", "stage", *FIXED
        )
    }
    for row in rows:
        if row.is_new:
            row.complete("version", 1)
        if is_stepping(row.id):
            continue
        was = known.get(row.id)
        stage = row.values.get("stage") or SchemeStage.DRAFT
        if stage != (was["stage"] if was else SchemeStage.DRAFT):
            row.refuse("stage", _("状态由办理步骤产生，不能直接填写"))
        if was and was["stage"] != SchemeStage.DRAFT:
            for name in FIXED:
                if name in row.values and row.values[name] != was[name]:
                    column = "region" if name == "region_code" else name
                    row.refuse(column, _("已发布的方案不能再改，请“修订”出新的一版"))
