"""Social workers, where they were posted when, what they hold and what was filed (PPL-01, PPL-02, FIL-03, NFR-02).

``SocialWorker`` is one row for a person in a county: a county must not learn that another one knows
the person. Figures count distinct persons by the blind index of the identity number.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import (
    PlacedRow,
    county_of_region,
    ends_after_it_starts,
    marks,
    one_state_at_a_time,
)
from linzhan.network.api import Station
from linzhan.providers.api import Provider
from linzhan.workforce.enums import Employment, Grade, Occasion, Post, Sex
from linzhan.workforce.models.fields import identity_index


class SocialWorker(PlacedRow):
    """社工: somebody employed on a post, or a certificate holder (post 其他). The row holds the current employment.

    Its place is the station's, or that of the institution's registrar where there is no station.
    """

    levels = marks(
        L2="id region_code county_code provider station post employment hired_on left_on certificate passed_on"
        " registered_until filed_on leaving_filed_on pledged_on sex education major",
        L3="name phone political_status certificate_number pay_grade",
        L4="identity_number_sealed identity_number_index",
    )

    county_code = county_of_region()
    identity_number_sealed = models.BinaryField(_("证件号码"))
    identity_number_index = identity_index()
    name = models.CharField(_("姓名"), max_length=200)
    sex = models.CharField(_("性别"), max_length=2, choices=Sex.choices, blank=True, default="")
    phone = models.CharField(_("手机号"), max_length=64, blank=True, default="")
    education = models.CharField(_("学历"), max_length=200, blank=True, default="")
    major = models.CharField(_("所学专业"), max_length=200, blank=True, default="")
    political_status = models.CharField(_("政治面貌"), max_length=200, blank=True, default="")
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("承接机构"),
    )
    station = models.ForeignKey(
        Station,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("站点"),
    )
    post = models.CharField(_("岗位"), max_length=10, choices=Post.choices)
    employment = models.CharField(_("用工形式"), max_length=10, choices=Employment.choices)
    hired_on = models.DateField(_("入职日期"))
    left_on = models.DateField(_("离职日期"), null=True, blank=True)
    certificate = models.CharField(
        _("职业资格"), max_length=10, choices=Grade.choices, blank=True, default=""
    )
    certificate_number = models.CharField(
        _("证书编号"), max_length=64, blank=True, default="", db_collation="C"
    )
    passed_on = models.DateField(_("通过日期"), null=True, blank=True)
    registered_until = models.DateField(_("登记有效期至"), null=True, blank=True)
    pay_grade = models.CharField(_("薪级"), max_length=200, blank=True, default="")
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)
    leaving_filed_on = models.DateField(_("离职备案日期"), null=True, blank=True)
    pledged_on = models.DateField(_("承诺书日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("社工")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_number_index", "county_code"],
                name="a_worker_is_registered_once_in_a_county",
            ),
            ends_after_it_starts("a_worker_leaves_after_the_hire", starts="hired_on", ends="left_on"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="workers_of_a_place"),
            models.Index(
                fields=["station", "id"], name="workers_of_a_station", condition=Q(station__isnull=False)
            ),
            models.Index(
                fields=["provider", "id"],
                name="workers_of_an_institution",
                condition=Q(provider__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(PlacedRow):
    """驻站社工: from when until when a worker held a post, where and for whom. ``valid_to`` is the first day off post."""

    levels = marks(
        L2="id subject valid_from valid_to region_code provider_id station_id post employment",
        L4="identity_number_index",
    )

    subject = models.ForeignKey(
        SocialWorker, on_delete=models.CASCADE, related_name="+", verbose_name=_("社工")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    identity_number_index = identity_index()
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    post = models.CharField(_("岗位"), max_length=10)
    employment = models.CharField(_("用工形式"), max_length=10)

    class Meta(PlacedRow.Meta):
        verbose_name = _("驻站社工")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="postings_of_a_place"),
            models.Index(
                fields=["station_id", "valid_from"],
                name="postings_at_a_station",
                condition=Q(station_id__isnull=False),
            ),
        ]
        constraints: ClassVar = [one_state_at_a_time("a_worker_has_one_posting_at_a_time")]


class OfWorker(PlacedRow):
    """What is kept of a worker beside the register: at the worker's place, with what tells the person apart."""

    worker = models.ForeignKey(
        SocialWorker, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("社工")
    )
    identity_number_index = identity_index()
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)

    class Meta(PlacedRow.Meta):
        abstract = True


class Certificate(OfWorker):
    """持证: a grade that a worker holds. A higher one is added, the earlier one stays (PPL-02, PPL-03).

    Without a passing date it is taken to have been held from ``stated_from``, the hire of the row that
    stated it; before that nothing is known.
    """

    levels = marks(
        L2="id worker region_code provider_id station_id grade passed_on stated_from",
        L3="number",
        L4="identity_number_index",
    )

    grade = models.CharField(_("职业资格"), max_length=10, choices=Grade.choices)
    number = models.CharField(_("证书编号"), max_length=64, blank=True, default="", db_collation="C")
    passed_on = models.DateField(_("通过日期"), null=True, blank=True)
    stated_from = models.DateField(_("填报起始日"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("持证")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "grade"], name="a_worker_holds_a_grade_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "grade"], name="certificates_of_a_place"),
            models.Index(fields=["number"], name="certificate_by_number", condition=~Q(number="")),
        ]


class CertificateTerm(OfWorker):
    """登记有效期: until when a certificate was registered; a renewal adds a row, so that past terms stay known.

    Registration runs in the ministry's own system; here only its date is kept (``domain.md`` §3.2).
    """

    levels = marks(L2="id worker region_code provider_id station_id grade until", L4="identity_number_index")

    grade = models.CharField(_("职业资格"), max_length=10, choices=Grade.choices)
    until = models.DateField(_("登记有效期至"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("登记有效期")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "grade", "until"], name="a_term_ends_once")
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "until"], name="terms_of_a_place")]


class Filing(OfWorker):
    """备案: a hire or a leaving that has to be filed with the bureau, and when it was (FIL-03).

    ``spell_from`` is the hire that opened the employment; with the occasion it tells one filing apart.
    """

    levels = marks(
        L2="id worker region_code provider_id station_id occasion spell_from happened_on filed_on",
        L4="identity_number_index",
    )

    occasion = models.CharField(_("事由"), max_length=10, choices=Occasion.choices)
    spell_from = models.DateField(_("入职日期"))
    happened_on = models.DateField(_("发生日期"))
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("备案")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "spell_from", "occasion"], name="a_change_is_filed_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "happened_on"], name="filings_of_a_place"),
            models.Index(
                fields=["region_code", "happened_on"], name="filings_due", condition=Q(filed_on__isnull=True)
            ),
        ]
