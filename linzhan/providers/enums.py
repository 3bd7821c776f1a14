"""Closed lists of the registers of institutions and inspections (``contract/workbook.md``, 承接机构, 检查)."""

from __future__ import annotations

from django.db import models


class OrganisationKind(models.TextChoices):
    SOCIAL_SERVICE_AGENCY = "社会工作服务机构", "社会工作服务机构"
    CHARITY = "慈善组织", "慈善组织"
    VOLUNTEER_ORGANISATION = "志愿服务组织", "志愿服务组织"
    COMMUNITY_ORGANISATION = "社区社会组织", "社区社会组织"
    PUBLIC_INSTITUTION = "事业单位", "事业单位"
    ENTERPRISE = "企业", "企业"
    TRADE_ASSOCIATION = "行业组织", "行业组织"
    OTHER = "其他", "其他"


class Rating(models.TextChoices):
    ONE = "1A", "1A"
    TWO = "2A", "2A"
    THREE = "3A", "3A"
    FOUR = "4A", "4A"
    FIVE = "5A", "5A"


class ProviderStatus(models.TextChoices):
    NORMAL = "正常", "正常"
    RECTIFYING = "整改", "整改"
    BARRED = "禁入", "禁入"
    DISSOLVED = "注销", "注销"


ACTIVE = (ProviderStatus.NORMAL.value, ProviderStatus.RECTIFYING.value)
"""Those that count as institutions of a place (``providers.active``)."""


REPORTING = (
    OrganisationKind.SOCIAL_SERVICE_AGENCY.value,
    OrganisationKind.CHARITY.value,
    OrganisationKind.VOLUNTEER_ORGANISATION.value,
    OrganisationKind.COMMUNITY_ORGANISATION.value,
    OrganisationKind.TRADE_ASSOCIATION.value,
)
"""Social organisations; a public institution or an enterprise is not inspected yearly by the registrar."""


class InspectionKind(models.TextChoices):
    ANNUAL = "年检", "年检"
    RANDOM = "双随机", "双随机"
    FINANCIAL_AUDIT = "财务专项审计", "财务专项审计"
    ROUTINE = "日常检查", "日常检查"


class Conclusion(models.TextChoices):
    PASSED = "合格", "合格"
    BARELY_PASSED = "基本合格", "基本合格"
    FAILED = "不合格", "不合格"
    FINDINGS = "发现问题", "发现问题"
    NO_FINDINGS = "无问题", "无问题"


class AnnualStage(models.TextChoices):
    """How far the annual inspection of one year has come (``domain.md`` §4.2)."""

    OPEN = "待报送", "待报送"
    SUBMITTED = "已报业务主管单位", "已报业务主管单位"
    REVIEWED = "已报登记机关", "已报登记机关"
    PASSED = "合格", "合格"
    RECTIFYING = "限期整改", "限期整改"
    RECTIFIED = "整改完成", "整改完成"
    MISSED = "未参加", "未参加"
    EXEMPT = "免检", "免检"


ANNUAL_RESULTS = (
    AnnualStage.PASSED.value,
    AnnualStage.RECTIFYING.value,
    AnnualStage.RECTIFIED.value,
    AnnualStage.MISSED.value,
    AnnualStage.EXEMPT.value,
)
"""Stages that are a public result, seen wherever the institution works."""


class TradeNoticeKind(models.TextChoices):
    """What an industry association does before anybody is punished (RSK-06)."""

    WARNING = "风险防控预警", "风险防控预警"
    MEDIATION = "纠纷调处", "纠纷调处"


class TradeNoticeStage(models.TextChoices):
    """From the notice, through what the institution says, to the end of the matter."""

    RAISED = "已提出", "已提出"
    ANSWERED = "已答复", "已答复"
    SETTLED = "已办结", "已办结"
    WITHDRAWN = "已撤回", "已撤回"


class TradeNoticeOutcome(models.TextChoices):
    SOLVED = "已化解", "已化解"
    PARTLY = "部分化解", "部分化解"
    UNSOLVED = "未化解", "未化解"
    PASSED_ON = "转有关部门", "转有关部门"


class RatingStage(models.TextChoices):
    """From the application to the end of a rating (``domain.md`` §4.3)."""

    APPLIED = "申请", "申请"
    PUBLISHED = "公示", "公示"
    GRANTED = "有效", "有效"
    REFUSED = "不予评定", "不予评定"
    DOWNGRADED = "降级", "降级"
    WITHDRAWN = "取消", "取消"
    EXPIRED = "到期", "到期"


RATED = (
    RatingStage.GRANTED.value,
    RatingStage.DOWNGRADED.value,
    RatingStage.WITHDRAWN.value,
    RatingStage.EXPIRED.value,
)
"""Stages in which the certificate was given out, and so is public."""


class SanctionKind(models.TextChoices):
    """What may be done to an institution, and whom it binds (FIL-06, RSK-08, RSK-09, ``domain.md`` §4.4)."""

    YELLOW_CARD = "黄牌警告", "黄牌警告"
    SUSPENSION = "暂停承接", "暂停承接"
    DISQUALIFICATION = "取消承接资格", "取消承接资格"
    BAR = "禁入本单位项目", "禁入本单位项目"
    PENALTY = "行政处罚", "行政处罚"
    STOPPED = "责令停止活动", "责令停止活动"
    ABNORMAL = "列入活动异常名录", "列入活动异常名录"
    DISHONEST = "列入严重违法失信名单", "列入严重违法失信名单"
    REMOVAL = "退出行业", "退出行业"


REGISTRAR_KINDS = (
    SanctionKind.PENALTY.value,
    SanctionKind.STOPPED.value,
    SanctionKind.ABNORMAL.value,
    SanctionKind.DISHONEST.value,
    SanctionKind.REMOVAL.value,
)
"""What the registrar does to an institution holds wherever it works, and is public there."""


class SanctionStage(models.TextChoices):
    PROPOSED = "拟定", "拟定"
    NOTIFIED = "已告知", "已告知"
    HEARD = "已听证", "已听证"
    IN_FORCE = "生效", "生效"
    DROPPED = "不予处理", "不予处理"
    EXPIRED = "期满", "期满"
    LIFTED = "解除", "解除"
    REVOKED = "撤销", "撤销"


TOLD = tuple(each.value for each in SanctionStage if each is not SanctionStage.PROPOSED)
"""From the notification on the institution itself sees what is intended."""
HELD = (SanctionStage.IN_FORCE.value, SanctionStage.EXPIRED.value, SanctionStage.LIFTED.value)
"""Stages of a sanction that held at some time; one revoked never did. Nothing earlier shows (FIL-08)."""


class Ground(models.TextChoices):
    """Why (INS-11, INS-12, RSK-09, FIL-06)."""

    CHARTER = "违反章程开展活动", "违反章程开展活动"
    FRAUD = "骗取或违规使用政府购买服务与社会捐赠资金", "骗取或违规使用政府购买服务与社会捐赠资金"
    FALSEHOOD = "公布虚假失实信息", "公布虚假失实信息"
    HARM = "侵害服务对象权益", "侵害服务对象权益"
    CHAOS = "内部治理混乱", "内部治理混乱"
    POOR_SERVICE = "服务水平低", "服务水平低"
    POOR_CREDIT = "社会信用差", "社会信用差"
    IDLE = "长期不开展业务活动", "长期不开展业务活动"
    FAILED_TWICE = "评估不合格且整改后仍不合格", "评估不合格且整改后仍不合格"
    STAFF_CHANGE = "人员变动较大", "人员变动较大"
    NOT_REPORTED = "未按规定报送年度工作报告", "未按规定报送年度工作报告"
    NO_PARTY = "应建未建党组织", "应建未建党组织"
    NOT_RECTIFIED = "整改逾期", "整改逾期"
    UNREACHABLE = "按登记住所无法联系", "按登记住所无法联系"
    OTHER = "其他", "其他"


class DrawStage(models.TextChoices):
    """A random inspection from the seed to the results (INS-08: 双随机、一公开)."""

    PLANNED = "筹备", "筹备"
    SEEDED = "种子已公布", "种子已公布"
    DRAWN = "已抽取", "已抽取"
    OPEN = "名单已公开", "名单已公开"
    CLOSED = "结果已公开", "结果已公开"


class ExitStage(models.TextChoices):
    PROPOSED = "提出", "提出"
    HANDING = "清算移交", "清算移交"
    DONE = "办结", "办结"
    WITHDRAWN = "撤回", "撤回"


INCUBATION_GROUPS = "老年人/残疾人/青少年/城市流动人口/农村留守人员/特殊困难人群/受灾群众"
INCUBATION_FIELDS = "婚姻家庭/教育辅导/就业援助/职工帮扶/犯罪预防/矫治帮教/卫生医疗/人口服务/应急处置"
DEMONSTRATION_FIELDS = "社区/社会救助/老年/残疾人/儿童/医务/禁毒/社区矫正/人民调解"
TWINNING_TOPICS = "机构管理/服务项目设计/财务管理/专业督导/技能培训/党建/其他"
SUPPORT_KINDS = "税收优惠/财政补贴/公益创投/补贴奖励/提供场所/减免费用/公办民营/民办公助"
"""Closed lists of the sources: INS-25, INS-32, INS-26 with INS-29, INS-37 with INS-38."""
