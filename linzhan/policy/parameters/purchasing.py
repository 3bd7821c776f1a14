"""What places ask of a purchase before somebody is bound by it: need, approval, method, contract, renewal.

A rule that only one place has is stated for that place alone; elsewhere nothing is checked.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.valuetypes import CODES, COUNT, PERCENT, TEXT, YES_NO, Codes

NEEDS_SURVEY = parameter(
    code="procurement.needs_survey",
    label=_("需求调查须确定的内容"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("服务人群", "岗位数量", "服务标准", "考核指标")),
    meaning=Meaning.SHARE,
    requirements="PUR-04",
)
LABOUR_COST = parameter(
    code="procurement.labour_cost",
    label=_("预算须列明人力成本"),
    group=Group.PROCUREMENT,
    kind=YES_NO,
    meaning=Meaning.SHARE,
    requirements="PUR-06",
)
OPEN_TENDER = parameter(
    code="procurement.open_tender",
    label=_("原则上公开招标"),
    group=Group.PROCUREMENT,
    kind=YES_NO,
    meaning=Meaning.GUIDE,
    requirements="PUR-09",
)
METHOD_REVIEW = parameter(
    code="procurement.method_review",
    label=_("采购方式和金额的审核"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("财政部门审批采购方式", "专家评审购买金额")),
    meaning=Meaning.SHARE,
    requirements="PUR-09",
)
TENDER_BODIES = parameter(
    code="procurement.tender_bodies",
    label=_("采购依托的机构"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("公共资源交易中心", "招投标代理机构")),
    meaning=Meaning.GUIDE,
    requirements="PUR-29",
)
CATALOGUE = parameter(
    code="procurement.catalogue",
    label=_("购买服务事项目录"),
    group=Group.PROCUREMENT,
    kind=TEXT,
    meaning=Meaning.SHARE,
    requirements="PUR-12",
)
DIRECTORY = parameter(
    code="procurement.directory",
    label=_("购买须遵守的目录和手册"),
    group=Group.PROCUREMENT,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="PUR-14",
)
INDICATORS = parameter(
    code="procurement.contract_indicators",
    label=_("招标和合同须有的指标"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("服务内容", "服务人数", "服务时长", "群众满意度")),
    meaning=Meaning.SHARE,
    requirements="PUR-11",
)
FAULTS = parameter(
    code="procurement.contract_faults",
    label=_("签约前须排除的问题"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("报告程序不规范", "采购方式不合规", "购买性质不明确")),
    meaning=Meaning.CAP,
    requirements="PUR-31",
)
PROJECT_PLAN = parameter(
    code="procurement.project_plan",
    label=_("按计划书实施项目"),
    group=Group.PROCUREMENT,
    kind=TEXT,
    meaning=Meaning.SHARE,
    requirements="PUR-21",
)
EVALUATORS = parameter(
    code="procurement.evaluators",
    label=_("购买项目的评估方"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("第三方机构", "内部评估小组")),
    meaning=Meaning.SHARE,
    requirements="PUR-25",
)
RENEWAL_BASIS = parameter(
    code="procurement.renewal_basis",
    label=_("续签依据"),
    group=Group.PROCUREMENT,
    kind=TEXT,
    meaning=Meaning.SHARE,
    requirements="PUR-16 PUR-17",
)
RECUSAL = parameter(
    code="procurement.recusal",
    label=_("利害关系回避"),
    group=Group.PROCUREMENT,
    kind=TEXT,
    meaning=Meaning.CAP,
    requirements="PUR-09",
)
SUPPLEMENT_SHARE = parameter(
    code="procurement.supplement_share",
    label=_("补充合同累计金额上限"),
    group=Group.PROCUREMENT,
    kind=PERCENT,
    unit="%",
    binding=Binding.CAP,
    meaning=Meaning.CAP,
    requirements="PUR-31",
)
LAG_NOTICE = parameter(
    code="procurement.lag_notice",
    label=_("进度系数提醒线"),
    group=Group.PROCUREMENT,
    kind=PERCENT,
    unit="%",
    meaning=Meaning.GUIDE,
    requirements="TGT-12 PUR-21",
)
FORECAST_DAYS = parameter(
    code="procurement.forecast_days",
    label=_("推算进度所需的最少天数"),
    group=Group.PROCUREMENT,
    kind=COUNT,
    unit="日",
    meaning=Meaning.GUIDE,
    requirements="TGT-12",
)
