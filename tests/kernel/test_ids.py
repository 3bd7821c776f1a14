"""Keys: RFC 9562 version 7, ascending, never twice."""

from __future__ import annotations

import os
import threading
import time
from itertools import pairwise
from uuid import RFC_4122, UUID

import pytest

from linzhan.kernel import ids
from linzhan.kernel.ids import uuid7, uuid7_many


def test_a_key_is_a_version_7_uuid_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    key = uuid7()
    assert (key.version, key.variant) == (7, RFC_4122)
    assert before <= key.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_a_key_is_an_ordinary_uuid() -> None:
    key = uuid7()
    assert UUID(str(key)) == key
    assert hash(UUID(bytes=key.bytes)) == hash(key)


def test_keys_ascend() -> None:
    keys = [uuid7() for _ in range(5_000)] + uuid7_many(5_000) + [uuid7()]
    assert all(a < b for a, b in pairwise(keys))


def test_keys_ascend_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(ids, "time_ns", lambda: 0)
    after = uuid7_many(100)
    assert all(a < b for a, b in pairwise([before, *after]))


def test_a_full_millisecond_runs_over_into_the_next() -> None:
    source = ids._Source()
    full = time.time_ns() // 1_000_000 + 60_000
    source.enter(full)
    source.last = source.limit
    key = UUID(int=source.advance())
    assert key.int >> 80 == full + 1
    assert (key.version, key.variant) == (7, RFC_4122)


def test_threads_never_share_a_key() -> None:
    found: list[list[UUID]] = []

    def work() -> None:
        found.append([uuid7() for _ in range(2_000)])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({key for keys in found for key in keys}) == 16_000


def test_a_forked_child_makes_keys_of_its_own() -> None:
    uuid7_many(10)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(key.bytes for key in uuid7_many(500)))
        os._exit(0)
    ours = {key.bytes for key in uuid7_many(500)}
    os.waitpid(child, 0)
    theirs = os.read(reader, 500 * 16)
    os.close(reader)
    os.close(writer)
    assert len(theirs) == 500 * 16
    assert ours.isdisjoint(theirs[i : i + 16] for i in range(0, len(theirs), 16))
    assert ids._source.steps.itemsize >= 4


def test_many_of_none_is_none() -> None:
    assert uuid7_many(0) == []
