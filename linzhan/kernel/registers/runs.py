"""One person's import of one workbook, step by step, so that each step can be left and resumed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from linzhan.kernel.rows import PlacedRow, marks


class Stage(models.TextChoices):
    RECOGNISED = "recognised", "已识别"
    CHECKING = "checking", "核对中"
    CHECKED = "checked", "已核对"
    IMPORTING = "importing", "导入中"
    DONE = "done", "已导入"


class ImportRun(PlacedRow):
    """导入记录: the file as uploaded, what was recognised in it, what checking and importing came to.

    ``recognised`` lists its tabs; ``checked`` and ``imported`` are the documents of ``linzhan import
    --json`` with a bounded number of errors, keys masked. Jobs are named by plain id.
    """

    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "ordered_by"
    levels = marks(
        L2="id region_code ordered_by created_at file_name size stage check_job import_job",
        L4="recognised checked imported",
    )

    ordered_by = models.UUIDField("提交人")
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.TextField("文件名")
    size = models.BigIntegerField("文件大小")
    stage = models.TextField("进度", choices=Stage.choices, default=Stage.RECOGNISED)
    recognised = models.JSONField("识别结果")
    checked = models.JSONField("核对结果", null=True)
    imported = models.JSONField("导入结果", null=True)
    check_job = models.UUIDField("核对任务", null=True)
    import_job = models.UUIDField("导入任务", null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = "导入记录"
        indexes: ClassVar = [models.Index(fields=["ordered_by", "-created_at"], name="imports_of_a_person")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """The uploaded workbook; gone once it was imported."""
        return uploads() / f"{self.pk}.xlsx"

    @property
    def errors_path(self) -> Path:
        """The rejected rows as a workbook."""
        return uploads() / f"{self.pk}-errors.xlsx"


def uploads() -> Path:
    """Where uploaded workbooks lie; only the service's own account reads it."""
    directory = Path(settings.FILES_ROOT) / "imports"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory
