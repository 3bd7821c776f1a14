"""The documents of a purchase at one press, and what the pages of purchase and money cost (PUR-01, DOC-13)."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import load_reference
from linzhan.procurement.models import PurchaseFile
from linzhan.procurement.purchase.folder import PAPERS, purchase_folder
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.factories.procurement import base, movement
from tests.factories.providers import provider
from tests.factories.purchases import GIVEN, bid, milestone, project, purchase
from tests.factories.rows import made
from tests.office.conftest import Sit

pytestmark = pytest.mark.django_db
ANN = Actor(id="ann", label="安采购")


@pytest.fixture
def file(house: None) -> UUID:
    """A purchase of a running project with a bid, a panel, a paper, a milestone and two steps."""
    with opened(EVERYTHING, ANN):
        load_reference()
        running = project(provider().uscc, name="坨院街道社工站项目", target_visits=100)
        identity = purchase(region=HECHENG)
        for name in ("survey", "submit"):
            take(REGISTERS["purchase-files"], identity, name, GIVEN[name], rights=rights_of("purchaser"))
        bid(identity, bidder_name="白露社会工作服务中心", result="成交")
        made("panel-members", purchase=identity, name="石砚田", role="评审专家", interest="无")
        made(
            "purchase-papers", purchase=identity, paper="会议纪要", title="县长办公会纪要", number="〔2022〕9号",
            kept_at="档案柜 2",
        )  # fmt: skip
        made("purchase-papers", purchase=identity, paper="其他", title="照片")
        milestone(running, due_on="2021-03-31")
        PurchaseFile.objects.filter(pk=identity).update(project=running)
    return identity


def drawn(identity: UUID, role: str) -> dict[str, object]:
    with opened(EVERYTHING):
        folder = purchase_folder(identity, rights=rights_of(role))
    assert [each.title for each in folder.papers] == [paper.title for paper in PAPERS]
    return {each.title: each for each in folder.papers}


def test_every_part_has_its_rows_and_says_where_the_original_lies(file: UUID) -> None:
    papers = drawn(file, "purchaser")
    judged = papers["响应和评审"]
    assert [table["title"] for table in judged.tables] == ["响应供应商", "评审成员"]  # type: ignore[attr-defined]
    assert "石砚田" not in str(judged.tables)  # type: ignore[attr-defined]  # masked, as the page shows it
    assert papers["立项审批"].originals == ["会议纪要：县长办公会纪要  〔2022〕9号  存放：档案柜 2"]  # type: ignore[attr-defined]
    assert papers["结算和续签"].originals == ["其他：照片"]  # type: ignore[attr-defined]
    assert papers["执行和评估"].tables[0]["rows"][0][:2] == ["完成建档", "2021-03-31"]  # type: ignore[attr-defined]
    assert papers["成交"].state == "还没有"  # type: ignore[attr-defined]


def test_what_a_reader_may_not_see_is_named_and_left_out(file: UUID) -> None:
    judged = drawn(file, "provider_manager")["响应和评审"]
    assert (judged.state, judged.tables) == ("无权查看", [])  # type: ignore[attr-defined]
    assert "响应供应商" in judged.withheld  # type: ignore[attr-defined]


def test_the_folder_is_one_press_away_as_pdf_and_as_a_pack(file: UUID, sit: Sit) -> None:
    client = sit("purchaser")
    assert f"/purchases/{file}/folder/" in client.get(f"/r/purchase-files/{file}/").content.decode()
    answer = client.get(f"/purchases/{file}/folder/")
    assert answer.content.startswith(b"%PDF")
    pack = client.get(f"/purchases/{file}/folder/?as=zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(pack.streaming_content))).namelist()  # type: ignore[arg-type]
    assert names[0] == "00-目录.pdf"
    assert names[-1] == "12-办理过程.pdf"
    assert "05-响应和评审.pdf" in names
    assert "06-成交.pdf" not in names
    assert sit("purchaser", ZHONGFANG).get(f"/purchases/{file}/folder/").status_code == 404
    assert sit("evaluator").get(f"/purchases/{file}/folder/").status_code == 403


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(asked)


@pytest.fixture
def money(file: UUID) -> UUID:
    """Money on the project, a payment, lines of the bank, and a ratio rule of two counties."""
    with opened(EVERYTHING, ANN):
        owner = PurchaseFile.objects.get(pk=file).project_id
        assert owner is not None
        common = {"source": "社会救助工作经费", "fund_level": "县"}
        for number in range(3):
            movement(kind="拨付", amount=1_000 + number, project=owner, **common)
            made(
                "bank-lines", code=f"YH-{number}", happened_on="2021-06-01", region=HECHENG, paid_out=1_000 + number
            )  # fmt: skip
            made(
                "payments", code=f"BF-{number}", project=owner, instalment=number + 1, due_upon="按期",
                due_on="2021-06-10", amount=1_000, source="财政预算", fund_level="县",
            )  # fmt: skip
        movement(ZHONGFANG, kind="支出", amount=7, **common)
        base("社会救助工作经费", 2021, 30_000_000)
    return owner


COSTS = {
    "/r/purchase-files/": 9,
    "/r/purchase-files/{file}/": 15,
    "/progress/": 10,
    "/r/projects/{project}/?tab=progress": 18,
    "/r/projects/{project}/": 12,
    "/money/?year=2021": 11,
    "/money/ratios/?year=2021": 10,
    "/money/accounts/?year=2021": 8,
    "/money/books/?year=2021": 8,
    "/money/books/{project}/": 10,
    "/money/bank/": 10,
    "/r/payments/": 9,
    "/r/funds/": 9,
    "/r/bank-lines/": 8,
}
"""What a page may ask, session, caller, scope (sent twice within a test) and jobs among it."""


@pytest.mark.parametrize("address", COSTS)
def test_a_page_asks_no_more_than_this(address: str, file: UUID, money: UUID, sit: Sit) -> None:
    client = sit("finance" if "/money" in address or "bank" in address else "purchaser")
    assert cost(client, address.format(file=file, project=money)) <= COSTS[address]


def test_the_rules_of_a_city_cost_as_many_statements_as_those_of_a_county(money: UUID, sit: Sit) -> None:
    county, city = sit("finance"), sit("city_official", HUAIHUA)
    assert cost(city, "/money/ratios/?year=2021") <= cost(county, "/money/ratios/?year=2021") + 1
