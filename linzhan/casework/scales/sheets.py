"""测评结果 as a register: raw answers in, score and band computed, a crisis opened where one shows (§8, §20)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final

from django.utils import timezone

from linzhan.casework.incidents.enums import Origin
from linzhan.casework.incidents.sheets import INCIDENTS
from linzhan.casework.scales import catalogue
from linzhan.casework.scales.definition import Act, Scale
from linzhan.casework.scales.models import ScaleResult
from linzhan.casework.scales.rights import EDIT_RESULTS, VIEW_RESULTS
from linzhan.casework.scales.scoring import AnswersRefused, Result, result
from linzhan.kernel.registers.amending import told as refusal_in
from linzhan.kernel.registers.declare import Register, Values, Written, code_list, register
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import CODE_LENGTH, day, key, long_text
from linzhan.network.api import station_column

L4: Final = Level.L4
NOON: Final = time(12)
NOT_OPENED: Final = (
    "作答提示危险，而突发事件没有登记成功（{why}）：请立即打电话告诉站长，并登记突发事件，再填测评结果"
)

code_list("@scales", catalogue.codes)


class NotAnswers(ValueError):
    """What should be answers is none; the message is Chinese."""


def answers_of(text: str) -> dict[str, int]:
    """The answers in a JSON text: item to the score of the chosen option."""
    try:
        found = json.loads(text)
    except ValueError:
        raise NotAnswers('作答应为 JSON，如 {"1": 0, "2": 3}') from None
    if not isinstance(found, dict) or not all(type(value) is int for value in found.values()):
        raise NotAnswers('作答应为题号到分数的对照，如 {"1": 0, "2": 3}')
    return found


def judged(values: Values) -> tuple[Scale, Result] | None:
    """Scale and result of a row; None where it does not say enough. Raises what is wrong with the answers."""
    code, text = values.get("scale"), values.get("answers")
    scale = catalogue.scale_of(code, values.get("version") or "") if isinstance(code, str) else None
    if scale is None or not scale.usable or not isinstance(text, str):
        return None
    return scale, result(scale, answers_of(text))


def _derive(values: Values) -> Mapping[str, Any]:
    try:
        found = judged(values)
    except (NotAnswers, AnswersRefused):
        return {}
    if found is None:
        return {}
    scale, outcome = found
    return {"version": scale.version, "score": outcome.score, "band": outcome.band.name}


def _check(values: Values) -> Iterable[tuple[str, str]]:
    try:
        if judged(values) is None:
            yield "version", "没有这个量表的这个版本，或它还没有题目文字"
    except (NotAnswers, AnswersRefused) as wrong:
        yield "answers", str(wrong)


def _after_write(written: Written) -> None:
    """Answers that signal a danger become an incident in the same transaction, before anybody is asked."""
    for identity, values in written.rows:
        found = judged(values) if identity in written.created else None
        if found is not None and found[1].signals and (fault := _open_crisis(*found, values)):
            why = NOT_OPENED.format(why=fault)
            raise HookRefused(why, {identity: why})


def _open_crisis(scale: Scale, outcome: Result, values: Values) -> str:
    """Why it could not be opened: nobody may learn of a danger too late because of a detail. Empty: it was."""
    told = [rule.say for rule in outcome.rules if rule.act is Act.CRISIS]
    taken_on = values["taken_on"]
    now = timezone.localtime()
    seen = now if taken_on >= now.date() else datetime.combine(taken_on, NOON, now.tzinfo)
    row = {
        "signals": outcome.signals,
        "seen_at": seen,
        "resident": values["resident"].id,
        "station": values["_row"]["station_id"],
        "facts": f"{scale.name} 的作答提示危险。" + "；".join(told),
        "origin": Origin.SCALE.value,
    }
    return refusal_in(save_one(INCIDENTS, row))


RESULTS = register(
    Register(
        key="scale-results",
        sheet=Sheet(
            name="测评结果",
            by_headers=False,
            aliases=("量表结果", "测评记录"),
            columns=(
                key("测评编号"),
                Column(
                    name="resident",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="服务对象",
                    required=True,
                    aliases=("服务对象编号",),
                    level=L4,
                ),
                Column(
                    name="scale",
                    header="量表",
                    kind=Kind.REFERENCE,
                    refers_to="@scales",
                    required=True,
                    level=L4,
                    help="量表的代码或名称，见“量表”目录",
                ),
                Column(
                    name="version",
                    header="版本",
                    kind=Kind.CODE,
                    max_length=16,
                    level=L4,
                    help="不填为现用版本；不同版本的结果不放在一起比",
                ),
                day("taken_on", "测评日期", required=True),
                long_text(
                    "answers",
                    "作答",
                    required=True,
                    level=L4,
                    hint="题号到分数的对照（JSON）。原样保存，不能更改；得分和分档由平台按它计算",
                ),
                Column(name="score", header="得分", kind=Kind.DECIMAL, level=L4, help="由平台计算，不用填写"),
                Column(name="band", header="分档", level=L4, help="由平台计算；只是筛查，不是诊断"),
                Column(
                    name="case_code",
                    header="个案编号",
                    kind=Kind.CODE,
                    max_length=CODE_LENGTH,
                    level=L4,
                    help="为某个个案做的测评填它的编号，用来看个案前后的变化",
                ),
                long_text("note", "说明", level=L4, hint="测评时的情况，如由谁代答"),
                station_column(required=True),
            ),
        ),
        model=ScaleResult,
        happens="taken_on",
        place=("station",),
        title="code",
        view=VIEW_RESULTS,
        edit=EDIT_RESULTS,
        numbered="CP",
        derive=_derive,
        derived=frozenset({"score", "band"}),
        check=_check,
        after_write=_after_write,
        listed=("taken_on", "resident", "scale", "version", "score", "band"),
        filters=("scale",),
        order="-taken_on",
        starter=False,
    )
)
