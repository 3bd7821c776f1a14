"""What came out of a round, on paper and in Word: to each subject its result, to all the circular (EVL-12, RSK-07)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.documents import Document, Manuscript, chinese_day, chinese_number
from linzhan.office.evaluation.showing import mark, reasons_of, state_of
from linzhan.office.formats import number, period
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head
from linzhan.office.sending import face_asked, sent_as, ways_to_take
from linzhan.quality.api import (
    SHOWN,
    VIEW_ROUNDS,
    EvaluationRound,
    Evidence,
    Line,
    RoundStage,
    RoundSubject,
    Scheme,
    evidence_of,
    evidence_words,
    rule_words,
    scheme_of_round,
)

PAPER: Final = Path(__file__).with_name("notice.typ")
GRADES: Final = Path(__file__).with_name("grades.typ")
SEALED: Final = "组织评估单位（盖章）"
OPEN: Final = (RoundStage.TOLD, RoundStage.REVIEW)
"""Stages in which the result is told and not final."""
WIDTHS: Final = (5, 1.6, 1.6, 2, 5)


@file_head("round-subjects")
def verbs(asked: FileAsked) -> HeadMore:
    """The notice, once there is something to tell."""
    told = RoundSubject.objects.filter(pk=asked.row["id"], round__stage__in=SHOWN)
    if not asked.holds(VIEW_ROUNDS) or not told.exists():
        return HeadMore()
    url = reverse("office:subject-notice", args=[asked.row["id"]])
    return HeadMore(actions=ways_to_take(url, _("结果通知")))


@needs(VIEW_ROUNDS)
@require_safe
@never_cache
def notice(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """``/evaluation/subjects/<id>/notice/``: what the subject's own page says, to be sealed and sent."""
    found = RoundSubject.objects.select_related("round")
    subject = found.filter(pk=subject_id, round__stage__in=SHOWN).first()
    if subject is None:
        raise Http404
    return sent_as(notice_of(subject), face_asked(request) or "pdf")


def notice_of(subject: RoundSubject) -> Document:
    """评估结果告知书 while there may be objections, afterwards 评估结果通知书."""
    held = subject.round
    scheme = scheme_of_round(held)
    title = _("评估结果告知书") if held.stage in OPEN else _("评估结果通知书")
    opening = _(
        "“%(round)s”（评估期 %(period)s）由%(evaluator)s实施，按“%(scheme)s”评定。%(subject)s的结果如下："
    )
    data = {
        "title": title,
        "addressee": f"{subject.name}：",
        "opening": opening
        % {
            "round": held.name,
            "period": period(held.period),
            "evaluator": held.evaluator,
            "scheme": scheme.name,
            "subject": subject.name,
        },
        "facts": list(_facts(subject, scheme)),
        "heads": [_("计分项"), _("得分"), _("满分"), _("状态"), _("依据")],
        "rows": list(_lines(subject, scheme)),
        "widths": WIDTHS,
        "closing": list(_closing(subject)),
        "signed": [SEALED, chinese_day(held.finalised_on or held.told_on)],
    }  # fmt: skip
    return Document(name=f"{title}-{subject.name}", data=data, template=PAPER, face=_written)


def circular_of(held: EvaluationRound) -> Document:
    """评估结果通报, as it was published; no person is named."""
    grades = held.circular.get("grades", [])
    opening = _(
        "%(round)s（评估期 %(period)s）由%(evaluator)s实施，共 %(count)d 个对象有结果，按等级列出，不排名次。"
    ) % {
        "round": held.name,
        "period": period(held.period),
        "evaluator": held.evaluator,
        "count": sum(len(each["names"]) for each in grades),
    }
    title = _("评估结果通报")
    data = {
        "title": title,
        "opening": [opening, *held.summary.splitlines(), *_uses(held)],
        "grades": [
            {
                "heading": f"{chinese_number(place)}、{each['grade']}（{len(each['names'])} 个）",
                "names": "、".join(each["names"]),
            }
            for place, each in enumerate(grades, 1)
        ],
        "signed": [SEALED, chinese_day(held.published_on)],
    }
    return Document(name=f"{title}-{held.name}", data=data, template=GRADES, face=_announced)


def _announced(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``grades.typ``, for Word."""
    paper.title(data["title"])
    for line in data["opening"]:
        paper.par(line)
    for each in data["grades"]:
        paper.heading(each["heading"])
        paper.par(each["names"])
    paper.signed(*data["signed"])


def _uses(held: EvaluationRound) -> Iterator[str]:
    if held.uses:
        yield _("结果运用：%s。") % "、".join(held.uses) + held.use_note


def _written(paper: Manuscript, data: Mapping[str, Any]) -> None:
    """The same as ``notice.typ``, for Word."""
    paper.title(data["title"])
    paper.addressee(data["addressee"])
    paper.par(data["opening"])
    paper.facts(data["facts"])
    paper.room()
    paper.sheet(data["heads"], data["rows"], data["widths"])
    for line in data["closing"]:
        paper.par(line)
    paper.signed(*data["signed"])


def _facts(subject: RoundSubject, scheme: Scheme) -> Iterator[tuple[str, str]]:
    told = {"points": mark(subject.final_points), "full": number(scheme.full)}
    yield _("总分"), _("%(points)s 分（满分 %(full)s 分）") % told
    yield _("等级"), subject.grade_called or subject.grade
    for label, value, why in (
        (_("加分"), subject.bonus, subject.bonus_reason),
        (_("扣分"), subject.penalty, subject.penalty_reason),
    ):
        if value:
            yield label, f"{number(value)}：{why}" if why else number(value)
    if subject.vetoes:
        yield _("一票否决"), "；".join(filter(None, ("、".join(subject.vetoes), subject.veto_reason)))
    if subject.reply:
        yield _("陈述意见"), subject.reply


def _lines(subject: RoundSubject, scheme: Scheme) -> Iterator[list[str]]:
    told: Mapping[str, Mapping[str, Any]] = subject.told.get("lines", {})
    evidence = evidence_of(subject)
    for code, line in scheme.lines.items():
        found = told.get(code, {})
        points = found.get("points")
        yield [
            f"{code} {line.name}", mark(None if points is None else str(points)), mark(line.full),
            state_of(found).word, _basis(line, evidence.get(code), reasons_of(found)),
        ]  # fmt: skip


def _basis(line: Line, evidence: Evidence | None, why: str) -> str:
    """On what it rests: the number that was taken, and the reasons of those who scored; else the rule itself."""
    taken = evidence_words(evidence.details, evidence.value) if evidence is not None else ""
    return "；".join(filter(None, (taken, why))) or rule_words(line)


def _closing(subject: RoundSubject) -> Iterator[str]:
    held = subject.round
    if held.stage == RoundStage.TOLD:
        yield _("有异议的，请在%s前陈述意见，或对具体计分项提出申诉，我们复核后答复。") % chinese_day(
            held.objection_by
        )
    yield from _uses(held)
