"""Evaluation and renewal (PUR-16, 17, 25)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import purchasing
from linzhan.procurement.purchase.checks.saying import Row, read, ruled, said
from linzhan.procurement.purchase.enums import Renewal, Result
from linzhan.procurement.purchase.rights import OVERRULE


def renewal(row: Row) -> list[Checked]:
    """PUR-16, PUR-17: who renews rests on the evaluation."""
    asked = read(row)
    ruling = ruled(purchasing.RENEWAL_BASIS, asked.region, asked.on("settled_on"))
    if ruling is None or asked.text("renewal") == Renewal.NOT:
        return []
    result, title = asked.text("final_result"), _("续签依据")
    if not result:
        return [said("renewal", title, Outcome.STOP, _("没有末期评估结果"), ruling)]
    words = _("末期评估%(result)s，拟%(renewal)s") % {"result": result, "renewal": asked.text("renewal")}
    if result == Result.FAILED:
        return [said("renewal", title, Outcome.STOP, words, ruling, OVERRULE)]
    good = result != Result.BASIC or asked.text("renewal") == Renewal.CONDITIONAL
    return [said("renewal", title, Outcome.PASS if good else Outcome.WARN, words, ruling)]
