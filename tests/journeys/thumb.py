"""One hand at a phone, and what it does to fill in each form: what counting is done with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.journeys.caseload import MOBILE_390, identity, to

TAP, QUESTION, STROKE, LETTER = 1.0, 1.5, 1.0, 0.7  # seconds
HEAD, BAR = 100, 120  # px that the frame and the bar with 完成 take from the page

person, child = identity(1), identity(3)


def arrived(page: Page) -> None:
    """Saved on the phone, and at the server."""
    expect(page.locator(".saying")).to_contain_text("已保存")
    expect(page.get_by_role("button", name="在线 · 全部已传")).to_be_visible()


@dataclass
class Thumb:
    """One hand at a phone, which counts what it does."""

    page: Page
    taps: int = 0
    strokes: int = 0
    letters: int = 0
    questions: set[str] = field(default_factory=set)

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        box = target.bounding_box()
        assert box is not None
        size = self.page.viewport_size or MOBILE_390
        room = size["height"] - HEAD - BAR
        is_fixed = target.evaluate("each => Boolean(each.closest('.bar, .van-popup, .tabs, .plus'))")
        if not is_fixed and not HEAD <= box["y"] <= size["height"] - BAR:
            self.strokes += max(1, round(abs(box["y"] - HEAD) / room))
            target.evaluate("each => each.scrollIntoView({ block: 'center' })")

    def tap(self, target: Locator, question: str = "") -> None:
        self._reach(target)
        target.tap()
        self.taps += 1
        self.questions.add(question or f"{self.taps}")

    def chip(self, name: str, code: str) -> None:
        self.tap(self.page.locator(f'[data-field="{name}"] [data-code="{code}"]'), name)

    def phrase(self, label: str, words: str) -> None:
        group = self.page.get_by_role("group", name=f"{label}：常用语")
        self.tap(group.get_by_role("button", name=words, exact=True), label)

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first, name)

    def write(self, name: str, words: str) -> None:
        self.tap(
            self.page.locator(f'[data-field="{name}"]').locator(
                "xpath=descendant-or-self::*[self::input or self::textarea]"
            ),
            name,
        )
        self.page.keyboard.insert_text(words)
        self.letters += len(words)

    def done(self, verb: str = "完成") -> None:
        form = self.page.url
        self.tap(self.page.locator(".bar .done", has_text=verb))
        # A form is left when it is saved; what is said may be of the one before.
        expect(self.page).not_to_have_url(form)
        expect(self.page.locator(".saying")).to_contain_text("已保存")

    @property
    def seconds(self) -> int:
        return round(
            self.taps * TAP + len(self.questions) * QUESTION + self.strokes * STROKE + self.letters * LETTER
        )


def visit(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator(f'[data-duty="{person}"]'), "今日")
    thumb.chip("outcome", "见到本人")
    thumb.button("都正常")
    thumb.chip("when-minutes", "30")
    thumb.chip("item", "B01")
    thumb.done()


def visit_with_a_change(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator(f'[data-duty="{person}"]'), "今日")
    thumb.button("同上次")
    thumb.chip("outcome", "见到本人")
    thumb.button("都正常")
    thumb.tap(thumb.page.locator('[data-check="mood-变化"]'), "checks")
    thumb.chip("when-minutes", "45")
    thumb.phrase("有变化的写一句", "已联系家属")
    thumb.done()


def nobody_home(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator(f'[data-duty="{person}"]'), "今日")
    thumb.chip("outcome", "无人")
    thumb.chip("when-minutes", "10")
    thumb.done()


def chosen(thumb: Thumb, entry: str) -> None:
    thumb.tap(thumb.page.get_by_role("button", name="登记", exact=True), "加号")
    thumb.tap(thumb.page.locator(f'[data-entry="{entry}"]'), "加号")


def case_session(thumb: Thumb) -> None:
    chosen(thumb, "case")
    thumb.chip("case", identity(400))
    thumb.chip("mode", "入户")
    thumb.chip("when-minutes", "60")
    thumb.phrase("本次目标", "每周按时上学五天")
    thumb.write("process", "核对到校记录，和奶奶谈了放学后的安排，约定周日与父母通话。")
    thumb.phrase("对象的反应", "愿意继续")
    thumb.phrase("下一步", "按计划继续")
    thumb.chip("risk_change", "不变")
    thumb.done()


def group_session(thumb: Thumb) -> None:
    chosen(thumb, "group")
    thumb.chip("group", identity(500))
    for each in (1, 4, 7):
        thumb.tap(thumb.page.locator(f'[data-person="{identity(each)}"]'), "names")
    thumb.chip("when-minutes", "90")
    thumb.phrase("做了什么", "手工体验")
    thumb.phrase("组员的反应", "开始互相帮助")
    thumb.done()


def activity(thumb: Thumb) -> None:
    chosen(thumb, "activity")
    thumb.chip("source", "按计划的活动")
    thumb.chip("activity", identity(600))
    thumb.write("present", "46")
    thumb.chip("when-minutes", "120")
    thumb.phrase("做了什么", "义诊义剪")
    thumb.write("volunteers", "5")
    thumb.done()


def lesson(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("button", name="四点半课堂"), "今日")
    thumb.tap(thumb.page.locator('[data-field="names"] .usual'), "names")
    thumb.chip("when-minutes", "90")
    thumb.phrase("做了什么", "课业辅导")
    thumb.done()


def consultation(thumb: Thumb) -> None:
    chosen(thumb, "consult")
    thumb.chip("channel", "来站")
    thumb.phrase("问了什么", "低保怎么申请")
    thumb.phrase("怎么答复的", "已告知条件和材料")
    thumb.chip("when-minutes", "10")
    thumb.done()


def new_resident(thumb: Thumb) -> None:
    chosen(thumb, "resident")
    thumb.write("name", "蒋美兰")
    thumb.chip("categories", "B01")
    thumb.chip("village", "990101001001")
    thumb.write("phone", "13800001099")
    thumb.chip("sex", "女")
    thumb.chip("consent", "口头并见证")
    thumb.write("witness", "村会计")
    thumb.done()


def survey(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("link", name="对象"), "对象")
    thumb.tap(thumb.page.locator(f'[data-person="{person}"]'), "对象")
    thumb.button("入户调查")
    thumb.write("members_count", "1")
    thumb.chip("living", "独居")
    thumb.chip("care_ability", "半自理但支持不足")
    thumb.chip("health", "较差")
    thumb.chip("care_resources", "邻里")
    thumb.chip("need_kinds", "养老")
    thumb.chip("urgency", "2")
    thumb.done()


def incident(thumb: Thumb) -> None:
    thumb.tap(thumb.page.locator(f'[data-duty="{child}"]'), "今日")
    thumb.button("紧急上报")
    thumb.tap(thumb.page.locator(".call.first"), "call")
    thumb.chip("signals", "M6")
    thumb.done("发出上报")


def referral(thumb: Thumb) -> None:
    chosen(thumb, "referral")
    thumb.tap(thumb.page.locator(f'[data-resident="{child}"]'), "residents")
    thumb.chip("kind", "外部")
    thumb.write("receiver", "县人民医院")
    thumb.chip("urgency", "一般")
    thumb.phrase("为什么转", "需要医疗诊断")
    thumb.tap(thumb.page.locator('[data-field="consented"]'), "consented")
    thumb.chip("when-minutes", "20")
    thumb.done()


def resource(thumb: Thumb) -> None:
    chosen(thumb, "resource")
    thumb.write("donor", "县慈善会")
    thumb.chip("kind", "物资")
    thumb.write("what", "棉被 20 床")
    thumb.chip("when-minutes", "30")
    thumb.done()


def scale(thumb: Thumb) -> None:
    to(thumb.page, f"/scales?resident={person}")
    thumb.tap(thumb.page.locator("[data-scale]"), "测评")
    for at in range(3):
        thumb.tap(thumb.page.get_by_role("button", name="完全不会"), f"第{at}题")
    thumb.done("保存结果")


def new_number(thumb: Thumb) -> None:
    thumb.tap(thumb.page.get_by_role("link", name="对象"), "对象")
    thumb.tap(thumb.page.locator(f'[data-person="{person}"]'), "对象")
    thumb.button("改资料")
    thumb.page.locator('[data-field="phone"]').fill("")
    thumb.write("phone", "13800001100")
    thumb.done("保存改动")


FORMS: dict[str, tuple[Callable[[Thumb], None], str]] = {
    "探访：见到本人，都正常": (visit, "从“今日”点开"),
    "探访：有变化，写一句": (visit_with_a_change, "从“今日”点开，用“同上次”"),
    "探访：没人在家": (nobody_home, "从“今日”点开"),
    "个案过程": (case_session, "写一段过程，其余点选"),
    "小组": (group_session, "三位组员到场"),
    "活动：按计划的": (activity, "填人数和志愿者"),
    "活动：课堂签到": (lesson, "从“今天的课堂”点开"),
    "咨询": (consultation, "全部点选"),
    "新对象": (new_resident, "姓名、电话和见证人要写"),
    "入户调查": (survey, "从对象档案点开"),
    "紧急上报": (incident, "从探访表的红色按钮点开"),
    "转介": (referral, "写接收方"),
    "资源链接": (resource, "写提供方和数量"),
    "测评（3 题）": (scale, "每题一屏"),
    "改电话": (new_number, "从对象档案点开"),
}
