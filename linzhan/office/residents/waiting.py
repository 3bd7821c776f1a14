"""What of the files waits on the work bench: categories that expire, reviews that are due."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from linzhan.casework.api import EDIT_RESIDENTS, EDIT_RISK
from linzhan.casework.api.residents import expiring, reviews_due
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.policy.api import casework, ruling_for

REVIEW_NOTICE = timedelta(days=7)


@waiting("residents.categories", EDIT_RESIDENTS)
def categories_that_expire(reader: Reader) -> Waiting:
    """Papers of categories that expire soon or have: to be looked at, nothing is taken away (OBJ-01)."""
    notice = ruling_for(casework.EXPIRY_NOTICE, region=reader.region, on=reader.today).value
    return Waiting(
        expiring(reader.today + timedelta(days=notice)),
        lambda n: Duty(
            title=_("%d 项对象类别的认定到期或即将到期") % n,
            url="/r/resident-categories/?sort=expires_on",
            note=_("核实后延期或终止；到期不会自动去掉类别"),
            verb=_("核实"),
        ),
        due="expires_on",
    )


@waiting("residents.reviews", EDIT_RISK)
def reviews(reader: Reader) -> Waiting:
    """Risk reviews whose day comes within a week or has passed (OBJ-03)."""
    return Waiting(
        reviews_due(reader.today + REVIEW_NOTICE),
        lambda n: Duty(
            title=_("%d 位服务对象的风险等级到了复评期限") % n,
            url="/r/risk-reviews/?sort=review_by",
            verb=_("评定"),
        ),
        due="review_by",
    )
