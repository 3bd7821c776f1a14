"""The metrics of a contract (``domain.md`` §5.5): what is counted by what."""

from __future__ import annotations

from django.db import models


class Metric(models.TextChoices):
    """T01…T19. Seven of them have a column of their own in the sheet 项目."""

    REGISTRATIONS = "建档", "建档"
    VISITS = "入户探访", "入户探访"
    CALLS = "电话探访", "电话探访"
    CASES = "个案新开", "个案新开"
    CASES_CLOSED = "个案结案", "个案结案"
    GROUPS = "小组", "小组"
    SESSIONS = "小组节次", "小组节次"
    ACTIVITIES = "社区活动", "社区活动"
    CONSULTATIONS = "咨询", "咨询"
    REFERRALS = "转介", "转介"
    RESOURCES = "链接资源", "链接资源"
    PERSON_TIMES = "服务人次", "服务人次"
    HOURS = "服务工时", "服务工时"
    SATISFACTION = "满意度", "满意度"
    VOLUNTEERS = "志愿者新增", "志愿者新增"
    VOLUNTEER_HOURS = "志愿服务时长", "志愿服务时长"
    TRAININGS = "培训", "培训"
    SUPERVISIONS = "督导", "督导"
    PUBLICITY = "宣传", "宣传"
    ORGANISATIONS = "培育社区社会组织", "培育社区社会组织"
