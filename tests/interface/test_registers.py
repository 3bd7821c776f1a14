"""The resources: the same rows, rights, checks and words as everywhere else in the house."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.linkage.models import Need, Resource, Volunteer
from linzhan.network.api import Station
from tests.factories import network, workforce
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.interface.conftest import (
    Caller,
    Calling,
    identity,
    need_body,
    resource_body,
    volunteer_body,
)

pytestmark = pytest.mark.django_db


def fields(answer: Any) -> set[str]:
    return {each["field"] for each in answer.json()["errors"]}


def test_a_row_is_created_read_and_changed(county: Caller, here: Station) -> None:
    made = county.post("/needs", need_body(station="Z1"))
    assert made.status_code == 201, made.content.decode()
    assert made["Location"] == f"/api/v1/needs/{identity(made)}"
    assert made.json()["station"] == {"id": str(here.pk), "key": "Z1", "title": "坨院街道社工站"}
    assert made.json()["raised_on"] == "2021-06-05"
    changed = county.patch(f"/needs/{identity(made)}", {"urgency": 4})
    assert changed.status_code == 200, changed.content.decode()
    assert changed.json()["urgency"] == 4
    assert changed.json()["content"] == made.json()["content"]
    assert county.get(f"/needs/{identity(made)}").json() == changed.json()


def test_the_same_id_with_the_same_content_gives_the_stored_row(county: Caller) -> None:
    body = need_body(id=str(uuid4()))
    first, second = county.post("/needs", body), county.post("/needs", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json()
    with opened(EVERYTHING):
        assert Need.objects.count() == 1


def test_the_same_id_with_other_content_is_a_conflict(county: Caller) -> None:
    body = need_body(id=str(uuid4()))
    county.post("/needs", body)
    answer = county.post("/needs", {**body, "urgency": 1})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/conflict"
    with opened(EVERYTHING):
        assert Need.objects.get().urgency == 2


def test_another_id_with_a_key_that_is_taken_is_a_conflict_of_that_field(county: Caller) -> None:
    county.post("/needs", need_body(id=str(uuid4())))
    answer = county.post("/needs", need_body(id=str(uuid4())))
    assert answer.status_code == 409
    assert fields(answer) == {"code"}


def test_an_id_that_somebody_else_has_used_out_of_sight_is_a_conflict(
    county: Caller, calling: Calling
) -> None:
    body = resource_body(id=str(uuid4()))
    assert (
        calling("county_official", ZHONGFANG).post("/resources", {**body, "region": ZHONGFANG}).status_code
        == 201
    )
    assert county.post("/resources", body).status_code == 409


def test_the_key_of_another_county_is_free_here(county: Caller, calling: Calling) -> None:
    calling("county_official", ZHONGFANG).post("/resources", resource_body(region=ZHONGFANG))
    assert county.post("/resources", resource_body()).status_code == 201


def test_errors_name_their_fields(county: Caller) -> None:
    answer = county.post("/needs", need_body(urgency=9, kind="无此类", raised_on="2021-02-30"))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert fields(answer) == {"urgency", "kind", "raised_on"}
    assert {"type", "title", "status", "detail", "instance"} <= set(answer.json())


def test_a_required_field_that_is_missing_is_named(county: Caller) -> None:
    body = need_body()
    del body["content"]
    answer = county.post("/needs", body)
    assert (answer.status_code, fields(answer)) == (422, {"content"})


def test_an_unknown_field_is_refused_and_named(county: Caller) -> None:
    answer = county.post("/needs", need_body(colour="red"))
    assert (answer.status_code, fields(answer)) == (422, {"colour"})


def test_a_change_that_ends_before_it_starts_is_refused(county: Caller) -> None:
    made = county.post("/resources", resource_body())
    answer = county.patch(f"/resources/{identity(made)}", {"valid_until": "2020-12-31"})
    assert (answer.status_code, fields(answer)) == (422, {"valid_until"})


def test_null_clears_an_optional_field_and_not_a_required_one(county: Caller) -> None:
    made = county.post("/resources", resource_body(contact="李四", valid_until="2022-01-01"))
    path = f"/resources/{identity(made)}"
    assert county.patch(path, {"valid_until": None}).json()["valid_until"] is None
    assert fields(county.patch(path, {"name": None})) == {"name"}


def test_a_masked_value_that_comes_back_changes_nothing(county: Caller) -> None:
    made = county.post("/volunteers", volunteer_body())
    shown = made.json()
    county.patch(f"/volunteers/{identity(made)}", {"name": shown["name"], "phone": shown["phone"]})
    with opened(EVERYTHING):
        assert Volunteer.objects.get().name == "欧阳小娜"


def test_personal_values_are_masked_and_said_to_be(county: Caller) -> None:
    shown = county.post("/volunteers", volunteer_body()).json()
    assert shown["name"] == "欧阳*娜"
    assert shown["identity_number"] == "990***********0019"
    assert shown["phone"] == "138****5678"
    assert "born_on" not in shown
    assert {"name", "identity_number", "phone", "born_on"} <= set(shown["masked"])


def test_a_worker_referred_to_shows_neither_number_nor_name(county: Caller, here: Station) -> None:
    with opened(EVERYTHING):
        worker = workforce.worker(station="Z1", identity_number="990101199001010019")
        session = workforce.save_session(here, workers=("990101199001010019",))
        assert not session.faults
    [shown] = county.get("/supervisions").json()["items"]
    assert shown["workers"] == [{"id": str(worker.pk), "key": "990***********0019", "title": "宋*全"}]
    assert shown["supervisor"] == "侯*玲"


def test_a_row_out_of_sight_and_one_that_is_not_there_get_the_same_answer(
    county: Caller, elsewhere: Station
) -> None:
    hidden, missing = county.get(f"/stations/{elsewhere.pk}"), county.get(f"/stations/{uuid4()}")
    assert hidden.status_code == missing.status_code == 404
    told = [{**each.json(), "instance": ""} for each in (hidden, missing)]
    assert told[0] == told[1]
    changed = county.patch(f"/stations/{elsewhere.pk}", {"name": "别处"})
    assert (changed.status_code, changed.json()["type"]) == (404, "/problems/not-found")


def test_a_list_holds_what_the_caller_sees(county: Caller, here: Station, elsewhere: Station) -> None:
    assert [each["code"] for each in county.get("/stations").json()["items"]] == ["Z1"]


def test_a_row_cannot_be_placed_out_of_sight(county: Caller) -> None:
    answer = county.post("/resources", resource_body(region=ZHONGFANG))
    assert (answer.status_code, fields(answer)) == (422, {"region"})


def test_a_reader_without_the_right_to_write_is_refused(calling: Calling) -> None:
    evaluator = calling("evaluator")
    assert evaluator.get("/resources").status_code == 200
    answer = evaluator.post("/resources", resource_body())
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-allowed")


def test_references_are_given_by_id_or_by_key(county: Caller, here: Station) -> None:
    by_id = county.post("/needs", need_body(station=str(here.pk)))
    by_object = county.post("/needs", need_body(code="X2", station={"id": str(here.pk)}))
    assert by_id.json()["station"] == by_object.json()["station"]


def test_an_id_decides_between_equal_keys_of_two_counties(calling: Calling, here: Station) -> None:
    with opened(EVERYTHING):
        network.station(ZHONGFANG, code="Z1", name="另一个")
    everywhere = calling("system_admin", "000000000000")
    made = everywhere.post("/volunteers", volunteer_body(station=str(here.pk)))
    assert made.status_code == 201, made.content.decode()
    answer = everywhere.patch(f"/volunteers/{identity(made)}", {"skills": "理发"})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["station"]["id"] == str(here.pk)


def test_a_page_follows_the_other_until_every_row_was_seen_once(county: Caller) -> None:
    for number in range(7):
        assert county.post("/resources", resource_body(code=f"R{number}")).status_code == 201
    seen: list[str] = []
    path = "/resources?limit=3"
    while path:
        page = county.get(path).json()
        assert len(page["items"]) <= 3
        seen += [each["code"] for each in page["items"]]
        path = f"/resources?limit=3&cursor={page['next']}" if page["next"] else ""
    assert sorted(seen) == [f"R{number}" for number in range(7)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=物资", {"R1"}),
        ("kind=场地", set()),
        ("code=R2", {"R2"}),
        (f"within={CHENGNAN}", {"R2"}),
        ("valid_from_from=2021-02-01", {"R2"}),
        ("valid_from_until=2021-01-31", {"R1"}),
        ("valid_from=2021-01-01", {"R1"}),
        ("quantity=3", {"R1"}),
    ],
)
def test_a_list_is_filtered_by_the_names_of_fields(county: Caller, query: str, found: set[str]) -> None:
    county.post("/resources", resource_body())
    more = {"code": "R2", "kind": "人力", "quantity": 5, "region": CHENGNAN, "valid_from": "2021-03-01"}
    county.post("/resources", resource_body(**more))
    assert {each["code"] for each in county.get(f"/resources?{query}").json()["items"]} == found


def test_a_list_is_filtered_by_what_it_refers_to(county: Caller, here: Station) -> None:
    county.post("/needs", need_body(station="Z1"))
    county.post("/needs", need_body(code="X2"))
    for value in ("Z1", str(here.pk)):
        assert [each["code"] for each in county.get(f"/needs?station={value}").json()["items"]] == ["X1"]
    assert county.get(f"/needs?station={uuid4()}").json()["items"] == []


@pytest.mark.parametrize(
    "query", ["phone=13800005678", "name=欧阳小娜", "identity_number=990101199001010019"]
)
def test_a_masked_value_cannot_be_found_out_by_filtering(county: Caller, query: str) -> None:
    county.post("/volunteers", volunteer_body())
    assert county.get(f"/volunteers?{query}").status_code == 422


def test_a_misspelt_filter_does_not_widen_the_list(county: Caller) -> None:
    answer = county.get("/stations?statuss=运营")
    assert (answer.status_code, fields(answer)) == (422, {"statuss"})


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=zz", "raised_on_from=gestern"])
def test_a_query_that_cannot_be_meant_is_refused(county: Caller, query: str) -> None:
    assert county.get(f"/needs?{query}").status_code == 422


def test_a_page_costs_as_many_queries_for_three_rows_as_for_one(
    county: Caller, here: Station, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        county.post("/needs", need_body(code=f"X{number}", station="Z1"))
    with django_assert_max_num_queries(9):
        assert len(county.get("/needs").json()["items"]) == 3


def test_a_list_says_of_a_row_what_the_row_itself_says(county: Caller, here: Station) -> None:
    """A list is written without its type; one row goes through it: both must spell every value alike."""
    county.post("/needs", need_body(station="Z1"))
    county.post("/volunteers", volunteer_body())
    county.post("/resources", resource_body())
    for path in ("stations", "needs", "volunteers", "resources"):
        items = county.get(f"/{path}").json()["items"]
        assert items
        assert items == [county.get(f"/{path}/{each['id']}").json() for each in items]


def test_the_history_says_that_it_came_through_the_interface(county: Caller) -> None:
    made = county.post(
        "/resources",
        resource_body(),
    )
    with opened(EVERYTHING):
        entry = AuditEntry.objects.get(row_id=str(identity(made)), action="created")
    assert entry.origin == "接口 127.0.0.1"
    assert entry.actor_label.startswith("梁一凡")


def test_nothing_is_deleted(county: Caller, here: Station) -> None:
    answer = county.send("DELETE", f"/stations/{here.pk}")
    assert (answer.status_code, answer.json()["type"]) == (405, "/problems/method-not-allowed")


def test_an_institution_of_another_place_is_seen_but_kept_there(county: Caller, calling: Calling) -> None:
    from tests.factories import providers

    body = providers.provider_row(region=ZHONGFANG)
    calling("county_official", ZHONGFANG).post("/providers", body)
    seen = county.post("/providers", body)
    assert seen.status_code == 201, seen.content.decode()
    answer = county.patch(f"/providers/{identity(seen)}", {"name": "改名"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/kept-elsewhere")


def test_a_volunteer_moves_with_a_change_of_station_alone(county: Caller, here: Station) -> None:
    with opened(EVERYTHING):
        network.station(CHENGNAN, code="Z2")
    made = county.post("/volunteers", volunteer_body(station="Z1"))
    assert made.json()["region_code"] == TUOYUAN
    moved = county.patch(f"/volunteers/{identity(made)}", {"station": "Z2"})
    assert moved.json()["region_code"] == CHENGNAN


def test_a_key_may_be_corrected_unless_it_is_taken(county: Caller) -> None:
    first = county.post("/resources", resource_body())
    county.post("/resources", resource_body(code="R2"))
    assert county.patch(f"/resources/{identity(first)}", {"code": "R3"}).json()["code"] == "R3"
    taken = county.patch(f"/resources/{identity(first)}", {"code": "R2"})
    assert (taken.status_code, fields(taken)) == (409, {"code"})
    with opened(EVERYTHING):
        assert set(Resource.objects.values_list("code", flat=True)) == {"R3", "R2"}


def test_moving_to_a_county_where_the_key_is_taken_out_of_sight_is_a_conflict(calling: Calling) -> None:
    city = calling("city_official", "431200000000")
    mine = city.post("/resources", resource_body())
    city.post("/resources", resource_body(region=ZHONGFANG))
    answer = city.patch(f"/resources/{identity(mine)}", {"region": ZHONGFANG})
    assert (answer.status_code, fields(answer)) == (409, {"code"})


def test_visits_are_the_service_records_of_that_method(county: Caller) -> None:
    assert county.get("/visits").json() == {"items": [], "next": None}
    assert county.get("/visits?method=个案").json()["items"] == []
    assert county.post("/visits", {}).status_code == 405


def test_an_id_that_the_client_made_is_kept(county: Caller) -> None:
    mine: UUID = uuid7()
    assert identity(county.post("/resources", resource_body(id=str(mine)))) == mine
    assert county.get(f"/resources?within={HECHENG}").json()["items"][0]["id"] == str(mine)
