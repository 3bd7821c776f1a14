"""The rulebook: every number of a place with its region, dates, document and clause (CFG-01…16, DOC-01)."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from linzhan.kernel.scope import EVERYTHING, MACHINE, opened
from linzhan.office.rulebook import inputs
from linzhan.policy.api import (
    PARAMETERS,
    DocumentFacts,
    NoRuling,
    PolicyDocument,
    WrongValue,
    register_document,
    ruling_for,
    rulings_of,
    workforce,
    working_days_later,
)
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.office.conftest import Sit

DAYS = f"/rulebook/{HECHENG}/state/workforce.filing_days/"


@pytest.fixture
def county(sit: Sit) -> Client:
    return sit()


@pytest.fixture
def paper(house: None) -> PolicyDocument:
    with opened(EVERYTHING):
        facts = DocumentFacts(title="关于社工备案的通知", number="鹤民发〔2021〕3号", region_code=HECHENG)
        return register_document(facts, actor=MACHINE)


def told(paper: PolicyDocument, **changed: str) -> dict[str, str]:
    return {
        "value": "5", "document": str(paper.pk), "clause": "第三条", "valid_from": "2021-01-01",
    } | changed  # fmt: skip


def test_every_parameter_is_a_line_and_a_default_says_that_it_is_one(county: Client) -> None:
    page = county.get(f"/rulebook/{HECHENG}/").content.decode()
    assert all(str(each.label) in page for each in PARAMETERS)
    assert "默认值" in page


def test_a_stated_value_stands_with_its_document_and_clause(county: Client, paper: PolicyDocument) -> None:
    assert (
        county.post(DAYS, told(paper)).headers["Location"].startswith(f"/rulebook/{HECHENG}/?q=")
    )  # that line alone
    page = county.get(f"/rulebook/{HECHENG}/?on=2021-06-01").content.decode()
    assert "鹤民发〔2021〕3号" in page
    assert "第三条" in page
    assert ruling_of(date(2021, 6, 1)) == 5


def ruling_of(on: date) -> int | None:
    with opened(EVERYTHING):
        try:
            return ruling_for(workforce.FILING_DAYS, region=HECHENG, on=on).value
        except NoRuling:
            return None


def test_the_rulebook_of_an_earlier_day_does_not_know_it(county: Client, paper: PolicyDocument) -> None:
    county.post(DAYS, told(paper))
    assert "鹤民发〔2021〕3号" not in county.get(f"/rulebook/{HECHENG}/?on=2020-06-01").content.decode()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"value": "五天"}, "应为数字"),
        ({"value": ""}, "请填写取值"),
        ({"clause": ""}, "这个字段是必填项"),
        ({"valid_to": "2020-01-01"}, "失效日期应晚于生效日期"),
        ({"document": ""}, "这个字段是必填项"),
    ],
)
def test_a_value_without_its_authority_is_refused(
    county: Client, paper: PolicyDocument, changed: dict[str, str], why: str
) -> None:
    before = ruling_of(date(2021, 6, 1))
    page = county.post(DAYS, told(paper, **changed)).content.decode()
    assert why in page
    assert ruling_of(date(2021, 6, 1)) == before


def test_a_value_is_stated_only_within_ones_own_area(county: Client, paper: PolicyDocument) -> None:
    for code in (HUAIHUA, ZHONGFANG):
        assert county.post(f"/rulebook/{code}/state/workforce.filing_days/", told(paper)).status_code == 404


def test_everybody_reads_and_only_the_bureau_states(sit: Sit, paper: PolicyDocument) -> None:
    client = sit("purchaser")
    assert client.get(f"/rulebook/{HECHENG}/").status_code == 200
    assert client.get(f"/rulebook/documents/{paper.pk}/").status_code == 200
    assert client.post(DAYS, told(paper)).status_code == 403


def test_a_document_lists_the_clauses_that_are_cited(county: Client, paper: PolicyDocument) -> None:
    county.post(DAYS, told(paper))
    page = county.get(f"/rulebook/documents/{paper.pk}/").content.decode()
    assert "第三条" in page
    assert "人员备案期限" in page


def test_a_document_is_registered_once(county: Client) -> None:
    given = {"title": "实施方案", "number": "鹤民发〔2021〕9号", "kind": "rule", "status": "in_force"}
    assert county.post("/rulebook/documents/new/", given).status_code == 302
    assert "已登记" in county.post("/rulebook/documents/new/", given).content.decode()


def test_a_withdrawn_value_stays_on_record(county: Client, paper: PolicyDocument) -> None:
    county.post(DAYS, told(paper))
    with opened(EVERYTHING):
        [ruling] = rulings_of(workforce.FILING_DAYS, region=HECHENG, on=date(2021, 6, 1))
    address = f"/rulebook/values/{ruling.value_id}/withdraw/"
    answer = county.post(address, {"on": "2022-01-01", "reason": "文件修订"}, follow=True)
    assert "取值已撤回，现在适用" in answer.content.decode()  # what came before it does not come back
    assert ruling_of(date(2021, 6, 1)) == 5
    assert ruling_of(date(2022, 6, 1)) != 5
    assert "文件修订" in county.get(DAYS).content.decode()


def test_what_was_stated_by_mistake_is_withdrawn_and_stated_again_from_the_same_day(
    county: Client, paper: PolicyDocument
) -> None:
    county.post(DAYS, told(paper))
    assert "先在“本地登记过的取值”里撤回" in county.post(DAYS, told(paper)).content.decode()
    with opened(EVERYTHING):
        [ruling] = rulings_of(workforce.FILING_DAYS, region=HECHENG, on=date(2021, 6, 1))
    county.post(f"/rulebook/values/{ruling.value_id}/withdraw/", {"on": "2021-01-01", "reason": "看错"})
    assert ruling_of(date(2021, 6, 1)) != 5
    assert county.post(DAYS, told(paper)).status_code == 302
    assert ruling_of(date(2021, 6, 1)) == 5


def test_every_parameter_has_a_form_that_gives_its_default_back() -> None:
    for param in PARAMETERS:
        for default in param.defaults.values():
            groups = inputs.groups(param.kind, default.value, param.unit, None)
            sent = QueryDict(mutable=True)
            for field in (field for group in groups for field in group.fields):
                values = field.value if isinstance(field.value, list) else [field.value]
                sent.setlist(field.name, [str(value) for value in values if value != ""])
            assert inputs.given(param.kind, sent) == default.value, param.code


def test_an_empty_form_is_refused() -> None:
    for param in PARAMETERS:
        with pytest.raises(WrongValue):
            inputs.given(param.kind, QueryDict())


def test_a_place_that_does_not_exist_has_no_rulebook(county: Client) -> None:
    assert county.get("/rulebook/999999000000/").status_code == 404
    assert county.get("/rulebook/x/").status_code == 404


def test_a_years_holidays_are_entered_line_by_line_and_count_from_then_on(
    county: Client, paper: PolicyDocument
) -> None:
    url = f"/rulebook/{HECHENG}/state/oversight.holidays/?variant=2027"
    given = told(paper, variant="2027", valid_from="2026-11-20")
    given |= {"value-off": "2027-02-05至2027-02-11\n2027-04-05", "value-worked": "2027-02-13"}
    assert "一行一项，请写成 2021-10-01 或 2021-10-01至2021-10-07" in county.get(url).content.decode()
    refused = county.post(url, given | {"value-off": "春节七天"}).content.decode()
    assert "“春节七天”不是日期；请写成 2021-10-01 或 2021-10-01至2021-10-07" in refused
    assert county.post(url, given).status_code == 302
    page = county.get(f"/rulebook/{HECHENG}/?on=2027-01-01").content.decode()
    assert "调休上班日期：2027-02-13" in page
    with opened(EVERYTHING):
        assert working_days_later(date(2027, 2, 4), 2, region=HECHENG) == date(2027, 2, 13)
        assert working_days_later(date(2027, 2, 4), 1, region=ZHONGFANG) == date(2027, 2, 5)
