"""What may be written when: nothing that was told to anybody is changed by a form or a file (EVL-11, EVL-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import account
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.kernel.scope import current_actor
from linzhan.network.api import Station
from linzhan.procurement.api import ServiceProject
from linzhan.providers.api import Provider
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import (
    EvaluationResult,
    EvaluationRound,
    Evidence,
    RoundEvaluator,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rounds.computing import RoundFault, scheme_of, settles, targeted
from linzhan.quality.rounds.conflicts import conflicts
from linzhan.quality.rounds.enums import LOCKED, OPEN_OBJECTIONS, ObjectionStage, RoundKind, RoundStage
from linzhan.quality.schemes.definition import Line, Scheme
from linzhan.quality.schemes.enums import Rule
from linzhan.quality.schemes.scoring import enough
from linzhan.territory.api import Region

BY_STEPS: Final = "状态由办理步骤产生，不能直接填写"
AFTER_NOTICE: Final = (
    "region_code",
    "kind",
    "period",
    "scheme",
    "draw_percent",
    "draw_number",
    "draw_each",
    "seed",
)
DRAWN: Final = ("region_code", "period", "scheme", "draw_percent", "draw_number", "draw_each", "seed")
"""What a draw was made by: changed afterwards, the same seed would give others."""
BY_STEPS_ONLY: Final = (
    "notified_on",
    "told_on",
    "objection_by",
    "finalised_on",
    "publication",
    "uses",
    "use_note",
    "published_on",
    "summary",
)
"""What steps say of a round, to those evaluated among others: never a form or a file afterwards."""
OBJECTED: Final = ("subject_id", "line", "grounds")
DECIDED: Final = ("new_points", "decision")
"""What whoever decides says of an objection: never a form or a file of whoever raised it."""
COLUMN_OF: Final = {"region_code": "region", "subject_id": "subject"}
RESULTING: Final = (
    "kind", "period", "evaluator", "subject_kind", "subject_id", "score", "grade", "evaluated_on",
)  # fmt: skip
JUDGED: Final = ("vetoes", "bonus", "penalty")
JUDGING: Final = (RoundStage.COLLECTING, RoundStage.SCORING, RoundStage.REVIEW)


def keep_rounds(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估轮次: stages by steps; what was notified stands."""
    known = {
        row["pk"]: row
        for row in EvaluationRound.objects.filter(pk__in=[each.id for each in rows]).values(
            "pk", "stage", "left_out", "population", *AFTER_NOTICE, *BY_STEPS_ONLY
        )
    }
    for row in rows:
        if is_stepping(row.id):
            continue
        was = known.get(row.id)
        _refuse_stage(row, was["stage"] if was else RoundStage.DRAFT.value, RoundStage.DRAFT.value)
        _refuse_changes(row, was or {}, BY_STEPS_ONLY, _("由办理步骤写明，不能直接填写"))
        if was and was["stage"] != RoundStage.DRAFT:
            fixed = (*AFTER_NOTICE, "left_out") if was["stage"] in LOCKED else AFTER_NOTICE
            _refuse_changes(row, was, fixed, _("已经通知，不能再改；确须改的请中止本轮，另立一轮"))
        elif was and was["population"]:
            _refuse_changes(row, was, DRAWN, _("已经按它抽取，不能再改；要重抽的请中止本轮，另立一轮"))


def keep_subjects(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估对象: nobody joins after the notice; judgements have their time, limits and reasons."""
    rounds = _rounds(row.values.get("round_id") for row in rows)
    stored = RoundSubject.objects.in_bulk([row.id for row in rows if not row.is_new])
    named = _names(row for row in rows if row.is_new)
    for row in rows:
        held = rounds.get(row.values.get("round_id"))
        if held is None:
            continue
        if row.is_new:
            if held.stage != RoundStage.DRAFT:
                row.refuse("round", _("这一轮已经通知，不能再增加评估对象"))
            row.complete(
                "name", named.get(row.values.get("subject_id") or row.values.get("subject_code"), "")
            )
        was = stored.get(row.id)
        if was is not None and row.values.get("round_id") != was.round_id:
            row.refuse("round", _("评估对象不能换到别的轮次"))
        _keep_judgement(row, was, held)


def _keep_judgement(row: Arriving, was: RoundSubject | None, held: EvaluationRound) -> None:
    changed = [
        name
        for name in JUDGED
        if (row.values.get(name) or None) != ((getattr(was, name) if was else None) or None)
    ]
    if not changed:
        return
    if held.stage not in JUDGING:
        row.refuse(
            changed[0], _("加分、扣分和一票否决在采集、评分和申诉复核时填写，这一轮现为“%s”") % held.stage
        )
        return
    scheme = scheme_of(held)
    for name, reason, limit in (
        ("bonus", "bonus_reason", scheme.bonus),
        ("penalty", "penalty_reason", scheme.penalty),
    ):
        points = row.values.get(name)
        if points and points > limit:
            row.refuse(name, _("不能超过方案规定的 %s 分") % limit)
        if points and not str(row.values.get(reason) or "").strip():
            row.refuse(reason, _("须写明理由"))
    if unknown := [each for each in row.values.get("vetoes") or () if each not in scheme.vetoes]:
        told = {"unknown": "、".join(unknown), "known": "；".join(scheme.vetoes)}
        row.refuse("vetoes", _("“%(unknown)s”不在方案的一票否决事项里，可选：%(known)s") % told)
    if row.values.get("vetoes") and not str(row.values.get("veto_reason") or "").strip():
        row.refuse("veto_reason", _("一票否决须写明依据"))


def keep_team(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估人员: a side that the scheme knows, an account that there is."""
    rounds = _rounds(row.values.get("round_id") for row in rows)
    for row in rows:
        held = rounds.get(row.values.get("round_id"))
        if held is None:
            continue
        try:
            sides = scheme_of(held).weights
        except RoundFault as fault:
            row.refuse("round", str(fault))
            continue
        if held.stage in LOCKED and not row.values.get("declared_on"):
            row.refuse("declared_on", _("评分已经开始，新增的人员须先作独立性声明"))
        if (declared := row.values.get("declared_on")) and declared > timezone.localdate():
            row.refuse("declared_on", _("声明日期 %s 还没有到，请填写作出声明的那一天") % declared)
        if row.values.get("side") not in sides:
            row.refuse("side", _("方案里的评价方是：%s") % "、".join(sides))
        name = str(row.values.get("username") or "") if "username" in row.stated else ""
        if name and account(username=name) is None:
            row.refuse("username", _("没有这个账号，请核对，或请管理员先开设"))


def keep_scores(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评分: in its time, by its evaluator, about what is theirs to score, with a reason."""
    subjects = _subjects(row.values.get("subject_id") for row in rows)
    team = RoundEvaluator.objects.in_bulk(
        [each for each in {row.values.get("evaluator_id") for row in rows} if each]
    )
    schemes = _schemes(subjects.values())
    away = _away(subjects, team)
    known = {
        (each.subject_id, each.line): each for each in Evidence.objects.filter(subject__in=list(subjects))
    }
    me = _username()
    for row in rows:
        subject, evaluator = (
            subjects.get(row.values.get("subject_id")),
            team.get(row.values.get("evaluator_id")),
        )
        if subject is None or evaluator is None:
            continue
        fault = _seat_fault(subject, evaluator, away, me)
        if fault:
            row.refuse("evaluator", fault)
            continue
        scheme = schemes[subject.round_id]
        line = scheme.lines.get(str(row.values.get("line")))
        if line is None or str(row.values.get("line")) in subject.round.left_out:
            row.refuse("line", _("方案里没有这个计分项，或它全轮不计"))
            continue
        held = known.get((subject.pk, str(row.values.get("line"))))
        if settles(line, held) and not row.values.get("absent"):
            row.refuse("line", _("这一项平台已有数据，不用评分；有异议的由对象申诉"))
        elif row.values.get("value") is not None and not targeted(line, held):
            row.refuse("value", _("这一项没有规定目标值，算不出得分：请填“不适用”并写明理由"))
        elif not line.by_platform and evaluator.side not in scheme.sides_of(line):
            row.refuse(
                "line", _("这一项由%s评，不归“%s”") % ("、".join(scheme.sides_of(line)), evaluator.side)
            )
        _check_points(row, line)


def stage_fault(held: EvaluationRound) -> str:
    """Said of a round that is not being scored."""
    return _("这一轮现为“%s”，不在评分阶段") % held.stage


def _seat_fault(
    subject: RoundSubject, evaluator: RoundEvaluator, away: Mapping[UUID, Mapping[UUID, str]], me: str
) -> str:
    if evaluator.round_id != subject.round_id:
        return _("评估人员和评估对象不在同一轮")
    if subject.round.stage != RoundStage.SCORING:
        return stage_fault(subject.round)
    if me and evaluator.username and evaluator.username != me:
        return _("这位评估人员有自己的账号，须由本人评分")
    if why := away.get(evaluator.pk, {}).get(subject.pk):
        return _("须回避这个对象：%s") % why
    return ""


def _check_points(row: Arriving, line: Line) -> None:
    given = [name for name in ("points", "value") if row.values.get(name) is not None]
    absent, met = bool(row.values.get("absent")), row.values.get("met") or ()
    if absent and (given or met):
        row.refuse("absent", _("填了“不适用”，就不要再填得分"))
    if not absent and not given and not met and line.rule != Rule.CHECKLIST:
        row.refuse("points", _("请填写得分或实测值，或说明不适用"))
    if len(given) > 1:
        row.refuse("points", _("得分和实测值只填一个：填了实测值，得分由平台按方案计算"))
    _check_sample(row, line)
    points = row.values.get("points")
    if points is not None and points > (line.full or Decimal(0)):
        row.refuse("points", _("不能超过满分 %s 分") % line.full)
    if unknown := [each for each in met if each not in line.items]:
        row.refuse("met", _("清单里没有：%s") % "、".join(unknown))
    if not str(row.values.get("reason") or "").strip():
        row.refuse("reason", _("请写明评分依据：看了什么、为什么给这个分"))


def _check_sample(row: Arriving, line: Line) -> None:
    """A survey of too few counts for nothing: that is said while whoever made it can still ask more."""
    sample, population = row.values.get("sample"), row.values.get("population")
    if row.values.get("value") is None or enough(line, sample, population):
        return
    told = {"sample": sample or 0, "least": line.least}
    row.refuse(
        "sample",
        _("样本 %(sample)d 份，不到 %(least)d 份，不能计分：请补足；应答的人本来就这么多的，写明应答总数")
        % told,
    )


def keep_objections(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估申诉: within the time, about a line of the scheme."""
    subjects = _subjects(row.values.get("subject_id") for row in rows)
    stored = ScoreObjection.objects.in_bulk([row.id for row in rows if not row.is_new])
    today = timezone.localdate()
    for row in rows:
        subject = subjects.get(row.values.get("subject_id"))
        if subject is None or is_stepping(row.id):
            continue
        was = stored.get(row.id)
        _refuse_stage(row, was.stage if was else ObjectionStage.RAISED.value, ObjectionStage.RAISED.value)
        _refuse_changes(row, {name: getattr(was, name, None) for name in DECIDED}, DECIDED, _(BY_STEPS))
        if was is not None and was.stage != ObjectionStage.RAISED:
            stored_values = {name: getattr(was, name) for name in OBJECTED}
            _refuse_changes(row, stored_values, OBJECTED, _("已经受理，不能再改；要补充的请另提一件"))
        held = subject.round
        if row.is_new and (
            held.stage != RoundStage.TOLD or (held.objection_by and today > held.objection_by)
        ):
            row.refuse("subject", _("不在申诉期内：申诉须在结果告知后、截止日期前提出"))
        if str(row.values.get("line")) not in scheme_of(held).lines:
            row.refuse("line", _("方案里没有这个计分项"))
        elif row.is_new and (earlier := _open_objection(subject, str(row.values.get("line")))):
            row.refuse("line", _("这一项已经在申诉（%s）：要补充的请修改那一件，或先撤回") % earlier)
        row.complete("raised_on", today)


def keep_results(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 评估: what a round came to is not written over, payments and renewals look at it."""
    stored = EvaluationResult.objects.in_bulk([row.id for row in rows if not row.is_new])
    codes = {each.code for each in stored.values()}
    made = set(
        RoundSubject.objects.filter(code__in=codes, round__stage__in=(RoundStage.FINAL, RoundStage.PUBLISHED))
        .exclude(round__kind=RoundKind.CONTEST)
        .values_list("code", "subject_id", "subject_code")
    )
    for row in rows:
        was = stored.get(row.id)
        if was is not None and (was.code, was.subject_id, was.subject_code) in made:
            why = _("这是评估轮次定稿的结果，不能直接改；要更正的请另立一轮复评")
            _refuse_changes(row, {name: getattr(was, name) for name in RESULTING}, RESULTING, why)


def _open_objection(subject: RoundSubject, line: str) -> str | None:
    rows = ScoreObjection.objects.filter(subject=subject, line=line, stage__in=OPEN_OBJECTIONS)
    return rows.values_list("code", flat=True).first()


def _refuse_stage(row: Arriving, was: str, first: str) -> None:
    if (row.values.get("stage") or first) != was:
        row.refuse("stage", _(BY_STEPS))


def _refuse_changes(row: Arriving, was: Mapping[str, Any], fixed: Iterable[str], why: str) -> None:
    for name in fixed:
        if name in row.values and (row.values[name] or None) != (was.get(name) or None):
            row.refuse(COLUMN_OF.get(name, name), why)


def _rounds(ids: Iterable[Any]) -> dict[Any, EvaluationRound]:
    return dict(EvaluationRound.objects.in_bulk([each for each in set(ids) if each]))


def _subjects(ids: Iterable[Any]) -> dict[Any, RoundSubject]:
    wanted = [each for each in set(ids) if each]
    return {row.pk: row for row in RoundSubject.objects.filter(pk__in=wanted).select_related("round")}


def _schemes(subjects: Iterable[RoundSubject]) -> dict[UUID, Scheme]:
    return {held.pk: scheme_of(held) for held in {each.round_id: each.round for each in subjects}.values()}


def _away(
    subjects: Mapping[Any, RoundSubject], team: Mapping[Any, RoundEvaluator]
) -> dict[UUID, Mapping[UUID, str]]:
    found: dict[UUID, Mapping[UUID, str]] = {}
    for held in {each.round_id: each.round for each in subjects.values()}.values():
        own = [each for each in team.values() if each.round_id == held.pk]
        found |= conflicts(held, own, [each for each in subjects.values() if each.round_id == held.pk])
    return found


def _username() -> str:
    actor = current_actor()
    user = account(user_id=actor.id) if actor.id else None
    return user.username if user is not None else ""


def _names(rows: Iterable[Arriving]) -> dict[Any, str]:
    """What new subjects are called, by id or division."""
    wanted: dict[str, set[Any]] = {}
    for row in rows:
        kind = str(row.values.get("subject_kind"))
        wanted.setdefault(kind, set()).add(
            row.values.get("subject_code") if kind == SubjectKind.COUNTY else row.values.get("subject_id")
        )
    found: dict[Any, str] = {}
    for kind, model in (
        (SubjectKind.STATION, Station),
        (SubjectKind.PROJECT, ServiceProject),
        (SubjectKind.PROVIDER, Provider),
    ):
        if ids := wanted.get(kind):
            rows_of = model._default_manager.filter(pk__in=[each for each in ids if each])
            found |= dict(rows_of.values_list("pk", "name"))
    if codes := wanted.get(SubjectKind.COUNTY):
        found |= dict(
            Region.objects.filter(code__in=[each for each in codes if each]).values_list("code", "name")
        )
    return found
