"""What the server keeps of phones: which there are, what they sent, what waits for a person."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linzhan.kernel.rows import PlacedRow, marks


class CommandState(models.TextChoices):
    DONE = "done", "已办"
    MERGED = "merged", "已合并"
    CONFLICT = "conflict", "待核对"
    REFUSED = "refused", "搁置"


class Device(PlacedRow):
    """设备: one person's work on one phone; a phone that several share is one row for each of them.

    ``clock_offset`` is how many seconds the server was ahead at the last contact. ``confirmed`` and
    ``pending`` say which rows the phone has, and which it has once it confirms the last answer: ids and
    short digests, no content. A lost phone is ordered to wipe itself; its token ends with the order.
    """

    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "user_id"
    levels = marks(
        L2="id region_code provider_id station_id device user_id name first_seen last_seen clock_offset"
        " confirmed confirmed_token pending pending_token unsent lost_on lost_by wiped_at",
    )

    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)
    device = models.UUIDField("设备编号")
    user_id = models.UUIDField("账号")
    name = models.CharField("设备名称", max_length=64, blank=True, default="")
    first_seen = models.DateTimeField("首次使用", auto_now_add=True)
    last_seen = models.DateTimeField("最近同步")
    clock_offset = models.FloatField("时钟偏差（秒）", null=True)
    confirmed = models.BinaryField("已有的行", default=b"")
    confirmed_token = models.CharField("已有状态", max_length=32, blank=True, default="")
    pending = models.BinaryField("已发出的行", default=b"")
    pending_token = models.CharField("已发出状态", max_length=32, blank=True, default="")
    unsent = models.PositiveIntegerField("手机上待传", default=0)
    lost_on = models.DateTimeField("报失时间", null=True)
    lost_by = models.UUIDField("报失人", null=True)
    wiped_at = models.DateTimeField("清除时间", null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = "设备"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "user_id"], name="a_device_is_known_once_per_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["station_id", "-last_seen"], name="devices_of_a_station"),
        ]


class SyncCommand(PlacedRow):
    """A command that a phone sent, and what became of it: the receipt that makes a repeat harmless.

    ``digest`` tells whether the same id comes with the same content. The content itself is not kept here:
    the phone has it until it was taken, and what two of them said differently is a :class:`SyncConflict`.
    """

    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "user_id"
    levels = marks(
        L2="id region_code provider_id station_id device user_id kind subject columns digest made_at received_at"
        " clock_trusted state",
        L4="answer",
    )

    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)
    device = models.UUIDField("设备编号")
    user_id = models.UUIDField("账号")
    kind = models.CharField("种类", max_length=32)
    subject = models.UUIDField("记录")
    columns = ArrayField(models.CharField(max_length=64), verbose_name="更改的字段", default=list)
    digest = models.CharField("摘要", max_length=32)
    made_at = models.DateTimeField("手机上的时间")
    received_at = models.DateTimeField("收到时间")
    clock_trusted = models.BooleanField("时钟可信")
    state = models.CharField("结果", max_length=16, choices=CommandState.choices)
    answer = models.JSONField("答复", default=dict)

    class Meta(PlacedRow.Meta):
        verbose_name = "手机提交"
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["subject", "-received_at"], name="commands_on_a_row"),
            models.Index(
                fields=["station_id", "-received_at"],
                name="commands_set_aside",
                condition=Q(state__in=["refused", "conflict"]),
            ),
        ]


class SyncConflict(PlacedRow):
    """Two people changed one field of one row differently; nothing was overwritten, a person decides.

    ``was`` is what the phone had, ``theirs`` what stood when it arrived, ``mine`` what it wanted.
    """

    place_person: ClassVar[str] = "made_by"
    levels = marks(
        L2="id region_code provider_id station_id command_id register row_id column made_by made_at arrived_at"
        " settled_at settled_by choice",
        L4="was theirs mine",
    )

    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)
    command_id = models.UUIDField("提交")
    register = models.CharField("台账", max_length=64, db_collation="C")
    row_id = models.UUIDField("记录")
    column = models.CharField("字段", max_length=64)
    was = models.JSONField("原来", null=True)
    theirs = models.JSONField("现有", null=True)
    mine = models.JSONField("提交的", null=True)
    made_by = models.UUIDField("提交人")
    made_at = models.DateTimeField("提交时间")
    arrived_at = models.DateTimeField("收到时间")
    settled_at = models.DateTimeField("核定时间", null=True)
    settled_by = models.UUIDField("核定人", null=True)
    choice = models.CharField("核定结果", max_length=16, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = "待核对的更改"
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["row_id"], name="conflicts_of_a_row"),
            models.Index(
                fields=["station_id", "arrived_at"],
                name="conflicts_that_wait",
                condition=Q(settled_at__isnull=True),
            ),
        ]
