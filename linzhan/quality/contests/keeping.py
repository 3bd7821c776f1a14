"""What may be written when: a season that was opened stands; nobody appraises themselves (EVL-14, EVL-20)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.kernel.scope import current_scope
from linzhan.quality.contests.enums import SeasonStage
from linzhan.quality.contests.guards import quarter_fault
from linzhan.quality.models import ContestSeason

BY_STEPS: Final = "状态由办理步骤产生，不能直接填写"
OPENED: Final = {"region_code": "region", "period": "period", "scheme": "scheme", "organiser": "organiser"}
TOWNSHIP: Final = 9


def keep_seasons(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 赛季: quarters only, one season a place and quarter; what was opened stands."""
    known = ContestSeason.objects.in_bulk([row.id for row in rows])
    for row in rows:
        if is_stepping(row.id):
            continue
        was = known.get(row.id)
        if fault := quarter_fault(str(row.values.get("period") or "")):
            row.refuse("period", fault)
            continue
        stage = was.stage if was else SeasonStage.PREPARED.value
        if (row.values.get("stage") or SeasonStage.PREPARED.value) != stage:
            row.refuse("stage", _(BY_STEPS))
        if was is not None and was.stage != SeasonStage.PREPARED:
            for name, column in OPENED.items():
                if name in row.values and row.values[name] != getattr(was, name):
                    row.refuse(column, _("赛季已经开赛，不能再改；确须改的请中止，另立一季"))
    _refuse_second(rows)


def _refuse_second(rows: Sequence[Arriving]) -> None:
    asked = {str(row.values.get("region_code")) for row in rows}
    held = {
        (region, period): pk
        for pk, region, period in ContestSeason.objects.filter(region_code__in=asked)
        .exclude(stage=SeasonStage.DROPPED)
        .values_list("pk", "region_code", "period")
    }
    for row in rows:
        place = (str(row.values.get("region_code")), str(row.values.get("period")))
        if held.setdefault(place, row.id) != row.id and row.values.get("stage") != SeasonStage.DROPPED:
            row.refuse("period", _("这个地方这个季度已经有赛季，一季一赛"))


def keep_peers(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 乡镇情况: of townships."""
    for row in rows:
        code = str(row.values.get("region_code") or "")
        if code[TOWNSHIP:].strip("0") or not code[6:TOWNSHIP].strip("0"):
            row.refuse("region", _("请选一个乡镇(街道)"))


def keep_appraisals(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 对下考核: whoever is appraised does not write it down."""
    scope = current_scope()
    for row in rows:
        full, score = row.values.get("full"), row.values.get("score")
        if full is not None and score is not None and score > full:
            row.refuse("score", _("得分不能超过分值 %s 分") % full)
        if str(row.values.get("region_code")) in scope.regions:
            row.refuse("region", _("对下考核由上一级登记，不能登记本级"))
