"""Forms about accounts. What is wrong is decided by the services; a form only carries it to its field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import Role, User, appointable
from linzhan.kernel import places

STAFF = "/accounts/pick/workers/"
RULES = _("至少 10 个字符；小写字母、大写字母、数字、符号至少三种；不含用户名或姓名")
PICKED = {"provider": "providers", "stations": "stations", "volunteer": "volunteers", "resident": "residents"}
"""Fields that name a row of a register, within the scope of whoever appoints."""
WHY_WORKER = _("站长、驻站社工请从本站人员中选出本人；不选，手机上就没有自己名下的对象和任务")
USERNAME_HELP = _("字母、数字、点、横线，登录时使用")


def secret(label: Any, *, autocomplete: str, help_text: Any = "", **more: Any) -> forms.CharField:
    """A password field: never sent back, spaces kept."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, widget=widget, strip=False, help_text=help_text, max_length=128, **more
    )


class Carrying(forms.Form):
    """A form that can be told what a service refused."""

    def refuse(self, wrong: ValidationError) -> None:
        """Put each refusal beside its field, or above the form where it has none."""
        if hasattr(wrong, "error_dict"):
            for name, errors in wrong.error_dict.items():
                self.add_error(name if name in self.fields else None, ValidationError(errors))
        else:
            self.add_error("password" if "password" in self.fields else None, wrong)


class SignInForm(forms.Form):
    username = forms.CharField(max_length=150, error_messages={"required": _("请输入账号")})
    password = secret(
        _("密码"), autocomplete="current-password", error_messages={"required": _("请输入密码")}
    )


class NewPassword(Carrying):
    """Two fields that must agree."""

    password = secret(_("新密码"), autocomplete="new-password", help_text=RULES)
    again = secret(_("再输一次新密码"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("password") and told.get("again") and told["password"] != told["again"]:
            self.add_error("again", gettext("两次输入的密码不一样"))
        return told


class FirstAdministratorForm(NewPassword):
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,64}$", label=_("用户名"), help_text=USERNAME_HELP,
        error_messages={"invalid": _("用户名用 3 到 64 个字母、数字、点、横线")},
    )  # fmt: skip
    display_name = forms.CharField(label=_("姓名"), max_length=64)
    field_order = ("username", "display_name", "password", "again")


class PasswordForm(NewPassword):
    old = secret(_("现在的密码"), autocomplete="current-password")
    field_order = ("old", "password", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        given = str(self.cleaned_data["old"])
        if not self.user.check_password(given):
            raise ValidationError(gettext("现在的密码不正确"))
        return given

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("old") and told.get("old") == told.get("password"):
            self.add_error("password", gettext("新密码不能与现在的相同"))
        return told


class AppointmentForm(Carrying):
    """One appointment: a role over an area, an institution, a station, or a person's own file."""

    role = forms.ChoiceField(label=_("角色"), help_text=_("只列出您可以任命的角色"))
    region = forms.CharField(
        label=_("辖区"), required=False, help_text=_("辖区类角色必填：省、市、县或乡镇(街道)")
    )
    provider = forms.UUIDField(label=_("承接机构"), required=False, help_text=_("机构负责人必填"))
    stations = forms.UUIDField(label=_("站点"), required=False, help_text=_("站长、驻站社工、督导必填"))
    worker = forms.UUIDField(label=_("社工档案"), required=False, help_text=WHY_WORKER)
    volunteer = forms.UUIDField(label=_("志愿者档案"), required=False, help_text=_("志愿者必填"))
    resident = forms.UUIDField(label=_("服务对象档案"), required=False, help_text=_("居民必填"))
    title = forms.CharField(label=_("职务"), max_length=64, required=False)
    valid_from = forms.DateField(
        label=_("任职起"), required=False, widget=forms.DateInput, help_text=_("不填则自今日起")
    )

    def __init__(
        self, *args: Any, own_role: str, displays: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role, Role(role).label) for role in appointable(own_role)]
        self.fields["role"] = forms.ChoiceField(
            label=_("角色"), choices=roles, help_text=self.fields["role"].help_text
        )
        shown = displays or {}
        self.fields["region"].widget.attrs.update(
            kind="region", url="/regions/pick/", display=shown.get("region", "")
        )
        for name, register in PICKED.items():
            url = f"/accounts/pick/{register}/"
            self.fields[name].widget.attrs.update(kind="reference", url=url, display=shown.get(name, ""))
        self.fields["worker"].widget.attrs.update(
            kind="reference", url=STAFF, along="stations", display=shown.get("worker", "")
        )

    def clean_region(self) -> str:
        code = str(self.cleaned_data["region"]).strip()
        if code and not places.is_code(code):
            raise ValidationError(gettext("请从列表中选择行政区划"))
        return code


class AccountForm(AppointmentForm):
    """A new account with its first appointment."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,64}$", label=_("用户名"), help_text=USERNAME_HELP,
        error_messages={"invalid": _("用户名用 3 到 64 个字母、数字、点、横线")},
    )  # fmt: skip
    display_name = forms.CharField(label=_("姓名"), max_length=64)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    field_order = ("username", "display_name", "phone")


class OwnRowForm(Carrying):
    """Whose row on the register of workers an appointment of a station is; empty takes it back."""

    worker = forms.UUIDField(label=_("社工档案"), required=False, help_text=WHY_WORKER)

    def __init__(self, *args: Any, station_id: UUID, display: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].widget.attrs.update(
            kind="reference", url=f"{STAFF}?stations={station_id}", display=display
        )


class EndForm(forms.Form):
    """The first day without the appointment."""

    on = forms.DateField(label=_("任职止"), widget=forms.DateInput)
