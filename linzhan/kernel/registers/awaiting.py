"""What waits for a second person: rows whose next step is an approval that the reader may take.

An approval is a step that whoever took an earlier one may not take (``Step.not_by``). What the reader
submitted themselves waits for somebody else and is not among theirs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.scope import current_actor
from linzhan.kernel.steps import CREATED, Step


def approvals(register: Register, rights: Collection[str]) -> tuple[Step, ...]:
    """The steps of a register that wait for a second person, of those that ``rights`` open."""
    return tuple(
        each for each in register.steps or () if each.not_by and not each.at_will and each.right in rights
    )


def awaiting(register: Register, rights: Collection[str]) -> QuerySet[Any]:
    """The rows within scope that wait for such a step, but not by whoever reads.

    Each with ``waits_since``, the moment of its last step (NULL: since it was made).
    """
    waits = Q(pk__in=[])
    rows = register.model._default_manager.all()
    for number, earlier in enumerate(sorted({each.not_by for each in approvals(register, rights)})):
        sources = {
            source
            for each in approvals(register, rights)
            if each.not_by == earlier
            for source in each.sources
        }
        doer = f"doer_{number}"
        rows = rows.annotate(
            **{doer: Coalesce(Subquery(_doer(register, earlier)), Value(""), output_field=TextField())}
        )
        waits |= Q(**{f"{register.stage}__in": sorted(sources)}) & ~Q(
            **{f"{doer}__in": current_actor().selves}
        )
    entered = StepEntry.objects.filter(row_id=OuterRef("pk"), register=register.key).order_by("-at")
    waiting: QuerySet[Any] = rows.filter(waits).annotate(waits_since=Subquery(entered.values("at")[:1]))
    return waiting


def _doer(register: Register, earlier: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any]
    if earlier == CREATED:
        table, key = register.model._meta.db_table, Cast(OuterRef("pk"), CharField())
        found = AuditEntry.objects.filter(table_name=table, row_id=key, action="created").order_by()
    else:
        steps = StepEntry.objects.filter(row_id=OuterRef("pk"), register=register.key, step=earlier)
        found = steps.order_by("-at")
    return found.values("actor")[:1]
