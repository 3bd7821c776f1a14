"""Everything behind the round +, filled in without a signal and found at the desk with what was said (SVC-05…23).

One phone, one worker, one county: every form is tapped through while the network is gone, all of it is sent at
once, and each row is read from the platform's own tables. Then one of them comes back and goes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from linzhan.accounts.api import Role
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.workforce.api import SocialWorker
from tests.factories import activities as making
from tests.factories.cases import case_file, goal
from tests.journeys import instances
from tests.journeys.caseload import MOBILE_390, NO_TELEPHONE, to
from tests.journeys.phoning import PIN, Line, reached
from tests.journeys.thumb import Thumb, chosen

WORKER = "zhaolin"


class Ground:
    """Who and what is there before the worker goes out."""

    def __init__(self, people: instances.People) -> None:
        with opened(EVERYTHING, instances.MAKER):
            self.station: Any = REGISTERS["stations"].model._default_manager.get(pk=people.station)
            self.worker = SocialWorker.objects.filter(station_id=people.station).order_by("pk")[0]
            people.add(
                WORKER, Role.STATION_WORKER, self.station.region_code, station_id=people.station,
                person_id=self.worker.pk,
            )  # fmt: skip
            rows = REGISTERS["residents"].model._default_manager
            mine = rows.filter(station_id=people.station, status="在册").order_by("pk")
            self.residents = [str(each) for each in mine.values_list("pk", flat=True)[:3]]
            rows.filter(pk__in=self.residents).update(worker_id=self.worker.pk, categories=["B01"])
            self.one, self.two, self.three = self.residents
            self.case = case_file(
                self.station, self.worker, UUID(self.one), stage="介入", consented_on="2022-01-05"
            )
            self.goal = goal(self.case)
            self.group = making.group(self.station, stage="进行中")
            for each in self.residents[:2]:
                making.member(self.group, resident=UUID(each))
            self.activity = making.activity(
                self.station, stage="已批准", planned_on=f"{timezone.localdate() + timedelta(days=1)}"
            )


@pytest.fixture(scope="module")
def ground(people: instances.People) -> Ground:
    return Ground(people)


@pytest.fixture
def page(browser: Browser, ground: Ground) -> Iterator[Page]:
    """A signed-in phone at 今日."""
    troubles: list[str] = []
    with reached(Line(get_wsgi_application())) as address, _context(browser) as page:
        urlopen(f"{address}/field/").close()  # noqa: S310 -- ours; the first request imports every page
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if _is_ours(said) else None)
        page.goto(f"{address}/field/")
        page.get_by_label("账号").fill(WORKER)
        page.get_by_label("密码").fill(instances.PASSWORD)
        page.get_by_role("button", name="登录").tap()
        page.get_by_label("6 位数字").fill(PIN)
        page.get_by_label("再输一次").fill(PIN)
        page.get_by_role("button", name="设好").tap()
        expect(page.get_by_text("在线 · 全部已传")).to_be_visible()
        yield page
    assert troubles == []


def _is_ours(said: ConsoleMessage) -> bool:
    """Neither the browser's advice on forms nor what it says of a network that is gone."""
    return not said.text.startswith(("[DOM]", "Failed to load resource"))


@contextmanager
def _context(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport=MOBILE_390, has_touch=True, is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )  # fmt: skip
    context.add_init_script(NO_TELEPHONE)
    try:
        yield context.new_page()
    finally:
        context.close()


def pick(thumb: Thumb, who: str, field: str = "residents") -> None:
    """Somebody of one's own, by name."""
    with opened(EVERYTHING):
        name = REGISTERS["residents"].model._default_manager.get(pk=who).name
    picker = thumb.page.locator(f'[data-field="{field}"]')
    picker.locator("input").fill(name)
    thumb.tap(picker.locator(f'[data-resident="{who}"]'))


def first(thumb: Thumb, field: str) -> str:
    """Whatever is offered first; its code."""
    chip = thumb.page.locator(f'[data-field="{field}"] [data-code]').first
    code = chip.get_attribute("data-code") or ""
    thumb.tap(chip)
    return code


def visit(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "visit")
    pick(thumb, at.one)
    thumb.chip("outcome", "见到本人")
    thumb.button("都正常")
    thumb.tap(thumb.page.locator('[data-check="mood-变化"]'))
    thumb.chip("when-minutes", "30")
    first(thumb, "item")
    thumb.phrase("有变化的写一句", "已联系家属")
    thumb.button("更多")
    thumb.chip("events", "跌倒")
    thumb.chip("travel", "60")
    thumb.done()


def case_session(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "case")
    thumb.chip("case", str(at.case))
    thumb.chip("mode", "入户")
    thumb.chip("when-minutes", "60")
    thumb.write("aims", "每周出门三次")
    thumb.write("process", "一起走到村口，路上聊了近况。")
    thumb.phrase("下一步", "按计划继续")
    thumb.chip("risk_change", "降低")
    thumb.button("更多")
    thumb.tap(thumb.page.locator('[data-field="levels"] button').nth(3))
    thumb.done()


def group_session(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "group")
    thumb.chip("group", str(at.group))
    for each in (at.one, at.two):
        thumb.tap(thumb.page.locator(f'[data-field="names"] [data-person="{each}"]'))
    thumb.chip("when-minutes", "90")
    thumb.phrase("做了什么", "手工体验")
    thumb.done()


def activity(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "activity")
    thumb.chip("source", "按计划的活动")
    thumb.chip("activity", str(at.activity))
    thumb.write("present", "46")
    thumb.chip("when-minutes", "120")
    thumb.phrase("做了什么", "义诊义剪")
    thumb.write("volunteers", "5")
    thumb.done()


def consultation(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "consult")
    thumb.chip("channel", "来站")
    thumb.phrase("问了什么", "低保怎么申请")
    thumb.phrase("怎么答复的", "已告知条件和材料")
    thumb.chip("when-minutes", "10")
    thumb.done()


def new_resident(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "resident")
    thumb.write("name", "蒋美兰")
    first(thumb, "categories")
    first(thumb, "village")
    thumb.write("phone", "13800001099")
    thumb.chip("sex", "女")
    thumb.chip("consent", "口头并见证")
    thumb.write("witness", "村会计")
    thumb.done()


def survey(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "survey")
    thumb.chip("who", "已在册")
    pick(thumb, at.two)
    thumb.write("members_count", "1")
    thumb.chip("living", "独居")
    thumb.chip("health", "较差")
    thumb.chip("care_resources", "邻里")
    thumb.chip("need_kinds", "养老")
    thumb.chip("urgency", "2")
    thumb.done()


def incident(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "incident")
    thumb.tap(thumb.page.locator(".call.first"))
    thumb.chip("signals", "M6")
    pick(thumb, at.three)
    thumb.write("facts", "孩子说：晚上一个人在家")
    thumb.button("更多")
    thumb.tap(thumb.page.locator('[data-field="practice"]'))
    thumb.done("发出上报")


def referral(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "referral")
    pick(thumb, at.three)
    thumb.chip("kind", "外部")
    thumb.write("receiver", "县人民医院")
    thumb.chip("urgency", "一般")
    thumb.phrase("为什么转", "需要医疗诊断")
    thumb.tap(thumb.page.locator('[data-field="consented"]'))
    thumb.write("shared", "姓名、电话和近期症状")
    thumb.chip("when-minutes", "20")
    thumb.done()


def resource(thumb: Thumb, at: Ground) -> None:
    chosen(thumb, "resource")
    thumb.write("donor", "县慈善会")
    thumb.chip("kind", "物资")
    thumb.write("what", "棉被 20 床")
    pick(thumb, at.two)
    thumb.chip("when-minutes", "30")
    thumb.button("更多")
    thumb.write("value", "2400")
    thumb.done()


ENTRIES = (
    visit, case_session, group_session, activity, consultation, new_resident, survey, incident, referral, resource,
)  # fmt: skip


def rows(register: str, **asked: Any) -> list[dict[str, Any]]:
    """Rows of a register as the desk reads them, unmasked."""
    with opened(EVERYTHING):
        found = REGISTERS[register].model._default_manager.filter(**asked).order_by("pk")
        return list(records(REGISTERS[register], found, whole=True))


def the(register: str, **asked: Any) -> dict[str, Any]:
    (row,) = rows(register, **asked)
    return row


def arrived(page: Page) -> None:
    page.context.set_offline(False)
    expect(page.locator(".strip__words")).to_have_text("在线 · 全部已传")
    to(page, "/records")
    expect(page.locator("main h1")).to_have_text("记录")
    assert page.get_by_role("heading", name="草稿").count() == 0, "what was saved left a draft behind"
    assert "没有收下" not in page.locator("body").inner_text(), page.locator("body").inner_text()


def test_every_entry_filled_in_without_a_signal_is_found_at_the_desk(page: Page, ground: Ground) -> None:
    began = timezone.now() - timedelta(minutes=1)
    thumb = Thumb(page)
    page.context.set_offline(True)
    for fill in ENTRIES:
        to(page, "/today")
        fill(thumb, ground)
    waiting = "离线 · 11 条待传"  # the goal's level goes by itself
    expect(page.locator(".strip__words")).to_contain_text(waiting)
    arrived(page)
    made = rows("service-records", entered_at__gte=began)
    assert {row["method"] for row in made} == {"探访", "个案", "小组", "活动", "咨询", "转介", "资源链接"}
    for row in made:
        assert row["station"].id == ground.station.pk
        assert [each.id for each in row["workers"]] == [ground.worker.pk]
    of = {row["method"]: row for row in made}
    look_at_a_visit(of["探访"], ground)
    look_at_gatherings(of, ground)
    look_at_people(of, ground)
    look_at_contacts(of, ground)
    send_back_and_again(page, of["探访"])
    step_on_the_way(page, ground)


def look_at_a_visit(record: dict[str, Any], at: Ground) -> None:
    assert (record["outcome"], record["travel_minutes"]) == ("见到本人", 60)
    assert record["content"] == "见到本人；情绪变化；跌倒；已联系家属。"
    assert [str(each.id) for each in record["residents"]] == [at.one]
    assert record["ended_at"] - record["started_at"] == timedelta(minutes=30)
    detail = the("visit-details", record_id=record["id"])
    assert (detail["mode"], detail["mood"], detail["health"], list(detail["events"])) == (
        "入户", "变化", "正常", ["跌倒"],
    )  # fmt: skip


def look_at_gatherings(of: dict[str, dict[str, Any]], at: Ground) -> None:
    note = the("session-notes", case_id=at.case)
    assert (note["mode"], note["aims"], note["next_step"], note["risk_change"]) == (
        "入户", "每周出门三次", "按计划继续", "降低",
    )  # fmt: skip
    assert note["record"].id == of["个案"]["id"]
    assert the("case-goals", pk=at.goal)["level"] is not None
    there = rows("attendances", record_id=of["小组"]["id"])
    assert sorted(str(each["resident"].id) for each in there) == sorted((at.one, at.two))
    assert of["小组"]["attendances"] == 2
    detail = the("activity-details", record_id=of["活动"]["id"])
    assert (detail["activity"].id, detail["present"], of["活动"]["volunteers"]) == (at.activity, 46, 5)
    assert of["活动"]["content"] == "邻里节：义诊义剪"


def look_at_people(of: dict[str, dict[str, Any]], at: Ground) -> None:
    new = the("residents", name="蒋美兰")
    assert (new["phone"], new["sex"], new["worker"].id) == ("13800001099", "女", at.worker.pk)
    consents = rows("resident-consents", resident_id=new["id"])
    assert consents
    assert {each["witness"] for each in consents} == {"村会计"}
    found = the("home-surveys", resident_id=at.two)
    assert (found["living"], found["health"], list(found["care_resources"])) == ("独居", "较差", ["邻里"])
    need = the("needs", resident_id=at.two)
    assert (need["kind"], need["urgency"], need["content"]) == ("养老", 2, "养老")
    report = the("incidents", resident_id=at.three)
    assert (list(report["signals"]), report["practice"]) == (["M6"], True)
    assert "晚上一个人在家" in report["facts"]
    assert "110" in the("incident-facts", incident_id=report["id"])["body"]


def look_at_contacts(of: dict[str, dict[str, Any]], at: Ground) -> None:
    asked = the("consultations", record_id=of["咨询"]["id"])
    assert (asked["channel"], asked["question"], asked["answer"]) == (
        "来站",
        "低保怎么申请",
        "已告知条件和材料",
    )
    sent_on = the("referral-files", resident_id=at.three)
    assert (sent_on["receiver"], sent_on["reason"], sent_on["stage"]) == (
        "县人民医院",
        "需要医疗诊断",
        "拟转介",
    )
    assert (sent_on["consented_on"], sent_on["shared"]) == (timezone.localdate(), "姓名、电话和近期症状")
    given = the("resource-links", record_id=of["资源链接"]["id"])
    assert (given["donor"], given["what"], int(given["value"])) == ("县慈善会", "棉被 20 床", 2400)
    assert [str(each.id) for each in of["资源链接"]["residents"]] == [at.two]


def send_back_and_again(page: Page, record: dict[str, Any]) -> None:
    """The lead sends the visit back; in its own form it is put right without a signal, and goes again."""
    with opened(EVERYTHING, instances.MAKER):
        take(REGISTERS["service-records"], record["id"], "return", {"returned_reason": "请写明联系了谁"})
    to(page, "/me")
    page.get_by_role("button", name="现在同步").tap()
    expect(page.get_by_text("本周服务")).to_be_visible()
    expect(page.get_by_text("本月路上")).to_be_visible()
    to(page, "/records")
    page.locator(f'[data-returned="{record["id"]}"]').tap()
    page.context.set_offline(True)
    page.get_by_role("button", name="打开原来的表").tap()
    thumb = Thumb(page)
    thumb.chip("outcome", "见到家属")
    page.locator('[data-field="content"] textarea').fill("见到家属；情绪变化；已联系女儿。")
    page.locator('[data-check="mood-正常"]').tap()
    thumb.button("更多")
    page.locator('[data-field="met"]').fill("女儿")
    thumb.done("改正后重新提交")
    arrived(page)
    now, detail = the("service-records", pk=record["id"]), the("visit-details", record_id=record["id"])
    assert (now["status"], now["outcome"], now["content"]) == (
        "待审核",
        "见到家属",
        "见到家属；情绪变化；已联系女儿。",
    )
    assert (detail["mood"], detail["met"], list(detail["events"])) == ("正常", "女儿", ["跌倒"])
    assert (now["started_at"], now["travel_minutes"]) == (record["started_at"], 60)


def step_on_the_way(page: Page, at: Ground) -> None:
    """The referral of the morning is sent off from 待办, without a signal."""
    sheet = the("referral-files", resident_id=at.three)["id"]
    page.context.set_offline(True)
    to(page, "/today")
    page.locator(f'[data-todo="{sheet}"]').tap()
    page.locator(".bar .done", has_text="发出").tap()
    expect(page.locator(f'[data-todo="{sheet}"]')).to_contain_text("已办，等上传")
    arrived(page)
    now = the("referral-files", pk=sheet)
    assert (now["stage"], now["sent_on"]) == ("已发出", timezone.localdate())
    to(page, "/today")
    page.locator(f'[data-todo="{sheet}"]').tap()
    expect(page.locator('[data-field="step"] [data-code="receive"]')).to_be_visible()
