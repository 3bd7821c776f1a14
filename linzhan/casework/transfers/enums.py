from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferKind(models.TextChoices):
    GIVEN = "转出", _("转出")
    ASKED_FOR = "请求转入", _("请求转入")


class TransferStage(models.TextChoices):
    ASKED = "待答复", _("待答复")
    ACCEPTED = "已接收", _("已接收")
    DECLINED = "已谢绝", _("已谢绝")
    WITHDRAWN = "已撤回", _("已撤回")


class Consent(models.TextChoices):
    OWN = "本人同意", _("本人同意")
    GUARDIAN = "监护人同意", _("监护人同意")
    OVERRIDE = "未取得同意", _("未取得同意，按理由转移")


class HandoverReason(models.TextChoices):
    LEAVING = "离职", _("离职")
    ELSEWHERE = "调岗", _("调岗")
    AWAY = "休假", _("休假")
    SHARING = "分担", _("调整分工")


class NoticeMode(models.TextChoices):
    IN_PERSON = "当面", _("当面")
    PHONE = "电话", _("电话")
    MESSAGE = "短信微信", _("短信微信")
    FAMILY = "转告家属", _("转告家属")


class ProposalState(models.TextChoices):
    OPEN = "待核", _("待核")
    TAKEN = "已采纳", _("已采纳")
    DROPPED = "不采纳", _("不采纳")
