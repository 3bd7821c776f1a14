"""``/alerts/rules/``: what is asked, with which thresholds, and what the last run said; ``/alerts/health/``: stations."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import Func, IntegerField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.jobs.running import order
from linzhan.kernel.registers.reading import look_up
from linzhan.network.api import STATIONS
from linzhan.office import parts
from linzhan.office.figures.asked import own_region, sees_an_area
from linzhan.office.registers.showing import severity_of
from linzhan.office.requests import holds
from linzhan.oversight.api import (
    KIND,
    RULES,
    RUN_ALERTS,
    SEE_ALERTS,
    VIEW_ALERTS,
    WEIGHTS,
    WORDS,
    AlertRun,
    Health,
    Rule,
    Tried,
    back_test,
    healths,
    open_by_rule,
)
from linzhan.policy.api import NoRuling, Parameter, consulting, ruling_for

COUNTY = 3
SHOWN = 500
WORST_FIRST = ((4, "红"), (3, "橙"), (2, "黄"), (1, "蓝"))


def _last_run(region: str) -> AlertRun | None:
    """The last whole run of this place or of one around it."""
    around = [places.NATION, *places.lineage(region)]
    asked = Func("results", function="jsonb_array_length", output_field=IntegerField())
    runs = AlertRun.objects.filter(region_code__in=around).alias(asked=asked)
    return runs.filter(asked=len(RULES)).order_by("-ran_at").first()


@needs(VIEW_ALERTS)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The catalogue: printed from the registry."""
    region = own_region(request)
    last = _last_run(region) if sees_an_area(request) else None
    said = {each["rule"]: each for each in last.results} if last else {}
    county = places.county_of(region) if places.level_of(region) >= COUNTY else ""
    open_ = open_by_rule() if holds(request, SEE_ALERTS) else {}
    with consulting(ahead=True):
        methods = {each.code: each.method(region, timezone.localdate()) for each in RULES}
    actions = []
    if holds(request, RUN_ALERTS):
        actions.append(
            parts.Action(
                label=_("现在运行"), url="/alerts/run/", post=True, icon="search", style="primary",
                confirm=_("对本辖区运行全部预警规则？在后台进行，重复运行不会产生重复的预警。"),
            )
        )  # fmt: skip
    context = {
        "head": parts.PageHead(
            name=_("预警规则"),
            count=_("共 %d 条") % len(RULES),
            lead=_(
                "预警是一个问题，不是结论：每条写明依据的记录、数值和条款，由人判断。规则不对社工个人排名。"
            ),
            facts=[parts.Fact(_("最近一次全部运行"), last.ran_at, "moment")] if last else [],
            actions=actions,
        ),
        "note": "",
        "table": parts.Table(
            caption=_("预警规则"),
            columns=[
                parts.TableColumn(key="rule", label=_("规则"), lead=True),
                parts.TableColumn(key="about", label=_("对象")),
                parts.TableColumn(key="severity", label=_("级别")),
                parts.TableColumn(key="formula", label=_("判断方法")),
                parts.TableColumn(key="tier", label=_("先由谁处理")),
                parts.TableColumn(key="money", label=_("资金环节")),
                *([parts.TableColumn(key="said", label=_("在办预警"))] if said else []),
            ],
            rows=[
                parts.TableRow(
                    url=f"/alerts/rules/{each.code}/",
                    cells={
                        "rule": f"{each.code} {each.name}",
                        "about": str(each.about.label),
                        "severity": severity_of(each.severity.value),
                        "formula": methods[each.code],
                        "tier": str(each.tier.label),
                        "money": str(each.money.label) if each.money else "",
                        "said": _said(said.get(each.code), open_.get(each.code, 0), county),
                    },
                )
                for each in sorted(RULES, key=lambda rule: rule.code)
            ],
        ),
    }
    return render(request, "office/warning/list.html", context)


def _said(result: dict[str, Any] | None, open_: int, county: str) -> str:
    """What is open of a rule, and that it could not be asked (of a larger place: in how many counties)."""
    if result is None:
        return ""
    lacking = result["lacking"]
    if not result["asked"] or county in lacking:
        return _("没有基础数据，未判断")
    if result["found"] is None:
        return _("已判断，只告知经办的人")
    told = _("%d 条") % open_
    return told + (_("；%d 个县没有基础数据") % len(lacking) if lacking and not county else "")


@needs(RUN_ALERTS)
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """Order a run over the reader's own place."""
    payload = {"region": own_region(request), "on": timezone.localdate().isoformat()}
    order(KIND, _("运行预警规则"), payload)
    messages.info(request, _("已开始运行，进度见“任务”；完成后刷新预警列表"))
    return HttpResponseRedirect("/alerts/rules/")


@needs(VIEW_ALERTS)
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with its thresholds here, and the back-test."""
    if code not in RULES:
        raise Http404
    asked, region = RULES[code], own_region(request)
    may_try = holds(request, RUN_ALERTS) and bool(asked.asks) and not asked.narrow
    wanted, notices = _wanted(request, asked)
    at_county = places.level_of(region) >= COUNTY
    if may_try and not at_county:
        notices.append(parts.Notice(text=_("回测按县进行：请切换到一个县的任职，或请县级试算后报来。")))
    tried = None
    if may_try and at_county and wanted and request.GET.get("try") and not notices:
        tried = _tried(back_test(asked, places.county_of(region), timezone.localdate(), wanted))
    context = {
        "head": parts.PageHead(
            name=f"{asked.code} {asked.name}",
            place=_("预警规则"),
            place_url="/alerts/rules/",
            actions=[parts.Action(label=_("查看在办预警"), url=f"/r/alerts/?stage=open&rule={asked.code}")],
        ),
        "facts": [
            parts.Fact(_("判断方法"), asked.method(region, timezone.localdate()), long=True),
            parts.Fact(_("级别"), severity_of(asked.severity.value)),
            parts.Fact(_("先由谁处理"), str(asked.tier.label)),
            parts.Fact(_("建议"), str(asked.action)),
            *([parts.Fact(_("资金环节"), str(asked.money.label))] if asked.money else []),
        ],
        "thresholds": thresholds_table(asked, region),
        "may_try": may_try,
        "notices": notices,
        "fields": _fields(request, asked, region) if at_county else [],
        "tried": tried,
    }
    return render(request, "office/warning/rule.html", context)


def thresholds_table(asked: Rule, region: str) -> parts.Table:
    """The numbers of a rule as they hold at a place, with where each comes from."""
    rows = []
    with consulting():
        for parameter in asked.asks.values():
            try:
                ruling = ruling_for(parameter, region=region, on=timezone.localdate())
                value, source = parameter.kind.show(ruling.value), ruling.citation
            except NoRuling:
                value, source = _("没有规定，本地不判断"), ""
            cells = {
                "name": str(parameter.label),
                "value": f"{value} {parameter.unit}".strip(),
                "source": source,
            }
            url = f"/rulebook/{region}/?{urlencode({'q': str(parameter.label)})}"
            rows.append(parts.TableRow(cells=cells, url=url))
    return parts.Table(
        caption=_("本地适用的阈值"),
        columns=[
            parts.TableColumn(key="name", label=_("阈值"), lead=True),
            parts.TableColumn(key="value", label=_("取值")),
            parts.TableColumn(key="source", label=_("依据")),
        ],
        rows=rows,
        id="thresholds",
        empty=parts.Empty(title=_("这条规则没有可调的阈值"), body=_("它按登记的日期或别处的规定判断。")),
    )


def _numbers(asked: Rule) -> list[tuple[str, Parameter[Any]]]:
    """The thresholds that are numbers: words are not tried."""
    return [(name, parameter) for name, parameter in asked.asks.items() if name not in WORDS]


def _fields(request: HttpRequest, asked: Rule, region: str) -> list[parts.Field]:
    fields = []
    for name, parameter in _numbers(asked):
        try:
            now = parameter.kind.show(ruling_for(parameter, region=region, on=timezone.localdate()).value)
        except NoRuling:
            now = ""
        fields.append(
            parts.Field(
                name=name, label=str(parameter.label), kind="number", value=request.GET.get(name, now),
                unit=parameter.unit, minimum=0, required=True,
            )
        )  # fmt: skip
    return fields


def _wanted(request: HttpRequest, asked: Rule) -> tuple[dict[str, Decimal], list[parts.Notice]]:
    wanted: dict[str, Decimal] = {}
    notices: list[parts.Notice] = []
    for name, parameter in _numbers(asked):
        text = request.GET.get(name, "").strip()
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            number = Decimal(-1)
        if number is None:
            continue
        if not number.is_finite() or not 0 <= number < 100_000:
            told = _("“%s”请填 0 到 99999 之间的数") % parameter.label
            notices.append(parts.Notice(text=told, tone="error"))
        else:
            wanted[name] = number
    return wanted, notices


def _tried(found: list[Tried]) -> parts.Table:
    return parts.Table(
        caption=_("过去十二个月末，按现行阈值和试算阈值各会成立多少"),
        columns=[
            parts.TableColumn(key="on", label=_("日期"), kind="date", lead=True),
            parts.TableColumn(key="now", label=_("现行阈值"), kind="number", unit="条"),
            parts.TableColumn(key="then", label=_("试算阈值"), kind="number", unit="条"),
            parts.TableColumn(key="more", label=_("多出"), kind="number", unit="条"),
            parts.TableColumn(key="fewer", label=_("减少"), kind="number", unit="条"),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "on": each.on,
                    "now": each.now,
                    "then": each.then,
                    "more": each.more,
                    "fewer": each.fewer,
                }
            )
            for each in found
        ],
        id="tried",
        compact=True,
    )


@needs(SEE_ALERTS)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """``/alerts/health/``: each station with its index and the alerts that make it."""
    found = healths()
    names = look_up(STATIONS, found)
    rows = sorted((each for each in found.values() if each.station_id in names), key=_worst)[:SHOWN]
    told = "、".join(f"{word} {WEIGHTS[level]}" for level, word in enumerate("蓝黄橙红", 1))
    context = {
        "head": parts.PageHead(
            name=_("站点健康"),
            count=_("共 %d 个站点") % len(rows),
            lead=_(
                "健康指数 = 100 − 在办预警的分值之和 ÷ 在册对象数 × 100，最低 0；分值：%s。指数只用来找需要帮助的站点。"
            )
            % told,
        ),
        "note": "",
        "table": parts.Table(
            caption=_("站点健康"),
            columns=[
                parts.TableColumn(key="station", label=_("站点"), lead=True),
                parts.TableColumn(key="index", label=_("健康指数"), kind="number"),
                parts.TableColumn(key="clients", label=_("在册对象"), kind="number", unit="人"),
                *(
                    parts.TableColumn(key=f"l{level}", label=word, kind="number", unit=_("条"))
                    for level, word in WORST_FIRST
                ),
                parts.TableColumn(key="why", label=_("原因")),
            ],
            rows=[
                parts.TableRow(
                    url=f"/r/alerts/?stage=open&station={each.station_id}",
                    cells={
                        "station": names[each.station_id].title,
                        "index": None if each.index is None else round(each.index, 1),
                        "clients": each.clients,
                        **{f"l{level}": each.of_level(level) for level in (1, 2, 3, 4)},
                        "why": _why(each),
                    },
                )
                for each in rows
            ],
            empty=parts.Empty(
                title=_("还没有站点可看"), body=_("登记社工站和服务对象后，这里按在办预警列出各站的情况。")
            ),
        ),
    }
    return render(request, "office/warning/list.html", context)


def _worst(each: Health) -> tuple[float, str]:
    return (101.0 if each.index is None else each.index, str(each.station_id))


def _why(each: Health) -> str:
    """The alerts by rule, what weighs most first."""
    by_rule: dict[str, int] = defaultdict(int)
    weights: dict[str, int] = defaultdict(int)
    for (rule, level), number in each.alerts.items():
        by_rule[rule] += number
        weights[rule] += WEIGHTS[level] * number
    ordered = sorted(by_rule, key=lambda rule: (-weights[rule], rule))
    told = (_("%(name)s %(n)d 条") % {"name": RULES[rule].name, "n": by_rule[rule]} for rule in ordered)
    return "；".join(told) or _("没有在办预警")
