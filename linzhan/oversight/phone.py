"""What a worker's phone holds of oversight: the questions about their own records, with the line to answer in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from linzhan.casework.api import also_waits
from linzhan.kernel.sync.declaring import Reader, syncable
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.plausibility.enums import FlagStage
from linzhan.oversight.plausibility.steps import REGISTER
from linzhan.oversight.rights import REPLY_FLAGS

AT_MOST = 50

syncable(REGISTER, right=REPLY_FLAGS)


@also_waits
def questions(reader: Reader) -> Iterator[dict[str, Any]]:
    """Flags about the phone's worker that they have not answered."""
    if reader.person_id is None or REPLY_FLAGS not in reader.rights:
        return
    asked = PlausibilityFlag.objects.filter(stage=FlagStage.ASKED, person_id=reader.person_id)
    for each in asked.order_by("answer_by", "pk")[:AT_MOST]:
        field = {"name": "reply", "label": _("一句话说明"), "kind": "long", "required": True}
        yield {
            "id": str(each.pk),
            "register": REGISTER,
            "title": _("有疑问请您说明 · %s") % CHECKS[each.rule].name,
            "about": each.message,
            "stage": each.stage,
            "due_on": each.answer_by,
            "steps": [{"name": "reply", "label": _("说明"), "fields": [field]}],
        }
