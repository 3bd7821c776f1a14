from typing import ClassVar

from django.db import migrations

# A phone reported lost has no token left to ask with; by its exact id it may learn just that.
CREATE = """
CREATE FUNCTION linzhan_device_lost(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM kernel_device WHERE device = wanted AND lost_on IS NOT NULL)
$$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0006_phones_and_attachments")]
    operations: ClassVar = [migrations.RunSQL(CREATE, "DROP FUNCTION linzhan_device_lost(uuid);")]
