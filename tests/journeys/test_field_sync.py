"""A phone and the platform itself: what was recorded without a signal arrives once, in order, with its photos."""

from __future__ import annotations

import base64
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from linzhan.accounts.api import Role, User
from linzhan.casework.api import ServiceRecord
from linzhan.casework.visits.models import VisitDetail
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.devices import report_lost
from linzhan.kernel.sync.models import Device, SyncConflict
from linzhan.quality.api import RoundEvaluator
from tests.factories.quality import evaluation_round, evaluator, stepped
from tests.journeys import instances
from tests.journeys.conftest import ARGUMENTS
from tests.journeys.phoning import PIN, Line, Phone, hear_again, measured, reached, unheard

WORKER = "wangwen"
THUMBED = 6  # visits through the form
VISIT = """async ([index, resident, photo]) => {
    const id = core.uuid7();
    const rows = [{ register: "service-records", id, values: {
        method: "探访", started_at: core.clock.iso(new Date(Date.now() - 1800000)), ended_at: core.clock.iso(),
        residents: [resident], outcome: "见到本人", content: `手机探访 ${index}` } }];
    const { blob } = await core.photo.shrink(await (await fetch(photo)).blob());
    await core.queue.enqueue({ kind: "save", subject: id, title: `探访 ${index}`, body: { rows },
        attachments: [{ kind: "photo", of: "service-records", row: id, name: "照片.jpg", blob }] });
}"""


@pytest.fixture(scope="module")
def residents(people: instances.People) -> list[str]:
    """The caseload of a worker of the station, who gets an account."""
    with opened(EVERYTHING, instances.MAKER):
        station = REGISTERS["stations"].model._default_manager.get(pk=people.station)
        worker = REGISTERS["workers"].model._default_manager.filter(station_id=people.station).first()
        people.add(
            WORKER, Role.STATION_WORKER, station.region_code, station_id=people.station, person_id=worker.pk
        )
        rows = REGISTERS["residents"].model._default_manager.filter(station_id=people.station, status="在册")
        rows.filter(pk__in=list(rows.order_by("pk").values_list("pk", flat=True)[:THUMBED])).update(
            worker_id=worker.pk
        )
        return [str(each) for each in rows.filter(worker_id=worker.pk).values_list("pk", flat=True)]


@pytest.fixture
def line(people: instances.People, script: bytes) -> Line:
    return Line(get_wsgi_application(), script)


@pytest.fixture
def phone(browser: Browser, line: Line, residents: list[str], tmp_path: Path) -> Iterator[Phone]:
    with reached(line) as address:
        urlopen(f"{address}/field/").close()  # noqa: S310 -- ours; the first request imports every page
        made = Phone(browser, tmp_path / "storage", address, ARGUMENTS)
        made.path = "/field/bare/"
        made.switch_on()
        yield made
        made.switch_off()
    assert made.troubles == []


@pytest.fixture(scope="module")
def photo() -> str:
    """What a phone's camera makes: large, and with the place in it."""
    picture = Image.linear_gradient("L").resize((2400, 1800)).convert("RGB")
    picture.paste(Image.effect_noise((700, 500), 50).convert("RGB"), (300, 300))
    exif = Image.Exif()
    exif[0x010F] = "PLACE-OF-THE-PHOTO"
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, "JPEG", exif=exif, quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(kept.getvalue()).decode()


def sign_in(page: Page) -> None:
    page.evaluate("([name, word]) => core.session.signIn(name, word)", [WORKER, instances.PASSWORD])
    page.evaluate("(pin) => core.session.setPin(pin)", PIN)


def unlock(page: Page) -> None:
    page.wait_for_function("core.session.stage.value === 'locked'")
    page.evaluate("([name, pin]) => core.session.unlock(name, pin)", [WORKER, PIN])


def arrived(mark: str = "手机探访") -> list[str]:
    """What the records of the platform say, in the order of their arrival."""
    with opened(EVERYTHING):
        rows = ServiceRecord.objects.filter(content__startswith=mark)
        contents = {str(key): text for key, text in rows.values_list("pk", "content")}
        written = AuditEntry.objects.filter(table_name=ServiceRecord._meta.db_table, row_id__in=contents)
        return [contents[each] for each in written.order_by("id").values_list("row_id", flat=True)]


def empty(page: Page, patience: float = 100) -> None:
    """Until everything has gone."""
    until = time.monotonic() + patience
    while page.evaluate("core.queue.open.value") and time.monotonic() < until:
        page.evaluate("core.sync.now()")
    told: list[Any] = page.evaluate("core.queue.list.value.map(({ state, reason }) => [state, reason])")
    assert {state for state, _reason in told} == {"done"}, told


def test_a_week_without_a_signal_arrives_once_in_order_and_within_five_seconds(
    phone: Phone, residents: list[str], photo: str
) -> None:
    page = phone.page
    sign_in(page)
    phone.context.set_offline(True)
    for index in range(15):
        page.evaluate(VISIT, [index, residents[index % len(residents)], photo])
    phone.switch_off()
    page = phone.switch_on()
    phone.context.set_offline(True)
    unlock(page)
    for index in range(15, 29):
        page.evaluate(VISIT, [index, residents[index % len(residents)], photo])
    page.evaluate(f"(given) => {{ void ({VISIT})(given); }}", [29, residents[0], photo])
    page.wait_for_function("core.queue.open.value === 30")
    page.close()
    phone.context.set_offline(False)
    page = phone.look(phone.context.new_page())
    unlock(page)
    began = time.monotonic()
    wanted = [f"手机探访 {index}" for index in range(30)]

    def here() -> list[str]:
        return [each for each in arrived() if each in wanted]

    while len(here()) < 30 and time.monotonic() - began < 30:
        page.wait_for_timeout(100)
    seen = time.monotonic() - began
    assert here() == wanted
    measured(seen=seen)
    empty(page)
    with opened(EVERYTHING):
        ours = ServiceRecord.objects.filter(content__in=wanted).values("pk")
        files = list(Attachment.objects.filter(completed_at__isnull=False, row_id__in=ours))
    assert len(files) == 30
    assert all(each.size <= 300 * 1024 for each in files)
    assert seen < 5


def test_every_third_request_lost_and_still_each_once(
    phone: Phone, line: Line, residents: list[str], photo: str
) -> None:
    page = phone.page
    sign_in(page)
    before = len(arrived())
    phone.context.set_offline(True)
    for index in range(100, 106):
        page.evaluate(VISIT, [index, residents[index % len(residents)], photo])
    line.drop = 3
    phone.context.set_offline(False)
    empty(page)
    assert arrived()[before:] == [f"手机探访 {index}" for index in range(100, 106)]


def test_a_phone_reported_lost_is_empty_after_its_next_contact(phone: Phone, residents: list[str]) -> None:
    page = phone.page
    sign_in(page)
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.sync.lastAt.value !== ''")
    with opened(EVERYTHING, instances.MAKER):
        for device in Device.objects.all():
            report_lost(device, UUID(int=0))
    page.evaluate("core.sync.now()")
    page.wait_for_function("core.session.stage.value === 'signed-out'")
    assert page.evaluate("core.session.people.value") == []


def visit_by_thumb(page: Page, resident: str, picture: Path) -> None:
    """A visit through the form: who and where are there already."""
    page.evaluate("(id) => { location.hash = `#/form/visit?resident=${id}` }", resident)
    form = page.locator("form.form")
    form.locator('[data-field="outcome"] [data-code="见到本人"]').click()
    form.get_by_role("button", name="都正常").click()
    form.locator('[data-field="when-minutes"] [data-code="20"]').click()
    form.locator('[data-field="item"] button').first.click()
    form.get_by_role("button", name=re.compile("^更多")).click()
    asked = form.get_by_role("switch", name=re.compile("已说明用途"))
    kept_away = form.get_by_role("button", name="确有必要，仍要拍")
    expect(asked.or_(kept_away)).to_be_visible()
    if kept_away.count():  # some people are not photographed without a reason
        kept_away.click()
    asked.click()
    form.locator('input[type="file"]').set_input_files(picture)
    form.get_by_role("button", name="删掉第 1 张照片").wait_for()
    form.get_by_role("button", name="完成").click()
    form.wait_for(state="detached")  # saved: the form goes back by itself
    expect(page.locator(".saying")).to_contain_text("已保存")


def at_the_door(phone: Phone, username: str) -> Page:
    """The app itself, signed in to for the first time."""
    phone.path = "/field/"
    page = phone.look(phone.page)
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(instances.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("6 位数字").fill(PIN)
    page.get_by_label("再输一次").fill(PIN)
    page.get_by_role("button", name="设好").click()
    expect(page.get_by_text("在线 · 全部已传")).to_be_visible()
    return page


def test_visits_through_the_form_without_a_signal_reach_the_office(
    phone: Phone, residents: list[str], tmp_path: Path
) -> None:
    picture = tmp_path / "photo.jpg"
    Image.linear_gradient("L").resize((1200, 900)).convert("RGB").save(picture)
    page = at_the_door(phone, WORKER)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    with opened(EVERYTHING):
        before = ServiceRecord.objects.count()
    phone.context.set_offline(True)
    page.reload()
    page.get_by_label("PIN").fill(PIN)
    for resident in residents[:THUMBED]:
        visit_by_thumb(page, resident, picture)
    expect(page.get_by_text(unheard(f"{THUMBED} 条待传"))).to_be_visible()
    hear_again(page)
    expect(page.get_by_text(f"{THUMBED} 条待传")).to_be_hidden()
    page.evaluate("location.hash = '#/records'")
    expect(page.locator("main h1")).to_have_text("记录")
    assert "没有收下" not in page.locator("body").inner_text(), page.locator("body").inner_text()
    with opened(EVERYTHING):
        assert ServiceRecord.objects.count() == before + THUMBED
        assert VisitDetail.objects.count() == THUMBED


AMEND = """([id, was, is, column]) => core.queue.enqueue({ kind: "amend", subject: id, title: "更正",
    body: { register: "residents", id, fields: { [column]: { was, is } } } })"""


def test_two_phones_change_one_resident_and_nothing_is_overwritten_in_silence(
    browser: Browser, line: Line, phone: Phone, residents: list[str], tmp_path: Path
) -> None:
    who = residents[0]
    with opened(EVERYTHING, instances.MAKER):
        rows = REGISTERS["residents"].model._default_manager.filter(pk=who)
        rows.update(household="甲户")
    other = Phone(browser, tmp_path / "another", phone.address, ARGUMENTS)
    other.path = phone.path
    other.switch_on()
    for each in (phone, other):
        sign_in(each.page)
        each.context.set_offline(True)
    phone.page.evaluate(AMEND, [who, "甲户", "乙户", "household"])
    other.page.evaluate(AMEND, [who, "甲户", "丙户", "household"])
    for each in (phone, other):
        each.context.set_offline(False)
        each.page.evaluate("core.sync.now()")
        each.page.wait_for_function("core.queue.open.value === 0")
    told = other.page.evaluate(
        "core.queue.list.value.map(({ state, clashes, advice }) => [state, clashes, advice])"
    )
    other.switch_off()
    ((state, (clash,), advice),) = told
    assert (state, clash["theirs"], clash["mine"]) == ("conflict", "乙户", "丙户")
    assert "选定" in advice
    with opened(EVERYTHING):
        assert rows.get().household == "乙户"
        assert SyncConflict.objects.filter(row_id=who, made_at__isnull=False).count() == 1


def test_two_lines_scored_without_a_signal_stand_at_the_desk(phone: Phone) -> None:
    """EVL-11: an evaluator with a tablet; in the village there is no network, the desk has it all the same."""
    with opened(EVERYTHING, instances.MAKER):
        held = evaluation_round(scheme="county-100@1", draw_number="2")
        for name in ("draw", "notify", "collect"):
            stepped(held, name)
        for number, side in enumerate(("第三方", "第三方", "第三方", "购买方", "监督方")):
            evaluator(held, f"评{number}", side, username="" if number else "evaluator")
        stepped(held, "lock")
        seat = RoundEvaluator.objects.get(round=held, username="evaluator")
    phone.page.set_viewport_size({"width": 1024, "height": 768})
    page = at_the_door(phone, "evaluator")
    expect(page.locator(".tabs")).to_have_text(re.compile(r"^\s*评分\s*记录\s*我的\s*$"))
    page.locator("[data-seat]").click()
    expect(page.locator("[data-subject]")).to_have_count(2)
    phone.context.set_offline(True)
    subject = page.locator("[data-subject]").first.get_attribute("data-subject")
    page.locator("[data-subject]").first.click()
    for line, answer in (("F1", "独立核算、专账管理"), ("R2", "4")):
        page.locator(f'[data-line="{line}"]').click()
        form = page.locator("form.judging", has_text=line)
        form.locator(f'[data-code="{answer}"]').click()
        form.locator("textarea").fill(f"在村里看了 {line} 的账和档案")
        form.get_by_role("button", name="保存，评下一项").click()
        expect(page.locator(f'[data-line="{line}"] .mark')).to_have_text("未传")
    expect(page.get_by_text("离线 · 2 条待传")).to_be_visible()
    phone.context.set_offline(False)
    expect(page.get_by_text("在线 · 全部已传")).to_be_visible()
    expect(page.locator('[data-line="R2"] .mark')).to_have_text("已传")
    desk = Client()
    with opened(EVERYTHING, instances.MAKER):
        desk.force_login(
            User.objects.get(username="evaluator"), backend="linzhan.accounts.backends.AccountBackend"
        )
    shown = desk.get(f"/evaluation/seats/{seat.pk}/{subject}/").content.decode()
    assert "在村里看了 F1 的账和档案" in shown
    assert "在村里看了 R2 的账和档案" in shown
