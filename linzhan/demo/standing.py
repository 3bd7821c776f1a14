"""How the city's institutions stand, live and grow: results of the year, grades, sanctions, bases, twins."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from linzhan.demo.ground import City
from linzhan.demo.institutions import Institutions, Provider
from linzhan.demo.persons import named
from linzhan.demo.telling import Chapter, Story, Table, dice

WRITTEN = date(2022, 5, 23)
YEAR = 2021  # the last year whose inspection is over
TWINS, HELPED_WORKERS, HELPED_DAYS = 12, 5, 41  # 60 workers, more than 40 days each, 2,400 in all (INS-27)
TWINNED = (2018, 2019, 2020)
HELPERS = ("深圳市溪云社会工作服务社", "长沙市岳澜社会工作服务中心")
CARD = "关于加强社工站人员管理的通知"
DEPARTMENTS = (
    "市民政局 市公安局 市市场监管局 市教育局 市司法局 市财政局 市人社局 市文旅广电局 市卫健委 市民宗局 市网信办 市金融办 市税务局"
    " 市城管执法局"
).split()


def tell_standing(story: Story, city: City, found: Institutions, home: str) -> None:
    """``home`` is the county of the demo accounts: what waits there, waits for them."""
    name = next(each.name for each in city.counties if each.code == home)
    _yearly(story)
    _grades(story)
    _sanctions(story, found, home, name)
    _draws(story, found, home, name)
    _life(story, found, home)
    _bases(story, city, found, home, name)
    _twins(story, city, found)
    _sector(story, city, found, home)


def _stated(story: Story, register: str) -> list[dict[str, Any]]:
    """The rows of a register as the story first told them."""
    chapter: Chapter = next(each for each in story.chapters if each.table.register == register)
    names = list(chapter.table.columns)
    columns = [chapter.table.stated(name) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _yearly(story: Story) -> None:
    """The files behind the conclusions of the last year, and three that wait for theirs."""
    table = Table(
        "annual-inspections",
        "code provider year stage reported_on reviewed_on opinion party_work conclusion concluded_on findings"
        " rectify_by rectification rectified_on",
    )
    rows = [each for each in _stated(story, "inspections") if (each["kind"], each["year"]) == ("年检", YEAR)]
    for each in rows:
        passed, day = each["conclusion"] == "合格", each["inspected_on"]
        mending: dict[str, Any] = {} if passed else {
            "findings": each["findings"], "rectify_by": day + timedelta(days=60),
        }  # fmt: skip
        table.add(
            code=each["code"],
            provider=each["provider"],
            year=YEAR,
            stage="合格" if passed else "限期整改",
            reported_on=day - timedelta(days=40),
            reviewed_on=day - timedelta(days=20),
            opinion="年度工作报告书和会计报表齐全",
            party_work="党建工作已写入年度报告",
            conclusion=each["conclusion"],
            concluded_on=day,
            **mending,
        )
    story.tell(table, WRITTEN)


def _grades(story: Story) -> None:
    """The certificate behind each grade; a grade holds five years."""
    table = Table(
        "provider-ratings",
        "code provider stage applied_on level assessor published_on publish_until issued_on valid_until",
    )
    for number, each in enumerate(_stated(story, "providers"), 1):
        if not each["rating"]:
            continue
        until: date = each["rating_until"]
        issued = max(until.replace(year=until.year - 5), each["registered_on"] + timedelta(days=3 * 365))
        table.add(
            code=f"DJ{issued.year}-{number:03d}",
            provider=each["uscc"],
            stage="有效",
            applied_on=issued - timedelta(days=120),
            level=each["rating"],
            assessor="演示社会组织评估中心",
            published_on=issued - timedelta(days=20),
            publish_until=issued - timedelta(days=13),
            issued_on=issued,
            valid_until=until,
        )
    story.tell(table, WRITTEN)


def _sanctions(story: Story, found: Institutions, home: str, name: str) -> None:
    """One bar in force, one yellow card that waits for a decision, one that is only proposed."""
    table = Table(
        "provider-sanctions",
        "code region provider kind stage authority purchaser grounds facts document clause notified_on reply_by"
        " decision_number decided_on starts_on ends_on",
    )
    here = [each for each in found.agencies if each.region == home] or found.agencies[:1]
    own = [here[0], next((each for each in found.others if each.region == home), here[-1])]
    shared: dict[str, Any] = {"region": home, "authority": f"{name}民政局"}
    table.add(
        code="CL2021-001",
        provider=found.former[1].uscc,
        kind="禁入本单位项目",
        stage="生效",
        purchaser=f"{name}民政局",
        grounds=("评估不合格且整改后仍不合格",),
        facts="2020 年末期评估不合格，整改后复评仍不合格",
        document="对市政协六届一次会议第0280号提案的答复",
        clause="(三)",
        notified_on=date(2021, 2, 22),
        reply_by=date(2021, 3, 1),
        decision_number="民决〔2021〕1号",
        decided_on=date(2021, 3, 15),
        starts_on=date(2021, 3, 15),
        ends_on=date(2023, 3, 15),
        **shared,
    )
    for code, each, stage in (("CL2022-001", own[0], "已告知"), ("CL2022-002", own[-1], "拟定")):
        told = {"notified_on": date(2022, 5, 9), "reply_by": date(2022, 5, 16)} if stage == "已告知" else {}
        table.add(
            code=code,
            provider=each.uscc,
            kind="黄牌警告",
            stage=stage,
            grounds=("人员变动较大",),
            facts="一季度内三名驻站社工离职，没有按约定先补员",
            document=CARD,
            **shared,
            **told,
        )
    story.tell(table, WRITTEN)
    said = Table("sanction-statements", "code sanction stated_on statement wants_hearing")
    said.add(
        code="SB2022-001",
        sanction="CL2022-001",
        stated_on=date(2022, 5, 12),
        statement="两名社工因照料家人辞职，已于五月补员一名，另一名月底到岗。",
        wants_hearing=False,
    )
    story.tell(said, WRITTEN)
    credit = Table("credit-records", "code region provider kind title source recorded_on document")
    for number, (each, kind, title) in enumerate(
        (
            (own[0], "良好", "疫情防控中组织志愿服务，受到通报表扬"),
            (own[-1], "提示", "季度财务报表晚报 12 天"),
        ),
        1,
    ):
        credit.add(
            code=f"XY2022-{number:03d}",
            region=home,
            provider=each.uscc,
            kind=kind,
            title=title,
            source=f"{name}民政局",
            recorded_on=date(2022, 4, 1 + number),
        )
    story.tell(credit, WRITTEN)
    gone = Table(
        "provider-exits", "code provider stage way grounds reason proposed_on handover records done_on"
    )
    gone.add(
        code="TC2021-001",
        provider=found.former[0].uscc,
        stage="办结",
        way="申请注销",
        grounds=("长期不开展业务活动",),
        reason="两年没有项目，理事会决议注销",
        proposed_on=date(2021, 6, 1),
        handover="没有在手项目；两名社工转入其他机构",
        records="交市档案馆",
        done_on=date(2021, 9, 6),
    )
    story.tell(gone, WRITTEN)


def _draws(story: Story, found: Institutions, home: str, name: str) -> None:
    """A draw whose seed is public: somebody else is to draw."""
    chance = dice("inspectors")
    pool = Table("inspectors", "code region name unit speciality active conflicts conflict_reason")
    own = [each.uscc for each in found.agencies if each.region == home][:1]
    for number, what in enumerate(("登记管理", "财务", "社会工作", "财务"), 1):
        away = (
            {"conflicts": tuple(own), "conflict_reason": "曾任该机构兼职督导"} if number == 3 and own else {}
        )
        pool.add(
            code=f"JR-{number:02d}",
            region=home,
            name=named(chance, "女" if number % 2 else "男"),
            unit=f"{name}民政局" if number < 3 else "演示会计师事务所",
            speciality=what,
            active=True,
            **away,
        )
    story.tell(pool, WRITTEN)
    table = Table(
        "random-inspections",
        "code name region year stage percent number per_subject accounting_firm seed seed_source seeded_on",
    )
    table.add(
        code="SS2022-01",
        name=f"{name}2022年社会组织双随机抽查",
        region=home,
        year=2022,
        stage="种子已公布",
        percent=Decimal(20),
        number=3,
        per_subject=2,
        accounting_firm="演示会计师事务所",
        seed="2022057-02-06-09-16-26-29",
        seed_source="5 月 22 日公开开奖号码（事先公告）",
        seeded_on=date(2022, 5, 23),
    )
    story.tell(table, WRITTEN)


def _life(story: Story, found: Institutions, home: str) -> None:
    looked = Table("registration-conditions", "code provider item met evidence checked_on")
    first = next((each for each in found.agencies if each.region == home), found.agencies[0])
    for number, (item, proof) in enumerate(
        (("必要的场所", "租赁合同，办公用房 120 平方米"), ("章程载明宗旨和业务范围", "章程核准件")), 1
    ):
        looked.add(code=f"TJ-{number:02d}", provider=first.uscc, item=item, met=True, evidence=proof,
                   checked_on=date(2021, 3, 10))  # fmt: skip
    story.tell(looked, WRITTEN)
    organs = Table("governance-organs", "code provider kind members elected_on term_ends_on meetings")
    masses = Table("mass-organisations", "code provider kind members set_up_on")
    party = {each["uscc"]: each["has_party_organisation"] for each in _stated(story, "providers")}
    for number, each in enumerate(found.agencies, 1):
        began = max(each.registered_on, date(2018 + number % 4, 3, 1))
        organs.add(
            code=f"ZL-{number:03d}",
            provider=each.uscc,
            kind="理事会",
            members=5 + number % 3 * 2,
            elected_on=began,
            term_ends_on=began.replace(year=began.year + 4, day=min(began.day, 28)),
            meetings=2 + number % 3,
        )
        if party.get(each.uscc):
            masses.add(code=f"QT-{number:03d}", provider=each.uscc, kind="党支部", members=3 + number % 4,
                       set_up_on=max(each.registered_on, date(2019, 7, 1)))  # fmt: skip
    story.tell(organs, WRITTEN)
    story.tell(masses, WRITTEN)
    own = ([each for each in found.agencies if each.region == home] or found.agencies)[0]
    income = Table("paid-incomes", "code provider service month amount standard people")
    for month, amount, people in ((2, 1280, 32), (3, 1640, 41), (4, 1520, 38)):
        income.add(code=f"SR2022-{month:02d}", provider=own.uscc, service="居家助浴陪护", month=date(2022, month, 1),
                   amount=Decimal(amount), standard="40 元/小时", people=people)  # fmt: skip
    story.tell(income, WRITTEN)
    interns = Table("internships", "code provider school major students hours starts_on ends_on")
    for number, (students, year) in enumerate(((6, 2021), (8, 2022)), 1):
        interns.add(code=f"SX-{number:02d}", provider=own.uscc, school="演示学院社会工作系", major="社会工作",
                    students=students, hours=400, starts_on=date(year, 3, 1), ends_on=date(year, 7, 1))  # fmt: skip
    story.tell(interns, WRITTEN)
    support = Table("provider-supports", "code region provider kind title giver amount starts_on")
    for number, (kind, title, value) in enumerate(
        (("提供场所", "孵化基地办公室两间", None), ("公益创投", "乡村阅读角", 20_000), ("税收优惠", "免征增值税", 8_600)), 1
    ):  # fmt: skip
        support.add(code=f"FC2021-{number:02d}", region=home, provider=own.uscc, kind=kind, title=title,
                    giver="县级民政局", amount=None if value is None else Decimal(value), starts_on=date(2021, number * 2, 1))  # fmt: skip
    story.tell(support, WRITTEN)


def _bases(story: Story, city: City, found: Institutions, home: str, name: str) -> None:
    bases = Table("incubation-bases", "code name region operator offers places groups fields opened_on")
    for code, place, at, opened in (
        ("FH-01", city.name, city.code, date(2017, 2, 6)),
        ("FH-02", name, home, date(2019, 5, 6)),
    ):
        bases.add(code=code, name=f"{place}社会组织孵化基地", region=at, operator=f"{place}社会工作者联谊会",
                  offers=("办公场地", "服务场所", "能力建设"), places=20, groups=("老年人", "农村留守人员"),
                  fields=("教育辅导", "应急处置"), opened_on=opened)  # fmt: skip
    story.tell(bases, WRITTEN)
    stays = Table("incubations", "code base name kind groups entered_on left_on outcome")
    for number, each in enumerate([each for each in found.others if each.region == home][:6], 1):
        left = each.registered_on + timedelta(days=400)
        done = {"left_on": left, "outcome": "独立运营"} if left < WRITTEN else {"outcome": "继续孵化"}
        stays.add(code=f"RZ-{number:03d}", base="FH-02", name=each.name, kind="社区服务类", groups=("老年人",),
                  entered_on=each.registered_on, **done)  # fmt: skip
    story.tell(stays, WRITTEN)


def _twins(story: Story, city: City, found: Institutions) -> None:
    """Twelve institutions, three years; every worker more than 40 working days a year (INS-26, INS-27)."""
    pairs = Table(
        "twinnings",
        "code name region provider helper helper_place topics level workers starts_on ends_on agreement",
    )
    days = Table("twinning-days", "code twinning helped_on topic mode workers days content")
    topics = ("机构管理", "服务项目设计", "财务管理")
    for number, each in enumerate(found.agencies[:TWINS], 1):
        helper = HELPERS[number % len(HELPERS)]
        pairs.add(code=f"QS-{number:02d}", name=f"{helper[:3]}—{each.name}", region=city.code, provider=each.uscc,
                  helper=helper, helper_place=helper[:3], topics=topics, level="省级", workers=HELPED_WORKERS,
                  starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 31), agreement=f"牵手协议〔2018〕{number}号")  # fmt: skip
        for year in TWINNED:
            if each.registered_on.year > year:
                continue
            days.add(code=f"BF{year}-{number:02d}", twinning=f"QS-{number:02d}", helped_on=date(year, 11, 30),
                     topic=topics[(year + number) % 3], mode="到场", workers=HELPED_WORKERS, days=Decimal(HELPED_DAYS),
                     content="全年到场督导和跟岗合计")  # fmt: skip
    story.tell(pairs, WRITTEN)
    story.tell(days, WRITTEN)


def _sector(story: Story, city: City, found: Institutions, home: str) -> None:
    unions = Table("associations", "code name region provider level delegated norms founded_on")
    for number, (code, each) in enumerate(found.associations.items(), 1):
        unions.add(code=f"HY-{number:02d}", name=each.name, region=code, provider=each.uscc,
                   level="市级" if code == city.code else "县级", delegated=("专业培训", "督导"),
                   norms=("运营管理", "信用建设"), founded_on=each.registered_on)  # fmt: skip
    story.tell(unions, WRITTEN)
    _notices(story, found, city, home)
    models = Table("demonstrations", "code region provider field level named_on document")
    pool = Table("operator-pool", "code region provider pool batch chosen_by way chosen_on until")
    for number, (each, field) in enumerate(
        zip(_strong(found), ("老年", "儿童", "社会救助"), strict=False), 1
    ):
        models.add(code=f"SF2021-{number}", region=city.code, provider=each.uscc, field=field, level="市级",
                   named_on=date(2021, 12, 20), document="全市示范性社会工作服务机构名单")  # fmt: skip
        pool.add(code=f"JK2021-{number}", region=city.code, provider=each.uscc, pool="乡镇社工站承接机构库",
                 batch="第一批", chosen_by=f"{city.name}社会工作者联谊会", way="公开遴选", chosen_on=date(2021, 3, 1),
                 until=date(2023, 2, 28))  # fmt: skip
    story.tell(models, WRITTEN)
    story.tell(pool, WRITTEN)
    campaign = Table("campaigns", "code name region departments duties starts_on ends_on found banned guided")
    campaign.add(code="ZX2021-01", name="打击整治非法社会组织专项行动", region=city.code, departments=tuple(DEPARTMENTS),
                 duties="民政部门牵头查处；公安机关打击以社会组织名义的违法犯罪；市场监管部门查处违规注册和广告",
                 starts_on=date(2021, 3, 22), ends_on=date(2021, 12, 31), found=19, banned=7, guided=5)  # fmt: skip
    story.tell(campaign, WRITTEN)


def _notices(story: Story, found: Institutions, city: City, home: str) -> None:
    """An association's warning that waits for the institution of the demo account, and a dispute it settled between an institution and a buyer."""
    table = Table(
        "trade-notices",
        "code provider kind stage association other_party matter advice raised_on reply_by reply replied_on outcome result"
        " settled_on",
    )
    one = next((each for each in found.agencies if each.region == home), found.agencies[0])
    other = next(each for each in found.agencies if each is not one)
    shared = {
        "association": f"{city.name}社会工作者联谊会",
        "raised_on": date(2022, 4, 6),
        "reply_by": date(2022, 4, 20),
    }
    table.add(code="YT2022-01", provider=one.uscc, kind="风险防控预警", stage="已提出", **shared,
              matter="今年以来三名社工离职，两个站点由一人兼顾", advice="先补人员，未补齐以前不接新项目")  # fmt: skip
    table.add(code="YT2022-02", provider=other.uscc, kind="纠纷调处", stage="已办结", other_party="购买方", **shared,
              matter="末期评估以后尾款的支付时间双方说法不一", advice="按合同约定的评估节点重新对账",
              reply="同意对账，补交了服务台账", replied_on=date(2022, 4, 12), outcome="已化解",
              result="双方书面确认支付日期", settled_on=date(2022, 4, 25))  # fmt: skip
    story.tell(table, WRITTEN)


def _strong(found: Institutions) -> list[Provider]:
    return found.agencies[:3]
