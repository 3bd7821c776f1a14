"""A three-year station contract by HTTP in three places, from survey to renewal, by four people (PUR-01, CFG-06, CFG-15).

What each place demands is refused with its clause, and only there; who asked for something does not decide it.
"""

from __future__ import annotations

from typing import Any

import pytest

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from linzhan.territory.api import Region
from tests.factories import network, workforce
from tests.factories.places import HECHENG, corner
from tests.factories.providers import provider
from tests.factories.purchases import GIVEN, purchase_row
from tests.interface.conftest import Caller, Calling

pytestmark = pytest.mark.django_db
HAINING, ERQI = "330481000000", "410103000000"
PLACES = {HECHENG: "鹤城区", HAINING: "海宁市", ERQI: "二七区"}
BY = {
    "approve": "official", "approve_method": "finance", "sign": "official", "staff": "provider",
    "plan": "provider", "close": "finance", "decide_renewal": "official",
}  # fmt: skip
"""Who takes which step; the rest are the purchaser's."""
SPOILT: dict[str, dict[str, Any]] = {
    "approve": {"minutes_number": None, "minuted_on": None, "reported_matters": []},
    "approve_method": {"method_approver": "局务会"},
    "draft": {"ends_on": "2026-04-30", "professional_posts": 3},
}
"""What somebody tries first."""
REFUSED = {
    HECHENG: {"approve": "片会材料第131行", "approve_method": "片会材料第133行"},
    HAINING: {"start": "片会材料第287行"},
    ERQI: {"sign": "37 个月，不得超过 36 个月"},
}
"""Where that is refused, and by which words."""


@pytest.fixture
def rules(db: None) -> None:
    with opened(EVERYTHING):
        corner()
        for code, name in PLACES.items():
            for each in (code, places.parent(code) or "", places.parent(places.parent(code) or "") or ""):
                Region.objects.get_or_create(
                    code=each,
                    defaults={
                        "name": name, "short_name": name, "level": places.level_of(each),
                        "parent_code": places.parent(each), "full_path": name,
                    },
                )  # fmt: skip
        load_reference()


@pytest.fixture
def people(calling: Calling) -> Any:
    """The four of a county."""

    def make(region: str, provider_id: Any) -> dict[str, Caller]:
        return {
            "purchaser": calling("purchaser", region),
            "official": calling("county_official", region),
            "finance": calling("finance", region),
            "provider": calling("provider_manager", region, provider_id=provider_id),
        }

    return make


def body_of(name: str, **more: Any) -> dict[str, Any]:
    given = {**GIVEN[name], **more}
    listed = {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}
    return {"note": str(listed.pop("note", "")), "given": listed}


def made(caller: Caller, register: str, **values: Any) -> str:
    answer = caller.post(f"/{register}", values)
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["id"])


def team(region: str, purchase: str, caller: Caller, provider_uscc: str) -> None:
    with opened(EVERYTHING):
        at = network.station(f"{region[:6]}005000", provider=provider_uscc)
        workers = [
            workforce.worker(
                station=at.code, pledged_on="2020-02-20", filed_on="2020-03-02", certificate="社会工作师",
                passed_on="2018-06-01", registered_until="2029-12-31",
            )
            for _one in range(6)
        ]  # fmt: skip
    for order, worker in enumerate(workers):
        made(
            caller, "planned-posts", purchase=purchase, worker=str(worker.pk), post="社工",
            professional=order < 5, leads=order == 0, share=100,
        )  # fmt: skip


@pytest.mark.parametrize("region", list(PLACES))
def test_a_contract_of_three_years_from_survey_to_renewal(rules: None, people: Any, region: str) -> None:
    with opened(EVERYTHING):
        one = provider(region=region)
    four = people(region, one.pk)
    buyer: Caller = four["purchaser"]
    item = made(
        buyer, "catalogue-items", name="独居老人探访", region=region, starts_on="2020-01-01", purchasable=True
    )
    row = {**purchase_row(region=region), "items": [item]}
    row.pop("code", None)
    purchase = made(buyer, "purchase-files", **row)
    path = f"/purchase-files/{purchase}/steps"
    refused: dict[str, str] = {}
    for name in GIVEN:
        if name == "award":
            made(
                buyer,
                "bids",
                purchase=purchase,
                bidder=one.uscc,
                qualified=True,
                interest="无",
                price=880000,
                result="成交",
            )
        if name == "staff":
            team(region, purchase, four["provider"], one.uscc)
        caller: Caller = four[BY.get(name, "purchaser")]
        if name in SPOILT and name != "draft":
            answer = caller.post(f"{path}/{name}", body_of(name, **SPOILT[name]))
            if answer.status_code == 409:
                refused[name] = answer.json()["detail"]
            else:
                continue
        if name == "start" and region == HAINING:
            refused[name] = caller.post(f"{path}/{name}", body_of(name)).json()["detail"]
            project = buyer.get(f"/purchase-files/{purchase}").json()["project"]["id"]
            made(
                four["provider"],
                "milestones",
                project=project,
                name="完成建档",
                due_on="2023-06-30",
                done_on="2023-06-28",
            )
        if name == "draft":
            answer = buyer.post(f"{path}/{name}", body_of(name, **SPOILT[name]))
            assert answer.status_code == 200, answer.content.decode()
            continue
        if name == "sign":
            checks = {each["key"]: each for each in caller.get(f"{path}/sign/checks").json()}
            assert ("term" in checks) is (region == ERQI)
            answer = caller.post(f"{path}/{name}", body_of(name))
            if answer.status_code != 409:
                continue
            refused[name] = answer.json()["detail"]
            assert "60%，不得低于 80%" in refused[name]
            assert caller.post(f"{path}/return_draft", {"note": "超过三年"}).status_code == 200
            assert buyer.post(f"{path}/draft", body_of("draft")).status_code == 200
        answer = caller.post(f"{path}/{name}", body_of(name))
        assert answer.status_code == 200, f"{name}: {answer.content.decode()}"
    assert dict.fromkeys(refused, True) == dict.fromkeys(REFUSED[region], True)
    for name, words in REFUSED[region].items():
        assert words in refused[name]
    found = buyer.get(f"/purchase-files/{purchase}").json()
    assert found["stage"] == "续签已定"
    project = buyer.get(f"/projects/{found['project']['id']}").json()
    assert (project["status"], project["code"]) == ("结项", "HT-2023-1")
    told = buyer.get(path).json()
    assert {each["by"] for each in told["taken"]} != set()
    assert four["provider"].post(f"{path}/close", {"note": "同意"}).status_code == 409


def test_who_does_what_is_decided_by_role(rules: None, people: Any) -> None:
    with opened(EVERYTHING):
        one = provider(region=HECHENG)
    four = people(HECHENG, one.pk)
    row = purchase_row(region=HECHENG)
    assert four["finance"].post("/purchase-files", row).status_code == 403
    purchase = made(four["purchaser"], "purchase-files", **row)
    path = f"/purchase-files/{purchase}/steps"
    assert four["provider"].get(f"/purchase-files/{purchase}").status_code == 404
    assert four["purchaser"].post(f"{path}/survey", body_of("survey")).status_code == 200
    assert four["purchaser"].post(f"{path}/submit", body_of("submit")).status_code == 200
    answer = four["purchaser"].post(f"{path}/approve", body_of("approve"))
    assert answer.status_code == 409
    assert "权限" in answer.json()["detail"]
    assert {each["name"] for each in four["official"].get(path).json()["possible"]} == {
        "approve",
        "return_need",
    }
