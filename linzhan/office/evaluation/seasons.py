"""The contest at the desk: a season's file, its circular, a year's totals (EVL-14…17), provincial results (EVL-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.documents import Document, Manuscript
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office import parts
from linzhan.office.evaluation.rounds import progress_line
from linzhan.office.figures.asked import region_of
from linzhan.office.formats import number, period
from linzhan.office.money.showing import place_name
from linzhan.office.regions.names import paths_of, short
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.requests import holds, number_in
from linzhan.office.sending import XLSX, face_asked, sent, sent_as, ways_to_take
from linzhan.quality.api import (
    FROZEN,
    VIEW_SEASONS,
    VIEW_STANDINGS,
    ContestSeason,
    ContestStanding,
    Publication,
    SeasonStage,
    TownYear,
    in_order,
    provincial_of,
    standings_of,
    year_of,
)

PAPER: Final = Path(__file__).with_name("circular.typ")
LINE: Final = (SeasonStage.PREPARED, SeasonStage.OPEN, SeasonStage.RANKED, SeasonStage.PUBLISHED)
NEXT: Final = {
    SeasonStage.PREPARED: "选好四个方面的方案，开赛；本地所有运营的站点（或机构）都参赛",
    SeasonStage.OPEN: "在评估轮次里通知、锁定证据、评委打“赛蓝图”、告知、申诉复核、定稿，再回来排名",
    SeasonStage.RANKED: "名次已固定；按当地规定的范围通报",
    SeasonStage.PUBLISHED: "已通报，内容不再改变；四个季度的总成绩见“年度总成绩”",
    SeasonStage.DROPPED: "本季已中止",
}
QUARTERS: Final = ("Q1", "Q2", "Q3", "Q4")
YEARS: Final = range(1990, 2101)


@file_part("contest-seasons", template="office/evaluation/season.html", order=-10, right=VIEW_SEASONS)
def season(asked: FileAsked) -> Mapping[str, object]:
    """How far it has come; the places for officials, and what was published for those it was published to."""
    held = ContestSeason.objects.get(pk=asked.row["id"])
    stage = SeasonStage(held.stage)
    shown = stage in FROZEN and asked.holds(VIEW_STANDINGS)
    return {
        "line": progress_line(LINE, stage),
        "next": NEXT[stage],
        "round_url": f"/r/evaluation-rounds/{held.round_id}/" if held.round_id else "",
        "table": _table(_told(standings_of(held))) if shown else None,
    }


@file_head("contest-seasons")
def verbs(asked: FileAsked) -> HeadMore:
    actions = []
    held = ContestSeason.objects.get(pk=asked.row["id"])
    if _may_read(held, official=asked.holds(VIEW_STANDINGS)):
        actions.append(
            parts.Action(label=_("季度通报"), url=reverse("office:season-circular", args=[held.pk]))
        )
    if asked.holds(VIEW_STANDINGS):
        url = f"{reverse('office:contest-year')}?{urlencode({'year': held.period[:4]})}"
        actions.append(parts.Action(label=_("年度总成绩"), url=url))
    return HeadMore(actions=actions)


def _may_read(held: ContestSeason, *, official: bool) -> bool:
    """Officials always; those who took part as far as it was published."""
    return held.stage == SeasonStage.PUBLISHED and (
        official or held.publication in (Publication.SUBJECTS, Publication.PUBLIC)
    )


def _told(rows: Iterable[ContestStanding]) -> list[dict[str, Any]]:
    names = ("rank", "name", "total", "aspects", "flagged", "vetoed", "band", "band_rank", "band_size",
             "before_rank", "before_total")  # fmt: skip
    return [{name: getattr(each, name) for name in names} for each in rows]


def _table(rows: Sequence[Mapping[str, Any]]) -> parts.Table:
    aspects = in_order(rows[0]["aspects"]) if rows else []
    return parts.Table(
        id="standings",
        caption=_("名次"),
        columns=[
            parts.TableColumn(key="rank", label=_("名次"), kind="number"),
            parts.TableColumn(key="name", label=_("参赛者"), lead=True),
            parts.TableColumn(key="total", label=_("总成绩"), kind="number", unit=_("分")),
            *(parts.TableColumn(key=aspect, label=aspect) for aspect in aspects),
            parts.TableColumn(key="band", label=_("同类组内")),
            parts.TableColumn(key="before", label=_("比上季")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "rank": each["rank"],
                    "name": _name(each),
                    "total": Decimal(str(each["total"])),
                    **{aspect: points_words(found) for aspect, found in each["aspects"].items()},
                    "band": band_words(each),
                    "before": change_words(each),
                }
            )
            for each in rows
        ],
        empty=parts.Empty(title=_("还没有名次")),
        wide=True,
    )


def _name(each: Mapping[str, Any]) -> object:
    if each["flagged"]:
        return parts.Cell(value=each["name"], note=_("优胜红旗"))
    return parts.Cell(value=each["name"], note=_("一票否决，不授红旗")) if each["vetoed"] else each["name"]


def points_words(found: Mapping[str, str]) -> str:
    """Points of those that could be had; nothing to be had is not 0."""
    if not Decimal(found["available"]):
        return _("不适用")
    return f"{number(Decimal(found['points']))}/{number(Decimal(found['available']))}"


def band_words(each: Mapping[str, Any]) -> str:
    told = {"band": each["band"], "rank": each["band_rank"], "size": each["band_size"]}
    return _("%(band)s：%(size)d 个中第 %(rank)d") % told


def change_words(each: Mapping[str, Any]) -> str:
    """Places and points against the quarter before; who was not in it has no change."""
    if each["before_rank"] is None or each["before_total"] is None:
        return _("上季未参赛")
    moved = each["before_rank"] - each["rank"]
    points = Decimal(str(each["total"])) - Decimal(str(each["before_total"]))
    words = _("名次不变") if not moved else (_("升 %d 位") if moved > 0 else _("降 %d 位")) % abs(moved)
    return f"{words}，{'+' if points >= 0 else '−'}{number(abs(points))} " + _("分")


@needs(VIEW_SEASONS)
@require_safe
def circular(request: HttpRequest, season_id: UUID) -> HttpResponse:
    """The quarter's circular as it was published: on the screen, and to print or edit with ``?format=pdf`` and ``docx``."""
    held = ContestSeason.objects.filter(pk=season_id).first()
    if held is None or not _may_read(held, official=holds(request, VIEW_STANDINGS)):
        raise Http404
    rows = held.circular.get("standings", [])
    if (face := face_asked(request)) is not None:
        return sent_as(_paper(held, rows), face)
    context = {
        "head": parts.PageHead(
            name=_("%s通报") % held.name,
            place=held.name,
            place_url=f"/r/contest-seasons/{held.pk}/",
            facts=[
                parts.Fact(_("季度"), held.period, kind="period"),
                parts.Fact(_("通报日期"), held.published_on, kind="date"),
                parts.Fact(_("公布范围"), held.publication),
            ],
            actions=ways_to_take(request.path),
        ),
        "flags": [each["name"] for each in rows if each["flagged"]],
        "award": held.circular.get("award") or _("优胜红旗"),
        "held": held,
        "period": period(held.period),
        "count": len(rows),
        "table": _table(rows),
    }
    return render(request, "office/evaluation/season_circular.html", context)


def _paper(held: ContestSeason, rows: Sequence[Mapping[str, Any]]) -> Document:
    aspects = in_order(rows[0]["aspects"]) if rows else []
    flags = "、".join(each["name"] for each in rows if each["flagged"])
    place, award = place_name(held.region_code), held.circular.get("award") or _("优胜红旗")
    opening = _(
        "%(place)s%(period)s 一季一赛共 %(count)d 个单位参赛，按赛蓝图、赛能力、赛进度、赛成果四个方面评定，"
        "只比结果，不比平台使用情况，不涉及个人。"
    ) % {"place": place, "period": period(held.period), "count": len(rows)}
    if flags:
        opening += _("授予%(flags)s“%(award)s”。") % {"flags": flags, "award": award}
    about = (
        held.organiser,
        _("季度：%s") % period(held.period),
        _("通报日期：%s") % held.published_on,
        _("公布范围：%s") % held.publication,
    )
    data = {
        "title": _("%s通报") % held.name,
        "about": " · ".join(map(str, about)),
        "opening": opening,
        "remark": held.remark,
        "heads": [_("名次"), _("参赛者"), _("总成绩"), *aspects, _("同类组内"), _("比上季")],
        "widths": [0.7, 1.8, 0.9, *[1] * len(aspects), 1.6, 1.3],
        "rows": [
            [
                str(each["rank"]),
                each["name"],
                number(Decimal(each["total"])),
                *(points_words(each["aspects"][aspect]) for aspect in aspects),
                band_words(each),
                change_words(each),
            ]
            for each in rows
        ],
    }
    return Document(name=f"{held.name}通报", data=data, template=PAPER, face=_written, kind="form")


def _written(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``circular.typ``, for Word."""
    paper.title(data["title"])
    paper.note(data["about"])
    for line in (data["opening"], data["remark"]):
        if line:
            paper.par(line)
    paper.sheet(data["heads"], data["rows"], data["widths"])


@needs(VIEW_STANDINGS)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """The four-quarter totals of townships, for their yearly appraisal; as a workbook with ``?format=xlsx``."""
    region = region_of(request)
    asked = number_in(request, "year")
    at = asked if asked in YEARS else timezone.localdate().year
    towns = year_of(region, at)
    names = paths_of({each.region for each in towns})
    name = _("%(place)s %(year)d 年一季一赛总成绩") % {"place": place_name(region), "year": at}
    if request.GET.get("format") == "xlsx":
        return _workbook(towns, names, name)
    years = [
        parts.Action(
            label=_("%d 年") % each, url=f"{request.path}?{urlencode({'region': region, 'year': str(each)})}"
        )
        for each in (at - 1, at + 1)
        if each <= timezone.localdate().year
    ]
    download = f"{request.path}?{urlencode({'region': region, 'year': str(at), 'format': 'xlsx'})}"
    context = {
        "head": parts.PageHead(
            name=name,
            lead=_("只合计已通报的季度，一个乡镇几个站点取平均；按区划排列，供乡镇年度目标责任制考核采用。"),
            actions=[*years, parts.Action(label=_("下载 Excel"), url=download, icon="download")],
        ),
        "table": parts.Table(
            caption=name,
            columns=[
                parts.TableColumn(key="town", label=_("乡镇(街道)"), lead=True),
                *(
                    parts.TableColumn(key=key, label=_("第%s季度") % key[1], kind="number", unit=_("分"))
                    for key in QUARTERS
                ),
                parts.TableColumn(key="total", label=_("四季合计"), kind="number", unit=_("分")),
                parts.TableColumn(key="counted", label=_("已计季度"), kind="number", unit=_("个")),
            ],
            rows=[
                parts.TableRow(id=each.region, cells={"town": short(names[each.region]), **_cells(each)})
                for each in towns
            ],
            empty=parts.Empty(
                title=_("这一年还没有已通报的赛季"), body=_("赛季排名并通报后，各季成绩会合计到这里。")
            ),
        ),
    }
    return render(request, "office/evaluation/list.html", context)


def _cells(each: TownYear) -> dict[str, object]:
    return {
        **dict(zip(QUARTERS, each.quarters, strict=True)),
        "total": each.total,
        "counted": each.counted,
    }


def _workbook(towns: Sequence[TownYear], names: Mapping[str, str], name: str) -> HttpResponse:
    sheet = Sheet(
        name=_("年度总成绩"),
        columns=(
            Column(name="region", header=_("区划代码")),
            Column(name="town", header=_("乡镇(街道)")),
            *(Column(name=each, header=each, kind=Kind.DECIMAL) for each in QUARTERS),
            Column(name="total", header=_("四季合计"), kind=Kind.DECIMAL),
            Column(name="counted", header=_("已计季度"), kind=Kind.INTEGER),
        ),
    )
    rows = [{"region": each.region, "town": short(names[each.region]), **_cells(each)} for each in towns]
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "contest.xlsx"
        write_sheets(path, [(sheet, rows)])
        return sent(path.read_bytes(), XLSX, f"{name}.xlsx")


@needs(VIEW_STANDINGS)
@require_safe
def provincial(request: HttpRequest) -> HttpResponse:
    """What the province found of each county and of the city's own centre, and who was not evaluated yet."""
    region = region_of(request)
    found = provincial_of(region)
    context = {
        "head": parts.PageHead(
            name=_("省级评估结果"),
            lead=_("各县和市级指导中心最近一次的省级实地评估；结果登记在“评估结果”里。"),
            facts=[
                parts.Fact(_("已接受评估"), sum(each.result is not None for each in found), kind="number"),
                parts.Fact(_("未接受评估"), sum(each.result is None for each in found), kind="number"),
            ],
        ),
        "table": parts.Table(
            caption=_("省级评估结果"),
            columns=[
                parts.TableColumn(key="name", label=_("县或中心"), lead=True),
                parts.TableColumn(key="grade", label=_("等级")),
                parts.TableColumn(key="score", label=_("得分"), kind="number"),
                parts.TableColumn(key="period", label=_("评估期"), kind="period"),
                parts.TableColumn(key="on", label=_("评估日期"), kind="date"),
            ],
            rows=[
                parts.TableRow(
                    url=f"/r/evaluations/{each.result.pk}/" if each.result else "",
                    cells={
                        "name": each.name,
                        "grade": each.result.grade if each.result else parts.Status(_("未评估"), "off"),
                        "score": each.result.score if each.result else None,
                        "period": each.result.period if each.result else None,
                        "on": each.result.evaluated_on if each.result else None,
                    },
                )
                for each in found
            ],
            empty=parts.Empty(title=_("这里没有县，也没有市级指导中心")),
        ),
    }
    return render(request, "office/evaluation/list.html", context)
