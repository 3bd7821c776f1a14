"""Institutions and inspections, made through their registers."""

from __future__ import annotations

from itertools import count
from typing import Any

from linzhan.kernel.identity import uscc_fault
from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.writing import save_one
from linzhan.providers.api import INSPECTIONS, PROVIDERS, Provider
from tests.factories.rows import went_in

COUNTY = "431202000000"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_numbers = count(1)


def credit_code(number: int | None = None) -> str:
    """A code of the fictional prefix with a right check character."""
    body = f"52990101MJ{number if number is not None else next(_numbers):07d}"
    return next(body + last for last in ALPHABET if uscc_fault(body + last) is None)


def provider_row(**values: Any) -> dict[str, Any]:
    return {
        "uscc": credit_code(),
        "name": "白露社会工作服务中心",
        "kind": "社会工作服务机构",
        "region": COUNTY,
        "registered_on": "2015-06-20",
        "status": "正常",
        **values,
    }


def save_provider(**values: Any) -> Outcome:
    return save_one(PROVIDERS, provider_row(**values))


def provider(**values: Any) -> Provider:
    """An institution that went in."""
    return Provider.objects.get(pk=went_in(save_provider(**values)))


def inspection_row(institution: Provider, **values: Any) -> dict[str, Any]:
    return {
        "code": f"JC{next(_numbers):05d}",
        "kind": "年检",
        "year": 2021,
        "provider": institution.uscc,
        "conclusion": "合格",
        "inspected_on": "2021-06-30",
        **values,
    }


def save_inspection(institution: Provider, **values: Any) -> Outcome:
    return save_one(INSPECTIONS, inspection_row(institution, **values))
