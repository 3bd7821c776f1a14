"""Accounts and appointments: one person, in one or more roles, each over one place."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.accounts.enums import Role
from linzhan.kernel.ids import uuid7
from linzhan.kernel.models import PlacedRow, RegionCodeField, marks
from linzhan.kernel.scope import ScopedManager, ScopedModel


class User(AbstractBaseUser, ScopedModel):
    """An account. Its place is that of the first appointment; everybody sees their own."""

    place_person: ClassVar[str] = "id"
    history_leaves_out: ClassVar[tuple[str, ...]] = ("password", "last_login")
    levels = marks(
        L2="id username last_login is_active is_demo must_change_password password_changed_at region_code"
        " provider_id station_id",
        L3="display_name phone",
        L4="password",
    )

    id = models.UUIDField(_("平台编号"), primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("用户名"), max_length=64, unique=True)
    display_name = models.CharField(_("姓名"), max_length=64)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True, default="")
    is_active = models.BooleanField(_("启用"), default=True)
    is_demo = models.BooleanField(_("演示账号"), default=False)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    region_code = RegionCodeField(_("行政区划"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)

    appointments_today: list[Appointment] | None = (
        None  # read with the account by whoever recognises a caller
    )

    objects: ClassVar[ScopedManager[User]] = ScopedManager()  # type: ignore[assignment]  # AbstractBaseUser has its own
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(ScopedModel.Meta):
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.display_name or self.username


class Appointment(PlacedRow):
    """任职: a person in a role over an area, an institution, stations, or themselves; dated.

    A delegated one (``delegated_by`` another appointment, held by the account ``behalf_of``) ends with it.
    """

    place_person: ClassVar[str] = "user_id"
    levels = marks(
        L2="id user region_code role provider_id station_id stations person_id valid_from valid_to title"
        " delegated_by behalf_of"
    )

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=32, choices=Role.choices)
    title = models.CharField(_("职务"), max_length=64, blank=True, default="")
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    stations = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("负责站点"))
    person_id = models.UUIDField(_("本人档案"), null=True, blank=True)
    valid_from = models.DateField(_("任职起"), null=True, blank=True)
    valid_to = models.DateField(_("任职止"), null=True, blank=True)
    delegated_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("委托自")
    )
    behalf_of = models.UUIDField(_("委托人"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("任职")
        indexes: ClassVar = [models.Index(fields=["user"], name="appointments_of_a_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="an_appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(delegated_by__isnull=True, behalf_of__isnull=True)
                | Q(delegated_by__isnull=False, behalf_of__isnull=False, valid_to__isnull=False),
                name="a_delegation_names_who_delegates_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region_code}"


class Token(PlacedRow):
    """An API token of an account; only its digest is kept."""

    place_person: ClassVar[str] = "user_id"
    levels = marks(L2="id user region_code appointment created_at expires_at last_used_at", L4="digest")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("账号"))
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="+", null=True, verbose_name=_("任职")
    )
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("签发时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("接口令牌")
