"""预警 as a register: read like any other, written by the rules alone (RSK-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import Register, Told, code_list, register, subject_sheets
from linzhan.kernel.registers.stepping import Taken, is_stepping, stepped
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text
from linzhan.network.api import station_column
from linzhan.oversight.enums import OVER, SHEETS, About, Ending, Severity, Stage, Tier
from linzhan.oversight.models import Alert
from linzhan.oversight.rights import KEEP_ALERTS, VIEW_ALERTS
from linzhan.oversight.warning.declaring import RULES
from linzhan.oversight.warning.steps import ALERT_STEPS
from linzhan.providers.api import provider_column


def rules_by_text() -> Mapping[str, str]:
    """Code, and code with name, to the code of a rule."""
    told = {f"{each.code} {each.name}": each.code for each in sorted(RULES, key=lambda rule: rule.code)}
    return told | {code: code for code in told.values()}


subject_sheets("about", SHEETS)
code_list("@warning-rules", rules_by_text)
BY_RULES = "预警由规则产生，不能手工登记或导入；要调整请改规则的阈值，处理请用“办理”"


def by_rules_only(asked: Told) -> Iterable[tuple[int, str, str]]:
    """Nobody writes an alert down; a step of one is no writing."""
    for number, identity in enumerate(asked.ids):
        if identity is None or not is_stepping(identity):
            yield number, "code", _(BY_RULES)


ALERTS = register(
    Register(
        key="alerts",
        starter=False,
        steps=ALERT_STEPS,
        sheet=Sheet(
            name="预警",
            by_headers=False,
            columns=(
                key("预警编号"),
                Column(name="rule", header="规则", kind=Kind.REFERENCE, refers_to="@warning-rules"),
                choice("severity", "级别", "/".join(Severity.values)),
                choice("about", "对象种类", "/".join(About.values)),
                Column(name="subject", header="对象", kind=Kind.REFERENCE, refers_to="?about", level=Level.L3),
                long_text("message", "说明", level=Level.L3),
                long_text("clause", "依据"),
                day("opened_on", "发出日期"),
                day("since", "情形起始日"),
                choice("stage", "阶段", "/".join(Stage.values)),
                choice("tier", "由谁处理", "/".join(Tier.values)),
                Column(name="due_at", header="知悉期限", kind=Kind.TIME),
                day("snoozed_until", "暂缓至"),
                choice("ending", "办结结论", "/".join(Ending.values)),
                day("closed_on", "关闭日期"),
                station_column(),
                provider_column(),
            ),
        ),
        model=Alert,
        place=("station", "provider"),
        happens="opened_on",
        title="rule",
        view=VIEW_ALERTS,
        edit=KEEP_ALERTS,
        derived=frozenset(
            {"code", "rule", "severity", "about", "subject", "message", "clause", "opened_on", "since", "tier",
             "due_at", "closed_on", "station", "provider"}
        ),
        refuse=by_rules_only,
        listed=("rule", "severity", "subject", "message", "stage", "tier", "opened_on", "due_at"),
        filters=("rule", "severity", "about", "stage", "tier", "station"),
        order="-severity",
        ranks={"severity": "level"},
        settled=OVER,
        nav="监督",
        nav_order=10,
        icon="warning",
    )
)  # fmt: skip


@stepped("alerts")
def note_day(taken: Taken) -> None:
    """The day it was closed follows from the step."""
    if taken.again:
        return
    closed: date | None = timezone.localdate(taken.at) if taken.target in OVER else None
    if taken.row["closed_on"] == closed:
        return
    Alert.objects.filter(pk=taken.row_id).update(closed_on=closed)
