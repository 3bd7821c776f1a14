"""The file of a satisfaction survey: how far it has come, by what it was drawn, and its results (EVL-03, EVL-22)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.evaluation.rounds import progress_line
from linzhan.office.evaluation.surveyed import asks_in
from linzhan.office.formats import number
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.providers.api import Provider
from linzhan.quality.api import (
    VIEW_SURVEYS,
    About,
    Audience,
    SatisfactionSurvey,
    SurveyResult,
    SurveyStage,
    channels_of,
    progress_of,
    results_told,
    survey_draw_key,
    survey_draw_promise,
    survey_drawn_again,
)

LINE: Final = (SurveyStage.DRAFT, SurveyStage.OPEN, SurveyStage.CLOSED)
NEXT: Final = {
    SurveyStage.DRAFT: "写好题目，用公开的种子抽样，开始调查",
    SurveyStage.OPEN: "按应访名单印发链接、电话访问，或录入收回的纸质问卷；经手的人不能是被评的站点",
    SurveyStage.CLOSED: "结果已固定；站点和机构看到自己的结果，看不到是谁答的",
    SurveyStage.DROPPED: "这次调查已中止",
}


@file_part("satisfaction-surveys", template="office/evaluation/survey.html", order=-10, right=VIEW_SURVEYS)
def survey(asked: FileAsked) -> Mapping[str, object]:
    """How far it has come, and the results as far as the reader sees them."""
    held = SatisfactionSurvey.objects.get(pk=asked.row["id"])
    stage = SurveyStage(held.stage)
    rows = list(results_told(held)) if stage == SurveyStage.CLOSED else []
    facts = []
    if asks_in(asked.request, held.askers) and stage in (SurveyStage.OPEN, SurveyStage.CLOSED):
        facts = [*(_progress(held) if stage == SurveyStage.OPEN else []), _channels(held), *_drawing(held)]
    elif held.audience == Audience.RESIDENTS:
        facts = [_promise(held)]
    return {
        "line": progress_line(LINE, stage),
        "next": NEXT[stage],
        "facts": facts,
        "facts_title": _("访问和抽样"),
        "table": _results(rows) if stage == SurveyStage.CLOSED else None,
        "questions": _questions(rows),
    }


def _progress(held: SatisfactionSurvey) -> list[parts.Fact]:
    return [parts.Fact(state, _("%d 人") % count) for state, count in progress_of(held).items()]


def _drawing(held: SatisfactionSurvey) -> list[parts.Fact]:
    """For those who see the list: by what it was drawn, so that they can draw again without the platform."""
    if held.audience != Audience.RESIDENTS:
        return []  # departments are all asked
    again = (
        _("按种子 %s 和密钥重抽一致")
        if survey_drawn_again(held)
        else _("按种子 %s 重抽不一致，请核对变更记录")
    )
    return [
        parts.Fact(_("抽取核对"), again % held.seed),
        _promise(held),
        parts.Fact(
            _("抽样密钥"), survey_draw_key(held), "code", long=True,
            note=_("抽取次序：sha256(种子|密钥|县级代码/站点编号|对象编号) 从小到大；不要告诉被评的站点和机构"),
        ),
    ]  # fmt: skip


def _promise(held: SatisfactionSurvey) -> parts.Fact:
    return parts.Fact(
        _("密钥的承诺值"),
        survey_draw_promise(held),
        "code",
        long=True,
        note=_("sha256(密钥)，抽样前就已确定"),
    )


def _channels(held: SatisfactionSurvey) -> parts.Fact:
    told = "、".join(_("%(how)s %(n)d 份") % {"how": how, "n": n} for how, n in channels_of(held).items())
    return parts.Fact(_("答卷方式"), told)


@file_head("satisfaction-surveys")
def verbs(asked: FileAsked) -> HeadMore:
    askers = asked.row.get("askers") or ()
    if not asks_in(asked.request, askers) or asked.row["stage"] not in (SurveyStage.OPEN, SurveyStage.CLOSED):
        return HeadMore()
    url = reverse("office:survey-draws", args=[asked.row["id"]])
    return HeadMore(actions=[parts.Action(label=_("应访名单"), url=url)])


def _results(rows: Sequence[SurveyResult]) -> parts.Table:
    names = _names(rows)
    return parts.Table(
        id="results",
        caption=_("结果"),
        columns=[
            parts.TableColumn(key="about", label=_("结果对象")),
            parts.TableColumn(key="name", label=_("名称"), lead=True),
            parts.TableColumn(key="mean", label=_("满意度")),
            parts.TableColumn(key="interval", label=_("95% 区间")),
            parts.TableColumn(key="answered", label=_("答卷"), kind="number", unit=_("份")),
            parts.TableColumn(key="drawn", label=_("应访"), kind="number", unit=_("人")),
            parts.TableColumn(key="rate", label=_("应答率")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "about": each.about,
                    "name": names.get(each.station_id if each.about == About.STATION else each.provider_id)
                    or _("全部"),
                    "mean": _("%s 分") % number(each.mean)
                    if each.mean is not None
                    else parts.Status(_("答卷太少，不显示"), "off"),
                    "interval": f"{number(each.low)}—{number(each.high)}" if each.low is not None else "—",
                    "answered": each.answered,
                    "drawn": each.drawn,
                    "rate": f"{number(Decimal(100 * each.answered) / each.drawn, 1)}%" if each.drawn else "—",
                }
            )
            for each in rows
        ],
        empty=parts.Empty(title=_("这次调查没有您的结果"), body=_("没有抽到这里服务的人，或调查不评站点。")),
    )


def _names(rows: Iterable[SurveyResult]) -> dict[UUID | None, str]:
    kept = list(rows)
    found: dict[UUID | None, str] = {}
    found.update(station_names(each.station_id for each in kept).items())
    providers = [each.provider_id for each in kept if each.provider_id]
    found |= dict(Provider.objects.filter(pk__in=providers).values_list("pk", "name"))
    return found


def station_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = [each for each in ids if each]
    return dict(Station.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _questions(rows: Sequence[SurveyResult]) -> parts.Table | None:
    """The questions one by one, of the widest result that the reader sees."""
    if not rows or not (told := _widest(rows).questions):
        return None
    return parts.Table(
        id="questions",
        caption=_("逐题结果"),
        columns=[
            parts.TableColumn(key="text", label=_("题目"), lead=True),
            parts.TableColumn(key="n", label=_("答的人"), kind="number"),
            parts.TableColumn(key="found", label=_("结果")),
        ],
        rows=[
            parts.TableRow(cells={"text": each["text"], "n": each["n"], "found": _found(each)})
            for each in told
        ],
        compact=True,
    )


def _widest(rows: Sequence[SurveyResult]) -> SurveyResult:
    order = {About.WHOLE.value: 0, About.PROVIDER.value: 1, About.STATION.value: 2}
    return min(rows, key=lambda each: order[each.about])


def _found(told: Mapping[str, object]) -> str:
    if "mean" in told:
        return _("平均 %s 分（5 分最满意）") % told["mean"]
    if "yes" in told:
        return _("%s%% 答“是”") % told["yes"]
    return _("文字意见不列出") if told["kind"] == "文字" else _("答的人太少，不显示")
