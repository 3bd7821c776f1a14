"""The stages of a season. Judging and objecting happen in its evaluation round; nobody is ranked before."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.quality.contests import guards
from linzhan.quality.contests.enums import SeasonStage
from linzhan.quality.rights import EDIT_ROUNDS, FINALISE_ROUNDS

S = SeasonStage

SEASON_STEPS: Final = Steps(
    _("赛季"),
    states={stage.value: stage.label for stage in S},
    initial=[S.PREPARED],
    steps=[
        step("open", _("开赛"), S.PREPARED, S.OPEN, right=EDIT_ROUNDS, guard=guards.openable),
        step("rank", _("排定名次"), S.OPEN, S.RANKED, right=FINALISE_ROUNDS, guard=guards.rankable),
        step(
            "publish", _("季度通报"), S.RANKED, S.PUBLISHED, right=FINALISE_ROUNDS, guard=guards.publishable,
            asks=("publication", "remark"),
        ),
        step("drop", _("中止"), (S.PREPARED, S.OPEN), S.DROPPED, right=EDIT_ROUNDS, at_will=True, note=_("中止原因")),
    ],
)  # fmt: skip
