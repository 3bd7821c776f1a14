"""The second wall and the history: what PostgreSQL itself guards, made from the model declarations.

After every migration the owner role runs :func:`build`: it lets the application's role use the
tables, turns on row-level security on every scoped table (histories included) with a policy that
reads the transaction's scope, and puts history triggers on every table of ours, so that bulk writes
and raw SQL cannot slip past. Made from declarations and run whole each time: nothing to forget.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connections

from linzhan.kernel import history, places
from linzhan.kernel.registers.pieces import SearchPiece, followers
from linzhan.kernel.scope import ScopedModel, place_columns

if TYPE_CHECKING:
    from django.db import models
    from django.db.backends.utils import CursorWrapper

ROLE = re.compile(r"^[a-z_][a-z0-9_]*$")
REGION = """(
    region_code >= (SELECT current_setting('linzhan.low', true))
    AND region_code < (SELECT current_setting('linzhan.high', true))
) OR (
    (SELECT coalesce(current_setting('linzhan.more', true), '')) <> ''
    AND (SELECT nullif(current_setting('linzhan.more', true), '')::jsonb) ?|
        ARRAY[left(region_code, 2), left(region_code, 4), left(region_code, 6), left(region_code, 9),
              region_code::text]
)"""
# The outer cast, which does nothing, keeps PostgreSQL from reading ANY (SELECT …) as a subquery of rows.
LINE = (
    "{column} = ANY ((SELECT string_to_array(nullif(current_setting('linzhan.{line}', true), ''), ',')"
    "::uuid[])::uuid[])"
)
SETTING = {"provider": "providers", "station": "stations", "person": "people"}
EVERYTHING = "(SELECT coalesce(current_setting('linzhan.everything', true), '') = 'on')"
MACHINE = (
    "(SELECT coalesce(current_setting('linzhan.everything', true), '') = 'on'"
    " AND coalesce(current_setting('linzhan.people', true), '') = '')"
)
CIRCLE = "'{circle}' = ANY ((SELECT string_to_array(current_setting('linzhan.circles', true), ','))::text[])"
RIGHT = re.compile(r"^[a-z_.]+$")
VALUE = re.compile(r"^[A-Z0-9]+$")

# Only an owner may analyse a table, but who fills one knows when it is due (``registers.bulk``).
STATISTICS_FUNCTION = """
CREATE OR REPLACE FUNCTION linzhan_gather_statistics(wanted text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE table_name text;
BEGIN
    FOREACH table_name IN ARRAY wanted LOOP
        EXECUTE format('ANALYZE %I', table_name);
    END LOOP;
END $$;
"""


def policy(model: type[ScopedModel]) -> str:
    """The row-level policy of ``model``: the SQL twin of ``Scope.as_filter``."""
    besides = model.policy_besides()
    own = in_circle(model) if model.circle else own_place(model)
    return " OR ".join([own, *([besides] if besides else [])])


def own_place(model: type[ScopedModel]) -> str:
    """That a row's own place lies in the scope; a view that is widened besides is for reading."""
    columns = place_columns(model)
    lines = [LINE.format(column=column, line=SETTING[line]) for line, column in columns.items()]
    return " OR ".join([EVERYTHING, REGION, *lines])


def above_in_sql() -> str:
    """The SQL twin of ``Scope.above``, for ``region_code``; it reads settings only, so once a query."""
    return f"""region_code::text = ANY (ARRAY(
    SELECT unnest(ARRAY['{places.NATION}', rpad(left(own.code, wide.digits), 12, '0')])
    FROM (SELECT nullif(current_setting('linzhan.low', true), '') AS code
          UNION ALL
          SELECT jsonb_object_keys(nullif(current_setting('linzhan.more', true), '')::jsonb)) AS own,
         unnest(ARRAY[{", ".join(map(str, places.ABOVE))}]) AS wide (digits)
    WHERE own.code IS NOT NULL))"""


def in_circle(model: type[ScopedModel]) -> str:
    """The SQL twin of the narrower audience of ``model`` (``Scope.as_filter``)."""
    person = place_columns(model).get("person")
    mine = [LINE.format(column=person, line=SETTING["person"])] if person else []
    return " OR ".join([MACHINE, *mine, f"(({opened_by_circles(model)}) AND ({own_place(model)}))"])


def opened_by_circles(model: type[ScopedModel]) -> str:
    """That a circle of the reader opens the row; rows of some values may have circles of their own."""
    rest = _held(model.circle)
    if not model.audiences:
        return rest
    column, by_circles = model.audience_column, defaultdict[tuple[str, ...], list[str]](list)
    for value, circles in sorted(model.audiences.items()):
        if not VALUE.match(value):
            raise ValueError(f"unusable value {value!r}")
        by_circles[circles].append(f"'{value}'")
    listed = ", ".join(each for values in by_circles.values() for each in values)
    parts = [f"({column} NOT IN ({listed}) AND {rest})"]
    for circles, values in by_circles.items():
        parts.append(f"({column} IN ({', '.join(values)}) AND ({' OR '.join(map(_held, circles))}))")
    return " OR ".join(parts)


def _held(circle: str) -> str:
    if not RIGHT.match(circle):
        raise ValueError(f"unusable circle {circle!r}")
    return CIRCLE.format(circle=circle)


def own_models() -> list[type[models.Model]]:
    """Every table-backed model of the house."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("linzhan.") and model._meta.managed and not model._meta.proxy
    ]


def audited(model: type[models.Model]) -> bool:
    """Whether the history of ``model`` is kept: all but the machine's own (``history = False``)."""
    return bool(getattr(model, "history", True))


def build(alias: str = "owner") -> None:
    """Grants, policies and history triggers, as the owner; idempotent."""
    role = str(settings.DATABASES["default"]["USER"])
    if not ROLE.match(role):
        raise ValueError(f"unusable role name {role!r}")
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('kernel_auditentry')")
        if cursor.fetchone() == (None,):
            return
        cursor.execute(history.FUNCTIONS)
        cursor.execute(STATISTICS_FUNCTION)
        _grant(cursor, role)
        present = set(connections[alias].introspection.table_names(cursor))
        for model in own_models():
            if model._meta.db_table in present:  # an app's first migration may still be on its way
                _guard(cursor, model, role)
        if SearchPiece._meta.db_table in present:
            for table, triggers in followers().items():
                if table in present:
                    cursor.execute(triggers)


def _let_follow(cursor: CursorWrapper, model: type[models.Model], role: str) -> None:
    """Of rows that are written once the machine may set ``repointed`` columns, when two rows become one."""
    table, columns = model._meta.db_table, getattr(model, "repointed", ())
    cursor.execute(f'DROP POLICY IF EXISTS machine_update ON "{table}"')
    if columns:
        cursor.execute(f'GRANT UPDATE ({", ".join(columns)}) ON "{table}" TO {role}')
        cursor.execute(
            f'CREATE POLICY machine_update ON "{table}" AS RESTRICTIVE FOR UPDATE TO {role} USING ({MACHINE})'
        )


def _grant(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON kernel_auditentry FROM {role}")


def _guard(cursor: CursorWrapper, model: type[models.Model], role: str) -> None:
    table = model._meta.db_table
    if issubclass(model, ScopedModel):
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'DROP POLICY IF EXISTS scope ON "{table}"')
        rule = policy(model)
        wide = model.changed_where_seen or bool(model.circle)
        check = model.policy_for_writing() or (rule if wide else own_place(model))
        cursor.execute(f'CREATE POLICY scope ON "{table}" TO {role} USING ({rule}) WITH CHECK ({check})')
        for verb in ("UPDATE", "DELETE"):
            name = f"own_place_{verb.lower()}"
            cursor.execute(f'DROP POLICY IF EXISTS {name} ON "{table}"')
            if model.policy_besides() and not model.changed_where_seen:
                cursor.execute(
                    f'CREATE POLICY {name} ON "{table}" AS RESTRICTIVE FOR {verb} TO {role} USING ({own_place(model)})'
                )
    if getattr(model, "append_only", False):
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')
        _let_follow(cursor, model, role)
    if audited(model):
        history.watch(cursor, model)
