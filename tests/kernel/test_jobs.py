"""Jobs: ordered with their cause, run as who ordered them, tried again, visible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from linzhan.kernel.jobs import running, tasks
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import JobFault, Progress, job, order, run_now
from linzhan.kernel.registers.confiding import reading_with, rights_at_hand
from linzhan.kernel.scope import Actor, Scope, current_actor, current_scope, opened, unscoped

HECHENG = "431202000000"
LI = Actor(id="01890000-0000-7000-8000-000000000001", label="李科长", origin="网页")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kinds() -> Iterator[None]:
    before = dict(running.KINDS._entries)
    yield
    running.KINDS._entries.clear()
    running.KINDS._entries.update(before)


def ordered(kind: str, payload: Mapping[str, Any] | None = None) -> Job:
    with opened(Scope(regions=(HECHENG,), people=(LI.id,)), LI):
        return order(kind, "试一试", payload or {})


def test_a_job_runs_in_the_scope_and_name_of_who_ordered_it(kinds: None) -> None:
    @job("tell")
    def tell(payload: Mapping[str, Any], progress: Progress) -> Any:
        return [list(current_scope().regions), current_actor().label, payload["n"]]

    done = run_now(ordered("tell", {"n": 3}))
    assert (done.state, done.result) == (JobState.DONE, [[HECHENG], "李科长", 3])


def test_a_job_sees_and_replaces_no_more_than_its_orderer_did(kinds: None) -> None:
    """Its rights and the circles of its scope travel with it; ordered by the machine it is the machine's."""

    @job("tell")
    def tell(payload: Mapping[str, Any], progress: Progress) -> Any:
        rights = rights_at_hand()
        return [None if rights is None else sorted(rights), list(current_scope().circles)]

    circled = Scope(regions=(HECHENG,), people=(LI.id,), circles=("incidents.read",))
    with opened(circled, LI), reading_with(frozenset({"b", "a"})):
        made = order("tell", "试一试", {})
    assert run_now(made).result == [["a", "b"], ["incidents.read"]]
    assert run_now(ordered("tell")).result == [None, []]


def test_an_order_that_is_rolled_back_leaves_no_job(kinds: None) -> None:
    @job("never")
    def never(payload: Mapping[str, Any], progress: Progress) -> Any:
        raise AssertionError("must not run")

    with opened(Scope(regions=(HECHENG,), people=(LI.id,)), LI):
        order("never", "试一试", {})
        transaction.set_rollback(True)
    with transaction.atomic(), unscoped("look"):
        assert not Job.objects.exists()


def test_a_fault_is_told_in_its_own_words_and_not_tried_again(kinds: None) -> None:
    @job("refuse")
    def refuse(payload: Mapping[str, Any], progress: Progress) -> Any:
        raise JobFault("文件已不在，请重新上传")

    done = run_now(ordered("refuse"))
    assert (done.state, done.message) == (JobState.FAILED, "文件已不在，请重新上传")


def test_an_error_undoes_the_work_and_waits_for_another_try(kinds: None) -> None:
    @job("break")
    def break_down(payload: Mapping[str, Any], progress: Progress) -> Any:
        Job.objects.update(title="改过")
        raise ZeroDivisionError

    wanted = ordered("break")
    with pytest.raises(ZeroDivisionError):
        run_now(wanted)
    with transaction.atomic(), unscoped("look"):
        found = Job.objects.get(pk=wanted.pk)
    assert (found.state, found.title, found.attempts) == (JobState.WAITING, "试一试", 1)


def test_progress_is_seen_before_the_work_is_over(kinds: None) -> None:
    seen: list[tuple[int, int, str]] = []

    @job("count")
    def count(payload: Mapping[str, Any], progress: Progress) -> Any:
        progress(40, 100, "正在核对")
        row = Job.objects.get(kind="count")
        seen.append((row.done, row.total, row.message))

    run_now(ordered("count"))
    assert seen == [(40, 100, "正在核对")]


def test_a_finished_job_delivered_twice_runs_once(kinds: None) -> None:
    runs: list[int] = []

    @job("once")
    def once(payload: Mapping[str, Any], progress: Progress) -> Any:
        runs.append(1)

    done = run_now(ordered("once"))
    run_now(done)
    assert runs == [1]


def test_an_unknown_kind_cannot_be_ordered() -> None:
    with pytest.raises(LookupError):
        ordered("no such kind")


def refreshes() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(queueing_lock=tasks.REFRESH))


def nudged() -> None:
    with transaction.atomic():
        tasks.nudge()


@pytest.fixture
def no_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_covered_until", 0.0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = %s", [tasks.REFRESH])


def test_writes_of_one_moment_order_one_refresh_that_begins_after_them(no_refresh: None) -> None:
    for _ in range(3):
        nudged()
    [ordered_once] = refreshes()
    assert ordered_once.scheduled_at is not None
    with CaptureQueriesContext(connection) as asked:
        nudged()
    assert not any("procrastinate" in query["sql"] for query in asked.captured_queries)


def test_a_write_after_its_refresh_was_due_looks_again(
    no_refresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AHEAD", 0)
    nudged()
    with CaptureQueriesContext(connection) as asked:
        nudged()
    assert any("procrastinate_jobs" in query["sql"] for query in asked.captured_queries)
    assert len(refreshes()) == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = %s", [tasks.REFRESH])
    nudged()
    assert len(refreshes()) == 1, "nothing waits any more, so another one is ordered"
