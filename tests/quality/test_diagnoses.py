"""Diagnostic evaluation of personnel and filing as facts of the institution (EVL-04)."""

from __future__ import annotations

import pytest

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.quality.models import PersonnelDiagnosis, SatisfactionSurvey, SurveyResult
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.providers import provider
from tests.factories.quality import ANN
from tests.factories.rows import made, refused
from tests.factories.workforce import station, worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]


def on(held: PersonnelDiagnosis, name: str, **told: str) -> PersonnelDiagnosis:
    with acting(ANN):
        take(REGISTERS["personnel-diagnoses"], held.pk, name, told)
    held.refresh_from_db()
    return held


def test_numbers_are_taken_from_records_told_answered_and_settled() -> None:
    own = provider()
    at = station(TUOYUAN, provider=own.uscc)
    for hired, left in (("2019-03-01", None), ("2020-03-01", None), ("2020-03-01", "2021-08-01")):
        worker(station=at.code, provider=own.uscc, hired_on=hired, **({"left_on": left} if left else {}))
    with opened(Scope(regions=(HECHENG,)), ANN):
        made("personnel-diagnoses", provider=own.uscc, period="2021")
    held = PersonnelDiagnosis.objects.get()
    assert held.region_code == HECHENG
    survey = SatisfactionSurvey.objects.create(
        region_code=HECHENG,
        code="M1",
        name="甲",
        audience="服务对象",
        period="2021",
        questions=["评分：满意吗"],
    )
    SurveyResult.objects.create(
        region_code=HECHENG, survey=survey, about="机构", provider_id=own.pk, audience="服务对象",
        closed_on="2021-12-01", drawn=30, answered=25, scored=25, score_sum="2200", mean="88",
    )  # fmt: skip
    with pytest.raises(StepRefused, match="诊断意见"):
        on(held, "tell")
    on(held, "tell", opinion="一年内一人离职，宜补足持证社工")
    assert held.facts["on_post"] == 2
    assert held.facts["left"] == 1
    assert held.facts["turnover"] == 40.0  # one of the mean of three and two
    assert held.facts["certified_share"] == 0.0
    assert (held.facts["satisfaction"], held.facts["answered"]) == ("88.00", 25)  # EVL-22
    assert held.facts["appraised"] == 0
    assert held.facts["filed_share"] is None  # no filing fell due: not known, and not nought
    worker(station=at.code, provider=own.uscc, hired_on="2021-01-01")
    held.refresh_from_db()
    assert held.facts["on_post"] == 2  # frozen when it was told
    with pytest.raises(StepRefused, match="陈述期到"):
        on(held, "settle")
    same = {"code": held.code, "provider": own.uscc, "period": "2021"}
    assert "已经告知机构" in refused("personnel-diagnoses", **same, opinion="改了")
    assert "由机构" in refused("personnel-diagnoses", **same, reply="我们认可")
    with opened(Scope(providers=(str(own.pk),))):
        assert PersonnelDiagnosis.objects.filter(pk=held.pk).exists()  # it is told to the institution
        on(held, "answer", reply="已招两人")
    with opened(Scope(regions=(ZHONGFANG,))):
        assert not PersonnelDiagnosis.objects.exists()
    on(held, "settle")
    assert (held.stage, held.reply, held.settled_on is not None) == ("已定稿", "已招两人", True)
