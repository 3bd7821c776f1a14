"""Questions, sample sizes, draws and results of surveys, on plain values (``domain.md`` §12.3, §14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.providers.api import digest
from linzhan.quality.surveys.enums import QuestionKind

Z: Final = 1.96
"""Of a confidence of 95 %."""
WORST: Final = 0.5
"""The share that needs the largest sample."""
BEST: Final = 5
TIMES: Final = 20
"""A rating of 1–5 as points of a hundred, as the figure services.satisfaction counts them."""
LONGEST: Final = 500
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What answers say together; ``None`` where too few answered."""

    scored: int
    total: Decimal
    mean: Decimal
    low: Decimal
    high: Decimal


def question_of(text: str) -> Question | None:
    """``评分：您对服务满意吗`` read; None where the kind is not one."""
    kind, sign, words = text.replace("：", ":").partition(":")
    known = kind.strip() in QuestionKind.values and sign and words.strip()
    return Question(kind.strip(), words.strip()) if known else None


def questions_of(texts: Sequence[str]) -> list[Question]:
    return [found for text in texts if (found := question_of(text)) is not None]


def question_faults(texts: Sequence[str]) -> str:
    """What is wrong with the questions, in Chinese."""
    for place, text in enumerate(texts, start=1):
        if question_of(text) is None:
            kinds = "、".join(QuestionKind.values)
            return _("第 %(n)d 题请写成“评分：题目”，题型有：%(kinds)s") % {"n": place, "kinds": kinds}
    if not any(each.kind == QuestionKind.RATING for each in questions_of(texts)):
        return _("至少要有一道评分题，满意度由评分题计算")
    return ""


def sample_needed(population: int, margin: float, *, z: float = Z, share: float = WORST) -> int:
    """How many to ask of so many: n = ⌈N·z²p(1−p) / ((N−1)e² + z²p(1−p))⌉ (``domain.md`` §14)."""
    if population <= 0:
        return 0
    spread = z * z * share * (1 - share)
    return min(population, ceil(population * spread / ((population - 1) * margin * margin + spread)))


def draw(lot: str, station: str, population: Iterable[str], number: int) -> list[str]:
    """Whom of a station's population to ask: the first by ``sha256("lot|station|code")``, for who has the lot to repeat."""
    return sorted(set(population), key=lambda code: (digest(lot, station, code), code))[:number]


def checked(questions: Sequence[Question], given: Sequence[str]) -> tuple[list[Any], list[str]]:
    """Answers as they are kept (not answered is null), and what is wrong with them, in Chinese."""
    kept: list[Any] = []
    faults = []
    for place, (question, text) in enumerate(zip(questions, given, strict=True), start=1):
        said = text.replace("\x00", "").strip()
        if not said:
            kept.append(None)
        elif question.kind == QuestionKind.RATING:
            fine = said in {str(mark) for mark in range(1, BEST + 1)}
            faults += [] if fine else [_("第 %d 题请填 1 到 5") % place]
            kept.append(int(said) if fine else None)
        elif question.kind == QuestionKind.YES_NO:
            faults += [] if said in (YES, NO) else [_("第 %d 题请填是或否") % place]
            kept.append(said)
        else:
            kept.append(said[:LONGEST])
    if not any(answer is not None for answer in kept):
        faults.append(_("一题也没有回答；没有答卷的请登记为谢绝或联系不上"))
    return kept, faults


def score_of(questions: Sequence[Question], answers: Sequence[Any]) -> Decimal | None:
    """Points of a hundred: the mean of the ratings given, times 20; none given is not known."""
    marks = [
        answer
        for question, answer in zip(questions, answers, strict=True)
        if question.kind == QuestionKind.RATING and answer is not None
    ]
    return (Decimal(sum(marks)) * TIMES / len(marks)).quantize(Decimal("0.01")) if marks else None


def outcome(scores: Sequence[Decimal], population: int, least: int) -> Outcome | None:
    """Mean and 95 % interval, with the correction for a small population; None below ``least`` answers."""
    n = len(scores)
    if n < max(least, 1):
        return None
    total = sum(scores, Decimal(0))
    mean = float(total) / n
    wide = 0.0
    if n > 1:
        variance = sum((float(each) - mean) ** 2 for each in scores) / (n - 1)
        rest = max(population - n, 0) / max(population - 1, 1)
        wide = Z * sqrt(variance / n * rest)
    return Outcome(n, total, _two(mean), _two(max(mean - wide, 0)), _two(min(mean + wide, 100)))


def _two(value: float) -> Decimal:
    return Decimal(str(round(value, 2))).quantize(Decimal("0.01"))


def by_question(
    questions: Sequence[Question], papers: Sequence[Sequence[Any]], least: int
) -> list[Mapping[str, Any]]:
    """How each question was answered; what people wrote in words is not told."""
    found: list[Mapping[str, Any]] = []
    for place, question in enumerate(questions):
        given = [paper[place] for paper in papers if paper[place] is not None]
        row: dict[str, Any] = {"kind": question.kind, "text": question.text, "n": len(given)}
        if len(given) >= max(least, 1) and question.kind == QuestionKind.RATING:
            row["mean"] = str(round(sum(given) / len(given), 2))
        if len(given) >= max(least, 1) and question.kind == QuestionKind.YES_NO:
            row["yes"] = round(100 * given.count(YES) / len(given), 1)
        found.append(row)
    return found
