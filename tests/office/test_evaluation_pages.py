"""Evaluation at the desk: schemes and designer, rounds, the evaluator's seat, results, reply, circular."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.accounts.api import User
from linzhan.kernel.audit import RevealEntry
from linzhan.kernel.documents import chinese_day
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.office.formats import number
from linzhan.office.sending import FACES
from linzhan.policy.api import load_reference
from linzhan.quality.api import (
    EvaluationRound,
    EvaluationScheme,
    EvaluationScore,
    RoundStage,
    RoundSubject,
    read,
    reply,
    scheme_of_round,
)
from linzhan.quality.rounds import guards
from tests.factories.cases import WHOLE, case_file, goal
from tests.factories.casework import resident
from tests.factories.places import CHENGNAN, TUOYUAN
from tests.factories.quality import ANN, BEN, evaluation_round, evaluator, scored, stepped
from tests.factories.workforce import station, worker
from tests.journeys.serving import work
from tests.office.conftest import Sit, browser, person
from tests.papers import same_words

pytestmark = [pytest.mark.django_db]
TEAM = (
    ("p-third", "第三方"),
    ("p-third2", "第三方"),
    ("p-third3", "第三方"),
    ("p-buyer", "购买方"),
    ("p-sup", "监督方"),
)


@pytest.fixture
def held(house: None) -> EvaluationRound:
    """A round of two stations that is being scored."""
    with opened(EVERYTHING, ANN):
        load_reference()
        station(TUOYUAN, name="坨院站")
        station(CHENGNAN, name="城南站")
        found = evaluation_round(scheme="county-100@1")
        for name in ("draw", "notify", "collect"):
            stepped(found, name)
    person("p-third", "evaluator")
    with opened(EVERYTHING, ANN):
        for number, (username, side) in enumerate(TEAM):
            account = {"username": username} if username == "p-third" else {}
            evaluator(found, f"评{number}", side, **account)
        stepped(found, "lock")
    return found


def subjects(held: EvaluationRound) -> list[RoundSubject]:
    with opened(EVERYTHING):
        return list(RoundSubject.objects.filter(round=held).order_by("code"))


def seat_url(client: Client) -> str:
    page = client.get("/evaluation/seats/").content.decode()
    found = re.search(r'href="(/evaluation/seats/[0-9a-f-]{36}/)"', page)
    assert found is not None
    return found[1]


def settled(held: EvaluationRound) -> None:
    """Everything scored by the same few points, told and final."""
    with opened(EVERYTHING, ANN):
        scored(held)
        stepped(held, "tell")


def test_schemes_are_listed_read_and_adopted(sit: Sit) -> None:
    client = sit()
    page = client.get("/evaluation/schemes/").content.decode()
    assert "社工站 SPPE 评价（23 项）" in page
    assert "框架，须补全分值" in page
    shown = client.get("/evaluation/schemes/shipped/?key=sppe-23@1").content.decode()
    assert "平台取数，不用报送" in shown
    assert client.get("/evaluation/schemes/shipped/?key=nothing").status_code == 404
    answer = client.post("/evaluation/schemes/adopt/?key=guangzhou-1000@1")
    assert answer.status_code == 302
    draft = client.get(answer["Location"]).content.decode()
    assert "没有填写满分" in draft
    assert "修改草稿" in draft


def test_a_draft_is_designed_part_by_part(sit: Sit) -> None:
    client = sit()
    at = client.post("/evaluation/schemes/adopt/?key=county-100@1")["Location"]
    line = {"value-name": "制度、场地和牌匾", "value-full": "6", "value-rule": "清单", "value-source": "查证",
            "value-monthly": "no", "value-grain": "对象", "value-items": "有场地\n有牌匾", "value-sides": "第三方",
            "value-raters": "1", "value-files": "0"}  # fmt: skip
    form = f"{at}parts/line/?indicator=A3&number=1"
    assert "有场地" in client.get(form).content.decode()
    assert client.post(form, line).status_code == 302
    with opened(EVERYTHING):
        row = EvaluationScheme.objects.get()
        changed = read(row.definition)
    assert (changed.lines["A3"].full, changed.lines["A3"].items) == (6, ("有场地", "有牌匾"))
    page = client.get(at).content.decode()
    assert "各项满分合计 101 分，与总分 100 分不等" in page
    wrong = client.post(form, {**line, "value-full": "许多"})
    assert wrong.status_code == 422
    assert "应为数字" in wrong.content.decode()
    sides = {
        "value-0-name": "第三方",
        "value-0-weight": "0.6",
        "value-1-name": "购买方",
        "value-1-weight": "0.4",
    }
    assert client.post(f"{at}parts/sides/", sides).status_code == 302
    assert client.post(f"{at}remove/?indicator=A3&number=1").status_code == 302
    assert client.post(f"{at}remove/?indicator=A3").status_code == 302
    new = {"value-code": "A9", "value-name": "牌匾", "value-basis": "本县办法"}
    assert client.post(f"{at}parts/indicator/?dimension=A", new).status_code == 302
    with opened(EVERYTHING):
        codes = [
            each.code for each in read(EvaluationScheme.objects.get().definition).dimensions[0].indicators
        ]
    assert codes == ["A1", "A2", "A4", "A9"]
    assert client.get(f"{at}parts/nothing/").status_code == 404


def test_a_published_scheme_is_revised_and_not_changed(sit: Sit) -> None:
    client = sit()
    at = client.post("/evaluation/schemes/adopt/?key=county-100@1")["Location"]
    identity = at.rstrip("/").rpartition("/")[2]
    step = client.post(f"/r/evaluation-schemes/{identity}/steps/publish/", {"published_on": "2021-01-01"})
    assert step.status_code == 302
    assert client.get(f"{at}parts/head/").status_code == 404
    second = client.post(f"{at}revise/")["Location"]
    assert second != at
    assert "第 2 版" in client.get(second).content.decode()


def test_who_only_reads_schemes_changes_none(sit: Sit) -> None:
    at = sit().post("/evaluation/schemes/adopt/?key=county-100@1")["Location"]
    with opened(EVERYTHING):
        own = station(TUOYUAN)
    lead = sit("station_lead", TUOYUAN, station_id=own.pk)
    assert "修改草稿" not in lead.get(at).content.decode()
    assert lead.get(f"{at}parts/head/").status_code == 403
    assert lead.post("/evaluation/schemes/adopt/?key=county-100@1").status_code == 403


def test_an_evaluator_scores_at_their_own_seat_only(held: EvaluationRound, sit: Sit) -> None:
    own = browser_of("p-third")
    url = seat_url(own)
    page = own.get(url).content.decode()
    assert "坨院站" in page
    assert "0 / " in page
    one = subjects(held)[0]
    form = own.get(f"{url}{one.pk}/").content.decode()
    assert "平台已取的数据" in form
    assert "A3-met" in form
    assert "A1-value" in form, "the place has no ruling for staff: somebody looks it up"
    posted = {
        "A3-met": ["有场地", "有人员"],
        "A3-reason": "现场察看",
        "V3-points": "99",
        "V3-reason": "查阅五份个案",
    }
    wrong = own.post(f"{url}{one.pk}/", posted)
    assert wrong.status_code == 422
    assert "不能超过满分 15 分" in wrong.content.decode()
    posted["V3-points"] = "12.5"
    assert own.post(f"{url}{one.pk}/", posted).status_code == 302
    with opened(EVERYTHING):
        rows = dict(EvaluationScore.objects.values_list("line", "points"))
    assert set(rows) == {"A3", "V3"}
    assert "2 / " in own.get(url).content.decode()
    stranger = sit("evaluator")
    assert "现在没有要您评的轮次" in stranger.get("/evaluation/seats/").content.decode()
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"{url}{one.pk}/").status_code == 404


def shown(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_what_was_ticked_or_typed_by_mistake_can_be_taken_back(held: EvaluationRound, sit: Sit) -> None:
    own = browser_of("p-third")
    address = f"{seat_url(own)}{subjects(held)[0].pk}/"
    assert own.post(address, {"V3-absent": "是", "V3-reason": "没有个案"}).status_code == 302
    assert own.post(address, {"V3-points": "12", "V3-reason": "查到五份个案"}).status_code == 302
    met = {"A3-met": ["有场地", "有人员"], "A3-reason": "现场察看"}
    assert own.post(address, met).status_code == 302
    assert own.post(address, {"A3-reason": "现场察看"}).status_code == 302
    with opened(EVERYTHING):
        rows = {each.line: each for each in EvaluationScore.objects.all()}
    assert (rows["V3"].points, rows["V3"].absent) == (12, None)
    assert rows["A3"].met == []
    own.get(address)  # what was said so far is read
    page = own.post(address, {"A3-reason": "现场察看"}, follow=True).content.decode()
    assert "没有改动" in page
    assert "评分已保存" not in page


def test_a_line_judged_elsewhere_meanwhile_is_not_overwritten(held: EvaluationRound, sit: Sit) -> None:
    """EVL-11, NFR-08: two windows or a tablet at one seat; the other lines of the page go in, untouched ones stay."""
    own = browser_of("p-third")
    address = f"{seat_url(own)}{subjects(held)[0].pk}/"
    seen = own.get(address).content.decode()
    was = {f"{code}-was": shown(seen, f"{code}-was") for code in ("V3", "A3")}
    assert own.post(address, {"V3-points": "12", "V3-reason": "平板上评的", **was}).status_code == 302
    late = {"V3-points": "3", "V3-reason": "电脑上评的", "A3-met": ["有场地"], "A3-reason": "现场察看", **was}
    answer = own.post(address, late)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "得分：12；评分依据：平板上评的" in text
    assert "电脑上评的" in text, "what was typed is still there"
    with opened(EVERYTHING):
        rows = {each.line: each for each in EvaluationScore.objects.all()}
    assert (rows["V3"].points, rows["A3"].met) == (12, ["有场地"])
    untouched = {"V3-points": "", "V3-reason": "", **was}
    assert own.post(address, untouched).status_code == 302
    knowing = {**late, **{name: shown(text, name) for name in was}}
    assert own.post(address, knowing).status_code == 302
    with opened(EVERYTHING):
        assert EvaluationScore.objects.get(line="V3").points == 3


def test_a_drawn_case_is_read_without_whose_it_is_and_goes_on_record(house: None, sit: Sit) -> None:
    """EVL-04; ``domain.md`` §19.2: the sample, during the round, for reading."""
    with opened(EVERYTHING, ANN):
        load_reference()
        at = station(TUOYUAN, name="坨院站")
        who, person_ = (
            worker(station=at.code, hired_on="2020-03-01"),
            resident(at, name="茹一鸣", categories=("A01",)),
        )
        told = {**WHOLE, "code": "GA-1", "opened_on": "2021-05-01", "stage": "介入"}
        drawn = case_file(at, who, person_, **told)
        goal(drawn)
        late = case_file(at, who, person_, code="GA-2", opened_on="2022-01-02", stage="介入")
        found = evaluation_round(scheme="county-100@1")
        for name in ("draw", "notify", "collect"):
            stepped(found, name)
    person("p-third", "evaluator")
    with opened(EVERYTHING, ANN):
        for number, (username, side) in enumerate(TEAM):
            account = {"username": username} if username == "p-third" else {}
            evaluator(found, f"评{number}", side, **account)
        stepped(found, "lock")
    own = browser_of("p-third")
    url = f"{seat_url(own)}{subjects(found)[0].pk}/"
    form = own.get(url).content.decode()
    assert "GA-1" in form
    assert "GA-2" not in form
    page = own.get(f"{url}files/{drawn}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert str(WHOLE["problem"]) in text
    assert "每周出门三次" in text
    assert "茹一鸣" not in text
    assert "/write/" not in text
    with opened(EVERYTHING):
        assert RevealEntry.objects.get(row_id=drawn).reason == f"评估抽查：{found.name}"
    assert own.get(f"{url}files/{late}/").status_code == 404
    assert own.get(f"/cases/{drawn}/").status_code == 403
    assert sit("evaluator").get(f"{url}files/{drawn}/").status_code == 404
    settled(found)
    assert own.get(f"{url}files/{drawn}/").status_code == 404


def browser_of(username: str) -> Client:
    with opened(EVERYTHING):
        user = User.objects.get(username=username)
    return browser(user)


def test_the_round_shows_how_far_it_has_come_and_never_a_ranking(held: EvaluationRound, sit: Sit) -> None:
    client = sit()
    page = client.get(f"/r/evaluation-rounds/{held.pk}/").content.decode()
    assert "评估人员评分；评完" in page
    shown = client.get(f"/evaluation/rounds/{held.pk}/results/").content.decode()
    assert "按序号排列，不排名次" in shown
    assert "重抽一致" in shown
    assert shown.index("坨院站") != -1
    assert "评0" not in shown, "no evaluator stands in a list of results"


def test_many_are_computed_by_the_worker_and_a_refusal_leads_back_to_the_form(
    held: EvaluationRound, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step of a large round is ordered, once done it is done, and what stops it is told where it waits."""
    monkeypatch.setattr(guards, "MANY", 2)
    client = sit()
    form = f"/r/evaluation-rounds/{held.pk}/steps/tell/"
    sent = {"objection_by": f"{timezone.localdate() + timedelta(days=30)}", "note": "按期告知"}
    unfilled = client.post(form, {"note": "忘了填期限"})
    assert unfilled.status_code == 422
    assert "申诉截止" in unfilled.content.decode()
    too_early = client.post(form, sent)["Location"]
    work()
    page = client.get(too_early).content.decode()
    assert "个对象没有评完" in page
    [back] = re.findall(rf'href="({form}[^"]*)"', page)
    refilled = client.get(back).content.decode()
    assert sent["objection_by"] in refilled
    assert "按期告知" in refilled
    assert "按期告知" not in client.get(f"{form}?job=nothing").content.decode()
    with opened(EVERYTHING, ANN):
        scored(held)
    ordered = client.post(form, sent)["Location"]
    twice = client.post(form, sent)["Location"]
    work()
    assert f'href="/r/evaluation-rounds/{held.pk}/"' in client.get(ordered).content.decode()
    assert "未完成" in client.get(twice).content.decode()
    with opened(EVERYTHING):
        held.refresh_from_db()
    assert held.stage == RoundStage.TOLD
    log = client.get(f"/r/evaluation-rounds/{held.pk}/steps/").content.decode()
    assert log.count("按期告知") == 1


def test_a_station_reads_its_own_result_with_evidence_and_answers(held: EvaluationRound, sit: Sit) -> None:
    one, other = subjects(held)
    lead = sit("station_lead", TUOYUAN, station_id=one.station_id)
    before = lead.get(f"/r/round-subjects/{one.pk}/").content.decode()
    assert "结果还没有告知" in before
    assert lead.get(f"/evaluation/rounds/{held.pk}/results/").status_code == 403
    settled(held)
    page = lead.get(f"/r/round-subjects/{one.pk}/").content.decode()
    assert "逐项得分和依据" in page
    assert "/figures/workforce.on_post/" in page
    assert "对某一项申诉" in page
    assert "查阅档案、现场察看" in page
    assert "评0" not in page
    assert lead.get(f"/r/round-subjects/{other.pk}/").status_code == 404
    assert "评估结果已告知" in lead.get("/").content.decode()
    assert lead.get("/r/round-subjects/").status_code == 200
    assert lead.get(f"/r/score-objections/new/?subject={one.pk}").status_code == 200
    answer = lead.post(f"/evaluation/subjects/{one.pk}/reply/", {"text": "无异议"})
    assert answer.status_code == 302
    with opened(EVERYTHING):
        one.refresh_from_db()
    assert one.reply == "无异议"
    assert lead.post(f"/evaluation/subjects/{other.pk}/reply/", {"text": "无异议"}).status_code == 404


def test_the_circular_names_grades_and_no_places(held: EvaluationRound, sit: Sit) -> None:
    settled(held)
    one, other = subjects(held)
    client = sit()
    assert client.get(f"/evaluation/rounds/{held.pk}/circular/").status_code == 404
    with opened(EVERYTHING, BEN):
        for each in (one, other):
            reply(each, "无异议")
        stepped(held, "review")
        stepped(held, "finalise", by=BEN)
        stepped(held, "publish", publication="政府和参评单位")
    page = client.get(f"/evaluation/rounds/{held.pk}/circular/").content.decode()
    assert "不排名次" in page
    assert "坨院站" in page
    lead = sit("station_lead", TUOYUAN, station_id=one.station_id)
    assert "城南站" in lead.get(f"/evaluation/rounds/{held.pk}/circular/").content.decode()
    faces = [lead.get(f"/evaluation/rounds/{held.pk}/circular/?format={each}").content for each in FACES]
    words = same_words(*faces)
    assert "共2个对象有结果，按等级列出，不排名次" in words
    assert "（2个）" in words
    assert "、城南站" in words or "城南站、" in words
    with opened(EVERYTHING):
        EvaluationRound.objects.filter(pk=held.pk).update(publication="政府内部")
    for address in ("", "?format=pdf", "?format=docx"):
        assert lead.get(f"/evaluation/rounds/{held.pk}/circular/{address}").status_code == 404


def test_the_notice_of_a_result_says_every_line_and_by_when_to_object(
    held: EvaluationRound, sit: Sit
) -> None:
    one, other = subjects(held)
    lead = sit("station_lead", TUOYUAN, station_id=one.station_id)
    url = f"/evaluation/subjects/{one.pk}/notice/"
    assert lead.get(f"{url}?format=docx").status_code == 404, "nothing is told yet"
    assert "结果通知" not in lead.get(f"/r/round-subjects/{one.pk}/").content.decode()
    settled(held)
    page = lead.get(f"/r/round-subjects/{one.pk}/").content.decode()
    assert f'href="{url}?format=docx"' in page
    told = same_words(*(lead.get(f"{url}?format={each}").content for each in FACES))
    with opened(EVERYTHING):
        one.refresh_from_db()
        held.refresh_from_db()
    assert told.startswith(f"评估结果告知书{one.name}：")
    assert f"总分{number(one.final_points)}分（满分100分）" in told
    assert all(
        f"{code}{line.name}".replace(" ", "") in told for code, line in scheme_of_round(held).lines.items()
    )
    assert held.objection_by is not None
    assert f"有异议的，请在{chinese_day(held.objection_by)}前陈述意见" in told
    assert "在岗社工" in told, "what the platform took stands with its number"
    assert "评0" not in told, "who scored is named nowhere"
    for face in FACES:
        assert lead.get(f"/evaluation/subjects/{other.pk}/notice/?format={face}").status_code == 404
    with opened(EVERYTHING, BEN):
        for each in (one, other):
            reply(each, "无异议")
        stepped(held, "review")
        stepped(held, "finalise", by=BEN)
    told = same_words(*(sit().get(f"{url}?format={each}").content for each in FACES))
    assert told.startswith("评估结果通知书")
    assert "有异议的" not in told


@pytest.mark.parametrize("address", ["/evaluation/seats/", "/evaluation/schemes/", "results"])
def test_lists_cost_the_same_for_more_rows(
    held: EvaluationRound, sit: Sit, address: str, django_assert_max_num_queries: Any
) -> None:
    client = sit()
    url = f"/evaluation/rounds/{held.pk}/results/" if address == "results" else address
    client.get(url)
    with django_assert_max_num_queries(16):
        assert client.get(url).status_code == 200


def test_the_county_evaluates_its_own_only(held: EvaluationRound, sit: Sit) -> None:
    other = sit(region="431221000000")
    assert other.get(f"/r/evaluation-rounds/{held.pk}/").status_code == 404
    assert other.get(f"/evaluation/rounds/{held.pk}/results/").status_code == 404


@pytest.mark.parametrize(
    "register",
    ["evaluation-schemes", "evaluation-rounds", "round-subjects", "round-evaluators", "evaluation-scores",
     "score-objections"],
)  # fmt: skip
def test_every_list_of_evaluation_opens(held: EvaluationRound, sit: Sit, register: str) -> None:
    client = sit()
    assert client.get(f"/r/{register}/").status_code == 200
    own = register == "score-objections"  # an objection is theirs who were evaluated
    assert client.get(f"/r/{register}/new/").status_code == (403 if own else 200)


def test_the_sides_of_the_scheme_and_no_others_are_offered_and_taken(held: EvaluationRound, sit: Sit) -> None:
    desk = sit()
    form = desk.get(f"/r/round-evaluators/new/?round={held.pk}").content.decode()
    assert re.findall(r'name="side" value="([^"]+)"', form) == ["第三方", "购买方", "监督方"]
    given = {"round": str(held.pk), "name": "刘评", "organisation": "某协会", "side": "社会方"}
    answer = desk.post("/r/round-evaluators/new/", given)
    assert answer.status_code == 422
    assert "方案里的评价方是：第三方、购买方、监督方" in answer.content.decode()
    assert 'name="side" value="购买方"' in answer.content.decode()


def test_before_a_round_is_chosen_the_side_is_written(held: EvaluationRound, sit: Sit) -> None:
    form = sit().get("/r/round-evaluators/new/?round=none").content.decode()
    assert re.search(r'<input[^>]*name="side"[^>]*type="text"', form)


def test_who_objects_chooses_the_line_from_the_result(held: EvaluationRound, sit: Sit) -> None:
    with opened(EVERYTHING):
        subject = RoundSubject.objects.filter(round=held).first()
        assert subject is not None
        lines = scheme_of_round(held).lines
    desk = sit("station_lead", subject.region_code, station_id=subject.station_id)
    form = desk.get(f"/r/score-objections/new/?subject={subject.pk}").content.decode()
    for code, line in lines.items():
        assert f'<option value="{code}">{code} {line.name}</option>' in form


def test_a_period_is_worded_where_people_read_it(house: None, sit: Sit) -> None:
    with opened(EVERYTHING, ANN):
        load_reference()
        found = evaluation_round(scheme="county-100@1", period="2021q3")
    desk = sit()
    assert "2021年第3季度" in desk.get("/r/evaluation-rounds/").content.decode()
    assert "2021年第3季度" in desk.get(f"/r/evaluation-rounds/{found.pk}/").content.decode()
    assert 'value="2021Q3"' in desk.get(f"/r/evaluation-rounds/{found.pk}/edit/").content.decode()


def test_a_page_about_a_round_marks_the_list_that_it_comes_from(held: EvaluationRound, sit: Sit) -> None:
    html = sit().get(f"/evaluation/rounds/{held.pk}/results/").content.decode()
    marked = re.findall(r'<a href="([^"]+)"[^>]*aria-current', html)
    assert "/r/evaluation-rounds/" in marked
