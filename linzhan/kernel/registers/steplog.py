"""The log of steps: who took which step of which row, when, from where to where, and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linzhan.kernel.rows import PlacedRow, marks


class StepEntry(PlacedRow):
    """One step of one row, written once. Its id may be made by whoever asks, so that asking twice is one step.

    It stands where the row stood. ``note`` is the reason that was given. ``checks`` is what the checks of the
    step said (:meth:`linzhan.kernel.checks.Checked.told`), ``overruled`` why it was taken against a stop.
    """

    history: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    levels = marks(
        L2="id region_code provider_id station_id register row_id step source target at actor actor_label checks",
        L4="note overruled",
    )

    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)
    register = models.CharField("台账", max_length=64, db_collation="C")
    row_id = models.UUIDField("记录")
    step = models.CharField("步骤", max_length=64)
    source = models.CharField("办理前", max_length=32)
    target = models.CharField("办理后", max_length=32)
    at = models.DateTimeField("时间")
    actor = models.TextField("操作账号")
    actor_label = models.TextField("操作人")
    note = models.TextField("说明", blank=True, default="")
    checks = models.JSONField("核对结果", blank=True, default=list)
    overruled = models.TextField("不顾核对结果的理由", blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = "办理记录"
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["row_id", "at"], name="steps_of_a_row")]
