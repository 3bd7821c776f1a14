"""A three-year station contract by HTTP in three places, from survey to renewal, by four people (PUR-01, CFG-06, CFG-15).

What each place demands is refused with its clause, and only there; who asked for something does not decide it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from linzhan.providers.api import Provider
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


@dataclass
class Purchase:
    """One purchase of a place, taken step by step by its four people; ``refused`` are the words of refusals."""

    region: str
    four: dict[str, Caller]
    one: Provider
    id: str = ""
    refused: dict[str, str] = field(default_factory=dict)

    def step(self, name: str, **more: Any) -> Any:
        caller = self.four[BY.get(name, "purchaser")]
        return caller.post(f"/purchase-files/{self.id}/steps/{name}", body_of(name, **more))

    def attempt(self, name: str, **more: Any) -> bool:
        """Take a step; False where it was refused, of which the words are noted."""
        answer = self.step(name, **more)
        if answer.status_code == 409:
            self.refused[name] = answer.json()["detail"]
            return False
        assert answer.status_code == 200, f"{name}: {answer.content.decode()}"
        return True

    def prepare(self, name: str) -> None:
        """What stands beside the file before a step."""
        buyer = self.four["purchaser"]
        if name == "award":
            row = {
                "bidder": self.one.uscc,
                "qualified": True,
                "interest": "无",
                "price": 880000,
                "result": "成交",
            }
            made(buyer, "bids", purchase=self.id, **row)
        if name == "staff":
            team(self.region, self.id, self.four["provider"], self.one.uscc)

    def mend(self, name: str) -> None:
        """After a refusal: what was wrong is put right, with somebody else's help where it must be."""
        if name == "start":
            project = self.four["purchaser"].get(f"/purchase-files/{self.id}").json()["project"]["id"]
            days = {"due_on": "2023-06-30", "done_on": "2023-06-28"}
            made(self.four["provider"], "milestones", project=project, name="完成建档", **days)
        if name == "sign":
            path = f"/purchase-files/{self.id}/steps/return_draft"
            assert self.four["official"].post(path, {"note": "超过三年"}).status_code == 200
            assert self.attempt("draft")


@pytest.mark.parametrize("region", list(PLACES))
def test_a_contract_of_three_years_from_survey_to_renewal(rules: None, people: Any, region: str) -> None:
    with opened(EVERYTHING):
        one = provider(region=region)
    purchase = Purchase(region, people(region, one.pk), one)
    buyer = purchase.four["purchaser"]
    listed = {"name": "独居老人探访", "region": region, "starts_on": "2020-01-01", "purchasable": True}
    item = made(buyer, "catalogue-items", **listed)
    purchase.id = made(buyer, "purchase-files", **purchase_row(region=region), items=[item])
    path = f"/purchase-files/{purchase.id}"
    for name in GIVEN:
        purchase.prepare(name)
        if name == "sign":
            checks = {
                each["key"] for each in purchase.four["official"].get(f"{path}/steps/sign/checks").json()
            }
            assert ("term" in checks) is (region == ERQI)
        if not purchase.attempt(name, **SPOILT.get(name, {})):
            purchase.mend(name)
            assert purchase.attempt(name)
    assert set(purchase.refused) == set(REFUSED[region])
    for name, words in REFUSED[region].items():
        assert words in purchase.refused[name]
    found = buyer.get(path).json()
    project = buyer.get(f"/projects/{found['project']['id']}").json()
    assert (found["stage"], project["status"], project["code"]) == ("续签已定", "结项", "HT-2023-1")
    again = purchase.four["provider"].post(f"{path}/steps/staff", {})
    assert again.status_code == 409


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
