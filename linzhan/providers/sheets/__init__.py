"""The registers of institutions. 承接机构 and 检查 belong to the starter workbook."""

from __future__ import annotations

from linzhan.providers.sheets.drawing import DRAWN, DRAWS, INSPECTORS
from linzhan.providers.sheets.institutions import INSPECTIONS, PROVIDERS
from linzhan.providers.sheets.life import DISCLOSED, EXITS, INCOMES, INTERNSHIPS, MASS, ORGANS, SUPPORTS
from linzhan.providers.sheets.programmes import (
    ASSOCIATIONS,
    BASES,
    CAMPAIGNS,
    DEMONSTRATIONS,
    INCUBATIONS,
    POOL,
    TWINNING_DAYS,
    TWINNINGS,
)
from linzhan.providers.sheets.standing import ANNUAL, CONDITIONS, CREDIT, RATINGS, SANCTIONS, STATEMENTS

__all__ = [
    "ANNUAL",
    "ASSOCIATIONS",
    "BASES",
    "CAMPAIGNS",
    "CONDITIONS",
    "CREDIT",
    "DEMONSTRATIONS",
    "DISCLOSED",
    "DRAWN",
    "DRAWS",
    "EXITS",
    "INCOMES",
    "INCUBATIONS",
    "INSPECTIONS",
    "INSPECTORS",
    "INTERNSHIPS",
    "MASS",
    "ORGANS",
    "POOL",
    "PROVIDERS",
    "RATINGS",
    "SANCTIONS",
    "STATEMENTS",
    "SUPPORTS",
    "TWINNINGS",
    "TWINNING_DAYS",
]
