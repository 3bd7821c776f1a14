"""Rectification for programs: the contract's path, the first item that comes with an order, steps by right (RSK-07)."""

from __future__ import annotations

import pytest

from linzhan.network.api import Station
from tests.interface.conftest import Caller, identity

pytestmark = pytest.mark.django_db
ORDER = {
    "code": "ZG-1", "title": "补录过多", "station": "Z1", "authority": "区民政局", "issued_on": "2026-11-20",
    "severity": "橙", "finding": "三成补录", "basis": "协议第八条",
}  # fmt: skip


def test_an_order_comes_with_its_terms_and_first_item_and_is_answered_by_its_addressee_only(
    county: Caller, here: Station
) -> None:
    made = county.post("/rectifications", ORDER)
    assert made.status_code == 201, made.content.decode()
    told = made.json()
    assert (told["due_on"], told["plan_due"], told["origin"]) == ("2026-12-05", "2026-11-27", "日常监管")
    [item] = county.get(f"/rectification-items?order={told['id']}").json()["items"]
    assert (item["code"], item["due_on"], item["stage"]) == ("ZG-1-1", "2026-12-05", "待整改")
    answer = county.post(f"/rectifications/{identity(made)}/steps/plan", {"given": {"plan": "代拟"}})
    assert answer.status_code == 409, answer.content.decode()
    assert "没有“报整改计划”的权限" in answer.json()["detail"]
    assert county.get(f"/rectifications/{identity(made)}").json()["plan"] in (None, "")
