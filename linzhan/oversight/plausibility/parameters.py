"""Numbers of the plausibility checks and of call-back samples, decided by places (``domain.md`` §14; RSK-11).

The national proposals stand in ``checks.toml`` with their source.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from linzhan.policy.api import (
    AMOUNT,
    CODES,
    COUNT,
    PERCENT,
    Group,
    Meaning,
    Parameter,
    parameter,
    read_defaults,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

read_defaults(Path(__file__).with_name("checks.toml"))


def _count(code: str, label: StrOrPromise, unit: str) -> Parameter[int]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=COUNT,
        unit=unit,
        meaning=Meaning.GUIDE,
        requirements="RSK-01 RSK-11",
    )


def _percent(code: str, label: StrOrPromise) -> Parameter[Decimal]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=PERCENT,
        unit="%",
        meaning=Meaning.GUIDE,
        requirements="RSK-01 RSK-11",
    )


def _number(code: str, label: StrOrPromise) -> Parameter[Decimal]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=AMOUNT,
        meaning=Meaning.GUIDE,
        requirements="RSK-01 RSK-11",
    )


FLAG_BACK_DAYS = _count("flag_back_days", _("核对：查看最近多久的服务"), "日")
FLAG_ANSWER_DAYS = _count("flag_answer_days", _("核对：社工说明的期限"), "日")
OVERLAP_MINUTES = _count("overlap_minutes", _("核对：时间重叠超过多少分钟"), "分钟")
TRAVEL_SPEED = _count("travel_speed", _("核对：两次服务之间的最高时速"), "公里/小时")
TRAVEL_LEAST = _count("travel_least", _("核对：相距多少公里以上才看"), "公里")
SAME_TEXT = _percent("same_text", _("核对：本人两条记录相似度"))
OTHER_TEXT = _percent("other_text", _("核对：不同社工两条记录相似度"))
OTHER_TEXT_DAYS = _count("other_text_days", _("核对：不同社工的记录相隔多久以内"), "日")
TEXT_LEAST = _count("text_least", _("核对：多少字以上的记录才比较"), "字")
PHOTO_BITS = _count("photo_bits", _("核对：照片差异散列相差位数"), "位")
BURST_RECORDS = _count("burst_records", _("核对：集中补录的条数"), "条")
BURST_MINUTES = _count("burst_minutes", _("核对：集中补录的时间"), "分钟")
BURST_DAYS = _count("burst_days", _("核对：集中补录涉及的服务日"), "日")
DURATIONS_LEAST = _count("durations_least", _("核对：时长分布至少须有的记录"), "条")
DURATION_SHARE = _percent("duration_share", _("核对：同一时长占比"))
DIGIT_LIMIT = _number("digit_limit", _("核对：尾数检验临界值"))
DAY_VISITS = _count("day_visits", _("核对：一人一天的探访"), "次")
DAY_HOURS = _count("day_hours", _("核对：一人一天的服务时长"), "小时")
WEEK_HOURS = _count("week_hours", _("核对：一人一周的服务时长"), "小时")
ATTENDEES_LEAST = _count("attendees_least", _("核对：签到名单至少几人才比较"), "人")
ATTENDEES_ALIKE = _percent("attendees_alike", _("核对：签到名单相似度"))
ATTENDEES_DAYS = _count("attendees_days", _("核对：签到名单看多少日"), "日")
ATTENDEES_TIMES = _count("attendees_times", _("核对：签到名单相同的场次"), "场")
HEADCOUNT_GAP = _percent("headcount_gap", _("核对：到场人数与签到之差"))
MONTH_TAIL_DAYS = _count("month_tail_days", _("核对：月末补录看最后几日"), "日")
MONTH_TAIL_LATE = _count("month_tail_late", _("核对：月末补录迟于服务几日"), "日")
MONTH_TAIL_SHARE = _percent("month_tail_share", _("核对：月末补录占比"))
MONTH_TAIL_LEAST = _count("month_tail_least", _("核对：月末补录至少须有的记录"), "条")
RATINGS_LEAST = _count("ratings_least", _("核对：满意度全同至少几份"), "份")
FLAGS_SHARE = _count("flags_share", _("预警：每百条记录属实的疑点"), "条")
MISMATCH_SHARE = _percent("mismatch_share", _("预警：电话回访不符率"))
MISMATCH_FLOOR = _percent("mismatch_floor", _("预警：电话回访不符率区间下限"))
CALLBACK_Z = _number("callback_z", _("回访抽样：置信水平的 z 值"))
CALLBACK_RATE = _percent("callback_rate", _("回访抽样：预计不符率"))
CALLBACK_ERROR = _percent("callback_error", _("回访抽样：允许误差"))
CALLBACK_EACH = _count("callback_each", _("回访抽样：每名社工至少"), "条")
NOTE_TEMPLATES: Parameter[tuple[str, ...]] = parameter(
    code="oversight.note_templates",
    label=_("核对：公用的记录模板，比较时先去掉"),
    group=Group.OVERSIGHT,
    kind=CODES,
    meaning=Meaning.GUIDE,
    requirements="RSK-01 RSK-11",
)
