"""The suite's own ground: the database the tests stand on is the one the application has."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, connections


@pytest.mark.django_db
def test_tests_run_as_the_application_role_and_not_as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("linzhan_app", False, False, False)


@pytest.mark.django_db
def test_no_table_belongs_to_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'linzhan_owner'"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_application_role_cannot_change_a_table() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="must be owner"):
        cursor.execute("ALTER TABLE django_session ADD COLUMN x int")


@pytest.mark.django_db
def test_both_aliases_point_at_the_same_database() -> None:
    assert connections["owner"].settings_dict["NAME"] == connections["default"].settings_dict["NAME"]
    assert connections["owner"].settings_dict["USER"] == "linzhan_owner"


@pytest.mark.django_db
def test_a_session_speaks_local_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        assert cursor.fetchone() == ("Asia/Shanghai",)


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_transactional_test_writes_is_gone_for_the_next(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('k', 'd', now())")


@pytest.mark.django_db(transaction=True)
def test_what_migrations_wrote_survives_a_transactional_test() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 0 FROM django_migrations")
        assert cursor.fetchone() == (True,)
