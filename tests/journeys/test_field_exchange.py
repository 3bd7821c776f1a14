"""An exchange belongs to whoever began it, and only the platform's own word counts (SYN-01).

One phone goes from hand to hand, answers come late, and what lies between phone and platform speaks as well.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.bare import SEALED, VISIT, refusal, settle, sign_in, states, unlock
from tests.journeys.phoning import PASSWORD, Desk, Phone

TOGETHER = """(subjects) => {
    const [first, ...also] = subjects.map((subject) => ({ kind: "amend", subject, title: subject,
        body: { register: "case-goals", id: subject, fields: {} } }));
    return core.queue.enqueue({ ...first, also });
}"""
FULL_AT = """(at) => {
    const add = IDBObjectStore.prototype.add;
    let count = 0;
    IDBObjectStore.prototype.add = function (...given) {
        count += 1;
        if (count === at) throw new DOMException("full", "QuotaExceededError");
        return add.apply(this, given);
    };
    window.room = () => { IDBObjectStore.prototype.add = add; };
}"""


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Patience for what the server sees."""
    ends = time.monotonic() + 20
    while not holds() and time.monotonic() < ends:
        page.wait_for_timeout(50)
    assert holds()


def two_accounts(page: Page) -> None:
    """A colleague and, after them, the worker; both have been here before, the worker is open."""
    sign_in(page, "colleague")
    settle(page)
    page.evaluate("core.session.lock()")
    sign_in(page)
    settle(page)


def handed_over_while_it_speaks(server: Desk, page: Page) -> threading.Event:
    """The answer to the worker is on its way when the colleague unlocks; it arrives once the event is set."""
    server.hold = threading.Event()
    asked = len(server.asked_at)
    page.evaluate("void core.sync.now()")
    until(page, lambda: len(server.asked_at) > asked)
    hold, server.hold = server.hold, None
    page.evaluate("core.session.lock()")
    unlock(page, "colleague")
    return hold


def test_what_comes_for_one_person_does_not_reach_the_next(server: Desk, phone: Phone) -> None:
    page = phone.page
    two_accounts(page)
    page.evaluate("core.session.lock()")
    server.between = "/api/v1/attachments"
    unlock(page, "colleague")
    page.evaluate(VISIT, [7, 1_000, None])
    page.wait_for_function("core.queue.list.value.map((work) => work.state).join() === 'files'")
    page.evaluate("core.session.lock()")
    unlock(page)
    settle(page)
    hold = handed_over_while_it_speaks(server, page)
    server.between = ""
    server.signed.clear()
    hold.set()
    settle(page)
    assert [signed for kind, signed, _device in server.signed if kind == "file"] == [
        "Bearer token of colleague"
    ]
    devices = {(signed, device) for kind, signed, device in server.signed if kind == "sync"}
    assert len(devices) == 1, "one device goes with one token"


def test_work_whose_answer_nobody_waited_for_is_sent_again_and_counts_once(
    server: Desk, phone: Phone
) -> None:
    page = phone.page
    two_accounts(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 0, None])
    phone.context.set_offline(False)
    server.feeds = {"residents": [{"id": "r1", "name": "王桂英", "pinyin": "wgy"}]}
    hold = handed_over_while_it_speaks(server, page)
    server.feeds = {}
    hold.set()
    settle(page)
    assert states(page) == []
    assert page.evaluate("core.store.residents.value.length") == 0
    page.evaluate("core.session.lock()")
    unlock(page)
    settle(page)
    assert states(page) == ["done"]
    assert server.subjects == ["subject-1"]


def test_an_order_that_comes_late_wipes_the_lost_account_and_leaves_who_is_open(
    server: Desk, phone: Phone
) -> None:
    page = phone.page
    two_accounts(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 0, None])
    phone.context.set_offline(False)
    server.order = "wipe"
    hold = handed_over_while_it_speaks(server, page)
    server.order = ""
    page.evaluate(VISIT, [2, 0, None])
    hold.set()
    settle(page)
    assert page.evaluate("[core.session.stage.value, core.session.current.value]") == ["open", "colleague"]
    assert states(page) == ["done"]
    assert "subject-1" not in page.evaluate(SEALED)
    page.evaluate("core.session.lock()")
    page.wait_for_function("core.session.people.value.join() === 'colleague'")


def test_what_somebody_in_between_says_is_nobodys_fault(server: Desk, phone: Phone) -> None:
    """A hot-spot's page about signing in to it refuses no work, and tries again."""
    page = phone.page
    sign_in(page)
    settle(page)
    server.between = "/api/v1/sync"
    page.evaluate(VISIT, [1, 0, None])
    page.wait_for_function("core.network.mood.value === 'troubled'")
    assert states(page) == ["queued"]
    assert page.evaluate("core.network.trouble.value") == "网络中间有设备拦下了（404），会自动再试"
    server.between = ""
    settle(page)
    assert states(page) == ["done"]


def test_nothing_is_given_up_while_nobody_can_say_whether_the_password_is_right(
    server: Desk, phone: Phone
) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 0, None])
    page.evaluate("core.session.lock()")
    phone.context.set_offline(False)
    server.between = "/api/v1/"
    giving_up = "() => core.session.signIn('worker', 'whatever it is', { giveUp: true })"
    assert refusal(page, giving_up)[0] == "offline"
    server.between = ""
    unlock(page)
    settle(page)
    assert server.subjects == ["subject-1"]


def test_a_server_out_of_order_does_not_lock_out_whoever_knows_the_password(
    server: Desk, phone: Phone
) -> None:
    page = phone.page
    sign_in(page)
    page.evaluate("core.session.lock()")
    server.between = "/api/v1/tokens"
    page.evaluate("(word) => core.session.signIn('worker', word)", PASSWORD)
    assert page.evaluate("core.session.stage.value") == "open"


def test_what_follows_from_one_act_is_saved_with_it_or_not_at_all(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    settle(page)
    page.evaluate(FULL_AT, 2)
    assert refusal(page, TOGETHER, ["a", "b", "c"])[0] == "full"
    page.evaluate("room()")
    page.evaluate("core.session.lock()")
    unlock(page)
    assert states(page) == []
    page.evaluate(TOGETHER, ["a", "a", "b"])
    settle(page)
    assert server.subjects == ["a", "a", "b"]
    first, second, third = server.commands.values()
    assert [first["after"], second["after"], third["after"]] == [None, first["id"], None]


def test_a_photo_that_may_not_be_sent_does_not_hold_up_the_others(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    server.forbidden = {1}
    for index in (1, 2):
        page.evaluate(VISIT, [index, 1_000, None])
    page.wait_for_function("core.queue.list.value.map((work) => work.state).join() === 'done,files'")
    assert [each[0] for each in server.files.values()] == [2]
    server.forbidden = set()
    settle(page)
    assert states(page) == ["done", "done"]


def test_work_does_not_wait_for_what_will_never_arrive(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    for title in ("bad", "good"):
        page.evaluate(
            "(title) => core.queue.enqueue({ kind: 'amend', subject: 's', title,"
            " body: { register: 'residents', id: 's', fields: { note: { was: '', is: title } } } })",
            title,
        )
    server.unreadable = '"bad"'
    phone.context.set_offline(False)
    page.wait_for_function("core.queue.open.value === 0")
    assert states(page) == ["done", "refused"]


def test_new_work_goes_before_the_rest_of_a_large_photo(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    settle(page)
    page.evaluate(VISIT, [1, 1_500_000, None])
    until(page, lambda: any(server.files.values()))
    page.evaluate(VISIT, [2, 0, None])
    until(page, lambda: "subject-2" in server.subjects)
    assert len(next(iter(server.files.values()))) < 1_500_000
    settle(page)
    assert len(next(iter(server.files.values()))) == 1_500_000


def test_a_second_tab_does_not_wait_minutes_for_the_first(server: Desk, phone: Phone) -> None:
    first = phone.page
    sign_in(first)
    settle(first)
    second = phone.look(phone.context.new_page())
    unlock(second)
    settle(second)
    server.hold = hold = threading.Event()
    asked = len(server.asked_at)
    first.evaluate("void core.sync.now()")
    until(first, lambda: len(server.asked_at) > asked)
    server.hold = None
    second.evaluate("void core.sync.now()")
    second.evaluate(VISIT, [1, 0, None])
    hold.set()
    second.wait_for_function("core.queue.open.value === 0", timeout=15_000)
    assert server.subjects == ["subject-1"]
