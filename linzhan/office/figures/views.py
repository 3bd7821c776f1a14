"""Figure pages: every number opens down to the rows it was counted from (NFR-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linzhan.accounts.api import STATE_FIGURES, VIEW_FIGURES
from linzhan.kernel.access import needs
from linzhan.kernel.figures import store
from linzhan.kernel.figures.definitions import FIGURES, Figure, catalogue
from linzhan.kernel.figures.running import REGION
from linzhan.network.api import Station
from linzhan.office.figures import page, showing, tables
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import (
    day_of,
    period_of,
    region_of,
    sees_an_area,
    series_of,
    told_period,
    with_period,
)
from linzhan.office.figures.forms import StateForm
from linzhan.office.figures.page import Found, Question
from linzhan.office.figures.uses import registers_of, uses_of
from linzhan.office.parts import (
    Action,
    Empty,
    Fact,
    Field,
    Filters,
    Line,
    PageHead,
    Tab,
    Table,
    TableColumn,
    TableRow,
    Trend,
)
from linzhan.office.regions.names import name_of, paths_of
from linzhan.office.requests import holds
from linzhan.office.sending import CSV, XLSX, sent
from linzhan.policy.api import consulting

GROUPS = {
    "network": gettext_lazy("网络与站点"),
    "providers": gettext_lazy("承接机构"),
    "workforce": gettext_lazy("社工人员"),
    "training": gettext_lazy("培训"),
    "supervision": gettext_lazy("督导"),
    "services": gettext_lazy("服务"),
    "residents": gettext_lazy("服务对象"),
    "groups": gettext_lazy("小组"),
    "activities": gettext_lazy("活动"),
    "programmes": gettext_lazy("定期服务"),
    "referrals": gettext_lazy("转介"),
    "community": gettext_lazy("社区营造"),
    "projects": gettext_lazy("项目"),
    "purchases": gettext_lazy("采购"),
    "procurement": gettext_lazy("部门下沉与购买目录"),
    "funds": gettext_lazy("资金"),
    "lists": gettext_lazy("需求与资源"),
    "volunteers": gettext_lazy("志愿者"),
    "evaluation": gettext_lazy("评估"),
    "contests": gettext_lazy("一季一赛"),
    "surveys": gettext_lazy("满意度调查"),
    "alerts": gettext_lazy("预警"),
    "rectifications": gettext_lazy("整改"),
    "disclosure": gettext_lazy("公开"),
    "appeals": gettext_lazy("诉求"),
}


@needs(VIEW_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The catalogue, grouped by desk: what can be asked, and by which definition."""
    text = request.GET.get("q", "").strip()
    matching = [
        each for each in catalogue() if text in each.name or text in each.definition or text in each.key
    ]
    groups: dict[str, list[Figure]] = {}
    for each in matching:
        groups.setdefault(each.key.partition(".")[0], []).append(each)
    asked = {name: request.GET[name] for name in ("region", "period") if request.GET.get(name)}
    context = {
        "head": PageHead(name=_("指标目录"), count=_("共 %d 项") % len(matching)),
        "filters": Filters(
            fields=[
                Field(
                    name="q",
                    label=_("查找指标"),
                    kind="search",
                    value=text,
                    placeholder=_("名称或口径里的词"),
                )
            ],
            keep=asked,
        ),
        "tables": [
            (str(GROUPS.get(key, key)), _catalogue_table(key, listed, asked))
            for key, listed in groups.items()
        ],
        "empty": Empty(title=_("没有这样的指标"), body=_("换一个词，或清除筛选查看全部指标。")),
    }
    return render(request, "office/figures/catalogue.html", context)


def _catalogue_table(key: str, listed: Sequence[Figure], asked: dict[str, str]) -> Table:
    return Table(
        caption=str(GROUPS.get(key, key)),
        id=f"figures-{key}",
        columns=[
            TableColumn(key="name", label=_("指标"), lead=True),
            TableColumn(key="unit", label=_("单位")),
            TableColumn(key="definition", label=_("口径")),
            TableColumn(key="dims", label=_("可拆分")),
        ],
        rows=[
            TableRow(
                cells={
                    "name": each.name,
                    "unit": each.unit,
                    "definition": each.definition,
                    "dims": "、".join(showing.dimension(dim) for dim in each.all_dims),
                },
                url=showing.page_of(each.key, **asked),
            )
            for each in listed
        ],
        compact=True,
    )


@needs(VIEW_FIGURES)
@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    question = _question(request, key)
    if elsewhere := with_period(request):
        return elsewhere
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    below = request.GET.get("rows") == "below" and page.has_rows_below(question.figure)
    with consulting(ahead=True):
        found = page.found(question, page.Asked(below, request.GET.get("after", "")))
        uses = uses_of(question.figure, question.place)
    behind = page.behind(question, found.rows, below=below)
    stated = page.stated(question)
    context = {
        "head": _head(request, question),
        "facts": _facts(question, found),
        "line": showing.line(question.figure, found.now, question.as_of, request.path),
        "definition": question.figure.definition,
        "split_tabs": _split_tabs(request, question),
        "parts": tables.parts_table(question, found.parts) if question.split else None,
        "by_tabs": _by_tabs(request, question),
        "below": None if question.is_own else tables.below_table(question, found.below),
        "trend": _trend(question, found),
        "rows": tables.rows_table(behind, rights, _with(request, after=behind.next_after) + "#rows"),
        "rows_tabs": _rows_tabs(request, question),
        "stated": tables.stated_table(stated) if stated else None,
        "uses": uses,
        "registers": registers_of(question.figure, rights),
    }
    return render(request, "office/figures/figure.html", context)


@needs(VIEW_FIGURES)
@require_safe
def download(request: HttpRequest, key: str) -> HttpResponse:
    """The page's numbers as CSV or xlsx."""
    question = _question(request, key)
    with consulting(ahead=True):
        lines = tables.lines_of(question, page.found(question))
    name = f"{question.figure.name}-{question.place.period.text}"
    if request.GET.get("format") == "xlsx":
        return sent(tables.as_xlsx(lines, question.figure.definition), XLSX, f"{name}.xlsx")
    return sent(tables.as_csv(lines), CSV, f"{name}.csv")


def _question(request: HttpRequest, key: str) -> Question:
    """The address made exact; what the house does not have, or the reader may not see, is not found."""
    if key not in FIGURES:
        raise Http404
    found = FIGURES[key]
    period = period_of(request)
    split = request.GET.get("split", "")
    if split not in found.all_dims:
        split = next(iter(found.dims), "")
    if sees_an_area(request):
        place = Place(region_of(request), period)
        by = request.GET.get("by", REGION)
        by = by if by in page.groupings_of(found) else REGION
        return Question(figure=found, place=place, as_of=_as_of(request, place), split=split, by=by)
    station = _own_station(request)
    place = Place(station.region_code, period)
    only = {"station_id": str(station.pk)}
    return Question(figure=found, place=place, as_of=_as_of(request, place), only=only, split=split)


def _own_station(request: HttpRequest) -> Station:
    stations = Station.objects.order_by("region_code", "code")
    code = request.GET.get("station", "")
    station = (stations.filter(code=code) if code else stations).first()
    if station is None:
        raise Http404
    return station


def _as_of(request: HttpRequest, place: Place) -> date:
    return min(day_of(request, "as_of"), place.as_of) if request.GET.get("as_of") else place.as_of


def _head(request: HttpRequest, question: Question) -> PageHead:
    period = question.place.period
    actions = [
        Action(label="CSV", url=tables.download_page(question, "csv"), icon="export"),
        Action(label="Excel", url=tables.download_page(question, "xlsx"), icon="export"),
    ]
    if holds(request, STATE_FIGURES) and not question.is_own:
        asked = urlencode({"region": question.place.region, "period": period.text})
        address = f"{reverse('office:figure-state', args=[question.figure.key])}?{asked}"
        actions.append(Action(label=_("填报说明性数据"), url=address, style="quiet"))
    return PageHead(
        name=question.figure.name,
        place=_place_name(question),
        lead=told_period(request, period, question.as_of),
        actions=actions,
    )


def _place_name(question: Question) -> str:
    if question.is_own:
        return _("我的站点")
    return paths_of([question.place.region])[question.place.region] or name_of(question.place.region)


def _facts(question: Question, found: Found) -> list[Fact]:
    """Now and then, with the quotient behind a share."""
    figure, period = question.figure, question.place.period
    kind, unit = showing.kind_of(figure.unit), showing.unit_of(figure.unit)
    facts = [Fact(_("现在"), _number(found.now), kind, note=_behind(found.now) or unit)]
    for label, value, when in (
        (_("上一期"), found.then, period.previous()),
        (_("上年同期"), found.last_year, period.last_year()),
    ):
        facts.append(Fact(f"{label}（{when.text}）", _number(value), kind, note=_behind(value)))
    return facts


def _number(value: object) -> object:
    return showing.plain(getattr(value, "value", None))


def _behind(value: object) -> str:
    above, below = (showing.plain(getattr(value, name, None)) for name in ("numerator", "denominator"))
    return f"{above:,f} ÷ {below:,f}" if above is not None and below is not None else ""


def _split_tabs(request: HttpRequest, question: Question) -> list[Tab]:
    return [
        Tab(showing.dimension(dim), _with(request, split=dim) + "#parts", dim == question.split)
        for dim in question.figure.all_dims
    ]


def _by_tabs(request: HttpRequest, question: Question) -> list[Tab]:
    if question.is_own:
        return []
    return [
        Tab(
            showing.grouping(by) if by != REGION else _("下一级区划"),
            _with(request, by=by) + "#below",
            by == question.by,
        )
        for by in page.groupings_of(question.figure)
    ]


def _rows_tabs(request: HttpRequest, question: Question) -> list[Tab]:
    if not page.has_rows_below(question.figure):
        return []
    now = request.GET.get("rows", "")
    return [
        Tab(_("分子的记录"), _with(request, rows="", after="") + "#rows", now != "below"),
        Tab(_("分母的记录"), _with(request, rows="below", after="") + "#rows", now == "below"),
    ]


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


def _trend(question: Question, found: Found) -> Trend:
    figure = question.figure
    return Trend(
        title=figure.name,
        labels=[each.text for each in series_of(question.place.period)],
        series=[Line(name=figure.name, values=[_number(each) for each in found.series])],
        kind=showing.kind_of(figure.unit),
        unit=figure.unit if figure.unit == "%" else showing.unit_of(figure.unit),
    )


@needs(STATE_FIGURES)
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Type in a number with its source: it stands beside the computed one and never replaces it."""
    if key not in FIGURES:
        raise Http404
    found, region, period = FIGURES[key], region_of(request), period_of(request)
    form = StateForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        store.state(
            name=found.name, region=region, value=told["value"], source=told["source"], figure=key,
            unit=found.unit, period=period.text,
        )  # fmt: skip
        return redirect(showing.page_of(key, region=region, period=period.text))
    head = PageHead(
        name=_("填报：%(name)s") % {"name": found.name},
        place=paths_of([region])[region],
        lead=_("%(period)s。填报数单独显示，不与平台算出的数混在一起。") % {"period": period.label},
    )
    return render(request, "office/figures/state.html", {"head": head, "form": form, "unit": found.unit})
