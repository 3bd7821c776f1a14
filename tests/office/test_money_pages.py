"""The money desk: overview, ratio rules, project books, yearly account, reconciliation (FND-11, FND-13, FND-16)."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.office.sending import FACES
from linzhan.policy.api import procurement
from linzhan.policy.shapes import RatioRule
from linzhan.procurement.models import BankLine, ServiceProject
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.procurement import base, movement, project
from tests.factories.rows import made
from tests.office.conftest import browser, person
from tests.papers import same_words

pytestmark = pytest.mark.usefixtures("house")
SHARE = RatioRule(
    percent=Decimal(2),
    base="社会救助工作经费",
    fund="社会救助工作经费",
    meaning="share",
    wording="按比例提取",
)


class Books:
    """A county with a budget, a contract, a payment and expenditure; another one with a little."""

    def __init__(self) -> None:
        with opened(EVERYTHING, Actor(label="李科员")):
            self.project = project(contract_amount=800_000)
            common = {"source": "社会救助工作经费", "fund_level": "县"}
            movement(kind="预算", amount=900_000, **common)
            movement(kind="拨付", amount=400_000, project=self.project, **common)
            movement(kind="支出", amount=30_000, project=self.project, head="薪酬", **common)
            movement(kind="支出", amount=20_000, project=self.project, head="管理", **common)
            movement(ZHONGFANG, kind="支出", amount=7, source="福利彩票公益金")
            stated(procurement.FUNDING_RATIO, SHARE, HECHENG, variant="社会救助工作经费")
            stated(procurement.FUNDING_RATIO, SHARE, ZHONGFANG, variant="社会救助工作经费")
            base("社会救助工作经费", 2021, 30_000_000)
            self.provider = ServiceProject.objects.get(pk=self.project).provider_id
        self.county = browser(person("county"))
        self.city = browser(person("city", "city_official", HUAIHUA))
        self.finance = browser(person("finance", "finance"))
        self.manager = browser(person("manager", "provider_manager", provider_id=self.provider))


@pytest.fixture
def books() -> Books:
    return Books()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_overview_tells_every_stage_and_the_rules_in_their_words(books: Books) -> None:
    page = text(books.county, "/money/?year=2021")
    for told in (
        "900,000.00",
        "400,000.00",
        "50,000.00",
        "500,000.00",
        "按比例提取",
        "还差 200,000.00 元",
        "第一条",
    ):
        assert told in page, told
    city = text(books.city, "/money/?year=2021")
    assert "鹤城区" in city
    assert "中方县" in city


def test_the_overview_costs_ten_statements_however_many_places(books: Books) -> None:
    books.city.get("/money/?year=2021")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        books.city.get("/money/?year=2021")
    assert len(asked) <= 10, [each["sql"][:120] for each in asked.captured_queries]


def test_ratio_rules_below_a_city_stand_on_one_page_and_an_unknown_base_is_told(books: Books) -> None:
    page = text(books.city, "/money/ratios/?year=2021")
    assert "还差 200,000.00 元" in page
    assert "没有登记 2021 年“社会救助工作经费”的数额" in page


def test_a_project_has_its_own_book_and_its_institution_reads_it(books: Books) -> None:
    for client in (books.county, books.manager):
        page = text(client, f"/money/books/{books.project}/")
        assert "承诺 → 拨付" in page
        assert "费用构成与常见比例不同" in page
        assert "社工站项目" in text(client, "/money/books/?year=2021")
    with opened(EVERYTHING, Actor(label="李科员")):
        other = project()
    assert books.manager.get(f"/money/books/{other}/").status_code == 404
    assert books.manager.get("/money/").status_code == 403


def test_the_yearly_account_goes_into_a_workbook_and_onto_paper(books: Books) -> None:
    assert "2021-06" in text(books.finance, "/money/accounts/?year=2021")
    answer = books.finance.get("/money/accounts/download/?year=2021&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book["按月"][7]] == ["2021-06", None, 900_000, None, 400_000, 50_000]
    faces = [books.finance.get(f"/money/accounts/download/?year=2021&format={each}") for each in FACES]
    words = same_words(*(each.content for each in faces))
    assert "资金账" in words
    assert "2021-06—900,000.00元—400,000.00元50,000.00元" in words


def test_pairs_are_suggested_and_a_person_confirms_them(books: Books) -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        line = made("bank-lines", code="YH-0001", happened_on="2021-06-03", region=HECHENG, paid_out=400_000)
        made("bank-lines", code="YH-0002", happened_on="2021-06-03", region=HECHENG, paid_out=5)
        row = movement(kind="拨付", amount=400_000, code="Z-OTHER", moved_on="2021-09-01")
    page = text(books.finance, "/money/bank/")
    [pair] = [part.split('"')[0] for part in page.split('value="') if part.startswith(f"{line}:")]
    assert str(row) not in pair
    assert "相差 2 天" in page
    assert text(books.finance, "/money/bank/").count("YH-0002") == page.count("YH-0002"), (
        "looking changes nothing"
    )
    done = books.finance.post("/money/bank/", {"pair": [pair]}, follow=True).content.decode()
    assert "已对上 1 笔" in done
    again = books.finance.post("/money/bank/", {"pair": [pair]}, follow=True).content.decode()
    assert "已对上" not in again.split("toasts")[0]
    with opened(EVERYTHING):
        assert BankLine.objects.get(pk=line).stage == "已对账"
    assert books.county.post("/money/bank/", {"pair": [pair]}).status_code == 403


def test_a_figure_is_published_and_its_corrections_stand_beside_it(books: Books) -> None:
    """NFR-04: the published value stays; today's and what was corrected are told."""
    given = {"figure": "funds.spent", "period": "2021", "note": "2021 年公报"}
    done = books.county.post("/published/new/", given, follow=True)
    page = done.content.decode()
    assert "与公布时一致" in page
    with opened(EVERYTHING, Actor(label="王会计")):
        movement(kind="支出", amount=1_000, moved_on="2021-12-31", source="社会救助工作经费")
    page = text(books.county, done.redirect_chain[-1][0])
    for told in ("50,000", "51,000", "与公布时不同", "补登", "王会计"):
        assert told in page, told
    assert "2021 年公报" in text(books.county, "/published/")
    assert books.county.post("/published/new/", {**given, "note": ""}).status_code == 422
    assert books.manager.post("/published/new/", given).status_code == 403
