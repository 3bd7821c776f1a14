"""The core of the phone app in a real browser, without its screens: nothing lost, nothing twice, nothing legible."""

from __future__ import annotations

import base64
import io
import re
import time

from PIL import Image

from tests.journeys.bare import SEALED, VISIT, refusal, settle, sign_in, states, unlock
from tests.journeys.phoning import PASSWORD, PIN, Desk, Line, Phone, measured


def test_thirty_visits_without_a_network_arrive_once_and_in_order(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    for index in range(15):
        page.evaluate(VISIT, [index, 50_000, None])
    assert page.evaluate("core.network.words.value") == "离线 · 15 条待传"
    phone.switch_off()
    page = phone.switch_on()
    unlock(page)
    phone.context.set_offline(True)
    for index in range(15, 30):
        page.evaluate(VISIT, [index, 50_000, None])
    kept = page.evaluate("core.queue.open.value")
    phone.context.set_offline(False)
    settle(page)
    assert kept >= 15
    assert server.subjects == [f"subject-{index}" for index in range(30)]
    assert server.repeats == 0
    assert sorted(len(each) for each in server.files.values()) == [50_000] * 30
    assert sorted({each[0] for each in server.files.values()}) == list(range(30))
    assert set(states(page)) == {"done"}


def test_a_connection_that_loses_every_third_request_loses_nothing(
    server: Desk, line: Line, phone: Phone
) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    for index in range(12):
        page.evaluate(VISIT, [index % 4, 40_000 if index % 3 == 0 else 0, None])
    line.drop = 3
    phone.context.set_offline(False)
    for _ in range(60):
        page.evaluate("core.sync.now()")
        if page.evaluate("core.queue.open.value") == 0:
            break
    assert server.subjects == [f"subject-{index % 4}" for index in range(12)]
    assert sorted(len(each) for each in server.files.values()) == [40_000] * 4


def test_a_tab_killed_in_the_middle_of_saving_has_saved_all_or_nothing(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    draft = page.evaluate(
        "core.drafts.save({ form: 'visit', subject: 'r', title: '王桂英', content: { note: '说到一半' } })"
    )
    page.evaluate(VISIT, [1, 0, None])
    page.evaluate(f"(given) => {{ void ({VISIT})(given); }}", [2, 200_000, draft])
    page.close()
    page = phone.look(phone.context.new_page()) if phone.context.set_offline(False) is None else page
    unlock(page)
    saved = page.evaluate("core.queue.list.value.map((work) => [work.subject, work.files])")
    drafts = page.evaluate("core.drafts.list.value.map((draft) => draft.content.note)")
    assert (saved, drafts) in (
        ([["subject-2", 1], ["subject-1", 0]], []),
        ([["subject-1", 0]], ["说到一半"]),
    )
    settle(page)
    assert [len(each) for each in server.files.values()] == [200_000] * (len(saved) - 1)


def test_a_busy_platform_is_asked_again_exactly_when_it_said(server: Desk, phone: Phone) -> None:
    """NFR-08: calm words, nothing counted as a failure, and neither a button nor new work comes earlier."""
    page = phone.page
    sign_in(page)
    settle(page)
    phone.context.set_offline(True)
    for index in range(4):
        page.evaluate(VISIT, [index, 0, None])
    server.busy, server.asked_at = [3, 2], []
    phone.context.set_offline(False)
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.network.mood.value === 'busy'")
    assert page.evaluate("core.network.words.value") == "平台正忙 · 4 条待传"
    assert re.fullmatch(
        r"平台正忙，[1234] 秒后自动再传，记录都在手机里", page.evaluate("core.network.trouble.value")
    )
    page.evaluate("core.sync.now()")
    page.evaluate(VISIT, [4, 0, None])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert len(server.asked_at) == 1
    assert states(page) == ["queued"] * 5
    page.wait_for_function("core.queue.open.value === 0", timeout=20_000)
    first, second, third, *_rest = server.asked_at
    assert 2.95 < second - first < 5
    assert 1.95 < third - second < 4
    assert server.subjects == [f"subject-{index}" for index in range(5)]
    assert server.repeats == 0
    assert page.evaluate("[core.network.words.value, core.network.trouble.value]") == ["在线 · 全部已传", ""]


def test_two_tabs_send_nothing_twice(server: Desk, phone: Phone) -> None:
    first = phone.page
    sign_in(first)
    second = phone.look(phone.context.new_page())
    unlock(second)
    for index in range(5):
        (first, second)[index % 2].evaluate(VISIT, [index, 0, None])
    for page in (first, second):
        page.evaluate("void core.sync.now()")
    settle(first)
    settle(second)
    assert server.subjects == [f"subject-{index}" for index in range(5)]
    assert server.repeats == 0


def test_what_can_never_succeed_is_set_aside_with_its_reason(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    server.answers["subject-1"] = {"state": "refused", "detail": "这位服务对象已迁出"}
    for index in range(3):
        page.evaluate(VISIT, [index, 1_000, None])
    settle(page)
    told = page.evaluate("core.queue.list.value.map(({ state, reason }) => [state, reason])")
    assert told == [["done", ""], ["refused", "这位服务对象已迁出"], ["done", ""]]
    assert len(server.files) == 2
    identity = page.evaluate("core.queue.list.value[1].id")
    page.evaluate("(id) => core.queue.discard(id)", identity)
    assert states(page) == ["done", "done"]


def test_what_waits_for_another_is_sent_again_after_it(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    first = page.evaluate(VISIT, [1, 0, None])
    page.evaluate(VISIT, [1, 0, None])
    page.evaluate("(id) => core.queue.setAside(id)", first)
    phone.context.set_offline(False)
    settle(page)
    assert states(page) == ["done", "aside"]
    page.evaluate("(id) => core.queue.retry(id)", first)
    settle(page)
    assert len(server.commands) == 2


def test_nothing_on_the_phone_is_legible(server: Desk, phone: Phone) -> None:
    server.feeds = {
        "residents": [{"id": "r1", "name": "王桂英", "pinyin": "wgy wangguiying", "phone": "13900001234"}]
    }
    page = phone.page
    sign_in(page)
    settle(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 10_000, None])
    page.evaluate("core.drafts.save({ form: 'visit', subject: 'r1', title: '王桂英', content: '跌倒' })")
    held = page.evaluate(SEALED)
    assert "subject-1" in held
    for secret in ("王桂英", "wgy", "13900001234", "老人身体好", "跌倒", "照片", PASSWORD, PIN):
        assert secret not in held


def test_too_many_wrong_pins_ask_for_the_password_and_lose_nothing(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 0, None])
    page.evaluate("core.session.lock()")
    unlocking = "(pin) => core.session.unlock('worker', pin)"
    kinds = [refusal(page, unlocking, "999999")[0] for _ in range(5)]
    assert kinds == ["wrong"] * 4 + ["password"]
    assert refusal(page, unlocking, PIN)[0] == "password"
    assert refusal(page, "() => core.session.signIn('worker', 'something else')")[0] == "wrong"
    sign_in(page)
    assert page.evaluate("core.queue.open.value") == 1
    phone.context.set_offline(False)
    settle(page)
    assert server.subjects == ["subject-1"]


def test_a_password_changed_elsewhere_opens_the_phone_with_the_pin(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 0, None])
    page.evaluate("core.session.lock()")
    server.passwords["worker"] = "Another-2021"
    phone.context.set_offline(False)
    signing = "(earlier) => core.session.signIn('worker', 'Another-2021', earlier)"
    assert refusal(page, signing, {})[0] == "earlier"
    page.evaluate(signing, {"pin": PIN})
    settle(page)
    assert server.subjects == ["subject-1"]


def test_signing_out_says_what_is_unsent_and_then_leaves_nothing(server: Desk, phone: Phone) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 10_000, None])
    assert refusal(page, "() => core.session.signOut()") == (
        "unsent",
        "还有 1 条没有传完、0 份草稿；退出会把它们从这部手机上删掉",
    )
    page.evaluate("core.session.signOut({ evenUnsent: true })")
    assert page.evaluate("core.session.stage.value") == "signed-out"
    assert "subject-1" not in page.evaluate(SEALED)


def test_an_order_for_a_lost_phone_wipes_this_account_and_no_other(server: Desk, phone: Phone) -> None:
    server.feeds = {"residents": [{"id": "r1", "name": "王桂英", "pinyin": "wgy"}]}
    page = phone.page
    sign_in(page, "colleague")
    settle(page)
    page.evaluate("core.session.lock()")
    sign_in(page)
    settle(page)
    server.order = "wipe"
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.session.stage.value === 'locked'")
    assert page.evaluate("core.session.people.value") == ["colleague"]
    server.order = ""
    unlock(page, "colleague")
    assert page.evaluate("core.store.residents.value.length") == 1


def test_a_locked_phone_that_was_reported_lost_wipes_itself_when_it_is_next_on_air(
    server: Desk, phone: Phone
) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    page.evaluate(VISIT, [1, 10_000, None])
    page.evaluate("core.session.lock()")
    server.order = "wipe"
    phone.context.set_offline(False)
    page.wait_for_function("core.session.stage.value === 'signed-out'")
    assert "subject-1" not in page.evaluate(SEALED)


def test_the_app_locks_after_the_minutes_that_the_place_decides(server: Desk, phone: Phone) -> None:
    server.feeds = {"me": [{"id": "m", "parameters": {"idle_minutes": 0.01}}]}
    page = phone.page
    sign_in(page)
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.session.stage.value === 'locked'")
    assert page.evaluate("core.store.me.value") is None


def test_a_photo_is_made_small_and_tells_neither_place_nor_maker(phone: Phone) -> None:
    picture = Image.effect_noise((1500, 1100), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "MAKER-OF-THE-PHONE", 6  # and lying on its side
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=exif, quality=95)
    shrunk = phone.page.evaluate(
        """async (given) => {
            const file = new Blob([Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
            const { blob } = await core.photo.shrink(file);
            return Array.from(new Uint8Array(await blob.arrayBuffer()));
        }""",
        base64.b64encode(kept.getvalue()).decode(),
    )
    assert len(kept.getvalue()) > 300 * 1024 >= len(shrunk)
    assert b"MAKER" not in bytes(shrunk)
    made = Image.open(io.BytesIO(bytes(shrunk)))
    assert not made.getexif()
    assert made.height > made.width


def test_five_thousand_residents_open_and_are_found_at_once(server: Desk, phone: Phone) -> None:
    server.feeds = {
        "residents": [
            {"id": f"r{index}", "code": f"FW{index:05}", "name": f"王{chr(0x4E00 + index)}", "pinyin": f"w{index} wang{index}",
             "categories": ["A01"], "risk": "一般", "address": "湖南省怀化市鹤城区某乡某村某组", "status": "在册"}
            for index in range(5_000)
        ]
    }  # fmt: skip
    page = phone.page
    sign_in(page)
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.store.residents.value.length === 5000")
    page.evaluate("core.session.lock()")
    began = time.monotonic()
    unlock(page)
    opened = time.monotonic() - began
    found = page.evaluate(
        "() => { const began = performance.now(); const found = core.store.search('w4321'); const again = performance.now();"
        " core.store.search('wang49'); return [found[0].id, again - began, performance.now() - again]; }"
    )
    measured(open=opened, first_search_ms=found[1], later_search_ms=found[2])
    assert found[0] == "r4321"
    assert found[2] < 50
    assert opened < 10
