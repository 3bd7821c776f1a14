"""A piece of work in the background that a person can watch: state, progress, result."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linzhan.kernel.rows import PlacedRow, marks


class JobState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class Job(PlacedRow):
    """One job; written in the transaction of its cause, so a crash loses none.

    ``as_who`` is the scope and actor it runs under, frozen when it was ordered. ``region_code`` is
    the place of whoever ordered it.
    """

    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "ordered_by"
    levels = marks(
        L2="id kind title state done total message ordered_by ordered_at started_at ended_at attempts"
        " region_code task_id",
        L3="payload result as_who",
    )

    kind = models.TextField("任务类型")
    title = models.TextField("任务名称")
    state = models.TextField("状态", choices=JobState.choices, default=JobState.WAITING)
    payload = models.JSONField("参数", default=dict)
    as_who = models.JSONField("执行身份", default=dict)
    result = models.JSONField("结果", null=True)
    done = models.BigIntegerField("已完成", default=0)
    total = models.BigIntegerField("总量", default=0)
    message = models.TextField("说明", default="", blank=True)
    attempts = models.IntegerField("执行次数", default=0)
    task_id = models.BigIntegerField("队列编号", null=True)
    ordered_by = models.UUIDField("提交人", null=True)
    ordered_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = "后台任务"
        indexes: ClassVar = [models.Index(fields=["ordered_by", "-ordered_at"], name="jobs_of_a_person")]
