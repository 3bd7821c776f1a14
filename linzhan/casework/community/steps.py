"""How a community organisation grows, as a table (SVC-19; ``domain.md`` §7.5); each stage has its day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.community.enums import OrganisationStage as S
from linzhan.casework.groups.rights import EDIT_COMMUNITY
from linzhan.kernel.steps import Steps, step

ORGANISATION_STEPS = Steps(
    _("社区社会组织"),
    states={stage: stage.label for stage in S},
    initial=[S.FOUND],
    steps=[
        step(
            "incubate",
            _("进入孵化"),
            S.FOUND,
            S.INCUBATED,
            right=EDIT_COMMUNITY,
            incubated_on=_("孵化日期"),
            asks=["members", "support"],
        ),
        step(
            "file",
            _("完成备案"),
            S.INCUBATED,
            S.FILED,
            right=EDIT_COMMUNITY,
            filed_on=_("备案日期"),
            asks=["members"],
        ),
        step(
            "register",
            _("完成登记"),
            [S.INCUBATED, S.FILED],
            S.REGISTERED,
            right=EDIT_COMMUNITY,
            registered_on=_("登记日期"),
            asks=["members"],
        ),
        step(
            "end",
            _("停止活动"),
            [S.FOUND, S.INCUBATED, S.FILED, S.REGISTERED],
            S.ENDED,
            right=EDIT_COMMUNITY,
            note=_("原因"),
        ),
    ],
)
