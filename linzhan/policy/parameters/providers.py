"""What places decide about undertaking institutions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import SampleRule
from linzhan.policy.shapes_standing import AnnualInspectionRule, ListingRule, RatingRule, TwinningRule
from linzhan.policy.valuetypes import CODES, COUNT, SHARE, TEXT, Codes, Shaped, Text

GRADES = ("1A", "2A", "3A", "4A", "5A")

REGISTRATION_CERTIFIED_SHARE = parameter(
    code="providers.registration_certified_share",
    label=_("登记时专职人员中持证或社工本科以上占比下限"),
    group=Group.PROVIDERS,
    kind=SHARE,
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-05 INS-03",
)
REGISTRATION_QUALIFIED_STAFF = parameter(
    code="providers.registration_qualified_staff",
    label=_("登记时具备社工资质或相关专业背景人员下限"),
    group=Group.PROVIDERS,
    kind=COUNT,
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="CFG-05 INS-04",
)
RATING_SCALE = parameter(
    code="providers.rating_scale",
    label=_("机构评估等级"),
    group=Group.PROVIDERS,
    kind=CODES,
    requirements="CFG-13 INS-13",
)
OUTSIDE_OPERATOR_GRADE = parameter(
    code="providers.outside_operator_grade",
    label=_("外地运营机构最低评估等级"),
    group=Group.PROVIDERS,
    kind=Text(choices=GRADES),
    meaning=Meaning.SHARE,
    requirements="STN-18 INS-13",
)
OUTSIDE_OPERATOR_TRAINEES = parameter(
    code="providers.outside_operator_trainees",
    label=_("外地运营机构须有本土新招培养对象"),
    group=Group.PROVIDERS,
    kind=COUNT,
    unit="人",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="STN-18",
)
OPERATOR_PATH = parameter(
    code="providers.operator_path",
    label=_("运营机构本地化路径"),
    group=Group.PROVIDERS,
    kind=TEXT,
    meaning=Meaning.GUIDE,
    requirements="INS-34",
)
UNDERTAKER_KINDS = parameter(
    code="providers.undertaker_kinds",
    label=_("可承接的主体"),
    group=Group.PROVIDERS,
    kind=Codes(choices=("社会组织", "民办社会工作服务机构", "生产经营类事业单位", "企业")),
    binding=Binding.OPTION,
    meaning=Meaning.PERMISSION,
    requirements="CFG-16 INS-01 INS-30",
)
PARTY_MEMBERS = parameter(
    code="providers.party_members",
    label=_("须建立党组织的正式党员数"),
    group=Group.PROVIDERS,
    kind=COUNT,
    unit="人",
    meaning=Meaning.SHARE,
    requirements="INS-17",
)
DISCLOSURE_ITEMS = parameter(
    code="providers.disclosure_items",
    label=_("机构信息公开内容"),
    group=Group.PROVIDERS,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="INS-20 DSC-03",
)
INSPECTION_SAMPLE = parameter(
    code="providers.inspection_sample",
    label=_("双随机抽查数量或比例"),
    group=Group.PROVIDERS,
    kind=Shaped(SampleRule),
    meaning=Meaning.SHARE,
    requirements="INS-08",
)
REGISTRATION_ITEMS = parameter(
    code="providers.registration_items",
    label=_("登记条件"),
    group=Group.PROVIDERS,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="INS-02",
)
REGISTRATION_BACKGROUND = parameter(
    code="providers.registration_background",
    label=_("本级登记须具备社会工作专业背景的人员"),
    group=Group.PROVIDERS,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="INS-05",
)
ANNUAL_INSPECTION = parameter(
    code="providers.annual_inspection",
    label=_("年度检查时限和后果"),
    group=Group.PROVIDERS,
    kind=Shaped(AnnualInspectionRule),
    meaning=Meaning.SHARE,
    requirements="INS-07",
)
RATING_RULE = parameter(
    code="providers.rating_rule",
    label=_("评估等级的有效期和申请条件"),
    group=Group.PROVIDERS,
    kind=Shaped(RatingRule),
    meaning=Meaning.SHARE,
    requirements="INS-13",
)
LISTING_RULE = parameter(
    code="providers.listing_rule",
    label=_("异常名录和失信名单"),
    group=Group.PROVIDERS,
    kind=Shaped(ListingRule),
    meaning=Meaning.CAP,
    requirements="INS-15",
)
OBJECTION_DAYS = parameter(
    code="providers.objection_days",
    label=_("处理决定前陈述申辩期限"),
    group=Group.PROVIDERS,
    kind=COUNT,
    unit="日",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="FIL-08",
)
YELLOW_CARD = parameter(
    code="providers.yellow_card",
    label=_("黄牌警告的情形"),
    group=Group.PROVIDERS,
    kind=CODES,
    meaning=Meaning.PERMISSION,
    requirements="FIL-06",
)
REMOVAL_GROUNDS = parameter(
    code="providers.removal_grounds",
    label=_("责任追究和退出行业的情形"),
    group=Group.PROVIDERS,
    kind=CODES,
    meaning=Meaning.PERMISSION,
    requirements="INS-11 INS-12",
)
TWINNING = parameter(
    code="providers.twinning",
    label=_("牵手计划帮扶量"),
    group=Group.PROVIDERS,
    kind=Shaped(TwinningRule),
    meaning=Meaning.GUIDE,
    requirements="INS-26 INS-27",
)
