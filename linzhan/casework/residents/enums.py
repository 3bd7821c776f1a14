"""Closed lists of the resident's file (``domain.md`` §6.2, §6.3, §19.3). Words are what is stored and shown."""

from __future__ import annotations

from typing import Final

from django.db import models

SEPARATION: Final = "户在人在/户在人不在/户不在人在"
MARITAL: Final = "未婚/已婚/离异/丧偶/其他"
EDUCATION: Final = "未上学/小学/初中/高中或中专/大专/本科及以上"
EMPLOYMENT: Final = "在业/务农/灵活就业/失业/无劳动能力/在学/离退休/其他"
LIVING: Final = "独居/与配偶/与子女/与父母/隔代/与亲友/机构/其他"
HEALTH: Final = "良好/一般/较差/重病"
DISABILITIES: Final = "视力/听力/言语/肢体/智力/精神/多重"
DISABILITY_GRADES: Final = "一级/二级/三级/四级"
CARE_ABILITY: Final = "自理/半自理但支持充足/半自理但支持不足/无法自理且影响生存"
CARE_RESOURCES: Final = "亲属/自我/社区居家服务/机构/邻里/志愿者/其他"
SOCIAL_SECURITY: Final = "政策补贴/医疗/长护险/住房/教育/社会保险/优抚/司法/其他"
HOUSING: Final = "自购/公租保障/租房/自建/回迁/宿舍/机构/安置/其他"
GUARDIANS: Final = "父母/祖父母/外祖父母/其他亲属/村(居)委会/民政部门/其他"
GUARDIANSHIP: Final = "有能力/能力不足/无能力或缺位"
PARENT: Final = "在身边/外出务工/重残/重病/服刑或强制戒毒/失联/死亡/其他"
ATTENDANCE: Final = "正常/偶尔缺课/辍学/未到入学年龄"


class Purpose(models.TextChoices):
    """What a person consents to (P1 … P7 of ``domain.md`` §19.3)."""

    SERVICE = "建档服务", "建档服务"
    ASSESSMENT = "个案与健康评估", "个案与健康评估"
    PHOTOS = "照片宣传", "照片宣传"
    REFERRAL = "转介共享", "转介共享"
    REVIEW = "督导评估查阅", "督导评估查阅"
    RESEARCH = "研究统计", "研究统计"
    LOCATION = "位置", "位置"


PURPOSE_CODES: Final = {purpose: f"P{number}" for number, purpose in enumerate(Purpose, 1)}


class GivenBy(models.TextChoices):
    SELF = "本人", "本人"
    GUARDIAN = "监护人", "监护人"
    AGENT = "代理人", "代理人"


class ConsentMethod(models.TextChoices):
    SIGNED = "签字", "签字"
    FINGERPRINT = "按印", "按印"
    WITNESSED = "口头并见证", "口头并见证"
    ONLINE = "线上", "线上"


class ChangeKind(models.TextChoices):
    """A major change after which a person is owed a first contact (SVC-07)."""

    FIRE = "火灾", "火灾"
    DISASTER = "自然灾害", "自然灾害"
    ACCIDENT = "意外事故", "意外事故"
    ILLNESS = "突发重病或住院", "突发重病或住院"
    BEREAVED = "亲人或照料人去世", "亲人或照料人去世"
    GUARDIAN_JAILED = "监护人被羁押或服刑", "监护人被羁押或服刑"
    GUARDIAN_LOST = "监护人失联或不履责", "监护人失联或不履责"
    DISABLED = "失能加重", "失能加重"
    JOB_LOST = "失业或收入骤降", "失业或收入骤降"
    HARM = "疑似受到侵害", "疑似受到侵害"
    SELF_HARM = "自伤或轻生迹象", "自伤或轻生迹象"
    OTHER = "其他", "其他"


class SurveyNeed(models.TextChoices):
    """What a home survey finds needed: the kinds of the list of needs (``contract/workbook.md``)."""

    COMMUNITY = "社区营造", "社区营造"
    LIVING = "生活服务", "生活服务"
    CULTURE = "文化活动", "文化活动"
    CHARITY = "公益慈善", "公益慈善"
    RELIEF = "救助", "救助"
    ELDERLY = "养老", "养老"
    CHILD = "儿童", "儿童"
    DISABILITY = "助残", "助残"
    MENTAL = "心理", "心理"
    OTHER = "其他", "其他"
