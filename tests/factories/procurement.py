"""Contracts and money, made through their registers."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from tests.factories.providers import credit_code, save_provider
from tests.factories.rows import made

_numbers = count(1)
HECHENG = "431202000000"


def project(region: str = HECHENG, **values: Any) -> UUID:
    provider = values.pop("provider", None)
    if provider is None:
        provider = credit_code()
        save_provider(uscc=provider)
    row = {
        "code": f"P{next(_numbers):05d}",
        "name": "社工站项目",
        "kind": "社工站运营",
        "purchaser": "区民政局",
        "region": region,
        "provider": provider,
        "method": "公开招标",
        "contract_amount": 1_000_000,
        "starts_on": "2021-01-01",
        "ends_on": "2021-12-31",
        "status": "执行",
        **values,
    }
    return made("projects", **row)


def movement(region: str = HECHENG, **values: Any) -> UUID:
    row = {
        "code": f"M{next(_numbers):05d}",
        "moved_on": "2021-06-01",
        "region": region,
        "kind": "支出",
        "source": "社会救助专项经费",
        "amount": 1000,
        **values,
    }
    return made("funds", **row)


def base(name: str, year: int, amount: Decimal | int, region: str = HECHENG) -> UUID:
    return made("fund-bases", region=region, year=year, name=name, amount=amount)
