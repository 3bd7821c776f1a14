"""The list and the file of accounts in the words of the design system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import Account, Appointment, Role, User
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import look_up
from linzhan.office.accounts.forms import PICKED
from linzhan.office.accounts.own_row import OF_STATIONS, names_of_workers
from linzhan.office.parts import (
    Action,
    Choice,
    Empty,
    Fact,
    Field,
    Filters,
    PageHead,
    Pager,
    Status,
    Table,
    TableColumn,
    TableRow,
)
from linzhan.office.regions.names import paths_of, short
from linzhan.office.registers.showing import referred_text


def asked_of(query: Mapping[str, str]) -> dict[str, Any]:
    """What the address of the list asks for, as arguments of ``accounts``."""
    role = query.get("role", "")
    return {
        "text": query.get("q", "").strip(),
        "role": role if role in Role.values else "",
        "active": {"": True, "off": False}.get(query.get("state", "")),
        "after": query.get("after", ""),
    }


def filters(asked: Mapping[str, Any]) -> Filters:
    state = {True: "", False: "off"}.get(asked["active"], "all")
    return Filters(
        fields=[
            Field(name="q", label=_("查找"), kind="search", value=asked["text"], placeholder=_("用户名或姓名")),
            Field(
                name="role", label=_("角色"), kind="select", value=asked["role"], blank=_("全部角色"),
                choices=[Choice(role, str(role.label)) for role in Role],
            ),
            Field(
                name="state", label=_("状态"), kind="select", value=state, blank=_("启用"),
                choices=[Choice("off", _("已停用")), Choice("all", _("全部"))],
            ),
        ],
        clear_url="/accounts/" if asked["text"] or asked["role"] or asked["active"] is not True else "",
    )  # fmt: skip


def accounts_table(found: Sequence[Account], *, more: bool, asked: QueryDict) -> Table:
    paths = paths_of({each.region_code for account in found for each in account.appointments})
    onward = ""
    if more:
        query = asked.copy()
        query["after"] = found[-1].user.username
        onward = f"?{query.urlencode()}"
    return Table(
        caption=_("账号"),
        columns=[
            TableColumn(key="name", label=_("姓名"), lead=True),
            TableColumn(key="username", label=_("用户名"), kind="code"),
            TableColumn(key="held", label=_("在任职务")),
            TableColumn(key="last", label=_("最近登录"), kind="time"),
            TableColumn(key="state", label=_("状态")),
        ],
        rows=[_account_row(each, paths) for each in found],
        pager=Pager(next_url=onward) if more else None,
        empty=Empty(title=_("没有符合条件的账号"), body=_("换个条件查找，或为新同事开设账号。")),
    )


def _account_row(account: Account, paths: Mapping[str, str]) -> TableRow:
    user = account.user
    held = "；".join(
        f"{_role_name(each)}（{short(paths[each.region_code])}）" for each in account.appointments
    )
    return TableRow(
        id=str(user.pk),
        url=f"/accounts/{user.pk}/",
        cells={
            "name": user.display_name,
            "username": user.username,
            "held": held or _("没有在任职务"),
            "last": user.last_login,
            "state": _state(user),
        },
    )


def _state(user: User) -> Status:
    if not user.is_active:
        return Status(_("停用"), "off")
    return Status(_("待改密码"), "wait") if user.must_change_password else Status(_("启用"), "good")


def _role_name(held: Appointment) -> str:
    return held.title or str(Role(held.role).label)


def account_head(user: User, *, may_edit: bool) -> PageHead:
    base = f"/accounts/{user.pk}"
    actions = [
        Action(label=_("任命"), url=f"{base}/appoint/", icon="add", style="primary"),
        Action(
            label=_("重置密码"), url=f"{base}/reset/", post=True, icon="key",
            confirm=_("将生成一次性密码，%(name)s 现在的登录会退出。") % {"name": user.display_name},
        ),
        Action(
            label=_("停用账号") if user.is_active else _("启用账号"),
            url=f"{base}/active/", post=True, name="active", value="" if user.is_active else "1",
            style="danger" if user.is_active else "",
            confirm=_("停用后 %(name)s 不能登录，可以随时再启用。") % {"name": user.display_name} if user.is_active else "",
        ),
    ]  # fmt: skip
    return PageHead(name=user.display_name, status=_state(user), actions=actions if may_edit else ())


def account_facts(user: User) -> list[Fact]:
    return [
        Fact(_("用户名"), user.username),
        Fact(_("联系电话"), user.phone),
        Fact(_("所在地"), paths_of([user.region_code])[user.region_code]),
        Fact(_("最近登录"), user.last_login, "time"),
        Fact(_("密码修改时间"), user.password_changed_at, "time"),
    ]


def appointments_table(held: Sequence[Appointment], *, may_end: bool) -> Table:
    paths = paths_of({each.region_code for each in held})
    names = _names_of(held)
    people = names_of_workers(held)
    today = timezone.localdate()
    return Table(
        caption=_("任职"),
        id="appointments",
        columns=[
            TableColumn(key="role", label=_("角色"), lead=True),
            TableColumn(key="place", label=_("辖区")),
            TableColumn(key="named", label=_("机构或站点")),
            TableColumn(key="person", label=_("社工档案")),
            TableColumn(key="from", label=_("任职起"), kind="date"),
            TableColumn(key="to", label=_("任职止"), kind="date"),
        ],
        rows=[
            TableRow(
                cells={
                    "role": _role_name(each),
                    "place": short(paths[each.region_code]),
                    "named": names.get(str(each.station_id or each.provider_id or ""), ""),
                    "person": people.get(each.person_id or each.pk, "")
                    or (_("未关联") if each.role in OF_STATIONS else ""),
                    "from": each.valid_from,
                    "to": each.valid_to,
                },
                actions=_appointment_actions(each)
                if may_end and (each.valid_to is None or each.valid_to > today)
                else (),
            )
            for each in held
        ],
        empty=Empty(title=_("没有任职"), body=_("任命之后，这个账号才看得到数据。")),
    )


def _appointment_actions(held: Appointment) -> list[Action]:
    base = f"/accounts/appointments/{held.pk}"
    end = Action(label=_("结束任职"), url=f"{base}/end/")
    if held.role not in OF_STATIONS or held.station_id is None:
        return [end]
    return [
        Action(label=_("更换社工档案") if held.person_id else _("关联社工档案"), url=f"{base}/worker/"),
        end,
    ]


def _names_of(held: Sequence[Appointment]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, ids in (
        ("stations", {each.station_id for each in held} - {None}),
        ("providers", {each.provider_id for each in held} - {None}),
    ):
        if ids and key in REGISTERS:
            rows = look_up(REGISTERS[key], [each for each in ids if each])
            found |= {str(row_id): referred_text(each) for row_id, each in rows.items()}
    return found


def displays(posted: Mapping[str, str]) -> dict[str, str]:
    """What the pickers of a form that came back show: the names of what was chosen."""
    found: dict[str, str] = {}
    if region := posted.get("region", ""):
        found["region"] = paths_of([region])[region]
    for name, key in (PICKED | {"worker": "workers"}).items():
        row_id = posted.get(name, "")
        if row_id and key in REGISTERS:
            try:
                rows = look_up(REGISTERS[key], [row_id])  # type: ignore[list-item]  # the text of an id
            except ValueError:
                continue
            found.update((name, referred_text(each)) for each in rows.values())
    return found
