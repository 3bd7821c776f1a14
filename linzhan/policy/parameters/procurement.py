"""What places decide about buying services and the money for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import BarRule, CostShare, RatioRule, SubsidyRule
from linzhan.policy.valuetypes import CODES, COUNT, PERCENT, TEXT, Codes, Rows, Shaped, Text

FUNDING_RATIO = parameter(
    code="procurement.funding_ratio",
    label=_("购买服务资金比例"),
    group=Group.PROCUREMENT,
    kind=Shaped(RatioRule),
    variants=_("基数名称"),
    governs=lambda rule: rule.binding,
    measure=lambda rule: rule.percent,
    requirements="CFG-04 FND-02 FND-03 FND-04 FND-05 FND-06 FND-07 FND-08 FND-09 FND-10 FND-11",
)
FUNDING_CHANNELS = parameter(
    code="procurement.funding_channels",
    label=_("资金渠道"),
    group=Group.PROCUREMENT,
    kind=CODES,
    meaning=Meaning.PERMISSION,
    requirements="FND-01 FND-12",
)
SUBSIDIES = parameter(
    code="procurement.subsidies",
    label=_("奖补办法"),
    group=Group.PROCUREMENT,
    kind=Shaped(SubsidyRule),
    variants=_("奖补名称"),
    meaning=Meaning.PERMISSION,
    requirements="CFG-11 FND-15 FND-18 FND-19 FND-20 PUR-22 EVL-18 EVL-19",
)
PURCHASE_FORMS = parameter(
    code="procurement.purchase_forms",
    label=_("购买形式"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("购买项目", "购买岗位")),
    binding=Binding.OPTION,
    meaning=Meaning.PERMISSION,
    requirements="CFG-06 PUR-10",
)
PROCUREMENT_METHODS = parameter(
    code="procurement.methods",
    label=_("采购方式"),
    group=Group.PROCUREMENT,
    kind=Codes(choices=("公开招标", "邀请招标", "竞争性谈判", "竞争性磋商", "单一来源", "定向委托", "其他")),
    meaning=Meaning.GUIDE,
    requirements="PUR-09",
)
PURCHASER = parameter(
    code="procurement.purchaser",
    label=_("购买主体"),
    group=Group.PROCUREMENT,
    kind=Text(choices=("县级民政部门", "谁使用、谁购买", "购买方与民政部门分设")),
    requirements="CFG-06 PUR-03",
)
MAJOR_MATTERS = parameter(
    code="procurement.major_matters",
    label=_("重大事项报告内容"),
    group=Group.PROCUREMENT,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="PUR-13",
)
CONTRACT_YEARS = parameter(
    code="procurement.contract_years",
    label=_("服务合同最长期限"),
    group=Group.PROCUREMENT,
    kind=COUNT,
    unit="年",
    binding=Binding.CAP,
    meaning=Meaning.CAP,
    requirements="CFG-15 PUR-07",
)
PROFESSIONAL_POSTS = parameter(
    code="procurement.professional_posts",
    label=_("社工专业岗位占项目总人数下限"),
    group=Group.PROCUREMENT,
    kind=PERCENT,
    unit="%",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-15 PUR-08",
)
PRICE_REVISION_YEARS = parameter(
    code="procurement.price_revision_years",
    label=_("购买标准调整周期"),
    group=Group.PROCUREMENT,
    kind=COUNT,
    unit="年",
    meaning=Meaning.GUIDE,
    requirements="PAY-06",
)
COST_SHARES = parameter(
    code="procurement.cost_shares",
    label=_("项目成本构成参考"),
    group=Group.PROCUREMENT,
    kind=Rows(CostShare),
    meaning=Meaning.GUIDE,
    requirements="PUR-05",
)
BUDGET_GROUPS = parameter(
    code="procurement.budget_groups",
    label=_("项目预算科目"),
    group=Group.PROCUREMENT,
    kind=CODES,
    requirements="PUR-05",
)
INSTITUTION_BAR = parameter(
    code="procurement.institution_bar",
    label=_("机构评估不合格禁入"),
    group=Group.PROCUREMENT,
    kind=Shaped(BarRule),
    meaning=Meaning.CAP,
    requirements="CFG-10 RSK-08 RSK-09 FIL-07",
)
FILING_CLAWBACK = parameter(
    code="procurement.filing_clawback",
    label=_("未按规定备案的处理"),
    group=Group.PROCUREMENT,
    kind=TEXT,
    meaning=Meaning.PERMISSION,
    requirements="FIL-04 FND-22",
)
CAP_WARNING = parameter(
    code="procurement.cap_warning",
    label=_("资金比例接近上限的提醒线"),
    group=Group.PROCUREMENT,
    kind=PERCENT,
    unit="%",
    meaning=Meaning.GUIDE,
    requirements="FND-11",
)
PAYMENT_LATE_DAYS = parameter(
    code="procurement.payment_late_days",
    label=_("付款逾期提醒天数"),
    group=Group.PROCUREMENT,
    kind=COUNT,
    unit="天",
    meaning=Meaning.GUIDE,
    requirements="FND-21",
)
RECONCILE_DAYS = parameter(
    code="procurement.reconcile_days",
    label=_("对账时交易日与记账日的最大间隔"),
    group=Group.PROCUREMENT,
    kind=COUNT,
    unit="天",
    meaning=Meaning.GUIDE,
    requirements="FND-31",
)
