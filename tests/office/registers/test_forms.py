"""Forms of registers: nothing lost, nothing overwritten unseen, nothing written past the engine."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.casework.models import Resident
from linzhan.kernel import secrecy
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.network.models import StationProfile, StationState
from linzhan.quality.api import SatisfactionSurvey
from tests.factories.places import HECHENG, TUOYUAN, WANTAN, ZHONGFANG_TOWN
from tests.factories.refusals import NAME, WHY, refuse_residents
from tests.office.registers.conftest import IDENTITY, At, inputs, resident

NEW = {"code": "Z5", "name": "城南街道社工站", "tier": "乡镇街道社工站", "region": TUOYUAN, "status": "运营"}


def stored(station: Station) -> Station:
    with opened(EVERYTHING):
        return Station.objects.get(pk=station.pk)


def sent_back(client: Client, url: str, **changes: Any) -> Any:
    """Open the form, change what is told, send it."""
    given = inputs(client.get(url).content.decode())
    return client.post(url, given | changes)


def test_a_new_row_is_registered_and_its_file_opens(county: Client) -> None:
    answer = county.post("/r/stations/new/", NEW, follow=True)
    assert answer.status_code == 200
    assert "城南街道社工站" in answer.content.decode()
    assert "已登记" in answer.content.decode()


def test_a_wrong_form_comes_back_with_everything_and_says_what_is_wrong_where(county: Client) -> None:
    answer = county.post("/r/stations/new/", NEW | {"status": "", "area": "很大", "address": "坨院路 5 号"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“状态”必须填写" in html
    assert "很大" in html
    assert 'value="坨院路 5 号"' in html
    assert 'aria-describedby="id_area-error"' in html
    with opened(EVERYTHING):
        assert not Station.objects.exists()


def test_a_key_that_is_taken_is_refused_and_the_other_row_stays(county: Client, here: Station) -> None:
    answer = county.post("/r/stations/new/", NEW | {"code": here.code, "name": "另一个站"})
    assert answer.status_code == 422
    assert "这个编号已经登记过了" in answer.content.decode()
    assert stored(here).name == here.name


def test_a_place_out_of_scope_is_refused(county: Client) -> None:
    answer = county.post("/r/stations/new/", NEW | {"region": ZHONGFANG_TOWN})
    assert answer.status_code == 422
    assert "不在您的管辖范围内" in answer.content.decode()


def test_what_is_blanked_is_emptied_and_what_is_untouched_stays(county: Client, here: Station) -> None:
    answer = sent_back(county, f"/r/stations/{here.pk}/edit/", address="", name="坨院站")
    assert answer.status_code == 302
    now = stored(here)
    assert (now.name, now.address, now.head, now.code) == ("坨院站", "", "夏青", "Z1")


def test_a_form_sent_back_untouched_changes_nothing(county: Client, here: Station) -> None:
    identity = resident(here)
    answer = sent_back(county, f"/r/residents/{identity}/edit/")
    assert answer.status_code == 302, answer.content.decode()
    with opened(EVERYTHING):
        kept = Resident.objects.get(pk=identity)
    assert kept.name == "欧阳春生"
    assert kept.phone == "19912345678"
    assert secrecy.open_sealed(kept.identity_number_sealed) == IDENTITY
    assert "没有改动" in county.get(answer.url).content.decode()


def test_a_masked_value_typed_anew_is_taken(county: Client, here: Station) -> None:
    identity = resident(here)
    assert sent_back(county, f"/r/residents/{identity}/edit/", phone="19987654321").status_code == 302
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=identity).phone == "19987654321"


def test_a_row_changed_meanwhile_is_not_overwritten_unseen(county: Client, here: Station) -> None:
    url = f"/r/stations/{here.pk}/edit/"
    opened_before = inputs(county.get(url).content.decode())
    assert sent_back(county, url, head="别人填的").status_code == 302
    mine = opened_before | {"head": "我填的", "address": "新址"}
    answer = county.post(url, mine)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "您打开之后，别人改过这一条" in html
    assert "别人填的" in html
    assert 'value="我填的"' in html
    assert stored(here).head == "别人填的"
    assert county.post(url, inputs(html)).status_code == 302
    assert (stored(here).head, stored(here).address) == ("我填的", "新址")


def test_a_row_cannot_become_another_by_moving_to_another_county(at: At, here: Station) -> None:
    province = at("province_official", "430000000000")
    answer = sent_back(province, f"/r/stations/{here.pk}/edit/", region=ZHONGFANG_TOWN)
    assert answer.status_code == 422
    assert "编号只在本县内有效" in answer.content.decode()
    with opened(EVERYTHING):
        assert Station.objects.count() == 1


def test_moving_within_the_county_is_a_correction(county: Client, here: Station) -> None:
    assert sent_back(county, f"/r/stations/{here.pk}/edit/", region=WANTAN).status_code == 302
    assert stored(here).region_code == WANTAN


def test_an_end_before_its_start_is_told_at_the_end(county: Client) -> None:
    row = {
        "code": "P1",
        "starts_on": "2021-05-01",
        "ends_on": "2021-04-01",
        "region": HECHENG,
        "name": "项目",
    }
    html = county.post("/r/projects/new/", row).content.decode()
    assert "2021-04-01 早于“合同开始”的 2021-05-01" in html


@pytest.mark.parametrize("way", ["new/", "edit"])
def test_writing_needs_the_right_to_write(at: At, here: Station, way: str) -> None:
    url = f"/r/stations/{here.pk}/edit/" if way == "edit" else "/r/stations/new/"
    finance = at("finance")
    assert finance.get(url).status_code == 403
    assert finance.post(url, NEW).status_code == 403


def test_many_rows_change_their_state_after_being_named(
    county: Client, here: Station, elsewhere: Station
) -> None:
    ids = [str(here.pk), str(elsewhere.pk), "x"]
    asked = county.post("/r/stations/status/", {"ids": ids, "act": "status"}).content.decode()
    assert "更改 1 条社工站的状态" in asked
    assert here.name in asked
    assert stored(here).status == "运营"
    county.post("/r/stations/status/", {"ids": ids, "status": "暂停", "confirmed": "yes"})
    assert (stored(here).status, stored(elsewhere).status) == ("暂停", "运营")
    with opened(EVERYTHING):
        last = StationState.objects.get(subject=here, valid_from__isnull=False)
    assert last is not None
    assert (last.status, last.valid_from) == ("暂停", timezone.localdate())


def test_the_history_tells_changes_in_the_words_of_the_sheet(county: Client, here: Station) -> None:
    sent_back(county, f"/r/stations/{here.pk}/edit/", head="许知远", status="暂停")
    html = county.get(f"/r/stations/{here.pk}/history/").content.decode()
    assert "站长" in html
    assert "<del>夏青</del>" in html
    assert "<ins>许知远</ins>" in html
    assert "状态：暂停" in html


def test_the_history_is_no_way_around_a_mask(county: Client, here: Station) -> None:
    identity = resident(here)
    sent_back(county, f"/r/residents/{identity}/edit/", phone="19987654321", name="欧阳春华")
    html = county.get(f"/r/residents/{identity}/history/").content.decode()
    assert "欧阳*" in html
    assert "欧阳春" not in html
    assert "19912345678" not in html
    assert "19987654321" not in html


def test_rows_to_choose_are_named_without_identity_numbers_and_within_scope(
    county: Client, here: Station, elsewhere: Station
) -> None:
    resident(here)
    stations = county.get("/r/residents/pick/station/?q=").content.decode()
    assert here.name in stations
    assert elsewhere.name not in stations
    assert IDENTITY not in county.get("/r/service-records/pick/residents/?q=D1").content.decode()
    assert "欧阳*生" in county.get("/r/service-records/pick/residents/?q=D1").content.decode()


def test_what_follows_and_is_refused_is_told_above_the_form_and_nothing_is_lost(
    at: At, here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = resident(here)
    refuse_residents(monkeypatch)
    worker = at("station_worker", here.region_code, station_id=here.pk)
    answer = sent_back(worker, f"/r/residents/{identity}/edit/", name=NAME, address="坨院路 5 号")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert WHY in html
    assert f'value="{NAME}"' in html
    assert 'value="坨院路 5 号"' in html
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=identity).name == "欧阳春生"


def test_several_texts_are_typed_apart_and_stand_in_the_form_as_typed(county: Client) -> None:
    told = {"name": "城南调查", "audience": "服务对象", "period": "2021", "region": HECHENG,
            "questions": "评分：您对社工的态度、仪表满意吗\r\n\r\n文字：还想说什么，都可以写"}  # fmt: skip
    assert county.post("/r/satisfaction-surveys/new/", told).status_code == 302
    with opened(EVERYTHING):
        held = SatisfactionSurvey.objects.get()
    questions = ["评分：您对社工的态度、仪表满意吗", "文字：还想说什么，都可以写"]
    assert held.questions == questions, "one a line: a sentence holds commas"
    form = inputs(county.get(f"/r/satisfaction-surveys/{held.pk}/edit/").content.decode())
    assert "".join(form["questions"]).split("\n") == questions
    assert (
        county.post(f"/r/satisfaction-surveys/{held.pk}/edit/", form | {"name": "城南街道调查"}).status_code
        == 302
    )
    with opened(EVERYTHING):
        held.refresh_from_db()
        assert (held.name, held.questions) == ("城南街道调查", questions)


def test_several_short_texts_may_be_written_into_one_line(county: Client, here: Station) -> None:
    told = {"station": str(here.pk), "surveyed_on": "2021-05-01", "rooms": "个案室、小组室；多功能室"}
    answer = county.post("/r/station-profiles/new/", told)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    with opened(EVERYTHING):
        profile = StationProfile.objects.get()
    assert profile.rooms == ["个案室", "小组室", "多功能室"]
    form = inputs(county.get(f"/r/station-profiles/{profile.pk}/edit/").content.decode())
    assert form["rooms"] == ["个案室；小组室；多功能室"]


def test_the_place_that_can_only_be_ones_own_is_filled_in(at: At, county: Client) -> None:
    given = inputs(county.get("/r/satisfaction-surveys/new/").content.decode())
    assert given["region"] == [HECHENG]
    chosen = inputs(county.get(f"/r/satisfaction-surveys/new/?region={TUOYUAN}").content.decode())
    assert chosen["region"] == [TUOYUAN]
    station = inputs(county.get("/r/stations/new/").content.decode())
    assert station["region"] == [""], "a station is somewhere in the county"
