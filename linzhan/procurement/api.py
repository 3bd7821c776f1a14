"""What other apps may use of procurement."""

from __future__ import annotations

from linzhan.procurement.columns import PROJECT
from linzhan.procurement.enums import (
    FundLevel,
    Head,
    MovementKind,
    ProjectKind,
    ProjectStatus,
    Source,
    Tendering,
)
from linzhan.procurement.models import FundBase, FundMovement, ProjectState, ProjectStation, ServiceProject
from linzhan.procurement.money.evidence import WITNESSES, Evaluated, Witness
from linzhan.procurement.money.selectors import payment_checks, ratio_checks
from linzhan.procurement.rights import EDIT_FUNDS, EDIT_PROJECTS, VIEW_FUNDS, VIEW_PROJECTS
from linzhan.procurement.sheets import BASES, FUNDS, PROJECTS

__all__ = [
    "BASES",
    "EDIT_FUNDS",
    "EDIT_PROJECTS",
    "FUNDS",
    "PROJECT",
    "PROJECTS",
    "VIEW_FUNDS",
    "VIEW_PROJECTS",
    "WITNESSES",
    "Evaluated",
    "FundBase",
    "FundLevel",
    "FundMovement",
    "Head",
    "MovementKind",
    "ProjectKind",
    "ProjectState",
    "ProjectStation",
    "ProjectStatus",
    "ServiceProject",
    "Source",
    "Tendering",
    "Witness",
    "payment_checks",
    "ratio_checks",
]
