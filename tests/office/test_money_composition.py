"""What a county's money is made of, on the screen, as a workbook and on paper (FND-12, FND-17, FND-25)."""

from __future__ import annotations

import io
from decimal import Decimal
from uuid import UUID

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.office.sending import FACES
from linzhan.procurement.api import EntryKind, composed, day_of_year
from linzhan.procurement.money import composing
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.procurement import movement, project
from tests.factories.providers import provider
from tests.factories.rows import made
from tests.office.conftest import Sit
from tests.papers import same_words

pytestmark = pytest.mark.django_db
FIVE = ["社会救助专项经费列支", "福彩公益金补助", "各级财政预算", "社会资源链接", "税收优惠减免"]


@pytest.fixture
def books(house: None) -> UUID:
    """A county with money of four kinds, linked resources and a tax that was not taken; a neighbour with a little."""
    with opened(EVERYTHING, Actor(label="李科员")):
        contract = project()
        for source, level, amount in (
            ("社会救助专项经费", "省", 200_000),
            ("社会救助工作经费", "县", 100_000),
            ("财政预算", "县", 500_000),
            ("财政预算", "市", 80_000),
            ("福利彩票公益金", "市", 60_000),
            ("人才发展经费", "县", 30_000),
        ):
            movement(kind="拨付", source=source, fund_level=level, amount=amount, project=contract)
        movement(ZHONGFANG, kind="拨付", source="财政预算", fund_level="县", amount=7)
        movement(kind="支出", source="财政预算", amount=1_000)
        common = {
            "owner": "某企业",
            "region": HECHENG,
            "quantity": 1,
            "unit": "批",
            "valid_from": "2021-03-01",
        }
        made("resources", code="R1", name="书桌", kind="物资", value=55_000, **common)
        made("resources", code="R2", name="教室", kind="场地", **common)
        made("resources", code="R3", name="捐款", kind="资金", value=9_000, **common)
        made(
            "resources",
            code="R4",
            name="往年的床",
            kind="物资",
            value=1,
            **{**common, "valid_from": "2020-03-01"},
        )
        support = {
            "region": HECHENG,
            "provider": provider().uscc,
            "title": "免征增值税",
            "starts_on": "2021-02-01",
        }
        made("provider-supports", code="F1", kind="税收优惠", amount=5_000, **support)
        made("provider-supports", code="F2", kind="财政补贴", amount=77, **support)
    return contract


def of(region: str, kind: EntryKind = EntryKind.PAYMENT) -> composing.Composed:
    with opened(EVERYTHING):
        return composed(region, 2021, day_of_year(2021), kind)


def amounts(made_of: composing.Composition) -> dict[str, Decimal | None]:
    return {name: part.amount for name, part in made_of.parts.items()}


def test_each_source_is_in_one_part_and_the_parts_add_up_to_the_whole(books: UUID) -> None:
    found = of(HECHENG)
    assert amounts(found.whole) == {
        FIVE[0]: 300_000, FIVE[1]: 60_000, FIVE[2]: 580_000, FIVE[3]: 55_000, FIVE[4]: 5_000,
    }  # fmt: skip
    assert found.whole.amount == 1_000_000
    assert found.whole.share(found.whole.parts[FIVE[2]]) == 58
    assert found.whole.beside.amount == 30_000
    [linked] = [each for each in found.whole.parts[FIVE[3]].in_order() if each.name == "链接资源折价"]
    assert (linked.silent, linked.left_out) == (1, 9_000)
    city = of(HUAIHUA)
    assert city.whole.amount == 1_000_007
    assert {code: each.amount for code, each in city.by_unit.items()} == {HECHENG: 1_000_000, ZHONGFANG: 7}


def test_what_nobody_registered_is_unknown_and_another_stage_is_another_answer(books: UUID) -> None:
    spent = of(HECHENG, EntryKind.EXPENDITURE)
    assert amounts(spent.whole)[FIVE[2]] == 1_000
    assert amounts(spent.whole)[FIVE[1]] is None
    with opened(EVERYTHING, Actor(label="王会计")):
        empty = composed(HECHENG, 2019, day_of_year(2019))
    assert empty.whole.amount is None
    assert set(amounts(empty.whole).values()) == {None}


def test_a_place_names_its_own_parts_and_a_strange_one_is_told(books: UUID, sit: Sit) -> None:
    from linzhan.policy.api import procurement

    with opened(EVERYTHING, Actor(label="李科员")):
        stated(procurement.FUNDING_CHANNELS, ["各级财政预算", "福彩公益金补助", "土地出让金"], HECHENG)
    found = of(HECHENG)
    assert list(found.whole.parts) == ["各级财政预算", "福彩公益金补助"]
    assert found.whole.amount == 640_000
    assert {each.name for each in found.whole.beside.in_order()} == {
        "社会救助专项经费", "社会救助工作经费", "人才发展经费",
    }  # fmt: skip
    page = sit("finance").get("/money/composition/?year=2021").content.decode()
    assert "“土地出让金”平台不知道由哪些账归集" in page


def test_the_page_the_workbook_and_the_paper_say_the_same(books: UUID, sit: Sit) -> None:
    finance = sit("finance")
    page = finance.get("/money/composition/?year=2021").content.decode()
    for told in (
        "580,000.00",
        "58.0%",
        "财政预算（市） 80,000.00 元",
        "1 项没有填金额",
        "人才发展经费",
        "1,000,000.00",
    ):
        assert told in page, told
    answer = finance.get("/money/composition/download/?year=2021&format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content))["资金构成"].values)
    assert [row[3] for row in rows[1:] if row[0] == FIVE[2]] == [580_000, 80_000, 500_000]
    faces = [finance.get(f"/money/composition/download/?year=2021&format={each}").content for each in FACES]
    assert "财政预算（市）80,000.00元" in same_words(*faces)
    city = sit("city_official", HUAIHUA).get("/money/composition/?year=2021").content.decode()
    assert f"/money/composition/?region={ZHONGFANG}&amp;year=2021" in city
    assert sit("provider_manager", provider_id=UUID(int=1)).get("/money/composition/").status_code == 403
    assert finance.get(f"/money/composition/?region={ZHONGFANG}").status_code == 404


def test_the_page_costs_ten_statements_however_many_places(books: UUID, sit: Sit) -> None:
    for client in (sit("finance"), sit("city_official", HUAIHUA)):
        client.get("/money/composition/?year=2021")
        with CaptureQueriesContext(connection) as asked:
            client.get("/money/composition/?year=2021")
        # within a test the scope is sent a second time, to close it
        assert len(asked) <= 11, "\n".join(each["sql"][:120] for each in asked.captured_queries)
