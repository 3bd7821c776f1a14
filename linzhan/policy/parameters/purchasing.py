"""What places ask of a purchase before somebody is bound by it: need, approval, method, contract, renewal.

A rule that only one place has is stated for that place alone; elsewhere nothing is checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import Parameter, parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.valuetypes import CODES, COUNT, PERCENT, TEXT, YES_NO, Codes, ValueType

if TYPE_CHECKING:
    from linzhan.policy.valuetypes import Label

T = TypeVar("T")


def _asked(
    code: str,
    label: Label,
    kind: ValueType[T],
    requirements: str,
    *,
    meaning: Meaning = Meaning.SHARE,
    binding: Binding = Binding.NEAREST,
    unit: str = "",
) -> Parameter[T]:
    """A parameter of purchases, which binds by its share unless told otherwise."""
    return parameter(
        code=code,
        label=label,
        group=Group.PROCUREMENT,
        kind=kind,
        unit=unit,
        binding=binding,
        meaning=meaning,
        requirements=requirements,
    )


NEEDS_SURVEY = _asked(
    "procurement.needs_survey",
    _("需求调查须确定的内容"),
    Codes(choices=("服务人群", "岗位数量", "服务标准", "考核指标")),
    "PUR-04",
)
LABOUR_COST = _asked("procurement.labour_cost", _("预算须列明人力成本"), YES_NO, "PUR-06")
OPEN_TENDER = _asked("procurement.open_tender", _("原则上公开招标"), YES_NO, "PUR-09", meaning=Meaning.GUIDE)
METHOD_REVIEW = _asked(
    "procurement.method_review",
    _("采购方式和金额的审核"),
    Codes(choices=("财政部门审批采购方式", "专家评审购买金额")),
    "PUR-09",
)
TENDER_BODIES = _asked(
    "procurement.tender_bodies",
    _("采购依托的机构"),
    Codes(choices=("公共资源交易中心", "招投标代理机构")),
    "PUR-29",
    meaning=Meaning.GUIDE,
)
CATALOGUE = _asked("procurement.catalogue", _("购买服务事项目录"), TEXT, "PUR-12")
DIRECTORY = _asked("procurement.directory", _("购买须遵守的目录和手册"), CODES, "PUR-14")
INDICATORS = _asked(
    "procurement.contract_indicators",
    _("招标和合同须有的指标"),
    Codes(choices=("服务内容", "服务人数", "服务时长", "群众满意度")),
    "PUR-11",
)
FAULTS = _asked(
    "procurement.contract_faults",
    _("签约前须排除的问题"),
    Codes(choices=("报告程序不规范", "采购方式不合规", "购买性质不明确")),
    "PUR-31",
    meaning=Meaning.CAP,
)
PROJECT_PLAN = _asked("procurement.project_plan", _("按计划书实施项目"), TEXT, "PUR-21")
EVALUATORS = _asked(
    "procurement.evaluators", _("购买项目的评估方"), Codes(choices=("第三方机构", "内部评估小组")), "PUR-25"
)
RENEWAL_BASIS = _asked("procurement.renewal_basis", _("续签依据"), TEXT, "PUR-16 PUR-17")
RECUSAL = _asked("procurement.recusal", _("利害关系回避"), TEXT, "PUR-09", meaning=Meaning.CAP)
SUPPLEMENT_SHARE = _asked(
    "procurement.supplement_share",
    _("补充合同累计金额上限"),
    PERCENT,
    "PUR-31",
    meaning=Meaning.CAP,
    unit="%",
    binding=Binding.CAP,
)
LAG_NOTICE = _asked(
    "procurement.lag_notice", _("进度系数提醒线"), PERCENT, "TGT-12 PUR-21", meaning=Meaning.GUIDE, unit="%"
)
FORECAST_DAYS = _asked(
    "procurement.forecast_days",
    _("推算进度所需的最少天数"),
    COUNT,
    "TGT-12",
    meaning=Meaning.GUIDE,
    unit="日",
)
