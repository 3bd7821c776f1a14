"""What a worker's phone holds of its cases, and what it may write about them (SVC-10, NFR-08).

Only the cases that the worker leads: their content is L4 and nobody else's business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max

from linzhan.casework.cases.models import CaseGoal, CaseMember, SessionNote
from linzhan.casework.cases.rights import EDIT_CASES
from linzhan.casework.cases.selectors import led_by
from linzhan.casework.cases.sheets import CASE_FILES, CASE_GOALS, SESSION_NOTES
from linzhan.casework.models import Resident
from linzhan.kernel.sync.declaring import Command, Reader, feed, syncable


@feed("cases")
def cases(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The open cases of the phone's worker, with what the form of a session needs."""
    if reader.person_id is None or EDIT_CASES not in reader.rights:
        return
    rows = list(led_by(reader.person_id).order_by("pk"))
    ids = [row.pk for row in rows]
    names = dict(Resident.objects.filter(pk__in=[row.resident_id for row in rows]).values_list("pk", "name"))
    members: dict[UUID, list[str]] = defaultdict(list)
    for case, resident in CaseMember.objects.filter(case__in=ids).values_list("case_id", "resident_id"):
        members[case].append(str(resident))
    goals, sessions, last = _goals(ids), _numbers(ids), _last_steps(ids)
    for row in rows:
        yield {
            "id": str(row.pk),
            "code": row.code,
            "resident": str(row.resident_id),
            "name": names.get(row.resident_id, ""),
            "members": members[row.pk],
            "station": str(row.station_id),
            "stage": row.stage,
            "problem": row.problem,
            "crisis": row.crisis,
            "resume_on": row.resume_on.isoformat() if row.resume_on else None,
            "goals": goals[row.pk],
            "next_number": sessions.get(row.pk, 0) + 1,
            "next_step": last.get(row.pk, ""),
        }


def _goals(ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for goal in CaseGoal.objects.filter(case__in=ids).order_by("pk"):
        found[goal.case_id].append(
            {"id": str(goal.pk), "goal": goal.goal, "indicator": goal.indicator, "level": goal.level}
        )
    return found


def _numbers(ids: Sequence[UUID]) -> dict[UUID | None, int]:
    notes = SessionNote.objects.filter(case__in=ids).values("case_id").annotate(top=Max("number"))
    return {each["case_id"]: each["top"] or 0 for each in notes}


def _last_steps(ids: Sequence[UUID]) -> dict[UUID | None, str]:
    """What was agreed at the end of each case's last session."""
    notes = SessionNote.objects.filter(case__in=ids).order_by("number", "pk")
    return dict(notes.values_list("case_id", "next_step"))


def complete_cases(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    """A case begun on a phone is led by its worker, at their station."""
    for _command, values in pairs:
        if "station" not in values and reader.own_stations:
            values["station"] = reader.own_stations[0]
        if "worker" not in values and reader.person_id:
            values["worker"] = reader.person_id


syncable(
    CASE_FILES.key,
    right=EDIT_CASES,
    completes=complete_cases,
    amends=("problem", "complexity", "crisis", "child_view"),
)
syncable(CASE_GOALS.key, right=EDIT_CASES, amends=("goal", "indicator", "due_on", "level"))
syncable(
    SESSION_NOTES.key,
    right=EDIT_CASES,
    amends=("mode", "aims", "process", "response", "reflection", "next_step", "risk_change"),
)
