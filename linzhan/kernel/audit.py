"""The history of every row: who, when, from where, before and after (NFR-05).

Written by triggers only (``linzhan.kernel.wall``): one table for all, so one policy guards it and
one job can seal or partition it. A creation keeps no copy, since the row itself and its later
changes give it back exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from linzhan.kernel.rows import PlacedRow, RegionCodeField, marks
from linzhan.kernel.scope import ScopedModel, current_actor


class AuditEntry(ScopedModel):
    """One change of one row. ``before`` and ``after`` hold the changed columns only."""

    history: ClassVar[bool] = False
    levels = marks(
        L2="id at actor actor_label origin table_name row_id action region_code provider_id station_id",
        L4="before after",
    )

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.TextField("操作账号", null=True)
    actor_label = models.TextField("操作人")
    origin = models.TextField("来源", null=True)
    table_name = models.TextField("数据表")
    row_id = models.TextField("记录")
    action = models.TextField("动作")
    before = models.JSONField("变更前", null=True)
    after = models.JSONField("变更后", null=True)
    region_code = RegionCodeField("行政区划", null=True)
    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)

    class Meta(ScopedModel.Meta):
        verbose_name = "变更记录"
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["row_id", "id"], name="audit_of_a_row"),
            models.Index(fields=["region_code", "id"], name="audit_of_a_place"),
        ]


class RevealEntry(PlacedRow):
    """Somebody looked at one masked value in full: who, when, why, whose (NFR-05). Written once, never changed.

    Its place is that of the row looked at, so that whoever answers for the area can read it; everybody
    sees their own.
    """

    history: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    place_person: ClassVar[str] = "actor"
    levels = marks(
        L2="id at actor actor_label origin reason table_name row_id field region_code provider_id station_id"
    )

    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.UUIDField("操作账号")
    actor_label = models.TextField("操作人")
    origin = models.TextField("来源")
    reason = models.TextField("理由")
    table_name = models.TextField("数据表")
    row_id = models.UUIDField("记录")
    field = models.TextField("字段")
    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = "查看记录"
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["actor", "-at"], name="reveals_of_a_person"),
            models.Index(fields=["row_id"], name="reveals_of_a_row"),
        ]


def note_reveal(model: type[models.Model], place: Mapping[str, Any], *, field: str, reason: str) -> None:
    """Write down that the person at hand looked at, or took out, ``field`` of a row of ``model``, and why.

    ``place`` are the row's ``id``, ``region_code`` and, where it has them, institution and station.
    """
    actor = current_actor()
    RevealEntry.objects.create(
        actor=UUID(actor.id),
        actor_label=actor.label,
        origin=actor.origin,
        reason=reason,
        table_name=model._meta.db_table,
        row_id=place["id"],
        field=field,
        **{name: place[name] for name in ("region_code", "provider_id", "station_id") if name in place},
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One column's change as a reader sees it."""

    at: datetime
    who: str
    origin: str
    action: str
    column: str
    before: Any
    after: Any


def changes_of(table: str, row_id: str, *, limit: int = 200) -> Iterator[Change]:
    """The changes of one row, newest first, one per column; within the reader's scope."""
    entries = AuditEntry.objects.filter(table_name=table, row_id=row_id).order_by("-id")[:limit]
    for entry in entries:
        columns = sorted({*(entry.before or {}), *(entry.after or {})}) if entry.action == "changed" else [""]
        for column in columns:
            before = (entry.before or {}).get(column)
            after = (entry.after or {}).get(column)
            yield Change(entry.at, entry.actor_label, entry.origin or "", entry.action, column, before, after)
