"""Closed lists of case work (``domain.md`` §7.2)."""

from __future__ import annotations

from typing import Final

from django.db import models


class Stage(models.TextChoices):
    """Where a case stands. A plan (计划) and a closing (结案审核) are with the supervisor."""

    DRAFT = "草稿", "草稿"
    INTAKE = "接案", "接案"
    ASSESSING = "预估", "预估"
    PLANNING = "计划", "计划"
    INTERVENING = "介入", "介入"
    SUSPENDED = "暂停", "暂停"
    EVALUATING = "评估", "评估"
    CLOSING = "结案审核", "结案审核"
    CLOSED = "结案", "结案"
    REFERRED = "转介", "转介"
    DECLINED = "谢绝", "谢绝"
    DROPPED = "作废", "作废"


ENDED: Final = (Stage.CLOSED, Stage.DECLINED, Stage.DROPPED)
"""Stages that no step leaves."""


class Source(models.TextChoices):
    SELF = "自求", "自求"
    REFERRED = "转介", "转介"
    VISIT = "探访发现", "探访发现"
    OUTREACH = "外展", "外展"
    DISPATCH = "派单", "派单"
    HOTLINE = "热线", "热线"


class Complexity(models.TextChoices):
    SIMPLE = "简单", "简单"
    ORDINARY = "一般", "一般"
    COMPLEX = "复杂", "复杂"


class Model(models.TextChoices):
    """The practice model that a plan follows."""

    PSYCHOSOCIAL = "心理社会", "心理社会"
    TASK = "任务中心", "任务中心"
    CRISIS = "危机介入", "危机介入"
    COGNITIVE = "认知行为", "认知行为"
    RATIONAL = "理性情绪", "理性情绪"
    EMPOWERMENT = "增能", "增能"
    STRENGTHS = "优势视角", "优势视角"
    FAMILY = "家庭治疗", "家庭治疗"
    NARRATIVE = "叙事", "叙事"
    ECOSYSTEM = "生态系统", "生态系统"
    MANAGEMENT = "个案管理", "个案管理"


class Approach(models.TextChoices):
    """What is done, in everyday words (SVC-14)."""

    FAMILY = "家庭支持", "家庭支持"
    INTEGRATION = "社区融入", "社区融入"
    ABILITIES = "能力建设", "能力建设"
    COUNSELLING = "心理疏导", "心理疏导"


class CloseReason(models.TextChoices):
    REACHED = "目标达成", "目标达成"
    PARTLY = "部分达成", "部分达成"
    ENDED_BY_RESIDENT = "服务对象终止", "服务对象终止"
    REFERRED = "转介完成", "转介完成"
    LOST = "失联", "失联"
    MOVED = "迁出", "迁出"
    DIED = "去世", "去世"
    BEYOND = "超出能力或伦理", "超出能力或伦理"
    PROJECT_ENDED = "项目终止", "项目终止"
    OTHER = "其他", "其他"


class SessionMode(models.TextChoices):
    """How a session was held."""

    HOME = "入户", "入户"
    STATION = "到站", "到站"
    INSTITUTION = "机构", "机构"
    OUTDOORS = "户外", "户外"
    PHONE = "电话", "电话"
    VIDEO = "视频", "视频"


FACE_TO_FACE: Final = (
    SessionMode.HOME,
    SessionMode.STATION,
    SessionMode.INSTITUTION,
    SessionMode.OUTDOORS,
)


class RiskChange(models.TextChoices):
    SAME = "不变", "不变"
    UP = "升高", "升高"
    DOWN = "降低", "降低"


CRISIS: Final = {1: "观察", 2: "一周内处理", 3: "24 小时内处理", 4: "立即处理"}
"""Levels of a crisis and how soon it is dealt with."""

GOAL_LEVELS: Final = {-2: "远不如预期", -1: "不如预期", 0: "达到预期", 1: "超过预期", 2: "远超预期"}
"""The five steps of goal attainment in plain words (Kiresuk & Sherman 1968)."""
