"""The embedded server: shared, private, and given back whole after the worst (NFR: one command, no loss)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from linzhan.kernel import keys
from linzhan.kernel.postgres import DatabaseUnavailable, Layout, addresses, database, is_running
from linzhan.kernel.postgres.account import account_for, may_walk
from linzhan.kernel.postgres.server import running_pid

CHECKOUT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from linzhan.kernel.postgres import database
with database(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cluster for this module, below a directory that only its owner may enter (as /root is)."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    return home / "linzhan data"


@pytest.fixture
def holder(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that uses the server until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, data], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == b"in\n"
        yield process
        process.stdin.close()


def write(data: Path, word: str) -> None:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        session.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        session.execute("INSERT INTO words VALUES (%s)", [word])


def words(data: Path) -> set[str]:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        return {str(word) for (word,) in session.execute("SELECT word FROM words").fetchall()}


def test_what_was_written_is_there_after_the_server_stopped_and_started_again(data: Path) -> None:
    write(data, "留下")
    assert not is_running(data)
    assert "留下" in words(data)


def test_the_owner_makes_tables_and_is_not_a_superuser(data: Path) -> None:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        rights = session.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert rights == (False, True, False, False)


def test_the_application_role_may_do_nothing_that_was_not_granted(data: Path) -> None:
    with database(data) as connection, psycopg.connect(connection.app_dsn) as session:
        rights = session.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE TABLE mine (x int)")


def test_the_extensions_are_there_and_every_new_database_inherits_them(data: Path) -> None:
    with database(data) as connection:
        with psycopg.connect(connection.owner_dsn, autocommit=True) as session:
            session.execute("DROP DATABASE IF EXISTS child")
            session.execute("CREATE DATABASE child")
        with psycopg.connect(connection.owner_dsn, dbname="child") as session:
            found = session.execute("SELECT extname FROM pg_extension").fetchall()
    assert {("pg_trgm",), ("btree_gist",), ("unaccent",)} <= set(found)


def test_data_pages_carry_checksums_and_text_is_utf8(data: Path) -> None:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        assert session.execute("SHOW data_checksums").fetchone() == ("on",)
        assert session.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_the_server_listens_on_the_loopback_only(data: Path) -> None:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        assert session.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_a_wrong_password_is_refused(data: Path) -> None:
    with database(data) as connection, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(connection.app_dsn, password="linzhan")


def test_the_log_repeats_no_value_of_a_failed_statement(data: Path) -> None:
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        session.execute("CREATE TEMP TABLE people (number text PRIMARY KEY)")
        session.execute("INSERT INTO people VALUES ('990101199001011234')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            session.execute("INSERT INTO people VALUES ('990101199001011234')")
    assert "990101199001011234" not in Layout(data).log.read_text(encoding="utf-8")


def test_the_first_one_out_leaves_the_server_to_the_other(
    data: Path, holder: subprocess.Popen[bytes]
) -> None:
    with database(data):
        pass
    assert is_running(data)


def test_the_last_one_out_stops_the_server(data: Path, holder: subprocess.Popen[bytes]) -> None:
    with database(data):
        assert holder.stdin
        holder.stdin.close()
        assert holder.wait() == 0
        assert is_running(data)
    assert not is_running(data)


def test_a_user_killed_without_warning_does_not_keep_the_server_running(
    data: Path, holder: subprocess.Popen[bytes]
) -> None:
    holder.kill()
    holder.wait()
    assert is_running(data)
    with database(data):
        pass
    assert not is_running(data)


def test_committed_rows_survive_when_everything_is_killed(
    data: Path, holder: subprocess.Popen[bytes]
) -> None:
    write(data, "提交")
    pid = running_pid(Layout(data))
    assert pid
    holder.kill()
    os.kill(pid, signal.SIGKILL)
    while running_pid(Layout(data)):
        os.sched_yield()
    assert "提交" in words(data)
    assert not is_running(data)


def test_a_stale_pid_file_that_names_a_living_stranger_is_not_believed(data: Path) -> None:
    write(data, "陈旧")
    Layout(data).pid_file.write_text(f"{os.getpid()}\n{data}\n0\n1\n\n127.0.0.1\n  1 2\nready\n")
    assert not is_running(data)
    assert "陈旧" in words(data)


def test_an_interrupted_initialisation_is_made_anew(tmp_path: Path) -> None:
    Layout(tmp_path).draft.mkdir()
    (Layout(tmp_path).draft / "half").write_text("written")
    with database(tmp_path) as connection, psycopg.connect(connection.app_dsn) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
    assert not Layout(tmp_path).draft.exists()


def test_a_port_taken_meanwhile_is_replaced(data: Path) -> None:
    import socket

    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        taken = squatter.getsockname()[1]
        Layout(data).port_file.write_text(f"{taken}\n")
        with database(data) as connection:
            assert f":{taken}/" not in connection.owner_dsn
            psycopg.connect(connection.owner_dsn).close()


def test_the_addresses_are_known_without_starting_anything(data: Path) -> None:
    with database(data) as connection:
        assert addresses(data) == connection


def test_an_address_does_not_show_its_password_when_printed(data: Path) -> None:
    assert "linzhan" not in repr(addresses(data)).lower()


def test_keys_are_for_their_owner_only(data: Path) -> None:
    with database(data):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in Layout(data).keys.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(Layout(data).keys.stat().st_mode) == 0o700


def test_the_field_key_exists_before_there_is_data(data: Path) -> None:
    with database(data):
        assert (Layout(data).keys / keys.FIELDS).exists()


def test_a_lost_superuser_password_is_not_replaced_by_a_new_one(data: Path, tmp_path: Path) -> None:
    with pytest.raises(keys.KeyMissing, match="备份"):
        keys.secret(tmp_path, "lost", may_create=False)


def test_a_secret_stays_what_it_was(tmp_path: Path) -> None:
    assert keys.secret(tmp_path, "a") == keys.secret(tmp_path, "a") != keys.secret(tmp_path, "b")


def test_a_cluster_of_another_major_version_is_refused_in_chinese(tmp_path: Path) -> None:
    Layout(tmp_path).cluster.mkdir()
    (Layout(tmp_path).cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseUnavailable, match=r"PostgreSQL 17.*备份"), database(tmp_path):
        pass


def test_a_data_directory_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match="LINZHAN_DATA"), database(tmp_path / "file" / "data"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must give the server to another account")
def test_root_gives_the_server_to_nobody_and_opens_no_directory_for_it(data: Path) -> None:
    with database(data):
        pid = running_pid(Layout(data))
        assert pid
        assert Path(f"/proc/{pid}").stat().st_uid == account_for(Layout(data).cluster).uid != 0
    assert not may_walk(data)
    assert stat.S_IMODE(data.parent.stat().st_mode) == 0o700


def test_a_managed_database_gets_an_application_role_of_its_own(data: Path, tmp_path: Path) -> None:
    from linzhan.kernel.postgres.roles import superuser_dsn

    with database(data):
        administrator = superuser_dsn(Layout(data))
        with psycopg.connect(administrator, autocommit=True) as session:
            session.execute("DROP DATABASE IF EXISTS bureau")
            session.execute("CREATE DATABASE bureau")
            session.execute("ALTER ROLE linzhan_app RENAME TO app_before")
        try:
            address = administrator.replace("/postgres", "/bureau").replace("//bureau:", "//postgres:")
            with database(tmp_path, address) as managed, psycopg.connect(managed.app_dsn) as session:
                assert session.execute("SELECT current_user, current_database()").fetchone() == (
                    "linzhan_app",
                    "bureau",
                )
            assert addresses(tmp_path, address) == managed
        finally:
            with psycopg.connect(administrator, autocommit=True) as session:
                session.execute("DROP ROLE linzhan_app")
                session.execute("ALTER ROLE app_before RENAME TO linzhan_app")
            (Layout(data).run / "postgres.roles").unlink()


def test_an_application_address_with_the_owners_powers_is_refused(data: Path, tmp_path: Path) -> None:
    with (
        database(data) as connection,
        pytest.raises(DatabaseUnavailable, match="权限过大"),
        database(tmp_path, connection.owner_dsn, connection.owner_dsn),
    ):
        pass


def test_a_managed_database_whose_owner_may_not_make_roles_says_what_to_do(
    data: Path, tmp_path: Path
) -> None:
    from linzhan.kernel.postgres.roles import superuser_dsn

    with database(data) as connection:
        with psycopg.connect(superuser_dsn(Layout(data)), autocommit=True) as session:
            session.execute("ALTER ROLE linzhan_app RENAME TO app_before")
        try:
            with (
                pytest.raises(DatabaseUnavailable, match="LINZHAN_APP_DATABASE_URL"),
                database(tmp_path, connection.owner_dsn),
            ):
                pass
        finally:
            with psycopg.connect(superuser_dsn(Layout(data)), autocommit=True) as session:
                session.execute("ALTER ROLE app_before RENAME TO linzhan_app")


def test_a_managed_database_out_of_reach_is_explained_in_chinese(tmp_path: Path) -> None:
    with (
        pytest.raises(DatabaseUnavailable, match="DATABASE_URL"),
        database(tmp_path, "postgresql://a:b@127.0.0.1:1/c"),
    ):
        pass
