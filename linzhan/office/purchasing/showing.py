"""Contracts and their progress as tables and cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import look_up
from linzhan.office import parts
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import kind_of, referred_text
from linzhan.procurement.api import PROJECTS, Line, Milestone, ProjectProgress, ServiceProject, Standing
from linzhan.providers.api import PROVIDERS

MILESTONE = ("name", "due_on", "done_on", "evidence", "deviation", "remedy")


def share(value: Fraction | Decimal | None) -> Decimal | None:
    """A share in percent, one decimal."""
    if value is None:
        return None
    exact = Fraction(value) * 100
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def rounded(value: Fraction | None) -> Decimal | None:
    """An amount in its own unit, whole from ten upwards."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1) if exact >= 10 else Decimal("0.1"), ROUND_HALF_UP)


def meter(value: Fraction | Decimal | None) -> object:
    percent = share(value)
    return None if percent is None else parts.Meter(value=min(percent, Decimal(100)), text=f"{percent}%")


def progress_rows(found: Sequence[ProjectProgress]) -> parts.Table:
    """Kept progress, as it was counted within the hour."""
    projects = look_up(PROJECTS, {each.project_id for each in found})
    providers = look_up(PROVIDERS, {each.provider_id for each in found if each.provider_id})
    return parts.Table(
        caption=_("项目进度"),
        columns=[
            parts.TableColumn(key="name", label=_("项目"), lead=True),
            parts.TableColumn(key="provider", label=_("承接机构")),
            parts.TableColumn(key="ends_on", label=_("合同结束"), kind="date"),
            parts.TableColumn(key="elapsed", label=_("时间进度")),
            parts.TableColumn(key="progress", label=_("完成率")),
            parts.TableColumn(key="lag", label=_("进度系数"), kind="number", help=_("完成率÷时间进度；小于 1 表示慢于时间")),
            parts.TableColumn(key="forecast", label=_("预计期末"), help=_("按到今天的平均进度直线推算，不计季节")),
            parts.TableColumn(key="late", label=_("逾期里程碑"), kind="number"),
        ],
        rows=[
            parts.TableRow(
                id=str(each.project_id),
                url=f"/r/projects/{each.project_id}/?tab=progress",
                cells={
                    "name": referred_text(projects[each.project_id]) if each.project_id in projects else "",
                    "provider": referred_text(providers[each.provider_id])
                    if each.provider_id in providers
                    else "",
                    "ends_on": each.ends_on,
                    "elapsed": meter(each.elapsed),
                    "progress": meter(each.progress) or _("没有指标"),
                    "lag": None if each.lag is None else each.lag.quantize(Decimal("0.01")),
                    "forecast": meter(each.forecast) or _("暂不推算"),
                    "late": each.late_milestones or None,
                },
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("没有执行中的项目"), body=_("合同期内的项目会出现在这里，每小时重新计数。"), icon="check"
        ),
    )  # fmt: skip


def unfiled_table(found: Sequence[ServiceProject]) -> parts.Table:
    return parts.Table(
        caption=_("没有采购档案的项目"),
        columns=[
            parts.TableColumn(key="name", label=_("项目"), lead=True),
            parts.TableColumn(key="purchaser", label=_("购买主体")),
            parts.TableColumn(key="status", label=_("状态")),
            parts.TableColumn(key="amount", label=_("合同金额"), kind="money"),
            parts.TableColumn(key="ends_on", label=_("合同结束"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/projects/{each.pk}/",
                cells={
                    "name": parts.Cell(value=each.name, note=each.code),
                    "purchaser": each.purchaser,
                    "status": each.status,
                    "amount": each.contract_amount,
                    "ends_on": each.ends_on,
                },
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("每个项目都有采购档案"), body=_("导入的新项目会出现在这里。"), icon="check"
        ),
    )


def target_table(standing: Standing) -> parts.Table:
    """Each target: promised, done, expected by today, forecast."""
    return parts.Table(
        id="targets",
        caption=_("合同指标"),
        columns=[
            parts.TableColumn(key="metric", label=_("指标"), lead=True),
            parts.TableColumn(key="quantity", label=_("目标"), kind="number"),
            parts.TableColumn(key="done", label=_("完成"), kind="number"),
            parts.TableColumn(key="share", label=_("完成率")),
            parts.TableColumn(key="expected", label=_("到今天应完成"), kind="number"),
            parts.TableColumn(key="forecast", label=_("预计期末"), kind="number"),
            parts.TableColumn(key="state", label=_("进度")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "metric": parts.Cell(value=line.target.metric, note=_note(line, standing)),
                    "quantity": line.target.quantity.normalize(),
                    "done": line.target.done,
                    "share": meter(line.share),
                    "expected": rounded(line.expected),
                    "forecast": rounded(line.forecast),
                    "state": _state(line),
                }
            )
            for line in standing.lines
        ],
        empty=parts.Empty(title=_("合同没有指标"), body=_("在项目台账填写目标，或登记补充指标。")),
        compact=True,
    )


def _note(line: Line, standing: Standing) -> str:
    told = [standing.units.get(line.target.metric, "")]
    if line.target.weight != 1:
        told.append(_("权重 %d") % line.target.weight)
    if line.target.stated:
        told.append(_("登记的数，不是平台计的"))
    return "，".join(filter(None, told))


def _state(line: Line) -> parts.Status:
    if line.target.done is None:
        return parts.Status(_("没有数据"), "off")
    if line.met:
        return parts.Status(_("已完成"), "good")
    return parts.Status(_("落后"), "bad") if line.behind else parts.Status(_("按时"), "live")


def milestone_table(found: Sequence[Milestone]) -> parts.Table:
    """What was planned until when, what came of it, and why not."""
    register = REGISTERS["milestones"]
    columns = [register.column(name) for name in MILESTONE]
    return parts.Table(
        id="of-milestones",
        caption=register.name,
        columns=[
            parts.TableColumn(key=each.name, label=heading(each), kind=kind_of(each), lead=each is columns[0])
            for each in columns
        ],
        rows=[
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/milestones/{each.pk}/",
                cells={name: getattr(each, name) or None for name in MILESTONE},
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("还没有里程碑"), body=_("把项目计划书里的节点登记在这里，到期没有完成的要写明原因。")
        ),
    )
