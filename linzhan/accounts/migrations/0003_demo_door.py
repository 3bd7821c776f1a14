"""What the sign-in page may know before there is a scope: whether the demo city's accounts are here."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CREATE = """
CREATE FUNCTION linzhan_has_demo() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user WHERE is_demo AND is_active)
$$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_narrow_door")]
    operations: ClassVar = [migrations.RunSQL(CREATE, "DROP FUNCTION linzhan_has_demo();")]
