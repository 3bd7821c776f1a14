"""Closed lists of consultations, referrals and resource links (``domain.md`` §7.5)."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    AT_STATION = "来站", "来站"
    AT_HOME = "进家", "进家"
    PHONE = "电话", "电话"
    ONLINE = "网络", "网络"
    OUTREACH = "外展", "外展"


class Urgency(models.TextChoices):
    ROUTINE = "一般", "一般"
    PRESSING = "紧急", "紧急"
    AT_ONCE = "立即", "立即"


class ReferralKind(models.TextChoices):
    INTERNAL = "内部", "内部"
    EXTERNAL = "外部", "外部"


class ReferralStage(models.TextChoices):
    PREPARED = "拟转介", "拟转介"
    SENT = "已发出", "已发出"
    RECEIVED = "已接收", "已接收"
    SETTLED = "有结果", "有结果"
    REFUSED = "被退回", "被退回"
    WITHDRAWN = "已撤回", "已撤回"


class GiftKind(models.TextChoices):
    MONEY = "资金", "资金"
    GOODS = "物资", "物资"
    SERVICE = "服务", "服务"
    VENUE = "场地", "场地"
