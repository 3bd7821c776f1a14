"""A file that belongs to a row of a register."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.rows import PlacedRow, marks
from linzhan.kernel.scope import Scope


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", "照片"
    SIGNATURE = "signature", "签名"


class Attachment(PlacedRow):
    """附件: a photo or a signature of a row. Its bytes lie sealed in a file of their own.

    Whoever may not see the row may not see the file, whatever its own place: the row is asked first.
    ``digest`` is that of the bytes as they were sent and ``size`` their number; ``head`` is the digest of the
    first of them, so that another file under the same id is known from a repeat (empty: it came before that).
    Of a row with a narrower audience than its place (``ScopedModel.circle``) a file stands nowhere: it is
    seen by its maker and by whoever sees the row.
    """

    place_person: ClassVar[str] = "made_by"
    levels = marks(
        L2="id region_code provider_id station_id register row_id kind size received digest head made_by"
        " began_at completed_at",
        L3="name purpose",
    )

    provider_id = models.UUIDField("承接机构", null=True)
    station_id = models.UUIDField("站点", null=True)
    register = models.CharField("台账", max_length=64, db_collation="C")
    row_id = models.UUIDField("记录")
    kind = models.CharField("种类", max_length=16, choices=AttachmentKind.choices)
    name = models.CharField("名称", max_length=128, blank=True, default="")
    purpose = models.CharField("用途", max_length=128, blank=True, default="")
    size = models.PositiveIntegerField("字节数")
    received = models.PositiveIntegerField("已收到", default=0)
    digest = models.CharField("摘要", max_length=64, blank=True, default="")
    head = models.CharField("开头摘要", max_length=64, blank=True, default="")
    made_by = models.UUIDField("提交人")
    began_at = models.DateTimeField("开始上传", auto_now_add=True)
    completed_at = models.DateTimeField("上传完成", null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = "附件"
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["row_id", "id"], name="attachments_of_a_row")]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:  # noqa: ARG003 -- the manager of the row asks the scope in force
        found = Q(pk__in=[])
        for each in REGISTERS:
            if each.in_circle:
                found |= Q(register=each.key, row_id__in=each.model._default_manager.values("pk"))
        return found

    @classmethod
    def policy_besides(cls) -> str:
        return " OR ".join(
            f"(register = '{each.key}' AND EXISTS (SELECT FROM {each.model._meta.db_table} r"
            " WHERE r.id = kernel_attachment.row_id))"
            for each in REGISTERS
            if each.in_circle
        )

    @property
    def part_path(self) -> Path:
        """The pieces as far as they have arrived."""
        return directory() / f"{self.pk}.part"

    @property
    def path(self) -> Path:
        """The sealed picture."""
        return directory() / f"{self.pk}.sealed"


def directory() -> Path:
    """Where attachments lie; only the service's own account reads it."""
    found = Path(settings.FILES_ROOT) / "attachments"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
