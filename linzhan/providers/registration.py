"""The conditions of registration of an institution, each with its evidence or its number (INS-02…05, CFG-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import Parameter, consulting, rulings_for
from linzhan.providers.models import Provider, RegistrationCondition
from linzhan.providers.parameters import (
    REGISTRATION_BACKGROUND,
    REGISTRATION_CERTIFIED_SHARE,
    REGISTRATION_ITEMS,
)
from linzhan.providers.selectors import CITY, StaffCheck, staff_checks


def registration_checks(provider: Provider, on: date) -> list[Checked]:
    """What the place of its registrar asks of an institution; only where the place asks.

    A condition that nobody has looked at is unknown. The staff conditions are reckoned from the register.
    """
    with consulting(ahead=True):
        return [*_items(provider, on), *_staff(provider, on), *_background(provider, on)]


def _items(provider: Provider, on: date) -> Iterator[Checked]:
    ruling = rulings_for(REGISTRATION_ITEMS, [provider.region_code], on).get(provider.region_code)
    if ruling is None:
        return
    found = _looked_at(provider, on)
    for item in ruling.value:
        yield _condition(item, found.get(item), ruling.citation)


def _background(provider: Provider, on: date) -> Iterator[Checked]:
    """Initiator, head and leader of the service team, at the city's own registrar only (INS-05)."""
    ruling = rulings_for(REGISTRATION_BACKGROUND, [provider.region_code], on).get(provider.region_code)
    if ruling is None or places.level_of(provider.region_code) != CITY:
        return
    found = _looked_at(provider, on)
    for who in ruling.value:
        item = _("%s具备社会工作专业背景") % who
        yield _condition(item, found.get(item), ruling.citation)


def _looked_at(provider: Provider, on: date) -> dict[str, RegistrationCondition]:
    """The last look at each condition up to a day."""
    rows = RegistrationCondition.objects.filter(provider=provider, checked_on__lte=on)
    return {each.item: each for each in rows.order_by("checked_on", "pk")}


def _condition(item: str, found: RegistrationCondition | None, citation: str) -> Checked:
    if found is None or found.met is None:
        words, outcome = _("还没有核查；请在“登记条件”登记证明材料"), Outcome.UNKNOWN
    else:
        proof = found.evidence or found.document or _("没有写明证明材料")
        words = f"{found.checked_on} {_('符合') if found.met else _('不符合')}：{proof}"
        outcome = Outcome.PASS if found.met else Outcome.STOP
    return Checked(key="providers.condition", title=item, outcome=outcome, words=words, clause=citation)


def _staff(provider: Provider, on: date) -> Iterator[Checked]:
    for each in staff_checks([provider], on):
        yield Checked(
            key=each.parameter,
            title=_title(each.parameter),
            outcome={True: Outcome.PASS, False: Outcome.STOP, None: Outcome.UNKNOWN}[each.met],
            words=_numbers(provider, each),
            clause=each.authority.citation,
        )


def _title(code: str) -> str:
    parameters: tuple[Parameter[Fraction], ...] = (REGISTRATION_CERTIFIED_SHARE,)
    share = any(each.code == code for each in parameters)
    return _("专职人员中持证或社工本科以上的比例") if share else _("社工资质或相关专业背景的人员")


def _numbers(provider: Provider, check: StaffCheck) -> str:
    told = {
        "all": provider.full_time_staff,
        "professional": provider.professional_staff,
        "needed": check.needed,
    }
    if check.have is None:
        return _("没有填报专职人员数或专业人员数，须达到 %(needed)s") % told
    if isinstance(check.needed, Fraction):
        return _("专业人员 %(professional)s 人 / 专职人员 %(all)s 人，须达到 %(needed)s") % told
    return _("%(professional)s 人，须达到 %(needed)s 人") % told
