"""Money booked on a project carries the project's institution, which may see it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CARRY = """
UPDATE procurement_fundmovement m SET provider_id = p.provider_id FROM procurement_serviceproject p
WHERE m.project_id = p.id AND m.provider_id IS DISTINCT FROM p.provider_id
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(CARRY, migrations.RunSQL.noop)]
