"""What happens to an institution step by step: the year's inspection, a rating, a sanction, a draw, the exit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.amending import told as outcome_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import taken_of
from linzhan.kernel.scope import Scope, scope
from linzhan.kernel.steps import StepRefused
from linzhan.providers.api import (
    Inspection,
    Provider,
    RandomInspection,
    Sanction,
    TradeNotice,
    TwinningDay,
    drawn_again,
    registration_checks,
    standing_checks,
)
from linzhan.providers.models import DrawnInstitution
from tests.factories.providers import provider
from tests.factories.standing import COUNTY, DECIDER, PROPOSER, entered, in_force, sanction, stepped

ANNUAL, RATINGS, SANCTIONS, DRAWS, NOTICES = (
    "annual-inspections",
    "provider-ratings",
    "provider-sanctions",
    "random-inspections",
    "trade-notices",
)
ZHUZHOU, HUAIHUA = "430200000000", "431200000000"
pytestmark = pytest.mark.usefixtures("rulebook")


def annual(institution: Provider, year: int = 2021) -> UUID:
    made = entered(ANNUAL, provider=institution.uscc, year=year)
    stepped(ANNUAL, made, "submit", reported_on=f"{year + 1}-04-02")
    stepped(ANNUAL, made, "review", DECIDER, reviewed_on=f"{year + 1}-05-10", opinion="材料齐全")
    return made


def test_once_the_seed_is_public_nobody_chooses_who_is_drawn() -> None:
    """INS-08: the size may still be filled in, and nothing else of the draw by a form or a file."""
    draw = entered(DRAWS, name="2022 年双随机", region=COUNTY, year=2022, number=2, per_subject=1)
    register = REGISTERS[DRAWS]
    assert "办理步骤" in outcome_of(amend(register, draw, {"seed": "1"}))
    assert not outcome_of(amend(register, draw, {"number": 3}))
    stepped(DRAWS, draw, "seed", seed="2022114", seed_source="双色球第 2022114 期", seeded_on="2022-10-04")
    assert "办理步骤" in outcome_of(amend(register, draw, {"seed": "2022115"}))
    assert "种子已经公布" in outcome_of(amend(register, draw, {"number": 4}))
    assert "种子已经公布" in outcome_of(amend(register, draw, {"kinds": ("企业",)}))
    assert not outcome_of(amend(register, draw, {"percent": 20, "name": "2022 年双随机抽查"}))


def test_the_years_inspection_is_told_late_and_its_result_stands_in_the_register_of_inspections() -> None:
    """INS-07: reported by 31 March; who reviewed does not conclude."""
    made = annual(provider())
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        stepped(ANNUAL, made, "pass", DECIDER, concluded_on="2022-06-10")
    stepped(ANNUAL, made, "pass", PROPOSER, concluded_on="2022-06-10")
    log = taken_of(REGISTERS[ANNUAL], made)
    assert [(each["outcome"], each["words"]) for each in log[0].checks] == [
        ("提醒", "2022-04-02 报送，已过 2022-03-31 截止")
    ]
    found = Inspection.objects.get()
    assert (found.kind, found.year, found.conclusion, found.inspected_on) == (
        "年检", 2021, "合格", date(2022, 6, 10),
    )  # fmt: skip


def test_a_bad_result_has_three_months_and_not_a_day_more() -> None:
    made = annual(provider())
    told = {"conclusion": "不合格", "concluded_on": "2022-06-10", "findings": "账目不全"}
    with pytest.raises(StepRefused, match=r"期限 3 个月，不得晚于 2022-09-10"):
        stepped(ANNUAL, made, "require", PROPOSER, **told, rectify_by="2022-09-11")
    with pytest.raises(StepRefused, match="只能是"):
        stepped(ANNUAL, made, "require", **{**told, "conclusion": "合格"}, rectify_by="2022-09-10")
    stepped(ANNUAL, made, "require", PROPOSER, **told, rectify_by="2022-09-10")
    assert Inspection.objects.get().conclusion == "不合格"


def test_only_the_young_are_exempt_and_nobody_missed_it_before_the_last_day() -> None:
    old = entered(ANNUAL, provider=provider().uscc, year=2021)
    with pytest.raises(StepRefused, match="不在免检之列"):
        stepped(ANNUAL, old, "exempt", note="新成立")
    young = entered(ANNUAL, provider=provider(registered_on="2021-08-01").uscc, year=2021)
    stepped(ANNUAL, young, "exempt", note="新成立")
    year = timezone.localdate().year
    early = entered(ANNUAL, provider=provider().uscc, year=year)
    with pytest.raises(StepRefused, match="截止"):
        stepped(ANNUAL, early, "miss", note="两次催报未报")
    stepped(ANNUAL, old, "miss", note="两次催报未报")


def applied(institution: Provider, on: str = "2022-07-01") -> UUID:
    return entered(RATINGS, provider=institution.uscc, applied_on=on)


PUBLISHED = {
    "level": "4A",
    "assessor": "评估中心",
    "published_on": "2022-08-01",
    "publish_until": "2022-08-08",
}


def test_a_rating_is_refused_to_the_new_and_to_whom_failed_or_was_punished() -> None:
    """domain.md §4.3: two full years, the last inspection passed, no penalty."""
    new = applied(provider(registered_on="2021-01-01"))
    with pytest.raises(StepRefused, match=r"满 2 年（2023-01-01）可申请"):
        stepped(RATINGS, new, "publish", **PUBLISHED)
    punished = provider()
    in_force(punished, kind="行政处罚", starts_on="2022-02-01")
    with pytest.raises(StepRefused, match="受行政处罚 1 次"):
        stepped(RATINGS, applied(punished), "publish", **PUBLISHED)
    failed = provider()
    made = entered(ANNUAL, provider=failed.uscc, year=2021)
    stepped(ANNUAL, made, "miss", note="未报")
    with pytest.raises(StepRefused, match="2021 年度“未参加”"):
        stepped(RATINGS, applied(failed), "publish", **PUBLISHED)


def test_a_rating_holds_five_years_and_stands_at_the_institution() -> None:
    made = provider()
    award = applied(made)
    stepped(RATINGS, award, "publish", **PUBLISHED)
    with pytest.raises(StepRefused, match=r"不得超过 5 年（2027-08-15）"):
        stepped(RATINGS, award, "grant", DECIDER, issued_on="2022-08-15", valid_until="2027-08-16")
    stepped(RATINGS, award, "grant", DECIDER, issued_on="2022-08-15", valid_until="2027-08-15")
    made.refresh_from_db()
    assert (made.rating, made.rating_until) == ("4A", date(2027, 8, 15))
    stepped(RATINGS, award, "downgrade", level_after="2A", ended_on="2023-01-01", note="复核不达标")
    made.refresh_from_db()
    assert made.rating == "2A"
    told = [level_on(made, day) for day in (date(2022, 8, 14), date(2022, 12, 31), date(2023, 1, 1))]
    assert told == ["", "4A，", "2A，"]
    with pytest.raises(StepRefused, match=r"2 年内不得申请，最早 2025-01-01"):
        stepped(RATINGS, applied(made, "2024-12-31"), "publish", **PUBLISHED)


def level_on(institution: Provider, on: date) -> str:
    found = standing_checks(institution.pk, region=COUNTY, on=on)
    return next((each.words[:3] for each in found if each.key == "providers.rating"), "")


def test_a_grade_that_the_register_knows_of_later_counts_after_the_certificate() -> None:
    made = provider(rating="3A", rating_until="2030-12-31")
    entered(RATINGS, provider=made.uscc, applied_on="2016-01-01", stage="有效", level="2A", issued_on="2016-06-01",
            valid_until="2021-05-31")  # fmt: skip
    assert level_on(made, date(2022, 7, 1)) == "3A，"


def test_a_sanction_waits_for_the_answer_and_is_decided_by_another() -> None:
    """FIL-08."""
    card = sanction(provider())
    today = timezone.localdate()
    with pytest.raises(StepRefused, match="不得少于 5 日"):
        stepped(SANCTIONS, card, "notify", notified_on=today, reply_by=today + timedelta(days=4))
    stepped(SANCTIONS, card, "notify", notified_on=today, reply_by=today + timedelta(days=5))
    given = {"decision_number": "1号", "decided_on": today, "starts_on": today, "note": "查实"}
    with pytest.raises(StepRefused, match="期满才能作出决定"):
        stepped(SANCTIONS, card, "decide", DECIDER, **given)
    other = sanction(provider())
    stepped(SANCTIONS, other, "notify", notified_on="2022-01-01", reply_by="2022-01-10")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        stepped(SANCTIONS, other, "decide", PROPOSER, **given)


def test_what_the_institution_says_is_answered_and_a_hearing_that_it_asks_for_is_held() -> None:
    made = provider()
    card = sanction(made)
    stepped(SANCTIONS, card, "notify", notified_on="2022-01-01", reply_by="2022-01-10")
    code = Sanction.objects.get(pk=card).code
    with scope(Scope(providers=(str(made.pk),))):
        entered("sanction-statements", sanction=code, stated_on="2022-01-05", statement="人员因病离职",
                wants_hearing="是")  # fmt: skip
    given = {"decision_number": "1号", "decided_on": "2022-02-01", "starts_on": "2022-02-01", "note": "查实"}
    with pytest.raises(StepRefused, match="请先办理“听证”"):
        stepped(SANCTIONS, card, "decide", DECIDER, **given)
    stepped(SANCTIONS, card, "hear", heard_on="2022-01-20", hearing="机构陈述，双方质证")
    with pytest.raises(StepRefused, match="对申辩的答复"):
        stepped(SANCTIONS, card, "decide", DECIDER, **given)
    stepped(SANCTIONS, card, "decide", DECIDER, **given, reply="不采纳：一年内更换过半")
    with pytest.raises(AssertionError, match="已经办结"):
        entered("sanction-statements", sanction=code, stated_on="2022-03-05", statement="不服")


def test_a_draw_follows_its_seed_keeps_conflicts_away_and_can_be_repeated() -> None:
    """INS-08: the seed is public before the draw, and who published it does not draw."""
    made = [provider(name=f"机构{number}") for number in range(12)]
    entered("inspectors", code="J1", region=COUNTY, name="周检查", unit="民政局",
            conflicts=tuple(each.uscc for each in made))  # fmt: skip
    draw = entered(DRAWS, name="2022 年双随机", region=COUNTY, year=2022, percent=20, number=2, per_subject=1)
    stepped(
        DRAWS, draw, "seed", seed="2022114", seed_source="福利彩票双色球第 2022114 期", seeded_on="2022-10-04"
    )
    with pytest.raises(StepRefused, match="全部须回避"):
        stepped(DRAWS, draw, "draw", DECIDER, drawn_on="2022-10-05")
    entered("inspectors", code="J2", region=COUNTY, name="郑检查", unit="民政局")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        stepped(DRAWS, draw, "draw", PROPOSER, drawn_on="2022-10-05")
    stepped(DRAWS, draw, "draw", DECIDER, drawn_on="2022-10-05")
    drawn = list(DrawnInstitution.objects.order_by("place"))
    kept = RandomInspection.objects.get()
    assert len(drawn) == 3  # a fifth of twelve, rounded up
    assert {tuple(each.inspectors) for each in drawn} == {("郑检查（J2）",)}
    provider(name="后来的")
    assert kept.population_count == 12
    assert drawn_again(kept)


def test_what_is_found_stands_in_the_register_of_inspections_and_closes_the_draw() -> None:
    provider()
    entered("inspectors", code="J2", region=COUNTY, name="郑检查", unit="民政局")
    draw = entered(DRAWS, name="抽查", region=COUNTY, year=2022, number=1, per_subject=1)
    stepped(DRAWS, draw, "seed", seed="7", seed_source="公开数字", seeded_on="2022-10-04")
    stepped(DRAWS, draw, "draw", DECIDER, drawn_on="2022-10-05")
    stepped(DRAWS, draw, "publish", published_on="2022-10-06", published_at="门户网站")
    with pytest.raises(StepRefused, match="还有 1 家"):
        stepped(DRAWS, draw, "close", closed_on="2022-12-01")
    one = DrawnInstitution.objects.get()
    found = {"conclusion": "发现问题", "inspected_on": date(2022, 11, 1), "findings": "凭证附件不全"}
    drawn, other = REGISTERS["drawn-institutions"], provider(name="另一家")
    assert "由种子决定" in outcome_of(amend(drawn, one.pk, {"provider": other.uscc}))
    assert "早于抽取日期 2022-10-05" in outcome_of(amend(drawn, one.pk, {"inspected_on": date(2022, 9, 1)}))
    assert not amend(drawn, one.pk, found).faults
    kept = Inspection.objects.get()
    assert (kept.kind, kept.code, kept.conclusion) == ("双随机", one.code, "发现问题")
    stepped(DRAWS, draw, "close", closed_on="2022-12-01")
    assert "结果已经公开" in outcome_of(amend(drawn, one.pk, {"conclusion": "无问题"}))


def test_who_leaves_is_dissolved_when_another_says_that_all_is_handed_over() -> None:
    made = provider()
    gone = entered("provider-exits", provider=made.uscc, way="申请注销", reason="长期没有项目", proposed_on="2022-03-01",
                   grounds=("长期不开展业务活动",))  # fmt: skip
    stepped("provider-exits", gone, "hand_over", handover="项目移交给白露中心")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        stepped("provider-exits", gone, "finish", records="县档案馆", done_on="2022-05-01")
    stepped("provider-exits", gone, "finish", DECIDER, records="县档案馆", done_on="2022-05-01")
    made.refresh_from_db()
    assert made.status == "注销"


def conditions(institution: Provider) -> dict[str, tuple[str, str]]:
    found = registration_checks(institution, date(2022, 7, 1))
    return {str(each.title): (each.outcome.value, each.words) for each in found}


def test_zhuzhou_asks_a_third_and_huaihua_three_at_the_city_alone() -> None:
    """INS-03, INS-04, INS-05."""
    share, number = "专职人员中持证或社工本科以上的比例", "社工资质或相关专业背景的人员"
    ten = {"full_time_staff": 10}
    of_zhuzhou = conditions(provider(region=ZHUZHOU, professional_staff=3, **ten))
    assert of_zhuzhou[share] == ("不得办理", "专业人员 3 人 / 专职人员 10 人，须达到 1/3")
    assert conditions(provider(region="430202000000", professional_staff=4, **ten))[share][0] == "通过"
    assert "发起人具备社会工作专业背景" in of_zhuzhou
    assert "发起人具备社会工作专业背景" not in conditions(provider(region="430202000000"))
    assert conditions(provider(region=HUAIHUA, professional_staff=2))[number][0] == "不得办理"
    assert conditions(provider(region=HUAIHUA, professional_staff=3))[number][0] == "通过"
    assert conditions(provider(region=HUAIHUA))[number][0] == "无从判断"
    assert number not in conditions(provider(region=COUNTY, professional_staff=1))


def test_a_condition_is_known_by_its_evidence_and_unknown_without() -> None:
    """INS-02."""
    made = provider(region=ZHUZHOU)
    item = "固定的住所(办公场所)"
    assert conditions(made)[item][0] == "无从判断"
    entered("registration-conditions", provider=made.uscc, item=item, met="是", evidence="租赁合同至 2025 年",
            checked_on="2022-03-01")  # fmt: skip
    assert conditions(made)[item] == ("通过", "2022-03-01 符合：租赁合同至 2025 年")


def test_help_is_counted_in_days_for_each_worker() -> None:
    """INS-27."""
    made = provider()
    entered("twinnings", code="QS1", name="牵手", region=COUNTY, provider=made.uscc, helper="深圳的机构",
                   topics=("机构管理",), starts_on="2018-01-01", ends_on="2020-12-31", workers=3)  # fmt: skip
    entered("twinning-days", twinning="QS1", helped_on="2019-05-06", topic="机构管理", workers=3, days="1.5")
    found = TwinningDay.objects.get()
    assert (found.person_days, found.provider_id) == (Decimal("4.5"), made.pk)


def test_an_associations_notice_is_settled_once_the_institution_answered_or_let_its_time_pass() -> None:
    """RSK-06: a warning or a mediation is no sanction, and the institution is heard first."""
    today = timezone.localdate()
    terms = {"kind": "纠纷调处", "association": "市社会工作协会", "matter": "尾款的支付时间说法不一"}
    ends = {"outcome": "已化解", "result": "双方书面确认", "settled_on": today.isoformat()}
    one = provider()
    heard, silent = (
        entered(NOTICES, provider=one.uscc, raised_on="2022-04-06", reply_by=until.isoformat(), **terms)
        for until in (today + timedelta(days=3), today - timedelta(days=1))
    )
    with pytest.raises(StepRefused, match="还没有答复"):
        stepped(NOTICES, heard, "settle", **ends)
    stepped(NOTICES, heard, "answer", reply="同意对账", replied_on=today.isoformat())
    stepped(NOTICES, heard, "settle", **ends)
    stepped(NOTICES, silent, "settle", **ends)
    assert set(TradeNotice.objects.values_list("stage", flat=True)) == {"已办结"}
    assert standing_checks(one.pk, region=one.region_code, on=today) == standing_checks(
        provider().pk, region=one.region_code, on=today
    )


def test_a_decision_is_not_dated_into_the_time_to_answer_nor_ahead() -> None:
    """FIL-08: a date before the end of the hearing says that nobody was heard."""
    made = sanction(provider())
    stepped(SANCTIONS, made, "notify", notified_on="2021-12-01", reply_by="2021-12-15")
    later = timezone.localdate() + timedelta(days=1)
    told = {"decision_number": "鹤民〔2022〕1号", "note": "事实清楚"}
    with pytest.raises(StepRefused, match="还在陈述申辩期内"):
        stepped(SANCTIONS, made, "decide", DECIDER, decided_on="2021-12-15", starts_on="2021-12-15", **told)
    with pytest.raises(StepRefused, match="还没有到"):
        stepped(SANCTIONS, made, "decide", DECIDER, decided_on=later, starts_on=later, **told)
