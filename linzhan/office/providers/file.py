"""What belongs together on the files of institutions, draws and twinnings.

Of an institution: 登记条件, 监管 (the four means of INS-10), 治理与运行, 培育.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office import parts
from linzhan.office.providers.showing import checks_table
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.office.registers.listed import short_table
from linzhan.providers.api import (
    ANSWER_SANCTIONS,
    VIEW_PROVIDERS,
    VIEW_STANDING,
    Provider,
    RandomInspection,
    SanctionStage,
    Twinning,
    disclosure_checks,
    drawn_again,
    registration_checks,
    twinning_checks,
)

ANSWERED = (SanctionStage.NOTIFIED.value, SanctionStage.HEARD.value)
CONDITIONS = {"registration-conditions": ("item", "met", "evidence", "document", "checked_on")}
OVERSIGHT = {
    "annual-inspections": ("year", "stage", "conclusion", "concluded_on", "rectify_by", "rectified_on"),
    "inspections": ("code", "kind", "year", "conclusion", "inspected_on", "inspector"),
    "provider-ratings": ("level", "stage", "issued_on", "valid_until", "assessor"),
    "credit-records": ("title", "kind", "source", "recorded_on", "until"),
    "provider-sanctions": ("kind", "stage", "authority", "purchaser", "starts_on", "ends_on"),
    "trade-notices": ("kind", "stage", "association", "raised_on", "reply_by", "outcome"),
    "rectifications": ("title", "stage", "severity", "issued_on", "due_on", "failures"),
    "provider-disclosures": ("item", "year", "published_on", "channel"),
    "provider-exits": ("way", "stage", "proposed_on", "done_on"),
}
"""年度检查 with 检查, 社会评估 (its grade), 信用建设 with sanctions; 绩效评价 has a tab of its own (INS-10)."""
LIFE = {
    "governance-organs": ("kind", "head", "members", "elected_on", "term_ends_on"),
    "mass-organisations": ("kind", "head", "members", "set_up_on", "ended_on"),
    "paid-incomes": ("service", "month", "amount", "standard"),
    "internships": ("school", "students", "starts_on", "ends_on"),
    "provider-supports": ("title", "kind", "giver", "amount", "starts_on"),
}
GROWTH = {
    "twinnings": ("name", "helper", "topics", "workers", "starts_on", "ends_on"),
    "incubations": ("name", "base", "kind", "entered_on", "left_on", "outcome"),
    "demonstrations": ("field", "level", "named_on", "until"),
    "operator-pool": ("pool", "batch", "chosen_on", "until"),
    "associations": ("name", "level", "members", "norms"),
}


def _tables(asked: FileAsked, wanted: Mapping[str, Sequence[str]]) -> list[dict[str, object]]:
    """The rows of each register that name the institution; those that have none are left out."""
    found = []
    for key, names in wanted.items():
        register = REGISTERS[key]
        if not asked.holds(register.view):
            continue
        rows = register.model._default_manager.filter(provider_id=asked.row["id"]).order_by("-pk")
        table = short_table(asked.request, register, rows, names)
        if table.rows:
            found.append({"title": register.name, "table": table, "action": _new(asked, key)})
    return found or [{"title": _("还没有登记"), "table": _nothing(wanted), "action": None}]


def _nothing(wanted: Mapping[str, Sequence[str]]) -> parts.Table:
    names = "、".join(REGISTERS[key].name for key in wanted)
    body = _("这里列出这家机构的%s。在“机构”下各台账登记。") % names
    return parts.Table(
        caption=_("还没有登记"), columns=[], rows=[], empty=parts.Empty(title=_("还没有登记"), body=body)
    )


def _new(asked: FileAsked, key: str) -> parts.Action | None:
    if not asked.holds(REGISTERS[key].edit):
        return None
    return parts.Action(label=_("登记"), url=f"/r/{key}/new/?provider={asked.row['id']}", icon="add")


@file_part(
    "providers",
    key="conditions",
    label=lazy("登记条件"),
    template="office/providers/tables.html",
    order=10,
    right=VIEW_STANDING,
    takes=("registration-conditions.provider",),
)
def conditions(asked: FileAsked) -> Mapping[str, object]:
    """What its registrar's place asks at registration, with the evidence or the number of each."""
    provider = Provider.objects.get(pk=asked.row["id"])
    found = registration_checks(provider, _today())
    new = _new(asked, "registration-conditions")

    def looked(each: Checked) -> parts.Action | None:
        if new is None or each.key != "providers.condition":
            return None
        return parts.Action(label=_("核查"), url=f"{new.url}&{urlencode({'item': str(each.title)})}")

    empty = parts.Empty(
        title=_("登记地没有录入登记条件"), body=_("在“规则 → 参数”录入依据文件和条款后，这里逐条核对。")
    )
    return {
        "tables": [
            {
                "title": _("登记条件核查"),
                "table": checks_table(found, _("登记条件核查"), empty, of="conditions", action=looked),
                "action": _new(asked, "registration-conditions"),
            },
            *(_tables(asked, CONDITIONS) if any(each.outcome is not Outcome.UNKNOWN for each in found) else ()),
        ]
    }  # fmt: skip


@file_part(
    "providers",
    key="oversight",
    label=lazy("监管"),
    template="office/providers/tables.html",
    order=20,
    right=VIEW_STANDING,
    takes=tuple(f"{key}.provider" for key in OVERSIGHT),
)
def oversight(asked: FileAsked) -> Mapping[str, object]:
    """What was found and done, and which items it owes the public for last year."""
    today = _today()
    provider = Provider.objects.get(pk=asked.row["id"])
    owed = disclosure_checks(provider, today.year - 1, today)
    made = _tables(asked, OVERSIGHT)
    if owed:
        empty = parts.Empty(title=_("没有规定"))
        table = checks_table(owed, _("信息公开"), empty, of="disclosures")
        action = _new(asked, "provider-disclosures")
        made.append({"title": _("信息公开：%d 年度") % (today.year - 1), "table": table, "action": action})
    return {"tables": made}


@file_part(
    "providers",
    key="life",
    label=lazy("治理与运行"),
    template="office/providers/tables.html",
    order=30,
    right=VIEW_PROVIDERS,
    takes=tuple(f"{key}.provider" for key in LIFE),
)
def life(asked: FileAsked) -> Mapping[str, object]:
    return {"tables": _tables(asked, LIFE)}


@file_part(
    "providers",
    key="growth",
    label=lazy("培育"),
    template="office/providers/tables.html",
    order=40,
    right=VIEW_PROVIDERS,
    takes=tuple(f"{key}.provider" for key in GROWTH),
)
def growth(asked: FileAsked) -> Mapping[str, object]:
    return {"tables": _tables(asked, GROWTH)}


@file_head("provider-sanctions")
def answering(asked: FileAsked) -> HeadMore:
    """While it is announced and not decided, the institution may say what it has to say (FIL-08)."""
    if asked.row["stage"] not in ANSWERED or not asked.holds(ANSWER_SANCTIONS):
        return HeadMore()
    url = f"/r/sanction-statements/new/?sanction={asked.row['id']}"
    return HeadMore(actions=[parts.Action(label=_("登记陈述申辩"), url=url, icon="add")])


@file_part("random-inspections", template="office/providers/tables.html", takes=("drawn-institutions.draw",))
def drawn(asked: FileAsked) -> Mapping[str, object]:
    """Whom the draw brought, who inspects them, and that seed and population give the same list again."""
    draw = RandomInspection.objects.get(pk=asked.row["id"])
    register = REGISTERS["drawn-institutions"]
    names = ("place", "provider", "inspectors", "excluded", "conclusion", "inspected_on")
    rows = register.model._default_manager.filter(draw=draw).order_by("place")
    empty = parts.Empty(
        title=_("还没有抽取"), body=_("先公布种子，再由另一个人办理“抽取”；名单按种子算出，任何人都能重做。")
    )
    table = short_table(asked.request, register, rows, names, lead="provider", empty=empty)
    facts = [parts.Fact(_("重做一遍"), _("与名单一致") if drawn_again(draw) else _("与名单不一致，请核对"))]
    return {
        "tables": [
            {"title": _("抽查对象"), "table": table, "facts": facts if table.rows else [], "action": None}
        ]
    }


@file_part("twinnings", template="office/providers/tables.html")
def helped(asked: FileAsked) -> Mapping[str, object]:
    """Help for each worker by year, against the rule of the place (INS-27)."""
    found = twinning_checks(Twinning.objects.get(pk=asked.row["id"]))
    empty = parts.Empty(title=_("当地没有规定帮扶量"), body=_("在“规则 → 参数”录入后，这里按年核对。"))
    table = checks_table(found, _("每名社工得到的帮扶"), empty, of="help")
    return {"tables": [{"title": _("每名社工得到的帮扶"), "table": table, "action": None}]}


def _today() -> date:
    return timezone.localdate()
