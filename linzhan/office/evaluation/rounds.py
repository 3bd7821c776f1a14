"""The file of a round: how far it has come, and where its results are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, Literal
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, HeadMore, RailBox, file_head, file_part, file_rail
from linzhan.office.registers.forms import offers
from linzhan.quality.api import (
    EDIT_ROUNDS,
    LOCKED,
    OPEN_OBJECTIONS,
    VIEW_ROUNDS,
    VIEW_SCORES,
    EvaluationRound,
    Publication,
    RoundEvaluator,
    RoundFault,
    RoundStage,
    RoundSubject,
    ScoreObjection,
    scheme_of_round,
)

LINE: Final = (
    RoundStage.DRAFT,
    RoundStage.NOTIFIED,
    RoundStage.COLLECTING,
    RoundStage.SCORING,
    RoundStage.TOLD,
    RoundStage.REVIEW,
    RoundStage.FINAL,
    RoundStage.PUBLISHED,
)
NEXT: Final = {
    RoundStage.DRAFT: "选好方案，用公开的种子抽取对象，再通知",
    RoundStage.NOTIFIED: "开始自评和采集；站点只写平台看不到的情况",
    RoundStage.COLLECTING: "选派评估人员、收齐独立性声明，再锁定证据",
    RoundStage.SCORING: "评估人员评分；评完、没有须复评的，告知结果",
    RoundStage.TOLD: "等对象陈述意见或申诉，处理完再复核",
    RoundStage.REVIEW: "申诉处理完，由另一人定稿",
    RoundStage.FINAL: "选定公布范围和结果运用，公布",
    RoundStage.PUBLISHED: "结果已进“评估结果”，拨付、续签、整改各自办理",
    RoundStage.DROPPED: "本轮已中止",
}
State = Literal["done", "current", "todo", "problem"]


@file_part("evaluation-rounds", template="office/evaluation/line.html", order=-10, right=VIEW_ROUNDS)
def line(asked: FileAsked) -> Mapping[str, object]:
    """The stages of a round, and what comes next."""
    stage = RoundStage(asked.row["stage"] or RoundStage.DRAFT)
    return {"line": progress_line(LINE, stage), "next": NEXT[stage]}


def progress_line(line: Sequence[TextChoices], stage: TextChoices) -> list[parts.Step]:
    """The stages in their order, and which one it is in; none of them where it was dropped."""
    here = line.index(stage) if stage in line else -1

    def state(place: int) -> State:
        if here < 0:
            return "problem" if place == 0 else "todo"
        return "done" if place < here else "current" if place == here else "todo"

    return [parts.Step(name=str(each.label), state=state(place)) for place, each in enumerate(line)]


@file_head("evaluation-rounds")
def verbs(asked: FileAsked) -> HeadMore:
    actions = []
    identity = asked.row["id"]
    if asked.holds(VIEW_SCORES) and asked.row["stage"] not in (RoundStage.DRAFT, RoundStage.DROPPED):
        actions.append(
            parts.Action(label=_("评分进展"), url=reverse("office:round-results", args=[identity]))
        )
    published = asked.row["publication"] in (Publication.SUBJECTS, Publication.PUBLIC)
    if asked.row["stage"] == RoundStage.PUBLISHED and (published or asked.holds(VIEW_SCORES)):
        actions.append(
            parts.Action(label=_("结果通报"), url=reverse("office:round-circular", args=[identity]))
        )
    return HeadMore(actions=actions)


@file_rail("evaluation-rounds")
def counts(asked: FileAsked) -> list[RailBox]:
    """How many are evaluated, by how many, and what is open."""
    if not asked.holds(EDIT_ROUNDS):
        return []
    identity = asked.row["id"]
    subjects = RoundSubject.objects.filter(round=identity).count()
    facts = [parts.Fact(_("评估对象"), _("%d 个") % subjects)]
    facts.append(
        parts.Fact(_("评估人员"), _("%d 人") % RoundEvaluator.objects.filter(round=identity).count())
    )
    if asked.row["stage"] in LOCKED:
        open_ones = ScoreObjection.objects.filter(subject__round=identity, stage__in=OPEN_OBJECTIONS).count()
        facts.append(parts.Fact(_("未处理的申诉"), _("%d 件") % open_ones))
    links = [
        parts.Action(label=_("评估对象"), url=f"/r/round-subjects/?round={identity}"),
        parts.Action(label=_("评估人员"), url=f"/r/round-evaluators/?round={identity}"),
        parts.Action(label=_("选派评估人员"), url=f"/r/round-evaluators/new/?round={identity}"),
        parts.Action(label=_("评估申诉"), url="/r/score-objections/"),
    ]
    return [RailBox(title=_("本轮"), facts=facts, links=links)]


@offers("round-evaluators", "side", by="round")
def sides(identity: UUID) -> Sequence[tuple[str, str]]:
    """The sides that score by the scheme of the round that is chosen (EVL-05)."""
    held = EvaluationRound.objects.filter(pk=identity).first()
    with suppress(RoundFault):  # a scheme that is gone is told by the round
        return [(side, side) for side in scheme_of_round(held).weights] if held is not None else []
    return []
