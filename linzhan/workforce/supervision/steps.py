"""Pool, agreements and tasks as tables: selection, training, use, evaluation, incentive (SPV-06, SPV-07)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.steps import Steps, step
from linzhan.workforce.supervision.enums import USABLE, AgreementStage, TaskStage
from linzhan.workforce.supervision.enums import PoolStage as P
from linzhan.workforce.supervision.models import SupervisorEntry
from linzhan.workforce.supervision.rights import DO_TASKS, EDIT_AGREEMENTS, EDIT_POOL, EDIT_TASKS

Row = Mapping[str, Any]

POOL_STEPS: Final = Steps(
    _("督导人才库"),
    states={stage.value: stage.label for stage in P},
    initial=[P.NAMED],
    steps=[
        step("choose", _("入选"), P.NAMED, P.CHOSEN, right=EDIT_POOL, chosen_on=_("入选日期"), asks=("batch",)),
        step("train", _("开始培养"), P.CHOSEN, P.TRAINING, right=EDIT_POOL),
        step("use", _("开始使用"), (P.CHOSEN, P.TRAINING), P.IN_USE, right=EDIT_POOL,
             used_from=_("开始使用日期"), asks=("trained_on", "capacity")),
        step("evaluate", _("考核"), (P.IN_USE, P.EVALUATED, P.REWARDED), P.EVALUATED, right=EDIT_POOL,
             evaluation=_("考核意见"), evaluated_on=_("考核日期")),
        step("reward", _("激励"), (P.IN_USE, P.EVALUATED), P.REWARDED, right=EDIT_POOL,
             incentive=_("激励措施"), rewarded_on=_("激励日期")),
        step("train_again", _("再培养"), USABLE, P.TRAINING, right=EDIT_POOL, note=_("原因")),
        step("leave", _("退出"), (P.NAMED, P.CHOSEN, P.TRAINING, *USABLE), P.LEFT, right=EDIT_POOL,
             left_on=_("退出日期"), note=_("原因")),
        step("return", _("重新入库"), P.LEFT, P.CHOSEN, right=EDIT_POOL, chosen_on=_("入选日期"), note=_("原因")),
    ],
)  # fmt: skip


def may_be_signed(row: Row) -> str:
    """Only whoever is in use supervises; an outside institution answers for its own people."""
    named = row["supervisor"]
    if not named:
        return ""
    stage = SupervisorEntry.objects.filter(pk=named.id).values_list("stage", flat=True).first()
    if stage in (None, *USABLE):
        return ""
    return f"这名督导现为“{stage}”，开始使用之后才能签订协议；请先在“督导人才库”办理“开始使用”"


AGREEMENT_STEPS: Final = Steps(
    _("督导协议"),
    states={stage.value: stage.label for stage in AgreementStage},
    initial=[AgreementStage.DRAFT],
    steps=[
        step("sign", _("签订"), AgreementStage.DRAFT, AgreementStage.IN_FORCE, right=EDIT_AGREEMENTS,
             guard=may_be_signed, signed_on=_("签订日期"), asks=("contract_number", "fee")),
        step("drop", _("作废"), AgreementStage.DRAFT, AgreementStage.DROPPED, right=EDIT_AGREEMENTS, note=_("原因")),
        step("end", _("提前终止"), AgreementStage.IN_FORCE, AgreementStage.ENDED, right=EDIT_AGREEMENTS,
             ended_on=_("终止日期"), note=_("原因")),
    ],
)  # fmt: skip

TASK_STEPS: Final = Steps(
    _("督导任务"),
    states={stage.value: stage.label for stage in TaskStage},
    initial=[TaskStage.OPEN],
    steps=[
        step("done", _("完成"), TaskStage.OPEN, TaskStage.DONE, right=DO_TASKS, result=_("完成情况")),
        step("again", _("继续办理"), TaskStage.DONE, TaskStage.OPEN, right=EDIT_TASKS, at_will=True, note=_("理由")),
        step("drop", _("取消"), TaskStage.OPEN, TaskStage.DROPPED, right=EDIT_TASKS, note=_("理由")),
    ],
)  # fmt: skip


@stepped("supervision-tasks")
def date_task(taken: Taken) -> None:
    """The day on which a task was done; one that is taken up again has none."""
    if taken.again:
        return
    done = taken.target == TaskStage.DONE
    if done or taken.step.name == "again":
        amend(taken.register, taken.row_id, {"done_on": timezone.localdate(taken.at) if done else CLEAR})
