from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0007_a_lost_phone_asks")]

    operations: ClassVar = [
        migrations.AddField("stepentry", "checks", models.JSONField("核对结果", blank=True, default=list)),
        migrations.AddField(
            "stepentry", "overruled", models.TextField("不顾核对结果的理由", blank=True, default="")
        ),
    ]
