"""What follows from the steps of a round: the draw, the frozen scheme and evidence, the told and the final result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, enter, stepped
from linzhan.kernel.steps import StepRefused
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundFile,
    RoundSubject,
)
from linzhan.quality.rounds import rules
from linzhan.quality.rounds.collecting import collected, digest_of
from linzhan.quality.rounds.computing import Computed, Results, compute, scheme_of
from linzhan.quality.rounds.enums import SHOWN, ObjectionStage, RoundKind
from linzhan.quality.rounds.population import candidates, files_of
from linzhan.quality.schemes.definition import Scheme, written

ROUNDS: Final = "evaluation-rounds"
SUBJECTS: Final = "round-subjects"
RESULTS: Final = "evaluations"
OBJECTIONS: Final = "score-objections"
AT_ONCE: Final = 500


def _note(register: str, row_id: UUID, **values: Any) -> None:
    if fault := told(amend(REGISTERS[register], row_id, values)):
        raise StepRefused(fault)


@stepped(ROUNDS)
def draw(taken: Taken) -> None:
    """Draw what the public seed says, and keep from whom it was drawn."""
    if taken.step.name != "draw" or taken.again:
        return
    row = taken.row
    held = EvaluationRound.objects.get(pk=taken.row_id)
    kind = scheme_of(held).subject
    found = candidates(kind, held.region_code, parse_period(held.period))
    by_key = {each.key: each for each in found}
    drawn = rules.draw(
        str(row["seed"]),
        {each.key: each.county for each in found},
        percent=held.draw_percent,
        number=held.draw_number,
        each=held.draw_each,
    )
    if not drawn:
        raise StepRefused(_("这里没有可评估的%s：请核对评估方案的对象类型和地方") % kind)
    EvaluationRound.objects.filter(pk=held.pk).update(population="\n".join(sorted(by_key)))
    enter(
        SUBJECTS,
        [
            {
                "code": f"{held.code}-{place:04d}",
                "round": held.pk,
                "subject_kind": kind,
                "subject": by_key[each.key].refers,
                "name": by_key[each.key].name,
            }
            for place, each in enumerate(drawn, start=1)
        ],
    )
    marks = {f"{held.code}-{place:04d}": each.mark for place, each in enumerate(drawn, start=1)}
    rows = list(RoundSubject.objects.filter(round=held, code__in=marks))
    for each_row in rows:
        each_row.mark = marks[each_row.code]
    RoundSubject.objects.bulk_update(rows, ["mark"], batch_size=AT_ONCE)


def drawn_again(held: EvaluationRound) -> bool:
    """Whether seed and kept population give the subjects that stand in the round: anybody may ask."""
    population = {key: key[:6] for key in held.population.split()}
    again = rules.draw(
        held.seed, population, percent=held.draw_percent, number=held.draw_number, each=held.draw_each
    )
    stands = set(RoundSubject.objects.filter(round=held).values_list("mark", flat=True))
    return stands == {each.mark for each in again}


@stepped(ROUNDS)
def notify(taken: Taken) -> None:
    """The scheme as it stands now is what the round goes by, whatever becomes of it."""
    if taken.step.name == "notify" and not taken.again:
        held = EvaluationRound.objects.get(pk=taken.row_id)
        definition = written(scheme_of(held))
        EvaluationRound.objects.filter(pk=held.pk).update(
            definition=definition, notified_on=timezone.localdate(taken.at)
        )


@stepped(ROUNDS)
def lock(taken: Taken) -> None:
    """Freeze what the platform holds and draw the files; from here on nothing is collected any more."""
    if taken.step.name == "lock" and not taken.again:
        freeze(EvaluationRound.objects.get(pk=taken.row_id))


def freeze(held: EvaluationRound) -> None:
    """Collect the evidence of all subjects, and keep it with its mark."""
    held.as_of = min(parse_period(held.period).end, timezone.localdate())
    scheme = scheme_of(held)
    subjects = list(RoundSubject.objects.filter(round=held).order_by("code"))
    evidence = collected(held, scheme, subjects)
    with transaction.atomic():
        Evidence.objects.bulk_create(evidence, batch_size=AT_ONCE)
        RoundFile.objects.bulk_create(_files(held, scheme, subjects), batch_size=AT_ONCE)
        EvaluationRound.objects.filter(pk=held.pk).update(
            as_of=held.as_of,
            evidence_at=timezone.now(),
            evidence_digest=digest_of(held.definition, evidence),
        )


def _files(held: EvaluationRound, scheme: Scheme, subjects: Sequence[RoundSubject]) -> list[RoundFile]:
    owner = {SubjectKind.STATION: "station_id", SubjectKind.PROVIDER: "provider_id"}.get(
        SubjectKind(scheme.subject)
    )
    if owner is None:
        return []
    period = parse_period(held.period)
    made: list[RoundFile] = []
    known: dict[str, Any] = {}
    for code, line in scheme.lines.items():
        if not line.files or line.file_kind is None or code in held.left_out:
            continue
        if line.file_kind not in known:
            known[line.file_kind] = files_of(line.file_kind, held.region_code, period, line=owner)
        for subject in subjects:
            papers = {str(each.id): each for each in known[line.file_kind].get(getattr(subject, owner), ())}
            drawn = rules.draw_files(held.seed or held.code, subject.code, code, papers, line.files)
            made += [
                RoundFile(
                    region_code=subject.region_code,
                    subject=subject,
                    line=code,
                    kind=line.file_kind,
                    file_id=papers[each.key].id,
                    file_code=papers[each.key].code,
                    mark=each.mark,
                    place=place,
                )
                for place, each in enumerate(drawn, start=1)
            ]
    return made


@stepped(ROUNDS)
def tell(taken: Taken) -> None:
    """The result of each as it is told to them, and as it stands in the end."""
    if taken.again or taken.step.name not in ("tell", "finalise"):
        return
    held = EvaluationRound.objects.get(pk=taken.row_id)
    today = timezone.localdate(taken.at)
    keep_results(compute(held))
    if taken.step.name == "tell":
        EvaluationRound.objects.filter(pk=held.pk).update(told_on=today)
        return
    EvaluationRound.objects.filter(pk=held.pk).update(finalised_on=today)
    if held.kind != RoundKind.CONTEST:  # its results are standings, and no figure of evaluation counts them
        _register_results(held, today)


def keep_results(results: Results) -> None:
    """Write totals, grades and the lines behind them to those evaluated."""
    rows = []
    notes = _notes([each.subject.pk for each in results.subjects])
    for each in results.subjects:
        row, found = each.subject, each.total
        row.raw, row.final_points = found.raw, found.total
        row.grade = found.grade.grade if found.grade else ""
        row.grade_called = found.grade.called or "" if found.grade else ""
        row.told = told_lines(results.scheme, each, notes)
        rows.append(row)
    fields = ["raw", "final_points", "grade", "grade_called", "told"]
    RoundSubject.objects.bulk_update(rows, fields, batch_size=AT_ONCE)


Notes = Mapping[tuple[UUID, str], list[str]]
"""Why a subject was given what on a line, by everybody who scored it."""


def _notes(subjects: Sequence[UUID]) -> Notes:
    rows = EvaluationScore.objects.filter(subject__in=subjects).order_by("line", "pk")
    found: dict[tuple[UUID, str], list[str]] = {}
    for subject, line, met, reason in rows.values_list("subject_id", "line", "met", "reason"):
        words = _("符合：%(met)s。%(reason)s") % {"met": "、".join(met), "reason": reason} if met else reason
        found.setdefault((subject, line), []).append(words)
    return found


def told_lines(scheme: Scheme, each: Computed, notes: Notes) -> dict[str, Any]:
    """Line by line what was given and why, without who gave it."""
    lines = {
        code: {
            "state": score.state.value,
            "points": _text(score.points),
            "full": _text(scheme.lines[code].full),
            "adjusted": score.adjusted,
            **({"reasons": why} if (why := notes.get((each.subject.pk, code))) else {}),
        }
        for code, score in each.scores.items()
    }
    return {"lines": lines, "vetoes": list(each.total.vetoes), "available": _text(each.total.available)}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value}"


def _register_results(held: EvaluationRound, today: Any) -> None:
    """The results stand in 评估, where figures count them and payments look for them (EVL-12)."""
    rows = RoundSubject.objects.filter(round=held).exclude(grade="").order_by("code")
    enter(
        RESULTS,
        [
            {
                "code": each.code,
                "kind": held.kind,
                "period": parse_period(held.period).label,
                "evaluator": held.evaluator,
                "subject_kind": each.subject_kind,
                "subject": each.subject_id or each.subject_code,
                "grade": each.grade,
                "evaluated_on": today,
                **({"score": each.final_points} if each.final_points is not None else {}),
            }
            for each in rows
        ],
    )


@stepped(ROUNDS)
def publish(taken: Taken) -> None:
    """The circular is written down with the round, so that those below read it as far as it was published."""
    if taken.step.name == "publish" and not taken.again:
        held = EvaluationRound.objects.get(pk=taken.row_id)
        EvaluationRound.objects.filter(pk=held.pk).update(
            published_on=timezone.localdate(taken.at), circular=circular_of(held)
        )


def circular_of(held: EvaluationRound) -> dict[str, Any]:
    """Grades from the best with those that have them, in the order of their numbers: no places, no persons."""
    names: dict[str, list[str]] = {grade.name: [] for grade in scheme_of(held).scale}
    for each in RoundSubject.objects.filter(round=held).exclude(grade="").order_by("code"):
        names.setdefault(each.grade_called or each.grade, []).append(str(each))
    return {"grades": [{"grade": grade, "names": found} for grade, found in names.items() if found]}


@stepped(OBJECTIONS)
def decide(taken: Taken) -> None:
    if taken.target in (ObjectionStage.UPHELD, ObjectionStage.REJECTED) and not taken.again:
        _note(OBJECTIONS, taken.row_id, decided_on=timezone.localdate(taken.at))


def reply(subject: RoundSubject, text: str) -> None:
    """What whoever was evaluated says to their result; they may say it again until the round is settled.

    Raises :class:`StepRefused` (Chinese) outside that time.
    """
    held = EvaluationRound.objects.get(pk=subject.round_id)
    if held.stage not in SHOWN[:2]:
        raise StepRefused(_("结果告知后、定稿前可以陈述意见，这一轮现为“%s”") % held.stage)
    if not text.strip():
        raise StepRefused(_("请写明意见；没有异议的写“无异议”"))
    _note(SUBJECTS, subject.pk, reply=text.strip(), replied_on=timezone.localdate())


def state_self(subject: RoundSubject, text: str) -> None:
    """What a station says of itself beside the numbers that the platform has already."""
    held = EvaluationRound.objects.get(pk=subject.round_id)
    if held.evidence_at is not None or not held.notified_on:
        raise StepRefused(_("自评说明在通知后、评分开始前填写"))
    _note(SUBJECTS, subject.pk, statement=text.strip())
