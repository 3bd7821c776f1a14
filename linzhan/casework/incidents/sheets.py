"""强制报告 and its facts as registers: written once, from form, phone and interface alike (``domain.md`` §20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from linzhan.casework.incidents.enums import OF_THE_COUNTY, FactKind, Origin, Signal, Stage
from linzhan.casework.incidents.models import Incident, IncidentFact
from linzhan.casework.incidents.rights import HANDLE_INCIDENTS, REPORT_INCIDENTS
from linzhan.casework.incidents.rules import lacking
from linzhan.kernel.registers.declare import Register, Values, code_list, register
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, key, long_text, text, yes_no
from linzhan.kernel.sheets.spelling import compact
from linzhan.network.api import station_column

L4: Final = Level.L4
BY_THE_COUNTY: Final = "由县(市、区)未成年人保护专员接收和结束；有新情况请用“补充”"


def signals() -> Mapping[str, str]:
    """Codes and names of the signals to their code."""
    named = {str(signal.label): signal.value for signal in Signal}
    spelled = {compact(name): code for name, code in named.items()}
    return (
        spelled | named | {signal.value: signal.value for signal in Signal}
    )  # shown: the last name of a code


code_list("@incident-signals", signals)


INCIDENTS = register(
    Register(
        key="incidents",
        sheet=Sheet(
            name="强制报告",
            by_headers=False,
            columns=(
                key("报告编号"),
                Column(
                    name="signals",
                    header="信号",
                    kind=Kind.REFERENCE,
                    refers_to="@incident-signals",
                    several=True,
                    required=True,
                    level=L4,
                    help="看到或听到的情况，可选多个；拿不准也要报，核实是公安和民政的事",
                ),
                Column(
                    name="seen_at",
                    header="发现时间",
                    kind=Kind.TIME,
                    required=True,
                    level=L4,
                    help="看到或听到的时刻；计时从这里开始",
                ),
                Column(
                    name="resident",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="服务对象",
                    aliases=("服务对象编号",),
                    level=L4,
                    help="在册的服务对象；不在册的写在“当事人”里",
                ),
                text(
                    "person", "当事人", level=L4, hint="不知道姓名就写能认出他的说法，如“三组穿红衣服的女孩”"
                ),
                text("place", "地点", "现在在哪里", level=L4, hint="当事人现在在哪里，帮助警察和医生找到他"),
                long_text(
                    "facts",
                    "看到听到的",
                    level=L4,
                    hint="只写看到、听到的原话，不推测，不反复追问孩子",
                ),
                Column(
                    name="danger",
                    header="正面临危险",
                    kind=Kind.YES_NO,
                    level=L4,
                    help="现在就有危险：先打 110、120，再填",
                ),
                choice("origin", "来源", "/".join(Origin.values), level=L4),
                yes_no("practice", "演练", dated=False, hint="演练不计时、不统计，填“是”"),
                choice("stage", "进展", "/".join(Stage.values), hint="由平台按登记的经过得出"),
                station_column(hint="本站的报告填本站；县里直接登记的可留空"),
                Column(
                    name="region",
                    header="行政区划",
                    kind=Kind.REGION,
                    help="没有站点时填：事情发生在哪里",
                ),
            ),
        ),
        model=Incident,
        happens="seen_at",
        place=("station", "region"),
        title="code",
        view=REPORT_INCIDENTS,
        edit=REPORT_INCIDENTS,
        numbered="BG",
        derived=frozenset({"stage"}),
        listed=("seen_at", "stage", "signals", "resident", "station"),
        order="-seen_at",
        starter=False,
    )
)


def _check_fact(values: Values) -> Iterable[tuple[str, str]]:
    kind = values.get("kind")
    if kind not in FactKind.values:
        return
    for name, label in lacking(kind, values):
        yield name, f"“{kind}”须写明：{label}"
    if kind in OF_THE_COUNTY and not _is_the_county(values):
        yield "kind", BY_THE_COUNTY


def _is_the_county(values: Values) -> bool:
    """The county receives and ends a report, a practice whoever practised. The database holds it too."""
    scope, incident = current_scope(), values["incident"]
    handles = HANDLE_INCIDENTS in scope.circles and bool(scope.regions)
    if scope.is_machine or (handles and scope.covers_region(incident.region_code)):
        return True
    return Incident.objects.filter(pk=incident.id, practice=True).exists()


FACTS = register(
    Register(
        key="incident-facts",
        sheet=Sheet(
            name="强制报告经过",
            by_headers=False,
            columns=(
                key("经过编号"),
                Column(
                    name="incident",
                    header="报告编号",
                    kind=Kind.REFERENCE,
                    refers_to="强制报告",
                    required=True,
                ),
                choice("kind", "事项", "/".join(FactKind.values), required=True, level=L4),
                Column(
                    name="at",
                    header="时间",
                    kind=Kind.TIME,
                    required=True,
                    level=L4,
                    help="打电话、得到回复的时刻",
                ),
                text("body", "单位", level=L4, hint="报给哪里、谁回复：如 110、乡镇派出所、县民政局"),
                text("contact", "对方联系人", "接听人", level=L4),
                text("receipt", "受理编号", "接警编号", level=L4, hint="有就填，便于追问"),
                long_text("text", "内容", level=L4),
            ),
        ),
        model=IncidentFact,
        happens="at",
        place=("incident",),
        title="code",
        view=REPORT_INCIDENTS,
        edit=REPORT_INCIDENTS,
        numbered="BGJ",
        check=_check_fact,
        listed=("at", "kind", "body", "receipt"),
        order="-at",
        starter=False,
    )
)
