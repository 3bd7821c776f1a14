"""What must be so before a round goes on (EVL-11, EVL-12): Chinese sentences that say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import account
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.cells import convert, pieces
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.days import day_of
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.quality.contests.ruling import contest_faults
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    RoundEvaluator,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rounds.computing import RoundFault, compute, disputed, scheme_of, spread_limit
from linzhan.quality.rounds.enums import OPEN_OBJECTIONS, RoundKind
from linzhan.quality.schemes.definition import Scheme, faults

Row = Mapping[str, Any]
POINTS: Final = Column(name="points", header="得分", kind=Kind.DECIMAL, minimum=0)
LEFT_OUT: Final = Column(name="left_out", header="全轮不计的计分项", several=True)
NAMED: Final = 5
"""How many things a sentence names before it says how many more there are."""
MANY: Final = 100
"""From so many subjects on a computing takes over a second (measured: 220 in two to four)."""


def many(row: Row) -> bool:
    """Whether so many are evaluated that their evidence or points take longer than somebody waits."""
    return RoundSubject.objects.filter(round=row["id"])[:MANY].count() == MANY


def drawable(row: Row) -> str:
    """A draw is made once: drawing until one likes it is no draw."""
    if RoundSubject.objects.filter(round=row["id"]).exists():
        return _("已有评估对象：抽取只做一次；要重抽的请中止本轮，另立一轮并写明理由")
    return ""


def notifiable(row: Row) -> str:
    held = EvaluationRound.objects.get(pk=row["id"])
    if fault := _out_of_turn(held, day_of(row["self_due"]), day_of(row["scoring_due"])):
        return fault
    try:
        scheme = scheme_of(held)
    except RoundFault as fault:
        return str(fault)
    if missing := list(islice(faults(scheme), NAMED)):
        return _("评估方案还不能用：%s") % "；".join(missing)
    if not scheme.scale:
        return _("没有等级分数线：请在方案里填写，或在规则里为当地设定“评估等级分数线”")
    if held.kind == RoundKind.CONTEST and (strange := contest_faults(scheme, held.region_code)):
        return _("不能作比赛方案：%s") % "；".join(strange[:NAMED])
    return _subject_fault(held, scheme)


def _out_of_turn(held: EvaluationRound, self_due: date | None, scoring_due: date | None) -> str:
    """Who is evaluated speaks of a period that has begun, and before they are scored."""
    begins = parse_period(held.period).start
    if self_due is not None and self_due < begins:
        return _("自评截止 %(day)s 早于评估期的第一天 %(begins)s，请核对") % {
            "day": self_due,
            "begins": begins,
        }
    if self_due is not None and scoring_due is not None and scoring_due < self_due:
        return _("评分截止 %(late)s 早于自评截止 %(day)s，请核对") % {"late": scoring_due, "day": self_due}
    return ""


def _subject_fault(held: EvaluationRound, scheme: Scheme) -> str:
    kinds = set(RoundSubject.objects.filter(round=held).values_list("subject_kind", flat=True))
    if not kinds:
        return _("还没有评估对象：请先抽取，或逐个登记")
    if kinds != {scheme.subject}:
        return _("方案评的是“%s”，评估对象里有别的类型") % scheme.subject
    return ""


def publishable(row: Row) -> str:
    """What a contest came to is published with its season, by the rule of the place."""
    if row["kind"] == RoundKind.CONTEST:
        return _("季度赛的结果在“赛季”里排名和通报，这里不用公布")
    return ""


def lockable(row: Row) -> str:
    """Somebody for every side, each of whom declared their independence."""
    held = EvaluationRound.objects.get(pk=row["id"])
    team = list(RoundEvaluator.objects.filter(round=held))
    scheme = scheme_of(held)
    left_out = _stated(row["left_out"])
    if unknown := left_out - set(scheme.lines):
        return _("方案里没有计分项 %s") % "、".join(sorted(unknown))
    if left_out and not str(row["left_out_reason"] or "").strip():
        return _("全轮不计的计分项须写明理由")
    asked = {side for code, line in scheme.lines.items() if not line.by_platform and code not in left_out
             for side in scheme.sides_of(line)}  # fmt: skip
    if lacking := sorted(asked - {each.side for each in team}):
        return _("还没有这些评价方的评估人员：%s") % "、".join(lacking)
    if silent := [each.name for each in team if each.declared_on is None]:
        return _("这些评估人员还没有作独立性声明：%s") % _several(silent)
    return ""


def _stated(told: object) -> set[str]:
    """Several words as a step tells them: one text as it was typed, or a list of them."""
    return set(pieces(LEFT_OUT, told)) if isinstance(told, str) else set(map(str, told or ()))  # type: ignore[call-overload]  # what is not a text is a list


def tellable(row: Row) -> str:
    """Nothing is pending, no raters are too far apart, and there is time to object."""
    held = EvaluationRound.objects.get(pk=row["id"])
    day, least = day_of(row["objection_by"]), _objection_days(held)
    earliest = timezone.localdate() + timedelta(days=least)
    if day is not None and day < earliest:
        told = {"days": least, "day": earliest}
        return _("申诉期限不得少于 %(days)d 日：截止日期最早为 %(day)s") % told
    try:
        results = compute(held)
    except RoundFault as fault:
        return str(fault)
    if waiting := [each for each in results.subjects if each.total.pending]:
        first = waiting[0]
        lines = _several([f"{code} {results.scheme.lines[code].name}" for code in first.total.pending])
        told = {"n": len(waiting), "name": str(first.subject), "lines": lines}
        return _("还有 %(n)d 个对象没有评完，如 %(name)s：%(lines)s") % told
    limit = spread_limit(held)
    apart = {
        str(each.subject): found for each in results.subjects if (found := disputed(results, each, limit))
    }
    if apart:
        name, lines_apart = next(iter(apart.items()))
        told = {"n": len(apart), "name": name, "lines": "、".join(lines_apart)}
        return _("有 %(n)d 个对象的评分相差过大，须另请一人复评，如 %(name)s：%(lines)s") % told
    return ""


def objection_over(row: Row) -> str:
    """The time to object is over, or everybody concerned has answered already."""
    day = day_of(row["objection_by"])
    if day is None or timezone.localdate() > day:
        return ""
    if RoundSubject.objects.filter(round=row["id"], replied_on__isnull=True).exists():
        return _("申诉期到 %s 为止，还有对象没有陈述意见") % day
    return ""


def finalisable(row: Row) -> str:
    open_ones = ScoreObjection.objects.filter(subject__round=row["id"], stage__in=OPEN_OBJECTIONS)
    if codes := list(open_ones.values_list("code", flat=True)[: NAMED + 1]):
        return _("还有申诉没有处理完：%s") % _several(codes)
    return ""


def not_own_score(row: Row) -> str:
    """Nobody decides about a score that they gave."""
    actor = current_actor()
    name = account(user_id=actor.id) if actor.id else None
    if name is None:
        return ""
    own = EvaluationScore.objects.filter(
        subject=identity_of(row["subject"]), line=row["line"], evaluator__username=name.username
    )
    return _("这一项是您自己评的，申诉须由他人处理") if own.exists() else ""


def upheld(row: Row) -> str:
    subject = RoundSubject.objects.select_related("round").get(pk=identity_of(row["subject"]))
    line = scheme_of(subject.round).lines.get(str(row["line"]))
    points = convert(POINTS, row["new_points"])
    if line is not None and isinstance(points, Decimal) and points > (line.full or 0):
        return _("更正后得分不能超过满分 %s 分") % line.full
    return not_own_score(row)


def _objection_days(held: EvaluationRound) -> int:
    try:
        return ruling_for(rulebook.OBJECTION_DAYS, region=held.region_code, on=timezone.localdate()).value
    except NoRuling:
        return 0


def _several(names: list[str]) -> str:
    shown = "、".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s 等 %(n)d 项") % {"shown": shown, "n": len(names)}
