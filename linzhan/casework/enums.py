"""Closed lists of residents and service records (``contract/workbook.md``)."""

from __future__ import annotations

from django.db import models


class DocumentType(models.TextChoices):
    ID_CARD = "身份证", "身份证"
    HOUSEHOLD_BOOK = "户口簿", "户口簿"
    BIRTH_CERTIFICATE = "出生医学证明", "出生医学证明"
    RESIDENCE_PERMIT = "港澳台居民居住证", "港澳台居民居住证"
    PASSPORT = "护照", "护照"
    NONE = "无证件", "无证件"


class Risk(models.TextChoices):
    HIGH = "高风险", "高风险"
    KEY = "重点", "重点"
    GENERAL = "一般", "一般"
    ORDINARY = "普通", "普通"


class ResidentStatus(models.TextChoices):
    REGISTERED = "在册", "在册"
    PAUSED = "暂停", "暂停"
    MOVED = "迁出", "迁出"
    DIED = "死亡", "死亡"
    ENDED = "结束", "结束"


class Method(models.TextChoices):
    VISIT = "探访", "探访"
    CASE = "个案", "个案"
    GROUP = "小组", "小组"
    ACTIVITY = "活动", "活动"
    CONSULTATION = "咨询", "咨询"
    REFERRAL = "转介", "转介"
    RESOURCE = "资源链接", "资源链接"


class Outcome(models.TextChoices):
    MET = "见到本人", "见到本人"
    MET_FAMILY = "见到家属", "见到家属"
    NOBODY = "无人", "无人"
    REFUSED = "拒访", "拒访"
    OUT = "外出", "外出"
    IN_HOSPITAL = "住院", "住院"
    MOVED = "已迁走", "已迁走"
    DIED = "已去世", "已去世"


class RecordStatus(models.TextChoices):
    WAITING = "待审核", "待审核"
    RETURNED = "已退回", "已退回"
    ACCEPTED = "已通过", "已通过"
    VOIDED = "已作废", "已作废"


class EntryMode(models.TextChoices):
    """How long after the service a record was written down (``domain.md`` §7)."""

    ON_THE_SPOT = "现场", "现场"
    SAME_DAY = "当日补录", "当日补录"
    LATER = "隔日补录", "隔日补录"
    IMPORTED = "批量导入", "批量导入"


class Task(models.TextChoices):
    """The occupational tasks of social work, as tags of a service (PPL-20, SVC-25)."""

    RELIEF = "帮困扶弱", "帮困扶弱"
    EMOTIONS = "情绪疏导", "情绪疏导"
    COMFORT = "心理抚慰", "心理抚慰"
    CARE = "精神关爱", "精神关爱"
    CORRECTION = "行为矫治", "行为矫治"
    REHABILITATION = "社会康复", "社会康复"
    RIGHTS = "权益维护", "权益维护"
    CRISIS = "危机干预", "危机干预"
    RELATIONS = "关系调适", "关系调适"
    CONFLICTS = "矛盾化解", "矛盾化解"
    ABILITIES = "能力建设", "能力建设"
    RESOURCES = "资源链接", "资源链接"
    INCLUSION = "社会融入", "社会融入"


INDIVIDUAL_METHODS = (Method.VISIT, Method.CASE, Method.CONSULTATION, Method.REFERRAL)
"""Methods whose record without a number is one person-time (``contract/figures.md``)."""
