"""``/money/``: how much was given, budgeted, committed, paid and spent; ``/money/ratios/``: each rule in its words."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.figures.asked import region_of
from linzhan.office.money import showing
from linzhan.office.regions.names import paths_of
from linzhan.office.requests import number_in
from linzhan.policy.api import consulting, procurement
from linzhan.procurement.api import STAGES, VIEW_OVERVIEW, RuleHere, day_of_year, overview, rules_of
from linzhan.territory.api import Level, regions_on

COUNTY = 3


@needs(VIEW_OVERVIEW)
@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """What a place has, by source and level, by the level below, by year; the rules of its own books."""
    region = region_of(request)
    year = showing.year_of(request, region)
    found = overview(region, year)
    unit = places.county_of(region)
    rules = _rules([unit], day_of_year(year)) if region == unit else {}
    names = _names([*found.by_region, region])
    context = {
        "head": parts.PageHead(
            name=_("资金总览"),
            place=names[region],
            lead=_("%d 年；“下达”起各项都已减去收回、调减、释放和退回的部分，没有登记过的写“—”。") % year,
            actions=[
                parts.Action(label=_("资金比例"), url=f"/money/ratios/?region={region}&year={year}"),
                parts.Action(label=_("资金构成"), url=f"/money/composition/?region={region}&year={year}"),
                parts.Action(label=_("月度和年度账"), url=f"/money/accounts/?region={region}&year={year}"),
            ],
            troubles=_troubles(rules, found.unreconciled, region),
        ),
        "years": showing.year_tabs(region, year, years=sorted(found.by_year)[-8:]),
        "facts": [
            *(parts.Fact(showing.NAMES[kind], found.whole.net(kind), "money") for kind in STAGES),
            parts.Fact(_("预算余额"), found.whole.remaining, "money"),
        ],
        "sources": _sources(found.by_source),
        "regions": _regions(found.by_region, names, year) if len(found.by_region) > 1 else None,
        "rules": showing.rules_table(rules, names) if any(rules.values()) else None,
    }
    return render(request, "office/money/overview.html", context)


def _rules(units: list[str], on: date) -> dict[str, list[RuleHere]]:
    """The rules of these units; of the rulebook only what they are made of is read."""
    with consulting(of=(procurement.FUNDING_RATIO, procurement.CAP_WARNING)):
        return rules_of(units, on=on)


def _names(codes: list[str]) -> dict[str, str]:
    paths = paths_of(set(codes) - {places.NATION})
    return {code: paths.get(code, "").rpartition("/")[2] or _("全国") for code in codes}


def _troubles(rules: object, unreconciled: int, region: str) -> list[parts.Notice]:
    del rules
    if not unreconciled:
        return []
    go = parts.Action(label=_("去对账"), url=f"/money/bank/?region={region}")
    return [parts.Notice(text=_("有 %d 笔银行流水还没有对账") % unreconciled, tone="warning", action=go)]


def _sources(by_source: object) -> parts.Table:
    assert isinstance(by_source, dict)
    return parts.Table(
        caption=_("按来源和级次"),
        id="sources",
        columns=showing.columns_of_sums(
            parts.TableColumn(key="source", label=_("资金来源"), lead=True),
            parts.TableColumn(key="level", label=_("级次")),
        ),
        rows=[
            parts.TableRow(
                id=f"{source}-{level}",
                cells={"source": source, "level": level or None, **showing.cells_of(sums)},
            )
            for (source, level), sums in sorted(by_source.items())
        ],
        empty=parts.Empty(
            title=_("这一年还没有登记资金"),
            body=_("在“资金下达”“资金”里登记，或从工作簿导入后，这里自动汇总。"),
        ),
    )


def _regions(by_region: object, names: dict[str, str], year: int) -> parts.Table:
    assert isinstance(by_region, dict)
    return parts.Table(
        caption=_("按地方"),
        id="regions",
        columns=showing.columns_of_sums(parts.TableColumn(key="place", label=_("地方"), lead=True)),
        rows=[
            parts.TableRow(
                id=code,
                url=f"/money/?region={code}&year={year}",
                cells={"place": names[code], **showing.cells_of(sums)},
            )
            for code, sums in sorted(by_region.items())
        ],
    )


@needs(VIEW_OVERVIEW)
@require_safe
def ratios(request: HttpRequest) -> HttpResponse:
    """Every rule of the place and of the counties below it, each in its own words with number, base and clause."""
    region = region_of(request)
    year = showing.year_of(request, region)
    on = day_of_year(year)
    units = [places.county_of(region)]
    if places.level_of(region) < COUNTY:
        units += _counties_below(region, on)
    found = _rules(units, on)
    names = _names([*units, region])
    context = {
        "head": parts.PageHead(
            name=_("资金比例"),
            place=names[region],
            lead=_(
                "%d 年。各地的规定按原文核对：应当达到的，不足时提醒；不得超过的，超出时提醒；可以使用的，不作要求。"
                "基数没有登记的，无从判断；不同基数不合并。"
            )
            % year,
            actions=[
                parts.Action(label=_("资金基数"), url="/r/fund-bases/"),
                parts.Action(label=_("规则库"), url="/rulebook/"),
            ],
        ),
        "years": showing.year_tabs(region, year),
        "table": showing.rules_table(
            found,
            names,
            start=number_in(request, "start"),
            address=f"{request.path}?region={region}&year={year}",
        ),
    }
    return render(request, "office/money/ratios.html", context)


def _counties_below(region: str, on: date) -> list[str]:
    return [each.code for each in regions_on(on, within=region, level=Level.COUNTY)]
