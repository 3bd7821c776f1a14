"""Two at once, and a process that dies: all or nothing, and once (design: an import can be run again)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from linzhan.kernel.postgres import Layout
from linzhan.kernel.postgres.roles import superuser_dsn
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.workbook import import_workbook
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.linkage.models import Resource
from tests.factories.places import HECHENG
from tests.kernel.registers.rows import counts, resource, saved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "资源.xlsx"
    rows = [resource(f"R{number:03d}") for number in range(100)]
    write_sheets(path, [(REGISTERS["resources"].sheet, rows)])
    return path


def in_thread(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def imported(book: Path) -> tuple[int, int, int, int]:
    with opened(EVERYTHING):
        [outcome] = import_workbook(book).outcomes
    return counts(outcome)


def waits_for_a_lock() -> bool:
    with psycopg.connect(
        superuser_dsn(Layout(settings.DATA), name=connection.settings_dict["NAME"])
    ) as beside:
        rows = beside.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return rows.fetchone() is not None


def until(happened: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2000):
        if happened():
            return
        pause.wait(0.01)
    raise AssertionError("did not happen")


def test_two_imports_of_one_file_at_once_import_it_once(book: Path) -> None:
    with opened(EVERYTHING):
        first = import_workbook(book)
        thread, answers = in_thread(lambda: imported(book))
        until(waits_for_a_lock)  # the second has met the first one's rows
    thread.join()
    assert counts(first.outcomes[0]) == (100, 0, 0, 0)
    assert answers == [(0, 0, 100, 0)]
    with opened(EVERYTHING):
        assert Resource.objects.count() == 100


def test_the_second_of_two_writers_keeps_what_the_first_has_changed(book: Path) -> None:
    imported(book)
    with opened(EVERYTHING):
        saved("resources", resource("R001", contact="李四"))
        thread, answers = in_thread(_another_column)
        until(waits_for_a_lock)
    thread.join()
    assert answers == [(0, 1, 0, 0)]
    with opened(EVERYTHING):
        found = Resource.objects.get(code="R001")
    assert (found.contact, found.unit) == ("李四", "台")


def test_one_row_that_somebody_else_is_writing_is_found_stored_once_they_have() -> None:
    with opened(EVERYTHING):
        assert counts(saved("resources", resource())) == (1, 0, 0, 0)
        thread, answers = in_thread(_the_same_row)
        until(waits_for_a_lock)
    thread.join()
    assert answers == [(0, 0, 1, 0)]


def _the_same_row() -> tuple[int, int, int, int]:
    with opened(EVERYTHING):
        return counts(saved("resources", resource()))


def _another_column() -> tuple[int, int, int, int]:
    with opened(EVERYTHING):
        return counts(saved("resources", resource("R001", unit="台")))


@pytest.fixture
def fresh_connection() -> Iterator[None]:
    yield
    connection.close()


def test_an_import_that_dies_leaves_nothing_and_can_be_run_again(book: Path, fresh_connection: None) -> None:
    def die(done: int, total: int, message: str) -> None:
        if done:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseError), opened(EVERYTHING):
        import_workbook(book, report=die)
    connection.close()
    with opened(EVERYTHING):
        assert not Resource.objects.exists()
    assert imported(book) == (100, 0, 0, 0)
    assert imported(book) == (0, 0, 100, 0)


def test_a_caller_that_fails_afterwards_takes_the_rows_with_it() -> None:
    with opened(EVERYTHING):
        saved("resources", resource())
        transaction.set_rollback(True)
    with opened(EVERYTHING):
        assert not Resource.objects.filter(region_code=HECHENG).exists()
