from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workforce", "0002_people_over_their_employment")]

    operations: ClassVar = [
        migrations.RenameField(model_name="allowancebatch", old_name="total", new_name="amount"),
    ]
