"""Where a figure is used: boards, goals of the rulebook, registers it is counted over."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.kernel.figures import store
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office.figures.answers import Place, engine
from linzhan.office.overview.board import OF_AN_AREA, OF_STATIONS
from linzhan.office.parts import Fact
from linzhan.policy.api import NoRuling, network, ruling_for


def uses_of(figure: Figure, place: Place) -> list[Fact]:
    """The boards that show it, and the goals set for it here."""
    found = []
    if figure.key in OF_AN_AREA:
        asked = urlencode({"figure": figure.key, "period": place.period.text})
        found.append(Fact(_("总览"), _("辖区总览"), url=f"{reverse('office:overview')}?{asked}"))
    if figure.key in OF_STATIONS:
        found.append(Fact(_("总览"), _("站点总览"), url=reverse("office:overview")))
    return found + _goals(figure, place)


def _goals(figure: Figure, place: Place) -> list[Fact]:
    try:
        ruling = ruling_for(network.TARGETS, region=place.region, on=place.as_of)
    except NoRuling:
        return []
    goals = (each for each in ruling.value if each.figure == figure.key)
    return [
        Fact(
            _("目标"),
            _("%(name)s不低于 %(value)s%(unit)s")
            % {"name": each.indicator, "value": each.at_least, "unit": each.unit or ""},
            note=ruling.citation,
            url=reverse("office:rulebook-of", args=[place.region]),
        )
        for each in goals
    ]


def registers_of(figure: Figure, rights: frozenset[str]) -> list[Fact]:
    """The registers it is counted over, with the way to them."""
    named = [REGISTERS[key] for key in sorted(store.registers_of(figure.key, engine())) if key in REGISTERS]
    return [
        Fact(_("台账"), each.name, url=f"/r/{each.key}/" if each.view in rights else "") for each in named
    ]
