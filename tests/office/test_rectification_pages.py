"""Rectification at the desk: from an alert to the order, what each side sees and may do, the papers (RSK-07, DOC-06)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.sending import DOCX
from linzhan.oversight.api import Alert, Rectification
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.factories.providers import provider
from tests.factories.rectifications import HEAD, at_check, failed, items, made, order, step_of, stepped
from tests.office.conftest import Sit
from tests.papers import pages_of, same_words


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.fixture
def alert(station: Station) -> UUID:
    with opened(EVERYTHING):
        raised = Alert.objects.create(
            region_code=station.region_code, station_id=station.pk, provider_id=station.provider_id,
            subject_id=station.pk, about="站点", code="RW30-1", rule="RW30", severity="橙", level=3, key="1",
            message="记录补录过多", clause="记录应当日完成", opened_on="2026-11-01", checked_on="2026-11-01", tier="县级",
            due_at=timezone.now(),
        )  # fmt: skip
    return raised.pk


def test_an_alert_leads_to_an_order_shows_it_and_is_solved_when_it_passes(
    sit: Sit, alert: UUID, station: Station
) -> None:
    county = sit()
    page = text(county, f"/r/alerts/{alert}/")
    assert "下达整改" in page
    form = text(
        county, f"/r/rectifications/new/?alert={alert}&station={station.pk}&finding=记录补录过多&severity=橙"
    )
    assert "记录补录过多" in form
    with opened(EVERYTHING):
        held = order(alert="RW30-1", station=station.code)
        assert Alert.objects.get(pk=alert).stage == "处理中"
    page = text(county, f"/r/alerts/{alert}/")
    assert f"/r/rectifications/{held.pk}/" in page
    assert "下达整改" not in page
    with opened(EVERYTHING):
        at_check(held)
        step_of("rectification-items", items(held)[0].pk, "clear", check_finding="属实")
        solved = Alert.objects.get(pk=alert)
    assert (solved.stage, solved.ending) == ("已关闭", "已解决")


def test_an_order_made_of_an_alert_cites_what_was_broken_and_not_every_threshold(
    sit: Sit, alert: UUID
) -> None:
    def kept(code: str, value: int, document: str | None = None) -> dict[str, object]:
        cited = "《协议》第八条" if document else "默认值(平台建议)：预警规则"
        return {
            "parameter": f"oversight.{code}",
            "variant": "",
            "value": value,
            "value_id": document,
            "citation": cited,
        }

    def cited(**rulings: object) -> str:
        with opened(EVERYTHING):
            Alert.objects.filter(pk=alert).update(
                message="在办个案 14 个，超过 12 个", clause="没有督导的日数 45日：默认值；在办个案 12个：默认值",
                rulings=rulings,
            )  # fmt: skip
        page = text(sit(), f"/r/alerts/{alert}/")
        link = re.search(r'href="/r/rectifications/new/\?([^"]+)"', page)
        assert link
        return parse_qs(unescape(link[1]))["basis"][0]

    gap = kept("supervision_gap_days", 45)
    told = cited(cases=kept("cases_per_worker", 12), gap=gap)
    assert told.count("；") == 1
    assert "12" in told
    assert "平台默认值" in told
    assert "45" not in told
    assert "《协议》第八条" in cited(cases=kept("cases_per_worker", 12, "1"), gap=gap)
    assert "在办个案 12个：默认值" in cited()


def test_each_side_does_its_own_part_at_the_desk(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        held = order(station=station.code)
    lead, county = sit("station_lead", station_id=station.pk), sit()
    assert "1 份整改令等您报整改计划" in text(lead, "/")
    page = text(lead, f"/r/rectifications/{held.pk}/")
    for words in ("被整改单位报整改计划", "服务协议第八条", "陈述申辩", "报整改计划", "整改通知书"):
        assert words in page
    for words in ("增加整改项", "拟办督促措施"):
        assert words not in page
    url = f"/r/rectifications/{held.pk}/steps/"
    assert lead.post(url + "plan/", {"plan": "三日内补齐"}).status_code == 302
    assert (
        county.post(url + "evidence/", {"evidence": "代报"}).status_code != 302 or stage(held) == "计划已报"
    )
    assert "三日内补齐" in text(county, f"/r/rectifications/{held.pk}/")
    assert county.post(url + "accept_plan/", {}).status_code == 302
    assert lead.post(url + "evidence/", {"evidence": "见台账"}).status_code == 302
    bench = text(county, "/")
    assert "整改：1 件等您办理" in bench
    assert "份整改令" not in bench  # once, as what waits for a second person
    assert held.title in text(county, "/awaiting/?of=rectifications")
    assert "没有等您办理的事" in text(county, "/awaiting/?of=rectification-items")
    assert stage(held) == "证据已报"
    lead.post(url + "check/", {"check_way": "现场核查", "checked_on": "2026-11-20"})
    assert stage(held) == "证据已报"


def stage(held: Rectification) -> str:
    with opened(EVERYTHING):
        return Rectification.objects.get(pk=held.pk).stage


def test_the_addressee_answers_and_reads_the_answer_on_the_order(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        held = order(station=station.code)
    lead, county = sit("station_lead", station_id=station.pk), sit()
    row = {"order": str(held.pk), "about": "整改令", "statement": "设备损坏在先"}
    assert lead.post("/r/rectification-answers/new/", row).status_code == 302
    bench = text(county, "/")
    assert "整改申辩：1 件等您办理" in bench
    assert "件整改申辩" not in bench  # once, as what waits for a second person
    assert "设备损坏在先" in text(county, f"/r/rectifications/{held.pk}/")


def test_the_clearing_page_counts_and_lists_what_is_left(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        order(station=station.code, issued_on="2026-01-05", severity="红")
        other = order(provider=provider(name="白露社工").uscc, finding="账目不清")
        at_check(other)
        step_of("rectification-items", items(other)[0].pk, "clear", check_finding="属实")
    for client in (sit(), sit("city_official", HUAIHUA), sit("station_lead", station_id=station.pk)):
        page = text(client, "/rectifications/clearing/")
        assert "三月的探访记录四成在次月补录" in page
        assert "账目不清" not in page  # it is cleared
    assert "50.00%" in text(sit(), "/rectifications/clearing/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_clearing_page_asks_as_much_for_one_as_for_three(
    sit: Sit, station: Station, number: int, django_assert_max_num_queries: Any
) -> None:
    with opened(EVERYTHING):
        for _each in range(number):
            order(station=station.code)
    county = sit()
    county.get("/rectifications/clearing/")
    with django_assert_max_num_queries(12):
        county.get("/rectifications/clearing/")


def test_papers_name_the_finding_the_clause_the_term_and_the_right_of_reply(sit: Sit) -> None:
    with opened(EVERYTHING):
        firm = provider(name="白露社会工作服务中心")
        held = failed(at_check(order(provider=firm.uscc, issued_on="2026-11-20")))
        talk = made("rectification-means", order=held.pk, kind="约谈", content="核查未通过，约谈负责人",
                    held_on="2026-12-01", place="区民政局", attendees="双方负责人")  # fmt: skip
    county = sit()
    letter = pages(county, f"/rectifications/{held.pk}/letter/")
    for words in (
        "整改通知书",
        "白露社会工作服务中心",
        "三月的探访记录",
        "服务协议第八条",
        "2026年12月5日",
        "陈述申辩",
    ):
        assert words in letter
    record = pages(county, f"/rectifications/means/{talk}/letter/")
    for words in ("约谈记录", "核查未通过", "区民政局", "主持人"):
        assert words in record
    stranger = sit("provider_manager", provider_id=other_firm())
    assert stranger.get(f"/rectifications/{held.pk}/letter/").status_code == 404


def test_papers_are_taken_as_pdf_or_word_by_whoever_sees_the_order(sit: Sit) -> None:
    with opened(EVERYTHING):
        firm = provider(name="白露社会工作服务中心")
        held = order(provider=firm.uscc, code="ZG/1")
        talk = made("rectification-means", order=held.pk, kind="约谈", content="约谈负责人")
    county, neighbour = sit(), sit(region=ZHONGFANG)
    stranger = sit("provider_manager", provider_id=other_firm())
    for page, url, name in (
        (f"/r/rectifications/{held.pk}/", f"/rectifications/{held.pk}/letter/", "整改通知书"),
        (f"/r/rectification-means/{talk}/", f"/rectifications/means/{talk}/letter/", "约谈记录"),
    ):
        shown = text(county, page)
        assert f'href="{url}?format=pdf"' in shown
        assert f'href="{url}?format=docx"' in shown
        printed, edited = county.get(f"{url}?format=pdf"), county.get(f"{url}?format=docx")
        assert edited.headers["Content-Disposition"].endswith(f"{quote(name)}-ZG-1.docx")
        assert edited.headers["Content-Type"] == DOCX
        assert "白露社会工作服务中心" in same_words(printed.content, edited.content)
        for other in (neighbour, stranger):
            for kind in ("pdf", "docx"):
                assert other.get(f"{url}?format={kind}").status_code == 404
    assert sit("evaluator").get(f"/rectifications/{held.pk}/letter/?format=docx").status_code == 403


def other_firm() -> UUID:
    with opened(EVERYTHING):
        return provider().pk


def pages(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return "".join("".join(pages_of(answer.content)).split())


def test_the_institutions_file_shows_its_orders(sit: Sit) -> None:
    with opened(EVERYTHING):
        firm = provider()
        held = order(provider=firm.uscc, title="三月补录整改")
        stepped(held, "plan", by=HEAD, plan="补录")
    page = text(sit(), f"/r/providers/{firm.pk}/?tab=oversight")
    assert "三月补录整改" in page
    assert timezone.localdate() + timedelta(days=15) == held.due_on
    assert isinstance(held.due_on, date)
    assert held.region_code == HECHENG
