"""Preparing: every step once, resumed where it stopped, repeated when what it reads has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management.base import CommandError

from linzhan import preparation
from linzhan.kernel.postgres import Layout
from linzhan.kernel.postgres.connection import OWNER, dsn
from linzhan.preparation import DEMO, Step

ONE = Step("one", "第一步", ("check",), ("requirements/core.in",))
TWO = Step("two", "第二步", ("check",), ("requirements/dev.in",))


@pytest.fixture
def owner_dsn(test_server: Layout) -> Iterator[str]:
    """An empty database of its own."""
    name = f"preparation_{os.getpid()}"
    with psycopg.connect(dsn(test_server, OWNER, name="postgres"), autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        session.execute(f"CREATE DATABASE {name}")
        yield dsn(test_server, OWNER, name=name)
        session.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The command lines that were run, in order; two plain steps stand for the real ones."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr("django.core.management.call_command", lambda *command: calls.append(command))
    monkeypatch.setattr("django.core.management.get_commands", lambda: {"check": "", "demo": ""})
    monkeypatch.setattr(preparation, "STEPS", (ONE, TWO))
    return calls


def test_a_step_runs_once(owner_dsn: str, ran: list[tuple[str, ...]]) -> None:
    preparation.prepare(owner_dsn)
    preparation.prepare(owner_dsn)
    assert ran == [("check",), ("check",)]
    assert preparation.is_ready(owner_dsn, demo=False)


def test_an_interrupted_step_is_run_again_and_a_finished_one_is_not(
    owner_dsn: str, ran: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*command: str) -> None:
        ran.append(command)
        if len(ran) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.call_command", fail)
    with pytest.raises(KeyboardInterrupt):
        preparation.prepare(owner_dsn)
    assert preparation.pending(owner_dsn, (ONE, TWO)) == (TWO,)
    preparation.prepare(owner_dsn)
    assert len(ran) == 3


def test_a_step_whose_files_changed_is_run_again(owner_dsn: str, ran: list[tuple[str, ...]]) -> None:
    preparation.prepare(owner_dsn)
    changed = Step(ONE.key, ONE.title, ONE.command, TWO.reads)
    assert preparation.pending(owner_dsn, (changed, TWO)) == (changed,)


@pytest.fixture
def house(owner_dsn: str, ran: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> str:
    """The empty database with accounts in it, into which the demo city brings its own."""

    def load(*command: str) -> None:
        ran.append(command)
        if command == DEMO.command:
            add_account(owner_dsn, demo=True)

    with psycopg.connect(owner_dsn, autocommit=True) as session:
        session.execute("CREATE TABLE accounts_user (is_demo boolean)")
    monkeypatch.setattr("django.core.management.call_command", load)
    return owner_dsn


def add_account(owner_dsn: str, *, demo: bool) -> None:
    with psycopg.connect(owner_dsn, autocommit=True) as session:
        session.execute("INSERT INTO accounts_user VALUES (%s)", [demo])


def test_the_demo_city_goes_into_an_empty_instance_once(house: str, ran: list[tuple[str, ...]]) -> None:
    assert not preparation.is_ready(house, demo=True)
    preparation.prepare(house, demo=True)
    preparation.prepare(house, demo=True)
    assert ran.count(DEMO.command) == 1
    assert preparation.has_demo(house)


def test_the_demo_city_is_not_loaded_beside_real_accounts(house: str, ran: list[tuple[str, ...]]) -> None:
    add_account(house, demo=False)
    preparation.prepare(house, demo=True)
    assert DEMO.command not in ran
    assert not preparation.has_demo(house)
    assert preparation.is_ready(house, demo=True)


def test_a_demo_city_loaded_by_hand_is_known_at_the_next_start(
    house: str, ran: list[tuple[str, ...]]
) -> None:
    preparation.prepare(house)
    add_account(house, demo=True)  # what `linzhan demo` does, without a stamp
    assert preparation.is_ready(house, demo=True)
    assert preparation.has_demo(house)


def interrupt(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin to load the demo city and be stopped: its one transaction leaves nothing."""

    def interrupted(*command: str) -> None:
        if command == DEMO.command:
            raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr("django.core.management.call_command", interrupted)
        with pytest.raises(KeyboardInterrupt):
            preparation.prepare(house, demo=True)


def test_a_demo_city_that_was_interrupted_is_loaded_at_the_next_start(
    house: str, ran: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(house, monkeypatch)
    assert not preparation.has_demo(house)
    preparation.prepare(house, demo=True)
    assert ran == [DEMO.command]
    assert preparation.has_demo(house)


def test_an_instance_taken_over_after_an_interrupted_demo_city_is_left_alone(
    house: str, ran: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(house, monkeypatch)
    add_account(house, demo=False)
    assert preparation.is_ready(house, demo=True)
    preparation.prepare(house, demo=True)
    assert ran == []


def test_an_instance_with_data_starts_without_the_demo_city_and_says_why_once(
    house: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workbook was imported before anybody had an account: `make run` must serve it all the same."""

    def refuse(*command: str) -> None:
        if command == DEMO.command:
            raise CommandError("系统中已有数据（社工站）")

    monkeypatch.setattr("django.core.management.call_command", refuse)
    preparation.prepare(house, demo=True)
    assert "没有装载演示城市：系统中已有数据（社工站）" in capsys.readouterr().err
    assert preparation.is_ready(house, demo=True)
    assert not preparation.has_demo(house)


def test_what_a_step_prints_does_not_reach_standard_output(
    owner_dsn: str,
    ran: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("django.core.management.call_command", lambda *_: sys.stdout.write("geladen"))
    preparation.prepare(owner_dsn)
    said = capfd.readouterr()
    assert said.out == ""
    assert "geladen" in said.err


def test_every_step_names_files_that_exist() -> None:
    for step in preparation.STEPS:
        assert step.inputs() != Step("", "", (), ()).inputs(), step.key
