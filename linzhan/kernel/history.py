"""The triggers that keep the history of every row, so that bulk writes and raw SQL cannot slip past (NFR-05).

They fire once a statement. A creation is by far the most frequent and keeps no copy, so its function
reads four columns and builds no document: 5 µs a row of an import instead of 40.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db import models
    from django.db.backends.utils import CursorWrapper

# A table need not have all three place columns: a name that ``new_rows`` lacks means that of ``absent``.
# Every name is qualified, so the function needs no search path of its own, which would cost as much again.
CREATED = """
CREATE OR REPLACE FUNCTION linzhan_audit_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE who pg_catalog.text := pg_catalog.current_setting('linzhan.actor', true);
    label pg_catalog.text := pg_catalog.current_setting('linzhan.actor_label', true);
    origin pg_catalog.text := pg_catalog.current_setting('linzhan.origin', true);
BEGIN
    IF label IS NULL OR label OPERATOR(pg_catalog.=) '' THEN
        label := '系统';
    END IF;
    INSERT INTO public.kernel_auditentry
        (at, actor, actor_label, origin, table_name, row_id, action, region_code, provider_id, station_id)
    SELECT pg_catalog.now(), who, label, origin, TG_TABLE_NAME, added.row_id, 'created',
        added.region_code, added.provider_id, added.station_id
    FROM (SELECT NULL::pg_catalog.text, NULL::pg_catalog.uuid, NULL::pg_catalog.uuid)
        AS absent (region_code, provider_id, station_id)
    CROSS JOIN LATERAL (SELECT id::pg_catalog.text AS row_id, region_code, provider_id, station_id FROM new_rows)
        AS added;
    RETURN NULL;
END $$;
"""
CHANGED_AND_REMOVED = """
CREATE OR REPLACE FUNCTION linzhan_audit_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE who text := current_setting('linzhan.actor', true);
    label text := coalesce(nullif(current_setting('linzhan.actor_label', true), ''), '系统');
    origin text := current_setting('linzhan.origin', true);
BEGIN
    INSERT INTO kernel_auditentry
        (at, actor, actor_label, origin, table_name, row_id, action, before, after,
         region_code, provider_id, station_id)
    SELECT now(), who, label, origin, TG_TABLE_NAME, n ->> TG_ARGV[0], 'changed', diff.before, diff.after,
        n ->> 'region_code', (n ->> 'provider_id')::uuid, (n ->> 'station_id')::uuid
    FROM (SELECT to_jsonb(o) - TG_ARGV[1:] AS o FROM old_rows o) AS was
    JOIN (SELECT to_jsonb(w) - TG_ARGV[1:] AS n FROM new_rows w) AS now_is ON was.o ->> TG_ARGV[0] = now_is.n ->> TG_ARGV[0]
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(e.key, e.value) AS before, jsonb_object_agg(e.key, n -> e.key) AS after
        FROM jsonb_each(o) AS e WHERE n -> e.key IS DISTINCT FROM e.value
    ) AS diff
    WHERE diff.before IS NOT NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION linzhan_audit_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE who text := current_setting('linzhan.actor', true);
    label text := coalesce(nullif(current_setting('linzhan.actor_label', true), ''), '系统');
    origin text := current_setting('linzhan.origin', true);
BEGIN
    INSERT INTO kernel_auditentry
        (at, actor, actor_label, origin, table_name, row_id, action, before, region_code, provider_id, station_id)
    SELECT now(), who, label, origin, TG_TABLE_NAME, j ->> TG_ARGV[0], 'removed', j, j ->> 'region_code',
        (j ->> 'provider_id')::uuid, (j ->> 'station_id')::uuid
    FROM (SELECT to_jsonb(o) - TG_ARGV[1:] AS j FROM old_rows o) AS gone;
    RETURN NULL;
END $$;
"""
FUNCTIONS = CREATED + CHANGED_AND_REMOVED
TRIGGERS = (
    ("insert", "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows"),
    ("update", "AFTER UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    ("delete", "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows"),
)


def watch(cursor: CursorWrapper, model: type[models.Model]) -> None:
    """Put the triggers on the table of ``model``; done again, they are replaced."""
    table = model._meta.db_table
    # The key column, then the columns that history leaves out (a password's hash).
    arguments = [str(model._meta.pk.column), *getattr(model, "history_leaves_out", ())]
    listed = ", ".join(f"'{argument}'" for argument in arguments)
    for verb, when, tables in TRIGGERS:
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER linzhan_audit_{verb} {when} ON "{table}" {tables} '
            f"FOR EACH STATEMENT EXECUTE FUNCTION linzhan_audit_{verb}({listed})"
        )
