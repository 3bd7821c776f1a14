"""Several rules of a place in one question: the same answers as one by one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.policy.api import NoRuling, consulting, load_reference, ruling_for, rulings_together, workforce

pytestmark = pytest.mark.django_db
ASKED = (
    workforce.FILING_DAYS,
    workforce.PERSON_BAR,
    workforce.PLEDGE_BEFORE_ENTRY,
    workforce.SHARE_LIMIT,
    workforce.POST_GRADES,
)
ON = date(2022, 5, 20)


@pytest.mark.usefixtures("everywhere")
@pytest.mark.parametrize("region", ["330481001000", "410102001000", "431202101000"])
def test_asked_together_they_say_what_they_say_alone(region: str) -> None:
    load_reference()
    alone = {}
    for param in ASKED:
        try:
            alone[param.code] = ruling_for(param, region=region, on=ON)
        except NoRuling:
            continue
    with CaptureQueriesContext(connection) as queries:
        together = rulings_together(ASKED, region=region, on=ON)
    assert len(queries) == 1
    assert {code: each.record() for code, each in together.items()} == {
        code: each.record() for code, each in alone.items()
    }
    with consulting(ahead=True), CaptureQueriesContext(connection) as again:
        assert set(rulings_together(ASKED, region=region, on=ON)) == set(together)
    assert len(again) == 0
