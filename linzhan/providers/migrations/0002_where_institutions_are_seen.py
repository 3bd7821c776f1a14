"""Every institution is present where it is registered; and which codes are known, whoever sees them.

The first lets a reader find institutions through places alone, by an index. The second gives the
register its own answer to an institution that is registered elsewhere already: an id and nothing more.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CREATE = """
CREATE FUNCTION linzhan_present_at_home() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO providers_providerpresence (id, provider_id, region_code)
    VALUES (gen_random_uuid(), NEW.id, NEW.region_code) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER present_at_home AFTER INSERT OR UPDATE OF region_code ON providers_provider
FOR EACH ROW EXECUTE FUNCTION linzhan_present_at_home();
CREATE FUNCTION linzhan_provider_ids(wanted text[]) RETURNS TABLE (uscc varchar, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.uscc, p.id FROM providers_provider p WHERE p.uscc = ANY(wanted)
$$;
"""
DROP = """
DROP FUNCTION linzhan_provider_ids(text[]);
DROP TRIGGER present_at_home ON providers_provider;
DROP FUNCTION linzhan_present_at_home();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("providers", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP)]
