"""Scales and results as pages show them; on every result stands that it is a screening, never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api.scales import SCREENING_ONLY, Scale, ScaleAct, ScaleReading, ScaleWording
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.office import parts
from linzhan.office.formats import number
from linzhan.office.registers.showing import referred_text

WORDINGS = {
    ScaleWording.OWN: gettext_lazy("自写中文"),
    ScaleWording.OFFICIAL: gettext_lazy("原文"),
    ScaleWording.TITLES: gettext_lazy("只有项目名和记分栏"),
    ScaleWording.NONE: gettext_lazy("只有计分，不含题目"),
}
TONES: dict[ScaleAct, str] = {
    ScaleAct.CRISIS: "error",
    ScaleAct.NEXT: "info",
    ScaleAct.ADVISE: "warning",
}


def address(scale: Scale, resident: str = "") -> str:
    """The page of one version; with a resident, the form to fill in."""
    query = {"code": scale.code, "version": scale.version} | ({"resident": resident} if resident else {})
    return f"{reverse('office:scale-fill' if resident else 'office:scale')}?{urlencode(query)}"


def catalogue_table(scales: Sequence[Scale]) -> parts.Table:
    return parts.Table(
        caption=_("量表"),
        columns=[
            parts.TableColumn(key="name", label=_("量表"), lead=True),
            parts.TableColumn(key="version", label=_("版本")),
            parts.TableColumn(key="purpose", label=_("做什么用")),
            parts.TableColumn(key="items", label=_("题数"), kind="number"),
            parts.TableColumn(key="range", label=_("得分")),
            parts.TableColumn(key="wording", label=_("题目文字")),
            parts.TableColumn(key="licence", label=_("许可")),
        ],
        rows=[
            parts.TableRow(
                url=address(scale),
                cells={
                    "name": scale.name,
                    "version": scale.version,
                    "purpose": scale.purpose,
                    "items": len(scale.items),
                    "range": f"{number(scale.lowest)}–{number(scale.highest)}",
                    "wording": str(WORDINGS[scale.wording]),
                    "licence": scale.licence,
                },
            )
            for scale in scales
        ],
    )


def facts(scale: Scale) -> list[parts.Fact]:
    bands = "；".join(
        f"{number(b.low)}–{number(b.high)} {b.name}" for b in sorted(scale.bands, key=lambda b: b.low)
    )
    return [
        parts.Fact(_("做什么用"), scale.purpose, long=True),
        parts.Fact(_("谁来填"), scale.by),
        parts.Fact(_("大约几分钟"), scale.minutes or None, "number"),
        parts.Fact(_("分档"), bands, long=True),
        parts.Fact(_("分数高低"), _("越高越重") if scale.higher_is_worse else _("越高越好")),
        parts.Fact(_("许可"), scale.licence, long=True),
        parts.Fact(_("出处"), scale.source, long=True),
        parts.Fact(_("题目文字"), scale.wording_note or str(WORDINGS[scale.wording]), long=True),
        parts.Fact(_("缺答"), _missing(scale)),
    ]


def _missing(scale: Scale) -> str:
    if not scale.missing_at_most:
        return _("每题都要回答")
    return _("最多可空 %d 题，按其余题的平均计") % scale.missing_at_most


def rules(scale: Scale) -> list[str]:
    """What follows from which answers, for the page of the scale."""
    return [rule.say for rule in scale.rules]


def items_table(scale: Scale) -> parts.Table:
    return parts.Table(
        caption=_("题目"),
        compact=True,
        columns=[
            parts.TableColumn(key="id", label=_("题号")),
            parts.TableColumn(key="text", label=_("题目"), lead=True),
            parts.TableColumn(key="options", label=_("选项和分数")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "id": item.id,
                    "text": item.text or _("（题目不随平台提供）"),
                    "options": "；".join(
                        option.label
                        if option.label == str(option.score)
                        else f"{option.label} {option.score}"
                        for option in item.options
                    )
                    + (_("（反向计分）") if item.reverse else ""),
                }
            )
            for item in scale.items
        ],
    )


def band_status(reading: ScaleReading) -> parts.Status:
    if reading.voided:
        return parts.Status(_("已作废"), "off")
    band = reading.band
    return parts.Status(reading.row.band, band.severity.value if band else "")


def named(resident_id: object) -> Referred | None:
    found = look_up(REGISTERS["residents"], [resident_id])  # type: ignore[list-item]  # ids of rows
    return next(iter(found.values()), None)


def name_of(resident: Referred | None) -> str:
    return referred_text(resident) if resident else _("看不到的服务对象")


def notices(reading: ScaleReading) -> list[parts.Notice]:
    """First that it is no diagnosis, then what follows from the answers."""
    found = [parts.Notice(text=SCREENING_ONLY, tone="info")]
    if reading.voided:
        return [parts.Notice(text=_("这次测评已作废：%s") % reading.voided, tone="warning"), *found]
    outcome = reading.outcome
    for rule in outcome.rules if outcome else ():
        action = None
        if rule.act is ScaleAct.CRISIS:
            action = parts.Action(label=_("去上报"), url=reverse("office:incidents"), style="danger")
        elif rule.act is ScaleAct.NEXT:
            query = urlencode({"code": rule.scale, "resident": str(reading.row.resident_id)})
            action = parts.Action(label=_("接着做"), url=f"{reverse('office:scale-fill')}?{query}")
        found.append(parts.Notice(text=rule.say, tone=TONES[rule.act], action=action))  # type: ignore[arg-type]  # of the literals
    return found


def result_facts(reading: ScaleReading) -> list[parts.Fact]:
    row, outcome = reading.row, reading.outcome
    found = [
        parts.Fact(_("得分"), row.score, "number"),
        parts.Fact(_("分档"), row.band),
        parts.Fact(_("测评日期"), row.taken_on, "day"),
        parts.Fact(_("量表版本"), f"{row.scale} {row.version}"),
        parts.Fact(_("填写人"), row.recorded_label),
    ]
    found += [parts.Fact(group.name, score, "number") for group, score in (outcome.groups if outcome else ())]
    return [*found, parts.Fact(_("说明"), row.note, long=True)]


def answers_table(reading: ScaleReading, answers: Mapping[str, int]) -> parts.Table | None:
    """The raw answers in the words of their options."""
    if reading.scale is None:
        return None
    rows = []
    for item in reading.scale.items:
        chosen = next((o.label for o in item.options if o.score == answers.get(item.id)), _("没有回答"))
        rows.append(parts.TableRow(cells={"id": item.id, "text": item.text, "answer": chosen}))
    return parts.Table(
        caption=_("作答"),
        compact=True,
        cards=False,
        columns=[
            parts.TableColumn(key="id", label=_("题号")),
            parts.TableColumn(key="text", label=_("题目"), lead=True),
            parts.TableColumn(key="answer", label=_("回答")),
        ],
        rows=rows,
    )


def trend(readings: Sequence[ScaleReading], *, element_id: str = "trend") -> parts.Trend | None:
    """The line of one version over time; one point is none."""
    if len(readings) < 2 or readings[0].scale is None:
        return None
    scale = readings[0].scale
    return parts.Trend(
        id=element_id,
        title=_("%(name)s（%(version)s 版）") % {"name": scale.name, "version": scale.version},
        labels=[f"{each.row.taken_on}" for each in readings],
        series=[parts.Line(name=_("得分"), values=[each.row.score for each in readings])],
        unit=_("分"),
        low=True,
    )


def results_table(readings: Sequence[ScaleReading]) -> parts.Table:
    return parts.Table(
        caption=_("测评结果"),
        columns=[
            parts.TableColumn(key="taken_on", label=_("日期"), kind="day", lead=True),
            parts.TableColumn(key="scale", label=_("量表")),
            parts.TableColumn(key="score", label=_("得分"), kind="number"),
            parts.TableColumn(key="band", label=_("分档")),
        ],
        rows=[
            parts.TableRow(
                url=reverse("office:scale-result", args=[each.row.pk]),
                cells={
                    "taken_on": each.row.taken_on,
                    "scale": f"{each.scale.name if each.scale else each.row.scale} {each.row.version}",
                    "score": each.row.score,
                    "band": band_status(each),
                },
            )
            for each in readings
        ],
        empty=parts.Empty(title=_("还没有测评"), body=_("从右上角选一个量表开始。")),
    )
