"""A question about one's own records waits on the phone and is answered there in one line (``domain.md`` §14)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.oversight.api import PlausibilityFlag
from tests.factories.network import station
from tests.factories.places import TUOYUAN
from tests.factories.workforce import worker
from tests.interface.conftest import Calling
from tests.interface.phoning import command, phone_of

pytestmark = pytest.mark.django_db


def test_it_is_shown_to_the_worker_alone_and_answered_once(calling: Calling) -> None:
    with opened(EVERYTHING):
        home = station(TUOYUAN)
        people = [worker(station=home.pk).pk for _ in range(2)]
        today = timezone.localdate()
        flag = PlausibilityFlag.objects.create(
            region_code=home.region_code, station_id=home.pk, person_id=people[0], code="PC01-1", rule="PC01",
            key="1", message="两条记录重叠", since=today, opened_on=today, answer_by=today, checked_on=today,
        )  # fmt: skip
    mine, other = (phone_of(calling, home, each) for each in people)
    assert "两条记录重叠" in str(mine.fetch())
    assert "两条记录重叠" not in str(other.fetch())
    body = {
        "register": "plausibility-flags",
        "id": str(flag.pk),
        "step": "reply",
        "given": {"reply": "住对门"},
    }
    assert other.states(command("step", flag.pk, body)) == ["refused"]
    assert mine.states(command("step", flag.pk, body)) == ["done"]
    with opened(EVERYTHING):
        flag.refresh_from_db()
        assert (flag.stage, flag.reply) == ("已答复", "住对门")
