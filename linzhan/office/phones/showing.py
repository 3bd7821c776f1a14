"""Conflicts, commands set aside and phones in the words of the design system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.accounts.api import display_names
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, Register, by_sheet
from linzhan.kernel.registers.reading import look_up
from linzhan.kernel.registers.told import is_row_reference
from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sync.models import Device, SyncCommand, SyncConflict
from linzhan.office import parts
from linzhan.office.registers.showing import labels, referred_text

MINUTE = 60
NOTABLE = 10  # minutes by which a clock is wrong enough to be told


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict as a person decides it."""

    id: UUID
    row: str
    url: str
    register: str
    column: str
    was: str
    theirs: str
    mine: str
    who: str
    at: datetime


def conflicts(found: Sequence[SyncConflict]) -> list[Conflict]:
    """With the names of the rows and of the people, asked once for all."""
    names = display_names({each.made_by for each in found})
    rows = _rows(found)
    shown = []
    for each in found:
        register = REGISTERS[each.register]
        column = register.column(each.column)
        was, theirs, mine = (_spelled(column, value) for value in (each.was, each.theirs, each.mine))
        shown.append(
            Conflict(
                id=each.pk,
                row=rows.get(each.row_id, register.name),
                url=f"/r/{register.key}/{each.row_id}/",
                register=register.name,
                column=column.header,
                was=was,
                theirs=theirs,
                mine=mine,
                who=names.get(each.made_by, ""),
                at=each.made_at,
            )
        )
    return shown


def _rows(found: Sequence[SyncConflict]) -> dict[UUID, str]:
    by_register: dict[str, set[UUID]] = {}
    for each in found:
        by_register.setdefault(each.register, set()).add(each.row_id)
    return {
        identity: referred_text(row)
        for key, ids in by_register.items()
        for identity, row in look_up(REGISTERS[key], list(ids)).items()
    }


def _spelled(column: Column, value: Any) -> str:
    """A normal form as people read it; an identity number is never shown, only that it differs."""
    if value in (None, "", []):
        return _("（空）")
    if column.kind in SECRET_KINDS:
        return "***"
    values = value if isinstance(value, list) else [value]
    if is_row_reference(column):
        target: Register = by_sheet(column.refers_to)
        found = look_up(target, [UUID(each) for each in values])
        return "、".join(referred_text(row) for row in found.values()) or _("（不在您的范围内）")
    if column.refers_to.startswith("@"):
        return str(labels(column, values if column.several else value))
    return "、".join(_("是") if each is True else _("否") if each is False else str(each) for each in values)


def set_aside(found: Sequence[SyncCommand]) -> parts.Table:
    """What phones sent and could not be taken: why, whose, since when."""
    names = display_names({each.user_id for each in found})
    return parts.Table(
        caption=_("搁置的提交"),
        id="aside",
        columns=[
            parts.TableColumn(key="why", label=_("为什么没有收下"), lead=True),
            parts.TableColumn(key="who", label=_("提交人")),
            parts.TableColumn(key="made", label=_("手机上的时间"), kind="time"),
            parts.TableColumn(key="received", label=_("收到时间"), kind="time"),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "why": str(each.answer.get("detail") or _("未说明")),
                    "who": names.get(each.user_id, ""),
                    "made": each.made_at,
                    "received": each.received_at,
                }
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("没有搁置的提交"),
            body=_("手机上的提交都已收下。不能收下的会在这里说明原因，改好后由提交人在手机上再传。"),
        ),
    )


def devices(found: Sequence[Device], names: Mapping[UUID, str]) -> parts.Table:
    """The phones with what is to be known of each."""
    return parts.Table(
        caption=_("手机设备"),
        columns=[
            parts.TableColumn(key="name", label=_("设备"), lead=True),
            parts.TableColumn(key="who", label=_("使用人")),
            parts.TableColumn(key="seen", label=_("最近同步"), kind="time"),
            parts.TableColumn(key="unsent", label=_("手机上待传"), kind="number", unit=_("条")),
            parts.TableColumn(key="clock", label=_("时钟")),
            parts.TableColumn(key="state", label=_("状态"), kind="status"),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "name": each.name or _("未命名的手机"),
                    "who": names.get(each.user_id, ""),
                    "seen": each.last_seen,
                    "unsent": each.unsent,
                    "clock": clock(each),
                    "state": state(each),
                },
                id=str(each.pk),
                url=f"/phones/{each.pk}/lost/",
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("还没有手机同步过"),
            body=_("在手机浏览器里打开本站的 /field/ 登录后，设备会出现在这里。"),
        ),
    )


def clock(device: Device) -> str:
    if device.clock_offset is None or abs(device.clock_offset) < NOTABLE * MINUTE:
        return _("准")
    minutes = round(abs(device.clock_offset) / MINUTE)
    return (_("慢 %d 分钟") if device.clock_offset > 0 else _("快 %d 分钟")) % minutes


def state(device: Device) -> parts.Status:
    if device.wiped_at is not None:
        return parts.Status(_("已清除"), "off")
    if device.lost_on is not None:
        return parts.Status(_("已报失"), "bad")
    return parts.Status(_("使用中"), "good")


def facts(device: Device, names: Mapping[UUID, str]) -> list[parts.Fact]:
    found = [
        parts.Fact(_("使用人"), names.get(device.user_id, "")),
        parts.Fact(_("最近同步"), device.last_seen, "time"),
        parts.Fact(_("手机上待传"), device.unsent, "number", note=_("条；清除后找不回来")),
        parts.Fact(_("时钟"), clock(device)),
    ]
    if device.lost_on is not None:
        found.append(parts.Fact(_("报失时间"), device.lost_on, "time"))
    if device.wiped_at is not None:
        found.append(parts.Fact(_("清除时间"), device.wiped_at, "time"))
    return found
