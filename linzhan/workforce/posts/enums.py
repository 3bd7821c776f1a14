"""Closed lists of posts, appointments and appraisals (PPL-04, 09…15, 17, 20, 22, 23)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    ELDERLY = "养老机构", _("养老机构")
    HOSPITAL = "医疗机构", _("医疗机构")
    CHILDREN = "儿童福利和未保机构", _("儿童福利和未保机构")
    RELIEF = "救助管理机构", _("救助管理机构")
    DISABILITY = "残疾人服务机构", _("残疾人服务机构")
    SCHOOL = "学校", _("学校")
    COMMUNITY = "村(社区)", _("村(社区)")
    ORGANISATION = "群团组织", _("群团组织")
    OTHER = "其他", _("其他")


class HospitalGrade(models.TextChoices):
    FIRST = "一级", _("一级")
    SECOND = "二级", _("二级")
    THIRD = "三级", _("三级")
    NONE = "未定级", _("未定级")


class KeyField(models.TextChoices):
    """The fields of professional posts that the source names, and what it leaves open (PPL-13)."""

    COMMUNITY = "社区治理", _("社区治理")
    WELFARE = "社会福利", _("社会福利")
    RELIEF = "社会救助", _("社会救助")
    POVERTY = "扶贫济困", _("扶贫济困")
    FAMILY = "婚姻家庭", _("婚姻家庭")
    MENTAL = "精神卫生", _("精神卫生")
    DISABILITY = "残障康复", _("残障康复")
    EDUCATION = "教育辅导", _("教育辅导")
    EMPLOYMENT = "就业援助", _("就业援助")
    LABOUR = "职工帮扶", _("职工帮扶")
    CRIME = "犯罪预防", _("犯罪预防")
    DRUGS = "禁毒戒毒", _("禁毒戒毒")
    CORRECTION = "社区矫正", _("社区矫正")
    RESETTLEMENT = "安置帮教", _("安置帮教")
    HEALTH = "卫生健康", _("卫生健康")
    DISPUTES = "纠纷调解", _("纠纷调解")
    EMERGENCY = "应急处置", _("应急处置")
    DISASTER = "灾害救援", _("灾害救援")
    CHARITY = "慈善事业", _("慈善事业")
    VETERANS = "退役军人服务", _("退役军人服务")
    OTHER = "其他", _("其他")


class Task(models.TextChoices):
    """The occupational tasks that job descriptions are built from (PPL-20)."""

    HELP = "帮困扶弱", _("帮困扶弱")
    EMOTION = "情绪疏导", _("情绪疏导")
    COMFORT = "心理抚慰", _("心理抚慰")
    CARE = "精神关爱", _("精神关爱")
    BEHAVIOUR = "行为矫治", _("行为矫治")
    RECOVERY = "社会康复", _("社会康复")
    RIGHTS = "权益维护", _("权益维护")
    CRISIS = "危机干预", _("危机干预")
    RELATION = "关系调适", _("关系调适")
    CONFLICT = "矛盾化解", _("矛盾化解")
    CAPACITY = "能力建设", _("能力建设")
    RESOURCE = "资源链接", _("资源链接")
    INCLUSION = "社会融入", _("社会融入")


class Origin(models.TextChoices):
    """Where somebody comes from (PPL-09): STN-18 counts the local trainees."""

    LOCAL = "本地", _("本地")
    TRAINEE = "本土新招培养对象", _("本土新招培养对象")
    TAIWAN = "台籍", _("台籍")
    EXPERT = "引进专家", _("引进专家")
    OTHER = "外地", _("外地")


class Way(models.TextChoices):
    """How somebody came into a community post (PPL-22)."""

    OPEN = "公开招聘", _("公开招聘")
    ELECTION = "民主选举", _("民主选举")
    COMPETITION = "竞争上岗", _("竞争上岗")
    SECONDMENT = "挂职锻炼", _("挂职锻炼")
    OTHER = "其他", _("其他")


class Seat(models.TextChoices):
    PARTY = "党组织", _("党组织")
    COMMITTEE = "村(居)委会", _("村(居)委会")
    CONGRESS = "人大代表", _("人大代表")
    CPPCC = "政协委员", _("政协委员")


class ReviewResult(models.TextChoices):
    WAITING = "待评审", _("待评审")
    PASSED = "通过", _("通过")
    FAILED = "未通过", _("未通过")


class AppointmentStage(models.TextChoices):
    PLANNED = "拟聘", _("拟聘")
    APPOINTED = "已聘", _("已聘")
    ENDED = "已解聘", _("已解聘")
    DROPPED = "已作废", _("已作废")


class AppraisalResult(models.TextChoices):
    EXCELLENT = "优秀", _("优秀")
    MET = "合格", _("合格")
    BARELY = "基本合格", _("基本合格")
    FAILED = "不合格", _("不合格")


class AppraisalStage(models.TextChoices):
    DRAFT = "填写中", _("填写中")
    TOLD = "已反馈本人", _("已反馈本人")
    CONFIRMED = "已确认", _("已确认")


class ConductStage(models.TextChoices):
    RECEIVED = "已受理", _("已受理")
    EXAMINED = "已核查", _("已核查")
    CLOSED = "已处置", _("已处置")
    UNFOUNDED = "不成立", _("不成立")
