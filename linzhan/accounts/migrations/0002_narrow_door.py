"""What signing in may ask before there is a scope: one account, its appointments, one token."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CREATE = """
CREATE FUNCTION linzhan_account(wanted_id uuid, wanted_name text) RETURNS SETOF accounts_user
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT * FROM accounts_user WHERE is_active AND (id = wanted_id OR username = wanted_name)
$$;
CREATE FUNCTION linzhan_appointments(of_user uuid, on_day date) RETURNS SETOF accounts_appointment
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT * FROM accounts_appointment
    WHERE user_id = of_user AND (valid_from IS NULL OR valid_from <= on_day)
        AND (valid_to IS NULL OR on_day < valid_to)
    ORDER BY id
$$;
CREATE FUNCTION linzhan_token(wanted text) RETURNS TABLE (user_id uuid, appointment_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT user_id, appointment_id FROM accounts_token WHERE digest = wanted AND now() < expires_at
$$;
CREATE FUNCTION linzhan_has_accounts() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_user)
$$;
"""
DROP = """
DROP FUNCTION linzhan_account(uuid, text);
DROP FUNCTION linzhan_appointments(uuid, date);
DROP FUNCTION linzhan_token(text);
DROP FUNCTION linzhan_has_accounts();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP)]
