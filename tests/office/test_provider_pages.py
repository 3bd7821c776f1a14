"""An institution's page and the list of standings: one look, with the clause (PUR-15, FIL-07)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from linzhan.providers.api import Provider
from linzhan.providers.models import AnnualInspection, SanctionStatement
from tests.factories.places import HECHENG
from tests.factories.providers import provider, save_inspection
from tests.factories.standing import PURCHASER, in_force, sanction, stepped
from tests.office.conftest import Sit

HAINING = "330481000000"


@pytest.fixture
def institution(house: None) -> Provider:
    with opened(EVERYTHING):
        load_reference()
        made = provider(region=HECHENG, rating="2A", rating_until="2030-12-31", party_members=4)
        save_inspection(made, year=2021, inspected_on="2022-05-01")
        in_force(made, kind="禁入本单位项目", purchaser=PURCHASER, grounds=("评估不合格且整改后仍不合格",),
                 starts_on="2022-06-01", ends_on="2024-06-01")  # fmt: skip
        return made


def test_the_file_says_whether_it_may_bid_where_and_why_not(sit: Sit, institution: Provider) -> None:
    page = sit().get(f"/r/providers/{institution.pk}/?on=2022-07-01").content.decode()
    assert "资格一览：湖南省怀化市鹤城区，2022-07-01" in page
    assert "可以承接，有提醒" in page
    assert "只约束“鹤城区民政局”的项目" in page
    assert "满 3 名须建立党组织，还没有建立" in page
    assert page.index("资格一览：") < page.index("联系电话")


def test_it_answers_for_another_place_and_a_purchaser(sit: Sit, institution: Provider) -> None:
    desk = sit()
    url = f"/r/providers/{institution.pk}/?on=2022-07-01"
    page = desk.get(f"{url}&region={HAINING}").content.decode()
    assert "外地机构须达到 3A" in page
    assert "不得承接" in page
    assert "不得承接" in desk.get(f"{url}&purchaser={PURCHASER}").content.decode()


@pytest.mark.parametrize("tab", ["conditions", "oversight", "life", "growth"])
def test_the_tabs_open(sit: Sit, institution: Provider, tab: str) -> None:
    page = sit().get(f"/r/providers/{institution.pk}/?tab={tab}")
    assert page.status_code == 200
    wanted = {
        "conditions": "与其业务活动相适应的从业人员",
        "oversight": PURCHASER,
        "life": "还没有登记",
        "growth": "还没有登记",
    }
    assert wanted[tab] in page.content.decode()


def test_an_institution_does_not_write_its_own_conclusion(sit: Sit, institution: Provider) -> None:
    """INS-07: the registrar concludes, by steps of two persons; what the form of the report does not ask is not taken."""
    desk = sit("provider_manager", provider_id=institution.pk)
    form = desk.get("/r/annual-inspections/new/").content.decode()
    assert 'name="year"' in form
    assert 'name="conclusion"' not in form
    told = {
        "provider": str(institution.pk),
        "year": "2023",
        "conclusion": "合格",
        "concluded_on": "2024-05-01",
    }
    assert desk.post("/r/annual-inspections/new/", told).status_code == 302
    with opened(EVERYTHING):
        assert AnnualInspection.objects.get(year=2023).conclusion == ""


def test_the_manager_reads_the_standing_of_the_own_institution(sit: Sit, institution: Provider) -> None:
    desk = sit("provider_manager", provider_id=institution.pk)
    page = desk.get(f"/r/providers/{institution.pk}/?on=2022-07-01")
    assert page.status_code == 200
    assert "只约束“鹤城区民政局”的项目" in page.content.decode()
    assert desk.get("/providers/standing/").status_code == 200


def test_who_may_not_see_sanctions_sees_no_standing(sit: Sit, institution: Provider) -> None:
    worker = sit("township_official", "431202005000")
    assert worker.get("/providers/standing/").status_code == 403


def test_the_list_costs_the_same_for_one_and_for_three(sit: Sit, institution: Provider) -> None:
    desk = sit()
    address = "/providers/standing/?on=2022-07-01"
    assert "可以承接，有提醒" in desk.get(address).content.decode()
    costs = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(address).content.decode()
        costs.append(len(asked))
        with opened(EVERYTHING):
            for number in range(2):
                provider(region=HECHENG, name=f"另一家{_time}{number}")
    assert costs[0] == costs[1] <= 10
    assert institution.name in page


def test_the_file_of_an_institution_asks_no_more_than_it_did(sit: Sit, institution: Provider) -> None:
    """Everything counted; the panel itself is one statement and the rules another."""
    desk = sit()
    for url, most in (
        (f"/r/providers/{institution.pk}/", 11),
        (f"/api/v1/providers/{institution.pk}/standing", 9),
    ):
        desk.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url).status_code == 200
        assert len(asked) <= most, url


def test_the_interface_says_the_same(sit: Sit, institution: Provider) -> None:
    desk = sit("purchaser")
    address = f"/api/v1/providers/{institution.pk}/standing?on=2022-07-01"
    told = desk.get(address).json()
    assert (told["region"], told["outcome"]) == (HECHENG, "提醒")
    barred = desk.get(f"{address}&purchaser={PURCHASER}").json()
    assert barred["outcome"] == "不得办理"
    assert any("第41行" in each["clause"] for each in barred["checks"])
    assert desk.get(f"{address}&colour=red").status_code == 422


def test_every_register_of_institutions_opens_with_its_form(sit: Sit, institution: Provider) -> None:
    desk = sit()
    own = [each for each in REGISTERS if each.model._meta.app_label == "providers"]
    assert len(own) == 27
    assert {desk.get(f"/r/{each.key}/").status_code for each in own} == {200}
    assert {desk.get(f"/r/{each.key}/new/").status_code for each in own} == {200}


def test_an_announced_sanction_offers_its_answer_to_the_institution(sit: Sit, institution: Provider) -> None:
    """FIL-08: not before it is announced, not after it is decided."""
    manager = sit("provider_manager", provider_id=institution.pk)
    with opened(EVERYTHING):
        card = sanction(institution)
    assert manager.get(f"/r/provider-sanctions/{card}/").status_code == 404
    with opened(EVERYTHING):
        stepped("provider-sanctions", card, "notify", notified_on="2022-01-01", reply_by="2022-01-10")
    listed = manager.get("/r/provider-sanctions/").content.decode()
    assert f">{institution.name}</a>" in listed  # the row is called by the row that it names
    page = manager.get(f"/r/provider-sanctions/{card}/").content.decode()
    form = f"/r/sanction-statements/new/?sanction={card}"
    assert form in page
    told = {"sanction": str(card), "stated_on": "2022-01-05", "statement": "已经补员", "wants_hearing": "否"}
    assert manager.post(form, told).status_code == 302
    with opened(EVERYTHING):
        kept = SanctionStatement.objects.get()
    assert (kept.provider_id, kept.statement) == (institution.pk, "已经补员")


def test_an_institution_is_told_of_what_is_intended_until_it_has_answered(
    sit: Sit, institution: Provider
) -> None:
    """FIL-08: the time to answer runs whether the institution looks at the list of sanctions or not."""
    manager, county = sit("provider_manager", provider_id=institution.pk), sit()
    today, line = timezone.localdate(), "1 项对本机构的处理已告知，可以陈述申辩"
    with opened(EVERYTHING):
        card, over = sanction(institution), sanction(institution)
        assert line not in manager.get("/").content.decode()
        for each, until in ((card, today), (over, today - timedelta(days=1))):
            stepped("provider-sanctions", each, "notify", reply_by=until.isoformat(),
                    notified_on=(today - timedelta(days=20)).isoformat())  # fmt: skip
    assert line in manager.get("/").content.decode()
    assert line not in county.get("/").content.decode()
    narrowed = manager.get("/r/provider-sanctions/?waiting=providers.sanctions.announced").content.decode()
    assert f"/r/provider-sanctions/{card}/" in narrowed
    assert f"/r/provider-sanctions/{over}/" not in narrowed
    told = {
        "sanction": str(card),
        "stated_on": today.isoformat(),
        "statement": "已经补员",
        "wants_hearing": "否",
    }
    assert manager.post(f"/r/sanction-statements/new/?sanction={card}", told).status_code == 302
    assert line not in manager.get("/").content.decode()


def test_a_sanction_whose_term_is_over_is_told_once(sit: Sit, institution: Provider) -> None:
    with opened(EVERYTHING):
        card = sanction(institution)
        stepped("provider-sanctions", card, "notify", notified_on="2022-01-01", reply_by="2022-01-10")
    bench = sit().get("/").content.decode()
    assert "机构处理：1 件等您办理" in bench
    assert "陈述申辩期已满" not in bench
    assert "1 项对机构的处理陈述申辩期已满" in sit("purchaser").get("/").content.decode()
