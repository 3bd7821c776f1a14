"""The city's institutions and the inspections of them: agencies, associations, incubated organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from linzhan.demo.ground import City, County
from linzhan.demo.persons import Population, named
from linzhan.demo.published import AGENCIES, AUDITED, INCUBATED
from linzhan.demo.telling import Story, Table, day_between, dice, in_proportion, weighted, working_day
from linzhan.kernel.identity import fictional_uscc

AGENCY, ASSOCIATION = "社会工作服务机构", "行业组织"
COLUMNS = (
    "uscc name kind region registered_on legal_representative phone rating rating_until full_time_staff"
    " professional_staff party_members has_party_organisation is_charity incubated_on status"
)
NAMES_OF_AGENCIES = (
    "溪灯 竹渡 禾舟 砚山 萤桥 栀野 稻岸 樟荫 青瓦 云汀 苇歌 石榴树 麦垄 星渡 松针 晨渡 橘井 木屐 月塘 南枝 桐花里 风铃木 半亩 听溪"
    " 小满屋 春笋 白鹭洲"
).split()
FORMER = 2  # the last two agencies: one dissolved, one barred
INCUBATED_AGENCIES = 12
INCUBATED_KINDS = (("社区社会组织", 100), ("志愿服务组织", 46), ("慈善组织", 19))
AUDITOR = "演示会计师事务所"
REPLIED = date(2022, 5, 25)


@dataclass(slots=True)
class Provider:
    uscc: str
    name: str
    kind: str
    region: str
    registered_on: date


@dataclass(slots=True)
class Institutions:
    """All institutions told of; ``agencies`` are the active ones, in order of their registration places."""

    agencies: list[Provider] = field(default_factory=list)
    former: list[Provider] = field(default_factory=list)
    associations: dict[str, Provider] = field(default_factory=dict)
    others: list[Provider] = field(default_factory=list)

    def agency_of(self, county: County, lot: int) -> Provider:
        """Which agency runs the stations of a lot: one registered in the county, else one of the city's."""
        own = [each for each in self.agencies if each.region == county.code]
        of_city = [each for each in self.agencies if each.region[4:] == "00000000"]
        return own[lot] if lot < len(own) else of_city[(int(county.six) + lot) % len(of_city)]


def tell_institutions(story: Story, city: City, people: Population) -> Institutions:
    """The register of institutions, with what became of some of them later."""
    told = _Telling(city, people)
    told.agencies()
    told.associations()
    told.incubated()
    story.tell(told.table, date(2021, 1, 4))
    for day, which, status in (
        (date(2021, 3, 15), told.found.former[1], "禁入"),
        (date(2021, 9, 6), told.found.former[0], "注销"),
        (date(2022, 2, 21), told.found.agencies[AGENCIES // 2], "整改"),
    ):
        later = Table("providers", "uscc region status")
        later.add(uscc=which.uscc, region=which.region, status=status)
        story.tell(later, day)
    return told.found


class _Telling:
    def __init__(self, city: City, people: Population) -> None:
        self.city, self.people = city, people
        self.chance = dice("institutions")
        self.table, self.found = Table("providers", COLUMNS), Institutions()
        self.number = 0

    def _write(self, name: str, kind: str, region: str, registered_on: date, **more: object) -> Provider:
        self.number += 1
        code = fictional_uscc(self.number, kind="51" if kind == ASSOCIATION else "52")
        chance = self.chance
        self.table.add(
            uscc=code,
            name=name,
            kind=kind,
            region=region,
            registered_on=registered_on,
            legal_representative=named(chance, "女" if chance.random() < 0.5 else "男"),
            phone=self.people.phone(),
            status="正常",
            **more,
        )
        return Provider(code, name, kind, region, registered_on)

    def agencies(self) -> None:
        """A quarter is registered with the city, the rest where they work; townships weigh."""
        at_city = AGENCIES // 4
        per_county = in_proportion(
            AGENCIES - at_city, [len(each.townships) + 8 for each in self.city.counties]
        )
        places = [(self.city.code, self.city.name)] * at_city
        for county, number in zip(self.city.counties, per_county, strict=True):
            places += [(county.code, county.name)] * number
        places += [(self.city.code, self.city.name)] * FORMER
        for number, (code, name) in enumerate(places):
            provider = self._agency(number, code, name)
            (self.found.agencies if number < AGENCIES else self.found.former).append(provider)

    def _agency(self, number: int, code: str, place: str) -> Provider:
        chance = self.chance
        incubated = (
            day_between(chance, date(2017, 3, 1), date(2019, 6, 30))
            if number >= AGENCIES - INCUBATED_AGENCIES
            else None
        )
        members, staff = chance.randrange(7), 6 + chance.randrange(28)
        return self._write(
            f"{place}{NAMES_OF_AGENCIES[number]}社会工作服务中心",
            AGENCY,
            code,
            incubated
            if number < AGENCIES and incubated
            else working_day(day_between(chance, date(2012, 4, 1), date(2016, 11, 30))),
            full_time_staff=staff,
            professional_staff=staff * (4 + chance.randrange(5)) // 10,
            party_members=members,
            has_party_organisation=members >= 3 and chance.random() < 0.85,
            is_charity=chance.random() < 0.2,
            incubated_on=incubated if number < AGENCIES else None,
            **_rating(chance),
        )

    def associations(self) -> None:
        """One association of social workers for the city and for each county."""
        counties = [(county.code, county.name) for county in self.city.counties]
        for code, name in [(self.city.code, self.city.name), *counties]:
            registered_on = working_day(day_between(self.chance, date(2014, 1, 1), date(2016, 12, 31)))
            self.found.associations[code] = self._write(
                f"{name}社会工作者联谊会",
                ASSOCIATION,
                code,
                registered_on,
                party_members=4,
                has_party_organisation=True,
            )

    def incubated(self) -> None:
        """With the incubated agencies 177 since 2017 (FIG-026)."""
        rest = INCUBATED - INCUBATED_AGENCIES
        numbers = in_proportion(rest, [weight for _kind, weight in INCUBATED_KINDS])
        for (kind, _weight), number in zip(INCUBATED_KINDS, numbers, strict=True):
            for nth in range(number):
                self.found.others.append(self._incubated(kind, nth))

    def _incubated(self, kind: str, nth: int) -> Provider:
        chance = self.chance
        county = weighted(chance, [(each, len(each.townships)) for each in self.city.counties])
        township = chance.choice(county.townships)
        began = working_day(day_between(chance, date(2017, 2, 6), date(2022, 4, 29)))
        return self._write(
            f"{county.name}{_own_name(chance, kind, township.name, nth)}",
            kind,
            county.code,
            began,
            full_time_staff=chance.randrange(4),
            party_members=chance.randrange(4),
            has_party_organisation=chance.random() < 0.2,
            is_charity=kind == "慈善组织",
            incubated_on=began,
        )


def _own_name(chance: Random, kind: str, township: str, nth: int) -> str:
    if kind == "慈善组织":
        return f"{NAMES_OF_AGENCIES[nth % len(NAMES_OF_AGENCIES)]}慈善会"
    if kind == "志愿服务组织":
        return f"{township}{NAMES_OF_AGENCIES[nth % len(NAMES_OF_AGENCIES)]}志愿服务队"
    work = chance.choice(
        ("邻里互助会", "老年协会", "巾帼服务社", "乡村议事会", "四点半课堂", "文艺队", "邻家厨房")
    )
    return f"{township}{NAMES_OF_AGENCIES[nth % len(NAMES_OF_AGENCIES)]}{work}"


def _rating(chance: Random) -> dict[str, object]:
    """Two agencies in three are rated; some ratings run out within the summer of 2022."""
    rating = weighted(chance, [("", 9), ("2A", 3), ("3A", 9), ("4A", 4), ("5A", 1)])
    if not rating:
        return {}
    until = (
        date(2022, 7, 15)
        if chance.random() < 0.25
        else day_between(chance, date(2022, 12, 1), date(2026, 3, 1))
    )
    return {"rating": rating, "rating_until": until}


def tell_inspections(story: Story, found: Institutions) -> None:
    """Yearly, random and financial inspections; 15 institutions audited in 2020–2021 (FIG-022)."""
    table = Table("inspections", "code kind year provider conclusion inspected_on inspector findings")
    chance = dice("inspections")
    _yearly(table, chance, found)
    for year, number in ((2020, 22), (2021, 24)):
        for which in chance.sample(found.agencies + found.others, number):
            if which.registered_on.year < year:
                _inspected(table, chance, which, "双随机", year, date(year, 9, 1), date(year, 11, 20))
    audited = (
        found.agencies[: AUDITED - 6]
        + [o for o in found.others if o.registered_on.year < 2020 and o.kind != "社区社会组织"][:6]
    )
    for nth, which in enumerate(audited):
        year = 2020 + nth % 2
        _inspected(table, chance, which, "财务专项审计", year, date(year, 7, 1), date(year, 12, 18))
    story.tell(table, date(2021, 12, 31))


def _yearly(table: Table, chance: Random, found: Institutions) -> None:
    for year in (2019, 2020, 2021):
        for which in found.agencies + found.former[: 1 if year == 2021 else FORMER]:
            if which.registered_on.year < year and not (which in found.former and year == 2021):
                _inspected(table, chance, which, "年检", year, date(year + 1, 3, 1), date(year + 1, 5, 20))


def _inspected(
    table: Table, chance: Random, which: Provider, kind: str, year: int, first: date, last: date
) -> None:
    good, bad = ("合格", "基本合格") if kind == "年检" else ("无问题", "发现问题")
    is_good = chance.random() < (0.93 if kind == "年检" else 0.7)
    table.add(
        code=f"{ {'年检': 'NJ', '双随机': 'SJ'}.get(kind, 'SJT') }{year}{len(table) + 1:04d}".replace(
            " ", ""
        ),
        kind=kind,
        year=year,
        provider=which.uscc,
        conclusion=good if is_good else bad,
        inspected_on=working_day(day_between(chance, first, last)),
        inspector=AUDITOR if kind == "财务专项审计" else "民政局社会组织管理科",
        findings=None if is_good else chance.choice(FINDINGS),
    )


FINDINGS = (
    "部分支出凭证附件不全，已要求补齐",
    "理事会会议记录不完整",
    "年度工作报告与会计报表的收入数不一致，已更正",
    "固定资产未按要求登记造册",
    "专职人员劳动合同续签不及时",
)
