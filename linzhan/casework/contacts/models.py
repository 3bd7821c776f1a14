"""Consultations, referrals and resource links, each beside the service record that counts it (``domain.md`` §7.5).

A referral hands a resident on to somebody who can help and asks what became of it. It is neither an
assignment (another worker of the station) nor a transfer (another station): the file stays where it is.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.casework.contacts.enums import Channel, GiftKind, ReferralKind, ReferralStage, Urgency
from linzhan.casework.placed import StationRow
from linzhan.kernel.models import PlacedRow, marks, unique_in_county


class Consultation(StationRow):
    """咨询记录: what was asked, what was answered, to whom it was referred."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record channel referred",
        L4="question answer",
    )

    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    channel = models.CharField(_("来访方式"), max_length=10, choices=Channel.choices, blank=True, default="")
    question = models.TextField(_("咨询问题"))
    answer = models.TextField(_("答复"), blank=True, default="")
    referred = models.CharField(_("转给"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("咨询记录")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record"], name="a_record_is_one_consultation")
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="consultations_of_a_place")]


class ReferralFile(StationRow):
    """转介单: to whom a resident was referred, with whose consent, whether it was received and what came of it."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record code stage kind receiver urgency consented_on"
        " consent_overridden sent_on received_on receipt settled_on",
        L3="resident contact",
        L4="reason shared override_reason result",
    )

    code = models.CharField(_("转介编号"), max_length=64, db_collation="C")
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    record = models.ForeignKey(
        "casework.ServiceRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("服务记录"),
    )
    stage = models.CharField(
        _("阶段"), max_length=10, choices=ReferralStage.choices, blank=True, default=ReferralStage.PREPARED
    )
    kind = models.CharField(_("转介类型"), max_length=10, choices=ReferralKind.choices)
    receiver = models.CharField(_("接收方"), max_length=200)
    contact = models.CharField(_("接收方联系人"), max_length=200, blank=True, default="")
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency.choices)
    reason = models.TextField(_("转介事由"))
    shared = models.TextField(_("转交的资料"), blank=True, default="")
    consented_on = models.DateField(_("同意日期"), null=True, blank=True)
    consent_overridden = models.BooleanField(_("未经同意先转"), null=True, blank=True)
    override_reason = models.TextField(_("先转理由"), blank=True, default="")
    sent_on = models.DateField(_("发出日期"), null=True, blank=True)
    received_on = models.DateField(_("接收日期"), null=True, blank=True)
    receipt = models.CharField(_("回执"), max_length=200, blank=True, default="")
    settled_on = models.DateField(_("结果日期"), null=True, blank=True)
    result = models.TextField(_("转介结果"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("转介单")
        constraints: ClassVar = [unique_in_county("a_referral_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "sent_on"], name="referrals_of_a_place"),
            models.Index(fields=["resident"], name="referrals_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code


class ResourceLink(StationRow):
    """资源链接明细: what somebody gave for residents; who got it are the residents of the service record."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record donor kind what value receipt received_on"
        " public_fundraising charity charity_number"
    )

    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    donor = models.CharField(_("提供方"), max_length=200)
    kind = models.CharField(_("资源类型"), max_length=10, choices=GiftKind.choices)
    what = models.CharField(_("内容和数量"), max_length=200)
    value = models.DecimalField(_("金额或折价"), max_digits=16, decimal_places=2, null=True, blank=True)
    receipt = models.CharField(_("票据号"), max_length=200, blank=True, default="")
    received_on = models.DateField(_("到账或收到日期"), null=True, blank=True)
    public_fundraising = models.BooleanField(_("是否公开募捐"), null=True, blank=True)
    charity = models.CharField(_("公募慈善组织"), max_length=200, blank=True, default="")
    charity_number = models.CharField(_("募捐方案备案号"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("资源链接明细")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record"], name="a_record_is_one_resource_link")
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="resource_links_of_a_place")]
