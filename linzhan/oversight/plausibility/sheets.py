"""疑点 as a register: read like any other, written by the checks alone (``domain.md`` §14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import Register, Told, code_list, register
from linzhan.kernel.registers.stepping import Taken, is_stepping, stepped
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, text
from linzhan.network.api import station_column
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.plausibility.enums import OVER, SETTLED, FlagStage
from linzhan.oversight.plausibility.steps import FLAG_STEPS
from linzhan.oversight.rights import KEEP_FLAGS, VIEW_FLAGS
from linzhan.providers.api import provider_column


def checks_by_text() -> Mapping[str, str]:
    """Code, and code with name, to the code of a check."""
    told = {f"{each.code} {each.name}": each.code for each in sorted(CHECKS, key=lambda one: one.code)}
    return told | {each.code: each.code for each in CHECKS}


code_list("@plausibility-checks", checks_by_text)
BY_CHECKS = "疑点由核对产生，不能手工登记或导入；说明和核实请用“办理”"


def by_checks_only(asked: Told) -> Iterable[tuple[int, str, str]]:
    """Nobody writes a flag down; a step of one is no writing."""
    for number, identity in enumerate(asked.ids):
        if identity is None or not is_stepping(identity):
            yield number, "code", _(BY_CHECKS)


FLAGS = register(
    Register(
        key="plausibility-flags",
        starter=False,
        steps=FLAG_STEPS,
        sheet=Sheet(
            name="疑点",
            by_headers=False,
            columns=(
                key("疑点编号"),
                Column(name="rule", header="核对", kind=Kind.REFERENCE, refers_to="@plausibility-checks"),
                Column(name="person", header="有关社工", kind=Kind.REFERENCE, refers_to="社工", level=Level.L3),
                long_text("message", "说明", level=Level.L3),
                long_text("clause", "依据"),
                day("since", "情形日期"),
                day("opened_on", "提出日期"),
                day("answer_by", "说明期限"),
                choice("stage", "状态", "/".join(FlagStage.values)),
                text("reply", "社工说明", level=Level.L3, max_length=500, hint="一句话说明当时的情况"),
                day("replied_on", "说明日期"),
                text("decision", "核实意见", level=Level.L3, max_length=500),
                day("settled_on", "核实日期"),
                station_column(),
                provider_column(),
            ),
        ),
        model=PlausibilityFlag,
        place=("station", "provider"),
        title="rule",
        view=VIEW_FLAGS,
        edit=KEEP_FLAGS,
        derived=frozenset(
            {"code", "rule", "person", "message", "clause", "since", "opened_on", "answer_by", "replied_on",
             "settled_on", "station", "provider"}
        ),
        refuse=by_checks_only,
        settled=OVER,
        listed=("rule", "person", "message", "since", "stage", "answer_by", "station"),
        filters=("rule", "stage", "person", "station"),
        nav="监督",
        nav_order=35,
        icon="warning",
    )
)  # fmt: skip


@stepped("plausibility-flags")
def note_days(taken: Taken) -> None:
    """The days of reply and settlement follow from the steps."""
    if taken.again:
        return
    on = timezone.localdate(taken.at)
    told = {"settled_on": on if taken.target in SETTLED else None}
    if taken.step.name == "reply":
        told["replied_on"] = on
    PlausibilityFlag.objects.filter(pk=taken.row_id).update(**told)
