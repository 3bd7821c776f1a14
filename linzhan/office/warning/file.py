"""The file of an alert: why it was raised, by which clause and thresholds, and from which rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.requests import holds
from linzhan.oversight.api import OVER, RULES, Alert


def _stored(asked: FileAsked) -> Alert:
    if "alert" not in asked.noted:
        asked.noted["alert"] = Alert.objects.get(pk=asked.row["id"])
    found: Alert = asked.noted["alert"]
    return found


@file_head("alerts")
def head(asked: FileAsked) -> HeadMore:
    """What the rule asks for, and that it no longer holds or was raised a tier."""
    alert, rule = _stored(asked), RULES[str(asked.row["rule"])]
    troubles = []
    if alert.stage not in OVER:
        troubles.append(parts.Notice(text=alert.message, tone="warning"))
    if not alert.holds and alert.stage not in OVER:
        text = _("%s 核对时已不成立，再次核对仍不成立时自动关闭") % alert.checked_on.isoformat()
        troubles.append(parts.Notice(text=text, tone="info"))
    if alert.raised:
        text = _("没有按期知悉，已上报 %(n)d 次，现由%(tier)s处理") % {"n": alert.raised, "tier": alert.tier}
        troubles.append(parts.Notice(text=text, tone="warning"))
    return HeadMore(
        facts=[
            parts.Fact(_("建议"), str(rule.action)),
            *([parts.Fact(_("资金环节"), str(rule.money.label))] if rule.money else []),
        ],
        troubles=troubles,
        actions=[parts.Action(label=_("规则和阈值"), url=f"/alerts/rules/{rule.code}/")],
    )


@file_part("alerts", template="office/warning/behind.html", order=-10)
def behind(asked: FileAsked) -> Mapping[str, object]:
    """The rows behind, each with the way to it; those out of the reader's sight are counted."""
    alert, rule = _stored(asked), RULES[str(asked.row["rule"])]
    return {
        "facts": [
            parts.Fact(_("规则"), f"{rule.code} {rule.name}"),
            parts.Fact(_("判断方法"), rule.method(alert.region_code, alert.checked_on), long=True),
            parts.Fact(_("阈值和依据"), alert.clause or _("按规则本身"), long=True),
            parts.Fact(_("最近核对"), alert.checked_on, "date"),
        ],
        **rows_behind(asked.request, alert.rows, alert.rows_count),
    }


def rows_behind(request: HttpRequest, behind: Sequence[Sequence[str]], count: int) -> Mapping[str, object]:
    """The table of the rows behind a finding, and how many more there are that the reader does not see."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for key, identity in behind:
        wanted[key].append(UUID(identity))
    seen: dict[UUID, Referred] = {}
    for key, ids in wanted.items():
        if key in REGISTERS and holds(request, REGISTERS[key].view):
            seen |= look_up(REGISTERS[key], ids)
    rows = [
        parts.TableRow(
            url=f"/r/{key}/{identity}/",
            cells={
                "kind": REGISTERS[key].name,
                "key": seen[UUID(identity)].key,
                "name": seen[UUID(identity)].title,
            },
        )
        for key, identity in behind
        if UUID(identity) in seen and key != "workers"
    ] + [
        parts.TableRow(
            url=f"/r/{key}/{identity}/",
            cells={"kind": REGISTERS[key].name, "key": "", "name": seen[UUID(identity)].title},
        )
        for key, identity in behind
        if UUID(identity) in seen and key == "workers"
    ]
    hidden = count - len(rows)
    return {
        "note": _("另有 %d 条您看不到或没有列出") % hidden if hidden > 0 else "",
        "table": parts.Table(
            caption=_("所据记录"),
            columns=[
                parts.TableColumn(key="name", label=_("名称"), lead=True),
                parts.TableColumn(key="kind", label=_("台账")),
                parts.TableColumn(key="key", label=_("编号")),
            ],
            rows=rows,
            id="behind",
            compact=True,
            empty=parts.Empty(title=_("没有您能打开的记录"), body=_("所据的记录由别的单位管理。")),
        ),
    }
