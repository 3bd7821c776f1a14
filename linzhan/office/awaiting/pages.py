"""待我办理: what waits for a second person, in one place; and lending one's authority for a while."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts.api import VIEW_WAITING
from linzhan.kernel.registers.awaiting import awaiting
from linzhan.office.awaiting.queue import days_allowed, queued
from linzhan.office.home.waiting import Reader, Waiting, waiting_many
from linzhan.office.navigation import page
from linzhan.office.parts import Duty

page(
    "awaiting", desk="工作台", label=gettext_lazy("待我办理"), url_name="office:awaiting",
    right=VIEW_WAITING, order=20,
)  # fmt: skip


@waiting_many
def approvals(reader: Reader) -> dict[str, Waiting]:
    """One line for each register that has something for the reader to approve."""
    grace = days_allowed(reader.region, reader.today)
    return {
        f"awaiting.{register.key}": Waiting(
            awaiting(register, reader.rights),
            lambda n, key=register.key, name=register.name: Duty(  # type: ignore[misc]  # of this turn of the loop
                title=_("%(name)s：%(n)d 件等您办理") % {"name": name, "n": n},
                url=f"/awaiting/?of={key}",
                verb=_("办理"),
            ),
            due="waits_since",
            grace=grace,
        )
        for register in queued(reader.rights)
    }
