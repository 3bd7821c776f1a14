"""The money of a place over HTTP (FND-11, FND-12)."""

from __future__ import annotations

import pytest

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.procurement import movement
from tests.factories.purchases import purchase
from tests.interface.conftest import Calling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_places")]


def test_the_money_of_a_place_is_told_with_its_parts(calling: Calling) -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        movement(kind="拨付", amount=400_000, source="财政预算", fund_level="县")
    finance = calling("finance", HECHENG)
    told = finance.get(f"/funds/overview?region={HECHENG}&year=2021").json()
    assert (told["paid"], told["spent"], told["rules"]) == ("400000.00", None, [])
    assert told["sources"][0]["source"] == "财政预算"
    made_of = finance.get(f"/funds/composition?region={HECHENG}&year=2021").json()
    assert made_of["total"] == "400000.00"
    [budget] = [each for each in made_of["parts"] if each["name"] == "各级财政预算"]
    assert (budget["share"], budget["pieces"][0]["level"]) == ("100.0", "县")


def test_another_place_does_not_exist_and_a_wrong_stage_is_told(calling: Calling) -> None:
    finance = calling("finance", HECHENG)
    assert finance.get(f"/funds/overview?region={ZHONGFANG}").status_code == 404
    answer = finance.get(f"/funds/composition?region={HECHENG}&of=全部")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "of")
    assert calling("evaluator", HECHENG).get(f"/funds/overview?region={HECHENG}").status_code == 403


def test_the_papers_of_a_purchase_come_as_one_file(calling: Calling) -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        identity = purchase(region=HECHENG)
    caller = calling("purchaser", HECHENG)
    assert caller.get(f"/purchase-files/{identity}/folder").content.startswith(b"%PDF")
    pack = b"".join(caller.get(f"/purchase-files/{identity}/folder?as=zip").streaming_content)
    assert pack.startswith(b"PK")
    assert caller.get(f"/purchase-files/{identity}/folder?as=doc").status_code == 422
    assert calling("purchaser", ZHONGFANG).get(f"/purchase-files/{identity}/folder").status_code == 404
