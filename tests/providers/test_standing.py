"""May an institution bid here, on that day: each rule where it is set and only there, with number and clause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Scope, current_scope, scope
from linzhan.kernel.steps import StepRefused
from linzhan.providers.api import PROVIDERS, Provider, Sanction, standing_checks, standings, verdict
from tests.factories.providers import provider, save_inspection
from tests.factories.standing import COUNTY, DECIDER, PURCHASER, entered, in_force, sanction, stepped

HAINING, ZHENGZHOU, ZHUZHOU = "330481000000", "410100000000", "430200000000"
ON = date(2022, 7, 1)
pytestmark = pytest.mark.usefixtures("rulebook")


def checks(institution: Provider, region: str = COUNTY, on: date = ON, **more: Any) -> dict[str, Checked]:
    found = standing_checks(institution.pk, region=region, on=on, **more)
    return {each.key.removeprefix("providers."): each for each in found}


def of_database() -> int:
    """Rows of sanctions that row-level security lets through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM providers_sanction")
        return int(cursor.fetchone()[0])


def good(**values: Any) -> Provider:
    made = provider(**{"party_members": 2, **values})
    save_inspection(made, year=2021, inspected_on="2022-04-20", conclusion="合格")
    return made


def test_one_of_good_standing_passes_every_check() -> None:
    found = standing_checks(good().pk, region=COUNTY, on=ON)
    assert verdict(found) is Outcome.PASS, [each.sentence for each in found]


def test_a_dissolved_one_may_not_bid_and_one_not_yet_registered_neither() -> None:
    made = provider(registered_on="2022-03-01")
    assert checks(made, on=date(2022, 2, 1))["registration"].outcome is Outcome.STOP
    save_one(PROVIDERS, {"uscc": made.uscc, "name": made.name, "kind": made.kind, "region": COUNTY,
                         "registered_on": "2022-03-01", "status": "注销"})  # fmt: skip
    assert checks(made, on=date.today())["registration"].outcome is Outcome.STOP  # noqa: DTZ011
    assert checks(made, on=date(2022, 3, 2))["registration"].outcome is Outcome.PASS


def test_haining_alone_asks_three_a_of_those_from_elsewhere() -> None:
    made = good(rating="2A", rating_until="2025-12-31")
    found = checks(made, region=HAINING)["rating"]
    assert (found.outcome, "3A" in found.words) == (Outcome.STOP, True)
    assert "片会材料第269行" in found.clause
    assert found.overrule == "providers.standing.overrule"
    assert checks(made, region=COUNTY)["rating"].outcome is Outcome.PASS
    assert checks(made, region=ZHENGZHOU)["rating"].outcome is Outcome.PASS


def test_a_rating_that_ran_out_is_none_and_one_not_stated_is_unknown() -> None:
    over = good(rating="4A", rating_until="2022-06-30")
    assert checks(over, region=HAINING)["rating"].outcome is Outcome.STOP
    assert checks(over, region=HAINING, on=date(2022, 6, 30))["rating"].outcome is Outcome.PASS
    assert checks(good(), region=HAINING)["rating"].outcome is Outcome.UNKNOWN
    local = good(region=HAINING)
    assert "rating" not in checks(local, region=HAINING)


def test_zhuzhou_takes_only_agencies_and_huaihua_enterprises_too() -> None:
    firm = provider(kind="企业")
    found = checks(firm, region=ZHUZHOU)["kind"]
    assert (found.outcome, "第105行" in found.clause) == (Outcome.STOP, True)
    assert checks(firm, region=COUNTY)["kind"].outcome is Outcome.PASS
    assert "kind" not in checks(firm, region=ZHENGZHOU)
    assert "inspection" not in checks(firm)


def test_a_missing_inspection_is_unknown_and_two_failed_years_stop() -> None:
    made = provider()
    assert checks(made)["inspection"].outcome is Outcome.UNKNOWN
    save_inspection(made, year=2021, inspected_on="2022-05-20", conclusion="不合格")
    assert checks(made)["inspection"].outcome is Outcome.WARN
    save_inspection(made, year=2020, inspected_on="2021-05-20", conclusion="不合格")
    found = checks(made)["inspection"]
    assert (found.outcome, "2020 年度“不合格”" in found.words) == (Outcome.STOP, True)
    assert "民办非企业单位年度检查办法" in found.clause
    assert checks(made, on=date(2022, 5, 1))["inspection"].outcome is Outcome.WARN  # 2021 is not due yet


def test_a_young_one_owes_no_inspection() -> None:
    found = checks(provider(registered_on="2021-09-01"))["inspection"]
    assert found.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("members", "set_up", "outcome"),
    [
        (None, None, Outcome.UNKNOWN),
        (2, None, Outcome.PASS),
        (3, None, Outcome.WARN),
        (3, "是", Outcome.PASS),
    ],
)
def test_three_formal_members_owe_a_party_organisation(
    members: int | None, set_up: str | None, outcome: Outcome
) -> None:
    stated = {"party_members": members, "has_party_organisation": set_up}
    made = provider(**{name: value for name, value in stated.items() if value is not None})
    assert checks(made)["party"].outcome is outcome


def test_a_bar_binds_its_purchaser_alone_and_for_its_term() -> None:
    """RSK-09: two years, and only this purchaser's projects."""
    made = good()
    in_force(made, kind="禁入本单位项目", purchaser=PURCHASER, grounds=("评估不合格且整改后仍不合格",),
             starts_on="2022-06-01", ends_on="2024-06-01")  # fmt: skip
    here = checks(made, purchaser=" 鹤城区民政局 ")["sanction-1"]
    assert (here.outcome, PURCHASER in here.words) == (Outcome.STOP, True)
    assert "第41行" in here.clause
    assert checks(made)["sanction-1"].outcome is Outcome.WARN
    assert checks(made, purchaser="中方县民政局")["sanctions"].outcome is Outcome.PASS
    assert checks(made, region=HAINING)["sanctions"].outcome is Outcome.PASS
    for day, free in ((date(2022, 5, 31), True), (date(2024, 5, 31), False), (date(2024, 6, 1), True)):
        assert ("sanctions" in checks(made, on=day, purchaser=PURCHASER)) is free


def test_a_bar_that_was_decided_by_the_rule_itself_cites_it_once() -> None:
    told = {"kind": "禁入本单位项目", "purchaser": PURCHASER, "grounds": ("评估不合格且整改后仍不合格",),
            "starts_on": "2022-06-01", "ends_on": "2024-06-01"}  # fmt: skip
    first, second = good(), good()
    in_force(first, **told)
    document, _space, clause = checks(first)["sanction-1"].clause.split("；")[-1].partition(" ")
    in_force(second, **told, document=document, clause=clause)
    assert checks(second)["sanction-1"].clause == f"{document} {clause}"


def test_a_bar_longer_than_the_place_allows_is_stopped_with_number_and_clause() -> None:
    made = good()
    with pytest.raises(StepRefused, match=r"不得超过 2 年.*第41行"):
        in_force(made, kind="禁入本单位项目", purchaser=PURCHASER, grounds=("评估不合格且整改后仍不合格",),
                 starts_on="2022-06-01", ends_on="2025-06-01")  # fmt: skip
    assert checks(made, purchaser=PURCHASER)["sanctions"].outcome is Outcome.PASS


def test_where_no_rule_of_the_bar_is_set_its_term_is_not_checked() -> None:
    made = good(region=ZHENGZHOU)
    in_force(made, region=ZHENGZHOU, kind="禁入本单位项目", purchaser="郑州市民政局",
             starts_on="2022-06-01", ends_on="2025-06-01")  # fmt: skip
    found = checks(made, region=ZHENGZHOU, purchaser="郑州市民政局")["sanction-1"]
    assert found.outcome is Outcome.STOP


def test_a_yellow_card_reminds_in_its_place_and_the_registrars_lists_bind_everywhere() -> None:
    made = good()
    in_force(made, kind="黄牌警告")
    assert checks(made)["sanction-1"].outcome is Outcome.WARN
    assert "sanctions" in checks(made, region=HAINING)
    in_force(made, kind="列入严重违法失信名单", starts_on="2022-02-01")
    assert checks(made, region=HAINING)["sanction-1"].outcome is Outcome.STOP


def test_nothing_counts_before_it_is_in_force_and_a_revoked_one_never_did() -> None:
    """FIL-08."""
    made = good()
    proposed = sanction(made, kind="取消承接资格")
    assert "sanctions" in checks(made)
    stepped("provider-sanctions", proposed, "notify", notified_on="2021-12-01", reply_by="2021-12-15")
    assert "sanctions" in checks(made)
    stepped("provider-sanctions", proposed, "decide", DECIDER, decision_number="1号", decided_on="2022-01-10",
            starts_on="2022-01-10", note="查实")  # fmt: skip
    assert checks(made)["sanction-1"].outcome is Outcome.STOP
    other = DECIDER.__class__(id="00000000-0000-0000-0000-000000000003", label="复议机关")
    stepped("provider-sanctions", proposed, "revoke", other, note="行政复议撤销")
    assert "sanctions" in checks(made)


def test_a_lifted_one_held_until_it_was_lifted() -> None:
    made = good()
    card = in_force(made, starts_on="2022-01-10")
    other = DECIDER.__class__(id="00000000-0000-0000-0000-000000000003", label="李局长")
    stepped("provider-sanctions", card, "lift", other, lifted_on="2022-05-01", note="已整改")
    assert "sanction-1" in checks(made, on=date(2022, 4, 30))
    assert "sanctions" in checks(made, on=date(2022, 5, 1))


def test_whom_it_concerns_is_told_from_the_notification_on_and_other_counties_nothing() -> None:
    made = good()
    card = sanction(made)
    manager, neighbour = Scope(providers=(str(made.pk),)), Scope(regions=("431224000000",))
    county = Scope(regions=(COUNTY,))
    with scope(manager):
        assert Sanction.objects.count() == of_database() == 0
    stepped("provider-sanctions", card, "notify", notified_on="2021-12-01", reply_by="2021-12-15")
    for who, seen in ((manager, 1), (county, 1), (neighbour, 0)):
        with scope(who):
            assert Sanction.objects.count() == of_database() == seen


def test_what_a_city_decided_is_seen_in_its_counties() -> None:
    made = good()
    in_force(made, region="431200000000", kind="取消承接资格", authority="怀化市民政局")
    with scope(Scope(regions=(COUNTY,))):
        assert checks(made)["sanction-1"].outcome is Outcome.STOP
        assert of_database() == 1
    assert "sanctions" in checks(made, region=HAINING)


def test_the_registrars_lists_are_public_where_the_institution_works() -> None:
    made = good()
    with scope(Scope(regions=("431224000000",))):
        save_one(PROVIDERS, {"uscc": made.uscc, "name": made.name, "kind": made.kind, "region": COUNTY,
                             "registered_on": "2015-06-20"})  # fmt: skip
    in_force(made, kind="列入活动异常名录")
    in_force(made, kind="暂停承接", ends_on="2023-01-10")
    with scope(Scope(regions=("431224000000",))):
        assert [each.kind for each in Sanction.objects.all()] == ["列入活动异常名录"]
        assert of_database() == 1
        assert not Sanction.objects.filter(current_scope().own(Sanction)).exists()


def test_many_cost_what_one_costs() -> None:
    made = [good(name=f"机构{number}") for number in range(3)]
    costs = []
    for some in (made[:1], made):
        with CaptureQueriesContext(connection) as asked:
            standings([each.pk for each in some], region=COUNTY, on=ON)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 2


def test_who_is_not_on_the_register_is_unknown() -> None:
    from linzhan.kernel.ids import uuid7

    found = standing_checks(uuid7(), region=COUNTY, on=ON)
    assert [each.outcome for each in found] == [Outcome.UNKNOWN]


def test_a_sanction_that_is_no_bar_needs_no_purchaser_but_a_bar_does() -> None:
    made = good()
    entered("provider-sanctions", region=COUNTY, provider=made.uscc, kind="黄牌警告", authority="民政局",
            facts="人员变动较大", document="通知")  # fmt: skip
    with pytest.raises(AssertionError, match="哪个购买方"):
        sanction(made, kind="禁入本单位项目")


@pytest.mark.parametrize(
    ("today", "outcome", "words"),
    [
        ("2026-02-12", "通过", "2026-02-12 决定，5 个工作日内录入，期限 2026-02-26"),
        ("2026-02-26", "通过", "期限 2026-02-26"),
        ("2026-03-03", "提醒", "期限 2026-02-26，已晚 4 个工作日"),
    ],
)
def test_what_the_registrar_decided_is_entered_within_five_working_days(
    monkeypatch: pytest.MonkeyPatch, today: str, outcome: str, words: str
) -> None:
    """INS-15; 15 to 23 February 2026 are off, 14 and 28 are worked. Late is said to whoever enters it, and stays."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_more: date.fromisoformat(today))
    made = in_force(good(), kind="列入活动异常名录", starts_on="2026-02-12")
    [said] = StepEntry.objects.get(row_id=made, step="decide").checks
    assert (said["title"], said["outcome"]) == ("录入时限", outcome)
    assert words in said["words"]
    assert "社会组织信用信息管理办法" in said["clause"]


def test_a_purchasers_own_measure_has_no_term_of_entry() -> None:
    made = in_force(good(), kind="暂停承接", ends_on="2023-01-10")
    assert StepEntry.objects.get(row_id=made, step="decide").checks == []
