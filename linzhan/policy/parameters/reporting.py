"""What places decide about reporting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Group, Meaning
from linzhan.policy.shapes import RhythmStep
from linzhan.policy.valuetypes import Rows

RHYTHM = parameter(
    code="reporting.rhythm",
    label=_("报送调度节奏"),
    group=Group.REPORTING,
    kind=Rows(RhythmStep),
    meaning=Meaning.SHARE,
    requirements="CFG-09 RPT-01 RPT-02 RPT-03 EVL-17",
)
