"""A round from the draw to the published result, on real rows (EVL-03…12; ``domain.md`` §12.2)."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from linzhan.casework.api.cases import CaseFile
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.amending import told as outcome_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import acting
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.quality.models import (
    EvaluationResult,
    EvaluationRound,
    EvaluationScheme,
    Evidence,
    RoundFile,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rounds.computing import RoundFault, compute, scheme_of
from linzhan.quality.rounds.rules import draw_files
from linzhan.quality.rounds.services import drawn_again, reply, state_self
from linzhan.quality.schemes.definition import Scheme
from linzhan.quality.schemes.services import adopt, design, revise
from tests.factories.cases import case_file
from tests.factories.casework import resident
from tests.factories.places import CHENGNAN, HECHENG, HUANGJINAO, TUOYUAN
from tests.factories.quality import ANN, BEN, evaluation_round, evaluator, score, scored, stepped, team_of
from tests.factories.rows import made, refused
from tests.factories.workforce import save_session, station, worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
TOWNS = (TUOYUAN, CHENGNAN, HUANGJINAO)


def stations() -> list[Station]:
    return [station(region, name=f"{n}号站") for n, region in enumerate(TOWNS, 1)]


def subjects(held: EvaluationRound) -> list[RoundSubject]:
    return list(RoundSubject.objects.filter(round=held).order_by("code"))


def at_scoring(**values: Any) -> EvaluationRound:
    """A round of three stations whose evidence is frozen."""
    held = evaluation_round(scheme="county-100@1", **values)
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    for number, side in enumerate(("第三方", "第三方", "第三方", "购买方", "监督方")):
        evaluator(held, f"评{number}", side)
    stepped(held, "lock")
    return held


def told(held: EvaluationRound) -> EvaluationRound:
    scored(held)
    stepped(held, "tell")
    return held


def final(held: EvaluationRound) -> EvaluationRound:
    for each in subjects(held):
        reply(each, "无异议")
    stepped(held, "review")
    stepped(held, "finalise", by=BEN)
    return held


def test_the_draw_is_made_once_by_a_public_seed_and_can_be_made_again() -> None:
    stations()
    held = evaluation_round(draw_number="2")
    with pytest.raises(StepRefused, match="随机种子"):
        stepped(held, "draw", seed="")
    stepped(held, "draw")
    assert len(subjects(held)) == 2
    assert drawn_again(held)
    with pytest.raises(StepRefused, match="抽取只做一次"):
        stepped(held, "draw", seed="1")
    EvaluationRound.objects.filter(pk=held.pk).update(seed="another")
    held.refresh_from_db()
    assert not drawn_again(held)


def test_what_was_notified_stands() -> None:
    stations()
    held = evaluation_round()
    stepped(held, "draw")
    with pytest.raises(StepRefused, match="早于评估期的第一天"):
        stepped(held, "notify", self_due="2020-12-31")
    with pytest.raises(StepRefused, match="早于自评截止"):
        stepped(held, "notify", self_due="2022-01-20", scoring_due="2022-01-19")
    stepped(held, "notify")
    row = {"code": held.code, "name": held.name, "region": HECHENG, "kind": "年度", "period": "2020",
           "scheme": held.scheme, "evaluator": held.evaluator}  # fmt: skip
    assert "已经通知" in refused("evaluation-rounds", **row)
    assert "不能再增加" in refused("round-subjects", round=held.pk, subject_kind="站点", subject=station().pk)


def test_a_period_is_one_that_figures_know() -> None:
    row = {
        "name": "甲",
        "region": HECHENG,
        "kind": "年度",
        "period": "去年",
        "scheme": "sppe-23@1",
        "evaluator": "乙",
    }
    assert "2021Q3" in refused("evaluation-rounds", **row)


def test_what_the_platform_holds_is_collected_and_opens_to_its_numbers() -> None:
    """Two of 湖南's … workers supervised two hours in a year: 2 ÷ 1 ÷ 12 of 2 hours, of three points."""
    first, *_others = stations()
    worker(station=first.code, hired_on="2020-03-01")
    save_session(first, hours="12")
    held = at_scoring()
    each = next(one for one in compute(held).subjects if one.subject.subject_id == first.pk)
    evidence = each.evidence["A4"]
    assert evidence.value == 1  # 12 hours, one worker, twelve months
    assert evidence.details["per"]["figure"] == "workforce.on_post"
    assert evidence.details["months"] == 12
    assert "督导" in evidence.details["definition"]
    assert each.scores["A4"].points == Decimal("2.50")
    assert "平台已有数据" in refused(
        "evaluation-scores", subject=each.subject.pk, evaluator=team_of(held)[0].pk, line="A4", points="5",
        reason="看着好",
    )  # fmt: skip


def test_nothing_is_asked_twice_a_figure_is_one_question_for_all_subjects(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(4):
        stations()
    held = evaluation_round(scheme="county-100@1")
    stepped(held, "draw")
    assert len(subjects(held)) == 12
    with django_assert_max_num_queries(45):
        compute(held)


def test_a_round_comes_out_the_same_whatever_happens_to_the_rows() -> None:
    first, *_others = stations()
    worker(station=first.code, hired_on="2020-03-01")
    held = at_scoring()
    before = [(each.subject.code, each.total) for each in compute(held).subjects]
    worker(station=first.code, hired_on="2020-05-01")
    save_session(first, hours="100")
    assert [(each.subject.code, each.total) for each in compute(held).subjects] == before


def test_a_changed_scheme_of_a_frozen_round_is_noticed() -> None:
    stations()
    held = at_scoring()
    held.definition["full"] = "90"
    EvaluationRound.objects.filter(pk=held.pk).update(definition=held.definition)
    held.refresh_from_db()
    with pytest.raises(RoundFault, match="不一致"):
        compute(held)


def test_nothing_is_told_while_something_is_pending() -> None:
    stations()
    held = at_scoring()
    with pytest.raises(StepRefused, match="还有 3 个对象没有评完"):
        stepped(held, "tell")
    scored(held)
    with pytest.raises(StepRefused, match="申诉期限不得少于 15 日"):
        stepped(held, "tell", objection_by=timezone.localdate().isoformat())
    stepped(held, "tell")
    assert all(each.grade and each.told["lines"] for each in subjects(held))


def test_raters_too_far_apart_want_a_second_opinion() -> None:
    stations()
    held = at_scoring()
    scored(held)
    one, team = subjects(held)[0], team_of(held)
    score(one, team[0], "V3", points="15")
    score(one, team[1], "V3", points="2")
    with pytest.raises(StepRefused, match="复评"):
        stepped(held, "tell")
    fourth = evaluator(held, "复评人")
    score(one, fourth, "V3", points="9")
    stepped(held, "tell")


def test_scores_have_a_time_a_seat_a_limit_and_a_reason() -> None:
    stations()
    held = at_scoring()
    one, team = subjects(held)[0], team_of(held)
    third, buyer = team[0], team.get(side="购买方")
    told_of = {"subject": one.pk, "reason": "查阅"}
    assert "满分" in refused("evaluation-scores", **told_of, evaluator=third.pk, line="V3", points="16")
    assert "不归“购买方”" in refused(
        "evaluation-scores", **told_of, evaluator=buyer.pk, line="V3", points="9"
    )
    assert "没有这个计分项" in refused(
        "evaluation-scores", **told_of, evaluator=third.pk, line="X9", points="1"
    )
    assert refused("evaluation-scores", subject=one.pk, evaluator=third.pk, line="V3", points="9")
    other = evaluation_round(scheme="county-100@1")
    stranger = evaluator(other, "外人")
    assert "不在同一轮" in refused(
        "evaluation-scores", **told_of, evaluator=stranger.pk, line="V3", points="9"
    )
    told(held)
    assert "不在评分阶段" in refused(
        "evaluation-scores", **told_of, evaluator=third.pk, line="V3", points="9"
    )


def test_who_declared_an_interest_keeps_away() -> None:
    first, *_others = stations()
    held = evaluation_round(scheme="county-100@1")
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    for side in ("第三方", "购买方", "监督方"):
        evaluator(held, f"{side}甲", side, avoids=(first.code,) if side == "第三方" else ())
    stepped(held, "lock")
    mine = next(each for each in subjects(held) if each.subject_id == first.pk)
    said = refused(
        "evaluation-scores", subject=mine.pk, evaluator=team_of(held).get(side="第三方").pk, line="V3", points="9",
        reason="查阅",
    )  # fmt: skip
    assert "回避" in said


def test_nobody_scores_without_a_declaration() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    with pytest.raises(StepRefused, match="还没有这些评价方"):
        stepped(held, "lock")
    for side in ("第三方", "购买方", "监督方"):
        evaluator(held, f"{side}甲", side, declared_on="")
    with pytest.raises(StepRefused, match="独立性声明"):
        stepped(held, "lock")


def test_an_objection_is_decided_by_another_and_changes_the_final_result() -> None:
    stations()
    held = told(at_scoring())
    one = subjects(held)[0]
    before = one.final_points
    objection = made("score-objections", subject=one.pk, line="V3", grounds="漏看了两份个案")
    with pytest.raises(StepRefused, match="申诉期到"):
        stepped(held, "review")
    for each in subjects(held):
        reply(each, "无异议")
    stepped(held, "review")
    with pytest.raises(StepRefused, match="没有处理完"):
        stepped(held, "finalise", by=BEN)
    register = REGISTERS["score-objections"]
    take(register, objection, "admit")
    with pytest.raises(StepRefused, match="满分"):
        take(register, objection, "uphold", {"new_points": "15.5", "decision": "补看"})
    take(register, objection, "uphold", {"new_points": "12", "decision": "补看两份，确应加分"})
    assert ScoreObjection.objects.get(pk=objection).decided_on == timezone.localdate()
    with pytest.raises(StepRefused, match="由他人办理"):
        stepped(held, "finalise", by=ANN)
    stepped(held, "finalise", by=BEN)
    one.refresh_from_db()
    assert one.final_points is not None
    assert before is not None
    assert one.final_points > before
    told_of = one.told["lines"]["V3"]
    assert (told_of["points"], told_of["full"], told_of["adjusted"]) == ("12.00", "15", True)
    assert told_of["reasons"] == ["查阅档案、现场察看"] * 3, "why, and nobody's name"


def test_whoever_objects_does_not_decide_and_objects_once_to_a_line() -> None:
    """EVL-12: what the deciders say is theirs, before and after; a second objection to a line waits for the first."""
    stations()
    held = told(at_scoring())
    one = subjects(held)[0]
    said = {"subject": one.pk, "line": "V3", "grounds": "漏看了两份个案"}
    assert "办理步骤" in refused("score-objections", **said, new_points="15", decision="同意")
    first = made("score-objections", **said)
    assert "已经在申诉" in refused("score-objections", **said)
    register = REGISTERS["score-objections"]
    assert "办理步骤" in outcome_of(amend(register, first, {"decision": "同意"}))
    take(register, first, "withdraw")
    second = made("score-objections", **said)
    take(register, second, "admit")
    take(register, second, "reject", {"decision": "档案里没有这两份"})
    assert "办理步骤" in outcome_of(amend(register, second, {"decision": "应当更正"}))


def test_a_final_result_stands_among_the_results_and_is_published() -> None:
    stations()
    held = final(told(at_scoring()))
    rows = list(EvaluationResult.objects.order_by("code"))
    assert [(row.code, row.score, row.grade) for row in rows] == [
        (each.code, each.final_points, each.grade) for each in subjects(held)
    ]
    with pytest.raises(StepRefused, match="公布范围"):
        stepped(held, "publish", publication="")
    stepped(held, "publish")
    assert held.published_on == timezone.localdate()


def test_a_veto_must_be_in_the_scheme_and_have_a_reason() -> None:
    stations()
    held = at_scoring()
    one = subjects(held)[0]
    row = {"code": one.code, "round": held.pk, "subject_kind": "站点", "subject": one.subject_id}
    assert "不在方案" in refused("round-subjects", **row, vetoes=("态度不好",), veto_reason="听说")
    veto = scheme_of(held).vetoes[0]
    assert "依据" in refused("round-subjects", **row, vetoes=(veto,))
    made("round-subjects", **row, vetoes=(veto,), veto_reason="核查属实，见整改通知")
    found = next(each for each in compute(held).subjects if each.subject.pk == one.pk).total
    assert found.grade is not None
    assert (found.grade.grade, found.vetoes) == ("不合格", (veto,))
    assert "不能超过方案规定的 5" in refused("round-subjects", **row, bonus="6", bonus_reason="好")


def test_a_station_says_what_the_platform_does_not_see() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    stepped(held, "draw")
    with pytest.raises(StepRefused, match="通知后"):
        state_self(subjects(held)[0], "本年因洪灾停站一个月")
    stepped(held, "notify")
    state_self(subjects(held)[0], "本年因洪灾停站一个月")
    assert subjects(held)[0].statement == "本年因洪灾停站一个月"
    with pytest.raises(StepRefused, match="告知后"):
        reply(subjects(held)[0], "无异议")


def test_a_line_nobody_can_know_is_left_out_for_all_alike() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    for side in ("第三方", "购买方", "监督方"):
        evaluator(held, f"{side}甲", side)
    with pytest.raises(StepRefused, match="理由"):
        stepped(held, "lock", left_out=("V2",))
    stepped(held, "lock", left_out=("V2",), left_out_reason="本年未开展探访登记")
    assert not Evidence.objects.filter(line="V2").exists()
    assert all("V2" in each.total.absent for each in compute(held).subjects)


def test_files_are_drawn_for_the_experts() -> None:
    """Five of the seven cases that were open in the period; by the seed, so anybody draws the same."""
    first, *_others = stations()
    who = worker(station=first.code, hired_on="2020-03-01")
    for number in range(7):
        person = resident(first, code=f"D{number}")
        case_file(first, who, person, code=f"GA-{number}", opened_on="2021-05-01", stage="介入")
    case_file(first, who, person, code="GA-LATER", opened_on="2022-01-02", stage="介入")
    held = at_scoring()
    drawn = RoundFile.objects.filter(subject__round=held).order_by("place")
    codes = list(drawn.values_list("file_code", flat=True))
    assert len(codes) == 5
    assert "GA-LATER" not in codes
    files = {str(each.file_id): each.file_code for each in drawn}
    subject = next(each for each in subjects(held) if each.subject_id == first.pk)
    everybody = [str(pk) for pk in CaseFile.objects.exclude(code="GA-LATER").values_list("pk", flat=True)]
    again = draw_files(held.seed, subject.code, "V3", everybody, 5)
    assert [files[each.key] for each in again] == codes


def test_the_command_computes_a_round() -> None:
    first, *_others = stations()
    held = at_scoring()
    out = StringIO()
    call_command("evaluate", held.code, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["round"]["code"], found["frozen"], len(found["subjects"])) == (held.code, True, 3)
    assert {each["key"] for each in found["subjects"]} >= {first.code}
    lines = {each["line"]: each for each in found["subjects"][0]["lines"]}
    assert lines["A1"]["evidence"]["figure"] == "workforce.on_post"
    again = StringIO()
    call_command("evaluate", str(held.pk), "--json", stdout=again)
    assert again.getvalue() == out.getvalue()
    call_command("evaluate", held.code, stdout=again)
    with pytest.raises(CommandError, match="没有评估轮次"):
        call_command("evaluate", "PG-nowhere")


def test_a_published_scheme_is_revised_by_a_new_version_and_old_rounds_keep_theirs() -> None:
    stations()
    own = adopt("county-100@1", region=HECHENG, name="鹤城区社工站评估办法")
    register = REGISTERS["evaluation-schemes"]
    take(register, own, "publish", {"published_on": "2021-01-01"})
    row = EvaluationScheme.objects.get(pk=own)
    with pytest.raises(StepRefused, match="修订"):
        design(own, row.definition)
    held = evaluation_round(scheme=row.code)
    stepped(held, "draw")
    stepped(held, "notify")
    second = EvaluationScheme.objects.get(pk=revise(row))
    assert (second.version, second.stage, second.definition) == (2, "草稿", row.definition)
    changed = json.loads(json.dumps(second.definition))
    changed["sides"][0]["weight"] = "0.5"
    design(second.pk, changed)
    take(register, second.pk, "publish", {"published_on": "2022-01-01"})
    kept: Scheme = scheme_of(held)
    assert kept.weights["第三方"] == Decimal("0.7")
    assert "已发布的方案不能再改" in refused(
        "evaluation-schemes", code=row.code, name="改名", region=HECHENG, subject="站点"
    )


def test_a_shape_with_open_numbers_cannot_be_published() -> None:
    own = adopt("guangzhou-1000@1", region=HECHENG)
    with acting(ANN), pytest.raises(StepRefused, match="没有填写满分"):
        take(REGISTERS["evaluation-schemes"], own, "publish", {"published_on": "2021-01-01"})


def test_what_was_told_to_those_evaluated_is_not_changed_by_a_form() -> None:
    """EVL-12: the time to object, what was published and to whom is said by steps alone."""
    stations()
    register = REGISTERS["evaluation-rounds"]
    held = told(at_scoring())
    earlier = timezone.localdate() - timedelta(days=1)
    for name, value in (
        ("objection_by", earlier), ("told_on", earlier), ("published_on", earlier), ("publication", "向社会公开"),
        ("uses", ("拨付",)), ("summary", "很好"),
    ):  # fmt: skip
        assert "办理步骤" in outcome_of(amend(register, held.pk, {name: value})), name
    assert not outcome_of(amend(register, held.pk, {"name": "年度评估"}))


def test_what_a_draw_was_made_by_stands() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    stepped(held, "draw")
    register = REGISTERS["evaluation-rounds"]
    for name, value in (("seed", "另一个"), ("draw_number", 1), ("period", "2022")):
        assert "已经按它抽取" in outcome_of(amend(register, held.pk, {name: value})), name
    assert drawn_again(EvaluationRound.objects.get(pk=held.pk))


def test_a_final_result_is_not_written_over() -> None:
    """EVL-12: payments and renewals look at it."""
    stations()
    held = final(told(at_scoring()))
    row = EvaluationResult.objects.order_by("code")[0]
    register = REGISTERS["evaluations"]
    assert row.period == "2021年"
    assert "定稿的结果" in outcome_of(amend(register, row.pk, {"score": "99", "grade": "优秀"}))
    row.refresh_from_db()
    assert row.score == subjects(held)[0].final_points


def test_lines_typed_into_the_step_are_read_as_a_list() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    for side in ("第三方", "购买方", "监督方"):
        evaluator(held, f"{side}甲", side)
    with pytest.raises(StepRefused, match="没有计分项 X9"):
        stepped(held, "lock", left_out="X9、A3", left_out_reason="没有资料")
    stepped(held, "lock", left_out="A1、A3", left_out_reason="没有资料")
    assert held.left_out == ["A1", "A3"]


def test_a_declaration_is_not_of_a_day_to_come() -> None:
    stations()
    held = evaluation_round(scheme="county-100@1")
    later = timezone.localdate() + timedelta(days=1)
    assert "还没有到" in refused(
        "round-evaluators",
        round=held.pk,
        name="刘评",
        side="第三方",
        organisation="某协会",
        declared_on=later,
    )


def test_a_number_that_cannot_be_worth_points_is_said_at_once() -> None:
    """A line without a target here does not apply; a survey of too few is filled up or its number told."""
    stations()
    held = at_scoring()
    one, judge = subjects(held)[0], team_of(held).filter(side="第三方")[0]
    base = {"subject": one.pk, "evaluator": judge.pk, "reason": "现场查证"}
    assert "没有规定目标值" in refused("evaluation-scores", **base, line="A1", value="2")
    assert made("evaluation-scores", **base, line="A1", absent=True)
    assert "不到 30 份" in refused("evaluation-scores", **base, line="R1", value="90", sample=10)
    assert made("evaluation-scores", **base, line="R1", value="90", sample=10, population=10)
