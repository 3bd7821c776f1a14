"""The files of some residents at the station where the demo accounts are at home: one person, one file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from linzhan.demo.persons import named
from linzhan.demo.residents import Resident
from linzhan.demo.telling import Story, Table, day_between, dice

LOCAL = ZoneInfo("Asia/Shanghai")
AT_MOST = 40  # files that are kept in detail
TOLD = date(2022, 3, 10)
PAPERS = {
    "A01": ("低保审批", "低保金", 365),
    "A02": ("低保边缘家庭认定", "", 365),
    "A03": ("特困人员认定", "特困供养金", None),
    "B01": ("村(居)委会走访确认", "", None),
    "B04": ("老年人能力评估", "养老服务补贴", 730),
    "D01": ("残疾人证", "残疾人两项补贴", None),
    "D02": ("残疾人证", "残疾人两项补贴", None),
    "C01": ("孤儿认定", "孤儿基本生活费", None),
    "C03": ("事实无人抚养儿童认定", "基本生活补贴", None),
}
LIVING = {"B01": "独居", "B02": "与配偶", "B03": "隔代", "C07": "隔代"}
REVIEWED = {"高风险": 30, "重点": 90, "一般": 180}


def tell_dossiers(story: Story, residents: list[Resident], station: str) -> None:
    """Details, households, papers, consents, reviews, a fire and two surveys of the station ``station``."""
    told = _told(story)
    here = [each for each in residents if each.station.code == station and each.on_register(TOLD)][:AT_MOST]
    rows = [told[each.code] for each in here]
    chance = dice("dossiers")
    _tell_households(story, rows, chance)
    _tell_details(story, here, rows, chance)
    _tell_papers(story, here)
    _tell_consents(story, here, rows)
    _tell_reviews(story, here)
    _tell_changes(story, here)
    _tell_surveys(story, here)


def _told(story: Story) -> dict[str, Mapping[str, Any]]:
    """What the register of residents was first told, by code."""
    table = next(each.table for each in story.chapters if each.table.register == "residents")
    columns = {name: table.stated(name) for name in table.columns}
    return {
        code: {name: values[at] for name, values in columns.items()}
        for at, code in enumerate(columns["code"])
    }


def _tell_households(story: Story, rows: list[Mapping[str, Any]], chance: Random) -> None:
    table = Table("households", "code head phone members_count home_region address income station")
    for code in dict.fromkeys(row["household"] for row in rows):
        members = [row for row in rows if row["household"] == code]
        table.add(
            code=code, head=members[0]["guardian"] or members[0]["name"],
            phone=members[0]["guardian_phone"] or members[0]["phone"],
            members_count=len(members) + chance.randrange(3), home_region=members[0]["home_region"],
            address=members[0]["address"], income=chance.choice(("务农", "低保金", "外出务工", "子女供养")),
            station=members[0]["station"],
        )  # fmt: skip
    story.tell(table, TOLD)


def _tell_details(story: Story, here: list[Resident], rows: list[Mapping[str, Any]], chance: Random) -> None:
    table = Table(
        "resident-details",
        "resident marital education employment living health chronic care_ability care_resources policies housing"
        " emergency_contact guardian_relation guardianship father mother parents_contacted_on school grade"
        " attendance disability_types disability_grade goals",
    )
    for each, row in zip(here, rows, strict=True):
        policies = tuple(dict.fromkeys(p for c in each.categories if (p := PAPERS.get(c, ("", ""))[1])))
        common = {
            "resident": each.code,
            "policies": policies or None,
            "living": LIVING.get(each.categories[0], "与父母" if each.is_child else "与子女"),
            "housing": chance.choice(("自建", "自建", "公租保障", "租房")),
        }
        table.add(**common, **(_child(chance, row) if each.is_child else _adult(chance, each)))
    story.tell(table, TOLD)


def _child(chance: Random, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "emergency_contact": row["guardian"],
        "guardian_relation": "祖父母",
        "guardianship": "能力不足" if chance.random() < 0.3 else "有能力",
        "father": "外出务工",
        "mother": "外出务工" if chance.random() < 0.7 else "失联",
        "parents_contacted_on": day_between(chance, date(2021, 12, 20), date(2022, 2, 20)),
        "school": "坨院中心小学",
        "grade": f"{'一二三四五六'[chance.randrange(6)]}年级",
        "attendance": "正常",
        "goals": "每周与父母通话，跟上课业",
    }


def _adult(chance: Random, resident: Resident) -> dict[str, Any]:
    old, disabled = resident.person.born_on.year < 1960, {"D01", "D02"} & set(resident.categories)
    return {
        "marital": chance.choice(("已婚", "丧偶", "丧偶", "未婚")) if old else "已婚",
        "education": chance.choice(("未上学", "小学", "初中")),
        "employment": "无劳动能力" if old else chance.choice(("务农", "灵活就业", "失业")),
        "health": chance.choice(("一般", "较差")) if old else "良好",
        "chronic": chance.sample(("高血压", "糖尿病", "关节炎", "慢性支气管炎"), 2) if old else None,
        "care_ability": chance.choice(("自理", "半自理但支持不足")) if old else "自理",
        "care_resources": ("亲属", "邻里"),
        "emergency_contact": named(chance, "男"),
        "disability_types": ("肢体",) if disabled else None,
        "disability_grade": "二级" if "D02" in disabled else "三级" if disabled else None,
        "goals": "能按时服药，有人定期上门",
    }


def _tell_papers(story: Story, here: list[Resident]) -> None:
    table = Table(
        "resident-categories", "code resident category basis starts_on expires_on source verified_on"
    )
    for each in here:
        for nth, category in enumerate(each.categories):
            if category not in PAPERS:
                continue
            basis, _policy, days = PAPERS[category]
            until = None if days is None else TOLD + timedelta(days=days)
            table.add(
                code=f"{each.code}-RD{nth + 1}", resident=each.code, category=category, basis=basis,
                starts_on=each.registered_on, expires_on=until, source="民政审批", verified_on=TOLD,
            )  # fmt: skip
    story.tell(table, TOLD)


def _tell_consents(story: Story, here: list[Resident], rows: list[Mapping[str, Any]]) -> None:
    table = Table(
        "resident-consents",
        "code resident purpose given_by giver relation child_view method witness text_version given_on",
    )
    for each, row in zip(here, rows, strict=True):
        if row["consented_on"] is None:
            continue
        guarded = {
            "given_by": "监护人", "giver": row["guardian"], "relation": "祖父母", "child_view": "愿意社工来家里",
        }  # fmt: skip
        how = {"method": "签字"} if each.is_child else {"method": "口头并见证", "witness": "村儿童主任"}
        table.add(
            code=f"{each.code}-TY1", resident=each.code, purpose="建档服务", text_version="P1-2021",
            given_on=row["consented_on"], **how, **(guarded if each.is_child else {"given_by": "本人"}),
        )  # fmt: skip
    story.tell(table, TOLD)


def _tell_reviews(story: Story, here: list[Resident]) -> None:
    table = Table("risk-reviews", "code resident level reason worker reviewed_on review_by")
    for each in here:
        if each.risk in REVIEWED and each.categories[0] != "F01":
            table.add(
                code=f"{each.code}-FX1", resident=each.code, level=each.risk,
                reason="入户了解身体、照料和家庭情况后评定", worker=each.worker.identity_number,
                reviewed_on=TOLD, review_by=TOLD + timedelta(days=REVIEWED[each.risk]),
            )  # fmt: skip
    story.tell(table, TOLD)


def _tell_changes(story: Story, here: list[Resident]) -> None:
    table = Table("major-changes", "code resident kind happened_at found_at note")
    old = next((each for each in here if not each.is_child), None)
    if old is not None:
        at = datetime.combine(date(2022, 3, 2), time(21, 30), LOCAL)
        table.add(
            code=f"{old.code}-BG1", resident=old.code, kind="火灾", happened_at=at,
            found_at=at + timedelta(hours=11), note="厨房起火，人没有受伤，灶具和电线烧毁",
        )  # fmt: skip
    story.tell(table, TOLD)


def _tell_surveys(story: Story, here: list[Resident]) -> None:
    table = Table("home-surveys", "code resident surveyed_on worker living health care_ability note")
    for each in [each for each in here if not each.is_child][1:3]:
        table.add(
            code=f"{each.code}-DC1", resident=each.code, surveyed_on=TOLD, worker=each.worker.identity_number,
            living="独居", health="较差", care_ability="半自理但支持不足", note="子女在外，邻居每天来看一次",
        )  # fmt: skip
    story.tell(table, TOLD)
