from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0009_published_figures_stay_as_they_were")]

    operations: ClassVar = [
        migrations.RemoveField("synccommand", "body_sealed"),
        migrations.AddField(
            "attachment", "head", models.CharField("开头摘要", max_length=64, blank=True, default="")
        ),
    ]
