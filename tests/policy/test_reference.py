"""The shipped rulebook says what the studied documents say, and only that (CFG-01…16, NFR-01)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from linzhan.kernel import places
from linzhan.policy import loading
from linzhan.policy.api import (
    PARAMETERS,
    DocumentStatus,
    NoRuling,
    ParameterValue,
    PolicyDocument,
    casework,
    linkage,
    load_reference,
    menu,
    network,
    oversight,
    parameter_named,
    procurement,
    providers,
    quality,
    register_document,
    reporting,
    resident_categories,
    ruling_for,
    rulings_of,
    state_value,
    workforce,
)
from linzhan.policy.services import DocumentFacts, Statement
from tests.each import of_each
from tests.policy.conftest import CLERK, NATION

HUNAN, HUAIHUA, ZHUZHOU, ZHENGZHOU = "43", "4312", "4302", "4101"
HAINING, SICHUAN, CHENGDU = "330481", "51", "5101"
FUJIAN, SANMING, NANPING, PUTIAN, XIAMEN, ZHANGZHOU = "35", "3504", "3507", "3503", "3502", "3506"
HUBEI, JINGSHAN, HEILONGJIANG, LIAONING = "42", "420882", "23", "21"
XINJIANG, TIBET, GUIZHOU, HEZHOU = "65", "54", "52", "4511"

# The rows of "Differences between places": the parameter that carries it, and the places that must value it.
DIFFERENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "tiers of the network": {"network.tiers": (HUNAN, CHENGDU, FUJIAN, TIBET, LIAONING, ZHENGZHOU)},
    "name of township node": {
        "network.township_station_name": (HUBEI, HAINING, LIAONING, GUIZHOU),
        "network.village_point_name": (LIAONING,),
    },
    "build checklist": {"network.build_checklist": (FUJIAN, HUBEI, TIBET, LIAONING)},
    "staff per station": {
        "network.full_time_staff": (HAINING,),
        "network.certified_staff": (HAINING,),
        "network.professional_staff": (SICHUAN,),
    },
    "operator condition": {
        "providers.outside_operator_grade": (HAINING,),
        "providers.outside_operator_trainees": (HAINING,),
        "providers.operator_path": (SICHUAN,),
    },
    "who may undertake": {"providers.undertaker_kinds": (HUAIHUA, ZHUZHOU)},
    "registration staff rule": {
        "providers.registration_certified_share": (ZHUZHOU,),
        "providers.registration_qualified_staff": (HUAIHUA,),
    },
    "funding ratio, base, meaning": {
        "procurement.funding_ratio": (
            HEILONGJIANG,
            HUNAN,
            FUJIAN,
            SANMING,
            NANPING,
            JINGSHAN,
            SICHUAN,
            XINJIANG,
        )
    },
    "subsidy / reward": {"procurement.subsidies": (HAINING, SICHUAN, LIAONING, TIBET, HEILONGJIANG)},
    "purchase form": {"procurement.purchase_forms": (ZHUZHOU, ZHENGZHOU, SICHUAN, CHENGDU)},
    "purchaser": {"procurement.purchaser": (HUNAN, HUAIHUA, ZHENGZHOU, HAINING)},
    "contract length / professional posts / price revision": {
        "procurement.contract_years": (ZHENGZHOU,),
        "procurement.professional_posts": (ZHENGZHOU,),
        "procurement.price_revision_years": (ZHENGZHOU,),
    },
    "bar after failure or breach": {
        "procurement.institution_bar": (HUAIHUA,),
        "workforce.person_bar": (HAINING,),
    },
    "visit frequency": {
        "casework.visit_rules": (CHENGDU,),
        "casework.visit_rate": (HAINING,),
        "casework.high_risk_contact": (HAINING,),
    },
    "service catalogue": {
        "linkage.catalogue_shape": (CHENGDU, HUNAN, GUIZHOU, SICHUAN, ZHENGZHOU),
        "linkage.project_model": (HAINING,),
    },
    "reporting rhythm": {
        "reporting.rhythm": (FUJIAN, HUNAN, SICHUAN, HAINING),
        "quality.contest": (HAINING,),
        "oversight.disclosure_day": (HAINING,),
    },
    "evaluation scheme": {"quality.schemes": (HAINING, CHENGDU, HUNAN, GUIZHOU, HUAIHUA)},
    "grade scales": {"quality.grade_names": (HUAIHUA, LIAONING), "quality.contest": (HAINING,)},
    "money to persons": {
        "workforce.allowances": (LIAONING, ZHENGZHOU, ZHANGZHOU, XIAMEN, HEILONGJIANG),
        "workforce.pay_scale": (HAINING,),
    },
    "continuing education": {"workforce.continuing_education": (ZHENGZHOU,)},
    "“社” linkage": {"linkage.social_model": (ZHENGZHOU, HUBEI, HEZHOU, LIAONING, ZHUZHOU, FUJIAN)},
    "coverage target": {
        "network.targets": (HUBEI, LIAONING, ZHENGZHOU, TIBET),
        "network.phases": (FUJIAN, CHENGDU, SICHUAN),
    },
}
VALUES = list(loading.entries("value"))
DOCUMENTS = {entry["key"]: entry for entry in loading.entries("document")}
IN_2022 = date(2022, 12, 31)


@pytest.mark.parametrize("row", DIFFERENCES)
def test_every_difference_between_places_is_a_setting_with_its_places(row: str) -> None:
    for code, regions in DIFFERENCES[row].items():
        assert code in PARAMETERS
        valued = {entry["region"] for entry in VALUES if entry["parameter"] == code}
        assert set(regions) <= valued, code


@pytest.mark.parametrize("number", range(1, 17))
def test_every_configurable_requirement_has_a_parameter(number: int) -> None:
    assert any(f"CFG-{number:02}" in param.requirements for param in PARAMETERS)


@of_each("entry", VALUES)
def test_every_shipped_value_fits_its_parameter_and_cites_a_document_that_rules_there(
    entry: loading.Entry,
) -> None:
    param = parameter_named(entry["parameter"])
    if "value" in entry:
        value = param.kind.read(entry["value"])
        assert param.kind.read(param.kind.write(value)) == value
        assert param.kind.show(value)
    else:
        assert "缺失" in entry["note"]
    document = DOCUMENTS[entry["document"]]
    assert places.covers(places.pad(document["region"]), places.pad(entry["region"]))
    assert entry["clause"].strip()
    assert bool(param.variants) == bool(entry.get("variant"))


@of_each("param", list(PARAMETERS))
def test_every_default_names_its_source_and_every_parameter_its_requirement(param: object) -> None:
    assert isinstance(param, type(parameter_named("network.tiers")))
    assert all(default.source for default in param.defaults.values())
    if param.code.split(".")[0] != "test":
        assert all(re.fullmatch(r"[A-Z]{3}-\d{2}", requirement) for requirement in param.requirements)
        assert param.requirements
        assert param.code.startswith(f"{param.group.value}.")


@pytest.fixture
def loaded(db: None, everywhere: None) -> None:
    load_reference()


def held(param: object, region: str, on: date = IN_2022, variant: str = "") -> object:
    return ruling_for(param, region=places.pad(region), on=on, variant=variant).value  # type: ignore[arg-type]


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = set(ParameterValue.objects.values_list("id", "valid_from", "valid_to"))
    again = load_reference()
    assert (again.created, again.left_out) == (0, ())
    assert again.present == len(VALUES) + 45 + 41
    assert set(ParameterValue.objects.values_list("id", "valid_from", "valid_to")) == before


def test_loading_leaves_what_a_place_has_decided_itself(db: None, everywhere: None) -> None:
    paper = register_document(DocumentFacts(title="湖南办法", region_code="430000000000"), actor=CLERK)
    own = Statement(
        parameter="network.township_station_name",
        region_code="430000000000",
        value="社工驿站",
        valid_from=date(2015, 1, 1),
        document=paper,
        clause="一",
    )
    state_value(own, actor=CLERK)
    assert load_reference().left_out == ("network.township_station_name||43|2018-01-01",)
    assert held(network.TOWNSHIP_STATION_NAME, HUNAN) == "社工驿站"


def test_zhengzhous_opinion_is_held_with_its_doubtful_status(loaded: None) -> None:
    document = PolicyDocument.objects.get(number="郑民文〔2022〕7号")
    assert document.status == DocumentStatus.UNCLEAR
    assert "征求意见稿" in document.note


def test_places_have_the_tiers_they_say(loaded: None) -> None:
    counts = {
        region: len(ruling_for(network.TIERS, region=places.pad(region), on=IN_2022).value)
        for region in (HUNAN, CHENGDU, FUJIAN, TIBET, LIAONING, ZHENGZHOU)
    }
    assert counts == {HUNAN: 4, CHENGDU: 4, FUJIAN: 3, TIBET: 3, LIAONING: 3, ZHENGZHOU: 3}


@pytest.mark.parametrize(
    ("region", "items"), [(FUJIAN, 3), (HUBEI, 5), (TIBET, 6), (LIAONING, 6), (HUNAN, 6)]
)
def test_build_checklists_have_their_number_of_items(loaded: None, region: str, items: int) -> None:
    assert len(ruling_for(network.BUILD_CHECKLIST, region=places.pad(region), on=IN_2022).value) == items


@pytest.mark.parametrize(
    ("region", "rules"),
    [
        (HEILONGJIANG, {("社会救助专项经费", 2, "share")}),
        (HUNAN, {("社会救助工作经费", 2, "earmark")}),
        (FUJIAN, {("社会救助专项经费", None, "permission")}),
        (SANMING, {("专项资金", 5, "earmark"), ("社会救助专项经费", None, "permission")}),
        (JINGSHAN, {("社会救助资金总支出", 5, "cap")}),
        (SICHUAN, {("社会救助专项资金", 3, "permission")}),
        (XINJIANG, {("社会救助专项工作经费", 3, "share"), ("社会救助补助资金", 3, "cap")}),
        (HAINING, set()),
    ],
)
def test_ratio_rules_keep_their_base_and_meaning(
    loaded: None, region: str, rules: set[tuple[str, int | None, str]]
) -> None:
    found = rulings_of(procurement.FUNDING_RATIO, region=places.pad(region), on=IN_2022)
    assert {(rule.value.base, rule.value.percent, rule.value.meaning) for rule in found} == rules
    assert all(rule.variant == rule.value.base for rule in found)


def test_jingshan_counts_against_last_years_spending(loaded: None) -> None:
    (rule,) = rulings_of(procurement.FUNDING_RATIO, region=places.pad(JINGSHAN), on=IN_2022)
    assert (rule.value.base_year, rule.value.fund) == ("上年", "社会救助专项经费")


def test_two_cities_of_one_province_register_institutions_differently(loaded: None) -> None:
    assert held(providers.REGISTRATION_CERTIFIED_SHARE, ZHUZHOU) == Fraction(1, 3)
    assert held(providers.REGISTRATION_QUALIFIED_STAFF, HUAIHUA) == 3
    with pytest.raises(NoRuling):
        held(providers.REGISTRATION_CERTIFIED_SHARE, HUAIHUA)


@pytest.mark.parametrize("param", [casework.VISIT_RATE, network.MINIMUM_AREA])
def test_numbers_that_hainings_copy_lost_stay_lost(loaded: None, param: object) -> None:
    with pytest.raises(NoRuling, match="数字缺失"):
        held(param, HAINING)


def test_staff_money_and_time_limits_are_those_of_the_sources(loaded: None) -> None:
    assert (held(network.FULL_TIME_STAFF, HAINING), held(network.CERTIFIED_STAFF, HAINING)) == (6, 4)
    assert held(network.PROFESSIONAL_STAFF, CHENGDU) == 2
    assert held(procurement.CONTRACT_YEARS, ZHENGZHOU) == 3
    assert held(procurement.PROFESSIONAL_POSTS, ZHENGZHOU) == Decimal(80)
    assert held(workforce.FILING_DAYS, HUAIHUA) == 7
    assert held(casework.LATE_ENTRY_DAYS, HUAIHUA) == 3
    assert held(oversight.DISCLOSURE_DAY, HUAIHUA) == 15
    subsidy = ruling_for(
        procurement.SUBSIDIES, region=places.pad(HAINING), on=IN_2022, variant="以奖代补"
    ).value
    assert (subsidy.percent, subsidy.cap) == (Decimal(40), Decimal(300000))
    allowance = ruling_for(
        workforce.ALLOWANCES, region=places.pad(LIAONING), on=IN_2022, variant="职业津贴"
    ).value
    assert (allowance.minimum, allowance.maximum, allowance.period) == (Decimal(50), Decimal(400), "未载明")


def test_all_education_rules_of_a_place_apply_together(loaded: None) -> None:
    rules = rulings_of(workforce.CONTINUING_EDUCATION, region=places.pad(ZHENGZHOU), on=IN_2022)
    assert sorted((rule.value.period, rule.value.hours) for rule in rules) == [
        ("登记周期", Decimal(72)),
        ("登记周期", Decimal(90)),
        ("自然年", Decimal(60)),
    ]
    assert len(rulings_of(workforce.CONTINUING_EDUCATION, region=places.pad(HUAIHUA), on=IN_2022)) == 2


@pytest.mark.parametrize(
    ("region", "duties"),
    [(HUAIHUA, {"VF01", "VF02", "VF04", "VF06"}), (CHENGDU, {"VF01", "VF02", "VF04", "VF05", "VF06"})],
)
def test_visit_duties_are_on_where_the_contract_and_the_place_say(
    loaded: None, region: str, duties: set[str]
) -> None:
    rules = rulings_of(casework.VISIT_RULES, region=places.pad(region), on=IN_2022)
    assert len(rules) == 13
    enabled = {rule.variant for rule in rules if rule.value.enabled}
    assert enabled - {"VF12"} == duties  # VF12 are the two calls after a closed case, no visit of a month


def test_linkage_scheme_and_rhythm_follow_the_place(loaded: None) -> None:
    assert held(linkage.SOCIAL_MODEL, ZHUZHOU) == "三社联动"
    assert held(linkage.SOCIAL_MODEL, HEZHOU) == "五社联动"
    rhythm = ruling_for(reporting.RHYTHM, region=places.pad(HUAIHUA), on=IN_2022).value
    assert [step.every for step in rhythm] == ["每月", "每季", "每年"]
    (scheme,) = ruling_for(quality.SCHEMES, region=places.pad(HAINING), on=IN_2022).value
    assert (scheme.name, len(scheme.dimensions), scheme.indicators) == ("SPPE", 4, 23)


def test_the_grade_scale_of_a_place_that_gives_no_cut_offs_is_the_default(loaded: None) -> None:
    assert held(quality.GRADE_NAMES, HUAIHUA) == ("合格", "不合格")
    assert ruling_for(quality.GRADE_SCALE, region=places.pad(HUAIHUA), on=IN_2022).is_default


def test_the_default_menu_has_eight_domains_and_forty_five_items(loaded: None) -> None:
    items = menu(NATION, IN_2022)
    assert (len({item.domain for item in items}), len(items)) == (8, 45)
    assert [item.code for item in items[:6]] == ["A01", "A02", "A03", "A04", "A05", "A06"]


def test_categories_that_must_not_be_published_are_marked(loaded: None) -> None:
    categories = {row.code: row for row in resident_categories(NATION, IN_2022)}
    assert {code for code, row in categories.items() if row.publishable} == {"A01", "A03"}
    assert {code for code, row in categories.items() if row.confidential} >= {
        "C03",
        "C09",
        "D03",
        "E01",
        "E02",
        "E03",
        "E06",
    }
    assert not any(row.publishable and row.confidential for row in categories.values())


def test_every_category_that_a_rule_or_a_menu_item_names_exists(loaded: None) -> None:
    known = {row.code for row in resident_categories(NATION, IN_2022)}
    rules = rulings_of(casework.VISIT_RULES, region=NATION, on=IN_2022)
    named = {code for rule in rules for code in rule.value.categories}
    served = {code for item in menu(NATION, IN_2022) for code in item.objects_served}
    assert named <= known
    assert {code for code in served if not code.endswith("*")} <= known
    assert {code[0] for code in served if len(code) == 2} <= {code[0] for code in known}


def test_no_reference_file_repeats_a_key() -> None:
    keys = [loading.reference_key(entry) for entry in VALUES]
    assert len(keys) == len(set(keys))
    assert len(DOCUMENTS) == len(list(loading.entries("document")))
