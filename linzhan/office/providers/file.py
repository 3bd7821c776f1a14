"""What belongs together on an institution's file: 登记条件, 监管 (the four means of INS-10), 治理与运行, 培育."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office import parts
from linzhan.office.providers.showing import checks_table
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.listed import short_table
from linzhan.providers.api import VIEW_PROVIDERS, VIEW_STANDING, Provider, registration_checks

OVERSIGHT = {
    "annual-inspections": ("year", "stage", "conclusion", "concluded_on", "rectify_by", "rectified_on"),
    "inspections": ("code", "kind", "year", "conclusion", "inspected_on", "inspector"),
    "provider-ratings": ("level", "stage", "issued_on", "valid_until", "assessor"),
    "credit-records": ("title", "kind", "source", "recorded_on", "until"),
    "provider-sanctions": ("kind", "stage", "authority", "purchaser", "starts_on", "ends_on"),
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
    empty = parts.Empty(
        title=_("登记地没有录入登记条件"), body=_("在“规则 → 参数”录入依据文件和条款后，这里逐条核对。")
    )
    return {
        "tables": [
            {
                "title": _("登记条件核查"),
                "table": checks_table(found, _("登记条件核查"), empty, of="conditions"),
                "action": _new(asked, "registration-conditions"),
            },
            *_tables(asked, {"registration-conditions": ("item", "met", "evidence", "document", "checked_on")}),
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
    return {"tables": _tables(asked, OVERSIGHT)}


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


def _today() -> date:
    return timezone.localdate()
