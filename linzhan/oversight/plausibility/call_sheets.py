"""回访抽样 and 电话回访 as registers; a call comes from the draw and from nothing else (``domain.md`` §14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.registers.declare import Register, Told, register
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, reference, region, text, yes_no
from linzhan.kernel.steps import Steps, step
from linzhan.network.api import station_column
from linzhan.oversight.models import Callback, CallbackSample
from linzhan.oversight.plausibility.calling import all_called, callable_now
from linzhan.oversight.plausibility.enums import CallStage, Said, SampleStage
from linzhan.oversight.rights import CALL_BACK, DRAW_CALLBACKS, KEEP_FLAGS, VIEW_CALLBACKS

BY_DRAW: Final = "回访由抽样产生，不能手工登记或导入；接通后请用“办理”登记回答"
FROM_DRAW: Final = frozenset({"population", "size", "drawn_on", "digest", "finished_on", "summary"})

SAMPLE_STEPS: Final = Steps(
    gettext_lazy("回访抽样"),
    states={stage.value: stage.label for stage in SampleStage},
    initial=[SampleStage.DRAFT],
    steps=[
        step("draw", gettext_lazy("抽取"), SampleStage.DRAFT, SampleStage.CALLING, right=DRAW_CALLBACKS),
        step(
            "finish", gettext_lazy("完成"), SampleStage.CALLING, SampleStage.DONE, right=DRAW_CALLBACKS,
            guard=all_called,
        ),
        step(
            "drop", gettext_lazy("中止"), (SampleStage.DRAFT, SampleStage.CALLING), SampleStage.DROPPED,
            right=DRAW_CALLBACKS, at_will=True, note=gettext_lazy("中止原因"),
        ),
    ],
)  # fmt: skip
CALL_STEPS: Final = Steps(
    gettext_lazy("电话回访"),
    states={stage.value: stage.label for stage in CallStage},
    initial=[CallStage.WAITING],
    steps=[
        step(
            "answer", gettext_lazy("登记回答"), (CallStage.WAITING, CallStage.UNREACHED), CallStage.ANSWERED,
            right=CALL_BACK, guard=callable_now, asks=("remark",),
            visited=gettext_lazy("来过吗"), same_day=gettext_lazy("日期对吗"),
            same_service=gettext_lazy("事项对吗"), satisfied=gettext_lazy("满意吗"),
        ),
        step(
            "unreached", gettext_lazy("没有接通"), CallStage.WAITING, CallStage.UNREACHED, right=CALL_BACK,
            guard=callable_now, asks=("remark",),
        ),
    ],
)  # fmt: skip


def drawn_once(asked: Told) -> Iterable[tuple[int, str, str]]:
    """What was drawn is not drawn otherwise by changing its terms."""
    known = dict(
        CallbackSample.objects.filter(pk__in=[each for each in asked.ids if each]).values_list("pk", "stage")
    )
    for number, identity in enumerate(asked.ids):
        if identity in known and known[identity] != SampleStage.DRAFT and not is_stepping(identity):
            yield number, "seed", _("已经抽取，不能再改；要另抽请新建一次抽样")


def by_draw_only(asked: Told) -> Iterable[tuple[int, str, str]]:
    for number, identity in enumerate(asked.ids):
        if identity is None or not is_stepping(identity):
            yield number, "code", _(BY_DRAW)


SAMPLES = register(
    Register(
        key="callback-samples",
        starter=False,
        numbered="HF",
        steps=SAMPLE_STEPS,
        sheet=Sheet(
            name="回访抽样",
            by_headers=False,
            columns=(
                key("抽样编号"),
                text("title", "名称", required=True, hint="如 2026 年三季度电话回访"),
                region(hint="抽哪个地方的服务"),
                day("begins_on", "服务日期起", required=True),
                day("ends_on", "服务日期止", required=True, not_before="begins_on"),
                text(
                    "seed", "随机种子", required=True, max_length=64,
                    hint="抽取前公开产生的数字，如当天福彩开奖号码；任何人都能按它重抽核对",
                ),
                choice("stage", "状态", "/".join(SampleStage.values)),
                count("population", "总体", unit="条"),
                count("size", "样本量", unit="条", hint="按总体、置信水平、预计不符率和允许误差计算，每名社工至少 3 条"),
                day("drawn_on", "抽取日期"),
                text("digest", "抽取摘要", max_length=64, hint="抽到的记录的 sha256，供重抽核对"),
                day("finished_on", "完成日期"),
                long_text("summary", "结果说明"),
            ),
        ),
        model=CallbackSample,
        place=("region",),
        own_place=True,
        title="title",
        view=VIEW_CALLBACKS,
        edit=DRAW_CALLBACKS,
        derived=FROM_DRAW,
        refuse=drawn_once,
        listed=("title", "region", "begins_on", "ends_on", "stage", "population", "size", "finished_on"),
        filters=("stage",),
        nav="监督",
        nav_order=39,
    )
)  # fmt: skip

CALLBACKS = register(
    Register(
        key="callbacks",
        starter=False,
        steps=CALL_STEPS,
        sheet=Sheet(
            name="电话回访",
            by_headers=False,
            columns=(
                key("回访编号"),
                reference("sample", "抽样编号", "回访抽样"),
                reference("record", "服务记录", "服务记录"),
                Column(name="resident", header="服务对象", kind=Kind.REFERENCE, refers_to="服务对象", level=Level.L3),
                yes_no("flagged", "有疑点", dated=False, hint="抽样时有未了结或属实的疑点，抽中的机会加倍"),
                choice("stage", "状态", "/".join(CallStage.values)),
                choice("visited", "来过吗", "/".join(Said.values)),
                choice("same_day", "日期对吗", "/".join(Said.values)),
                choice("same_service", "事项对吗", "/".join(Said.values)),
                choice("satisfied", "满意吗", "/".join(Said.values)),
                yes_no("mismatch", "与记录不符", dated=False),
                day("called_on", "回访日期"),
                text("remark", "备注", level=Level.L3, max_length=500),
                station_column(),
            ),
        ),
        model=Callback,
        place=("station",),
        title="code",
        view=VIEW_CALLBACKS,
        edit=KEEP_FLAGS,
        derived=frozenset({"code", "sample", "record", "resident", "flagged", "mismatch", "called_on", "station"}),
        refuse=by_draw_only,
        listed=("record", "resident", "stage", "visited", "same_day", "same_service", "satisfied", "mismatch"),
        filters=("sample", "stage", "station"),
        nav="监督",
        beside=True,
    )
)  # fmt: skip
