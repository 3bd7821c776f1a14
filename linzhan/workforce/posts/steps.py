"""Appointment to a professional grade, appraisal, misconduct: the ways as tables (PPL-10, PPL-17, PPL-23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import Steps, step
from linzhan.workforce.assigning.checks import Rulebook
from linzhan.workforce.assigning.rules import grades_asked
from linzhan.workforce.enums import RANKS
from linzhan.workforce.filing.rights import OVERRULE_STAFFING
from linzhan.workforce.parameters import POST_GRADES
from linzhan.workforce.posts.enums import AppointmentStage as P
from linzhan.workforce.posts.enums import AppraisalStage as A
from linzhan.workforce.posts.enums import ConductStage as C
from linzhan.workforce.posts.rights import APPRAISE, HANDLE_CONDUCT
from linzhan.workforce.rights import EDIT_WORKERS
from linzhan.workforce.selectors import highest_grades

Row = Mapping[str, Any]
CONTENTS: Final = {
    "conduct": "职业操守",
    "quality": "职业素质",
    "skill": "专业技术",
    "ability": "工作能力",
    "performance": "工作绩效",
    "feedback": "服务对象反馈意见",
}


def grade_checks(row: Row) -> list[Checked]:
    """The certificate that the post asks for, and the one held on the day (PPL-10)."""
    on = day_of(row["appointed_on"]) or timezone.localdate()
    ruling = Rulebook(str(row["region_code"]), on).get(POST_GRADES)
    if ruling is None:
        return []
    ranges = [(each.certificate, each.highest, each.lowest) for each in ruling.value]
    asked = grades_asked(int(row["level"]), ranges)
    if not asked:
        return []
    worker = row["worker"].id
    held = highest_grades([worker], on).get(worker, "")
    met = bool(held) and RANKS[held] >= RANKS[asked]
    words = f"{row['level']} 级岗位应具有{asked}证书，{'现有' + held if held else '没有登记证书'}"
    return [
        Checked(
            key="grade",
            title="职业资格",
            outcome=Outcome.PASS if met else Outcome.STOP,
            words=words,
            clause=ruling.citation,
            overrule="" if met else OVERRULE_STAFFING,
        )
    ]


def contents_stand(row: Row) -> str:
    lacking = [label for name, label in CONTENTS.items() if not row[name]]
    return f"考核内容还没有写：{'、'.join(lacking)}" if lacking else ""


@stepped("conduct-cases")
def date_case(taken: Taken) -> None:
    if not taken.again and taken.target in (C.CLOSED, C.UNFOUNDED):
        amend(taken.register, taken.row_id, {"closed_on": timezone.localdate(taken.at)})


APPOINTMENT_STEPS: Final = Steps(
    _("专业岗位聘任"),
    states={stage.value: stage.label for stage in P},
    initial=[P.PLANNED],
    steps=[
        step("appoint", _("聘任"), P.PLANNED, P.APPOINTED, right=EDIT_WORKERS, checks=grade_checks),
        step("end", _("解聘"), P.APPOINTED, P.ENDED, right=EDIT_WORKERS, ended_on=_("解聘日期")),
        step("drop", _("作废"), P.PLANNED, P.DROPPED, right=EDIT_WORKERS, note=_("原因")),
    ],
)

APPRAISAL_STEPS: Final = Steps(
    _("定期考核"),
    states={stage.value: stage.label for stage in A},
    initial=[A.DRAFT],
    steps=[
        step(
            "tell",
            _("反馈本人"),
            A.DRAFT,
            A.TOLD,
            right=APPRAISE,
            guard=contents_stand,
            result=_("考核结果"),
        ),
        step("confirm", _("确认"), A.TOLD, A.CONFIRMED, right=APPRAISE, not_by="tell", asks=("answer",)),
        step("again", _("退回修改"), A.TOLD, A.DRAFT, right=APPRAISE, asks=("answer",), note=_("理由")),
    ],
)

CONDUCT_STEPS: Final = Steps(
    _("违纪处置"),
    states={stage.value: stage.label for stage in C},
    initial=[C.RECEIVED],
    steps=[
        step(
            "examine",
            _("核查"),
            C.RECEIVED,
            C.EXAMINED,
            right=HANDLE_CONDUCT,
            findings=_("核查情况"),
            answer=_("本人说明"),
        ),
        step(
            "close",
            _("处置"),
            C.EXAMINED,
            C.CLOSED,
            right=HANDLE_CONDUCT,
            not_by="examine",
            handling=_("处置意见"),
        ),
        step(
            "dismiss",
            _("不成立"),
            (C.RECEIVED, C.EXAMINED),
            C.UNFOUNDED,
            right=HANDLE_CONDUCT,
            note=_("理由"),
        ),
    ],
)
