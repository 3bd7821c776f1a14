"""Which institutions have these credit codes, whoever sees them: for the register's own answer to a new one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CREATE = """
CREATE FUNCTION linzhan_provider_ids(wanted text[]) RETURNS TABLE (uscc varchar, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.uscc, p.id FROM providers_provider p WHERE p.uscc = ANY(wanted)
$$;
"""
DROP = "DROP FUNCTION linzhan_provider_ids(text[]);"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("providers", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP)]
