"""What an institution owes the public by the rule of its place, and what it has published of a year (INS-20, INS-21)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.providers.models import Provider, ProviderDisclosure
from linzhan.providers.parameters import DISCLOSURE_ITEMS


def disclosure_checks(provider: Provider, year: int, on: date) -> list[Checked]:
    """Each item that the place of its registrar names: published for ``year``, or not yet; nothing without a rule."""
    try:
        ruling = ruling_for(DISCLOSURE_ITEMS, region=provider.region_code, on=on)
    except NoRuling:
        return []
    rows = ProviderDisclosure.objects.filter(provider=provider, year=year, published_on__lte=on)
    published = {each.item: each for each in rows.order_by("published_on")}
    return [_checked(item, year, published.get(item), ruling.citation) for item in ruling.value]


def _checked(item: str, year: int, found: ProviderDisclosure | None, citation: str) -> Checked:
    told = {"year": year}
    if found is None:
        words, outcome = _("%(year)d 年度的还没有公开记录") % told, Outcome.WARN
    else:
        told |= {"day": found.published_on, "channel": found.channel or found.url or _("没有写明渠道")}
        words, outcome = _("%(year)d 年度的 %(day)s 公开：%(channel)s") % told, Outcome.PASS
    return Checked(key="providers.disclosure", title=item, outcome=outcome, words=words, clause=citation)
