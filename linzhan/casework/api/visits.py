"""What other apps may use of visits and who is owed one."""

from __future__ import annotations

from linzhan.casework.visits.due import (
    Due,
    DueCount,
    due_counts,
    due_list,
    registered,
    rules_in_force,
)
from linzhan.casework.visits.load import monthly_visits, most_visits_of_one
from linzhan.casework.visits.models import VisitDetail
from linzhan.casework.visits.sheets import VISIT_DETAILS
from linzhan.casework.visits.unmet import unmet_twice

__all__ = [
    "VISIT_DETAILS",
    "Due",
    "DueCount",
    "VisitDetail",
    "due_counts",
    "due_list",
    "monthly_visits",
    "most_visits_of_one",
    "registered",
    "rules_in_force",
    "unmet_twice",
]
